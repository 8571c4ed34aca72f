"""Running text of a draft as sentences with their numbers, in base units.

Offsets within a sentence count from its own start; :meth:`Passage.raw` carries them to the raw text. Tables are left
out: :mod:`analysis.lint.grids` reads them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from analysis.extract.quantities import plain
from analysis.grammar import grammar
from analysis.lint.draft import Draft, Line, Role
from analysis.model import Comparator, Quantity

_SENTENCE = re.compile(r"[^。！？\n]{1,800}[。！？]?")
# Units of things that the vocabulary of targets has no use for, and 期, 批 where they count.
_MORE_UNITS = re.compile(
    r"(?<![\d.第A-Za-z])(\d{1,9}(?:\.\d{1,3})?)(公顷|公里|课时|学时|台套|期(?!间)|批|门(?!槛)|堂|吨|份|辆|册|班(?!子)|席|期次|节|届|分(?![之钟享配])|岁)"
)
_COUNTS = ("money", "count", "area", "percent", "points", "multiple")
AT_LEAST = (Comparator.GE, Comparator.GT)
AT_MOST = (Comparator.LE, Comparator.LT)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit; ``value`` and ``high`` in ``base`` units, ``factor`` of which make one ``unit``."""

    value: Decimal
    high: Decimal | None
    unit: str
    base: str
    factor: Decimal
    dimension: str
    comparator: Comparator
    start: int
    end: int
    words: str

    @property
    def counts(self) -> bool:
        """Whether it measures something, and is no date, duration or rank."""
        return self.dimension in _COUNTS

    def same_kind(self, other: Figure) -> bool:
        """Whether both can be added: money and money, 家 and 家."""
        return self.dimension == other.dimension and self.base == other.base

    def show(self, value: Decimal) -> str:
        """A value in base units, in the unit of this figure: 480亿元."""
        return f"{rounded(value / self.factor)}{self.unit}"


def rounded(value: Decimal) -> str:
    """A number for people, to two places."""
    return f"{plain(value.quantize(Decimal('0.01'))):f}"


def figure_of(quantity: Quantity, offset: int = 0) -> Figure:
    """A quantity in base units, its places counted from ``offset``."""
    unit = grammar().units.get(quantity.unit)
    factor, base = (unit.factor, unit.base) if unit and quantity.dimension != "percent" else (Decimal(1), quantity.unit)
    high = quantity.value_high
    return Figure(
        quantity.value * factor,
        None if high is None else high * factor,
        quantity.unit,
        base,
        factor,
        quantity.dimension,
        quantity.comparator,
        quantity.start - offset,
        quantity.end - offset,
        quantity.quote,
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of running text; ``start`` is its place in the cleaned text, ``line`` the line that it opens in."""

    draft: Draft
    text: str
    start: int
    line: Line
    figures: tuple[Figure, ...]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Span of the sentence -> raw span."""
        return self.draft.raw_span(self.start + start, self.start + end)

    def year_before(self, place: int) -> int | None:
        """The last year named before a place in the sentence; of a period its last year."""
        years = [each for each in self.figures if each.dimension in ("year", "period") and each.end <= place]
        return int(years[-1].high or years[-1].value) if years else None


def in_table(line: Line) -> bool:
    """Whether a line is a row, or a cell, of a table."""
    if line.role is Role.CELL:
        return True
    if line.ordinal is not None:
        return False
    tabs = line.text.count("\t")
    return tabs > 1 or (tabs == 1 and "。" not in line.text) or line.text.count("|") > 1


def passages(draft: Draft) -> Iterator[Passage]:
    """The sentences of the running text, in order."""
    text, numbers = draft.reading.document.text, draft.reading.quantities
    starts = [each.start for each in numbers]
    for match in _SENTENCE.finditer(text):
        line = draft.line_at(draft.raw_span(match.start(), match.start() + 1)[0])
        if in_table(line) or line.role in (Role.NUMBER, Role.DATE, Role.SIGNATURE):
            continue
        within = numbers[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
        figures = [figure_of(each, match.start()) for each in within if each.end <= match.end()]
        yield Passage(draft, match.group(), match.start(), line, _with_more(match.group(), figures))


def _with_more(text: str, figures: list[Figure]) -> tuple[Figure, ...]:
    """The figures with those in further units."""
    more = [
        Figure(Decimal(match[1]), None, match[2], match[2], Decimal(1), "count", Comparator.EQ, *match.span(), match[0])
        for match in _MORE_UNITS.finditer(text)
    ]
    if not more:
        return tuple(figures)
    places = {each.start for each in more}
    kept = [each for each in figures if each.start not in places]
    return tuple(sorted((*kept, *more), key=lambda each: each.start))
