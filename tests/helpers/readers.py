"""Reading processes that a test puts in the place of the real ones (``analysis.corpus.process.Process``)."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from analysis.corpus import formats, process
from analysis.corpus.formats.limits import MEMORY
from analysis.corpus.process import Answer, Message, Say, limit_memory
from analysis.ingest import batch
from analysis.store.rows import Row, Rows
from tests.helpers.events import runs, wait_for

HERE = "tests.helpers.readers"


def greedy() -> Answer:
    """Takes three gigabytes for any file, with the limit of a reader of documents."""

    def read_here(*_: object) -> str:
        return "x" * 3 * 2**30

    formats.read_here = read_here
    return formats.reader()


def full() -> Answer:
    """Reads files of the formats; to it any memory is much."""
    process._ENOUGH = 0
    return formats.reader()


def nobody() -> Answer:
    """Ends before it is ready."""
    raise SystemExit(1)


def hanging() -> Answer:
    """Never comes back."""
    return lambda request, say: signal.pause() or {}


def stopped() -> Answer:
    """Stops as soon as it is asked, which the system shows."""
    return lambda request, say: os.kill(os.getpid(), signal.SIGSTOP) or {}


def various() -> Answer:
    """Does what it is told: tells its number, hangs inside C, hangs with another program, takes memory, dies."""
    limit_memory(2 * 1024**3)

    def answer(request: Message, say: Say) -> Message:
        if request.get("do") == "hang":
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            say({"pid": os.getpid()})
            re.match("(a+)+$", "a" * 60 + "b")  # holds the interpreter for as long as anyone waits
        if request.get("do") == "start":
            below = [sys.executable, "-c", "import time; time.sleep(10**6)"]
            say({"pid": subprocess.Popen(below, start_new_session=True).pid})
            signal.pause()
        if request.get("do") == "grab":
            return {"size": len(b"x" * 3 * 1024**3)}
        if request.get("do") == "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        return {"pid": os.getpid(), "data": request["data"]}

    return answer


def impatient() -> Answer:
    """Does what it is told; the system ends it as soon as its time is over."""
    process._GRACE = 1
    return various()


def swelling() -> Answer:
    """Needs more memory than it may take, whatever it is asked."""
    limit_memory(MEMORY)
    return lambda request, say: {"size": len(b"x" * (MEMORY + 1))}


class Gate:
    """Before each batch the readers of :func:`gated` that write into ``out`` wait until it is opened."""

    def __init__(self, out: Path) -> None:
        self._waiting = out / "work" / "waiting"
        self._waiting.mkdir(parents=True)
        self._pipe = out / "work" / "gate"
        os.mkfifo(self._pipe)

    def waiting(self) -> set[int]:
        """Numbers of the processes that stand before it."""
        return {int(each.name) for each in self._waiting.iterdir() if runs(int(each.name))}

    def let_through(self) -> None:
        """Let those pass that stand before it, one at least; whoever comes next waits again."""
        wait_for(self.waiting)
        os.close(os.open(self._pipe, os.O_WRONLY))

    def remove(self) -> None:
        """Nobody waits any more."""
        handle = os.open(self._pipe, os.O_RDWR)
        self._pipe.unlink()
        os.close(handle)


def gated() -> Answer:
    """Reads batches as the real one does, each when the :class:`Gate` of its OUT opens."""
    read = batch.reader()

    def answer(request: Message, say: Say) -> Message:
        work = Path(request["out"], "work")
        mark = work / "waiting" / str(os.getpid())
        with contextlib.suppress(FileNotFoundError):
            mark.touch()
            with (work / "gate").open("rb") as gate:
                gate.read()
        mark.unlink(missing_ok=True)
        return read(request, say)

    return answer


def stuck() -> Answer:
    """Reads batches as the real one does, but never comes back from ``long.txt``."""
    read_file = batch.read_file

    def read_or_hang(folder: Path, row: Row, *more: Any) -> Rows:
        if row["path"] == "long.txt":
            signal.pause()
        return read_file(folder, row, *more)

    batch.read_file = read_or_hang
    return batch.reader()
