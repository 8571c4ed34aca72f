"""What processes take, from ``/proc``: memory and processor time of one with all that it started."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """``pid`` and every process below it that is alive."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue  # ended in between
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def memory(pid: int) -> float:
    """MB of ``pid`` and its family; a page that several of them share is counted once (proportional set size)."""
    return sum(memory_alone(one) for one in family(pid))


def memory_alone(pid: int) -> float:
    """MB of one process, its share of what others hold as well; 0 where it has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def processor(pid: int) -> float:
    """Processor seconds of ``pid`` and its family, with those of children that have ended and were waited for."""
    total = 0
    for one in family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(fields[place]) for place in (11, 12, *((13, 14) if one == pid else ())))
    return total / _TICKS


@dataclass(slots=True)
class Peak:
    """The most memory seen, in MB, of all processes together, and how many there were."""

    memory: float = 0.0
    processes: int = 0
    samples: list[tuple[float, float]] = field(default_factory=list)  # seconds since the start, MB


@contextmanager
def watched(pid: int, every: float = 0.5) -> Iterator[Peak]:
    """Sample the memory of ``pid`` and its family while the block runs."""
    peak, done, start = Peak(), threading.Event(), time.perf_counter()

    def sample() -> None:
        while not done.is_set():
            now = memory(pid)
            peak.samples.append((time.perf_counter() - start, now))
            peak.memory, peak.processes = max(peak.memory, now), max(peak.processes, len(family(pid)))
            done.wait(every)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()
