"""The part of a collection that a page shows, as the model has it: readings of few documents, and their editions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from analysis.model import Card, Corpus, Edition, Reading
from analysis.store.collection import Collection, rows, storables
from analysis.store.fetch import fetch
from analysis.store.rows import OF_CARD, Row, card_of, edition_of, reading_of
from analysis.store.schema import TABLES

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
    known = "SELECT number FROM light WHERE document IN (SELECT unnest($slugs))"
    numbers = [number for (number,) in rows(collection, known, {"slugs": list(slugs)})]
    found = {row["document"]: row for row in fetch(collection, "documents", numbers, columns)}
    return [found[slug] for slug in slugs if slug in found]


def further_rows(collection: Collection, slugs: Sequence[str], columns: Sequence[str] = _KNOWN) -> dict[str, list[Row]]:
    """The rows of ``documents`` of the further editions of these documents, by document, in order."""
    known = "SELECT number FROM further WHERE edition_of IN (SELECT unnest($slugs)) ORDER BY number"
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
