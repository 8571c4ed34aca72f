"""The words that a comment and its clause have in common, marked in both, and the words that name the clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

from analysis.consultation.comments import CommentPoint, How
from analysis.consultation.folded_words import Folded, folded

SHORTEST = 6  # characters without marks that both have in a row: fewer are terms of the field
_RUN = 4
_BRIDGE = 2  # characters that differ in between: small errors of a quotation
_BEFORE = 20  # characters before a point in which it may be named
_NAMED = re.compile("“([^“”]{1,60})”")
Spans = list[tuple[int, int]]


def common(comment: str, clause: str) -> tuple[Spans, Spans]:
    """Where the two texts say the same in a row, as spans of each; both are read without marks, blanks and case.

    Time grows with the length of the texts.
    """
    one, other = folded(comment).words(), folded(clause).words()
    return _shared(one, other), _shared(other, one)


def _shared(text: Folded, other: Folded) -> Spans:
    """The stretches of ``text`` whose runs of characters ``other`` has too."""
    runs = {other.text[at : at + _RUN] for at in range(len(other.text) - _RUN + 1)}
    found: Spans = []
    for at in range(len(text.text) - _RUN + 1):
        if text.text[at : at + _RUN] not in runs:
            continue
        if found and at <= found[-1][1] + _BRIDGE:
            found[-1] = found[-1][0], at + _RUN
        else:
            found.append((at, at + _RUN))
    return [text.span(start, end) for start, end in found if end - start >= SHORTEST]


def named(text: str, points: Iterable[CommentPoint]) -> Spans:
    """Where a comment names its clauses by number or heading, as the evidence of its points repeats it."""
    found: Spans = []
    read = folded(text)
    for point in points:
        if point.anchor.how is not How.EXPLICIT:
            continue
        start, end = bisect_left(read.offsets, point.start - _BEFORE), bisect_left(read.offsets, point.end)
        for words in _NAMED.findall(point.anchor.evidence)[:4]:
            sought = folded(words.removesuffix("…")).text
            at = read.text.find(sought, max(start, 0), end) if sought else -1
            if at >= 0:
                found.append(read.span(at, at + len(sought)))
    return found


def marked(text: str, layers: Sequence[tuple[str, Iterable[tuple[int, int]]]]) -> list[tuple[str, str]]:
    """A text cut where marks begin and end: words, and the name of their mark ("" for none).

    Where several layers mark the same words the first one holds.
    """
    edges = {0, len(text)}
    bounded = [
        (name, sorted((max(start, 0), min(end, len(text))) for start, end in spans if start < min(end, len(text))))
        for name, spans in layers
    ]
    for _, spans in bounded:
        edges.update(edge for span in spans for edge in span)
    places = sorted(edges)
    names = [""] * len(places)
    for name, spans in reversed(bounded):
        at = 0
        for start, end in _joined(spans):
            while places[at] < start:
                at += 1
            while places[at] < end:
                names[at] = name
                at += 1
    cut = [(text[start:end], name) for (start, end), name in zip(pairwise(places), names, strict=False)]
    return [("".join(words for words, _ in some), name) for name, some in groupby(cut, key=itemgetter(1))]


def _joined(spans: Spans) -> Spans:
    """Spans in order, those that touch or overlap as one."""
    found: Spans = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
