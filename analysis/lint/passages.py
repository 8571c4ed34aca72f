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

from analysis.extract.quantities import quantities
from analysis.grammar import grammar
from analysis.lint.draft import Draft
from analysis.lint.joined_lines import cells_of
from analysis.lint.lines import Line, Role
from analysis.model import Comparator, Quantity

_AGAINST = re.compile(r"(?P<word>由|从|比|较|与|相比|对比|相对于|在|以)[^，。；：\d由从比较与在以]{0,4}$")
_BASED = re.compile(r"[^，。；：]{0,20}(?:基础|为基[数期])")
_SENTENCE = re.compile(r"[^。！？\n]{1,800}[。！？]?")
# Units of things that the vocabulary of targets has no use for, and 期, 批 where they count; with their bounds.
_MORE_UNITS = re.compile(
    r"(?P<before>不低于|不少于|不超过|不高于|超过|高于|大于|低于|少于|小于|不足|不到|不满|未满)?(?<![\d.第A-Za-z])"
    r"(?:(?P<low>\d{1,4}(?:\.\d)?)(?:分|岁)?(?:[（(]不?含[^）)]{0,6}[）)])?[-—－~～至到])?(?P<number>\d{1,9}(?:\.\d{1,3})?)"
    r"(?P<unit>公顷|公里|课时|学时|台套|期(?!间)|批|门(?!槛)|堂|吨|份|辆|册|班(?!子)|席|节|届|分(?![之钟享配别])|岁)"
    r"(?P<bracket>[（(]不?含[^）)]{0,6}[）)])?(?P<after>及?以上|及?以下|以内)?(?P<behind>[（(]不?含[^）)]{0,6}[）)])?"
)
_BINDS = {"不低于": Comparator.GE, "不少于": Comparator.GE, "不超过": Comparator.LE, "不高于": Comparator.LE}
_BINDS |= dict.fromkeys(("超过", "高于", "大于"), Comparator.GT)
_BINDS |= dict.fromkeys(("低于", "少于", "小于", "不足", "不到", "不满", "未满"), Comparator.LT)
_WITHOUT = {Comparator.GE: Comparator.GT, Comparator.LE: Comparator.LT}  # 80分以上（不含）
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
    shown = f"{value:.2f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


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
        return self.draft.text_span(self.start + start, self.start + end)

    def year_before(self, place: int) -> int | None:
        """The last year named before a place in the sentence, base years left out; of a period its last year."""
        for each in reversed(self.figures):
            if each.dimension in ("year", "period") and each.end <= place and not self._is_base(each):
                return int(each.high or each.value)
        return None

    def _is_base(self, year: Figure) -> bool:
        """Whether a year only tells what something is measured against: 由2025年的30家, 较2025年."""
        against = _AGAINST.search(self.text, max(0, year.start - 8), year.start)
        if against is None:
            return False
        return against["word"] not in ("在", "以") or _BASED.match(self.text, year.end) is not None


def in_table(line: Line) -> bool:
    """Whether a line is a row, or a cell, of a table."""
    if line.role is Role.CELL:
        return True
    if line.ordinal is not None:
        return False
    tabs = line.text.count("\t")
    return tabs > 1 or (tabs == 1 and "。" not in line.text) or line.text.count("|") > 1 or len(cells_of(line.text)) > 2


class Passages:
    """Cuts passages out of the cleaned text of a draft, each with its numbers."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.numbers = draft, draft.reading.quantities
        self.starts = [each.start for each in self.numbers]

    def sentences(self) -> Iterator[Passage]:
        """The sentences of the running text, in order."""
        former, running = None, False
        for match in _SENTENCE.finditer(self.draft.reading.document.text):
            line = self.draft.line_at(self.draft.text_span(match.start(), match.start() + 1)[0])
            if line is not former:  # a line is looked at once, however many sentences it has
                former = line
                running = not in_table(line) and line.role not in (Role.NUMBER, Role.DATE, Role.SIGNATURE)
            if running:
                yield self._cut(match.start(), match.end(), line)

    def lines(self) -> Iterator[Passage]:
        """The lines of the running text as they stand in the file."""
        for line in self.draft.lines:
            span = None if in_table(line) or not line.text else self.draft.clean_span(line.start, line.end)
            if span is not None:
                yield self._cut(*span, line)

    def _cut(self, start: int, end: int, line: Line) -> Passage:
        text = self.draft.reading.document.text[start:end]
        within = self.numbers[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        figures = [figure_of(each, start) for each in within if each.end <= end]
        return Passage(self.draft, text, start, line, _with_more(text, figures))


def passages(draft: Draft) -> Iterator[Passage]:
    """The sentences of the running text, in order."""
    return Passages(draft).sentences()


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a text that stands for itself (a cell)."""
    return _with_more(text, [figure_of(each) for each in quantities(text)])


def _with_more(text: str, figures: list[Figure]) -> tuple[Figure, ...]:
    """The figures with those in further units."""
    more = [_further(match) for match in _MORE_UNITS.finditer(text)]
    if not more:
        return tuple(figures)
    ends = {each.end for each in more}
    kept = [each for each in figures if each.end not in ends]
    return tuple(sorted((*kept, *more), key=lambda each: each.start))


def _further(match: re.Match[str]) -> Figure:
    bound = _BINDS.get(match["before"] or "", Comparator.EQ)
    if match["after"]:
        bound = Comparator.GE if match["after"].endswith("上") else Comparator.LE
    if "不含" in (match["bracket"] or "") + (match["behind"] or ""):
        bound = _WITHOUT.get(bound, bound)
    number, low = Decimal(match["number"]), match["low"]
    value, high = (Decimal(low), number) if low else (number, None)
    return Figure(value, high, match["unit"], match["unit"], Decimal(1), "count", bound, *match.span(), match[0])
