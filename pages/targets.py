"""目标对比: who set which targets, side by side, each leading to its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.chinese_words import TARGET_STATUSES
from analysis.model import TargetStatus
from analysis.pipeline import Choice, Collection, Spread, TargetComparison
from analysis.present import charts_compare, numbers, tables_targets
from analysis.present.export import Table
from analysis.present.names import source_of_many
from pages import _choice, _ui
from pages._corpus import Shown, collection
from pages._kept import kept
from pages._ui import Still

NO_YEAR = "未写年份"
INDICATORS = 12  # rows of the table over all documents
ALSO = {"indicators": "指标", "target_years": "目标年", "verdicts": "状态"}
WORDS = {TARGET_STATUSES[verdict]: verdict for verdict in TargetStatus}


@kept()
def compared(shown: Shown, asked: Choice, states: tuple[str, ...], today: date) -> TargetComparison:
    """The targets of the documents shown, and those that the filters leave."""
    return pipeline.compare_targets(shown.corpus(), today, asked, _choice.marks(states))


indicator_spread = kept()(pipeline.indicator_spread)


@kept()
def table(shown: Shown, asked: Choice, states: tuple[str, ...], today: date) -> Table:
    """What can be taken away of the documents shown."""
    found = compared(shown, asked, states, today)
    return tables_targets.target_export(found.matrix, found.outcomes)


@kept()
def matrix(shown: Shown, asked: Choice, states: tuple[str, ...], today: date) -> Markup:
    """Indicators beside documents, markup."""
    found = compared(shown, asked, states, today)
    return tables_targets.matrix_html(found.matrix, found.outcomes)


@kept()
def chart(shown: Shown, asked: Choice, states: tuple[str, ...], today: date, width: int, dark: bool) -> Still:
    """The same on one scale for each unit."""
    drawn = charts_compare.targets_chart(compared(shown, asked, states, today).matrix, width=width, dark=dark)
    return _ui.styled(drawn, dark)


def over_all(held: Collection, base: Choice, rows: tuple[Spread, ...]) -> None:
    """How far apart the targets of all chosen documents lie, one row for each indicator."""
    _ui.section("每个指标定了多少")
    at = _ui.page_within(len(rows), INDICATORS, "indicators")
    _ui.pager(len(rows), at, INDICATORS, key="indicators", unit="个指标")
    page_of_rows = rows[(at - 1) * INDICATORS : at * INDICATORS]
    _ui.html(tables_targets.spread_html(page_of_rows, _choice.address(held, base)))
    _ui.download_row("各指标的目标", lambda: tables_targets.spread_table(rows), key="spread", what=_ui.ALL)


def side_by_side(shown: Shown, asked: Choice, states: tuple[str, ...], today: date) -> None:
    """The matrix and its chart."""
    width, dark = _ui.chart_width(), _ui.is_dark()
    left = compared(shown, asked, states, today).matrix
    _ui.html(matrix(shown, asked, states, today))
    _ui.downloads(table(shown, asked, states, today), key="targets-table")
    if not charts_compare.panels(left):
        return
    _ui.section("同一把尺子上看")
    picked = _ui.figure(
        chart(shown, asked, states, today, width, dark),
        key="targets-chart",
        alt="各文件的数字目标，按计量单位分组，每个目标一点，旁边写明地区、年份和数值",
        table=table(shown, asked, states, today),
        notes=charts_compare.targets_notes(left),
        on_select=True,
    )
    _ui.html(tables_targets.picked_html(left, picked))


def page(held: Collection, today: date) -> None:
    """The answer, over all chosen documents where they are many; then documents side by side."""
    head = st.container()
    with _ui.controls():
        base = _choice.pickers(held)
        before = _choice.shown(base)
        every = compared(before.beyond_tables(), base, (), today).every
        names, years = pipeline.offered_targets(_choice.facets(held), every)
        asked = replace(
            base,
            target_years=_choice.several(
                "目标年", {str(year) if year else NO_YEAR: year for year in years}, key="year", listed=held.large
            ),
            verdicts=_choice.several("状态", WORDS, key="status", listed=held.large, every="不限"),
            indicators=_choice.several("指标", names, key="indicator", listed=True, width=340, every="全部指标"),
        )
        states = _choice.checked_states(every.targets)
    # Of more documents than stand side by side, those without any target have nothing to be compared.
    filtered = asked != base
    choice = base if before.whole else asked if filtered else replace(asked, target_years=years)
    shown = _choice.shown(choice, today)
    answer = compared(shown, asked, states, today)
    rows = () if before.whole else indicator_spread(held, choice, today)
    with head:
        lead = (
            tables_targets.lead(answer.matrix, answer.outcomes, len(answer.every.targets))
            if before.whole
            else tables_targets.spread_lead(
                *(_choice.totals(held, base).documents, shown.chosen.total, _choice.totals(held, base).targets),
                rows,
                filtered=filtered,
            )
        )
        _ui.header("谁定了什么目标？", lead)
    if not answer.matrix.rows:
        _choice.empty(held, asked, ALSO, "没有目标", today, states)
    else:
        if not before.whole:
            over_all(held, base, rows)
            _choice.side_by_side(shown)
        side_by_side(shown, asked, states, today)
    _ui.foot(
        source=source_of_many(shown.chosen.total, held.series),
        notes=(
            "“文件未载”指这份文件没有提到该指标，不等于该省没有；“提到而未定数”指写了名称没有写数字；两者都不是零。",
            "指标按统一名称归并：技术合同成交额、技术合同成交金额是同一指标；技术交易额口径较窄，单列一行。点数字打开原文。",
            f"名称不同的指标分列，不合并、不相加。状态截至{numbers.THIN_SPACE}{numbers.date(today.isoformat())}，按技术输出口径判定。",
        ),
    )


st.html(Path(__file__).with_name("compare.css"))
page(collection(), date.today())
