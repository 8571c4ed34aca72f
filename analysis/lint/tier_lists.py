"""Tiers of one measure as intervals, for the rule and a number line: 不满500万元, 500万元以上不满2000万元.

以上, 以下, 以内 and 达到 take their figure in; 不满, 不足, 超过, 高于 and 低于 leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from analysis.lint.draft import Draft
from analysis.lint.grids import Box, grids
from analysis.lint.lines import Style
from analysis.lint.passages import AT_LEAST, AT_MOST, Figure, Passages, figures_of, rounded
from analysis.model import Comparator

_BOUNDED = re.compile(
    r"以上|以下|以内|之内|超过|不足|不满|未满|不到|达到|[高低多少大小]于|[<>≤≥＜＞]|\d[^，。；\d]{0,4}[-—－~～至到]\d"
)
# What may stand between the two ends of one interval.
_JOINED = re.compile(r"(?:[、，,]|[（(][^（）()]{0,8}[）)]|至|到|—|且|并|但|的|且在|并且|不足|在)?(?:且|但|且在)?\s?")
_GIVEN = re.compile(
    r"(?:处|处以|给予|奖励|补助|补贴|资助|支持|最高|封顶|上限|累计(?!金额|[^，。；、：:]{0,5}额)|总额|合计|每(?!年)|提取|按照?|不超过其|限额|的比例)[^，。；、：:]{0,8}$"
)
_CONDITION = re.compile(r"(?:\s?(?:之间|区间|范围内?|部分|档))?(?:的|（含[^）]{0,8}）的?|部分|之间|[，,：:—]|$|\s)")
_AWARDED = re.compile(r"的?(?:罚款|奖励|奖金|补助|补贴|资助|支持|经费|罚金)(?!\s?\d|按|比例)")
_OF_DATE = re.compile(r"\d{1,2}月$")
_DAYS = re.compile(r"\d{1,2}[日号]?\s?[-—－–~～至到]{1,2}\s?\d{1,2}[日号]")  # days of a month, as in a timetable
_HIGHEST = re.compile("最高|最多|至多|上限")
_IS_GIVEN = re.compile("给予|奖励|补助|补贴|资助|支持|奖补|拨付|资金")
_STOPS = re.compile(r"[，。；]|$")
_OPEN_END = re.compile(r"[（(]不含[^（）()]{0,6}[）)]")
_SIGNS = re.compile(r"[≤<＜]$")
_NAME_LEAD = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?)?(?:对于?|其中|按照?|凡|如|若|将|在|当|为|对其)?"
)
_NAME_TAIL = re.compile(r"(?:达到|达|在|为|是|超过|介于|处于|处|额度|累计|：|:|的)+$")
_MOST = 40  # tiers of one list, so that a text without end is read in linear time
_UNSURE = ("高于", "低于")


@dataclass(frozen=True, slots=True)
class Tier:
    """One interval in base units; ``low`` or ``high`` None where it is open. ``start``–``end`` are raw offsets."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool
    high_in: bool
    start: int
    end: int
    words: str
    figure: Figure
    subject: str = ""  # what is measured, as named right before: 到账额
    whose: str = ""  # what the statement says before that: 购买技术的企业
    before: str = ""  # what the line says before the statement

    @property
    def ranged(self) -> bool:
        """Whether it is written with a dash or 至, of which no law says whether the ends are in."""
        return self.figure.high is not None and self.words.count("含") < 2

    @property
    def shown(self) -> str:
        """As an interval: [1000万元, 5000万元)."""
        low = f"{'[' if self.low_in else '('}{self.figure.show(self.low)}" if self.low is not None else "(…"
        high = f"{self.figure.show(self.high)}{']' if self.high_in else ')'}" if self.high is not None else "…)"
        return f"{low}, {high}"


@dataclass(frozen=True, slots=True)
class Seam:
    """Where two neighbouring tiers do not meet: both hold ``low``–``high`` (overlap), or neither does."""

    below: Tier
    above: Tier
    low: Decimal
    high: Decimal
    overlap: bool

    @property
    def unsure(self) -> bool:
        """Whether it rests on 高于 or 低于, which no law defines, or on a range written with a dash."""
        words = self.below.words + self.above.words
        touching = self.low == self.high
        return any(word in words for word in _UNSURE) or (touching and (self.below.ranged or self.above.ranged))


