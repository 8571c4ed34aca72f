"""An open collection: tables that DuckDB answers from, and how every question reaches them.

The tables of :mod:`analysis.store.rows` are in the schema ``stored``: views over Parquet files, or tables in memory
for a corpus that was read from its cards. Beside them stand a few small tables in memory, made by
:mod:`analysis.store.opening`, that every question starts from: ``documents`` (one row a document, newest first),
``further_editions``, ``targets`` (one row a target), ``incentives`` (what receivers get by which instrument) and
``indicator_keys`` (names that targets are joined by). ``texts`` and ``word_counts`` are what is searched whole: in
memory while there is little of it, else views.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.model import Fault, InputError, Point, SeriesCard
from analysis.store.rows import MANIFEST, TABLES, Row

FEW = 12  # documents of a corpus that stands side by side as a whole
SIDE_BY_SIDE = 6  # documents of a larger one that do: as many columns as a screen holds
DAMAGED, AGAIN = "语料表缺失或已损坏", "请重新运行 python -m analysis ingest"
Values = Mapping[str, Any]
Groups = tuple[pq.FileMetaData, tuple[tuple[int, int], ...]]  # lowest and highest number in each row group of a table


@dataclass(frozen=True, eq=False)
class Collection:
    """A collection as it was when it was opened; ``digest`` names its content.

    ``folder`` is what was opened, ``sources`` the folder that paths of documents are relative to (None: not known).
    ``documents`` counts first editions, ``unread`` the files that gave none. The connection closes when the collection
    is let go.
    """

    digest: str
    folder: Path
    sources: Path | None
    documents: int
    unread: int
    faults: tuple[Fault, ...]
    series: SeriesCard | None
    points: tuple[Point, ...]
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    files: tuple[tuple[int, ...], ...] = ()  # what `stamps` said of the tables when they were opened
    groups: Mapping[str, Groups] = field(default_factory=dict, repr=False)  # of the tables that are files
    held: Mapping[str, pa.Table] = field(default_factory=dict, repr=False)  # of these tables, all that pages show
    verdict_years: list[int] = field(default_factory=list, repr=False)  # for which `verdicts` is filled
    lock: Lock = field(default_factory=Lock, repr=False)  # held while a table in memory is filled

    @property
    def large(self) -> bool:
        """Whether there are more documents than can stand side by side: they are picked from lists then."""
        return self.documents > FEW

    @property
    def side_by_side(self) -> int:
        """How many documents a page shows beside each other."""
        return SIDE_BY_SIDE if self.large else FEW


def stamps(folder: Path) -> tuple[tuple[int, ...], ...]:
    """Inode, size and time of every table; an empty tuple for one that is not there."""
    found: list[tuple[int, ...]] = []
    for path in table_paths(folder):
        try:
            seen = os.stat(path)  # noqa: PTH116 - asked with every question, and some ten times as quick as a Path
        except OSError:
            found.append(())
        else:
            found.append((seen.st_ino, seen.st_size, seen.st_mtime_ns))
    return tuple(found)


def table_paths(folder: Path) -> tuple[str, ...]:
    """The files of a collection: its tables, then the manifest."""
    return tuple(str(folder / name) for name in (*(f"{table}.parquet" for table in TABLES), MANIFEST))


def rows(collection: Collection, sql: str, values: Values | None = None) -> list[tuple[Any, ...]]:
    """Ask the collection. ``values`` are bound to ``$name``; nothing that a user typed is ever part of ``sql``.

    Any thread may ask at any time. Raises ``InputError`` when the tables were replaced since they were opened, are
    damaged, or the answer needs more memory than the collection may use.
    """
    with _asked(collection) as cursor:
        return cursor.execute(sql, dict(values or {})).fetchall()


def columns(collection: Collection, sql: str, values: Values | None = None) -> pa.Table:
    """The same as :func:`rows` for answers of many rows, by column."""
    with _asked(collection) as cursor:
        return cursor.sql(sql, params=dict(values or {})).to_arrow_table()


def records(collection: Collection, sql: str, values: Values | None = None) -> list[Row]:
    """The same as :func:`rows`, each row by the names of its columns."""
    found: list[Row] = columns(collection, sql, values).to_pylist()
    return found


@contextmanager
def _asked(collection: Collection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A way to ask; what DuckDB cannot answer becomes a sentence."""
    try:
        with collection.connection.cursor() as cursor:
            yield cursor
    except duckdb.OutOfMemoryException as error:
        raise InputError(str(collection.folder), "", "回答这个问题要的内存太多", "请把范围缩小一些") from error
    except duckdb.Error as error:
        check(collection)
        raise InputError(str(collection.folder), "", DAMAGED, AGAIN) from error
    check(collection)  # after the answer: had a table been replaced on the way, it would show by now


