"""Each target on contract value against what happened: one row for each target and series.

What a row holds is defined once, in :class:`TrendRow`. Nothing here reads a clock: what is due and which figures
exist follow from the as-of date. A year counts once it is over, so as of 2020-12-31 the figure of 2020 is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from analysis.model import OWN_MARK, Card, Comparator, Level, Point, SeriesName, Target, TargetKind, TargetStatus
from analysis.trend import words
from analysis.trend.contract_lines import Break, breaks, by_series, counted_year, growth
from analysis.trend.row import TrendRow, holds

#: 亿元 in one unit of money.
IN_YI = {
    "元": Decimal("0.00000001"),
    "万元": Decimal("0.0001"),
    "亿元": Decimal(1),
    "亿": Decimal(1),
    "万亿元": Decimal(10000),
    "万亿": Decimal(10000),
}
AT_LEAST = (Comparator.EQ, Comparator.GE, Comparator.GT, Comparator.APPROX)
BEFORE = 5  # years of growth that the growth still needed is compared with


def trend_rows(
    targets: Iterable[Target],
    cards: Mapping[str, Card],
    points: Sequence[Point],
    as_of: date,
    *,
    definitions: Mapping[str, str],
    series: Sequence[SeriesName] = (SeriesName.OUTPUT, SeriesName.REGISTERED),
) -> tuple[TrendRow, ...]:
    """Rows in the order of the targets, then of ``series``.

    ``cards`` by document; ``definitions``: for each indicator id that is held against contract value, the note on
    how its definition differs ("" when it is the same); targets on anything else give no row. ``registered`` gives
    rows only for regions that have such figures.
    """
    seen = [point for point in points if point.year < as_of.year]
    figures, broken = by_series(seen), breaks(seen)
    rows = []
    for target in targets:
        if target.indicator_id is None or target.indicator_id not in definitions:
            continue
        card = cards.get(target.document)
        for name in series:
            code = card.region_code if card else None
            known = figures.get((code, name), {}) if code else {}
            values = {year: point.value_yi for year, point in known.items()}
            if name is SeriesName.REGISTERED and not values:
                continue
            here = [one for one in broken if one.region_code == code and one.series == name]
            frame = _Frame(target, card, name, values, here, as_of, definitions[target.indicator_id])
            rows.append(_row(frame))
    return _with_binding(rows)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A target and all that it is judged by."""

    target: Target
    card: Card | None
    series: SeriesName
    values: Mapping[int, Decimal]
    broken: Sequence[Break]
    as_of: date
    definition: str


def _row(frame: _Frame) -> TrendRow:
    target, values = frame.target, frame.values
    base_year = _baseline_year(frame)
    base = values.get(base_year) if base_year is not None else None
    blank = TrendRow(
        document=target.document,
        indicator=target.indicator,
        region=_region(frame.card),
        series=frame.series,
        target_year=target.target_year,
        value=target.value,
        comparator=target.comparator,
        baseline_year=base_year,
        baseline_value=base,
        actual_year=None,
        actual_value=None,
        first_reached_year=None,
        status=TargetStatus.NOT_COMPARABLE,
        implied_growth_percent=None,
        required_growth_percent=None,
        note="",
        unit=target.unit,
        kind=target.kind,
        region_code=frame.card.region_code if frame.card else None,
        clause=target.clause,
        start=target.start,
        end=target.end,
        quote=target.quote,
        definition=frame.definition,
        checked=target.checked,
        citation=target.citation,
    )
    obstacle = _obstacle(frame, base)
    if obstacle:
        return replace(blank, note=words.joined(frame.definition, obstacle))
    actual = _actual_year(values, target.target_year)
    placed = replace(blank, actual_year=actual, actual_value=values[actual] if actual is not None else None)
    return _yearly_row(placed, frame) if _yearly(target) else _level_row(placed, frame, base)


