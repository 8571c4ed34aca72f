"""Words of a file as a citation, and the words found again, also when cleaning, grammar or the file have changed.

A citation holds offsets into the file as received, the digest of that file, and the words with a little of what stands
before and after them, as the text-quote selector of the W3C's Web Annotation does (docs/decisions/citation.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile
from typing import TypeVar

from analysis.model import Citation, Document, Incentive, Target

Row = TypeVar("Row", Target, Incentive)

NEIGHBOURS = 6  # characters quoted before and after the words
LONGEST = 24  # longer words are quoted by their ends
ELISION = "…"
ALIKE = 0.7  # share of the characters that words and what stands for them now have in common, in order
_HEAD = 8  # digits of a digest; fewer could be those of any file
_FEWEST = 6  # shorter words have no like: too much would resemble them
_SHORTEST = 4  # letters that documents are looked through for
_GRAM = 3
_WINDOWS = 8  # places that are compared character by character
_MOST = 2_000  # occurrences that are tried
_LONGEST_GAP = 20_000  # letters between the two ends of elided words, at most
_LETTER = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s+")


class How(StrEnum):
    """How the words of a citation were found."""

    SAME = "same"  # in the very file, where the citation says
    ONLY = "only"  # the same words, and nowhere else
    NEIGHBOURS = "neighbours"  # the same words, among several, between the same neighbours
    NEAREST = "nearest"  # the same words, among several, nearest to where they stood
    ALIKE = "alike"  # other words much like them
    GONE = "gone"  # no more; the place is where they stood, as far as their neighbours tell


_SURENESS = tuple(How)


@dataclass(frozen=True, slots=True)
class Located:
    """Where cited words stand in the cleaned text of a document; None for words that are gone without a trace.

    ``same_file``: the file is the one that was cited; ``among``: how often these words stand in it.
    """

    how: How
    same_file: bool
    span: tuple[int, int] | None = None
    among: int = 1


def cite(document: Document, start: int, end: int, clause: str = "") -> Citation:
    """The words at clean ``start``–``end`` of a document as a citation; ``clause`` is the path of their clause."""
    text = document.text
    return Citation(
        document.id,
        document.edition.sha256,
        *document.raw_span(start, end),
        exact=_shortened(text[start:end]),
        prefix=_spaced(text[max(start - NEIGHBOURS, 0) : start]),
        suffix=_spaced(text[end : end + NEIGHBOURS]),
        clause=clause,
    )


def quoted(document: str, digest: str, start: int, end: int, words: str, clause: str = "") -> Citation:
    """A citation of words at raw ``start``–``end`` whose neighbours are not at hand."""
    return Citation(document, digest, start, end, _shortened(words), clause=clause)


def cited(document: Document, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows of a document, each with the citation of its words."""
    return tuple(replace(row, citation=cite(document, row.start, row.end, row.clause)) for row in rows)


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", text)


def _shortened(words: str) -> str:
    """Words for quoting: the two ends of long ones."""
    words = _spaced(words).strip()
    half = LONGEST // 2
    return words if len(words) <= LONGEST else f"{words[:half]}{ELISION}{words[-half:]}"


def locate(citation: Citation, document: Document) -> Located:
    """Find the words of a citation in an edition as it is now.

    In the file that was cited its offsets hold, if the words are there. Else the words are searched for: the only
    place, the place between the same neighbours, the place nearest to the old one, and last words much like them.
    """
    same = len(citation.digest) >= _HEAD and document.edition.sha256.startswith(citation.digest)
    here = document.clean_span(citation.start, citation.end) if same else None
    if here and _is_said(citation, document.text[slice(*here)]):
        return Located(How.SAME, same, here)
    text = Letters(document.text)
    pieces = [piece for piece in map(_letters, citation.exact.split(ELISION)) if piece]
    if not pieces:
        return Located(How.GONE, same)
    longest = min(2 * max(citation.end - citation.start, 0) + LONGEST, _LONGEST_GAP)
    found = _occurrences(text.letters, pieces, citation.end - citation.start, longest)
    if found:
        how, span = _best(found, citation, text, document)
        return Located(how, same, _with_marks(document.text, text.span(*span), citation.exact), len(found))
    if alike := _alike(text.letters, pieces, longest):
        return Located(How.ALIKE, same, text.span(*alike))
    return Located(How.GONE, same, _between(text, citation))


def surest(citation: Citation, documents: Sequence[Document]) -> tuple[int, Located]:
    """Of several documents the place of the one in which the words are found most surely, and where they are in it."""
    found: list[Located] = []
    for one in documents:
        found.append(locate(citation, one))
        if found[-1].how is How.SAME:
            break
    place = min(range(len(found)), key=lambda place: _SURENESS.index(found[place].how))
    return place, found[place]


def probes(citation: Citation) -> tuple[str, ...]:
    """Words to look for the cited ones by in other documents, the longest first: within one line, without ellipsis."""
    words = max(re.split(rf"[{ELISION}\s]+", citation.exact), key=len)
    half = len(words) // 2
    offered = (words, words[:half], words[half:], citation.prefix.strip(), citation.suffix.strip())
    return tuple(probe for probe in offered if len(_letters(probe)) >= _SHORTEST)


