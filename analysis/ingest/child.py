"""The process that reads batches: ``python -m analysis.ingest.child``. What a file does, it does to this process only.

One JSON object a line. In: ``{"folder", "out", "key", "given_up": {path: row of unread}, "cut", "limit"}``. Out:
``{"ready": true}`` once; for a batch ``{"at": path}`` before each file, ``{"at": ""}`` behind the last, and at the end
``{"done": …}`` with the fields of ``Summary`` or ``{"fault": […]}`` with those of ``InputFault``. Whatever libraries
print goes to standard error.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from analysis.corpus.formats import Ask
from analysis.corpus.formats.kept import KeptReader
from analysis.corpus.formats.limits import SCAN_MEMORY
from analysis.ingest.batch import read_batch
from analysis.ingest.parts import plan_path, write_part
from analysis.ingest.plan import read_rows
from analysis.store.rows import Rows
from analysis.tokenise import lexer

_GRACE = 60  # seconds beyond the limit after which the system ends a process that nobody watches any more


def main() -> None:
    """Answer requests until standard input ends; then end at once, whatever is being read."""
    answer = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    _limit_memory()
    lexer()
    gc.collect()
    gc.freeze()  # the dictionary stays; no collection needs to look through it
    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    ask = KeptReader()
    _say(answer, {"ready": True})
    while True:
        _say(answer, _answer(json.loads(asked.get()), answer, ask))


def _listen(stdin: BinaryIO, asked: queue.SimpleQueue[bytes]) -> None:
    """Pass requests on; when whoever asks is gone, nobody is left to read for."""
    for line in stdin:
        asked.put(line)
    os._exit(0)


def _answer(request: dict[str, Any], answer: BinaryIO, ask: Ask) -> dict[str, Any]:
    out, key, limit = Path(request["out"]), request["key"], float(request["limit"])

    def at(path: str) -> None:
        if hasattr(signal, "alarm"):  # ends us even inside a library that never comes back
            signal.alarm(int(limit) + _GRACE)
        _say(answer, {"at": path})

    try:
        rows = read_rows(plan_path(out), key)
        found = read_batch(Path(request["folder"]), rows, request["given_up"], at, ask)
        summary = write_part(out, key, _then(found, at), request["cut"], limit)
    except OSError as problem:
        traceback.print_exc()
        reason = problem.strerror or str(problem)
        return {"fault": [str(out), "", f"写不进去（{reason}）", "请检查磁盘空间和写入权限，再运行同一命令"]}
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
    return {"done": asdict(summary)}


def _then(found: Iterator[Rows], at: Callable[[str], None]) -> Iterator[Rows]:
    yield from found
    at("")  # from here on no file is to blame


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not everywhere, or limited further already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (SCAN_MEMORY, SCAN_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(answer: BinaryIO, said: dict[str, Any]) -> None:
    try:
        answer.write(json.dumps(said).encode() + b"\n")
    except BrokenPipeError:  # nobody listens any more
        os._exit(0)


if __name__ == "__main__":
    main()
