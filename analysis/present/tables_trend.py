"""Tables of the trends page: the figures drawn, the targets against what happened, and the words of one target."""

from __future__ import annotations

from html import escape

from analysis.present.export import Cell, Column, Table
from analysis.present.names import check_text
from analysis.present.numbers import THIN_SPACE, comparator_word, figure, spaced
from analysis.present.tables import mark_html, words_anchor
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
        for year, middle, low, high in zip(ahead.years, ahead.middle, ahead.low, ahead.high, strict=True):
            interval = f"外推（不是预测），80% 区间 {low:,.1f} 至 {high:,.1f}"
            rows.append(
                {"region": line.region, "year": year, "basis": "外推", "value": round(middle, 1), "note": interval}
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
HEADS = ("地区", "目标", "隐含增速", "后来", "结论", "说明")


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


def targets_html(view: TrendView) -> str:
    """The table of targets, each row leading to its words."""
    if not view.rows:
        return (
            '<p class="zh-empty">所选地区的文件没有写技术合同成交额目标。可添加其他省份，或到“目标对比”看全部目标。</p>'
        )
    widths = "".join(f'<col style="width:{width}">' for width in ("12%", "18%", "12%", "9%", "16%", "33%"))
    head = "".join(f'<th scope="col">{one}</th>' for one in HEADS)
    body = "".join(_target_row_html(row, view) for row in view.rows)
    said = f"按技术输出口径核对，金额单位亿元，当年价，截至 {view.as_of.isoformat()}。点目标看原句。"
    return (
        f'<p class="zh-second">{said}</p><table class="zh-table zh-trend-table"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _target_row_html(row: TrendRow, view: TrendView) -> str:
    beside = [
        f"登记口径 {figure(other.value, 1)}"
        for other in view.registered_rows
        if (other.document, other.start, other.end, other.kind) == (row.document, row.start, row.end, row.kind)
        and other.value != row.value
    ]
    year = f"{row.target_year}{THIN_SPACE}年 " if row.target_year else ""
    growth = row.implied_growth_percent
    since, later, when = _since(row), figure(row.actual_value, 1), ""
    if row.yearly:
        least = min(rate for _, rate in row.yearly)
        later, when = f"最低 {figure(least, 1)}%", f"{row.yearly[0][0]}—{row.yearly[-1][0]}{THIN_SPACE}年"
    elif row.actual_year is not None:
        when = f"{row.actual_year}{THIN_SPACE}年"
    cells = (
        words_anchor(row.citation, f"{year}{aim(row)}"),
        "；".join((f"“{row.quote}”（{row.clause}）", *beside, *(() if row.binding else ("不起约束",)))),
        "—" if growth is None else f"每年 {figure(growth, 1)}%",
        since,
        later,
        when,
        f"<strong>{VERDICT_SIGNS[row.status]} {VERDICTS[row.status]}</strong>",
        verdict(row),
    )
    mark = mark_html(row.checked)
    pairs = zip(HEADS[1:-1], cells[::2], cells[1::2], strict=True)
    data = "".join(
        f'<td data-label="{name}">{main}<br><span class="zh-small">{escape(small)}</span></td>'
        for name, main, small in pairs
    )
    return (
        f'<tr><th scope="row"><strong>{escape(row.region or "—")}</strong>'
        f'<br><span class="zh-small">{escape(spaced(view.name_of(row.document)))}</span></th>{data}'
        f'<td data-label="{HEADS[-1]}"><span class="zh-small">{escape(spaced(row.note))} {mark}</span></td></tr>'
    )


def _since(row: TrendRow) -> str:
    if row.baseline_year is None:
        return "起点不详"
    return f"自 {row.baseline_year}{THIN_SPACE}年 {figure(row.baseline_value, 1)}"


def quote_html(row: TrendRow, view: TrendView) -> str:
    """The words of a clicked target with the way to them."""
    name = escape(spaced(view.name_of(row.document)))
    return (
        f'<p class="zh-quote">“{escape(row.quote)}”</p><p class="zh-small">{name} '
        f"{escape(row.clause)}　{words_anchor(row.citation, '在原文中看这句话')}</p>"
        f'<p class="zh-small">{escape(spaced(row.note))}</p>'
    )