@dataclass(frozen=True, slots=True)
class Tiers:
    """Two tiers or more of one measure, from low to high, with the seams that do not hold."""

    tiers: tuple[Tier, ...]
    seams: tuple[Seam, ...]
    unit: str
    subject: str


def tier_lists(draft: Draft) -> Iterator[Tiers]:
    """The lists of tiers of a draft: in a paragraph, over items that follow each other, down a column of a table."""
    run: list[Tier] = []
    last = None
    for passage in Passages(draft).lines():
        number = passage.line.ordinal
        found = list(_tiers(passage.text, passage.figures, passage.raw))
        style = number.style if number is not None and found and number.style.rank > Style.ARTICLE.rank else None
        if style is None or style is not last:
            yield from _lists(run)
            run = []
        run += found
        last = style
    yield from _lists(run)
    for grid in grids(draft):
        for column in range(min(len(grid.header), 20)):
            yield from _lists([tier for _, box in grid.column(column) for tier in _of_box(box)])


def _of_box(box: Box) -> Iterator[Tier]:
    if _BOUNDED.search(box.text):
        yield from _tiers(box.text, figures_of(box.text), lambda start, end: (box.start, box.end))


def _tiers(text: str, figures: Sequence[Figure], place: Callable[[int, int], tuple[int, int]]) -> Iterator[Tier]:
    """The intervals that a text names as conditions, in order."""
    at = 0
    while at < len(figures):
        figure = figures[at]
        following = figures[at + 1] if at + 1 < len(figures) else None
        last = following if following is not None and _pair(text, figure, following) else None
        at += 1 if last is None else 2
        head, end = text[max(0, figure.start - 14) : figure.start], (last or figure).end
        if _no_measure(figure, head) or (last is None and _ceiling(text, figure)):
            continue
        if _GIVEN.search(head) or _AWARDED.match(text, end) or not _CONDITION.match(text, end):
            continue
        tier = _tier(text, figure, last, place)
        if tier is not None:
            yield tier


def _no_measure(figure: Figure, head: str) -> bool:
    """Whether a figure measures nothing: a rank, or the days of a date (9月5日—8日)."""
    if figure.dimension == "duration":
        return _OF_DATE.search(head) is not None or _DAYS.fullmatch(figure.words) is not None
    return not figure.counts


def _ceiling(text: str, figure: Figure) -> bool:
    """Whether a figure bounds what is given, and is no condition: 给予奖励，最高60万元."""
    if figure.comparator not in AT_MOST or figure.high is not None:
        return False
    if _HIGHEST.match(figure.words):
        return True
    stated = max(text.rfind(mark, max(0, figure.start - 60), figure.start) for mark in "；。")
    given = _IS_GIVEN.search(text, max(0, stated, figure.start - 60), figure.start)
    return given is not None and _STOPS.match(text, figure.end) is not None


def _pair(text: str, one: Figure, two: Figure) -> bool:
    """Whether two figures are the ends of one interval: 100万元以上、500万元以下."""
    low = one.comparator in AT_LEAST or (
        one.comparator is Comparator.EQ and text[max(0, one.start - 2) : one.start] == "达到"
    )
    between = text[one.end : two.start]
    named = _SIGNS.search(one.words) is not None and re.fullmatch(r"[\u4e00-\u9fff]{0,12}", between)  # 100≤额<500
    joined = _JOINED.fullmatch(between) or named
    return bool(low and joined and one.same_kind(two) and two.comparator in AT_MOST and one.value < two.value)


