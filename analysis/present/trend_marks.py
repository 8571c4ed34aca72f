"""The marks of contract value and its targets, what each shows, and what it says in hovers, labels and tables.

Marks come as the traces that draw them, in the order they lie over each other; none where there is nothing to draw.
Hover texts are Plotly's markup with everything from documents escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from analysis.chinese_words import BASES, MEASURE_UNITS, SIGNS, TARGET_STATUSES
from analysis.model import TargetKind, TargetStatus
from analysis.present import theme
from analysis.present.numbers import THIN_SPACE, figure, spaced, with_unit, year
from analysis.present.theme import bold, folded, lines
from analysis.trend import Break, Measure, Observation, RegionLine, TrendRow, TrendView


def amount(value: Decimal | float, view: TrendView, decimals: int = 2) -> str:
    """A value of the view with its unit: 1,942.15 亿元; contracts are counted whole."""
    return with_unit(value, MEASURE_UNITS[view.measure], 0 if view.measure is Measure.CONTRACTS else decimals)


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
    sign = SIGNS[row.comparator]
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
    brief = f"{SIGNS[row.comparator]}{figure(row.value, 0)}"
    return (head, verdict(row)), (head, short), (brief, short), (brief,)


Trace = dict[str, Any]
#: A break that is drawn: its line, and the figure of its year.
Mark = tuple[RegionLine, Break, float]
SYMBOLS = {
    TargetStatus.REACHED: "diamond",
    TargetStatus.MISSED: "diamond",
    TargetStatus.NOT_DUE: "diamond-open",
    TargetStatus.NO_DATA: "diamond-open-dot",
}


def _trace(name: str, x: Sequence[int], y: Sequence[float | None], hover: Sequence[str] = (), **more: Any) -> Trace:
    """A trace with a hover text for each of its points, or none; a click on a diamond takes nothing from the rest."""
    said = {"hovertext": list(hover), "hoverinfo": "text"} if hover else {"hoverinfo": "skip"}
    return {"name": name, "x": x, "y": y, **said, "unselected": {"marker": {"opacity": 1}}, **more}


def figures(line: RegionLine, view: TrendView, dark: bool) -> Iterator[Trace]:
    """One line, open where years are missing, with the registered figures apart."""
    colour = theme.region_colour(line.region_code, dark)
    seen = {one.year: one for one in line.observations}
    years = range(min(seen), max(seen) + 1)
    yield _trace(
        line.region,
        list(years),
        [float(seen[at].value) if at in seen else None for at in years],
        [_figure_hover(line, seen[at], view) if at in seen else "" for at in years],
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": colour, "width": 2.2},
        marker={"color": colour, "size": 5.5},
    )
    if line.registered:
        yield _trace(
            f"{line.region} 登记",
            [one.year for one in line.registered],
            [float(one.value) for one in line.registered],
            [_figure_hover(line, one, view, registered=True) for one in line.registered],
            mode="markers",
            marker={"color": colour, "size": 11, "symbol": "square-open", "line": {"width": 1.3}},
        )


def _figure_hover(line: RegionLine, seen: Observation, view: TrendView, *, registered: bool = False) -> str:
    """Region, year, value, source, and the note of the data; a registered figure is said to be one."""
    basis, value = f"（{BASES[view.basis]}）", amount(seen.value, view)
    return lines(
        bold(f"{line.region} {year(seen.year)}{'，登记口径' if registered else ''}"),
        value if registered else f"{value}{basis}",
        Markup("来源：") + folded(view.source_of(seen)),
        "与输出口径不同，不连线" if registered else folded(seen.note),
    )


def projection(line: RegionLine, view: TrendView, dark: bool) -> Iterator[Trace]:
    """The extrapolation and its interval."""
    ahead = line.projection
    if ahead is None or not ahead.years:
        return
    colour = theme.region_colour(line.region_code, dark)
    last = line.observations[-1]
    x, end = [last.year, *ahead.years], float(last.value)
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    yield _trace(
        f"{line.region} 外推区间",
        [*x, *reversed(x)],
        [end, *ahead.high, *reversed(ahead.low), end],
        mode="lines",
        fill="toself",
        fillcolor=f"rgba({red},{green},{blue},0.12)",
        line={"width": 0},
    )
    said = (
        lines(
            bold(f"{line.region} {year(at)}，外推（不是预测）"),
            amount(middle, view, 0),
            f"80% 区间 {amount(low, view, 0)} 至 {amount(high, view, 0)}",
            f"按 {ahead.first}—{year(ahead.last)}增速（每年 {figure(ahead.percent, 1)}%）延长",
        )
        for at, middle, low, high in zip(ahead.years, ahead.middle, ahead.low, ahead.high, strict=True)
    )
    yield _trace(
        f"{line.region} 外推",
        x,
        [end, *ahead.middle],
        ["", *said],
        mode="lines",
        line={"color": colour, "width": 1.4, "dash": "6px,4px"},
    )


def path(row: TrendRow, dark: bool) -> Iterator[Trace]:
    """The dotted path a target implies."""
    if points := implied_path(row):
        years, values = zip(*points, strict=True)
        line = {"color": theme.region_colour(row.region_code, dark), "width": 1.4, "dash": "2px,3px"}
        yield _trace("隐含路径", years, values, mode="lines", line=line)


def implied_path(row: TrendRow) -> list[tuple[int, float]]:
    """The constant growth from the baseline to the target, year by year."""
    start, base, end = row.baseline_year, row.baseline_value, row.target_year
    if start is None or base is None or end is None or end <= start or base <= 0 or row.value <= 0:
        return []
    ratio = (float(row.value) / float(base)) ** (1 / (end - start))
    return [(start + step, float(base) * ratio**step) for step in range(end - start + 1)]


def diamond(index: int, row: TrendRow, view: TrendView, dark: bool) -> Trace:
    """One diamond; ``index`` is its customdata."""
    colour = theme.region_colour(row.region_code, dark)
    return _trace(
        "目标",
        [row.target_year or 0],
        [float(row.value)],
        [_row_hover(row, view)],
        mode="markers",
        cliponaxis=False,
        customdata=[[index]],
        marker={
            "symbol": SYMBOLS[row.status],
            "size": 14,
            "color": colour,
            "opacity": 1,
            "line": {"width": 2, "color": colour},
        },
    )


def _row_hover(row: TrendRow, view: TrendView) -> str:
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


def shown_breaks(line: RegionLine) -> list[Mark]:
    """The breaks of a line in years that have a figure."""
    known = {seen.year: float(seen.value) for seen in line.observations}
    return [(line, one, known[one.year]) for one in line.breaks if one.year in known]


def breaks(marks: Sequence[Mark], dark: bool) -> Iterator[Trace]:
    """A red circle round each break, with what the data say of it."""
    if marks:
        yield _trace(
            "断点",
            [one.year for _, one, _ in marks],
            [value for *_, value in marks],
            [lines(bold(f"{line.region} {year(one.year)}，断点"), folded(spaced(one.words))) for line, one, _ in marks],
            mode="markers",
            cliponaxis=False,
            marker={"symbol": "circle-open", "size": 16, "color": theme.shades(dark).wrong, "line": {"width": 1.8}},
        )