def _region(card: Card | None) -> str | None:
    """What a row is called by: the region, marked where the text is a user's own."""
    if card is None or card.region is None:
        return None
    return f"{card.region}{OWN_MARK}" if card.own else card.region


def _obstacle(frame: _Frame, base: Decimal | None) -> str:
    """Why the series cannot answer the target, in Chinese; "" if it can."""
    target, card = frame.target, frame.card
    if card is None or card.region_code is None:
        return "不知道文件属于哪个地区，无法与分省数据对照"
    if card.level in (Level.CITY, Level.DISTRICT):
        return "这是市县一级的文件，没有同一范围的数据"
    if frame.series is SeriesName.ABSORBED:
        return "成交额目标按技术输出（卖方所在地）统计，不与技术吸纳口径对照"
    if not frame.values:
        return f"分省数据没有{card.region or card.region_code}，无法对照"
    if target.scope and not (target.scope.startswith(("全", "我")) or (card.region or "？") in target.scope):
        return f"目标只管{target.scope}，没有同一范围的数据"
    if target.target_year is None:
        return "文件没有写明到哪一年，无法判定"
    return _obstacle_of_kind(target, card, base)


def _obstacle_of_kind(target: Target, card: Card, base: Decimal | None) -> str:
    """Why a target of its kind cannot be held against sums of a year; "" if it can."""
    if target.kind is TargetKind.LEVEL:
        return "" if target.unit in IN_YI else f"单位是{target.unit}，不是金额，无法与成交额对照"
    if target.kind is TargetKind.GROWTH and (_yearly(target) or _average(target)):
        issued, _ = counted_year(card)
        known = issued if _yearly(target) else base
        return "" if known is not None else "不知道从哪一年算起，无法判定增速"
    if target.kind in (TargetKind.MULTIPLE, TargetKind.GROWTH):
        if target.baseline_year is None:
            return "文件没有写明以哪一年为基数，无法折算"
        return "" if base is not None else f"没有基年 {target.baseline_year} 年的数据，无法折算"
    return "目标是新增量或占比，成交额数据不能直接判定"


def _average(target: Target) -> bool:
    return any(word in target.quote for word in ("年均", "平均"))


def _yearly(target: Target) -> bool:
    return target.kind is TargetKind.GROWTH and target.recurring == "yearly" and not _average(target)


def _baseline_year(frame: _Frame) -> int | None:
    if frame.target.baseline_year is not None:
        return frame.target.baseline_year
    issued, _ = counted_year(frame.card)
    return max((year for year in frame.values if issued is not None and year < issued), default=None)


def _actual_year(values: Mapping[int, Decimal], target_year: int | None) -> int | None:
    return target_year if target_year in values else max(values, default=None)


def _aim(target: Target, base: Decimal | None) -> Decimal:
    """What is to be reached, in 亿元 (or percent a year for an average growth, which has no base)."""
    if target.kind is TargetKind.LEVEL:
        return target.value * IN_YI[target.unit]
    if base is None or _average(target):
        return target.value
    return base * target.value if target.kind is TargetKind.MULTIPLE else base * (1 + target.value / 100)


def _level_row(row: TrendRow, frame: _Frame, base: Decimal | None) -> TrendRow:
    target, values, year = frame.target, frame.values, row.target_year
    assert year is not None  # _obstacle has seen to it
    aim, unit = _aim(target, base), "亿元"
    if _average(target) and target.kind is TargetKind.GROWTH and base is not None and row.baseline_year is not None:
        aim = base * (1 + target.value / 100) ** (year - row.baseline_year)
    since = row.baseline_year if row.baseline_year is not None else min(values)
    met = [one for one, value in values.items() if one >= since and holds(row.comparator, value, aim)]
    latest = max(values)
    due = frame.as_of.year > year
    if not due:
        status = TargetStatus.NOT_DUE
    elif year not in values:
        status = TargetStatus.NO_DATA
    else:
        status = TargetStatus.REACHED if holds(row.comparator, values[year], aim) else TargetStatus.MISSED
    implied = growth(base, aim, year - since) if base is not None else None
    needed = None
    if row.comparator in AT_LEAST and year not in values and latest < year:
        met_now = holds(row.comparator, values[latest], aim)
        needed = Decimal(0) if met_now else growth(values[latest], aim, year - latest)
    placed = replace(
        row,
        value=aim,
        unit=unit,
        status=status,
        first_reached_year=min(met, default=None),
        first_reached_value=values[min(met)] if met else None,
        implied_growth_percent=_rounded(implied),
        required_growth_percent=_rounded(needed),
        recent_growth=_recent(values) if status is TargetStatus.NOT_DUE else None,
    )
    return replace(placed, note=_level_note(placed, frame))


