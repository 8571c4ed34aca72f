"""The two versions that 新旧对照 holds against each other: documents of the corpus, or files of the visitor's own.

A file that is dropped here is read in a process of its own and stays in the memory of this browser session alone. It
belongs to this page: the pages that compare texts do not see it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.model import Card, InputError
from analysis.pipeline import Collection, Comparison, Draft, Fate
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
    """新旧条文对照表 for Word, made where time and memory are bounded. Raises ``InputError``."""
    return _made(version_table.to_docx, versions)


@kept(most=16)
def excel_file(versions: Versions) -> bytes:
    """The same for Excel."""
    return _made(version_table.workbook, versions)


def _made(make: Callable[[Comparison], bytes], versions: Versions) -> bytes:
    done = compared(versions)
    return pipeline.in_reading_process(version_table.file_stem(done), make, done)


@kept(most=16)
def table(versions: Versions, fates: tuple[Fate, ...]) -> Markup:
    """The table on the page; of some fates only, where there are any."""
    return version_table.rows_html(compared(versions), fates)


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
        return _of_corpus(name, chosen)
    dropped = st.file_uploader(f"放入{NAMES[name]}", key=f"upload-{name}", label_visibility="collapsed")
    if dropped is not None:
        _read(name, dropped)
    return None


def swap() -> None:
    """Have the sides change places."""
    held = {name: (st.session_state.get(_brought(name)), _ui.query(name), _ui.query(_edition(name))) for name in NAMES}
    for name, other in ((OLD, NEW), (NEW, OLD)):
        brought, slug, edition = held[other]
        st.session_state[_brought(name)] = brought
        _address(name, slug, edition)


def _of_corpus(name: str, slug: str) -> Version | None:
    """A document of the corpus, or of the visitor's own; of several editions the one that is picked here."""
    own = next((file for file in _session.files() if file.reading.document.id == slug), None)
    if own is not None:
        return Version(pipeline.draft_of_text(own.reading), ("own", own.digest), True)
    held = _corpus.collection()
    labels = _edition_labels(held, slug)
    if not labels:
        return None
    number = min(_ui.whole_number(_edition(name), 1), len(labels))
    if len(labels) > 1:
        st.session_state[f"picked-{_edition(name)}"] = number
        st.selectbox(
            "版本",
            range(1, len(labels) + 1),
            format_func=lambda each: labels[each - 1],
            key=f"picked-{_edition(name)}",
            on_change=_pick_edition,
            args=(name, slug),
        )
    return Version(_draft(held, slug, number), (held.digest, slug, number), False)


@kept(most=16)
def _edition_labels(held: Collection, slug: str) -> tuple[str, ...]:
    return tuple(one.document.edition.label for one in _corpus.full_readings(held, slug))


@kept(most=16)
def _draft(held: Collection, slug: str, number: int) -> Draft:
    return pipeline.draft_of_text(_corpus.full_readings(held, slug)[number - 1])


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


def _pick_edition(name: str, slug: str) -> None:
    _address(name, slug, str(st.session_state[f"picked-{_edition(name)}"]))


def _address(name: str, slug: str, edition: str = "") -> None:
    """Write a side into the address; a change that one had come to is one of another comparison."""
    for key, value in ((name, slug), (_edition(name), edition if edition != "1" else ""), ("change", "")):
        if value:
            st.query_params[key] = value
        else:
            st.query_params.pop(key, None)


def _edition(name: str) -> str:
    return f"{name}_edition"


def _brought(name: str) -> str:
    return f"version_brought_{name}"


def _picked(name: str) -> str:
    return f"version_picked_{name}"


def missing(found: Sequence[Version | None]) -> str:
    """What is still to be chosen, in words."""
    return "和".join(NAMES[name] for name, version in zip(NAMES, found, strict=True) if version is None)
