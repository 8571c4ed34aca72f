"""Which texts 用词对比 counts, and in which groups: all of a few, or what is chosen of many."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analysis import pipeline
from analysis.model import Reading
from analysis.pipeline import Choice, Collection, GroupBy, KeyTerm, TermCounts, TermRow
from analysis.present import tables_wording
from analysis.present.names import short_names
from pages import _choice, _kinds, _session, _ui

_FEW = {"地区": GroupBy.REGION, "时期": GroupBy.PERIOD, "文件": GroupBy.DOCUMENT}
_MANY = {"地区": GroupBy.REGION, "时期": GroupBy.PERIOD}


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts counted in groups. ``groups[i]`` names the group of row i of ``table``, ``codes`` its region if it has one.

    A few texts come as ``readings``, with their short ``names``; of many there is the ``choice`` that names them. The
    ``key`` names the texts and their groups.
    """

    table: TermCounts
    groups: tuple[str, ...]
    codes: Mapping[str, str | None]
    source: str
    readings: tuple[Reading, ...] = ()
    names: Mapping[str, str] | None = None
    choice: Choice | None = None
    key: tuple[Hashable, ...] = ()


def few() -> Texts | None:
    """Choice of documents and grouping over a corpus that fits side by side; None when it is empty."""
    corpus = _ui.corpus()
    if not corpus.readings:
        return None
    corpus = _kinds.counted(corpus)
    names = short_names([reading.document.card for reading in corpus.readings])
    chosen = st.pills("文件", list(names.values()), selection_mode="multi", key="documents", bind="query-params")
    by = _grouping(_FEW)
    readings = tuple(reading for reading in corpus.readings if not chosen or names[reading.document.id] in chosen)
    groups = pipeline.wording_groups(readings, by, names)
    cards = [reading.document.card for reading in readings]
    regions: dict[str, set[str | None]] = {}
    for group, card in zip(groups, cards, strict=True):
        regions.setdefault(group, set()).add(card.region_code)
    return Texts(
        table=_counts(readings),
        groups=groups,
        codes={group: next(iter(codes)) for group, codes in regions.items() if len(codes) == 1},
        source=tables_wording.source(cards),
        readings=readings,
        names=names,
        key=(by, *(card.slug for card in cards)),
    )


def many(collection: Collection, choice: Choice) -> Texts | None:
    """The same over what is chosen of a large corpus; None when that is nothing."""
    return summed(collection, choice, _grouping(_MANY))


def summed(collection: Collection, choice: Choice, by: GroupBy = GroupBy.REGION) -> Texts | None:
    """The words of the chosen documents, summed up by group."""
    return _ui.shared(lambda: _summed(collection, choice, by), "words", choice, by)


def _summed(collection: Collection, choice: Choice, by: GroupBy) -> Texts | None:
    table = pipeline.word_table(collection, choice, by)
    if not table.documents:
        return None
    regions = _choice.facets(collection).provinces if by is GroupBy.REGION else ()
    return Texts(
        table=table,
        groups=table.documents,
        codes={name: code for code, name, _ in regions},
        source=tables_wording.many_source(_choice.totals(collection, choice).documents),
        choice=choice,
        key=(choice, by),
    )


def key_terms(texts: Texts, focus: str, *, inside: bool, least: int) -> tuple[KeyTerm, ...]:
    """What sets one group apart from the others."""

    def made() -> tuple[KeyTerm, ...]:
        return pipeline.key_terms(texts.table, texts.groups, focus, inside=inside, least=least)

    return _ui.shared(made, "key terms", *texts.key, focus, inside, least, own=True)


def frequencies(texts: Texts, columns: Sequence[str], *, inside: bool, least: int) -> tuple[TermRow, ...]:
    """What each group talks about; groups that are not among the ``columns`` are counted under the last of them."""

    def made() -> tuple[TermRow, ...]:
        groups = [group if group in columns else columns[-1] for group in texts.groups]
        return pipeline.term_frequencies(texts.table, groups, inside=inside, least=least)

    return _ui.shared(made, "frequencies", *texts.key, *columns, inside, least, own=True)


def _grouping(options: Mapping[str, GroupBy]) -> GroupBy:
    chosen = st.segmented_control(
        "分组", list(options), default="地区", key="group", bind="query-params", required=True
    )
    return options[chosen or "地区"]


def _counts(readings: Sequence[Reading]) -> TermCounts:
    key = tuple(reading.document.edition.sha256 for reading in readings)
    if _session.files():
        return _counts_of_session(readings, key)
    return _ui.shared(lambda: pipeline.term_counts(readings), "words", *key)


# Of the session: a user's own files go with it.
@st.cache_resource(show_spinner=False, max_entries=4, scope="session")
def _counts_of_session(_readings: Sequence[Reading], key: tuple[str, ...]) -> TermCounts:
    return pipeline.term_counts(_readings)