class Letters:
    """A text by its letters and digits alone: neither marks nor white space nor their cleaning hide a word."""

    def __init__(self, text: str) -> None:
        self.places = [found.start() for found in _LETTER.finditer(text)]
        self.letters = "".join(text[place] for place in self.places)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the letters from ``first`` to before ``last`` stand in the text."""
        return self.places[first], self.places[last - 1] + 1


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(text))


def _is_said(citation: Citation, words: str) -> bool:
    """Whether these are the words of a citation, or so much like them that only their cleaning has changed."""
    said, cited = _letters(_shortened(words)), _letters(citation.exact)
    return not cited or SequenceMatcher(None, cited, said, autojunk=False).ratio() >= ALIKE


def _occurrences(letters: str, pieces: Sequence[str], usual: int, longest: int) -> list[tuple[int, int]]:
    """Where the pieces stand one after another within ``longest`` letters, the last one within the ``usual`` if it can.

    Of the places of the last piece that are near enough the farthest is taken: words may repeat themselves.
    """
    found: list[tuple[int, int]] = []
    start = -1
    for _ in range(_MOST):
        start = letters.find(pieces[0], start + 1)
        if start < 0:
            break
        end = start + len(pieces[0])
        for piece in pieces[1:]:
            at = letters.rfind(piece, end, start + min(usual, longest)) if piece is pieces[-1] else -1
            at = letters.find(piece, end, start + longest) if at < 0 else at
            if at < 0:
                break
            end = at + len(piece)
        else:
            found.append((start, end))
    return found


def _best(
    found: Sequence[tuple[int, int]], citation: Citation, text: Letters, document: Document
) -> tuple[How, tuple[int, int]]:
    if len(found) == 1:
        return How.ONLY, found[0]
    before, after = _letters(citation.prefix), _letters(citation.suffix)

    def shared(span: tuple[int, int]) -> int:
        left = text.letters[max(span[0] - len(before), 0) : span[0]]
        return _common(before[::-1], left[::-1]) + _common(after, text.letters[span[1] : span[1] + len(after)])

    def far(span: tuple[int, int]) -> int:
        return abs(document.offsets[text.places[span[0]]] - citation.start)

    most = max(map(shared, found))
    likeliest = [span for span in found if shared(span) == most]
    if len(likeliest) == 1 and most:
        return How.NEIGHBOURS, likeliest[0]
    return How.NEAREST, min(likeliest, key=far)


def _with_marks(text: str, span: tuple[int, int], words: str) -> tuple[int, int]:
    """The span with the marks that the words begin and end with: 70 with its %, 《 and 》 about a title."""
    letters = [found.start() for found in _LETTER.finditer(words)]
    before, after = words[: letters[0]], words[letters[-1] + 1 :]
    start, end = span
    start -= len(before) if text.endswith(before, 0, start) else 0
    return start, end + (len(after) if text.startswith(after, end) else 0)


def _common(one: str, other: str) -> int:
    """How many characters two strings begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _alike(letters: str, pieces: Sequence[str], longest: int) -> tuple[int, int] | None:
    """Where words stand that are much like the pieces, first and last piece apart where there are several."""
    first, last = _like(letters, pieces[0]), _like(letters, pieces[-1])
    if first and last and first[0] <= last[0] and last[1] - first[0] <= longest:
        return first[0], last[1]
    return first or last


def _like(letters: str, words: str) -> tuple[int, int] | None:
    """The place that is most like ``words``, at least ``ALIKE``; None where there is none."""
    size = len(words)
    if size < _FEWEST:
        return None
    votes: Counter[int] = Counter()  # by where the words would begin, to half their length
    for at in range(size - _GRAM + 1):
        place, seen = letters.find(words[at : at + _GRAM]), 0
        while place >= 0 and seen < _MOST:
            votes[max(place - at, 0) // (size // 2)] += 1
            place, seen = letters.find(words[at : at + _GRAM], place + 1), seen + 1
    best: tuple[float, int, int] = (0.0, 0, 0)
    for window, _ in votes.most_common(_WINDOWS):
        since = max((window - 1) * (size // 2), 0)
        matcher = SequenceMatcher(None, words, letters[since : since + 3 * size], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
        if not blocks:
            continue
        start, end = since + blocks[0].b, since + blocks[-1].b + blocks[-1].size
        # A changed beginning or end belongs to the words as well.
        start, end = max(start - blocks[0].a, 0), min(end + size - blocks[-1].a - blocks[-1].size, len(letters))
        best = max(best, (SequenceMatcher(None, words, letters[start:end], autojunk=False).ratio(), start, end))
    return best[1:] if best[0] >= ALIKE else None


def _between(text: Letters, citation: Citation) -> tuple[int, int] | None:
    """The place of words that are gone: behind what stood before them, or before what stood behind; an empty span."""
    before, after = _letters(citation.prefix), _letters(citation.suffix)
    if before and text.letters.count(before) == 1:
        place = text.places[text.letters.find(before) + len(before) - 1]
    elif after and text.letters.count(after) == 1:
        place = text.places[text.letters.find(after)]
    else:
        return None
    return place, place
