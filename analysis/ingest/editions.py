"""Which documents are further editions of another one: the same text again, but for a few sentences.

Two texts are alike by the share of sentences they have in common (Jaccard). It is estimated from MinHash signatures
of 1 KB, so that a million texts need never be held side by side; the estimate is off by about 0.02.

``SIMILAR`` is 0.9: another web page, a scan with a letterhead, a word corrected. A final text that changes one
sentence in ten of its draft shares less than 0.82 with it and stays a document of its own, as it should: it says
something else. A short text with a single changed number does, too.

Cities copy their province almost word for word, and calls for applications come back every year. Such texts are
policies of their own and all count: texts of two places, of two years, or with two document numbers are never
editions of each other. What is not known rules nothing out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

SIMILAR = 0.9
VALUES = 256  # of 4 bytes: a signature
_ROWS, _BANDS = 10, 25  # two texts that share 0.9 agree in one band at least but for one pair in 40,000
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


def sentences(text: str) -> frozenset[str]:
    """The sentences of a cleaned text, without white space, quotes and commas; headings belong to what follows."""
    joined = "".join(text.split())
    for sign in _IGNORED:  # one after the other is faster than any way of doing it in one go
        joined = joined.replace(sign, "")
    return frozenset(_ENDS.split(joined)) - {""}


def signature(text: str) -> bytes | None:
    """``VALUES`` numbers of 4 bytes, little-endian; None where the text has no sentence."""
    found = sentences(text)
    if not found:
        return None
    hashed = _EMPTY.copy()
    hashed.update_batch([sentence.encode("utf-8", "surrogatepass") for sentence in found])
    return bytes(hashed.hashvalues.astype("<u4").tobytes())


def further_editions(issues: Sequence[Issue], signatures: Sequence[bytes | None]) -> dict[int, tuple[int, float]]:
    """Which texts are editions of an earlier one: its place, and the share of sentences in common.

    Both sequences go by precedence. A text belongs to the earliest one that is like enough and no edition itself, so
    there are no chains: A ~ B and B ~ C do not make C an edition of A.
    """
    table = np.frombuffer(b"".join(each or bytes(4 * VALUES) for each in signatures), "<u4").reshape(-1, VALUES)
    alike = _sharing_a_band(table, np.array([each is not None for each in signatures], bool))
    found: dict[int, tuple[int, float]] = {}
    first: defaultdict[tuple[int, int], list[int]] = defaultdict(list)  # band and group -> texts that are no editions
    for place, groups in sorted(alike.items()):
        if not issues[place].settled:
            earlier = sorted({one for group in groups for one in first[group]})
            shares = (table[earlier] == table[place]).mean(axis=1) if earlier else ()
            match = next(
                (
                    (one, float(share))
                    for one, share in zip(earlier, shares, strict=True)
                    if share >= SIMILAR and _may_be_one(issues[one], issues[place])
                ),
                None,
            )
            if match:
                found[place] = match
                continue
        for group in groups:
            first[group].append(place)
    return found


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
    return not (
        _differ(one.year, other.year)
        or _differ(_SIGNS.sub("", one.doc_number or ""), _SIGNS.sub("", other.doc_number or ""))
        or (
            _differ(one.region_code, other.region_code)
            if one.region_code and other.region_code
            else _differ(one.region, other.region)
        )
    )


def _differ(one: object, other: object) -> bool:
    """Whether both are known, and not the same."""
    return bool(one) and bool(other) and one != other
