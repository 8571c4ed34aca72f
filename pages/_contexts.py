"""A word in its contexts on 用词对比: all of them over a few texts, a page at a time over many."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis import pipeline
from analysis.pipeline import Choice, Collection
from analysis.present import tables_wording
from analysis.present.export import Table
from analysis.present.names import document_name
from pages import _pager, _ui
from pages._texts import Texts

SHOWN = 24
MOST = 5_000  # occurrences that one file to download holds
_KEY = "at"


def few(texts: Texts, words: str) -> None:
    """Every occurrence of ``words`` in texts that stand side by side."""
    names = texts.names or {}
    found = pipeline.words_in_context(texts.readings, words)
    if words:
        _ui.html(f'<p class="zh-found">{tables_wording.contexts_summary(words, found)}</p>')
    if not found:
        return
    listed = st.container()
    every = len(found) > SHOWN and st.toggle(f"列出全部 {len(found)} 处", key="all", bind="query-params")
    with listed:
        _ui.html(tables_wording.contexts_html(found if every else found[:SHOWN], names))
        if len(found) > SHOWN and not every:
            _ui.html(
                f'<p class="zh-second">以上是前 {SHOWN}&thinsp;处，共 {len(found)}&thinsp;处；下载的表列出全部。</p>'
            )
    _ui.downloads(tables_wording.contexts_export(words, found, names, texts.source), key="contexts-table")


def many(collection: Collection, texts: Texts, words: str) -> None:
    """The occurrences in what is chosen of a large corpus, newest document first, a page at a time."""
    choice = texts.choice or Choice()
    if not words:
        _ui.html('<p class="zh-empty">输入一个词，或点图上、表里的词，看它在各份文件里的每一处。</p>')
        return
    asked = _pager.page(_KEY)
    total, documents, number, markup = _ui.shared(
        partial(_shown, collection, choice, words, asked), "contexts", choice, words, asked
    )
    _ui.html(f'<p class="zh-found">{tables_wording.many_summary(words, total, documents)}</p>')
    if not total:
        return
    _pager.pager(total, number, SHOWN, key=_KEY, unit="处")
    _ui.html(markup)

    def everything() -> Table:
        found = pipeline.find_words(collection, choice, words, MOST, 0)[2]
        return tables_wording.contexts_export(words, found, _names(collection, found), texts.source)

    what = f"前 {MOST:,} 处" if total > MOST else _ui.ALL
    _ui.download_row(f"上下文-{words[:20]}", everything, key="contexts-table", what=what)


def _shown(collection: Collection, choice: Choice, words: str, number: int) -> tuple[int, int, int, str]:
    total, documents, found = pipeline.find_words(collection, choice, words, SHOWN, (number - 1) * SHOWN)
    if total and not found:  # an address with a page that is no more
        number = -(-total // SHOWN)
        total, documents, found = pipeline.find_words(collection, choice, words, SHOWN, (number - 1) * SHOWN)
    return total, documents, number, tables_wording.contexts_html(found, _names(collection, found))


def _names(collection: Collection, found: tuple[pipeline.Context, ...]) -> dict[str, str]:
    slugs = tuple(dict.fromkeys(hit.document for hit in found))
    return {entry.card.slug: document_name(entry.card) for entry in pipeline.entries(collection, slugs)}
