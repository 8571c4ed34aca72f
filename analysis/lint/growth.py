"""Growth stated beside where it begins and ends: 由320亿元增长到480亿元，年均增长25%.

A rise is two figures of one kind, from and to, with their years where they are named; a claim is what the same
sentence says of it: yearly or whole growth, a multiple (翻番, 倍), percentage points, or what is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from analysis.lint.passages import AT_LEAST, AT_MOST, Figure, Passage, rounded
from analysis.model import Comparator

_UP = "增长|增加|提高|提升|上升|扩大|发展|跃升|攀升|增|升"
_DOWN = "下降|降低|减少|压减|缩短|降|减"
# 2025年为200亿元，到2028年达到300亿元
_STEP = re.compile(
    r"[，；、]?(?:力争|确保|预计)?(?:到|至)?\d{4}年(?:底|末)?[^，。；\d]{0,4}"
    r"(?:达到|达|增长到|增加到|提高到|提升到|突破|增至|升至)(?:约)?"
)
_FROM = re.compile(r"(?:由|从)(?:[^，。；、]{0,16})$")
_TO = re.compile(
    rf"[^，。；\d]{{0,8}}?(?:逐步|稳步|大幅|快速|进一步)?(?P<verb>{_UP}|{_DOWN})(?:到|至)(?:了)?(?:\d{{4}}年?(?:[底末])?(?:的|时)?)?[^，。；\d]{{0,6}}"
)
_BASE = re.compile(r"(?:较|比|在|以|是|为|相当于)(?:[^，。；、]{0,16})$")
_ON_BASE = re.compile(rf"(?:的|左右|基础上|基数|为基数|，|年均|{_UP}|{_DOWN}|了|实现|总量|再){{0,6}}")
_REACHED = re.compile(r"(?:，|实现|、|左右|以上|到\d{4}年(?:[底末])?|达到|达|增至|升至|提高到|至|到|约|突破){1,6}")
_THEN = re.compile(r"[，、（(][^。；\d]{0,14}")
_BACK = re.compile(r"[，、]?[^。；，\d]{0,12}(?:较|比|是|为|相当于|即)(?:\d{4}年?(?:[底末])?)?的?")
_YEARLY = re.compile(r"(?:年均|平均每年|每年平均|年平均)[^，。；\d]{0,8}$")
_GROWS = re.compile(rf"(?P<verb>{_UP}|{_DOWN}|增幅|增速|涨幅|降幅|净增|新增)(?:率)?(?:了|达到|达|约|为|近|超过|超)?$")


class Measure(StrEnum):
    """What a claim gives."""

    YEARLY = "yearly"
    WHOLE = "whole"
    MULTIPLE = "multiple"
    POINTS = "points"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Rise:
    """From one figure to another of its kind; years None where they are not named."""

    first: Figure
    last: Figure
    first_year: int | None
    last_year: int | None
    start: int  # where its words begin: 由, 较, or the first figure

    @property
    def years(self) -> int | None:
        """How many years lie between, if that is said."""
        if self.first_year is None or self.last_year is None or self.last_year <= self.first_year:
            return None
        return self.last_year - self.first_year


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a rise: the figure and the words that make it a claim."""

    figure: Figure
    measure: Measure
    falling: bool
    start: int
    words: str  # 年均增长25%


def rises(passage: Passage) -> Iterator[tuple[Rise, Claim | None]]:
    """Every rise of a sentence, with each claim about it; None where nothing is claimed."""
    figures = [each for each in passage.figures if each.counts]
    for at, (one, two) in enumerate(pairwise(figures)):
        between = passage.text[one.end : two.start]
        opened = _FROM.search(passage.text, max(0, one.start - 24), one.start)
        if one.same_kind(two) and _TO.fullmatch(between) and opened:
            rise = _rise(passage, one, two, opened.start())
            claims = (*_after(passage, figures, at + 1), *_before(passage, figures, at))
            yield from ((rise, claim) for claim in claims or (None,))
        elif one.same_kind(two) and _STEP.fullmatch(between) and passage.year_before(one.start):
            rise = Rise(one, two, passage.year_before(one.start), _year_in(passage, one.end, two.start), one.start)
            yield from ((rise, claim) for claim in _after(passage, figures, at + 1))
        elif at + 2 < len(figures):
            yield from _on_base(passage, one, two, figures[at + 2])


