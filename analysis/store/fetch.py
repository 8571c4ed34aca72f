"""The rows of few documents, out of tables of any size."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.model import InputFault
from analysis.store.collection import AGAIN, Collection, Groups, check, records
from analysis.store.rows import Row


def fetch(collection: Collection, table: str, numbers: Iterable[int], columns: Sequence[str]) -> list[Row]:
    """The rows of a table that belong to these documents, as they stand in it: by number, then as the text was read.

    Raises ``InputFault`` when the table was replaced since it was opened, or is damaged.
    """
    wanted = sorted(numbers)
    if not wanted:
        return []
    if not collection.groups:  # all tables are in memory
        quoted = ", ".join(f'"{name}"' for name in columns)
        sql = f"SELECT {quoted} FROM {table} WHERE list_contains($numbers, number)"
        return records(collection, sql, {"numbers": wanted})
    held = collection.held.get(table)
    if held is not None and set(columns) <= set(held.column_names):
        check(collection)
        return _held_rows(held, wanted, columns)
    path = collection.folder / f"{table}.parquet"
    try:
        found = _rows(path, collection.groups[table], wanted, columns)
    except (OSError, pa.ArrowException) as error:
        check(collection)
        raise InputFault(str(path), "", "语料表缺失或已损坏", AGAIN) from error
    check(collection)
    return found


def _held_rows(held: pa.Table, wanted: Sequence[int], columns: Sequence[str]) -> list[Row]:
    numbers = held["number"].combine_chunks().to_numpy()
    ends = zip(np.searchsorted(numbers, wanted), np.searchsorted(numbers, wanted, side="right"), strict=True)
    some = held.select(list(columns))
    found: list[Row] = pa.concat_tables([some.slice(first, last - first) for first, last in ends]).to_pylist()
    return found


def _rows(path: Path, groups: Groups, wanted: Sequence[int], columns: Sequence[str]) -> list[Row]:
    # pyarrow, for DuckDB decodes every column of a row group of which it needs a few rows.
    metadata, bounds = groups
    places = [
        place for place, (low, high) in enumerate(bounds) if bisect_left(wanted, low) < bisect_right(wanted, high)
    ]
    with pq.ParquetFile(path, metadata=metadata) as file:
        read = file.read_row_groups(places, columns=list(dict.fromkeys(("number", *columns))), use_threads=False)
    kept = read.filter(pc.is_in(read["number"], pa.array(wanted, pa.int64())))
    found: list[Row] = kept.select(list(columns)).to_pylist()
    return found


def groups_of(path: Path) -> Groups:
    """Where in a table the documents stand: the statistics that the file keeps of its row groups."""
    metadata = pq.read_metadata(path)
    at = metadata.schema.names.index("number")
    seen = [metadata.row_group(place).column(at).statistics for place in range(metadata.num_row_groups)]
    return metadata, tuple((one.min, one.max) if one else (0, -1) for one in seen)  # an empty group has none
