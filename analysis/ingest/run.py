"""An ingest from its arguments to its tables, with how far it is: on this machine, one reading process a core."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.grammar import grammar
from analysis.ingest.batch import LIMIT, end_readers, read_guarded
from analysis.ingest.finish import finish
from analysis.ingest.part_tables import Summary, part_path, plan_path, still_good, sync
from analysis.ingest.plan import Plan, make_plan, program_digest, write_plan
from analysis.model import InputError
from analysis.store.rows import MANIFEST


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
        self._done = self._before = sum(self._sizes[key] for key, summary in found.items() if summary)
        self._unread = len(plan.unread) + sum(summary.unread for summary in found.values() if summary)
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
            self._unread += summary.unread
            self._say()

    def _say(self) -> None:
        done = self._done + sum(max(0, len(paths) - 1) for paths in self._in_hand.values())
        seconds = time.monotonic() - self._begun
        self._tell(Progress(done, self._total, self._unread, done - self._before, seconds))


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ingest(
    folder: Path, out: Path, *, jobs: int | None = None, limit: float = LIMIT, scheduler: str = "", tell: Tell
) -> dict[str, Any]:
    """Read every file below ``folder`` into the tables of ``out``; the manifest of the collection.

    What an earlier run into the same ``out`` has read is not read again. ``limit`` in seconds for one file.
    ``scheduler`` is the address of a Dask scheduler, "" for this machine. Raises ``InputError`` when there is nothing
    to read from or nowhere to write to.
    """
    begun = time.monotonic()
    grammar()  # what is wrong with it is said here, once, and not by every process that reads
    folder, out = folder.resolve(), out.resolve()
    _check(folder, out)
    with _alone(out):
        plan = make_plan(folder)
        _put_plan(plan, out)
        counter = Counter(plan, out, limit, tell)
        if scheduler:
            from analysis.ingest.cluster import run_on

            run_on(scheduler, folder, out, counter.waiting, limit, counter.part)
        else:
            _run_here(folder, out, counter, jobs or cores(), limit)
        seconds = round(time.monotonic() - begun, 1)
        facts = {"folder": str(folder), "program": program_digest(), "seconds": seconds}
        try:
            return finish(out, [part_path(out, batch.key) for batch in plan.batches], facts, plan.unread)
        except OSError as problem:
            raise _unwritable(out, problem) from problem


def _run_here(folder: Path, out: Path, counter: Counter, jobs: int, limit: float) -> None:
    """Have every waiting batch read. Whatever ends this, no process stays behind."""

    def read(key: str) -> None:
        counter.part(key, read_guarded(folder, out, key, limit, lambda path: counter.file(key, path)))

    with ThreadPoolExecutor(jobs) as pool:
        batches = [pool.submit(read, key) for key in counter.waiting]
        try:
            for batch in as_completed(batches):
                batch.result()
        finally:
            for batch in batches:
                batch.cancel()
            while not all(batch.done() for batch in batches):
                end_readers()
                time.sleep(0.05)
            end_readers()


def _check(folder: Path, out: Path) -> None:
    """Raise InputError where these two folders cannot be used."""
    if not folder.is_dir():
        raise InputError(str(folder), "", "找不到这个文件夹" if not folder.exists() else "这不是文件夹", "请检查路径")
    if out.is_relative_to(folder):
        raise InputError(str(out), "", "输出文件夹在要读的文件夹里面", "请用 -o 另选一个地方")
    if out.exists() and not out.is_dir():
        raise InputError(str(out), "", "这不是文件夹", "请用 -o 另选一个地方")
    ours = (out / MANIFEST).exists() or (out / "work").is_dir()
    try:
        if out.exists() and any(out.iterdir()) and not ours:
            raise InputError(str(out), "", "这个文件夹里已有别的东西", "请用 -o 选一个空文件夹，或以前的结果文件夹")
        (out / "work" / "parts").mkdir(parents=True, exist_ok=True)
        (out / "work" / "lock").touch()
        sync(out / "work")
    except OSError as problem:
        raise _unwritable(out, problem) from problem


def _unwritable(out: Path, problem: OSError) -> InputError:
    return InputError(str(out), "", f"写不进去（{problem.strerror or problem}）", "请检查磁盘空间和写入权限")


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the lock of ``out``. Raises InputError when another process has it."""
    try:
        import fcntl
    except ImportError:  # Windows: nothing keeps two from writing at once; parts are put in place whole all the same
        yield
        return
    with (out / "work" / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            problem = "另一个 ingest 正在写这个文件夹"
            raise InputError(str(out), "", problem, "请等它结束，或用 -o 另选一个地方") from None
        yield


def _put_plan(plan: Plan, out: Path) -> None:
    made = out / "work" / ".plan.parquet"
    try:
        write_plan(plan, made)
        sync(made)
        made.replace(plan_path(out))
    except OSError as problem:
        raise _unwritable(out, problem) from problem
