"""What the trends page says in words: hover texts, labels, the answer to its question, tables. Chinese.

Plain text unless a name ends in ``_html``; hover texts are Plotly's markup with everything from documents escaped.
"""

from __future__ import annotations

from decimal import Decimal

from analysis.model import TargetKind, Verdict
from analysis.present.numbers import THIN_SPACE, comparator_sign, figure, spaced, with_unit
from analysis.trend import Break, Measure, Observation, RegionLine, TrendRow, TrendView
from analysis.wording import BASES, MEASURE_UNITS, VERDICTS

QUOTE_LINE = 26  # characters of a quote in a line of hover text


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _folded(text: str, width: int = QUOTE_LINE) -> str:
    return "<br>".join(_safe(text[at : at + width]) for at in range(0, len(text), width))


def _decimals(measure: Measure) -> int:
    return 0 if measure is Measure.CONTRACTS else 2


def amount(value: Decimal | float, view: TrendView, decimals: int | None = None) -> str:
    """A value of the view with its unit: 1,942.15 亿元."""
    return with_unit(value, MEASURE_UNITS[view.measure], _decimals(view.measure) if decimals is None else decimals)


def point_hover(line: RegionLine, seen: Observation, view: TrendView) -> str:
    """Region, year, value, source, and the note of the data."""
    text = (
        f"<b>{_safe(line.region)} {seen.year}{THIN_SPACE}年</b><br>{amount(seen.value, view)}（{BASES[view.basis]}）"
        f"<br>来源：{_folded(view.source_of(seen))}"
    )
    return f"{text}<br>{_folded(seen.note)}" if seen.note else text


def registered_hover(line: RegionLine, seen: Observation, view: TrendView) -> str:
    """A registered figure, said to be one."""
    return (
        f"<b>{_safe(line.region)} {seen.year}{THIN_SPACE}年，登记口径</b><br>{amount(seen.value, view)}"
        f"<br>来源：{_folded(view.source_of(seen))}<br>与输出口径不同，不连线"
    )


def projection_hover(line: RegionLine, view: TrendView) -> list[str]:
    """One text for each projected year."""
    ahead = line.projection
    if ahead is None:
        return []
    return [
        f"<b>{_safe(line.region)} {year}{THIN_SPACE}年，外推（不是预测）</b><br>{amount(middle, view, 0)}"
        f"<br>80% 区间 {amount(low, view, 0)} 至 {amount(high, view, 0)}"
        f"<br>按 {ahead.first}—{ahead.last}{THIN_SPACE}年增速（每年 {figure(ahead.percent, 1)}%）延长"
        for year, middle, low, high in zip(ahead.years, ahead.middle, ahead.low, ahead.high, strict=True)
    ]


def break_hover(line: RegionLine, one: Break, view: TrendView) -> str:
    """The break in the words of the data."""
    return f"<b>{_safe(line.region)} {one.year}{THIN_SPACE}年，断点</b><br>{_folded(spaced(one.words))}"


def break_label(one: Break) -> tuple[tuple[str, ...], ...]:
    """断点：460.2 → 112.9 and how much that is; shorter: the word."""
    if one.before is None or not one.before:
        return (("断点",),)
    change = (one.after / one.before - 1) * 100
    way = "升" if change > 0 else "降"
    head = f"断点：{figure(one.before, 1)} → {figure(one.after, 1)}"
    return (head, f"一年{way} {figure(abs(change), 0)}%，见图下说明"), (head,), ("断点",)


def aim(row: TrendRow) -> str:
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
    year = f"{THIN_SPACE}年"
    match row.status:
        case Verdict.REACHED if row.yearly:
            return f"{row.yearly[0][0]}—{row.yearly[-1][0]}{year}逐年达成"
        case Verdict.REACHED if first is not None and first != row.target_year:
            return f"{first}{year}已达成（{reached}）"
        case Verdict.REACHED:
            return f"如期达成（{actual}）"
        case Verdict.MISSED if first is not None:
            return f"{first}{year}曾达成（{reached}），{row.target_year}{year}未达成（{actual}）"
        case Verdict.MISSED:
            return f"未达成（{actual}）" if row.kind is not TargetKind.GROWTH else "未逐年达成"
        case Verdict.NO_DATA if first is not None:
            return f"{first}{year}曾达成，{row.target_year}{year}无数据"
        case Verdict.NO_DATA:
            return f"{row.target_year}{year}无数据"
        case Verdict.NOT_DUE if row.required_growth_percent:
            return f"还须每年 +{figure(row.required_growth_percent, 1)}%"
        case Verdict.NOT_DUE if first is not None:
            return f"{first}{year}已达成"
    return VERDICTS[row.status]


def row_label(row: TrendRow) -> tuple[tuple[str, ...], ...]:
    """Label of a diamond, fullest first."""
    head = f"{row.target_year}{THIN_SPACE}年 {aim(row)}"
    short = VERDICTS[row.status]
    if row.status is Verdict.NOT_DUE and row.required_growth_percent:
        short = f"+{figure(row.required_growth_percent, 1)}%/年"
    brief = f"{comparator_sign(row.comparator)}{figure(row.value, 0)}"
    return (head, verdict(row)), (head, short), (brief, short), (brief,)


def row_hover(row: TrendRow, view: TrendView) -> str:
    """Quote, clause, document, verdict; rows that this one outbids are named."""
    lines = [
        f"<b>{_safe(row.region or '')} {row.target_year}{THIN_SPACE}年 {_safe(aim(row))}：{verdict(row)}</b>",
        _folded(f"“{row.quote}”"),
        f"出处：{_safe(spaced(view.name_of(row.document)))} {_safe(row.clause)}",
    ]
    if row.implied_growth_percent is not None and row.baseline_year is not None:
        lines.append(f"隐含增速：自 {row.baseline_year}{THIN_SPACE}年起每年 {figure(row.implied_growth_percent, 1)}%")
    lines += [
        f"另有不起约束的目标：{_safe(aim(other))}"
        for other in view.rows
        if not other.binding and (other.document, other.target_year) == (row.document, row.target_year)
    ]
    lines.append("点击标记看原句")
    return "<br>".join(lines)
