"""Each target on contract value against what happened: one row for each target and series.

What a row holds is defined once, in :class:`TrendRow`. Nothing here reads a clock: what is due and which figures
exist follow from the as-of date. A year counts once it is over, so as of 2020-12-31 the figure of 2020 is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from analysis.grammar import grammar
from analysis.model import (
    OWN_MARK,
    Card,
    Comparator,
    Corpus,
    Level,
    Point,
    SeriesName,
    Target,
    TargetKind,
    TargetStatus,
)
from analysis.trend import row_notes as notes
from analysis.trend.contract_lines import Break, breaks, by_series, growth
from analysis.trend.row_notes import TrendRow, holds

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
#: What a row takes from its target as it is.
_OF_TARGET = (
    "document", "indicator", "target_year", "value", "comparator", "unit", "kind", "clause", "start", "end", "quote",
    "checked", "citation",
)  # fmt: skip


def series_notes() -> Mapping[str, str]:
    """Indicators that the series can answer, by id, with how their definition differs from it ("" if it does not)."""
    return {entry.id: entry.series_note for entry in grammar().indicators if entry.series}


def trend_rows(
    targets: Iterable[Target],
    cards: Mapping[str, Card],
    points: Sequence[Point],
    as_of: date,
    series: Sequence[SeriesName],
) -> tuple[TrendRow, ...]:
    """Rows in the order of the targets, then of ``series``; ``cards`` by document.

    Targets that are not held against contract value (:func:`series_notes`) give no row. ``registered`` gives rows only
    for regions that have such figures.
    """
    definitions = series_notes()
    seen = [point for point in points if point.year < as_of.year]
    figures, broken = by_series(seen), breaks(seen)
    rows = []
    for target in targets:
        if target.indicator_id is None or target.indicator_id not in definitions:
            continue
        card = cards[target.document]
        for name in series:
            known = figures.get((card.region_code or "", name), {})
            if name is SeriesName.REGISTERED and not known:
                continue
            values = {year: point.value_yi for year, point in known.items()}
            here = [one for one in broken if (one.region_code, one.series) == (card.region_code, name)]
            rows.append(_row(_Frame(target, card, name, values, here, as_of), definitions[target.indicator_id]))
    return _with_binding(rows)


def target_outcomes(
    corpus: Corpus, as_of: date, series: Sequence[SeriesName] = (SeriesName.OUTPUT, SeriesName.REGISTERED)
) -> tuple[TrendRow, ...]:
    """Each target on contract value against what happened by each series, as of a date."""
    targets = [target for reading in corpus.readings for target in reading.targets]
    cards = {reading.document.id: reading.document.card for reading in corpus.readings}
    return trend_rows(targets, cards, corpus.points, as_of, series)


def target_statuses(corpus: Corpus, as_of: date) -> Mapping[tuple[str, int, int, str], TrendRow]:
    """What became of the targets that the output series can answer, by document, span and kind, as of a date."""
    found = target_outcomes(corpus, as_of, (SeriesName.OUTPUT,))
    return {(row.document, row.start, row.end, str(row.kind)): row for row in found}


@dataclass(frozen=True, slots=True)
class _Frame:
    """A target and all that it is judged by."""

    target: Target
    card: Card
    series: SeriesName
    values: Mapping[int, Decimal]
    broken: Sequence[Break]
    as_of: date


def _row(frame: _Frame, definition: str) -> TrendRow:
    target, card, values = frame.target, frame.card, frame.values
    base_year = target.baseline_year
    if base_year is None and (issued := card.counted_year) is not None:
        base_year = max((year for year in values if year < issued), default=None)
    row = TrendRow(
        **{name: getattr(target, name) for name in _OF_TARGET},
        region=f"{card.region}{OWN_MARK}" if card.region and card.own else card.region,
        region_code=card.region_code,
        series=frame.series,
        definition=definition,
        baseline_year=base_year,
        baseline_value=values.get(base_year) if base_year is not None else None,
    )
    obstacle = _obstacle(frame, row.baseline_value)
    if obstacle:
        return replace(row, note=notes.joined(definition, obstacle))
    due = row.target_year
    actual = due if due is not None and due in values else max(values)
    row = replace(row, actual_year=actual, actual_value=values[actual])
    return _yearly_row(row, frame) if _yearly(target) else _level_row(row, frame)


def _obstacle(frame: _Frame, base: Decimal | None) -> str:
    """Why the series cannot answer the target, in Chinese; "" if it can."""
    target, card = frame.target, frame.card
    if card.region_code is None:
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
        known = card.counted_year if _yearly(target) else base
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


def _aim(target: Target, base: Decimal | None, years: int) -> Decimal:
    """What is to be reached, in 亿元."""
    if target.kind is TargetKind.LEVEL:
        return target.value * IN_YI[target.unit]
    assert base is not None  # else there is an obstacle
    if target.kind is TargetKind.MULTIPLE:
        return base * target.value
    return base * (1 + target.value / 100) ** (years if _average(target) else 1)


def _level_row(row: TrendRow, frame: _Frame) -> TrendRow:
    values, year, base, latest = frame.values, row.target_year, row.baseline_value, row.actual_year
    assert year is not None  # else there is an obstacle
    assert latest is not None
    since = row.baseline_year if row.baseline_year is not None else min(values)
    aim = _aim(frame.target, base, year - since)
    met = [one for one, value in values.items() if one >= since and holds(row.comparator, value, aim)]
    if frame.as_of.year <= year:
        status = TargetStatus.NOT_DUE
    elif year not in values:
        status = TargetStatus.NO_DATA
    else:
        status = TargetStatus.REACHED if holds(row.comparator, values[year], aim) else TargetStatus.MISSED
    needed = None
    if row.comparator in AT_LEAST and latest < year:
        met_now = holds(row.comparator, values[latest], aim)
        needed = Decimal(0) if met_now else growth(values[latest], aim, year - latest)
    row = replace(
        row,
        value=aim,
        unit="亿元",
        status=status,
        first_reached_year=min(met, default=None),
        first_reached_value=values[min(met)] if met else None,
        implied_growth_percent=_rounded(growth(base, aim, year - since) if base is not None else None),
        required_growth_percent=_rounded(needed),
        recent_growth=_recent(values) if status is TargetStatus.NOT_DUE else None,
    )
    return replace(row, note=_level_note(row, frame))


def _level_note(row: TrendRow, frame: _Frame) -> str:
    return notes.joined(
        row.definition,
        _origin(row, frame),
        notes.converted(row, frame.target),
        notes.course(row, frame.values),
        notes.outlook(row, frame.as_of, frame.broken),
        *notes.broken(frame.broken, row.baseline_year, row.actual_year),
    )


def _origin(row: TrendRow, frame: _Frame) -> str:
    """Which year the row starts from, where the text does not name it."""
    card = frame.card
    why = dict(card.inferred).get("issued" if card.issued else "slug", "") if card.counted_year else ""
    return notes.origin(row.baseline_year, why) if frame.target.baseline_year is None else ""


def _recent(values: Mapping[int, Decimal]) -> tuple[int, int, Decimal] | None:
    last = max(values)
    rate = growth(values[last - BEFORE], values[last], BEFORE) if last - BEFORE in values else None
    return None if rate is None else (last - BEFORE, last, rate.quantize(Decimal("0.01")))


def _yearly_row(row: TrendRow, frame: _Frame) -> TrendRow:
    target, values, year = frame.target, frame.values, row.target_year
    issued = frame.card.counted_year
    assert year is not None  # else there is an obstacle
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
        note=notes.joined(
            row.definition,
            _origin(row, frame),
            notes.rate_asked(target),
            notes.year_by_year(rates, failed, [one for one in judged if one not in dict(rates)]),
            *notes.broken(frame.broken, judged.start - 1, judged.stop - 1),
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
            row = replace(row, binding=False, note=notes.joined(row.note, notes.outbid(row, most)))
        settled.append(row)
    return tuple(settled)


def _comparable(row: TrendRow) -> bool:
    return row.status is not TargetStatus.NOT_COMPARABLE and row.unit == "亿元" and row.comparator in AT_LEAST


def _same_aim(row: TrendRow) -> tuple[object, ...]:
    """What rows that can outbid each other have in common."""
    return row.document, row.series, row.target_year, row.indicator


def _rounded(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent.quantize(Decimal("0.01"))
