"""Targets on contract value against the series of the place: 翻番 from the real baseline, aims that are already met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from analysis.grammar import grammar
from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity
from analysis.lint.levels import levels
from analysis.lint.lines import Role
from analysis.lint.passages import AT_LEAST, rounded
from analysis.model import Comparator, Level, SeriesName, Target, TargetKind
from analysis.trend.target_rows import IN_YI

_YEAR = re.compile(r"(?:19|20)\d\d")
# Parts of the place, more than it, or another measure.
_PART = re.compile(
    "(?<![全我本])(?:[县州园片]|[市区](?![级场域]))|全国|每|涉及|吸纳|流向"
)  # of the place, more than it, or another measure
_ZONE = re.compile("(?:自创|自主创新示范|高新|经开|开发)区(?!\\d)")  # aims of these are not those of the place
_SLACK = Decimal("0.02")  # rounding of what is said against what the series holds
_CONTRACTS = "contract_value"
_YI = Decimal(100_000_000)
_AIMS = (Comparator.EQ, Comparator.GE, Comparator.GT, Comparator.APPROX)


@dataclass(frozen=True, slots=True)
class _Series:
    """Yearly sums in 亿元 of the place, as far as they were known when the draft was written."""

    place: str
    known: Mapping[int, Decimal]

    @property
    def latest(self) -> int:
        return max(self.known)

    def said(self, year: int) -> str:
        """2023年实际1942.15亿元."""
        return f"{year}年实际{rounded(self.known[year])}亿元"


def year_of_draft(draft: Draft) -> int | None:
    """The year in which a draft is written: of its card, its number, its date or its title; None if none says it."""
    card = draft.reading.document.card
    if card.issued_year is not None:
        return card.issued_year
    for role in (Role.DATE, Role.NUMBER):
        for line in draft.lines:
            found = _YEAR.search(line.text) if line.role is role else None
            if found:
                return int(found.group())
    found = _YEAR.search(draft.title)
    return int(found.group()) if found else None


def against_series(draft: Draft) -> Iterator[Found]:
    """Each target of the whole place on contract value, held against the series up to the year of the draft."""
    card = draft.reading.document.card
    if card.level in (Level.CITY, Level.DISTRICT) or _ZONE.search(draft.title) or not card.kind.is_policy:
        return  # the series are those of provinces; news tell the aims of others
    points = [point for point in draft.points if point.series is SeriesName.OUTPUT]
    issued = year_of_draft(draft)
    known = {point.year: point.value_yi for point in points if issued is None or point.year < issued}
    if not known or len({point.region_code for point in points}) != 1:
        return
    series = _Series(points[0].region, known)
    text = draft.reading.document.text
    aims = [target for target in draft.reading.targets if _on_contracts(target, series.place, text)]
    for target in aims:
        if target.kind is TargetKind.LEVEL and target.unit in IN_YI and target.comparator in _AIMS:
            yield from _passed(draft, target, series)
        elif target.kind is TargetKind.MULTIPLE or (target.kind is TargetKind.GROWTH and target.recurring == "yearly"):
            yield from _grown(draft, target, series, aims)
    yield from _bases(draft, series)


def _bases(draft: Draft, series: _Series) -> Iterator[Found]:
    """A sum of a year that is over, as the draft states it, beside that of the series."""
    for level in levels(draft):
        known = series.known.get(level.year or 0)
        if level.key != _CONTRACTS or not level.named or known is None or level.dimension != "money":
            continue
        stated = level.value / _YI
        if abs(stated - known) > known * _SLACK and level.comparator is Comparator.EQ:
            message = f"{level.year}年技术合同成交额写为{level.words}，序列中{series.said(level.year or 0)}"
            yield Found(level.start, level.end, message, "核对数据来源和口径（登记地、输出地）", severity=Severity.INFO)


def _on_contracts(target: Target, place: str, text: str) -> bool:
    indicator = next((each for each in grammar().indicators if each.id == target.indicator_id), None)
    whole = (
        target.scope is None or target.scope.startswith(("全省", "全市", "全区", "我", "本")) or place in target.scope
    )
    elsewhere = _PART.search(target.quote.split("技术")[0].replace(place, ""))
    sentence = text[max(target.value_start - 80, 0) : target.value_start].rpartition("。")[2]
    zone = elsewhere or _ZONE.search(sentence)
    return indicator is not None and indicator.series is not None and whole and zone is None


def _note(target: Target) -> str:
    """What has to be said where the measure of the target is not that of the series."""
    indicator = next(each for each in grammar().indicators if each.id == target.indicator_id)
    return "（按技术合同成交额序列，与所写指标口径不同）" if indicator.series_note else ""


def _span(draft: Draft, target: Target) -> tuple[int, int]:
    return draft.text_span(target.value_start, target.value_end)


def _passed(draft: Draft, target: Target, series: _Series) -> Iterator[Found]:
    """A level that the last known year has already reached."""
    aim = target.value * IN_YI[target.unit]
    latest = series.latest
    kept = re.search("(?:保持|稳定|维持)在?[^，。]{0,6}$", draft.reading.document.text[: target.value_start][-12:])
    if target.target_year is None or target.target_year <= latest or series.known[latest] < aim or kept:
        return
    start, end = _span(draft, target)
    message = f"{series.said(latest)}，{target.target_year}年目标{rounded(aim)}亿元在制定时已经达到{_note(target)}"
    yield Found(start, end, message, "核对基数和口径，提高目标或说明理由")


def _grown(draft: Draft, target: Target, series: _Series, aims: list[Target]) -> Iterator[Found]:
    """What a multiple or a yearly growth leads to from the real baseline, beside the level set for the same year."""
    base_year = target.baseline_year if target.baseline_year in series.known else None
    if base_year is None and target.baseline_year is not None:
        return  # the series does not hold the year that is named
    base_year = base_year or series.latest
    base = series.known[base_year]
    if target.kind is TargetKind.MULTIPLE:
        led, how = base * target.value, f"×{rounded(target.value)}"
    else:
        years = (target.target_year or base_year) - base_year
        if not 0 < years <= 30:
            return
        led, how = base * (1 + target.value / 100) ** years, f"按年均增长{rounded(target.value)}%计{years}年"
    start, end = _span(draft, target)
    shown = f"{series.said(base_year)}{how}={rounded(led)}亿元"
    level = _level_beside(target, aims)
    if level is None:
        yield Found(start, end, f"{shown}{_note(target)}", "据此核对目标", severity=Severity.INFO)
        return
    aim = level.value * IN_YI[level.unit]
    words = draft.reading.document.text[level.value_start : level.value_end]
    place = (draft.text_span(level.value_start, level.value_end),)
    bound = target.comparator in AT_LEAST or level.comparator in AT_LEAST
    short = aim < led * (1 - _SLACK) and level.comparator not in AT_LEAST
    beyond = aim > led * (1 + _SLACK * 3) and not bound
    if short or beyond:
        message = f"{shown}，与同一年目标{words}不一致{_note(target)}"
        yield Found(start, end, message, "核对基数、倍数与目标值", place)
    else:
        message = f"{shown}，与同一年目标{words}不矛盾{_note(target)}"
        yield Found(start, end, message, "", place, severity=Severity.INFO)


def _level_beside(target: Target, aims: list[Target]) -> Target | None:
    """The level of the same indicator and year, in the same clause where there is one."""
    same = [
        aim
        for aim in aims
        if aim.kind is TargetKind.LEVEL
        and aim.indicator_id == target.indicator_id
        and aim.target_year == target.target_year
        and aim.unit in IN_YI
        and aim.comparator in _AIMS
    ]
    return min(same, key=lambda aim: abs(aim.start - target.start), default=None)
