"""A corpus of any size, opened: which documents, the readings of those that are shown, and which count as policies."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis import store
from analysis.checked.journal import NAME as CHECKS
from analysis.citation import How, probes, surest
from analysis.corpus.documents import document
from analysis.model import Citation, Corpus, Fault, Point, Reading, SeriesCard, TextKind
from analysis.pipeline.reading import load_corpus, product_root, read, read_series_below
from analysis.store import Collection

_ELSEWHERE = 8  # documents that are looked through for cited words


def open_collection(root: Path) -> Collection:
    """Open the tables that ``ingest`` wrote, or read a corpus folder of cards.

    Raises ``InputError`` when ``root`` is neither, or when its tables are damaged or of another version.
    """
    if store.is_collection(root):
        return store.open_tables(root, *_series())
    return store.open_corpus(load_corpus(root), root, collection_state(root))


def collection_state(root: Path) -> str:
    """A digest over names, sizes and times of the files: cheap, and another one when a file has changed.

    What people say of the rows changes no text and is left out: :func:`analysis.pipeline.checks.checked_state`.
    """
    if store.is_collection(root):
        return store.state(root)
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.name != CHECKS and path.is_file():
            stat = path.stat()
            digest.update(f"{path.relative_to(root)}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _series() -> tuple[SeriesCard | None, tuple[Point, ...], tuple[Fault, ...]]:
    """The series that come with the product: a folder of texts has none of its own."""
    card, points, faults = read_series_below(product_root() / "series")
    return card, points, tuple(faults)


def full_readings(collection: Collection, slug: str) -> tuple[Reading, ...]:
    """All editions of a document with the way back to the files, the first one first; empty when there is none."""
    return tuple(read(document(*text)) for text in store.texts_of(collection, slug))


def cited_among(readings: Sequence[Reading], citation: Citation) -> Reading | None:
    """Of several texts the one in which cited words are found most surely; None where they are in none."""
    if not readings:
        return None
    place, located = surest(citation, [reading.document for reading in readings])
    return readings[place] if located.how is not How.GONE else None


def cited_elsewhere(collection: Collection, citation: Citation) -> tuple[Reading, ...]:
    """The editions of the document that the cited words now stand in, where their own is gone; empty if there is none.

    A file without a card is named by its bytes: when it changes, its document gets another name.
    """
    for words in probes(citation):
        found = [full_readings(collection, slug) for slug in store.documents_with(collection, words, _ELSEWHERE)]
        first = cited_among([editions[0] for editions in found], citation)
        if first:
            return next(editions for editions in found if editions[0] is first)
    return ()


#: The kinds that are counted as policies, and those that are not.
POLICIES = tuple(kind for kind in TextKind if kind.is_policy)
REPORTS = tuple(kind for kind in TextKind if not kind.is_policy)


def policies(corpus: Corpus) -> Corpus:
    """The corpus without its reports; a user's own file stays, for it was asked for."""
    kept = tuple(one for one in corpus.readings if one.document.card.own or one.document.card.kind.is_policy)
    slugs = {reading.document.id for reading in kept}
    return replace(corpus, readings=kept, editions=tuple(one for one in corpus.editions if one.document.id in slugs))


def left_out(corpus: Corpus) -> int:
    """How many documents of the corpus :func:`policies` leaves out."""
    return len(corpus.readings) - len(policies(corpus).readings)
