"""Few documents out of tables of any size: as a list, as readings, as received; and the files that gave none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from pathlib import Path

from analysis.model import Card, Corpus, Edition, Fault
from analysis.store.choice import Choice, Chosen, choose
from analysis.store.collection import Collection, fetch, rows, storable, storables
from analysis.store.rows import OF_CARD, TABLES, Row, card_of, edition_of, reading_of

LISTED = 20  # documents or files on a page of a list


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a list. ``paths`` are all places of its first edition, relative to the folder that was read.

    ``metadata_from`` is card, sidecar or text; ``editions`` are slug, first path, similarity (share of sentences in
    common) and extent (longer, shorter, None) of the further editions.
    """

    card: Card
    paths: tuple[str, ...]
    metadata_from: str | None
    characters: int
    chapters: int
    articles: int
    targets: int
    quantified: int
    qualitative: int
    assigned: int
    editions: tuple[tuple[str, str, float | None, str | None], ...]


_KNOWN = tuple(name for name in TABLES["documents"].names if name != "raw")
_AS_STORED = tuple(field.name for field in fields(Entry) if field.name in _KNOWN and field.name != "paths")


def catalogue(
    collection: Collection, choice: Choice, page: int = 1, size: int = LISTED, as_of: date | None = None
) -> tuple[Chosen, tuple[Entry, ...]]:
    """A page of the documents of a choice with what is known of each; ``as_of`` as for choosing by verdict."""
    chosen = choose(collection, choice, page, size, as_of)
    return chosen, entries(collection, chosen.documents)


def entries(collection: Collection, slugs: tuple[str, ...]) -> tuple[Entry, ...]:
    """What is known of these documents, in this order; unknown ones are left out."""
    return tuple(
        Entry(
            card=card_of(row, further),
            paths=tuple(row["paths"]),
            editions=tuple(
                (each["document"], next(iter(each["paths"]), ""), each["similarity"], each["extent"])
                for each in further
            ),
            **{name: row[name] for name in _AS_STORED},
        )
        for row, further in _documents(collection, slugs, _KNOWN)
    )


def unread(
    collection: Collection, page: int = 1, size: int = LISTED, problem: str = ""
) -> tuple[int, tuple[tuple[str, int], ...], tuple[Fault, ...]]:
    """Files that gave no document: how many have ``problem`` (any: ""), all problems with their files, and a page.

    Problems go by how many files have them, files by path; a page out of range becomes the nearest one.
    """
    reasons = rows(
        collection, "SELECT problem, count(*) FROM stored.unread GROUP BY ALL ORDER BY count(*) DESC, problem"
    )
    total = sum(number for reason, number in reasons if problem in ("", reason))
    page = min(max(page, 1), max(-(-total // size), 1))
    sql = f"""
        SELECT path, place, problem, remedy FROM stored.unread WHERE $problem IN ('', problem)
        ORDER BY path, place LIMIT {size:d} OFFSET {(page - 1) * size:d}
    """
    listed = rows(collection, sql, {"problem": problem}) if total else ()  # a reason that no file has may be no text
    return total, tuple(reasons), tuple(Fault(*row) for row in listed)


def title_of(collection: Collection, digest: str) -> str | None:
    """The title of the document that has a file with this SHA-256, or None."""
    found = rows(collection, "SELECT title FROM stored.documents WHERE digest = $digest LIMIT 1", {"digest": digest})
    return str(found[0][0]) if found else None


def original_file(collection: Collection, slug: str, edition: Edition) -> bytes | None:
    """An edition of a document as received, or None where it is no longer there or no longer the same.

    Only files below the folder that was read are ever opened, whatever a path in the tables says.
    """
    if collection.sources is None or not storable(slug):
        return None
    found = rows(
        collection,
        "SELECT paths FROM stored.documents WHERE digest = $digest AND (document = $slug OR edition_of = $slug)",
        {"digest": edition.sha256, "slug": slug},
    )
    root = collection.sources.resolve()
    for (paths,) in found:
        for path in paths:
            data = _below(root, path)
            if data is not None and hashlib.sha256(data).hexdigest() == edition.sha256.lower():
                return data
    return None


def _below(root: Path, path: str) -> bytes | None:
    try:
        place = (root / path).resolve()
        return place.read_bytes() if place.is_relative_to(root) and place.is_file() else None
    except (OSError, ValueError):
        return None


_OF_READING = ("clauses", "targets", "incentives", "unparsed")
_NOT_OF_READING = ("document", "key", "raw_start", "raw_end")


def part(collection: Collection, slugs: Sequence[str]) -> Corpus:
    """The readings of these documents, in this order, with the series; unknown ones are left out.

    Readings from tables have no way back to the file and no quantities: :func:`texts_of` has what they are made from.
    """
    documents = _documents(collection, slugs, OF_CARD)
    numbers = [row["number"] for row, _ in documents]
    tables = {name: rows_by_number(collection, name, numbers, _NOT_OF_READING) for name in _OF_READING}
    readings = tuple(
        reading_of(
            card_of(row, further),
            edition_of(row),
            {name: some.get(row["number"], []) for name, some in tables.items()},
        )
        for row, further in documents
    )
    return Corpus(readings, (), collection.series, collection.points, collection.faults)


def _documents(collection: Collection, slugs: Sequence[str], columns: Sequence[str]) -> list[tuple[Row, list[Row]]]:
    """The rows of ``documents`` of first editions, in this order, each with those of its further ones, in theirs.

    Unknown slugs are left out.
    """
    wanted = storables(slugs)
    known = """
        SELECT number FROM documents WHERE document IN (SELECT unnest($slugs))
        UNION ALL SELECT number FROM further_editions WHERE edition_of IN (SELECT unnest($slugs))
    """
    first: dict[str, Row] = {}
    further: dict[str, list[Row]] = {slug: [] for slug in wanted}
    numbers = [number for (number,) in rows(collection, known, {"slugs": wanted})]
    for row in fetch(collection, "documents", numbers, columns):
        if row["edition_of"] is None:
            first[row["document"]] = row
        else:
            further[row["edition_of"]].append(row)
    return [(first[slug], further[slug]) for slug in wanted if slug in first]


def rows_by_number(
    collection: Collection, table: str, numbers: Sequence[int], without: Sequence[str] = ()
) -> dict[int, list[Row]]:
    """The rows of a table that belong to these documents, in their order there; not the columns ``without``."""
    found = fetch(collection, table, numbers, [name for name in TABLES[table].names if name not in without])
    return {number: list(some) for number, some in groupby(found, key=lambda row: row["number"])}


def texts_of(collection: Collection, slug: str) -> tuple[tuple[Card, Edition, str], ...]:
    """Card, edition and decoded text of every edition of a document, the first one first; empty if there is none."""
    return tuple(
        (card_of(first, further), edition_of(row), row["raw"])
        for first, further in _documents(collection, [slug], (*OF_CARD, "raw"))
        for row in (first, *further)
    )
