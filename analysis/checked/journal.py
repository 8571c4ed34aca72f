"""The file beside the document: lines are only ever added, one person at a time, and are on the disk before we say so.

A lock on the folder keeps writers apart, threads as well as processes. A line is one write, then the disk is asked to
hold it: whoever is killed in between loses the one word that nobody was told is kept.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.checked import table
from analysis.checked.fields import missing_or_wrong
from analysis.checked.values import Check, after
from analysis.model import CheckVerdict, InputFault


def read(path: Path) -> tuple[Check, ...]:
    """All that was said, in order; nothing where there is no file.

    Raises ``InputFault`` on a damaged file, and on a row that cannot be used: dropped in silence it would be missed.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as problem:
        raise InputFault(str(path), "", "核对记录打不开", "请检查文件的读取权限") from problem
    said = table.checks_of(data, str(path))
    for number, check in enumerate(said, start=2):
        field, _ = missing_or_wrong(check.part, check.fields)
        if field and check.verdict not in (CheckVerdict.REMOVED, CheckVerdict.WITHDRAWN):
            raise InputFault(str(path), f"第 {number} 条", f"{field} 一栏没有填或不合写法", "请改正这一条，或删去它")
    return said


def record(path: Path, check: Check, seen: int) -> tuple[Check, ...]:
    """Add one word and give back what the file says of its document now; once this returns, it is on the disk.

    ``seen``: how many words on this document whoever speaks had before them. Raises ``InputFault``, with nothing
    written, where somebody else spoke of the same row since, or where the file cannot be written.
    """
    try:
        with _alone(path.parent):
            there = table.whole(path.read_bytes()) if path.exists() else b""
            said = [each for each in table.checks_of(there, str(path)) if each.document == check.document]
            now = after(said, check, seen)
            if len(now) > len(said):
                _append(path, len(there), there, check)
            return now
    except OSError as problem:
        raise InputFault(str(path), "", "核对记录写不进去", "请检查文件夹的写入权限和磁盘空间") from problem


def _append(path: Path, length: int, there: bytes, check: Check) -> None:
    fresh = not path.exists()
    added = table.line(check, table.columns_of(there, str(path))) if there else table.head() + table.line(check)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        os.ftruncate(file, length)  # what a killed writer left of a line
        os.lseek(file, length, os.SEEK_SET)
        left = memoryview(added)
        while left:
            left = left[os.write(file, left) :]
        os.fsync(file)
    finally:
        os.close(file)
    if fresh:
        _sync(path.parent)  # the name of the file too


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
