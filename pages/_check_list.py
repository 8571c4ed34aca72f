"""核对清单: which rows are gone through, in which order, and the list of them beside the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analysis import pipeline
from analysis.model import Reading
from analysis.pipeline import Choice, Item
from analysis.present import checking as words
from analysis.present.links import page_link
from analysis.present.names import short_names
from pages import _check_say, _corpus, _session, _ui

_SHOW: Mapping[str, Callable[[Item], bool]] = {
    "全部": lambda item: True,
    "未核对": lambda item: item.check is None,
    "已核对": lambda item: item.check is not None,
    "有出入": lambda item: item.differs,
}
_ORDERS = ("把握小的在前", "按原文顺序")
_SCOPES = ("这份文件", "全部文件")


def queue(every: Sequence[Item]) -> tuple[Item, ...]:
    """The rows that the filter leaves, in the order asked for."""
    left = tuple(filter(_SHOW[_chosen("show", tuple(_SHOW))], every))
    return left if _chosen("order", _ORDERS) == _ORDERS[1] else pipeline.least_sure_first(left)


def after(queue: Sequence[Item], item: Item | None) -> str:
    """The next row of the queue that nobody has checked, from ``item`` on and around; all done otherwise."""
    at = next((place for place, each in enumerate(queue) if item is not None and each.key == item.key), -1)
    turned = (*queue[at + 1 :], *queue[: max(at, 0)])
    return next((each.key for each in turned if each.check is None), _check_say.DONE)


def beside(queue: Sequence[Item], item: Item | None, step: int) -> str:
    """The row so many steps on, around the ends."""
    if not queue:
        return _check_say.DONE
    at = next((place for place, each in enumerate(queue) if item is not None and each.key == item.key), None)
    if at is None:
        return queue[0 if step > 0 else -1].key
    return queue[(at + step) % len(queue)].key


def draw(reading: Reading, queue: Sequence[Item], item: Item | None) -> None:
    """核对清单: the rows that the filter leaves, of this document or of all, each with its state."""
    others = () if _corpus.collection().large else _others(reading)
    choices = {"show": ("显示", tuple(_SHOW)), "order": ("顺序", _ORDERS), "scope": ("范围", _SCOPES if others else ())}
    with st.container(key="check-list"):
        _ui.say("核对清单", "zh-list-title")
        for key, (name, options) in choices.items():
            if options:
                st.session_state[f"check_{key}"] = _chosen(key, options)
                st.segmented_control(
                    name, options, key=f"check_{key}", required=True, on_change=_turn_to, args=(key, options[0])
                )
        slug = reading.document.id
        entries = [(slug, "", each) for each in queue]
        if others and _chosen("scope", _SCOPES) == _SCOPES[1]:
            entries = _everywhere((reading, *others))
        state = {key: _ui.query(key) or None for key in choices}
        here = (slug, item.key if item else "")
        if entries:
            _ui.html(
                words.list_html(entries, here, lambda of, row: page_link("reader", document=of, check=row, **state))
            )
        else:
            _ui.say("没有这样的条目。", "zh-second")


def _chosen(key: str, options: Sequence[str]) -> str:
    """What the address asks for of a filter; the first option where it asks for none such."""
    asked = _ui.query(key)
    return asked if asked in options else options[0]


def _others(reading: Reading) -> tuple[Reading, ...]:
    """The other documents that this visitor may check."""
    held = _corpus.collection()
    slugs = _corpus.shown(Choice(), 1).chosen.documents
    of_corpus = [_corpus.full_readings(held, slug)[0] for slug in slugs]
    every = (*of_corpus, *(file.reading for file in _session.files()))
    return tuple(each for each in every if each.document.id != reading.document.id and _check_say.allowed(each))


def _everywhere(readings: Sequence[Reading]) -> list[words.Entry]:
    """The rows of several documents that the filter leaves, in the order asked for, with the documents' names."""
    names = short_names([each.document.card for each in readings])
    listed = [(each.document.id, item) for each in readings for item in pipeline.items(each, _check_say.said_of(each))]
    of = {id(item): slug for slug, item in listed}
    return [(of[id(item)], names[of[id(item)]], item) for item in queue([item for _, item in listed])]


def _turn_to(key: str, first: str) -> None:
    chosen = st.session_state[f"check_{key}"]
    if chosen == first:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
    _check_say.go(_check_say.FIRST)
