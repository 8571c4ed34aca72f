"""How far an ingest is: counted from many threads, told to whoever asked for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.ingest.parts import Summary, still_good
from analysis.ingest.plan import Plan


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is. Files that an earlier run has read count as done; ``fresh`` are those of this run."""

    done: int
    total: int
    unread: int
    fresh: int
    seconds: float  # since reading began


Tell = Callable[[Progress], None]


class Counter:
    """Counts what is done, from several threads, and tells it."""

    def __init__(self, plan: Plan, out: Path, limit: float, tell: Tell) -> None:
        self._sizes = {batch.key: len(batch.rows) for batch in plan.batches}
        self._total = plan.files
        found = {key: still_good(out, key, limit) for key in self._sizes}
        self.waiting = [key for key, summary in found.items() if summary is None]
        self._done = sum(self._sizes[key] for key, summary in found.items() if summary)
        self._unread = len(plan.unread) + sum(summary.unread for summary in found.values() if summary)
        self._fresh = 0
        self._in_hand: dict[str, set[str]] = {key: set() for key in self.waiting}
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self._tell = tell
        self._say()

    def file(self, key: str, path: str) -> None:
        """A file of a batch is about to be read."""
        with self._lock:
            self._in_hand[key].add(path)
            self._say()

    def part(self, key: str, summary: Summary) -> None:
        """A batch is done."""
        with self._lock:
            del self._in_hand[key]
            self._done += self._sizes[key]
            self._fresh += self._sizes[key]
            self._unread += summary.unread
            self._say()

    def _say(self) -> None:
        now = sum(max(0, len(paths) - 1) for paths in self._in_hand.values())
        seconds = time.monotonic() - self._begun
        self._tell(Progress(self._done + now, self._total, self._unread, self._fresh + now, seconds))
