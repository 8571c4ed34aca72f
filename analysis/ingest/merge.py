"""Which rows of the parts become documents: one for the same bytes, each with a name and a number of its own.

A text that is there again but for a few sentences is a further edition.

Two texts are alike by the share of sentences they have in common (Jaccard). It is estimated from MinHash signatures
of 1 KB, so that a million texts need never be held side by side; the estimate is off by about 0.02.

``SIMILAR`` is 0.9: another web page, a scan with a letterhead, a word corrected. A final text that changes one
sentence in ten of its draft shares less than 0.82 with it and stays a document of its own, as it should: it says
something else. A short text with a single changed number does, too.

A text may also hold another one whole: the notice with its attachment and the attachment by itself. Then all but one
sentence in twenty of the shorter must stand in the longer, which is counted and not estimated, and be ``_MOST_PART`` of
it: a collection of policies, or a plan that quotes a short notice, is no edition of what it holds.

Cities copy their province almost word for word, and calls for applications come back every year. Such texts are
policies of their own and all count: texts of two places, of two years, or with two document numbers are never
editions of each other. What is not known rules nothing out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

SIMILAR = 0.9
_HELD = 0.95  # of the sentences of the shorter
_MOST_PART = 0.6  # of the sentences of the longer
_NEAR = 0.05  # that an estimate may be off before sentences are counted
VALUES = 256  # of 4 bytes: a signature
_ROWS, _BANDS = 5, 51  # two texts that share 0.6 agree in one band at least but for one pair in 60; 0.7: in 12,000
_EMPTY = MinHash(num_perm=VALUES, seed=1, scheme="affine32", hashfunc=crc32)  # which mixes what crc32 gives
_IGNORED = "，,、“”‘’\"'《》〈〉（）()"  # what web page, Word file and scan write differently
_ENDS = re.compile(r"[。；;！!？?]")
_SIGNS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Issue:
    """What tells two texts with the same words apart; None: not known."""

    region_code: str | None = None
    region: str | None = None
    year: int | None = None
    doc_number: str | None = None
    settled: bool = False  # a card says that it is a document of its own

    @property
    def known(self) -> int:
        """How much is known."""
        return sum(bool(each) for each in (self.region_code or self.region, self.year, self.doc_number))


@dataclass(frozen=True, slots=True)
class Signature:
    """What texts are held against each other by: ``VALUES`` numbers of 4 bytes, little-endian; how many sentences."""

    values: bytes
    sentences: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """Place of the first edition, share of sentences in common, ``longer`` or ``shorter`` where one holds the other."""

    first: int
    share: float
    extent: str | None = None


def sentences(text: str) -> frozenset[str]:
    """The sentences of a cleaned text, without white space, quotes and commas; headings belong to what follows."""
    joined = "".join(text.split())
    for sign in _IGNORED:  # one after the other is faster than any way of doing it in one go
        joined = joined.replace(sign, "")
    return frozenset(_ENDS.split(joined)) - {""}


def signature(text: str) -> Signature | None:
    """None where the text has no sentence."""
    found = sentences(text)
    if not found:
        return None
    hashed = _EMPTY.copy()
    hashed.update_batch([sentence.encode("utf-8", "surrogatepass") for sentence in found])
    return Signature(bytes(hashed.hashvalues.astype("<u4").tobytes()), len(found))


def further_editions(
    issues: Sequence[Issue], signatures: Sequence[Signature | None], sentences_of: Callable[[int], frozenset[str]]
) -> dict[int, Likeness]:
    """Which texts are editions of an earlier one.

    All go by precedence; ``sentences_of`` gives those of the text at a place. A text belongs to the earliest one that
    is like enough and no edition itself, so there are no chains: A ~ B and B ~ C do not make C an edition of A.
    """
    values = b"".join(each.values if each else bytes(4 * VALUES) for each in signatures)
    table = np.frombuffer(values, "<u4").reshape(-1, VALUES)
    alike = _sharing_a_band(table, np.array([each is not None for each in signatures], bool))
    found: dict[int, Likeness] = {}
    first: defaultdict[tuple[int, int], list[int]] = defaultdict(list)  # band and group -> texts that are no editions
    for place, groups in sorted(alike.items()):
        if not issues[place].settled:
            earlier = sorted({one for group in groups for one in first[group]})
            shares = (table[earlier] == table[place]).mean(axis=1) if earlier else ()
            for one, share in zip(earlier, map(float, shares), strict=True):
                if not _may_be_one(issues[one], issues[place]):
                    continue
                if share >= SIMILAR:
                    found[place] = Likeness(one, share)
                elif _may_hold(share, signatures[one], signatures[place]) and (
                    extent := _extent(sentences_of(one), sentences_of(place))
                ):
                    found[place] = Likeness(one, share, extent)
                if place in found:
                    break
        if place not in found:
            for group in groups:
                first[group].append(place)
    return found


def _may_hold(share: float, one: Signature | None, other: Signature | None) -> bool:
    """Whether an estimated share of common sentences leaves it open that one text holds the other."""
    counts = [each.sentences for each in (one, other) if each]
    common = share / (1 + share) * sum(counts)
    return share >= _MOST_PART - 2 * _NEAR and common >= (_HELD - 2 * _NEAR) * min(counts)


def _extent(first: frozenset[str], further: frozenset[str]) -> str | None:
    """``longer`` where ``further`` holds ``first`` and says more, ``shorter`` where it is the other way round."""
    shorter, longer = sorted((first, further), key=len)
    if len(shorter) < _MOST_PART * len(longer) or len(first & further) < _HELD * len(shorter):
        return None
    return "longer" if longer is further else "shorter"


def _sharing_a_band(table: NDArray[np.uint32], known: NDArray[np.bool_]) -> Mapping[int, list[tuple[int, int]]]:
    """Texts with a band that another one has as well, with these bands.

    Sorted columns instead of datasketch's index: that keeps every band of every text as an object, 10 KB a text,
    while nearly all texts share no band with any other and need not be kept at all.
    """
    shared: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    places = np.flatnonzero(known)
    for band in range(_BANDS):
        rows = np.ascontiguousarray(table[places, band * _ROWS : (band + 1) * _ROWS])
        keys = rows.view(np.dtype((np.void, rows.itemsize * _ROWS))).ravel()
        _, groups, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        for at in np.flatnonzero(sizes[groups] > 1):
            shared[int(places[at])].append((band, int(groups[at])))
    return shared


def _may_be_one(one: Issue, other: Issue) -> bool:
    """Whether nothing that is known of both tells them apart."""
    coded = one.region_code and other.region_code
    known = (
        (one.year, other.year),
        (_SIGNS.sub("", one.doc_number or ""), _SIGNS.sub("", other.doc_number or "")),
        (one.region_code, other.region_code) if coded else (one.region, other.region),
    )
    return not any(mine and its and mine != its for mine, its in known)


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
    for at, found in alike.items():
        editions[firsts[at].digest] = (names[firsts[found.first].digest], found.share, found.extent)
    stay = {id(row) for row in winners}
    return {
        (row.part, row.place): Kept(
            number,
            names[row.digest],
            tuple(sorted({path for other in same[row.digest] for path in other.paths})),
            *editions.get(row.digest, ()),
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
