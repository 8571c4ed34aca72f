"""Which documents a page shows, and which of their rows: the pickers, and their state in the address.

One path for a corpus of any size. A small one is picked from by pills, a large one (``Collection.large``) by lists;
of more documents than stand side by side, those that say what is asked for are shown a page at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from analysis import pipeline
from analysis.model import Checked, Incentive, Target
from analysis.pipeline import Choice, Collection
from analysis.present import names as words
from analysis.present import tables_overview
from analysis.present.markup import render
from analysis.present.names import CHECK_STATES, NEWS_TOGGLE, left_out
from pages import _corpus, _session, _ui
from pages._corpus import Shown
from pages._kept import kept

Value = TypeVar("Value")
# None chosen means all. A changed filter leads back to the first page.
_PILLS: dict[str, Any] = {"selection_mode": "multi", "bind": "query-params", "wrap": True}
_LIST: dict[str, Any] = {"select_all": False, "bind": "query-params"}
_OFFERED = 300  # entries of a list to pick from, the most frequent ones; a link may name any other

facets = kept()(pipeline.facets)
totals = kept()(pipeline.totals)


def nothing_to_read() -> bool:
    """Whether there is no document at all, of the corpus or of the visitor's own."""
    return not _corpus.collection().documents and not _session.files()


def several(
    label: str, offered: Mapping[str, Value], *, key: str, listed: bool, width: int = 230, every: str = "全部"
) -> tuple[Value, ...]:
    """What is chosen of what is offered, by name; drawn where it is called. None chosen means all."""
    if listed:
        linked = [name for name in st.query_params.get_all(key) if name in offered]
        names = list(dict.fromkeys([*list(offered)[:_OFFERED], *linked]))
        chosen: Sequence[str] = st.multiselect(
            label, names, placeholder=every, key=key, width=width, on_change=_ui.first_page, **_LIST
        )
    else:
        chosen = st.pills(label, list(offered), key=key, on_change=_ui.first_page, **_PILLS)
    return tuple(offered[name] for name in chosen)


def pickers(collection: Collection) -> Choice:
    """Filters over documents, drawn where it is called, inside ``_ui.controls``; reports only where asked for."""
    return counted(collection, _documents(collection))


def counted(collection: Collection, choice: Choice) -> Choice:
    """The choice without reports of news and work done, unless they are asked for; the control is drawn if need be."""
    if not words.reports(facets(collection)):
        return choice
    asked = st.toggle(NEWS_TOGGLE, key="news", bind="query-params", on_change=_ui.first_page)
    if asked:
        return choice
    if left := _corpus.choose(collection, replace(choice, kinds=pipeline.REPORTS)).total:
        _ui.say_inline(left_out(left), "zh-small zh-left-out")
    return replace(choice, kinds=pipeline.POLICIES)


def listing(collection: Collection) -> Choice:
    """Filters over documents where all are listed, reports too; none over a few documents."""
    if not collection.large:
        return Choice()
    choice = _documents(collection)
    return replace(
        choice, kinds=several("类型", words.kinds_offered(facets(collection)), key="kind", listed=True, width=170)
    )


def _documents(collection: Collection) -> Choice:
    """地区 市县 年份 性质 查找; of a few documents 地区 alone."""
    offer, large = facets(collection), collection.large
    codes = several("地区", words.province_codes(offer), key="province", listed=large, width=210, every="全部地区")
    if not large:
        return Choice(provinces=codes)
    places = {name: name for name in words.place_names(offer, codes)}
    return Choice(
        provinces=codes,
        places=several("市县", places, key="place", listed=True, width=210, every="全部市县"),
        years=several("年份", words.year_words(offer), key="issued", listed=True, width=170, every="全部年份"),
        statuses=several("性质", words.natures(offer), key="nature", listed=True, width=170, every="不限"),
        words=searched("查找", "题名、文号、地区或年份", 230),
    )


def searched(label: str, hint: str, width: int) -> str:
    """What is typed to find documents by."""
    typed = st.text_input(
        label,
        placeholder=hint,
        key="search",
        bind="query-params",
        max_chars=60,
        width=width,
        on_change=_ui.first_page,
    )
    return (typed or "").strip()


def unasked(collection: Collection) -> Choice:
    """What a page shows before anybody has chosen anything."""
    return Choice(kinds=pipeline.POLICIES if words.reports(facets(collection)) else ())


def shown(choice: Choice, as_of: date | None = None, size: int | None = None) -> Shown:
    """The page that the address asks for of the documents that a choice lets through."""
    return _corpus.shown(choice, _ui.page_number(), as_of, size)


def side_by_side(shown: Shown) -> None:
    """Heading and pager of the documents that stand side by side, where they are a page of more."""
    said = words.beside(shown.chosen, len(shown.own))
    _ui.section("逐份并排", render("page.paragraph", words=said, css=""))
    _ui.pager(shown.chosen.total, shown.chosen.page, shown.collection.side_by_side)


def address(collection: Collection, choice: Choice) -> dict[str, str | list[str]]:
    """The filters over documents as links to other pages carry them."""
    return words.address(choice, facets(collection))


def checked_states(rows: Iterable[Target | Incentive]) -> tuple[str, ...]:
    """The states of checking to show rows of, drawn where it is called; nothing where nobody has checked any."""
    if not any(row.checked for row in rows):
        return ()
    return several("核对", {state: state for state in CHECK_STATES}, key="checked", listed=False)


def marks(states: Iterable[str]) -> list[Callable[[Checked | None], bool]]:
    """The same as questions on a row."""
    return [CHECK_STATES[state] for state in states]


def empty(
    collection: Collection,
    choice: Choice,
    also: dict[str, str],
    what: str = "没有文件",
    as_of: date | None = None,
    states: tuple[str, ...] = (),
) -> None:
    """Nothing was found: say which filter to loosen.

    ``also``: further fields of the choice and their names; ``states``: of checking, which no table knows of.
    """
    if nothing_to_read():
        _ui.empty(tables_overview.NOTHING_READ)
        return
    if states:
        _ui.empty(f"{what}同时满足所选的核对状态和其余条件，请去掉其中一项。")
        return
    names = {field: name for field, _, name in words.FILTERS} | also
    active = {
        names[field.name]: _without(collection, choice, field.name, as_of)
        for field in fields(choice)
        if field.name in names and getattr(choice, field.name)
    }
    _ui.empty(words.empty(active, what))


def _without(collection: Collection, choice: Choice, field: str, as_of: date | None) -> int:
    loosened: dict[str, Any] = {field: "" if field == "words" else ()}
    return _corpus.choose(collection, replace(choice, **loosened), as_of=as_of).total
