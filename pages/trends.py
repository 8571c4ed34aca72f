"""趋势与目标: which targets were set and what came of them, on one chart, for any province."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis import pipeline
from analysis.pipeline import Choice, Collection, TrendView
from analysis.present import charts_trend, tables_sources, tables_trend
from analysis.present.charts_trend import TrendChart
from analysis.present.markup import render
from pages import _choice, _corpus, _ui
from pages._corpus import Shown
from pages._kept import kept
from pages._ui import Still

BASES = {"输出": "output", "吸纳": "absorbed", "净输出": "net"}
MEASURES = {"成交额": "value", "合同数": "contracts", "每项金额": "per_contract"}
FIRST = 3  # regions of a large corpus to begin with


# Regions by code, basis, measure, whether lines go on, and the day. No class of this script: a class is made anew for
# every click, and a kept answer would never be found again.
Asked = tuple[tuple[str, ...], str, str, bool, date]


@kept()
def offered(before: Shown, base: Choice) -> tuple[dict[str, str], dict[str, str]]:
    """Name and code of the regions to begin with, and of all others."""
    shown = before.corpus() if before.whole else before.brought()
    own, others = pipeline.trend_regions(before.collection, shown, base)
    return {name: code for code, name in own}, {name: code for code, name in others}


cities_on_trend = kept()(pipeline.cities_on_trend)
regions_with_targets = kept()(pipeline.regions_with_targets)


@kept()
def answered(shown: Shown, asked: Asked) -> TrendView:
    """Lines and targets of the documents shown."""
    regions, basis, measure, ahead, as_of = asked
    return pipeline.trend_view(
        shown.corpus(), regions, basis=BASES[basis], measure=MEASURES[measure], as_of=as_of, extrapolate=ahead
    )


@kept()
def chart(shown: Shown, asked: Asked, width: int, log: bool, dark: bool) -> tuple[TrendChart, Still]:
    """What is drawn, and the same in the product's style."""
    made = charts_trend.trend_chart(answered(shown, asked), width=width, log=log, dark=dark)
    return made, _ui.styled(made.figure, dark)


def regions_asked(held: Collection, own: dict[str, str], others: dict[str, str]) -> tuple[str, ...]:
    """The names of the regions chosen, drawn where it is called."""
    if held.large:
        return tuple(
            st.multiselect(
                "省份",
                [*own, *others],
                default=list(own)[:FIRST],
                placeholder="选一个或几个省份",
                select_all=False,
                key="region",
                bind="query-params",
                width=560,
                on_change=_ui.first_page,
            )
        )
    chosen = st.pills("省份", list(own), selection_mode="multi", default=list(own), key="region", bind="query-params")
    added = st.multiselect(
        "添加", list(others), placeholder="＋ 其他省份", select_all=False, key="add", bind="query-params", width=300
    )
    return (*chosen, *added)


def one_of(label: str, options: list[str], key: str) -> str:
    """What is chosen; the first option where an address leaves empty what must not be."""
    chosen = st.pills(label, options, default=options[0], required=True, key=key, bind="query-params")
    return chosen or options[0]


def drawn(shown: Shown, asked: Asked, view: TrendView, wanted_log: bool) -> None:
    """The chart with its axis said above, and the words of the targets clicked."""
    log = wanted_log and charts_trend.positive(view)
    made, still = chart(shown, asked, _ui.chart_width(), log, _ui.is_dark())
    _ui.say(tables_trend.axis(view, asked_log=wanted_log, log=log), "zh-second")
    picked = _ui.figure(
        still,
        key="trend-chart",
        alt=tables_trend.alt(view),
        table=tables_trend.series_table(view),
        notes=tables_trend.notes(view, made.hidden_years, made.unlabelled, made.unnamed),
        on_select=True,
    )
    for row in charts_trend.picked(made, picked):
        _ui.html(render("trends.quote", row=row, document=view.name_of(row.document)))


def page(held: Collection, today: date) -> None:
    """The answer, the chart, and each target with what came of it."""
    head = st.container()
    with _ui.controls():
        base = _choice.counted(held, Choice())
        before = _choice.shown(base)
        own, others = offered(before, base)
        names = regions_asked(held, own, others)
        basis = one_of("口径", list(BASES), "basis")
        measure = one_of("指标", list(MEASURES), "measure")
        scale = one_of("刻度", ["对数", "线性"], "scale")
        ahead = one_of("外推", ["关", "开"], "extrapolate")
        written = st.text_input(
            "截至", placeholder=today.isoformat(), key="asof", bind="query-params", width=150, max_chars=10
        )
    as_of, problem = tables_trend.as_of(written, today)
    if problem:
        _ui.fault(problem)
    codes = own | others
    regions = tuple(codes[name] for name in names)
    # Of more documents than stand side by side, those are shown that set a target on contract value.
    shown = before if before.whole else _choice.shown(pipeline.on_trend(regions, base))
    asked = (regions, basis, measure, ahead == "开", as_of)
    view = answered(shown, asked)
    with head:
        _ui.header("目标定了多少，后来做到多少？", tables_trend.answer_html(view))

    if not before.whole:
        with_targets = regions_with_targets(held, base)
        silent = [name for name in names if codes[name] not in with_targets]
        _ui.html(tables_trend.shown_html(shown.chosen, cities_on_trend(held, regions, base), silent))
        _ui.pager(shown.chosen.total, shown.chosen.page, held.side_by_side)
    if elsewhere := tables_sources.without_region(shown.corpus()):
        _ui.small_print([elsewhere])

    if any(line.observations for line in view.lines):
        drawn(shown, asked, view, scale == "对数")
    elif view.lines or view.issues:
        _ui.empty("这个口径没有这项指标的数据，请换一个口径或指标。")

    if view.lines or view.issues:
        _ui.section("每个目标与后来的数字")
        _ui.html(tables_trend.targets_html(view))
        if view.rows:
            _ui.downloads(tables_trend.target_table(view), key="trend-targets")
        _ui.html(tables_trend.foot_html(view, held.series))


page(_corpus.collection(), date.today())
