"""Finding one text among many, on 原文: a box to search by, a list to open from, and the editions of what is open."""

from __future__ import annotations

import streamlit as st

from analysis import pipeline
from analysis.model import Reading
from analysis.present import catalogue
from pages import _corpus, _edition, _pager, _session, _ui
from pages._kept import kept


def pick(collection: pipeline.Collection) -> tuple[tuple[Reading, ...], _edition.Opened] | None:
    """The editions of the text that the address names and what it opens of them.

    None, with the list of texts drawn, while a search is under way or the address names no text.
    """
    wanted = _ui.query("document")
    every = _editions(collection, wanted) if wanted else ()
    with _ui.controls("reader"):
        typed = st.text_input(
            "找文件",
            key="search",
            bind="query-params",
            placeholder="题名、文号、地区或年份，如 四川 2018",
            max_chars=60,
            width=340,
            on_change=_pager.first_page,
        )
        words = (typed or "").strip()
        if every and not words:
            opened = _edition.opened(every)
            _edition.control(wanted, _names(collection, wanted, every), opened[0])
            st.text_input("查找", key="find", bind="query-params", placeholder="输入字词，回车", width=240)
            return every, opened
    if wanted and not every:
        _ui.fault(_session.gone(wanted) or f"语料里没有名为“{wanted[:60]}”的文件，请在下面另找一份。")
    _list(collection, words)
    return None


def _editions(collection: pipeline.Collection, slug: str) -> tuple[Reading, ...]:
    own = tuple(file.reading for file in _session.files() if file.reading.document.id == slug)
    return own or _corpus.full_readings(collection, slug)


def _names(collection: pipeline.Collection, slug: str, every: tuple[Reading, ...]) -> tuple[str, ...]:
    return catalogue.edition_names(every, pipeline.entries(collection, (slug,))) if len(every) > 1 else ()


def _list(collection: pipeline.Collection, words: str) -> None:
    number = _pager.page()
    chosen, markup = shown(collection, words, number)
    _ui.header("读哪一份原文？", catalogue.found(chosen.total, words) if words else catalogue.newest(chosen.total))
    own = [file.reading.document.card for file in _session.files()]
    if own and not words:
        _ui.html(catalogue.own_html(own))
    if chosen.total:
        _pager.pager(chosen.total, chosen.page, pipeline.LISTED)
        _ui.html(markup)
        _ui.foot(source="语料文件夹，各文件的来处见“语料与来源”")


@kept()
def shown(collection: pipeline.Collection, words: str, number: int) -> tuple[pipeline.Chosen, str]:
    """A page of the documents that a search finds, and its markup."""
    chosen, entries = pipeline.catalogue(collection, pipeline.Choice(words=words), number)
    return chosen, catalogue.results_html(entries)
