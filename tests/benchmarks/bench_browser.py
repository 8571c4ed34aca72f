"""How long a person waits for the first page of a server just started, and for each page in a real browser."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from harness import CHROMIUM, FLAGS, ROOT, serving, settle
from playwright.sync_api import Browser, sync_playwright
from timing import Timing

PAGES = ("", "targets", "incentives", "trends", "wording", "reader", "sources", "quality")

# When the page last changed, in ms since it was asked for: what a person waits for, without our own waiting.
LAST_CHANGE = """
window.lastChange = 0;
new MutationObserver(() => { window.lastChange = performance.now(); })
  .observe(document, {childList: true, subtree: true, characterData: true});
"""


def start_lines() -> Iterator[str]:
    """``make run`` in an environment that is already made, until a page can be served."""
    seconds = []
    for _ in range(3):
        with _made_to_run() as (address, start):
            _wait(f"{address}/health")
            seconds.append(time.perf_counter() - start)
    timing = Timing(tuple(seconds))
    yield f"`make run` to a healthy page: best {timing.best:.1f} s, median {timing.median:.1f} s, three starts. The "
    yield "corpus is read and the dictionary loaded before the first page is served."


@contextmanager
def _made_to_run() -> Iterator[tuple[str, float]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = time.perf_counter()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield f"http://127.0.0.1:{port}", start
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def _wait(address: str, patience: float = 120) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(address)


def page_lines() -> Iterator[str]:
    """Each page as the first thing a fresh server is asked for, and again in a new browser session."""
    yield "| page | cold | warm |"
    yield "| --- | ---: | ---: |"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for page in PAGES:
            with serving() as address:
                cold = _shown(browser, f"{address}/{page}")
                warm = statistics.median(_shown(browser, f"{address}/{page}") for _ in range(3))
            yield f"| {page or 'overview'} | {cold:.2f} s | {warm:.2f} s |"
        browser.close()
    yield ""
    yield "From the request to the last change of the page, charts drawn. Cold: first visit after the server became "
    yield "healthy, empty browser cache. Warm: median of three later visits, each a new session with an empty cache."


def _shown(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(LAST_CHANGE)
    page.goto(address)
    settle(page)
    seconds = float(page.evaluate("window.lastChange")) / 1000
    context.close()
    return seconds
