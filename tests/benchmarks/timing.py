"""Rounds of work under the clock, and what machine they ran on."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import distributions, version
from pathlib import Path

ROUNDS = 7


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
            kept.append(processor_time(work))
    return tuple(Timing(tuple(kept)) for kept in seconds)


def processor_time(work: Callable[[], object]) -> float:
    """Processor seconds of this process for one round."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ms(seconds: float) -> str:
    """Seconds as they stand in tables."""
    return f"{seconds * 1000:,.0f} ms"


def wrapped(words: str) -> list[str]:
    """A paragraph as lines of a page."""
    return textwrap.wrap(words, 118, break_long_words=False, break_on_hyphens=False)


def machine_line() -> str:
    """What the figures were measured on."""
    cpu = platform.processor() or platform.machine()
    known = Path("/proc/cpuinfo")
    if known.exists():
        names = (line.split(":", 1)[1].strip() for line in known.read_text().splitlines() if "model name" in line)
        cpu = next(names, cpu)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    there = {found.name for found in distributions()}
    named = ("jieba", "rjieba", "streamlit", "duckdb", "pyarrow")
    packages = ", ".join(f"{name} {version(name)}" if name in there else f"no {name}" for name in named)
    return (
        f"{datetime.date.today().isoformat()}, {cpu}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {packages}."
    )
