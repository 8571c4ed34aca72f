"""``checked.csv`` beside the document: one line for each check, in the columns of the gold and a few more.

The last line that was not withdrawn holds for its row; earlier lines stay, so that the file tells who decided what and
when. It opens in a spreadsheet (UTF-8 with BOM, CRLF, cells that look like formulas guarded).

Lines are only ever added, by one writer at a time, and are on the disk before they are reported as kept. A lock on the
folder keeps writers apart, threads as well as processes. A line is one write, followed by a sync of the file: a process
that is killed in between loses only the check that was not yet reported as kept.
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

from analysis.checked.checks import Check, after
from analysis.checked.fields import FIELDS, INCENTIVE_FIELDS, TARGET_FIELDS, Part, guarded, missing_or_wrong, unguarded
from analysis.model import CheckVerdict, InputError

NAME = "checked.csv"
BOM = b"\xef\xbb\xbf"
COLUMNS = (
    "document", "row", "part", "verdict", "who", "when", "clause", *TARGET_FIELDS, *INCENTIVE_FIELDS, "ambiguous",
    "note", "quote", "char_start", "char_end", "machine", "machine_start", "machine_end",
)  # fmt: skip
_TEXTS = ("document", "row", "who", "when", "clause", "quote", "note")  # columns that hold a field of a check as it is


def read(path: Path) -> tuple[Check, ...]:
    """All checks of a file, in order; none where there is no file.

    Raises ``InputError`` on a damaged file, and on a row that cannot be used: dropped in silence it would be missed.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as problem:
        raise InputError(str(path), "", "核对记录打不开", "请检查文件的读取权限") from problem
    checks = checks_of(data, str(path))
    for number, check in enumerate(checks, start=2):
        field, _ = missing_or_wrong(check.part, check.fields)
        if field and check.verdict not in (CheckVerdict.REMOVED, CheckVerdict.WITHDRAWN):
            raise InputError(str(path), f"第 {number} 条", f"{field} 一栏没有填或不合写法", "请改正这一条，或删去它")
    return checks


def record(path: Path, check: Check, seen: int) -> tuple[Check, ...]:
    """Add a check and return all checks of its document; once this returns, they are on the disk.

    ``seen``: how many checks of this document its author had before them. Raises ``InputError``, with nothing written,
    where somebody else checked the same row since, or where the file cannot be written.
    """
    try:
        with _locked(path.parent) as folder:
            there = whole(path.read_bytes()) if path.exists() else b""
            checks = [each for each in checks_of(there, str(path)) if each.document == check.document]
            now = after(checks, check, seen)
            if len(now) > len(checks):
                fresh = not path.exists()
                added = line(check, columns_of(there, str(path))) if there else file_of([check])
                with path.open("ab") as file:
                    file.truncate(len(there))  # without what a killed writer left of a line
                    file.write(added)
                    file.flush()
                    os.fsync(file.fileno())
                if fresh:
                    os.fsync(folder)  # the name of the file too
            return now
    except OSError as problem:
        raise InputError(str(path), "", "核对记录写不进去", "请检查文件夹的写入权限和磁盘空间") from problem


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def cells_of(check: Check) -> dict[str, str]:
    """A check as the cells of a line, by column."""
    cells = {name: str(getattr(check, name)) for name in (*_TEXTS, "part", "verdict")} | dict(check.fields)
    numbers = {
        "char_start": check.start,
        "char_end": check.end,
        "machine_start": check.machine_start,
        "machine_end": check.machine_end,
    }
    cells |= {name: str(number) for name, number in numbers.items() if number is not None}
    machine = json.dumps(dict(check.machine), ensure_ascii=False, sort_keys=True) if check.machine else ""
    return cells | {"machine": machine}


def line(check: Check, columns: Sequence[str] = COLUMNS) -> bytes:
    """One check as a line of the file, its line end included."""
    return csv_lines(columns, [cells_of(check)])


def file_of(checks: Iterable[Check]) -> bytes:
    """A whole file; by its first signs a spreadsheet knows the encoding."""
    return BOM + csv_lines(COLUMNS, map(cells_of, checks), head=True)


def csv_lines(
    columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, head: bool = False, end: str = "\r\n"
) -> bytes:
    """Rows as lines of these columns, guarded against being taken for formulas; a missing cell is empty."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, restval="", extrasaction="ignore", lineterminator=end)
    if head:
        writer.writeheader()
    writer.writerows({name: guarded(text) for name, text in row.items()} for row in rows)
    return buffer.getvalue().encode("utf-8", errors="replace")


def whole(data: bytes) -> bytes:
    """``data`` without a last line that was cut off while it was written: it was never reported as kept."""
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
    """The checks of a file, in its order. Raises ``InputError``: not this kind of file, a verdict or number amiss."""
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
        return Check(
            **{name: cells[name] for name in _TEXTS},
            part=part,
            verdict=CheckVerdict(cells["verdict"]),
            start=int(cells["char_start"]),
            end=int(cells["char_end"]),
            fields={key: cells[key] for key in FIELDS[part] if cells[key]},
            machine=_machine(cells["machine"]),
            machine_start=int(cells["machine_start"]) if cells["machine_start"] else None,
            machine_end=int(cells["machine_end"]) if cells["machine_end"] else None,
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
