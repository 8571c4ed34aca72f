"""A batch read under guard: in a process of its own, which is ended when it says nothing for too long.

``read_guarded`` may run in any thread of any process; each thread keeps one process for its batches. A file during
which the process fell silent is given up on and the batch is read again without it; so is a file during which the
process died twice, once being perhaps the fault of another program that took the memory.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from analysis.corpus.process import Process
from analysis.ingest.part_tables import Summary, summary_of
from analysis.ingest.walk import unread
from analysis.model import InputError
from analysis.store.rows import Row

LIMIT = 120.0  # seconds for one file; the readers of the formats give up after 60 by themselves
READER = "analysis.ingest.batch:reader"
_PATIENCE = 120.0  # seconds at least for what no file is to blame for: looking into the plan, writing
_DEATHS = 2

_of_thread = threading.local()
_running: set[Process] = set()


def read_guarded(
    folder: Path, out: Path, key: str, limit: float = LIMIT, tell: Callable[[str], None] = lambda path: None
) -> Summary:
    """Read a batch of the plan in ``out`` and write its part, unless it is there already; what became of its files.

    ``limit`` in seconds for one file; ``tell`` hears the path of each file before it is read, and again where the
    batch is read again. Raises ``InputError`` when the part cannot be written or no process stays alive to read,
    ``Stopped`` after :func:`end_readers`.
    """
    given_up: dict[str, Row] = {}
    deaths: Counter[str] = Counter()
    cut = 0
    process = _process_of_thread()
    process.errors = out / "work" / "log"
    while (done := summary_of(out, key)) is None:
        request = {"folder": str(folder), "out": str(out), "key": key, "given_up": given_up, "cut": cut, "limit": limit}
        path = ""
        try:
            process.ask(request, max(limit, _PATIENCE))
            while "at" in (said := process.hear(limit if path else max(limit, _PATIENCE))):
                path = said["at"]
                if path:
                    tell(path)
        except TimeoutError:
            cut += 1
            given_up[path] = unread(path, f"读取超过 {limit:g} 秒", "请拆分，或另存为 txt 后再读")
        except EOFError:
            deaths[path] += 1
            if deaths[path] >= _DEATHS:
                given_up[path] = unread(path, "读取这个文件时程序意外结束", "请另存为 txt 后再读")
        if "" in given_up:  # no file was to blame
            raise InputError(str(out / "work" / "log"), "", "读取文件的进程起不来", "请看这个文件里的出错信息")
    return done


def _process_of_thread() -> Process:
    if not hasattr(_of_thread, "process"):
        _of_thread.process = Process(READER)
        _running.add(_of_thread.process)
    process: Process = _of_thread.process
    return process


def end_readers() -> None:
    """End the reading processes of all threads; whoever waits for one gets ``Stopped``."""
    for process in tuple(_running):
        process.kill()
