"""总览: what is in the corpus, and which differences to know first."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis import pipeline
from analysis.present import choice as choice_words
from analysis.present import overview, regions
from pages import _choice, _kinds, _pager, _shared, _ui

QUESTION = "各地技术转移政策有什么不同？"
SIZE = 10  # documents of a large corpus in one list: their rows are tall
NOTES = (
    "“单项最高”是一份合同、一个项目或一次给付能拿到的最大金额，不含只写比例的。“全文未写”“没有写金额”指文件里没有，不等于该省没有。",
    "点数字和引文打开原文，所指的字句已标出。",
)
today = date.today()


def few() -> None:
    """Every document of the corpus in one table."""
    head = st.container()
    corpus = _ui.corpus()
    if pipeline.left_out(corpus):
        with _ui.controls("kinds"):
            corpus = _kinds.counted(corpus)
    view = pipeline.corpus_overview(corpus, today)
    with head:
        _ui.header(QUESTION, overview.lead(view))
    for each in corpus.faults:
        _ui.fault(each.message)
    if view.rows:
        _ui.html(overview.documents_html(view, lambda card: overview.of_region(card) | _kinds.address()))
        _ui.downloads(overview.export_table(view), key="overview")
        first = overview.differences_html(view)
        if first:
            _ui.html(f"<h2>先看这几处</h2>{first}")
    _ui.foot(source=overview.source(corpus), notes=NOTES)


def many(collection: pipeline.Collection) -> None:
    """What is chosen of a large corpus: by region, then a page of documents and how these differ."""
    head = st.container()
    with _ui.controls():
        choice = _choice.pickers(collection)
    by_place = len(choice.provinces) == 1
    rows = _shared.once(
        lambda: pipeline.region_table(collection, choice, by_place=by_place), "regions", collection.digest, choice
    )
    shown = _choice.part(collection, choice, today, SIZE)
    view = shown.once(lambda: pipeline.corpus_overview(shown.corpus(), today), "overview")
    totals = _choice.totals(collection, choice)
    with head:
        names = _choice.address(collection, choice)["province"] if by_place else [row.name for row in rows if row.name]
        _ui.header(QUESTION, regions.lead(totals, collection.documents, names, overview.series_words(view)))
    for each in collection.faults:
        _ui.fault(each.message)
    if not shown.chosen.total:
        _choice.empty(collection, choice, {})
        return
    _ui.html(f"<h2>{'各市县' if by_place else '各地'}有多少</h2>")
    _ui.html(regions.regions_html(rows, _choice.address(collection, choice), by_place=by_place))
    _ui.downloads(regions.regions_table(rows, by_place), key="regions")
    _ui.html("<h2>文件</h2>")
    _pager.pager(shown.chosen.total, shown.chosen.page, SIZE)
    _ui.html(shown.once(lambda: overview.documents_html(view, regions.of_document), "rows"))
    _ui.downloads(overview.export_table(view), key="overview")
    first = shown.once(lambda: overview.differences_html(view, brief=True), "differences")
    if first:
        _ui.html(f"<h2>这一页的文件，先看这几处</h2>{first}")
    _ui.foot(source=choice_words.source(totals.documents, collection.series), notes=NOTES)


opened = _ui.collection()
if opened.large:
    many(opened)
else:
    few()
