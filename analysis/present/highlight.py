"""Policy text with marks -> markup: everything escaped, overlapping marks split, nothing of the text lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from markupsafe import Markup

from analysis.model import Reading
from analysis.present.markup import render


class MarkKind(StrEnum):
    """What a mark says about its words. The value is the CSS class after ``zh-m-``."""

    TARGET = "target"
    INCENTIVE = "incentive"
    NUMBER = "number"
    BODY = "body"
    CITED = "cited"  # the words a link points at
    FOUND = "found"  # hits of a search in the text
    CHANGED = "changed"  # words that one edition has and the other has not
    ERROR = "error"  # words of a draft that a check found wrong
    WARNING = "warning"
    INFO = "info"
    ALSO = "also"  # other words that a finding concerns


# Numbers that date a sentence are not what it promises: they stay unbolded.
TIMES = ("year", "date", "period", "duration", "level")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text (Python offsets, end excluded) and why it is marked; ``anchor`` is an HTML id or ""."""

    start: int
    end: int
    kind: MarkKind
    title: str = ""
    anchor: str = ""


Segment = tuple[int, int, tuple[Mark, ...]]  # a stretch of text over which the set of marks does not change


def segments(start: int, end: int, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Cut ``[start, end)`` wherever a mark begins or ends; the segments tile it; outside marks are ignored."""
    inside = [mark for mark in marks if mark.start < mark.end and mark.start < end and mark.end > start]
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(max(mark.start, start), []).append(mark)
        closing.setdefault(min(mark.end, end), []).append(mark)
    cuts = sorted({start, end, *opening, *closing})
    active: list[Mark] = []
    found: list[Segment] = []
    for left, right in pairwise(cuts):
        for mark in closing.get(left, ()):
            active.remove(mark)
        active.extend(opening.get(left, ()))
        found.append((left, right, tuple(active)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under one set of marks; ``tag`` is "" without any. Ids after the first get an element of their own."""

    words: str
    tag: str = ""
    css: str = ""
    ids: tuple[str, ...] = ()
    title: str = ""


def inline(text: str, marks: Iterable[Mark] = (), start: int = 0, end: int | None = None) -> Markup:
    """``text[start:end]`` as markup; taking the tags away gives back exactly these characters."""
    return render("reader.inline", pieces=pieces(text, marks, start, len(text) if end is None else end))


def pieces(text: str, marks: Iterable[Mark], start: int, end: int, anchored: set[str] | None = None) -> list[Piece]:
    """``text[start:end]`` cut wherever a mark begins or ends; ids that are ``anchored`` already are not set again."""
    anchored = set() if anchored is None else anchored
    return [_piece(text[left:right], over, anchored) for left, right, over in segments(start, end, marks)]


def paragraphs(text: str, marks: Iterable[Mark] = (), start: int = 0, end: int | None = None) -> Markup:
    """Like :func:`inline`, with every line in a ``<p>``; the line breaks stay between the paragraphs."""
    stop = len(text) if end is None else end
    listed = tuple(marks)
    anchored: set[str] = set()
    lines: list[tuple[list[Piece], bool]] = []
    left = start
    while left < stop:
        newline = text.find("\n", left, stop)
        right = stop if newline < 0 else newline
        lines.append((pieces(text, listed, left, right, anchored), newline >= 0))
        left = right + 1
    return render("reader.paragraphs", lines=lines)


def _piece(words: str, marks: Sequence[Mark], anchored: set[str]) -> Piece:
    """Words under the same marks; an anchor is set on the first words of its mark only, for ids must be unique."""
    if not marks:
        return Piece(words)
    kinds = sorted({mark.kind for mark in marks})
    titles = dict.fromkeys(mark.title for mark in marks if mark.title)
    ids = tuple(dict.fromkeys(mark.anchor for mark in marks if mark.anchor and mark.anchor not in anchored))
    anchored.update(ids)
    tag = "mark" if {MarkKind.CITED, MarkKind.FOUND, MarkKind.CHANGED} & set(kinds) else "span"
    return Piece(words, tag, " ".join(f"zh-m-{kind}" for kind in kinds), ids, "；".join(titles))


def reading_marks(reading: Reading) -> tuple[Mark, ...]:
    """Marks for everything understood in a reading: targets, incentives, their numbers, responsible bodies."""
    marks = [Mark(t.start, t.end, MarkKind.TARGET, "目标", anchor("t", t.start, t.end)) for t in reading.targets]
    marks += [Mark(i.start, i.end, MarkKind.INCENTIVE, "激励", anchor("i", i.start, i.end)) for i in reading.incentives]
    spans = [(mark.start, mark.end) for mark in marks]
    marks += [
        Mark(q.start, q.end, MarkKind.NUMBER)
        for q in reading.quantities
        if q.dimension not in TIMES and any(start <= q.start and q.end <= end for start, end in spans)
    ]
    for clause in reading.clauses:
        position = clause.end
        # The bodies stand at the end of their clause: searched backwards, so that an earlier mention stays unmarked.
        for body in reversed(clause.bodies):
            found = reading.document.text.rfind(body, clause.start, position)
            if found >= 0:
                marks.append(Mark(found, found + len(body), MarkKind.BODY, "责任单位"))
                position = found
    return tuple(dict.fromkeys(marks))


def anchor(prefix: str, start: int, end: int) -> str:
    """HTML id of a span: ``t12-40``."""
    return f"{prefix}{start}-{end}"


def search_marks(text: str, words: str) -> tuple[Mark, ...]:
    """A mark for each occurrence of ``words`` (any string; overlapping ones not counted twice)."""
    found = re.finditer(re.escape(words), text) if words else ()
    return tuple(Mark(*each.span(), MarkKind.FOUND, "", anchor("f", *each.span())) for each in found)
