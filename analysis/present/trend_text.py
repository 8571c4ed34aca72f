"""What the trends page says in words: hover texts, labels, the answer to its question, tables. Chinese.

Plain text unless a name ends in ``_html``; hover texts are Plotly's markup with everything from documents escaped.
"""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from analysis.chinese_words import BASES, MEASURE_UNITS, TARGET_STATUSES
from analysis.model import TargetKind, TargetStatus
from analysis.present.numbers import THIN_SPACE, comparator_sign, figure, spaced, with_unit, year
from analysis.present.theme import bold, folded, lines
from analysis.trend import Break, Measure, Observation, RegionLine, TrendRow, TrendView


def _decimals(measure: Measure) -> int:
    return 0 if measure is Measure.CONTRACTS else 2


def amount(value: Decimal | float, view: TrendView, decimals: int | None = None) -> str:
    """A value of the view with its unit: 1,942.15 亿元."""
    return with_unit(value, MEASURE_UNITS[view.measure], _decimals(view.measure) if decimals is None else decimals)


def point_hover(line: RegionLine, seen: Observation, view: TrendView) -> str:
    """Region, year, value, source, and the note of the data."""
    return lines(
        bold(f"{line.region} {year(seen.year)}"),
        f"{amount(seen.value, view)}（{BASES[view.basis]}）",
        _source(view, seen),
        folded(seen.note),
    )


def registered_hover(line: RegionLine, seen: Observation, view: TrendView) -> str:
    """A registered figure, said to be one."""
    return lines(
        bold(f"{line.region} {year(seen.year)}，登记口径"),
        amount(seen.value, view),
        _source(view, seen),
        "与输出口径不同，不连线",
    )


def _source(view: TrendView, seen: Observation) -> str:
    """Where a figure was taken from."""
    return Markup("来源：") + folded(view.source_of(seen))


def projection_hover(line: RegionLine, view: TrendView) -> list[str]:
    """One text for each projected year."""
    ahead = line.projection
    if ahead is None:
        return []
    return [
        lines(
            bold(f"{line.region} {year(at)}，外推（不是预测）"),
            amount(middle, view, 0),
            f"80% 区间 {amount(low, view, 0)} 至 {amount(high, view, 0)}",
            f"按 {ahead.first}—{year(ahead.last)}增速（每年 {figure(ahead.percent, 1)}%）延长",
        )
        for at, middle, low, high in zip(ahead.years, ahead.middle, ahead.low, ahead.high, strict=True)
    ]


def break_hover(line: RegionLine, one: Break, view: TrendView) -> str:
    """The break in the words of the data."""
    return lines(bold(f"{line.region} {year(one.year)}，断点"), folded(spaced(one.words)))


def break_label(one: Break) -> tuple[tuple[str, ...], ...]:
    """断点：460.2 → 112.9 and how much that is; shorter: the word."""
    if one.before is None or not one.before:
        return (("断点",),)
    change = (one.after / one.before - 1) * 100
    way = "升" if change > 0 else "降"
    head = f"断点：{figure(one.before, 1)} → {figure(one.after, 1)}"
    return (head, f"一年{way} {figure(abs(change), 0)}%，见图下说明"), (head,), ("断点",)


def target_words(row: TrendRow) -> str:
    """>4,000 亿元; 每年 ≥8%; as compared with the series."""
    sign = comparator_sign(row.comparator)
    if row.kind is TargetKind.GROWTH and row.unit == "%":
        return f"每年 {sign}{figure(row.value)}%"
    return f"{sign}{with_unit(row.value, row.unit, 1)}"


def verdict(row: TrendRow) -> str:
    """The verdict with what makes it one: 2019 年已达到（232.9）."""
    first = row.first_reached_year
    actual = figure(row.actual_value, 1)
    reached = figure(row.first_reached_value, 1)
    match row.status:
        case TargetStatus.REACHED if row.yearly:
            return f"{row.yearly[0][0]}—{year(row.yearly[-1][0])}逐年达成"
        case TargetStatus.REACHED if first is not None and first != row.target_year:
            return f"{year(first)}已达成（{reached}）"
        case TargetStatus.REACHED:
            return f"如期达成（{actual}）"
        case TargetStatus.MISSED if first is not None:
            return f"{year(first)}曾达成（{reached}），{year(row.target_year)}未达成（{actual}）"
        case TargetStatus.MISSED:
            return f"未达成（{actual}）" if row.kind is not TargetKind.GROWTH else "未逐年达成"
        case TargetStatus.NO_DATA if first is not None:
            return f"{year(first)}曾达成，{year(row.target_year)}无数据"
        case TargetStatus.NO_DATA:
            return f"{year(row.target_year)}无数据"
        case TargetStatus.NOT_DUE if row.required_growth_percent:
            return f"还须每年 +{figure(row.required_growth_percent, 1)}%"
        case TargetStatus.NOT_DUE if first is not None:
            return f"{year(first)}已达成"
    return TARGET_STATUSES[row.status]


def row_label(row: TrendRow) -> tuple[tuple[str, ...], ...]:
    """Label of a diamond, fullest first."""
    head = f"{row.target_year}{THIN_SPACE}年 {target_words(row)}"
    short = TARGET_STATUSES[row.status]
    if row.status is TargetStatus.NOT_DUE and row.required_growth_percent:
        short = f"+{figure(row.required_growth_percent, 1)}%/年"
    brief = f"{comparator_sign(row.comparator)}{figure(row.value, 0)}"
    return (head, verdict(row)), (head, short), (brief, short), (brief,)


def row_hover(row: TrendRow, view: TrendView) -> str:
    """Quote, clause, document, verdict; rows that this one outbids are named."""
    since = ""
    if row.implied_growth_percent is not None and row.baseline_year is not None:
        since = f"隐含增速：自 {year(row.baseline_year)}起每年 {figure(row.implied_growth_percent, 1)}%"
    return lines(
        bold(f"{row.region or ''} {year(row.target_year)} {target_words(row)}：{verdict(row)}"),
        folded(f"“{row.quote}”"),
        f"出处：{spaced(view.name_of(row.document))} {row.clause}",
        since,
        *(
            f"另有不起约束的目标：{target_words(other)}"
            for other in view.rows
            if not other.binding and (other.document, other.target_year) == (row.document, row.target_year)
        ),
        "点击标记看原句",
    )
