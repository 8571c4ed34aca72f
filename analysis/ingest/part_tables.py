"""Parts: the tables of one batch, complete below their key or not there at all."""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus.files import GONE, SHUT
from analysis.store.rows import TABLES, Row, Rows

_MOST = 4_000_000  # characters held before they are written: no row group is larger, but for a single document
_SUMMARY = "part.json"


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the files of a batch."""

    documents: int
    unread: int
    cut: int = 0  # files given up on for taking longer than ``limit`` seconds
    limit: float = 0.0
    shut: int = 0  # files that could not be opened


def plan_path(out: Path) -> Path:
    """Where the plan of a collection lies."""
    return out / "work" / "plan.parquet"


def part_path(out: Path, key: str) -> Path:
    """Where the part of a batch lies once it is complete: one file for each table."""
    return out / "work" / "parts" / key


def summary_of(out: Path, key: str) -> Summary | None:
    """What a complete part holds; None where there is none."""
    try:
        return Summary(**json.loads((part_path(out, key) / _SUMMARY).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def still_good(out: Path, key: str, limit: float) -> Summary | None:
    """What a complete part of an earlier run holds; None where there is none, or it is to be read again.

    That is so where files could not be opened then, or were given up on and now have more time. Such a part is removed.
    """
    summary = summary_of(out, key)
    if summary is not None and (summary.shut or (summary.cut and summary.limit < limit)):
        shutil.rmtree(part_path(out, key), ignore_errors=True)
        return None
    return summary


def write_part(out: Path, key: str, found: Iterable[Rows], cut: int, limit: float) -> Summary:
    """Write rows as they come, some documents at a time, and give the part its name when all is on the disk.

    Raises OSError when the disk is full or not to be written to.
    """
    final = part_path(out, key)
    made = final.with_name(f".{key}-{platform.node()}-{os.getpid()}")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    documents = unread = shut = held = 0
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    try:
        with ExitStack() as stack:
            files = {
                name: stack.enter_context(pq.ParquetWriter(made / f"{name}.parquet", schema, compression="zstd"))
                for name, schema in TABLES.items()
            }
            for one in found:
                for name, more in one.items():
                    rows[name] += more
                read, refused = one.get("documents", ()), one.get("unread", ())
                documents += len(read)
                unread += len(refused)
                shut += sum(row["problem"] in (GONE, SHUT) for row in refused)
                held += sum(len(row["raw"]) for row in read)
                if held > _MOST:
                    _flush(files, rows)
                    held = 0
            _flush(files, rows)
        summary = Summary(documents, unread, cut, limit, shut)
        (made / _SUMMARY).write_text(json.dumps(asdict(summary)), "utf-8")
        for path in (*made.iterdir(), made):
            sync(path)
        return _put_in_place(made, out, key, summary)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put_in_place(made: Path, out: Path, key: str, summary: Summary) -> Summary:
    """Rename a part to what it is called, unless another process has put the same one there; what is there then."""
    final = part_path(out, key)
    if there := summary_of(out, key):
        return there
    shutil.rmtree(final, ignore_errors=True)  # a ruin
    try:
        made.rename(final)
    except OSError:
        if there := summary_of(out, key):
            return there
        raise
    sync(final.parent)
    return summary


def _flush(files: dict[str, pq.ParquetWriter], rows: dict[str, list[Row]]) -> None:
    for name, file in files.items():
        if rows[name]:
            file.write_table(pa.Table.from_pylist(rows[name], TABLES[name]))
            rows[name].clear()


def sync(path: Path) -> None:
    """Have the system put a file or the names in a folder on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
