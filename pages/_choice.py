"""Which documents of a large corpus a page shows: the pickers, their state in the address, and a page of documents."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import Corpus, TextKind
from analysis.pipeline import Choice, Chosen, Collection, Facets
from analysis.present import choice as words
from pages import _kinds, _pager, _session, _shared, _ui
from pages._shared import Made

# None chosen means all. A changed filter leads back to the first page.
MANY: dict[str, Any] = {"select_all": False, "bind": "query-params", "on_change": _pager.first_page}


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the chosen documents; ``own`` files of the visitor's stand after them.

    ``key`` names all that is shown, for what all visitors share; None where it holds a visitor's own files.
    """

    collection: Collection
    chosen: Chosen
    own: int
    key: tuple[Hashable, ...] | None

    def corpus(self) -> Corpus:
        """The readings of these documents and of the visitor's own files."""
        slugs = self.chosen.documents
        state = f"{self.collection.digest} {_ui.checks_state()} {' '.join(slugs)}"
        return _session.with_own(_readings(self.collection, slugs, state))

    def once(self, make: Callable[[], Made], *more: Hashable) -> Made:
        """What ``make`` gives, shared by all visitors unless it holds something of one visitor's own."""
        return make() if self.key is None else _shared.once(make, *self.key, *more)


def facets(collection: Collection) -> Facets:
    """What there is to choose from in the whole collection."""
    return _shared.once(lambda: pipeline.facets(collection), "facets", collection.digest)


def totals(collection: Collection, choice: Choice) -> pipeline.Totals:
    """What the documents of a choice (without verdicts) come to."""
    return _shared.once(lambda: pipeline.totals(collection, choice), "totals", collection.digest, choice)


def counted(collection: Collection) -> tuple[TextKind, ...]:
    """The kinds of text that a page counts; the control that asks is drawn, inside ``_ui.controls``, if need be."""
    if not words.reports(facets(collection)):
        return ()
    kinds = () if _kinds.asked() else pipeline.POLICIES
    if kinds:
        _kinds.said(left_out(collection, Choice()))
    return kinds


def unasked(collection: Collection) -> Choice:
    """What a page shows before anybody has chosen anything."""
    return Choice(kinds=pipeline.POLICIES if words.reports(facets(collection)) else ())


def left_out(collection: Collection, choice: Choice) -> int:
    """How many reports a choice leaves out."""
    reports = replace(choice, kinds=pipeline.REPORTS)
    return _shared.once(lambda: pipeline.choose(collection, reports).total, "left out", collection.digest, reports)


def pickers(collection: Collection, *, listing: bool = False) -> Choice:
    """Filters over documents, drawn where it is called, inside ``_ui.controls``: 地区 市县 年份 性质 查找.

    A page that counts leaves reports out unless they are asked for; one that is ``listing`` all has a filter by kind.
    """
    offer = facets(collection)
    provinces, years, natures = words.province_codes(offer), words.year_words(offer), words.natures(offer)
    chosen = st.multiselect("地区", list(provinces), placeholder="全部地区", key="province", width=210, **MANY)
    codes = tuple(provinces[name] for name in chosen)
    offered = words.place_names(offer, codes)
    places = st.multiselect("市县", offered, placeholder="全部市县", key="place", width=210, **MANY)
    issued = st.multiselect("年份", list(years), placeholder="全部年份", key="issued", width=170, **MANY)
    states = st.multiselect("性质", list(natures), placeholder="不限", key="nature", width=170, **MANY)
    kinds: tuple[TextKind, ...] = ()
    if listing:
        offered_kinds = words.kinds_offered(offer)
        picked = st.multiselect("类型", list(offered_kinds), placeholder="不限", key="kind", width=170, **MANY)
        kinds = tuple(offered_kinds[name] for name in picked)
    typed = st.text_input(
        "查找",
        placeholder="题名、文号、地区或年份",
        key="search",
        bind="query-params",
        max_chars=60,
        width=230,
        on_change=_pager.first_page,
    )
    choice = Choice(
        provinces=codes,
        places=tuple(places),
        years=tuple(years[name] for name in issued),
        statuses=tuple(natures[name] for name in states),
        kinds=kinds,
        words=(typed or "").strip(),
    )
    if listing or not words.reports(offer) or _kinds.asked():
        return choice
    _kinds.said(left_out(collection, choice))
    return replace(choice, kinds=pipeline.POLICIES)


def part(collection: Collection, choice: Choice, as_of: date | None = None, size: int = pipeline.SIDE_BY_SIDE) -> Part:
    """The page that the address asks for of the documents that a choice lets through."""
    named: tuple[Hashable, ...] = (collection.digest, _ui.checks_state(), choice, as_of, _pager.page(), size)
    chosen = _shared.once(lambda: pipeline.choose(collection, choice, _pager.page(), size, as_of), "choose", *named)
    own = len(_session.files())
    return Part(collection, chosen, own, None if own else named)


@st.cache_resource(show_spinner=False, max_entries=16)
def _readings(_collection: Collection, _slugs: tuple[str, ...], key: str) -> Corpus:
    return pipeline.part_with_checks(_collection, pipeline.part(_collection, _slugs), _ui.checks())


def address(collection: Collection, choice: Choice) -> dict[str, str | list[str]]:
    """The filters over documents as links to other pages carry them."""
    return words.address(choice, facets(collection))


def empty(
    collection: Collection, choice: Choice, also: dict[str, str], what: str = "没有文件", as_of: date | None = None
) -> None:
    """Nothing was found: say which filter to loosen. ``also``: further fields of the choice and their names."""
    names = {field: name for field, _, name in words.FILTERS} | also
    active = {
        names[field.name]: _without(collection, choice, field.name, as_of)
        for field in fields(choice)
        if field.name in names and getattr(choice, field.name)
    }
    _ui.html(f'<p class="zh-empty">{words.empty(active, what)}</p>')


def _without(collection: Collection, choice: Choice, field: str, as_of: date | None) -> int:
    loosened: dict[str, Any] = {field: "" if field == "words" else ()}
    loose = replace(choice, **loosened)
    return _shared.once(
        lambda: pipeline.choose(collection, loose, as_of=as_of).total, "total", collection.digest, loose, as_of
    )
