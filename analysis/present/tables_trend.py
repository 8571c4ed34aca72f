"""The page 趋势与目标 in words and tables: its answer, its notes, the figures, targets against outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter

from markupsafe import Markup

from analysis.chinese_words import (
    BASES,
    BASIS_PLACES,
    COMPARATORS,
    MEASURE_UNITS,
    MEASURES,
    TARGET_STATUSES,
    VERDICT_SIGNS,
    reaching,
)
from analysis.model import SeriesCard, TargetStatus
from analysis.present.export import Cell, Columns, Table, tabulate
from analysis.present.markup import render
from analysis.present.names import check_text
from analysis.present.numbers import figure, spaced, with_unit, year
from analysis.present.trend_marks import amount, target_words, verdict
from analysis.store import Chosen
from analysis.trend import Measure, Projection, RegionLine, TrendRow, TrendView


def as_of(written: str | None, today: date) -> tuple[date, str]:
    """The date a user wrote, or today; and one sentence when it cannot be read ("" when it can)."""
    text = (written or "").strip()
    if not text:
        return today, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return today, f"截至日期“{text}”读不懂，请写成 {today.isoformat()} 的样子；现在按今天计算。"


def alt(view: TrendView) -> str:
    """The chart in words, for who cannot see it: latest figures and targets with their verdicts."""
    latest = [
        f"{line.region} {line.observations[-1].year} 年 {amount(line.observations[-1].value, view)}"
        for line in view.lines
        if line.observations
    ]
    targets = [f"{row.region} {row.target_year} 年目标 {target_words(row)}，{verdict(row)}" for row in view.rows]
    return "；".join(("折线图", *latest, *(targets if view.judged else ())))


def measured(view: TrendView) -> str:
    """What is measured: measure, unit, basis, prices."""
    prices = "" if view.measure is Measure.CONTRACTS else "，当年价"
    return f"{MEASURES[view.measure]}，{MEASURE_UNITS[view.measure]}，{BASIS_PLACES[view.basis]}{prices}"


def axis(view: TrendView, *, asked_log: bool, log: bool) -> str:
    """What the vertical axis shows, and why it is not logarithmic where that was asked for."""
    why = "（有负值或零，不能用对数刻度）" if asked_log and not log else ""
    return f"{measured(view)}，{'对数' if log else '线性'}刻度{why}"


def answer_html(view: TrendView) -> Markup | str:
    """One or two sentences that answer the question for this choice."""
    if not view.lines and not view.issues:
        return "没有选省份。请在下面选一个或几个。"
    if not view.judged:
        return _latest(view) + "目标写的是成交额，按输出口径核对，这里不画目标。"
    if not view.rows:
        return Markup("所选地区的文件没有写技术合同成交额目标。") + _latest(view)
    return _counts(view) + _next(view)


def _counts(view: TrendView) -> Markup:
    rows = view.rows
    places = "、".join(dict.fromkeys(row.region or "" for row in rows))
    silent = {issue.region_code for issue in view.issues} - {row.region_code for row in rows}
    without = [line.region for line in view.lines if line.region_code in silent]
    parts = []
    for status in (TargetStatus.REACHED, TargetStatus.MISSED, TargetStatus.NO_DATA, TargetStatus.NOT_DUE):
        found = [row for row in rows if row.status is status]
        if found:
            parts.append({"verdict": TARGET_STATUSES[status], "count": len(found), "remark": _remark(status, found)})
    other = sum(row.status is TargetStatus.NOT_COMPARABLE for row in rows)
    if other:
        parts.append({"verdict": "", "count": other})
    narrower = sum(1 for row in rows if row.definition)
    return render("trends.counts", places=places, total=len(rows), narrower=narrower, parts=parts, without=without)


def _remark(verdict: TargetStatus, rows: Sequence[TrendRow]) -> str:
    """How many were reached early, or had been reached where the last figures are missing."""
    if verdict is TargetStatus.REACHED:
        early = sum(1 for row in rows if row.first_reached_year and row.first_reached_year < (row.target_year or 0))
        return f"其中 {with_unit(early, '项')}提前" if early else ""
    lost = sum(1 for row in rows if row.first_reached_year) if verdict is TargetStatus.NO_DATA else 0
    some = "" if lost == len(rows) else with_unit(lost, "项")
    return f"{some}曾达成后回落" if lost else ""


def _next(view: TrendView) -> Markup:
    """The binding target that is not due and asks most."""
    due = [
        row for row in view.rows if row.status is TargetStatus.NOT_DUE and row.binding and row.required_growth_percent
    ]
    if not due:
        return Markup()
    row = max(due, key=lambda one: one.required_growth_percent or Decimal(0))
    return render("trends.next", row=row, verb=reaching(row.comparator))


def _latest(view: TrendView) -> Markup | str:
    latest = [(line.region, line.observations[-1]) for line in view.lines if line.observations]
    if not latest:
        return "这个口径没有数据。"
    years = {seen.year for _, seen in latest}
    decimals = 0 if view.measure is Measure.CONTRACTS else 1
    return render(
        "trends.latest",
        head=year(max(years)) if len(years) == 1 else "最近一年",
        basis=BASES[view.basis],
        measure="" if view.measure is Measure.VALUE else MEASURES[view.measure],
        values=[
            (region, amount(seen.value, view, decimals), seen.year if len(years) > 1 else None)
            for region, seen in latest
        ],
    )


def notes(
    view: TrendView,
    hidden_years: Sequence[int] = (),
    unlabelled: Sequence[TrendRow] = (),
    unnamed: Sequence[RegionLine] = (),
) -> tuple[str, ...]:
    """How to read the chart, what is missing from it (also for want of room), every break in the words of the data."""
    found = []
    if view.judged and view.rows:
        found.append(
            "◆ 已到期的目标　◇ 未到期　◈ 已到期、当年无数据　┈ 隐含路径（发文前最近一年到目标，等速）　"
            "┆ 发文时间　○ 断点　□ 登记口径，不连线"
        )
    if unlabelled:
        crowded = "；".join(
            f"{row.region} {row.target_year} 年 {target_words(row)}，{verdict(row)}" for row in unlabelled
        )
        found.append(f"图上挤不下标注的目标：{crowded}。")
    if unnamed:
        found.append(f"图上挤不下名称的线：{'、'.join(line.region for line in unnamed)}（指向线上的点可见）。")
    if view.judged and any(seen.year >= view.as_of.year for line in view.lines for seen in line.observations):
        found.append(f"结论只用 {view.as_of.year} 年以前各整年的数据；{view.as_of.year} 年及以后的点照画，不参与判断。")
    found += _issue_notes(view)
    if hidden_years:
        years = "、".join(str(year) for year in hidden_years)
        found.append(f"窄屏不画 {years} 年，数据可下载。")
    found += _gap_notes(view, max(hidden_years, default=0))
    found += [f"{line.region} {one.year} 年{one.words}。" for line in view.lines for one in line.breaks]
    ahead = [(line.region, line.projection) for line in view.lines if line.projection]
    found += [f"{region}：{one.reason}。" for region, one in ahead if one.reason]
    if any(one.years for _, one in ahead):
        found.append(
            "外推（不是预测）：从最近一年起，把最近一次断点以来（至多 10 年）的平均增速延长，"
            "带为 80% 区间；不含对政策的判断。"
        )
    if view.judged:
        found += _definition_notes(view)
    return tuple(spaced(note) for note in found if note)


def _issue_notes(view: TrendView) -> list[str]:
    """What the lines of issue do not show: documents of later years, and those of unknown days."""
    found = []
    later = [issue.name for issue in view.issues if issue.year is not None and issue.year >= view.as_of.year + 1]
    if later:
        found.append(f"{'、'.join(later)}在截至日期所在年份之后才发文。")
    inexact = [issue.name for issue in view.issues if issue.year is not None and not issue.exact]
    if inexact:
        found.append(f"{'、'.join(inexact)}发文日期只知年份，虚线画在年中。")
    undated = [issue.name for issue in view.issues if issue.year is None]
    if undated:
        found.append(f"{'、'.join(undated)}发文日期不详，不画发文虚线。")
    return found


def _definition_notes(view: TrendView) -> list[str]:
    """How an indicator differs from the series, once for all the targets that it holds for."""
    named: dict[str, list[str]] = {}
    for row in view.rows:
        if row.definition:
            year = f"{row.target_year} 年" if row.target_year else "未写年份的"
            named.setdefault(row.definition, []).append(f"{row.region} {year}目标")
    return [f"{'、'.join(dict.fromkeys(rows))}：{definition}。" for definition, rows in named.items()]


def _gap_notes(view: TrendView, hidden: int) -> list[str]:
    """One sentence for each run of years in which lines stop; years up to ``hidden`` are not drawn anyway."""
    runs: dict[tuple[int, int], list[str]] = {}
    for line in view.lines:
        for one, two in pairwise(line.observations):
            if two.year > one.year + 1 and one.year > hidden:
                runs.setdefault((one.year + 1, two.year - 1), []).append(line.region)
    found = []
    for (first, last), places in sorted(runs.items()):
        years = f"{first} 年" if first == last else f"{first}—{last} 年"
        whose = "" if len(places) == len(view.lines) else "、".join(places)
        found.append(f"{whose}{years}没有{BASES[view.basis]}数据，线在此断开。")
    return found


def source(view: TrendView) -> str:
    """The sources of the figures shown, by title."""
    yearly = dict.fromkeys(view.source_of(seen) for line in view.lines for seen in line.observations)
    apart = dict.fromkeys(view.source_of(seen) for line in view.lines for seen in line.registered)
    beside = f"。登记口径：{'；'.join(apart)}" if apart else ""
    return f"{'；'.join(yearly)}{beside}。目标引自各文件原文。"


def foot_html(view: TrendView, card: SeriesCard | None) -> Markup:
    """What the measures mean and which years are missing, in the words of the data's card, and sources as received."""
    lines = (*(f"{name}：{text}" for _, name, text in card.definitions), *card.gaps) if card else ()
    return render("trends.foot", lines=lines, source=source(view))


