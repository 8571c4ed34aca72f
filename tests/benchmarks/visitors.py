"""Many at once: people who click through the pages of a real server, each a real session over the wire.

``visitors.py OUT --sessions 1 10 50`` starts the server over OUT, warms it up with one visitor who sees every page,
lets N people click for a while, and prints the time of each page, what was wrong with any, and memory. Each person
waits between clicks (exponentially, ``--think`` seconds on average), opens pages from the navigation, chooses in
widgets, turns pages of lists, and follows links into the texts. The server is ended in every case.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from processes import memory, processor  # noqa: E402
from timing import wrapped  # noqa: E402
from wire import Answer, Tab  # noqa: E402

# How people go on from a page: another page, a widget, a link on the page; what a page does not have is left out.
HABITS = {"navigate": 35, "widget": 40, "link": 25}
GOAL_SECONDS, GOAL_MEMORY = 0.3, 3.0
START_PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    address: str
    pid: int


@dataclass(frozen=True, slots=True)
class Round:
    """One load: how many people, what they saw, and what the server took."""

    sessions: int
    think: float
    seconds: float
    answers: tuple[Answer, ...]
    memory_before: float
    memory_after: float
    server_cpu: float  # processor seconds of the server while people clicked
    driver_cpu: float  # and of this program, on the same machine

    @property
    def opened(self) -> int:
        """Sessions that were opened: each load of an address is one, and the server keeps it for two minutes."""
        return sum(answer.how == "load" for answer in self.answers)

    @property
    def more(self) -> float:
        """MB that the server took beyond what it had before."""
        return self.memory_after - self.memory_before


@contextmanager
def served(corpus: Path | None, *, command: Sequence[str] = ()) -> Iterator[Server]:
    """The product over ``corpus`` on a free port; ``command`` stands before it (a profiler)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **({"ZHENGHENG_CORPUS": str(corpus)} if corpus else {})}
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            [*command, sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/health", server)
            yield Server(f"http://127.0.0.1:{port}", server.pid)
        except Exception:
            said.seek(0)
            print(said.read().decode(errors="replace")[-3000:], file=sys.stderr)
            raise
        finally:
            _end(server)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"the server does not answer at {address}, code {server.poll()}")