def _recent(values: Mapping[int, Decimal]) -> tuple[int, int, Decimal] | None:
    last = max(values)
    rate = growth(values[last - BEFORE], values[last], BEFORE) if last - BEFORE in values else None
    return None if rate is None else (last - BEFORE, last, rate.quantize(Decimal("0.01")))


def _level_note(row: TrendRow, frame: _Frame) -> str:
    before = row.recent_growth
    return words.joined(
        frame.definition,
        words.origin(row.baseline_year, counted_year(frame.card)[1], named=frame.target.baseline_year is not None),
        words.converted(row, frame.target),
        words.course(row, frame.values, row.met_by),
        words.outlook(row, frame.as_of, before, words.crossed(frame.broken, *before[:2]) if before else ""),
        *words.broken(frame.broken, row.baseline_year, row.actual_year),
    )


def _yearly_row(row: TrendRow, frame: _Frame) -> TrendRow:
    target, values, year = frame.target, frame.values, row.target_year
    issued, _ = counted_year(frame.card)
    assert year is not None  # _obstacle has seen to both
    assert issued is not None
    judged = range(issued + 1, year + 1)
    rates = tuple(
        (one, rate)
        for one in judged
        if one in values and one - 1 in values and (rate := growth(values[one - 1], values[one], 1)) is not None
    )
    failed = [one for one, rate in rates if not holds(row.comparator, rate, target.value)]
    if frame.as_of.year <= year:
        status = TargetStatus.NOT_DUE
    elif failed:
        status = TargetStatus.MISSED
    else:
        status = TargetStatus.REACHED if len(rates) == len(judged) > 0 else TargetStatus.NO_DATA
    return replace(
        row,
        status=status,
        implied_growth_percent=_rounded(target.value),
        yearly=tuple((one, rate.quantize(Decimal("0.01"))) for one, rate in rates),
        note=words.joined(
            frame.definition,
            words.origin(row.baseline_year, counted_year(frame.card)[1], named=target.baseline_year is not None),
            words.rate_asked(target),
            words.year_by_year(rates, failed, [one for one in judged if one not in dict(rates)]),
            *words.broken(frame.broken, judged.start - 1, judged.stop - 1),
        ),
    )


def _with_binding(rows: Sequence[TrendRow]) -> tuple[TrendRow, ...]:
    """Mark the rows that another sentence part of the same document, indicator and year outbids."""
    highest: dict[tuple[object, ...], TrendRow] = {}
    for row in filter(_comparable, rows):
        most = highest.setdefault(_same_aim(row), row)
        if row.value > most.value:
            highest[_same_aim(row)] = row
    settled = []
    for row in rows:
        most = highest[_same_aim(row)] if _comparable(row) else row
        if most.value > row.value:
            row = replace(row, binding=False, note=words.joined(row.note, words.outbid(row, most)))
        settled.append(row)
    return tuple(settled)


def _comparable(row: TrendRow) -> bool:
    return row.status is not TargetStatus.NOT_COMPARABLE and row.unit == "亿元" and row.comparator in AT_LEAST


def _same_aim(row: TrendRow) -> tuple[object, ...]:
    """What rows that can outbid each other have in common."""
    return row.document, row.series, row.target_year, row.indicator


def _rounded(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent.quantize(Decimal("0.01"))
