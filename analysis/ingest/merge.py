"""Which rows of the parts become documents: one for the same bytes, each with a name and a number of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.ingest.editions import Issue, Signature, further_editions

_SOURCES = {"card": 0, "sidecar": 1, "text": 2}


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of ``documents`` in a part: where it stands, and what decides about it."""

    part: int
    place: int  # its number within the part
    document: str
    digest: str
    paths: tuple[str, ...]
    edition_of: str | None  # as its card says
    metadata_from: str | None
    draft: bool
    issue: Issue


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that stays, with what the collection calls it."""

    number: int
    document: str
    paths: tuple[str, ...]
    edition_of: str | None = None
    similarity: float | None = None
    extent: str | None = None


Place = tuple[int, int]  # part, place within the part


def precedence(seen: Seen) -> tuple[int, bool, bool, int, str]:
    """Which row goes before another.

    A card, then a sidecar; first editions; what is no draft; what says more of where it comes from; the first path.
    """
    source = _SOURCES.get(seen.metadata_from or "", 3)
    return source, seen.edition_of is not None, seen.draft, -seen.issue.known, seen.paths[0]


def merge(
    rows: Sequence[Seen],
    signature_of: Callable[[Seen], Signature | None],
    sentences_of: Callable[[Seen], frozenset[str]],
) -> dict[Place, Kept]:
    """The rows that stay. Numbers ascend as the rows are given; all else does not depend on their order."""
    ordered = sorted(rows, key=precedence)
    same: defaultdict[str, list[Seen]] = defaultdict(list)
    for row in ordered:
        same[row.digest].append(row)
    winners = [found[0] for found in same.values()]  # by precedence
    named = _card_editions(ordered, {row.digest for row in winners if row.edition_of})
    names = _unique_names(winners, named)
    editions: dict[str, tuple[str, float, str | None]] = {
        digest: (names[first], 1.0, None) for digest, first in named.items()
    }
    firsts = [row for row in winners if row.digest not in editions]
    alike = further_editions(
        [row.issue for row in firsts], [signature_of(row) for row in firsts], lambda at: sentences_of(firsts[at])
    )
    editions |= {firsts[at].digest: (names[firsts[found.first].digest], *found.how) for at, found in alike.items()}
    stay = {id(row) for row in winners}
    return {
        (row.part, row.place): Kept(
            number,
            names[row.digest],
            tuple(sorted({path for other in same[row.digest] for path in other.paths})),
            *editions.get(row.digest, (None, None, None)),
        )
        for number, row in enumerate(row for row in rows if id(row) in stay)
    }


def _unique_names(winners: Sequence[Seen], editions: Mapping[str, str]) -> dict[str, str]:
    """Names by digest; what comes later under a name that is taken gets the beginning of its digest behind it."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for row in winners:
        wanted = row.document if row.digest in editions else row.edition_of or row.document
        name, length = wanted, 6
        while name in taken:
            name, length = f"{wanted}-{row.digest[:length]}", length + 2
        taken.add(name)
        names[row.digest] = name
    return names


def _card_editions(ordered: Sequence[Seen], further: Collection[str]) -> dict[str, str]:
    """Digest of the first edition by digest of each further one that a card names (``further``).

    A card's editions lie in one folder. If the first one could not be read, the next one takes its place.
    """
    heads: dict[tuple[str, str], str] = {}
    for row in ordered:
        if row.metadata_from == "card" and row.edition_of is None:
            heads.setdefault((_folder(row), row.document), row.digest)
    found: dict[str, str] = {}
    for row in sorted(ordered, key=lambda row: row.document):  # as the card has them
        if row.edition_of is not None and row.digest in further and row.digest not in found:
            head = heads.setdefault((_folder(row), row.edition_of), row.digest)
            if head != row.digest:
                found[row.digest] = head
    return found


def _folder(row: Seen) -> str:
    return str(PurePosixPath(row.paths[0]).parent)