def _tier(text: str, one: Figure, two: Figure | None, place: Callable[[int, int], tuple[int, int]]) -> Tier | None:
    low: Decimal | None = None
    high: Decimal | None = None
    low_in = high_in = True
    if two is not None:
        low, high = one.value, two.value
        low_in, high_in = one.comparator is not Comparator.GT, two.comparator is Comparator.LE
    elif one.high is not None:
        low, high = one.value, one.high
        open_ends = [match.end() == len(one.words) for match in _OPEN_END.finditer(one.words)]
        low_in = one.comparator is not Comparator.GT and False not in open_ends
        high_in = one.comparator is not Comparator.LT and True not in open_ends
    elif one.comparator in AT_LEAST or (
        one.comparator is Comparator.EQ and re.search("(?:达到|满)$", text[max(0, one.start - 2) : one.start])
    ):
        low, low_in = one.value, one.comparator is not Comparator.GT
    elif one.comparator in AT_MOST:
        high, high_in = one.value, one.comparator is Comparator.LE
    else:
        return None
    start, end = one.start, (two or one).end
    opened = max(*(text.rfind(mark, max(0, start - 30), start) for mark in "，。；：、:（"), start - 31) + 1
    subject = _NAME_TAIL.sub("", _NAME_LEAD.sub("", text[max(0, opened) : start]))
    opened = max(0, opened)
    stated = max(*(text.rfind(mark, max(0, opened - 60), opened) for mark in "；。：:"), opened - 61) + 1
    led = text[max(0, stated) : opened]
    whose = "" if _BOUNDED.search(led) else _NAME_LEAD.sub("", led).strip("，、 　")  # said before the first tier alone
    before = text[max(0, stated - 60) : max(0, stated)]
    return Tier(low, high, low_in, high_in, *place(start, end), text[start:end], one, subject, whose, before)


def _lists(found: list[Tier]) -> Iterator[Tiers]:
    """Parts a run of intervals into lists of one measure, and looks at their seams."""
    run: list[Tier] = []
    for tier in found:
        goes_on = len(run) < _MOST and run and tier.figure.same_kind(run[-1].figure) and _same_subject(run, tier)
        if run and not goes_on:
            yield from _made(run)
            run = []
        run.append(tier)
    yield from _made(run)


def _same_subject(run: list[Tier], tier: Tier) -> bool:
    """Whether a tier goes on: it names no measure, or that of the first tier, and nobody else."""
    whose = next((each.whose for each in run if each.whose), "")
    if tier.whose and whose and tier.whose != whose:
        return False
    subject = next((each.subject for each in run if each.subject), "")
    if not subject:
        return not tier.subject or tier.subject[-3:] in run[0].before
    return not tier.subject or tier.subject.endswith(subject[-4:]) or subject.endswith(tier.subject[-4:])


def _made(run: list[Tier]) -> Iterator[Tiers]:
    if len(run) < 2 or not any(tier.high is not None for tier in run):
        return
    ordered = sorted(run, key=lambda tier: (tier.low is not None, tier.low or 0, tier.high is None, tier.high or 0))
    climbing = all(one.start <= two.start for one, two in pairwise(ordered))
    if not climbing and [tier.start for tier in ordered] != sorted((tier.start for tier in run), reverse=True):
        return  # neither up nor down: these are no tiers of one list
    seams = tuple(seam for one, two in pairwise(ordered) if (seam := _seam(one, two)) is not None)
    subject = next((each.subject for each in run if each.subject), "")
    yield Tiers(tuple(ordered), seams, run[0].figure.unit, subject)


def _seam(below: Tier, above: Tier) -> Seam | None:
    """Overlap or hole between neighbours; thresholds that are open at the top follow each other by design."""
    if below.high is None or above.low is None:
        return None
    if below.high > above.low:
        return Seam(below, above, above.low, below.high, overlap=True)
    if below.high < above.low:
        whole = below.figure.dimension != "money" and below.high_in and above.low_in
        step = below.figure.factor
        if whole and above.low - below.high <= step:
            return None  # 1—5家, 6—10家
        return Seam(below, above, below.high, above.low, overlap=False)
    if below.high_in == above.low_in:
        return Seam(below, above, below.high, above.low, overlap=below.high_in)
    return None


def at_seam(seam: Seam) -> str:
    """What is held twice, or by no tier: 1000万元, or 100万元至200万元."""
    low, high = seam.above.figure.show(seam.low), seam.above.figure.show(seam.high)
    return low if low == high else f"{rounded(seam.low / seam.above.figure.factor)}至{high}"
