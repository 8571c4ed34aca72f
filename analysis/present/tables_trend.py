"""Tables of the trends page: the figures drawn, the targets against what happened, and the words of one target."""

from __future__ import annotations

from markupsafe import Markup

from analysis.present.export import Cell, Column, Table
from analysis.present.html import render
from analysis.present.names import check_text
from analysis.present.numbers import comparator_word, figure, spaced, year
from analysis.present.trend_answer import measured, notes, source
from analysis.present.trend_text import aim, verdict
from analysis.trend import Measure, Projection, TrendRow, TrendView
from analysis.wording import BASES, MEASURE_UNITS, VERDICT_SIGNS, VERDICTS


def series_table(view: TrendView) -> Table:
    """Every figure drawn, one row each."""
    unit = MEASURE_UNITS[view.measure]
    rows: list[dict[str, Cell]] = []
    for line in view.lines:
        for kind, seen in [("年度", one) for one in line.observations] + [("登记", one) for one in line.registered]:
            rows.append(
                {
                    "region": line.region,
                    "year": seen.year,
                    "basis": BASES[view.basis] if kind == "年度" else BASES["registered"],
                    "value": seen.value if view.measure is not Measure.PER_CONTRACT else round(seen.value, 2),
                    "source": view.source_of(seen),
                    "note": seen.note,
                }
            )
        ahead = line.projection or Projection()
        for at, middle, low, high in zip(ahead.years, ahead.middle, ahead.low, ahead.high, strict=True):
            interval = f"外推（不是预测），80% 区间 {low:,.1f} 至 {high:,.1f}"
            rows.append(
                {"region": line.region, "year": at, "basis": "外推", "value": round(middle, 1), "note": interval}
            )
    columns = (
        Column("region", "地区"),
        Column("year", "年份"),
        Column("basis", "口径"),
        Column("value", "数值", unit),
        Column("source", "来源"),
        Column("note", "说明"),
    )
    name = f"技术合同-{BASES[view.basis]}"
    return Table(name, measured(view), columns, tuple(rows), source(view), notes(view))


TARGET_COLUMNS = (
    Column("region", "地区"),
    Column("document", "文件"),
    Column("clause", "条款"),
    Column("indicator", "指标（原文）"),
    Column("series", "对照口径"),
    Column("target_year", "目标年"),
    Column("comparator", "比较"),
    Column("value", "目标值"),
    Column("unit", "单位"),
    Column("baseline_year", "起点年"),
    Column("baseline_value", "起点值", "亿元"),
    Column("actual_year", "实际年"),
    Column("actual_value", "实际值", "亿元"),
    Column("first_reached_year", "首次达到年"),
    Column("status", "结论"),
    Column("implied_growth_percent", "隐含增速", "%/年"),
    Column("required_growth_percent", "还须增速", "%/年"),
    Column("note", "说明"),
    Column("quote", "原句"),
    Column("checked", "核对"),
    Column("citation", "链接"),
)


def target_table(view: TrendView) -> Table:
    """The targets against what happened, by output and by registered value."""
    rows = tuple(
        {column.key: getattr(row, column.key) for column in TARGET_COLUMNS}
        | {
            "document": view.name_of(row.document),
            "comparator": comparator_word(row.comparator),
            "status": VERDICTS[row.status],
            "series": BASES[row.series],
            "checked": check_text(row.checked),
        }
        for row in (*view.rows, *view.registered_rows)
    )
    title = f"技术合同成交额目标与实际（截至 {view.as_of.isoformat()}）"
    return Table("目标与实际", title, TARGET_COLUMNS, rows, source(view))


def targets_html(view: TrendView) -> Markup:
    """The table of targets, each row leading to its words."""
    return render("trends.targets", rows=[_shown(row, view) for row in view.rows], as_of=view.as_of.isoformat())


def _shown(row: TrendRow, view: TrendView) -> dict[str, object]:
    """A row in words: a large and a small line for each cell."""
    beside = [
        f"登记口径 {figure(other.value, 1)}"
        for other in view.registered_rows
        if (other.document, other.start, other.end, other.kind) == (row.document, row.start, row.end, row.kind)
        and other.value != row.value
    ]
    later, when = figure(row.actual_value, 1), "" if row.actual_year is None else year(row.actual_year)
    if row.yearly:
        later = f"最低 {figure(min(rate for _, rate in row.yearly), 1)}%"
        when = f"{row.yearly[0][0]}—{year(row.yearly[-1][0])}"
    growth, base = row.implied_growth_percent, row.baseline_year
    return {
        "row": row,
        "region": row.region or "—",
        "document": spaced(view.name_of(row.document)),
        "aim": f"{year(row.target_year)} {aim(row)}" if row.target_year else aim(row),
        "quoted": "；".join((f"“{row.quote}”（{row.clause}）", *beside, *(() if row.binding else ("不起约束",)))),
        "growth": "—" if growth is None else f"每年 {figure(growth, 1)}%",
        "since": "起点不详" if base is None else f"自 {year(base)} {figure(row.baseline_value, 1)}",
        "later": later,
        "when": when,
        "sign": VERDICT_SIGNS[row.status],
        "word": VERDICTS[row.status],
        "verdict": verdict(row),
    }


def quote_html(row: TrendRow, view: TrendView) -> Markup:
    """The words of a clicked target with the way to them."""
    return render("trends.quote", row=row, document=spaced(view.name_of(row.document)))
