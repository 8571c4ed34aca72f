"""Which text 原文 shows: the one that the address names, or that holds the words it cites, and the ways to another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.model import Card, Reading
from analysis.pipeline import Choice, Chosen, Collection
from analysis.present import reader_text, tables_overview, tables_sources
from analysis.present.links import citation_of
from analysis.present.markup import render
from analysis.present.names import short_names
from pages import _check_record, _choice, _corpus, _session, _ui
from pages._kept import kept

Key = TypeVar("Key", str, int)
_DOCUMENT, _EDITION = "reader_document", "reader_edition"  # what is chosen, in the state of the session


_entries = kept(most=32)(pipeline.entries)


@dataclass(frozen=True, slots=True)
class Opened:
    """All editions of a text, the place of the one that is shown, and what people said of its rows.

    ``point`` is what the address points at in it; ``notice`` a sentence where it points at something that is nowhere.
    """

    every: tuple[Reading, ...]
    chosen: int
    said: tuple[pipeline.Check, ...]
    point: reader_text.Focus | None
    notice: str

    @property
    def reading(self) -> Reading:
        """The edition shown."""
        return self.every[self.chosen]

    @property
    def answer_key(self) -> Hashable:
        """What names the text shown and what was said of it, wherever the address points."""
        said = tuple((check.row, check.who, check.when, check.verdict) for check in self.said)
        files = tuple(reading.document.edition.sha256 for reading in self.every)
        return self.reading.document.id, files, self.chosen, said

    @property
    def private(self) -> bool:
        """Whether it is a file of the visitor's own."""
        return self.reading.document.card.own


def pick() -> Opened | None:
    """What the address opens, with the ways to another text above it.

    None while there is none: then the list of texts is drawn, or that there are none.
    """
    collection = _corpus.collection()
    wanted = _ui.query("document")
    every = _editions(collection, wanted) or _elsewhere(collection)
    names = {} if collection.large else short_names([*_cards(collection), *_own()])
    if wanted and not every:
        _ui.fault(_session.gone(wanted) or f"语料里没有名为“{wanted[:60]}”的文件，请在下面另选一份。")
    if names and not every:
        every = _editions(collection, next(iter(names)))
    words = ""
    with _ui.controls("reader"):
        if names:
            _pills("文件", names, every[0].document.id, _open)
        elif collection.large:
            words = _choice.searched("找文件", "题名、文号、地区或年份，如 四川 2018", 340)
        if every and not words:
            chosen, point, notice = reader_text.focus(every, _asked(len(every)), _ui.query)
            if len(every) > 1:
                slug = every[0].document.id
                labels = tables_sources.edition_names(every, _entries(collection, (slug,)))
                _pills("版本", dict(enumerate(labels)), chosen, _open_edition, slug)
            st.text_input("查找", key="find", bind="query-params", placeholder="输入字词，回车", width=240)
            return Opened(every, chosen, () if chosen else _check_record.said_of(every[0]), point, notice)
    if collection.large:
        _list(collection, words)
    else:
        _ui.fault(tables_overview.NOTHING_READ)
    return None


def _own() -> list[Card]:
    return [file.reading.document.card for file in _session.files()]


@kept()
def _cards(collection: Collection) -> tuple[Card, ...]:
    """The documents of a small corpus."""
    return tuple(entry.card for entry in pipeline.catalogue(collection, Choice(), 1)[1])


def _editions(collection: Collection, slug: str) -> tuple[Reading, ...]:
    own = tuple(file.reading for file in _session.files() if file.reading.document.id == slug)
    return own or (_corpus.full_readings(collection, slug) if slug else ())


def _elsewhere(collection: Collection) -> tuple[Reading, ...]:
    """The text that the cited words now stand in, where the one that the address names is gone."""
    citation = citation_of(_ui.query)
    if citation is None:
        return ()
    own = pipeline.cited_among([file.reading for file in _session.files()], citation)
    return (own,) if own else _corpus.cited_elsewhere(collection, citation)


def _asked(editions: int) -> int:
    """The place of the edition that the address asks for, from 0 on; the first one, said so, where it has none such."""
    said = _ui.query("edition", "1")
    chosen = int(said) - 1 if said.isdecimal() and len(said) < 4 else -1
    if 0 <= chosen < editions:
        return chosen
    _ui.fault(f"这份文件没有第“{said[:20]}”个版本，下面显示第 1 个。")
    return 0


def _pills(label: str, names: Mapping[Key, str], chosen: Key, on_change: Callable[..., None], *args: str) -> None:
    """A row of names, of which the address has chosen one."""
    key = _DOCUMENT if label == "文件" else _EDITION
    st.session_state[key] = chosen
    st.segmented_control(
        label, list(names), format_func=names.__getitem__, key=key, on_change=on_change, args=args, required=True
    )


def _open() -> None:
    """Another text: what pointed into the old one goes from the address."""
    checking = {"check": _check_record.FIRST} if _ui.query("check") else {}
    st.query_params.from_dict({"document": st.session_state[_DOCUMENT]} | checking)


def _open_edition(slug: str) -> None:
    """Another edition of the same text; offsets differ, so what pointed into the old one goes from the address."""
    st.query_params.from_dict({"document": slug, "edition": str(st.session_state[_EDITION] + 1)})


def _list(collection: Collection, words: str) -> None:
    chosen, markup = shown(collection, words, _ui.page_number())
    _ui.header("读哪一份原文？", render("sources.found", total=chosen.total, words=words))
    own = _own()
    if own and not words:
        _ui.html(render("sources.own", cards=own))
    if chosen.total:
        _ui.pager(chosen.total, chosen.page, pipeline.LISTED)
        _ui.html(markup)
        _ui.foot(source="语料文件夹，各文件的来处见“语料与来源”")


@kept()
def shown(collection: Collection, words: str, number: int) -> tuple[Chosen, Markup]:
    """A page of the documents that a search finds, and its markup."""
    chosen, entries = pipeline.catalogue(collection, Choice(words=words), number)
    return chosen, tables_sources.results_html(entries)
