"""``checked.csv`` beside the document: one line for each word a person said, in the columns of the gold and a few more.

The last line that was not withdrawn holds for its row; earlier lines stay, so that the file tells who said what and
when. It opens in a spreadsheet (UTF-8 with BOM, CRLF, cells that look like formulas guarded).

Lines are only ever added, one person at a time, and are on the disk before we say so. A lock on the folder keeps
writers apart, threads as well as processes. A line is one write, then the disk is asked to hold it: whoever is killed
in between loses the one word that nobody was told is kept.
"""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from analysis.checked.fields import guarded, missing_or_wrong, unguarded
from analysis.checked.values import INCENTIVE_FIELDS, TARGET_FIELDS, Check, Part, after
from analysis.model import CheckVerdict, InputError


def read(path: Path) -> tuple[Check, ...]:
    """All that was said, in order; nothing where there is no file.

    Raises ``InputError`` on a damaged file, and on a row that cannot be used: dropped in silence it would be missed.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as problem:
        raise InputError(str(path), "", "核对记录打不开", "请检查文件的读取权限") from problem
    said = checks_of(data, str(path))
    for number, check in enumerate(said, start=2):
        field, _ = missing_or_wrong(check.part, check.fields)
        if field and check.verdict not in (CheckVerdict.REMOVED, CheckVerdict.WITHDRAWN):
            raise InputError(str(path), f"第 {number} 条", f"{field} 一栏没有填或不合写法", "请改正这一条，或删去它")
    return said


def record(path: Path, check: Check, seen: int) -> tuple[Check, ...]:
    """Add one word and give back what the file says of its document now; once this returns, it is on the disk.

    ``seen``: how many words on this document whoever speaks had before them. Raises ``InputError``, with nothing
    written, where somebody else spoke of the same row since, or where the file cannot be written.
    """
    try:
        with _alone(path.parent):
            there = whole(path.read_bytes()) if path.exists() else b""
            said = [each for each in checks_of(there, str(path)) if each.document == check.document]
            now = after(said, check, seen)
            if len(now) > len(said):
                _append(path, len(there), there, check)
            return now
    except OSError as problem:
        raise InputError(str(path), "", "核对记录写不进去", "请检查文件夹的写入权限和磁盘空间") from problem


def _append(path: Path, length: int, there: bytes, check: Check) -> None:
    fresh = not path.exists()
    added = line(check, columns_of(there, str(path))) if there else head() + line(check)
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


NAME = "checked.csv"
BOM = b"\xef\xbb\xbf"
COLUMNS = (
    "document", "row", "part", "verdict", "who", "when", "clause", *TARGET_FIELDS, *INCENTIVE_FIELDS, "ambiguous",
    "note", "quote", "char_start", "char_end", "machine", "machine_start", "machine_end",
)  # fmt: skip


def line(check: Check, columns: Sequence[str] = COLUMNS) -> bytes:
    """One word as a line of the file, its line end included."""
    cells: dict[str, str] = {
        "document": check.document,
        "row": check.row,
        "part": check.part,
        "verdict": check.verdict,
        "who": check.who,
        "when": check.when,
        "clause": check.clause,
        **check.fields,
        "note": check.note,
        "quote": check.quote,
        "char_start": str(check.start),
        "char_end": str(check.end),
        "machine": json.dumps(dict(check.machine), ensure_ascii=False, sort_keys=True) if check.machine else "",
        "machine_start": _number(check.machine_start),
        "machine_end": _number(check.machine_end),
    }
    return _written([[cells.get(name, "") for name in columns]])


def head() -> bytes:
    """The first line, by which a spreadsheet knows the encoding."""
    return BOM + _written([COLUMNS])


def file_of(said: Iterable[Check]) -> bytes:
    """A whole file."""
    return head() + b"".join(line(check) for check in said)


def whole(data: bytes) -> bytes:
    """``data`` without a last line that was cut off while it was written: nobody was told that it is kept."""
    end = len(data)
    while end := data.rfind(b"\n", 0, end) + 1:
        if data.count(b'"', 0, end) % 2 == 0:  # not inside a cell of several lines
            return data[:end]
        end -= 1
    return b""


def columns_of(data: bytes, name: str) -> tuple[str, ...]:
    """The columns of a file in their order. Raises ``InputError`` where one of ours is missing."""
    found = tuple(next(csv.reader(io.StringIO(_text(data, name), newline="")), ()))
    if missing := [column for column in COLUMNS if column not in found]:
        raise InputError(name, "第 1 行", f"缺少 {missing[0]} 一列", "请恢复原来的表头，或移走这个文件后重新核对")
    return found


def checks_of(data: bytes, name: str) -> tuple[Check, ...]:
    """What a file says, in its order. Raises ``InputError``: not this kind of file, a verdict or number amiss."""
    data = whole(data)
    if not data:
        return ()
    columns_of(data, name)
    rows = csv.DictReader(io.StringIO(_text(data, name), newline=""))
    return tuple(_check(row, name, number) for number, row in enumerate(rows, start=2))


def _check(row: Mapping[str, str | None], name: str, number: int) -> Check:
    cells = {key: unguarded(value or "") for key, value in row.items() if key and not isinstance(value, list)}
    try:
        part = Part(cells["part"])
        wanted = TARGET_FIELDS if part is Part.TARGET else INCENTIVE_FIELDS
        return Check(
            document=cells["document"],
            row=cells["row"],
            part=part,
            verdict=CheckVerdict(cells["verdict"]),
            who=cells["who"],
            when=cells["when"],
            clause=cells["clause"],
            quote=cells["quote"],
            start=int(cells["char_start"]),
            end=int(cells["char_end"]),
            fields={key: cells[key] for key in wanted if cells[key]},
            machine=_machine(cells["machine"]),
            machine_start=int(cells["machine_start"]) if cells["machine_start"] else None,
            machine_end=int(cells["machine_end"]) if cells["machine_end"] else None,
            note=cells["note"],
        )
    except ValueError as problem:
        what = "part、verdict 或字符位置不是核对记录的写法"
        raise InputError(name, f"第 {number} 条", what, "请恢复原样，或移走这个文件后重新核对") from problem


def _machine(cell: str) -> dict[str, str]:
    """The columns that the machine had. Raises ``ValueError`` where the cell holds something else."""
    found = json.loads(cell) if cell else {}
    if not isinstance(found, dict):
        raise ValueError("not a table of columns")
    return {str(name): str(value) for name, value in found.items()}


def _text(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # a spreadsheet may have saved it
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(name, "", "编码既不是 UTF-8 也不是 GB18030", "请另存为 UTF-8 编码的 CSV 文件")


def _written(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows([[guarded(cell) for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8", errors="replace")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