def check(collection: Collection) -> None:
    """Raise ``InputError`` when the tables are no longer the ones that were opened."""
    if collection.files and stamps(collection.folder) != collection.files:
        raise InputError(str(collection.folder), "", "语料刚刚更新", "请刷新页面")


def storable(text: str) -> bool:
    """Whether a table could hold ``text`` at all: half a surrogate pair, as an address may carry, is no text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def storables(texts: Iterable[str]) -> list[str]:
    """Those of ``texts`` that a table could hold, each once."""
    return [text for text in dict.fromkeys(texts) if storable(text)]


def fetch(collection: Collection, table: str, numbers: Iterable[int], columns: Sequence[str]) -> list[Row]:
    """The rows of a table that belong to these documents, as they stand in it: by number, then as the text was read.

    Raises ``InputError`` when the table was replaced since it was opened, or is damaged.
    """
    wanted = sorted(numbers)
    if not wanted:
        return []
    if not collection.groups:  # all tables are in memory
        quoted = ", ".join(f'"{name}"' for name in columns)
        sql = f"SELECT {quoted} FROM stored.{table} WHERE list_contains($numbers, number)"
        return records(collection, sql, {"numbers": wanted})
    held = collection.held.get(table)
    path = collection.folder / f"{table}.parquet"
    try:
        some = (
            _held_rows(held, wanted)
            if held is not None and set(columns) <= set(held.column_names)
            else _rows(path, collection.groups[table], wanted, columns)
        )
    except (OSError, pa.ArrowException) as error:
        check(collection)
        raise InputError(str(path), "", DAMAGED, AGAIN) from error
    check(collection)
    found: list[Row] = some.select(list(columns)).to_pylist()
    return found


def _held_rows(held: pa.Table, wanted: Sequence[int]) -> pa.Table:
    numbers = held["number"].combine_chunks().to_numpy()
    ends = zip(np.searchsorted(numbers, wanted), np.searchsorted(numbers, wanted, side="right"), strict=True)
    return pa.concat_tables([held.slice(first, last - first) for first, last in ends])


def _rows(path: Path, groups: Groups, wanted: Sequence[int], columns: Sequence[str]) -> pa.Table:
    # pyarrow, for DuckDB decodes every column of a row group of which it needs a few rows.
    metadata, bounds = groups
    places = [
        place for place, (low, high) in enumerate(bounds) if bisect_left(wanted, low) < bisect_right(wanted, high)
    ]
    with pq.ParquetFile(path, metadata=metadata) as file:
        read = file.read_row_groups(places, columns=list(dict.fromkeys(("number", *columns))), use_threads=False)
    return read.filter(pc.is_in(read["number"], pa.array(wanted, pa.int64())))


def groups_of(path: Path) -> Groups:
    """Where in a table the documents stand: the statistics that the file keeps of its row groups."""
    metadata = pq.read_metadata(path)
    at = metadata.schema.names.index("number")
    seen = [metadata.row_group(place).column(at).statistics for place in range(metadata.num_row_groups)]
    return metadata, tuple((one.min, one.max) if one else (0, -1) for one in seen)  # an empty group has none
