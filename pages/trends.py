"""趋势与目标: what was aimed at and what came of it, on one chart, for any province."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis import pipeline
from analysis.model import Corpus, TextKind
from analysis.present import charts_trend, own_files, tables_trend, trend_answer, trend_choice
from pages import _choice, _kinds, _pager, _session, _ui

BASES = {"输出": "output", "吸纳": "absorbed", "净输出": "net"}
MEASURES = {"成交额": "value", "合同数": "contracts", "每项金额": "per_contract"}
FIRST = 3  # regions of a large corpus to begin with


def some(
    collection: pipeline.Collection, regions: tuple[str, ...], number: int, kinds: tuple[TextKind, ...]
) -> tuple[pipeline.Chosen, int, Corpus]:
    """A page of the documents of these regions, how many there are of their cities, and what is read of that page."""
    shown = pipeline.documents_on_trend(collection, regions, number, kinds)
    part = pipeline.part_with_checks(collection, pipeline.part(collection, shown.documents), _ui.checks())
    return shown, pipeline.cities_on_trend(collection, regions, kinds), part


collection = _ui.collection()
head = st.container()
controls = _ui.controls()
if collection.large:
    with controls:
        kinds = _choice.counted(collection)
    own, others = _ui.shared(lambda: pipeline.collection_regions(collection, kinds), "trend regions", kinds)
else:
    with controls:
        corpus = _kinds.counted(_ui.corpus())
    own, others = pipeline.trend_regions(corpus)
codes = {name: code for code, name in (*own, *others)}

with controls:
    if collection.large:
        chosen = st.multiselect(
            "省份",
            list(codes),
            default=[name for _, name in own[:FIRST]],
            placeholder="选一个或几个省份",
            select_all=False,
            key="region",
            bind="query-params",
            width=560,
            on_change=_pager.first_page,
        )
        added = []
    else:
        chosen = st.pills(
            "省份",
            [name for _, name in own],
            selection_mode="multi",
            default=[name for _, name in own],
            key="region",
            bind="query-params",
        )
        added = st.multiselect(
            "添加",
            [name for _, name in others],
            placeholder="＋ 其他省份",
            select_all=False,
            key="add",
            bind="query-params",
            width=300,
        )
    # An address with an empty value leaves a choice empty that must not be.
    basis = st.pills("口径", list(BASES), default="输出", required=True, key="basis", bind="query-params") or "输出"
    measure = (
        st.pills("指标", list(MEASURES), default="成交额", required=True, key="measure", bind="query-params")
        or "成交额"
    )
    scale = (
        st.pills("刻度", ["对数", "线性"], default="对数", required=True, key="scale", bind="query-params") or "对数"
    )
    ahead = st.pills("外推", ["关", "开"], default="关", required=True, key="extrapolate", bind="query-params") or "关"
    written = st.text_input(
        "截至", placeholder=date.today().isoformat(), key="asof", bind="query-params", width=150, max_chars=10
    )

as_of, problem = trend_answer.as_of(written, date.today())
if problem:
    _ui.fault(problem)
regions = tuple(codes[name] for name in (*chosen, *added))
number = _pager.page()
if collection.large:
    shown, below, part = _ui.shared(lambda: some(collection, regions, number, kinds), "trend", *regions, number, kinds)
    corpus = _session.with_own(part)
asked = (*regions, number, len(corpus.readings), basis, measure, as_of.isoformat(), ahead)
view = _ui.shared(
    lambda: pipeline.trend_view(
        corpus,
        regions,
        basis=BASES[basis],
        measure=MEASURES[measure],
        as_of=as_of,
        extrapolate=ahead == "开",
    ),
    "trend view",
    *asked,
    own=True,
)
with head:
    _ui.header("目标定了多少，后来做到多少？", trend_answer.answer_html(view))

if collection.large:
    _ui.html(trend_choice.shown_html(shown, below, [name for name in chosen if codes[name] not in dict(own)]))
    _pager.pager(shown.total, shown.page, pipeline.SIDE_BY_SIDE)
if elsewhere := own_files.without_region(corpus):
    _ui.small_print([elsewhere])

if any(line.observations for line in view.lines):
    log = scale == "对数" and charts_trend.positive(view)
    width, dark = _ui.chart_width(), _ui.is_dark()
    chart = _ui.shared(
        lambda: charts_trend.trend_chart(view, width=width, log=log, dark=dark),
        "trend chart",
        *asked,
        width,
        log,
        dark,
        own=True,
    )
    axis = trend_answer.axis(view, asked_log=scale == "对数", log=log)
    _ui.html(f'<p class="zh-second">{axis}</p>')
    picked = _ui.figure(
        chart.figure,
        key="trend-chart",
        alt=trend_answer.alt(view),
        table=tables_trend.series_table(view),
        notes=trend_answer.notes(view, chart.hidden_years, chart.unlabelled, chart.unnamed),
        on_select=True,
        kept=(*asked, width, log),
    )
    for row in charts_trend.picked(chart, picked):
        _ui.html(tables_trend.quote_html(row, view))
elif view.lines or view.issues:
    _ui.html('<p class="zh-empty">这个口径没有这项指标的数据，请换一个口径或指标。</p>')

if view.lines or view.issues:
    _ui.html("<h2>每个目标与后来的数字</h2>")
    _ui.html(tables_trend.targets_html(view))
    if view.rows:
        _ui.downloads(tables_trend.target_table(view), key="trend-targets")
    _ui.html(trend_answer.foot_html(view, corpus.series))
