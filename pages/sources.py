"""语料与来源: cards, definitions, coverage, faults, and how well the texts were read."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis import pipeline
from analysis.model import Corpus
from analysis.present import catalogue, charts_coverage, sources
from analysis.present.names import document_name
from pages import _catalogue, _session, _ui, _unread, _upload

QUESTION = "这些数字从哪里来，读得准不准？"


def few(corpus: Corpus) -> None:
    """A corpus that is read from its cards: faults, own files, and every card with what it says."""
    cards = [reading.document.card for reading in corpus.readings]
    _ui.header(QUESTION, sources.lead(corpus, result))
    if corpus.faults:
        _ui.html(sources.faults_html(corpus.faults))
    _upload.panel(_session.known_in(corpus))
    if cards:
        _ui.html(f"<h2>文件</h2>{sources.cards_html(cards)}")
        _ui.downloads(sources.cards_table(cards), key="cards")
        with st.container(horizontal=True, key="downloads-originals", gap="small", vertical_alignment="center"):
            _ui.html_inline('<span class="zh-downloads-label"><strong>下载</strong> 原文</span>')
            for card in cards:
                for edition in card.editions:
                    data = _ui.shared(
                        partial(pipeline.original_file, collection, card.slug, edition), "original", edition.sha256
                    )
                    if data is not None:
                        _ui.download(f"{document_name(card)} {edition.label}", data, edition.file, "text/plain")


def many() -> None:
    """A corpus of any size: what could not be read, own files, and the documents a page at a time."""
    totals = _ui.shared(lambda: pipeline.totals(collection), "totals")
    _ui.header(QUESTION, catalogue.lead(totals, result))
    if collection.faults:
        _ui.html(sources.faults_html(collection.faults))
    _unread.panel(collection)
    _catalogue.panel(collection)
    _upload.panel(partial(pipeline.title_of, collection))


collection = _ui.collection()
result = _ui.score()
corpus = _ui.shared_corpus()
if collection.large:
    many()
else:
    few(corpus)

if result is not None:
    _ui.html(sources.score_html(result))

if corpus.series is not None:
    names = {series: name for series, name, _ in corpus.series.definitions}
    held = _ui.shared(lambda: pipeline.series_coverage(corpus), "coverage")
    _ui.html(sources.series_html(corpus.series))
    _ui.html("<h3>哪些地方、哪些年份有数据</h3>")
    _ui.figure(
        lambda: charts_coverage.coverage_chart(held, names, dark=_ui.is_dark()),
        key="coverage",
        alt="方格图：各地区各年份有哪些口径的数据",
        table=_ui.shared(partial(charts_coverage.coverage_table, held, names, corpus.series.title), "coverage table"),
        notes=(charts_coverage.key(),),
        kept=(),
    )
    _ui.html(sources.series_sources_html(corpus.series))
_ui.foot(source="各文件卡片与数据卡片，随语料一起保存", notes=())
