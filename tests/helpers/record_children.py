"""Processes that work on a database of consultations and stop at a statement that the test chooses, to be killed there.

They are forked from a server that has loaded the program once. A child tells its parent through a pipe what it has been
told by the program, and waits for ever once it has reached the statement.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from record_databases import REVIEWER, made_up_comments
from sqlalchemy import Engine, event

from analysis.consultation.comments import Decision
from analysis.model import InputError
from analysis.records.deciding import decide
from analysis.records.importing import Source, import_comments
from analysis.records.record_store import Records
from analysis.records.schema import open_records

ROWS = 2500  # of the file that is imported: three portions
Work = Callable[[Records, str, Connection], None]


def imports(records: Records, uid: str, tell: Connection) -> None:
    """Import a file."""
    done = import_comments(records, REVIEWER, uid, Source("大表.xlsx", "big"), made_up_comments(ROWS))
    tell.send(("imported", len(done.added)))


def decides(records: Records, uid: str, tell: Connection) -> None:
    """Decide on the first comments, one after the other."""
    for number in (1, 2, 3):
        decide(records, REVIEWER, uid, number, 0, Decision.ADOPTED, f"第{number}条合理")
        tell.send(("decided", number))


def stopped_at(engine: Engine, step: int, reached: Callable[[], None]) -> list[int]:
    """Call ``reached`` before a statement or a commit, the one with number ``step``; the steps so far, as they grow."""
    steps = [0]

    def count(*_: object) -> None:
        steps[0] += 1
        if steps[0] == step:
            reached()

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count)
    return steps


def run(where: str, uid: str, work: Work, step: int, tell: Connection) -> None:
    """What a child does."""
    records = open_records(where)

    def reached() -> None:
        tell.send(("reached", step))
        threading.Event().wait()

    steps = stopped_at(records.engine, step, reached)
    work(records, uid, tell)
    tell.send(("finished", steps[0]))


def killed(where: str, uid: str, work: Work, step: int) -> list[tuple[str, int]]:
    """What a child had told when it was killed at ``step``; it is let finish where ``step`` is 0."""
    ours, child = _started(run, where, uid, work, step)
    told: list[tuple[str, int]] = []
    while not told or told[-1][0] not in ("reached", "finished"):
        told.append(ours.recv())
    child.kill()
    child.join()
    return told


def fault_of(task: Callable[..., Any], *given: Any) -> str:
    """The words of the ``InputError`` that ends a task in a process of its own, "" where there is none."""
    ours, child = _started(_tells_fault, task, given)
    words: str = ours.recv()
    child.join()
    return words


def _started(work: Callable[..., None], *given: Any) -> tuple[Connection, BaseProcess]:
    """A child that does ``work``, and the end of the pipe at which it is heard.

    It would run the program of this process first; where pages were tested here, that is a page.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["record_children"])
    ours, theirs = context.Pipe()
    child = context.Process(target=work, args=(*given, theirs))
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        child.start()
    finally:
        sys.modules["__main__"] = program
    theirs.close()
    return ours, child


def _tells_fault(task: Callable[..., Any], given: tuple[Any, ...], tell: Connection) -> None:
    try:
        task(*given)
    except InputError as fault:
        tell.send(str(fault))
    else:
        tell.send("")


def imports_within(folder: str, uid: str, spare: int) -> None:
    """Import where no file can grow by more than some bytes."""
    records = open_records(folder)
    size = max(path.stat().st_size for path in Path(folder).iterdir()) + spare
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    import_comments(records, REVIEWER, uid, Source("大表.xlsx", "big"), made_up_comments(ROWS))


def opens_as_nobody(folder: str, uid: str) -> None:
    """Open a database and decide, as a user who may not write there: root may write anywhere."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    records = open_records(folder)
    decide(records, REVIEWER, uid, 2, 0, Decision.ADOPTED, "合理")
