"""The documents of a large corpus on 语料与来源: searched, a page at a time, each with its files and its reasons."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis import pipeline
from analysis.present import catalogue
from analysis.present.links import page_link
from pages import _originals, _pager, _ui, _whole

SIZE = 20
_KEY = "page"


def panel(collection: pipeline.Collection) -> None:
    """Search box, pager, one row for each document, and all that were found to download."""
    _ui.html("<h2>文件</h2>")
    with _ui.controls("catalogue"):
        typed = st.text_input(
            "查找",
            key="search",
            bind="query-params",
            placeholder="题名、文号或地区，如 四川 2018",
            max_chars=60,
            width=340,
            on_change=_pager.first_page,
        )
    words = (typed or "").strip()
    choice = pipeline.Choice(words=words)
    number = _pager.page(_KEY)
    chosen, markup = _ui.shared(
        partial(_shown, collection, words, number), "catalogue", words, number
    )
    if words:
        _ui.html(f'<p class="zh-found">{catalogue.found(chosen.total, words)}</p>')
    if not chosen.total:
        return
    _pager.pager(chosen.total, chosen.page, SIZE)
    _ui.html(markup)
    _whole.downloads(
        "语料文件登记",
        lambda: catalogue.catalogue_table(pipeline.catalogue(collection, choice, 1, chosen.total)[1]),
        key="cards",
    )


def _shown(collection: pipeline.Collection, words: str, number: int) -> tuple[pipeline.Chosen, str]:
    chosen, entries = pipeline.catalogue(collection, pipeline.Choice(words=words), number, SIZE)
    return chosen, catalogue.entries_html(entries, _address)


def _address(slug: str, edition: int) -> str:
    return page_link(_originals.PATH.lstrip("/"), document=slug, edition=edition)
