"""目标对比: who set which targets, side by side, each leading to its words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import Corpus, Verdict
from analysis.present import charts_targets, numbers, overview, spread, tables_targets
from analysis.present import choice as choice_words
from analysis.present.names import place, source
from analysis.wording import VERDICTS
from pages import _checked, _choice, _kinds, _pager, _ui

QUESTION = "谁定了什么目标？"
# None chosen means all.
CHOICE: dict[str, Any] = {"selection_mode": "multi", "bind": "query-params", "wrap": True}
NO_YEAR = "未写年份"
INDICATORS = 12  # rows of the table over all documents
OFFERED = 300  # indicators to pick from, the most frequent ones; a link may name any other

st.html(Path(__file__).with_name("compare.css"))
today = date.today()
words = {VERDICTS[verdict]: verdict for verdict in Verdict}


def few() -> None:
    """All documents side by side."""
    if not _ui.corpus().readings:
        _ui.header(QUESTION, overview.NOTHING_READ)
        return
    head = st.container()
    controls = _ui.controls()
    with controls:
        corpus = _kinds.counted(_ui.corpus())
    matrix = pipeline.target_comparison(corpus)
    verdicts = pipeline.target_verdicts(corpus, today)
    places = list(dict.fromkeys(place(card) for card in matrix.cards))
    names = {row.name: row.key for row in matrix.rows}
    years = {str(year) if year else NO_YEAR: year for year in pipeline.target_years(matrix)}
    with controls:
        chosen_places = st.pills("省份", places, key="province", **CHOICE)
        chosen_years = st.pills("目标年", list(years), key="year", **CHOICE)
        chosen_words = st.pills("状态", list(words), key="status", **CHOICE)
        chosen_names = st.multiselect(
            "指标",
            list(names),
            placeholder="全部指标",
            select_all=False,
            key="indicator",
            bind="query-params",
            width=340,
        )
        chosen_checks = _checked.chosen(matrix.targets)
    shown = pipeline.choose_targets(
        matrix,
        verdicts,
        documents={card.slug for card in matrix.cards if not chosen_places or place(card) in chosen_places},
        indicator_keys={names[name] for name in chosen_names},
        years={years[name] for name in chosen_years},
        statuses={words[name] for name in chosen_words},
        marks=_checked.marks(chosen_checks),
    )
    with head:
        _ui.header(QUESTION, tables_targets.lead(shown, verdicts, len(matrix.targets)))
    if not shown.rows:
        _ui.html('<p class="zh-empty">没有目标同时满足所选的省份、目标年、状态和指标，请去掉其中一项。</p>')
    else:
        filters = (chosen_places, chosen_years, chosen_words, chosen_names, chosen_checks)
        side_by_side(shown, verdicts, today, len(matrix.cards), *(tuple(each) for each in filters))
    foot(source(shown.cards or matrix.cards))


def many(collection: pipeline.Collection) -> None:
    """The answer over all chosen documents, then a page of them side by side."""
    head = st.container()
    offer = _choice.facets(collection)
    years = {str(year) if year else NO_YEAR: year for year, _ in offer.target_years}
    every = {name: key for key, name, _ in offer.indicators}
    linked = [name for name in st.query_params.get_all("indicator") if name in every]
    names = list(dict.fromkeys([*list(every)[:OFFERED], *linked]))
    with _ui.controls():
        base = _choice.pickers(collection)
        chosen_names = st.multiselect("指标", names, placeholder="全部指标", key="indicator", width=420, **_choice.MANY)
        chosen_years = st.multiselect("目标年", list(years), placeholder="全部", key="year", width=230, **_choice.MANY)
        chosen_words = st.multiselect("状态", list(words), placeholder="不限", key="status", width=230, **_choice.MANY)
    asked = replace(
        base,
        indicators=tuple(every[name] for name in chosen_names),
        target_years=tuple(years[name] for name in chosen_years),
        verdicts=tuple(words[name] for name in chosen_words),
    )
    filtered = bool(chosen_names or chosen_years or chosen_words)
    # Documents without any target have nothing to set side by side.
    choice = asked if filtered else replace(asked, target_years=tuple(years.values()))
    shown = _choice.part(collection, choice, today)
    rows = _ui.shared(lambda: pipeline.indicator_spread(collection, choice, today), "spread", choice, today)
    totals = _choice.totals(collection, base)
    answer = spread.lead(totals.documents, shown.chosen.total, totals.targets, rows, filtered=filtered)
    with head:
        _ui.header(QUESTION, answer)
    if not shown.chosen.total:
        also = {"indicators": "指标", "target_years": "目标年", "verdicts": "状态"}
        _choice.empty(collection, asked, also, "没有目标", today)
        return
    _ui.html("<h2>每个指标定了多少</h2>")
    at = min(_pager.page("indicators"), -(-len(rows) // INDICATORS))
    _pager.pager(len(rows), at, INDICATORS, key="indicators", unit="个指标")
    page_of_rows = rows[(at - 1) * INDICATORS : at * INDICATORS]
    _ui.html(spread.spread_html(page_of_rows, _choice.address(collection, base)))
    _ui.download_row("各指标的目标", lambda: spread.spread_table(rows), key="spread", what=_ui.ALL)

    _ui.html(f"<h2>逐份并排</h2><p>{choice_words.beside(shown.chosen, shown.own)}</p>")
    _pager.pager(shown.chosen.total, shown.chosen.page, pipeline.SIDE_BY_SIDE)
    matrix, verdicts = shown.once(lambda: compared(shown.corpus(), asked), "targets")
    side_by_side(matrix, verdicts, today, choice, shown.chosen.page)
    foot(choice_words.source(shown.chosen.total, collection.series))


def compared(corpus: Corpus, choice: pipeline.Choice) -> tuple[Any, Any]:
    """The matrix of the documents shown, with what the filters leave of their targets, and the verdicts."""
    matrix = pipeline.target_comparison(corpus)
    verdicts = pipeline.target_verdicts(corpus, today)
    left = pipeline.choose_targets(
        matrix,
        verdicts,
        documents={card.slug for card in matrix.cards},
        indicator_keys=choice.indicators,
        years=choice.target_years,
        statuses=choice.verdicts,
    )
    return left, verdicts


def side_by_side(matrix: Any, verdicts: Mapping[Any, Any], *key: Hashable) -> None:
    """The matrix and its chart; ``key`` names them for what all visitors share."""
    width, dark = _ui.chart_width(), _ui.is_dark()
    table = _ui.shared(lambda: tables_targets.target_export(matrix, verdicts), "targets table", *key, own=True)
    _ui.html(_ui.shared(lambda: tables_targets.matrix_html(matrix, verdicts), "targets matrix", *key, own=True))
    _ui.downloads(table, key="targets-table")
    if not charts_targets.panels(matrix):
        return
    _ui.html("<h2>同一把尺子上看</h2>")
    picked = _ui.figure(
        lambda: charts_targets.targets_chart(matrix, width=width, dark=dark),
        key="targets-chart",
        alt="各文件的数字目标，按计量单位分组，每个目标一点，旁边写明地区、年份和数值",
        table=table,
        notes=charts_targets.notes(matrix),
        on_select=True,
        kept=(width, *key),
    )
    if words_picked := tables_targets.picked_html(matrix, picked):
        _ui.html(words_picked)


def foot(said: str) -> None:
    """Source and notes."""
    _ui.foot(
        source=said,
        notes=(
            "“文件未载”指这份文件没有提到该指标，不等于该省没有；“提到而未定数”指写了名称没有写数字；两者都不是零。",
            "指标按统一名称归并：技术合同成交额、技术合同成交金额是同一指标；技术交易额口径较窄，单列一行。点数字打开原文。",
            f"名称不同的指标分列，不合并、不相加。状态截至{numbers.THIN_SPACE}{numbers.date(today.isoformat())}，按技术输出口径判定。",
        ),
    )


opened = _ui.collection()
if opened.large:
    many(opened)
else:
    few()