def _rise(passage: Passage, first: Figure, last: Figure, opened: int) -> Rise:
    first_year = _year_in(passage, opened, first.start)
    last_year = _year_in(passage, first.end, last.start) or passage.year_before(opened)
    return Rise(first, last, first_year, last_year, opened)


def _year_in(passage: Passage, start: int, end: int) -> int | None:
    years = [each for each in passage.figures if each.dimension == "year" and start <= each.start and each.end <= end]
    return int(years[-1].value) if years else None


def _after(passage: Passage, figures: list[Figure], at: int) -> Iterator[Claim]:
    """Claims right behind the end of a rise, one after another."""
    last = figures[at]
    for figure in figures[at + 1 : at + 4]:
        if not _THEN.fullmatch(passage.text[last.end : figure.start]) or figure.comparator is None:
            return
        claim = claim_of(passage, figure)
        if claim is None:
            return
        yield claim
        last = figure


def _before(passage: Passage, figures: list[Figure], at: int) -> Iterator[Claim]:
    """A claim right before a rise: 翻一番，由100亿元增加到200亿元."""
    if at and re.fullmatch(
        r"[，、：][^。；，\d]{0,12}(?:\d{4}年?[底末]?的?)?[^。；，\d]{0,6}",
        passage.text[figures[at - 1].end : figures[at].start],
    ):
        claim = claim_of(passage, figures[at - 1])
        if claim is not None:
            yield claim


def _on_base(passage: Passage, one: Figure, two: Figure, three: Figure) -> Iterator[tuple[Rise, Claim]]:
    """在2025年320亿元基础上增长50%，达到480亿元; 达到480亿元，比2025年的320亿元增长50%."""
    text = passage.text
    if one.same_kind(three) and _BASE.search(text, max(0, one.start - 24), one.start):
        claim = claim_of(passage, two)
        stands = _ON_BASE.fullmatch(text[one.end : two.start]) and _REACHED.fullmatch(text[two.end : three.start])
        if claim is not None and stands:
            opened = max(0, one.start - 24)
            end = _year_in(passage, two.end, three.start) or passage.year_before(opened)
            yield Rise(one, three, _year_in(passage, opened, one.start), end, opened), claim
    elif one.same_kind(two) and _BACK.fullmatch(text[one.end : two.start]):
        claim = claim_of(passage, three)
        if claim is not None and _ON_BASE.fullmatch(text[two.end : three.start]):
            year = _year_in(passage, one.end, two.start)
            rise = Rise(two, one, year, passage.year_before(one.start), one.start)
            yield rise, claim


def claim_of(passage: Passage, figure: Figure) -> Claim | None:
    """What a figure claims of a growth, by the words right before it; None where it is none."""
    head = passage.text[max(0, figure.start - 20) : figure.start]
    grows = _GROWS.search(head)
    falling = grows is not None and re.fullmatch(f"{_DOWN}|降幅", grows["verb"]) is not None
    yearly = _YEARLY.search(head)
    start = figure.start - len(head) + (yearly.start() if yearly else grows.start() if grows else len(head))
    measure = _measure(figure, growing=grows is not None, yearly=yearly is not None)
    if measure is None or (falling and measure is Measure.MULTIPLE):
        return None
    if measure is Measure.MULTIPLE and passage.text[figure.end : figure.end + 1] in ("多", "余"):
        figure = replace(figure, comparator=Comparator.GT)
    return Claim(figure, measure, falling, start, passage.text[start : figure.end])


def _measure(figure: Figure, *, growing: bool, yearly: bool) -> Measure | None:
    if figure.dimension == "multiple":
        return None if yearly else Measure.MULTIPLE
    if figure.dimension == "percent":
        return Measure.YEARLY if yearly else Measure.WHOLE if growing else None
    if yearly or not growing:
        return None
    return Measure.POINTS if figure.dimension == "points" else Measure.ADDED


@dataclass(frozen=True, slots=True)
class Sum:
    """What was worked out: what the claim leads to, and whether the text may stand."""

    agrees: bool
    words: str