def shown_html(shown: Chosen, cities: int, silent: Sequence[str]) -> Markup:
    """One line: how many documents of the chosen regions set such a target, and what is not on the page.

    ``cities``: documents of cities and districts with such a target; ``silent``: regions with no such target.
    """
    which = ""
    if shown.total > len(shown.documents):
        first, last = shown.first, shown.first + len(shown.documents) - 1
        which = f"最新的 {with_unit(last, '份')}" if first == 1 else f"第 {first}—{with_unit(last, '份')}"
    return render("trends.shown", total=shown.total, which=which, silent=silent, cities=cities)


def series_table(view: TrendView) -> Table:
    """Every figure drawn, one row each."""
    rows: list[tuple[Cell, ...]] = []
    for line in view.lines:
        for basis, observations in ((BASES[view.basis], line.observations), (BASES["registered"], line.registered)):
            for seen in observations:
                value = seen.value if view.measure is not Measure.PER_CONTRACT else round(seen.value, 2)
                rows.append((line.region, seen.year, basis, value, view.source_of(seen), seen.note))
        ahead = line.projection or Projection()
        for at, middle, low, high in zip(ahead.years, ahead.middle, ahead.low, ahead.high, strict=True):
            interval = f"外推（不是预测），80% 区间 {low:,.1f} 至 {high:,.1f}"
            rows.append((line.region, at, "外推", round(middle, 1), None, interval))
    headings = ("地区", "年份", "口径", f"数值（{MEASURE_UNITS[view.measure]}）", "来源", "说明")
    columns: Columns[tuple[Cell, ...]] = {heading: itemgetter(place) for place, heading in enumerate(headings)}
    return tabulate(f"技术合同-{BASES[view.basis]}", measured(view), columns, rows, source(view), notes(view))


