"""The two versions that 新旧对照 holds against each other: documents of the corpus, or files of the visitor's own.

A file that is dropped here is read in a process of its own and stays in the memory of this browser session alone. It
belongs to this page: the pages that compare texts do not see it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import Card, InputError
from analysis.pipeline import Collection, Comparison, Draft
from analysis.present import version_table
from analysis.present.names import short_names
from pages import _choice, _corpus, _files, _session, _ui
from pages._kept import forget_private, kept

OLD, NEW = "old", "new"  # the sides, as the address and the state of the session name them
NAMES = {OLD: "旧稿", NEW: "新稿"}
_OFFERED = 300  # documents of a large corpus to pick from; a link may name any other
MOST_CHARACTERS = 300_000  # of one file


@dataclass(frozen=True, slots=True)
class Version:
    """One side: a draft, what names it, and whether it is the visitor's own."""

    draft: Draft
    key: Hashable
    private: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """Both sides."""

    old: Version
    new: Version

    @property
    def answer_key(self) -> Hashable:
        """What names them both."""
        return self.old.key, self.new.key

    @property
    def private(self) -> bool:
        """Whether one of them is the visitor's own."""
        return self.old.private or self.new.private


@kept(most=16)
def compared(versions: Versions) -> Comparison:
    """What became of each provision. Raises ``InputError`` where that takes too long."""
    return pipeline.compare_drafts(versions.old.draft, versions.new.draft)


@kept(most=16)
def word_file(versions: Versions) -> bytes:
    """新旧条文对照表 for Word."""
    return version_table.to_docx(compared(versions))


@kept(most=16)
def excel_file(versions: Versions) -> bytes:
    """The same for Excel."""
    return version_table.workbook(compared(versions))


def offered(held: Collection) -> dict[str, str]:
    """The documents to pick from, slug -> name: those of the corpus, those that the address names, one's own."""
    cards = [*_cards(held), *(file.reading.document.card for file in _session.files())]
    known = {card.slug for card in cards}
    asked = tuple(slug for side in NAMES if (slug := _ui.query(side)) and slug not in known)
    cards += [entry.card for entry in pipeline.entries(held, asked)] if asked else []
    return short_names(cards)


@kept()
def _cards(held: Collection) -> tuple[Card, ...]:
    chosen = _choice.unasked(held)
    return tuple(entry.card for entry in pipeline.catalogue(held, chosen, 1, _OFFERED)[1])


@kept()
def example(held: Collection) -> tuple[str, str] | None:
    """An earlier and a later document of one place, to begin with; None where no place has two."""
    cards = sorted(_cards(held), key=lambda card: (card.region_code or "", card.counted_year or 0))
    for one, other in pairwise(cards):
        if one.region_code and one.region_code == other.region_code and one.counted_year != other.counted_year:
            return one.slug, other.slug
    return None


def side(name: str, documents: dict[str, str]) -> Version | None:
    """The version on one side, with the ways to choose it drawn where it is called; None while there is none."""
    brought: Version | None = st.session_state.get(_brought(name))
    if brought is not None:
        with st.container(horizontal=True, key=f"brought-{name}", gap="medium", vertical_alignment="center"):
            _ui.html_inline(version_table.brought_html(NAMES[name], brought.draft.name, len(brought.draft.received)))
            st.button("移除", key=f"remove-{name}", type="tertiary", on_click=_remove, args=(name,))
        return brought
    chosen = _ui.query(name)
    if chosen and chosen not in documents:
        _ui.fault(_session.gone(chosen) or f"语料里没有名为“{chosen[:60]}”的文件，请另选一份。")
        chosen = ""
    st.session_state[_picked(name)] = chosen or None
    st.selectbox(
        NAMES[name],
        list(documents),
        format_func=documents.__getitem__,
        key=_picked(name),
        placeholder="选语料里的文件，或在下面放入自己的",
        on_change=_pick,
        args=(name,),
    )
    if chosen:
        return _of_corpus(chosen)
    dropped = st.file_uploader(f"放入{NAMES[name]}", key=f"upload-{name}", label_visibility="collapsed")
    if dropped is not None:
        _read(name, dropped)
    return None


def swap() -> None:
    """Have the sides change places."""
    held = {name: (st.session_state.get(_brought(name)), _ui.query(name)) for name in NAMES}
    for name, other in ((OLD, NEW), (NEW, OLD)):
        brought, slug = held[other]
        st.session_state[_brought(name)] = brought
        _address(name, slug)


def _of_corpus(slug: str) -> Version | None:
    own = next((file for file in _session.files() if file.reading.document.id == slug), None)
    if own is not None:
        return Version(pipeline.draft_of_text(own.reading), ("own", own.digest), True)
    held = _corpus.collection()
    draft = _draft(held, slug)
    return Version(draft, (held.digest, slug), False) if draft else None


@kept(most=16)
def _draft(held: Collection, slug: str) -> Draft | None:
    editions = _corpus.full_readings(held, slug)
    return pipeline.draft_of_text(editions[0]) if editions else None


def _read(name: str, upload: Any) -> None:
    """Read what was dropped on a side, keep it there, and begin anew; a fault is said in its place."""
    data, file = upload.getvalue(), _session.clean_name(upload.name)
    _files.let_go(upload)
    try:
        with st.spinner(f"正在读{NAMES[name]}：{file}"):
            draft = pipeline.open_draft(data, file)
        if len(draft.received) > MOST_CHARACTERS:
            problem = f"超过 {MOST_CHARACTERS // 10_000} 万字，对照要等很久"
            raise InputError(file, "", problem, "请只保留要对照的部分")
    except InputError as fault:
        _ui.fault(str(fault))
        return
    st.session_state[_brought(name)] = Version(draft, ("brought", hashlib.sha256(data).hexdigest()), True)
    st.rerun()


def _remove(name: str) -> None:
    st.session_state.pop(_brought(name), None)
    forget_private()


def _pick(name: str) -> None:
    _address(name, st.session_state[_picked(name)] or "")


def _address(name: str, slug: str) -> None:
    if slug:
        st.query_params[name] = slug
    else:
        st.query_params.pop(name, None)


def _brought(name: str) -> str:
    return f"version_brought_{name}"


def _picked(name: str) -> str:
    return f"version_picked_{name}"


def missing(found: Sequence[Version | None]) -> str:
    """What is still to be chosen, in words."""
    return "和".join(NAMES[name] for name, version in zip(NAMES, found, strict=True) if version is None)
