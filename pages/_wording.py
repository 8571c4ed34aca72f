"""Which texts 用词对比 counts and in which groups, and a word in its contexts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.pipeline import Choice, Collection, Context, GroupBy, KeyTerm, TermCounts, TermRow
from analysis.present import tables_wording
from analysis.present.export import Table
from analysis.present.names import document_name, short_names
from pages import _choice, _ui
from pages._corpus import Shown
from pages._kept import kept
from pages._session import OwnFile

_GROUPS = {"地区": GroupBy.REGION, "时期": GroupBy.PERIOD, "文件": GroupBy.DOCUMENT}
_SHOWN = 24  # contexts on a page
_MOST = 5_000  # occurrences that one file to download holds
_NONE = ("",)  # no document of the corpus, where () is all


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts counted in groups: those that a choice lets through and files of the visitor's own.

    ``names`` are their short names by slug where they are few enough to be named, else empty.
    """

    collection: Collection
    choice: Choice
    by: GroupBy
    own: tuple[OwnFile, ...]
    names: tuple[tuple[str, str], ...] = ()

    @property
    def answer_key(self) -> Hashable:
        """What names these texts and their groups."""
        return self.collection.digest, self.choice, self.by, tuple(file.digest for file in self.own), self.names

    @property
    def named(self) -> bool:
        """Whether each of them has a name, so that all stand side by side."""
        return bool(self.names)

    @property
    def private(self) -> bool:
        """Whether there is a file of the visitor's own among them."""
        return bool(self.own)


def chosen(held: Collection) -> tuple[Choice, Texts | None]:
    """What is picked where it is called, and the texts to count; None when there are none."""
    base = _choice.pickers(held)
    before = _choice.shown(base)
    names: dict[str, str] = {}
    if not held.large:
        names = short_names([reading.document.card for reading in before.corpus().readings])
        picked = _choice.several("文件", {name: slug for slug, name in names.items()}, key="documents", listed=False)
        base, before = _among(base, before, picked)
    if not before.chosen.total and not before.own:
        return base, None
    options = _GROUPS if names else {name: by for name, by in _GROUPS.items() if by is not GroupBy.DOCUMENT}
    by = st.segmented_control("分组", list(options), default="地区", key="group", bind="query-params", required=True)
    return base, Texts(held, base, options[by or "地区"], before.own, tuple(names.items()))


def first(held: Collection, by: GroupBy) -> Texts:
    """What the page shows before anybody has chosen anything of a corpus whose documents are too many to be named."""
    return Texts(held, _choice.unasked(held), by, ())


def _among(base: Choice, before: Shown, picked: tuple[str, ...]) -> tuple[Choice, Shown]:
    """The choice narrowed to the documents picked; none picked is all."""
    if not picked:
        return base, before
    own = tuple(file for file in before.own if file.reading.document.id in picked)
    ours = {file.reading.document.id for file in own}
    choice = replace(base, documents=tuple(slug for slug in picked if slug not in ours) or _NONE)
    return choice, replace(_choice.shown(choice), own=own)


@kept(most=16)
def counts(texts: Texts) -> TermCounts:
    """How often each group uses each term; every file of the visitor's own is a row of its own."""
    return pipeline.word_table(texts.collection, texts.choice, texts.by, also=[file.reading for file in texts.own])


@kept()
def groups(texts: Texts) -> tuple[str, ...]:
    """The name of the group of each row of :func:`counts`."""
    names = dict(texts.names)
    cards = [file.reading.document.card for file in texts.own]
    own = pipeline.wording_groups(cards, texts.by, {card.slug: document_name(card) for card in cards})
    table = counts(texts).documents
    of_corpus = table[: len(table) - len(cards)]
    return (*(names.get(group, group) for group in of_corpus), *own)


def codes(texts: Texts) -> dict[str, str]:
    """Name of a group -> code of its region, where groups are regions."""
    if texts.by is GroupBy.PERIOD:
        return {}
    if texts.by is GroupBy.REGION:
        return {name: code for code, name, _ in _choice.facets(texts.collection).provinces}
    cards = [reading.document.card for reading in _shown(texts).corpus().readings]
    return {dict(texts.names)[card.slug]: card.region_code for card in cards if card.region_code}


def source(texts: Texts) -> str:
    """What was counted, plain text."""
    if texts.named:
        return tables_wording.source([reading.document.card for reading in _shown(texts).corpus().readings])
    return tables_wording.many_source(_choice.totals(texts.collection, texts.choice).documents + len(texts.own))


def _shown(texts: Texts) -> Shown:
    return replace(_choice.shown(texts.choice), own=texts.own)


@kept()
def key_terms(texts: Texts, focus: str, inside: bool, least: int) -> tuple[KeyTerm, ...]:
    """What sets one group apart from the others."""
    return pipeline.key_terms(counts(texts), groups(texts), focus, inside=inside, least=least)


@kept()
def frequencies(texts: Texts, columns: tuple[str, ...], inside: bool, least: int) -> tuple[TermRow, ...]:
    """What each group talks about; groups that are not among the ``columns`` are counted under the last of them."""
    joined = [group if group in columns else columns[-1] for group in groups(texts)]
    return pipeline.term_frequencies(counts(texts), joined, inside=inside, least=least)


def contexts(texts: Texts, words: str) -> None:
    """The occurrences of ``words``, newest document first, a page at a time; all of them to download."""
    if not words:
        _ui.empty("输入一个词，或点图上、表里的词，看它在各份文件里的每一处。")
        return
    total, number, summary, markup = _page_of_contexts(texts, words, _ui.page_number("at"))
    _ui.say(summary, "zh-found")
    if not total:
        return
    _ui.pager(total, number, _SHOWN, key="at", unit="处")
    _ui.html(markup)

    def everything() -> Table:
        found = _found(texts, words, _MOST, 0)[2]
        return tables_wording.contexts_export(words, found, _names(texts, found), source(texts))

    what = f"前 {_MOST:,} 处" if total > _MOST else _ui.ALL
    _ui.download_row(f"上下文-{words[:20]}", everything, key="contexts-table", what=what)


@kept()
def _page_of_contexts(texts: Texts, words: str, number: int) -> tuple[int, int, str, Markup]:
    """How many there are, the page shown (the last one where there is none such), the answer and its markup."""
    total, documents, found = _found(texts, words, _SHOWN, (number - 1) * _SHOWN)
    if total and not found:
        number = -(-total // _SHOWN)
        total, documents, found = _found(texts, words, _SHOWN, (number - 1) * _SHOWN)
    summary = _summary(texts, words) if texts.named else tables_wording.many_summary(words, total, documents)
    return total, number, summary, tables_wording.contexts_html(found, _names(texts, found))


@kept()
def _summary(texts: Texts, words: str) -> str:
    """How the occurrences split; all of them are looked at once, whichever page of them is shown."""
    return tables_wording.contexts_summary(words, _found(texts, words, _MOST, 0)[2])


def _found(texts: Texts, words: str, limit: int, offset: int) -> tuple[int, int, tuple[Context, ...]]:
    own = [file.reading for file in texts.own]
    return pipeline.find_words(texts.collection, texts.choice, words, limit, offset, also=own)


def _names(texts: Texts, found: Sequence[Context]) -> Mapping[str, str]:
    if texts.named:
        return dict(texts.names)
    slugs = tuple(dict.fromkeys(hit.document for hit in found))
    cards = [entry.card for entry in pipeline.entries(texts.collection, slugs)]
    return {card.slug: document_name(card) for card in (*cards, *(file.reading.document.card for file in texts.own))}
