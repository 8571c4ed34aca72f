"""Out of tables of any size: the rows of few documents, and their readings as the model has them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.model import Card, Corpus, Edition, InputError, Reading
from analysis.store.collection import AGAIN, Collection, Groups, check, records, rows, storables
from analysis.store.rows import OF_CARD, Row, card_of, edition_of, reading_of
from analysis.store.schema import TABLES


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
    if held is not None and set(columns) <= set(held.column_names):
        check(collection)
        return _held_rows(held, wanted, columns)
    path = collection.folder / f"{table}.parquet"
    try:
        found = _rows(path, collection.groups[table], wanted, columns)
    except (OSError, pa.ArrowException) as error:
        check(collection)
        raise InputError(str(path), "", "语料表缺失或已损坏", AGAIN) from error
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


_KNOWN = tuple(name for name in TABLES["documents"].names if name != "raw")
_OF_READING = ("clauses", "targets", "incentives", "unparsed")
_NOT_OF_READING = ("document", "key", "raw_start", "raw_end")


def part(collection: Collection, slugs: Sequence[str]) -> Corpus:
    """The readings of these documents, in this order, with the series; unknown ones are left out.

    Readings from tables have no way back to the file and no quantities: :func:`texts_of` has what they are made from.
    """
    readings = _readings(collection, list(dict.fromkeys(storables(slugs))))
    return Corpus(readings, (), collection.series, collection.points, collection.faults)


def _readings(collection: Collection, slugs: Sequence[str]) -> tuple[Reading, ...]:
    documents = document_rows(collection, slugs, OF_CARD)
    further = further_rows(collection, [row["document"] for row in documents], OF_CARD)
    numbers = [row["number"] for row in documents]
    tables = {name: rows_by_number(collection, name, numbers, _NOT_OF_READING) for name in _OF_READING}
    return tuple(
        reading_of(
            card_of(row, further.get(row["document"], [])),
            edition_of(row),
            {name: some.get(row["number"], []) for name, some in tables.items()},
        )
        for row in documents
    )


def document_rows(collection: Collection, slugs: Sequence[str], columns: Sequence[str] = _KNOWN) -> list[Row]:
    """The rows of ``documents`` of these first editions, in this order; unknown ones are left out."""
    known = "SELECT number FROM documents WHERE document IN (SELECT unnest($slugs))"
    numbers = [number for (number,) in rows(collection, known, {"slugs": list(slugs)})]
    found = {row["document"]: row for row in fetch(collection, "documents", numbers, columns)}
    return [found[slug] for slug in slugs if slug in found]


def further_rows(collection: Collection, slugs: Sequence[str], columns: Sequence[str] = _KNOWN) -> dict[str, list[Row]]:
    """The rows of ``documents`` of the further editions of these documents, by document, in order."""
    known = "SELECT number FROM further_editions WHERE edition_of IN (SELECT unnest($slugs)) ORDER BY number"
    numbers = [number for (number,) in rows(collection, known, {"slugs": list(slugs)})]
    found: dict[str, list[Row]] = {}
    for row in fetch(collection, "documents", numbers, columns):
        found.setdefault(row["edition_of"], []).append(row)
    return found


def rows_by_number(
    collection: Collection, table: str, numbers: Sequence[int], without: Sequence[str] = ()
) -> dict[int, list[Row]]:
    """The rows of a table that belong to these documents, in their order there; not the columns ``without``."""
    found = fetch(collection, table, numbers, [name for name in TABLES[table].names if name not in without])
    return {number: list(some) for number, some in groupby(found, key=lambda row: row["number"])}


def texts_of(collection: Collection, slug: str) -> tuple[tuple[Card, Edition, str], ...]:
    """Card, edition and decoded text of every edition of a document, the first one first; empty if there is none."""
    columns = (*OF_CARD, "raw")
    first = document_rows(collection, storables([slug]), columns)
    if not first:
        return ()
    further = further_rows(collection, [slug], columns).get(slug, [])
    card = card_of(first[0], further)
    return tuple((card, edition_of(row), row["raw"]) for row in (*first, *further))
