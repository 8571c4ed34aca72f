"""总览: what is in the corpus, and which differences to know first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.pipeline import Choice, Collection, Overview, TrendView
from analysis.present import charts_overview, tables_overview
from analysis.present.markup import render
from analysis.present.names import source_of_many
from pages import _choice, _corpus, _ui
from pages._corpus import Shown
from pages._kept import kept

SIZE = 12  # documents in one list

region_table = kept()(pipeline.region_table)


@kept()
def glance(shown: Shown, today: date) -> Overview:
    """The documents shown at a glance."""
    return pipeline.corpus_overview(shown.corpus(), today)


@kept()
def documents(shown: Shown, today: date, reports: bool) -> Markup:
    """One row for each document, markup; its links leave the document alone, or its region where few are open."""
    view = glance(shown, today)
    if shown.collection.large:
        return tables_overview.documents_html(view, tables_overview.of_document)
    asked = {"news": "true"} if reports else {}
    return tables_overview.documents_html(view, lambda card: tables_overview.of_region(card) | asked)


@kept()
def differences(shown: Shown, today: date) -> Markup:
    """Where the documents shown differ most, markup."""
    return tables_overview.differences_html(glance(shown, today), brief=not shown.whole)


@kept()
def contract_targets(shown: Shown, today: date) -> tuple[dict[str, str], TrendView]:
    """What the regions of the documents shown aimed at, and what came of it."""
    return pipeline.contract_targets(shown.corpus(), today)


@kept()
def targets_picture(shown: Shown, today: date, width: int, dark: bool) -> Markup:
    """The same as a picture, markup."""
    regions_shown, view = contract_targets(shown, today)
    return charts_overview.targets_chart(view, regions_shown, width, dark)


def targets_panels(shown: Shown, today: date) -> None:
    """Contract value and targets, a panel for each region; nothing where there is nothing to draw."""
    if picture := targets_picture(shown, today, _ui.chart_width(), _ui.is_dark()):
        regions_shown, view = contract_targets(shown, today)
        heading = charts_overview.targets_heading(view, regions_shown)
        _ui.section(heading)
        table = charts_overview.targets_table(view, heading)
        _ui.drawing(picture, key="aims", table=table, notes=charts_overview.targets_notes(view))


@kept()
def regions(held: Collection, choice: Choice, by_place: bool) -> Markup:
    """How much there is of the chosen documents in each region, markup."""
    rows = region_table(held, choice, by_place=by_place)
    return tables_overview.regions_html(rows, _choice.address(held, choice), by_place=by_place)


@kept()
def tiles(held: Collection, choice: Choice, width: int, dark: bool) -> Markup:
    """The same as a picture of the provinces, markup."""
    rows = region_table(held, choice, by_place=False)
    return charts_overview.tiles_chart(rows, _choice.address(held, choice), width, dark)


def by_region(held: Collection, choice: Choice) -> None:
    """How much there is of all chosen documents, region by region."""
    by_place = len(choice.provinces) == 1
    rows = region_table(held, choice, by_place=by_place)
    table = tables_overview.regions_table(rows, by_place)
    if by_place:
        _ui.section("各市县有多少")
    else:
        heading = charts_overview.tiles_heading(rows)
        _ui.section(heading)
        picture = tiles(held, choice, _ui.chart_width(), _ui.is_dark())
        _ui.drawing(picture, key="tiles", table=replace(table, title=heading), notes=charts_overview.tiles_notes(rows))
    _ui.html(regions(held, choice, by_place))
    if by_place:
        _ui.downloads(table, key="regions")
    _ui.section("文件")


def lead(held: Collection, choice: Choice, shown: Shown, view: Overview) -> str:
    """How much there is to read, markup."""
    if shown.whole:
        return tables_overview.lead(view, held.documents + len(shown.own))
    if len(choice.provinces) == 1:
        names = _choice.address(held, choice)["province"]
    else:
        names = [row.name for row in region_table(held, choice, by_place=False) if row.name]
    return tables_overview.regions_lead(
        _choice.totals(held, choice), held.documents, names, tables_overview.series_words(view)
    )


def page(held: Collection, today: date) -> None:
    """The answer; by region where documents are many; then each document, and how they differ."""
    head = st.container()
    with _ui.controls():
        choice = _choice.pickers(held)
    shown = _choice.shown(choice, today, SIZE)
    view = glance(shown, today)
    with head:
        _ui.header("各地技术转移政策有什么不同？", lead(held, choice, shown, view))
    for each in _corpus.faults():
        _ui.fault(each.message)
    if held.unread:
        _ui.html(render("sources.unread_note", total=held.unread))
    if not view.rows:
        _choice.empty(held, choice, {})
        return
    if shown.whole:
        targets_panels(shown, today)
    else:
        by_region(held, choice)
        _ui.pager(shown.chosen.total, shown.chosen.page, SIZE)
    _ui.html(documents(shown, today, bool(st.session_state.get("news"))))
    _ui.downloads(tables_overview.export_table(view), key="overview")
    if first := differences(shown, today):
        _ui.section("先看这几处" if shown.whole else "这一页的文件，先看这几处", first)
    _ui.foot(
        source=source_of_many(shown.chosen.total, held.series),
        notes=(
            "“单项最高”是一份合同、一个项目或一次给付能拿到的最大金额，不含只写比例的。“全文未写”“没有写金额”"
            "指文件里没有，不等于该省没有。",
            "点数字和引文打开原文，所指的字句已标出。",
        ),
    )


page(_corpus.collection(), date.today())
