"""The documents of a choice as a list with what is known of each, the files that gave none, and files as received."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.model import Card, Edition
from analysis.store.choice import Choice, Chosen, choose
from analysis.store.collection import Collection, rows, storable, storables
from analysis.store.readings import document_rows, further_rows
from analysis.store.rows import Row, card_of

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


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gave no document: where, what is wrong, what to do."""

    path: str
    place: str
    problem: str
    remedy: str


def catalogue(
    collection: Collection, choice: Choice, page: int = 1, size: int = LISTED, as_of: date | None = None
) -> tuple[Chosen, tuple[Entry, ...]]:
    """A page of the documents of a choice with what is known of each; ``as_of`` as for choosing by verdict."""
    chosen = choose(collection, choice, page, size, as_of)
    return chosen, entries(collection, chosen.documents)


def entries(collection: Collection, slugs: tuple[str, ...]) -> tuple[Entry, ...]:
    """What is known of these documents, in this order; unknown ones are left out."""
    found = document_rows(collection, storables(slugs))
    further = further_rows(collection, [row["document"] for row in found])
    return tuple(_entry(row, further.get(row["document"], [])) for row in found)


def _entry(row: Row, further: list[Row]) -> Entry:
    return Entry(
        card=card_of(row, further),
        paths=tuple(row["paths"]),
        metadata_from=row["metadata_from"],
        characters=row["characters"],
        chapters=row["chapters"],
        articles=row["articles"],
        targets=row["targets"],
        quantified=row["quantified"],
        qualitative=row["qualitative"],
        assigned=row["assigned"],
        editions=tuple(
            (each["document"], next(iter(each["paths"]), ""), each["similarity"], each["extent"]) for each in further
        ),
    )


def unread(
    collection: Collection, page: int = 1, size: int = LISTED, problem: str = ""
) -> tuple[int, tuple[tuple[str, int], ...], tuple[Unread, ...]]:
    """Files that gave no document: how many have ``problem`` (any: ""), all problems with their files, and a page.

    Problems go by how many files have them, files by path; a page out of range becomes the nearest one.
    """
    reasons = rows(
        collection, "SELECT problem, count(*) FROM stored.unread GROUP BY ALL ORDER BY count(*) DESC, problem"
    )
    total = sum(number for reason, number in reasons if problem in ("", reason))
    page = min(max(page, 1), max(-(-total // size), 1))
    where, values = ("problem = $problem", {"problem": problem}) if problem else ("true", {})
    if not total:
        return 0, tuple(reasons), ()
    listed = rows(
        collection,
        f"SELECT path, place, problem, remedy FROM stored.unread WHERE {where} ORDER BY path, place "
        f"LIMIT {size:d} OFFSET {(page - 1) * size:d}",
        values,
    )
    return total, tuple(reasons), tuple(Unread(*row) for row in listed)


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