def check(rise: Rise, claim: Claim) -> Sum | None:
    """Work a claim out; None where it cannot be (years not named, another kind of figure)."""
    first, last, figure = rise.first, rise.last, claim.figure
    if first.value <= 0 or last.value <= 0 or first.high or last.high or figure.high:
        return None
    match claim.measure:
        case Measure.MULTIPLE:
            return _multiple(rise, claim)
        case Measure.YEARLY:
            return _yearly(rise, claim)
        case Measure.WHOLE:
            return _whole(rise, claim)
        case Measure.POINTS:
            return _difference(rise, claim, "个百分点") if first.dimension == "percent" else None
        case _:
            return _difference(rise, claim, figure.unit) if figure.same_kind(first) else None


def _multiple(rise: Rise, claim: Claim) -> Sum:
    times = claim.figure.value
    actual = rise.last.value / rise.first.value
    loosely = claim.words.startswith("翻") and times <= actual <= times * Decimal("1.1")  # 翻番 is said of 2.1 times
    agrees = loosely or _meets(actual, claim.figure, rise.last, times * Decimal("0.02"))
    led = rise.last.show(rise.first.value * times)
    words = f"{rise.first.words}{claim.words}即×{rounded(times)}，为{led}"
    return Sum(agrees, f"{words}，文中是{rise.last.words}（{rounded(actual)}倍）")


def _yearly(rise: Rise, claim: Claim) -> Sum | None:
    years, claimed = rise.years, claim.figure
    if years is None or years > 50:
        return None
    sign = -1 if claim.falling else 1
    actual = ((rise.last.value / rise.first.value) ** (Decimal(1) / years) - 1) * 100 * sign
    led = rise.first.value * (1 + sign * claimed.value / 100) ** years
    agrees = _meets(actual, claimed, rise.last, _rounding(claimed))
    moves = "下降" if claim.falling else "增长"
    words = f"{rise.first.words}年均{moves}{rounded(claimed.value)}%，{years}年后为{rise.last.show(led)}"
    return Sum(agrees, f"{words}，文中是{rise.last.words}（年均{moves}{rounded(actual)}%）")


def _whole(rise: Rise, claim: Claim) -> Sum | None:
    if rise.first.dimension == "percent":
        return None  # 由45%提高15%: another rule
    sign = -1 if claim.falling else 1
    actual = (rise.last.value / rise.first.value - 1) * 100 * sign
    led = rise.first.value * (1 + sign * claim.figure.value / 100)
    agrees = _meets(actual, claim.figure, rise.last, _rounding(claim.figure))
    moves = "下降" if claim.falling else "增长"
    words = f"{rise.first.words}{moves}{rounded(claim.figure.value)}%是{rise.last.show(led)}"
    return Sum(agrees, f"{words}，文中是{rise.last.words}（{moves}{rounded(actual)}%）")


def _difference(rise: Rise, claim: Claim, unit: str) -> Sum:
    actual = abs(rise.last.value - rise.first.value)
    agrees = _meets(actual, claim.figure, rise.last, claim.figure.value * Decimal("0.01"))
    shown = f"{rounded(actual)}{unit}" if unit == "个百分点" else claim.figure.show(actual)
    return Sum(agrees, f"{rise.first.words}与{rise.last.words}相差{shown}，文中是{claim.figure.words}")


def _rounding(claimed: Figure) -> Decimal:
    """How far a rate may be off: rounding of its last place, and a little for round numbers."""
    places = -min(int(claimed.value.as_tuple().exponent), 0)
    return max(Decimal("0.6").scaleb(-places), claimed.value * Decimal("0.03"))


def _meets(actual: Decimal, claimed: Figure, reached: Figure, allowed: Decimal) -> bool:
    """Whether what really follows meets what is claimed, both read as bounds where they are bounds."""
    if Comparator.APPROX in (claimed.comparator, reached.comparator):
        allowed = max(allowed, claimed.value / 10)
    low = actual < claimed.value - allowed  # the figures give less than is claimed
    high = actual > claimed.value + allowed
    if reached.comparator in AT_LEAST:
        low = False
    if claimed.comparator in AT_LEAST:
        high = False
    if claimed.comparator in AT_MOST:
        low = False
    return not (low or high)
