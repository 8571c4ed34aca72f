"""Measure speed in one run, print it, and write ``docs/benchmarks.md``. Started by ``make bench``; never a test.

``bench.py reading`` measures the reading alone, without a server or a browser, and writes nothing.
"""

from __future__ import annotations

import datetime
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

import jieba  # noqa: E402
from harness import CHROMIUM, FLAGS, missing_parts, serving, settle  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from analysis.corpus.cards import read_documents  # noqa: E402
from analysis.corpus.documents import anonymous_card, document  # noqa: E402
from analysis.model import Reading  # noqa: E402
from analysis.pipeline import default_root, read  # noqa: E402
from analysis.tokenise import lexer  # noqa: E402

ROUNDS = 7
COPIES = (1, 10, 100)
PAGES = ("", "targets", "incentives", "trends", "wording", "reader", "sources", "quality")
REPORT = ROOT / "docs" / "benchmarks.md"

# When the page last changed, in ms since it was asked for: what a person waits for, without our own waiting.
LAST_CHANGE = """
window.lastChange = 0;
new MutationObserver(() => { window.lastChange = performance.now(); })
  .observe(document, {childList: true, subtree: true, characterData: true});
"""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of several rounds."""

    seconds: tuple[float, ...]

    @property
    def best(self) -> float:
        """The round that was disturbed least."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The middle round."""
        return statistics.median(self.seconds)


def timed(*works: Callable[[], object], rounds: int = ROUNDS) -> tuple[Timing, ...]:
    """Processor time of each work: once to warm up, then in turns, so that a busy machine burdens all alike."""
    for work in works:
        work()
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, kept in zip(works, seconds, strict=True):
            kept.append(_processor(work))
    return tuple(Timing(tuple(kept)) for kept in seconds)


def _processor(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def reading_lines() -> Iterator[str]:
    """Bare jieba against the whole reading, and growth with the corpus; Markdown lines."""
    found, faults = read_documents(default_root() / "documents")
    assert not faults, faults
    dictionary = _processor(lexer)
    plain = jieba.Tokenizer()
    plain.FREQ, plain.total = plain.gen_pfdict(plain.get_dict_file())
    plain.initialized = True  # no cache file in a world-writable folder

    def whole() -> list[Reading]:
        return [read(document(card, edition, raw)) for card, edition, raw in found]

    texts = [reading.document.text for reading in whole()]
    raw_size, size = sum(len(raw) for _, _, raw in found), sum(map(len, texts))
    default, without, reading = timed(
        lambda: [list(plain.cut(text)) for text in texts],
        lambda: [list(plain.cut(text, HMM=False)) for text in texts],
        whole,
    )
    yield f"Corpus: {len(found)} editions, {raw_size:,} characters as received, {size:,} after cleaning. "
    yield f"jieba's dictionary with the grammar's words loads in {dictionary:.2f} s, apart from what follows."
    yield ""
    yield "| processor time over the corpus text | best | median | of bare jieba |"
    yield "| --- | ---: | ---: | ---: |"
    yield f"| bare jieba, as it comes (HMM on) | {_ms(default.best)} | {_ms(default.median)} | 1.00 |"
    yield f"| bare jieba, HMM off | {_ms(without.best)} | {_ms(without.median)} | {without.best / default.best:.2f} |"
    ratio = reading.best / default.best
    yield f"| the whole reading, from the raw text on | {_ms(reading.best)} | {_ms(reading.median)} | **{ratio:.2f}** |"
    yield ""
    off = reading.best / without.best
    yield f"Aim: at most 3 times bare jieba. Measured: {ratio:.2f} times ({off:.2f} times with HMM off)."
    yield ""
    yield "| copies | as separate texts | per copy | as one long text | per copy |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    for copies in COPIES:
        separate = _processor(lambda copies=copies: [whole() for _ in range(copies)])  # type: ignore[misc]
        long = "\n".join(raw for _, _, raw in found for _ in range(copies))
        card = anonymous_card("long.txt", b"")
        one = _processor(lambda long=long, card=card: read(document(card, card.editions[0], long)))  # type: ignore[misc]
        yield f"| {copies} | {separate:.2f} s | {_ms(separate / copies)} | {one:.2f} s | {_ms(one / copies)} |"
    yield ""
    yield "Aim: linear, that is, the time per copy stays."


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


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


def machine_line() -> str:
    """What the figures were measured on."""
    cpu = platform.processor() or platform.machine()
    known = Path("/proc/cpuinfo")
    if known.exists():
        names = (line.split(":", 1)[1].strip() for line in known.read_text().splitlines() if "model name" in line)
        cpu = next(names, cpu)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.date.today().isoformat()}, {cpu}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, jieba {version('jieba')}, "
        f"streamlit {version('streamlit')}."
    )


def main() -> None:
    """Print every line as it is measured; write the report at the end."""
    alone = sys.argv[1:] == ["reading"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and the browser end with us
    lines: list[str] = []

    def say(line: str) -> None:
        print(line, flush=True)
        lines.append(line)

    say("# Benchmarks\n\nWritten by `make bench`; do not edit. Timings inform and never fail a test.\n")
    before = os.getloadavg()[0]
    say(machine_line())
    sections = (
        [("Reading", reading_lines)]
        if alone
        else [
            ("Reading", reading_lines),
            ("Start", start_lines),
            ("Pages", page_lines),
        ]
    )
    if not alone and (missing := missing_parts()):
        sys.exit(missing)
    for title, section in sections:
        say(f"\n## {title}\n")
        for line in section():
            say(line)
    after = os.getloadavg()[0]
    say(
        f"\nLoad of the machine: {before:.1f} when the run began, {after:.1f} when it ended. Above the number of cores,"
    )
    say("the times of start and pages are longer than they need be.")
    if not alone:
        REPORT.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