def _end(server: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if server.poll() is None:
            os.killpg(server.pid, sign)
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                continue


async def step(tab: Tab, dice: random.Random) -> Answer:
    """One click of one person."""
    pages = [page for page in tab.pages() if page != tab.page]
    possible = {"navigate": pages, "widget": tab.shown.widgets, "link": tab.shown.links}
    weights = [HABITS[way] if possible[way] else 0 for way in HABITS]
    if not any(weights):  # the page broke
        return await tab.load("")
    way = dice.choices(list(HABITS), weights)[0]
    if way == "navigate":
        return await tab.navigate(dice.choice(pages))
    if way == "widget":
        return await tab.choose(dice.choice(tab.shown.widgets))
    return await tab.load(dice.choice(tab.shown.links))


async def visit(address: str, number: int, think: float, until: float, answers: list[Answer], seed: int) -> Tab:
    """One person, from the first page until time is up; the tab stays open."""
    dice = random.Random(f"{seed}-{number}")
    tab = Tab(address, dice)
    await asyncio.sleep(dice.uniform(0, think))
    answers.append(await tab.load(""))
    while True:
        pause = dice.expovariate(1 / think) if think else 0.0
        if time.monotonic() + pause > until:
            return tab
        await asyncio.sleep(pause)
        answers.append(await step(tab, dice))


async def warm(address: str, rounds: int = 2) -> list[Answer]:
    """One visitor sees every page and follows the first link of each."""
    tab = Tab(address, random.Random(0))
    found = [await tab.load("")]
    for _ in range(rounds):
        for page in tab.pages():
            found.append(await tab.navigate(page))
            for widget in tab.shown.widgets[:2]:
                found.append(await tab.choose(widget))
            if tab.shown.links:
                found.append(await tab.load(tab.shown.links[0]))
    await tab.close()
    return found


async def load(server: Server, sessions: int, think: float, seconds: float, seed: int = 1) -> Round:
    """``sessions`` people for ``seconds``; memory is taken while all of them are still there."""
    before, answers = memory(server.pid), list[Answer]()
    spent, own = processor(server.pid), _own()
    start = time.monotonic()
    until = start + seconds
    tabs = await asyncio.gather(
        *(visit(server.address, number, think, until, answers, seed) for number in range(sessions))
    )
    taken = time.monotonic() - start
    spent, own = processor(server.pid) - spent, _own() - own
    after = memory(server.pid)
    for tab in tabs:
        await tab.close()
    return Round(sessions, think, taken, tuple(answers), before, after, spent, own)


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that ``percent`` of ``values`` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


def summary(found: Round) -> str:
    """One row: people, rate, percentiles, what was wrong, processor, memory."""
    times = [answer.seconds for answer in found.answers]
    wrong = sum(bool(answer.faults) for answer in found.answers)
    rate = len(times) / found.seconds
    marks = " | ".join(f"{percentile(times, mark) * 1000:,.0f} ms" for mark in (50, 95, 99))
    return (
        f"| {found.sessions} | {found.think:g} s | {len(times)} | {rate:.1f} | {marks} | {wrong} "
        f"| {found.server_cpu / found.seconds:.2f} | {found.driver_cpu / found.seconds:.2f} "
        f"| {found.server_cpu / len(times) * 1000:,.0f} ms "
        f"| {found.memory_before:.0f} MB | {found.memory_after:.0f} MB | {found.more / found.sessions:.1f} MB "
        f"| {found.opened} | {found.more / found.opened:.1f} MB |"
    )


SUMMARY = (
    "| people | think | pages | pages/s | p50 | p95 | p99 | faults | cores server | cores driver | processor a page "
    "| before | with all | a person | sessions opened | a session |",
    f"|{' ---: |' * 16}",
)


def by_page(found: Round) -> Iterator[str]:
    """A row for each page and way of asking, slowest p95 first."""
    yield "| page | asked by | times | p50 | p95 | p99 | KB | faults |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    groups: dict[tuple[str, str], list[Answer]] = {}
    for answer in found.answers:
        groups.setdefault((answer.page, answer.how), []).append(answer)
    for (page, how), answers in sorted(
        groups.items(), key=lambda each: -percentile([answer.seconds for answer in each[1]], 95)
    ):
        times = [answer.seconds for answer in answers]
        marks = " | ".join(f"{percentile(times, mark) * 1000:,.0f} ms" for mark in (50, 95, 99))
        size = sum(answer.size for answer in answers) / len(answers) / 1024
        wrong = sum(bool(answer.faults) for answer in answers)
        yield f"| {page} | {how} | {len(answers)} | {marks} | {size:,.0f} | {wrong} |"


def faults(found: Sequence[Answer]) -> Iterator[str]:
    """Each sentence of fault that was seen, with its page and how often."""
    counted = Counter((answer.page, sentence) for answer in found for sentence in answer.faults)
    for (page, sentence), times in counted.most_common(12):
        yield f"- {times} × {page}: {sentence[:160]}"


def lines(corpus: Path | None, loads: Sequence[tuple[int, float]], seconds: float) -> Iterator[str]:
    """For each number of people, with their seconds between clicks: a server, warmed up, and they click; Markdown."""
    warmed, rounds = list[Answer](), list[Round]()
    yield from SUMMARY
    for count, think in loads:
        with served(corpus) as server:  # a new one, so that memory is not that of people who left
            warmed += asyncio.run(warm(server.address))
            rounds.append(asyncio.run(load(server, count, think, seconds)))
        yield summary(rounds[-1])
    last = rounds[-1]
    yield ""
    yield from wrapped(
        "People think that long between clicks, on average. What they choose is thrown by dice, so many clicks ask "
        f"for what nobody has asked before. Goal for {last.sessions} people: p95 under {GOAL_SECONDS * 1000:.0f} ms, a "
        f"session under {GOAL_MEMORY:g} MB, no faults. One visitor warms each server up first, "
        f"{len(warmed) // len(loads)} pages. Memory: of the server before anybody came, and with all of them there; "
        "what it took more holds what caches took as well, and is given by person and by session: whoever follows a "
        "link into a text opens a new one, and the server keeps the old one for two minutes. Page by page, of the last "
        "row:"
    )
    yield ""
    yield from by_page(last)
    wrong = list(faults([*warmed, *(answer for each in rounds for answer in each.answers)]))
    if wrong:
        yield from ("", "What was wrong (an exception, or a sentence of fault), warm-up included:", "", *wrong)


def main() -> None:
    """Print what people had to wait."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("corpus", type=Path, nargs="?", help="corpus or tables to serve; default: as configured")
    arguments.add_argument("--sessions", type=int, nargs="+", default=[1, 10, 50], metavar="N")
    arguments.add_argument(
        "--think", type=float, nargs="+", default=[10.0], metavar="SECONDS", help="for each N, or one"
    )
    arguments.add_argument("--seconds", type=float, default=60.0, help="how long people click")
    asked = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server ends with us
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n", flush=True)
    thinking = asked.think * len(asked.sessions) if len(asked.think) == 1 else asked.think
    for line in lines(asked.corpus, list(zip(asked.sessions, thinking, strict=True)), asked.seconds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
