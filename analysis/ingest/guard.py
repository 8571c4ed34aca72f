"""A batch read under guard: in a process of its own, which is ended when it says nothing for too long.

``read_guarded`` may run in any thread of any process; each thread keeps one process for its batches. A file during
which the process fell silent is given up on and the batch is read again without it; so is a file during which the
process died twice.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.parts import Summary, summary_of
from analysis.ingest.walk import unread
from analysis.model import InputFault
from analysis.store.rows import Row

LIMIT = 120.0  # seconds for one file; the readers of the formats give up after 60 by themselves
_PATIENCE = 120.0  # seconds at least for anything but a file: starting, writing
_DEATHS = 2
_ROOT = Path(__file__).resolve().parents[2]


class Stopped(Exception):
    """Reading was stopped by :func:`end_children`."""


class _Child:
    """A process that reads batches, and what it says."""

    def __init__(self, out: Path) -> None:
        with (out / "work" / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "analysis.ingest.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=_ROOT,
                env={**os.environ, "OMP_NUM_THREADS": "1"},
                start_new_session=True,  # Ctrl-C at the terminal is for us
            )
        self.ended = False
        self._said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self.process.stdout:
                self._said.put(line)
        self._said.put(b"")

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request; that the process has died is noticed when it does not answer."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()

    def hear(self, seconds: float) -> dict[str, Any] | None:
        """What it says next; None when it has died. Raises queue.Empty when it says nothing for so long."""
        line = self._said.get(timeout=seconds)
        return dict(json.loads(line)) if line.endswith(b"\n") else None

    def end(self) -> None:
        """Kill it with all that it started."""
        self.ended = True
        for each in (*_started_by(self.process.pid), self.process.pid):
            with contextlib.suppress(OSError):
                os.kill(each, signal.SIGKILL)
        self.process.wait()
        with contextlib.suppress(OSError, ValueError):
            assert self.process.stdin is not None
            self.process.stdin.close()


_of_thread = threading.local()
_running: set[_Child] = set()


def read_guarded(
    folder: Path, out: Path, key: str, limit: float = LIMIT, tell: Callable[[str], None] = lambda path: None
) -> Summary:
    """Read a batch of the plan in ``out`` and write its part, unless it is there already; what became of its files.

    ``limit`` in seconds for one file; ``tell`` hears the path of each file before it is read, and again where the
    batch is read again. Raises ``InputFault`` when the part cannot be written or no process stays alive to read,
    ``Stopped`` after :func:`end_children`.
    """
    given_up: dict[str, Row] = {}
    deaths: Counter[str] = Counter()
    cut = 0
    while (done := summary_of(out, key)) is None:
        child = _child(out)
        child.ask(
            {"folder": str(folder), "out": str(out), "key": key, "given_up": given_up, "cut": cut, "limit": limit}
        )
        path = ""
        for path, said in _followed(child, limit):
            if said is _SILENT:
                if not path:
                    raise _cannot_start(out)
                cut += 1
                given_up[path] = unread(path, f"读取超过 {limit:g} 秒", "请拆分，或另存为 txt 后再读")
            elif said is _DEAD:
                deaths[path] += 1
                if deaths[path] >= _DEATHS:
                    if not path:
                        raise _cannot_start(out)
                    given_up[path] = unread(path, "读取这个文件时程序意外结束", "请另存为 txt 后再读")
            elif "fault" in said:
                raise InputFault(*said["fault"])
            elif "at" in said and path:
                tell(path)
    return done


_SILENT: dict[str, Any] = {"silent": True}
_DEAD: dict[str, Any] = {"dead": True}


def _followed(child: _Child, limit: float) -> Iterator[tuple[str, dict[str, Any]]]:
    """The file in hand ("": none) and what the process says, up to its last word; it is ended if it has none.

    Raises ``Stopped`` when it was ended from outside.
    """
    path = ""
    while True:
        try:
            said = child.hear(limit if path else max(limit, _PATIENCE)) or _DEAD
        except queue.Empty:
            said = _SILENT
        if child.ended:
            raise Stopped
        path = said.get("at", path)
        if said is _SILENT or said is _DEAD:
            _end(child)
        yield path, said
        if not said.keys() & {"at", "ready"}:
            return


def _child(out: Path) -> _Child:
    """The process of this thread, a new one where it has none that lives."""
    child: _Child | None = getattr(_of_thread, "child", None)
    if child is None or child.ended or child.process.poll() is not None:
        if child is not None:
            _end(child)
        child = _of_thread.child = _Child(out)
        _running.add(child)
    return child


def _end(child: _Child) -> None:
    child.end()
    _running.discard(child)


def end_children() -> None:
    """End the reading processes of all threads; whoever waits for one gets ``Stopped``."""
    for child in tuple(_running):
        _end(child)


def _cannot_start(out: Path) -> InputFault:
    return InputFault(str(out / "work" / "log"), "", "读取文件的进程起不来", "请看这个文件里的出错信息")


def _started_by(process: int) -> list[int]:
    """Ids of all processes below ``process``, where the system shows them in /proc; LibreOffice is such a one."""
    below: dict[int, list[int]] = {}
    for about in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int(about.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(about.parent.name))
    found: list[int] = []
    waiting = [process]
    while waiting:
        waiting += (more := below.get(waiting.pop(), []))
        found += more
    return found