def target_table(view: TrendView) -> Table:
    """The targets against what happened, by output and by registered value."""
    columns: Columns[TrendRow] = {
        "地区": lambda row: row.region,
        "文件": lambda row: view.name_of(row.document),
        "条款": lambda row: row.clause,
        "指标（原文）": lambda row: row.indicator,
        "对照口径": lambda row: BASES[row.series],
        "目标年": lambda row: row.target_year,
        "比较": lambda row: COMPARATORS[row.comparator],
        "目标值": lambda row: row.value,
        "单位": lambda row: row.unit,
        "起点年": lambda row: row.baseline_year,
        "起点值（亿元）": lambda row: row.baseline_value,
        "实际年": lambda row: row.actual_year,
        "实际值（亿元）": lambda row: row.actual_value,
        "首次达到年": lambda row: row.first_reached_year,
        "结论": lambda row: TARGET_STATUSES[row.status],
        "隐含增速（%/年）": lambda row: row.implied_growth_percent,
        "还须增速（%/年）": lambda row: row.required_growth_percent,
        "说明": lambda row: row.note,
        "原句": lambda row: row.quote,
        "核对": lambda row: check_text(row.checked),
        "链接": lambda row: row.citation,
    }
    title = f"技术合同成交额目标与实际（截至 {view.as_of.isoformat()}）"
    return tabulate("目标与实际", title, columns, (*view.rows, *view.registered_rows), source(view))


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
        "target": f"{year(row.target_year)} {target_words(row)}" if row.target_year else target_words(row),
        "quoted": "；".join((f"“{row.quote}”（{row.clause}）", *beside, *(() if row.binding else ("不起约束",)))),
        "growth": "—" if growth is None else f"每年 {figure(growth, 1)}%",
        "since": "起点不详" if base is None else f"自 {year(base)} {figure(row.baseline_value, 1)}",
        "later": later,
        "when": when,
        "sign": VERDICT_SIGNS[row.status],
        "word": TARGET_STATUSES[row.status],
        "verdict": verdict(row),
    }
