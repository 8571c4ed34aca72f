"""A real server and a real browser for tests, and the ways to wait for them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000  # ms; how long a loaded machine may take before a test calls it a failure


def missing_parts() -> str | None:
    """What the machine lacks for browser tests, as a sentence, or None."""
    if not shutil.which(CHROMIUM):
        return (
            "Chromium is missing; as root: apt-get install --no-install-recommends chromium fonts-noto-cjk libatomic1"
        )
    return None


@contextmanager
def serving(
    corpus: Path | None = None,
    *,
    folder: Path = ROOT,
    variables: Mapping[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[str]:
    """The product, or another ``app.py``, on a free port; yields its address and always ends the server.

    ``variables`` of its environment; ``log``: where what it prints is kept.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, **({"ZHENGHENG_CORPUS": str(corpus)} if corpus else {}), **(variables or {})}
    with log.open("w+b") if log else tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,  # a file: a pipe nobody reads would stop the server
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_healthy(address, server)
            yield address
        except ServerDied as died:
            said.seek(0)
            raise AssertionError(f"{died}\n{said.read().decode(errors='replace')}") from None
        finally:
            _end(server)


class ServerDied(Exception):
    """The server ended or never answered."""


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        if server.poll() is not None:
            raise ServerDied(f"the server ended with code {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise ServerDied("the server did not become healthy")


def _end(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def settle(page: Page) -> None:
    """Wait until the page has its content and no rerun is under way (twice in a row, 250 ms apart)."""
    page.wait_for_selector(".zh-header, .zh-fault", state="attached", timeout=PATIENCE)
    quiet = 0
    until = time.monotonic() + PATIENCE / 1000
    while quiet < 2:
        if time.monotonic() > until:
            raise AssertionError(f"the page did not come to rest: {page.url}")
        page.wait_for_timeout(250)
        quiet = quiet + 1 if page.evaluate(_AT_REST) else 0


_AT_REST = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-stale="true"]')
    && !document.querySelector('[data-testid="stSkeleton"]')
    && [...document.querySelectorAll('.stPlotlyChart')].every(chart => chart.querySelector('.modebar-btn'));
}"""


def barriers(page: Page) -> list[str]:
    """What axe finds wrong with a page for people who see, hear or move little. What is folded is opened for it."""
    opened = page.evaluate_handle(_UNFOLD)
    page.evaluate(_COLOURS_AT_REST)
    found = Axe().run(page).response["violations"]
    opened.evaluate("opened => { for (const each of opened) each.open = false; }")
    return [f"{rule['id']} ({rule['help']}): {node['html'][:200]}" for rule in found for node in rule["nodes"]]


_UNFOLD = """() => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  for (const each of folded) each.open = true;
  return folded;
}"""
# A colour on its way from light to dark is neither.
_COLOURS_AT_REST = """() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().endTime !== Infinity).map((each) => each.finished))"""


def watch(page: Page, faults: list[str]) -> None:
    """Write into ``faults`` every console error, page error and request that leaves the machine."""

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    def see(request: Request) -> None:
        address = request.url
        local = ("http://127.0.0.1", "http://localhost", "ws://127.0.0.1", "ws://localhost", "data:", "blob:", "about:")
        if not address.startswith(local):
            faults.append(f"request left the machine: {address}")

    page.on("console", hear)
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("request", see)
