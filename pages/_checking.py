"""核对 on 原文: a panel beside the text in which each row is confirmed, changed, removed or added, by keyboard.

A person's word goes to the file beside the document, or for a visitor's own file to the store of the session. The rows
shown are made from what was known when the page was drawn; whoever speaks after somebody else is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import Reading
from analysis.pipeline import Check, Choice, Item
from analysis.present import checking as words
from analysis.present import reader_text
from analysis.present.highlight import Mark, MarkKind, reading_marks
from analysis.present.links import page_link
from analysis.present.markup import render
from analysis.present.names import short_names
from pages import _check_record, _corpus, _identity, _session, _ui
from pages._ui import into_view

_MARKED = re.compile(r"c(\d{1,6}):(\d{1,7})-c(\d{1,6}):(\d{1,7})")
_CSS = Path(__file__).with_name("checking.css")
_SHOW: Mapping[str, Callable[[Item], bool]] = {
    "全部": lambda item: True,
    "未核对": lambda item: item.check is None,
    "已核对": lambda item: item.check is not None,
    "有出入": lambda item: item.differs,
}
_ORDERS = ("把握小的在前", "按原文顺序")
_SCOPES = ("这份文件", "全部文件")


def under_way(reading: Reading) -> bool:
    """Whether the address asks for checking, and it may be."""
    if not _ui.query("check") or not _check_record.allowed(reading):
        return False
    return reading.document.card.own or not _corpus.unusable_checks(reading.document.id)


def switch(reading: Reading, said: Sequence[Check]) -> None:
    """The way into checking and out of it; nothing where it is off and nobody has checked anything."""
    if not _check_record.allowed(reading):
        if said:
            _ui.html(words.progress(pipeline.items(reading, said)))
        _way_in()
        return
    if not reading.document.card.own and (fault := _corpus.unusable_checks(reading.document.id)):
        _ui.fault(fault)
        return
    on = under_way(reading)
    with st.container(horizontal=True, key="check-switch", gap="medium", vertical_alignment="center"):
        st.button(
            "结束核对" if on else "核对这份文件",
            key="check-on",
            type="tertiary",
            on_click=_check_record.go,
            args=("" if on else _check_record.FIRST,),
        )
        if said and not on:
            _ui.html_inline(words.progress(pipeline.items(reading, said)))


def _way_in() -> None:
    """The login, where only people who log in may check the corpus, or why this one may not."""
    if not pipeline.checking_on():
        return
    fault = _identity.login_fault()
    if fault is not None:
        _ui.say(f"核对没有打开。{fault}", "zh-second")
        return
    with st.container(horizontal=True, key="check-login", gap="small", vertical_alignment="center"):
        if _check_record.login_wanted():
            _ui.say_inline("登录后可以核对这份文件。", "zh-second")
            _identity.login_buttons("reader", quiet=True)
        else:
            _ui.say_inline(_check_record.refused(), "zh-second")
            _identity.name_field()


def beside_text(reading: Reading, said: tuple[Check, ...], found: Sequence[Mark]) -> None:
    """The text without notes, and the panel beside it."""
    st.html(_CSS)
    with st.container(key="check-columns"):
        text, side = st.columns([8, 5], gap="large")
    with side, st.container(key="check-panel"):
        span = _panel(reading, said)
    marks = [*reading_marks(pipeline.checked_reading(reading, said)), *found]
    if span:
        marks.append(Mark(*span, MarkKind.CITED, "正在核对", _place(span)))
    with text:
        _ui.html(render("page.desk", text=reader_text.bare_html(reading, marks)))
    if span and _ui.chart_width() > 760:  # on a phone the panel stands above the text and shows the words itself
        into_view(_place(span))


def _place(span: tuple[int, int]) -> str:
    return f"check{span[0]}-{span[1]}"


def _panel(reading: Reading, said: tuple[Check, ...]) -> tuple[int, int] | None:
    """The row in question and what can be done with it; gives back the span of its words."""
    every = pipeline.items(reading, said)
    _ui.html(words.progress(every))
    if told := _check_record.told():
        _ui.fault(told)
    if noted := _check_record.noted():
        _ui.html(render("page.status", sentence=noted))
    named = bool(_check_record.who(reading))
    if not named:  # asked for where it cannot be missed
        _who(reading)
    queue = _queue(every)
    item = _asked(every, queue)
    editing = _check_record.editing_of(reading.document.id, item.key if item else "")
    if editing is not None and editing.span:
        _check_record.draw_form(reading, editing, None, _check_record.keeper(reading, said, None, ""))
        span: tuple[int, int] | None = editing.span
    elif item is None:
        addresses = {name: page_link(page) for page, name in (("targets", "目标对比"), ("incentives", "激励对比"))}
        _ui.html(words.finished(every, addresses))
        span = None
        _steps(reading, said, queue, None)
    else:
        place = every.index(item) + 1
        _ui.html(words.head(item, reading, place, len(every)) + words.sentence_html(reading, item.start, item.end))
        span = item.start, item.end
        if editing is not None:
            _check_record.draw_form(
                reading, editing, item, _check_record.keeper(reading, said, item, _after(queue, item))
            )
        else:
            _ui.html(words.item_html(item, reading))
            row = item.check.row if item.check else item.key
            _ui.html(words.history_html([check for check in said if check.row == row]))
            _steps(reading, said, queue, item)
    if editing is None:
        _add(reading)
    _draw_list(reading, queue, item)
    if named:
        _who(reading)
    _take_away(reading, said)
    return span


def _asked(every: Sequence[Item], queue: Sequence[Item]) -> Item | None:
    """The row that the address names; else the first that nobody has checked, or none when all are."""
    asked = _ui.query("check")
    found = next((item for item in every if item.key == asked), None)
    if found is not None:
        return found
    return next((item for item in queue if item.check is None), None)


def _steps(reading: Reading, said: tuple[Check, ...], queue: Sequence[Item], item: Item | None) -> None:
    """What can be done with the row, each with its key on the keyboard.

    Buttons are named by their row: a key pressed before the next row is seen speaks of the one that was.
    """
    record, undo = _check_record, pipeline.last_of(said, _check_record.who(reading))
    with st.container(horizontal=True, key="check-verdict", gap="small"):
        if item is not None:
            then, spoken = _after(queue, item), len(said)
            _button(
                "对，下一条", f"yes-{item.key}", "y", record.judge, reading, item, spoken, then, False, type="primary"
            )
            _button("修改", f"edit-{item.key}", "e", record.begin_change, reading.document.id, item.key)
            _button("删除", f"no-{item.key}", "x", record.judge, reading, item, spoken, then, True)
    with st.container(horizontal=True, key="check-steps", gap="small"):
        _button("上一条", "back", "p", record.go, _beside(queue, item, -1), type="tertiary")
        _button("下一条", "next", "n", record.go, _beside(queue, item, 1), type="tertiary")
        _button("撤销", "undo", "u", record.undo, reading, said, type="tertiary", disabled=undo is None)


def _button(label: str, name: str, shortcut: str, do: Callable[..., None], *given: object, **look: Any) -> None:
    st.button(label, key=f"check-{name}", shortcut=shortcut, on_click=do, args=given, **look)


def _add(reading: Reading) -> None:
    """Words that the machine made no row of: marked in the text (marking.js fills the first box) or pasted."""
    with st.container(key="check-marked"):
        st.text_input("所选位置", key="check_marked", on_change=_marked, args=(reading,))
    st.text_input(
        "补充一条",
        key="check_paste",
        placeholder="在原文中选中文字按 A，或粘贴到这里回车",
        on_change=_pasted,
        args=(reading,),
    )


def _who(reading: Reading) -> None:
    """Who speaks: the person of the login, or a name that is typed once and kept for the session."""
    if _identity.login_needed():
        if _identity.logged_in():
            _identity.name_field()
        else:
            _ui.say(f"核对人：{_check_record.who(reading)}", "zh-second")
        return
    st.session_state.check_who = _session.file_store().name(_session.visitor())
    hint = f"不写则记作“{_check_record.OWNER}”" if reading.document.card.own else "姓名，记在核对结果旁"
    st.text_input("核对人", key="check_who", placeholder=hint, max_chars=20, on_change=_call)


def _call() -> None:
    _session.file_store().call(_session.visitor(), " ".join(st.session_state.check_who.split()))


def _take_away(reading: Reading, said: tuple[Check, ...]) -> None:
    if not said:
        return
    name = f"政衡-核对-{reading.document.id}"
    with st.container(horizontal=True, key="downloads-check", gap="small", vertical_alignment="center"):
        _ui.html_inline(render("page.downloads", what="核对结果"))
        _ui.download("CSV", lambda: pipeline.checks_csv(said), f"{name}.csv", "text/csv")
        _ui.download("标注（ZIP）", lambda: pipeline.checks_gold(reading, said), f"{name}.zip", "application/zip")


def _marked(reading: Reading) -> None:
    found = _MARKED.fullmatch(st.session_state.check_marked.strip())
    st.session_state.check_marked = ""
    begins = {clause.index: clause.start for clause in reading.clauses}
    if found and int(found[1]) in begins and int(found[3]) in begins:
        start, end = begins[int(found[1])] + int(found[2]), begins[int(found[3])] + int(found[4])
        _begin(reading, pipeline.trimmed(reading, start, end))


def _pasted(reading: Reading) -> None:
    typed = st.session_state.check_paste.strip()
    st.session_state.check_paste = ""
    if typed:
        _begin(reading, pipeline.place_of(reading, typed))


def _begin(reading: Reading, span: tuple[int, int] | None) -> None:
    if span is None:
        _check_record.tell("原文中找不到这段文字，或者不止一处；请在原文中选中它，再按 A。")
        return
    _check_record.begin_new(reading.document.id, span)


# 核对清单: which rows are gone through, in which order, and the list of them beside the text --------------------


def _queue(every: Sequence[Item]) -> tuple[Item, ...]:
    """The rows that the filter leaves, in the order asked for."""
    left = tuple(filter(_SHOW[_chosen("show", tuple(_SHOW))], every))
    return left if _chosen("order", _ORDERS) == _ORDERS[1] else pipeline.least_sure_first(left)


def _after(queue: Sequence[Item], item: Item | None) -> str:
    """The next row of the queue that nobody has checked, from ``item`` on and around; all done otherwise."""
    at = next((place for place, each in enumerate(queue) if item is not None and each.key == item.key), -1)
    turned = (*queue[at + 1 :], *queue[: max(at, 0)])
    return next((each.key for each in turned if each.check is None), _check_record.DONE)


def _beside(queue: Sequence[Item], item: Item | None, step: int) -> str:
    """The row so many steps on, around the ends."""
    if not queue:
        return _check_record.DONE
    at = next((place for place, each in enumerate(queue) if item is not None and each.key == item.key), None)
    if at is None:
        return queue[0 if step > 0 else -1].key
    return queue[(at + step) % len(queue)].key


def _draw_list(reading: Reading, queue: Sequence[Item], item: Item | None) -> None:
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
    return tuple(each for each in every if each.document.id != reading.document.id and _check_record.allowed(each))


def _everywhere(readings: Sequence[Reading]) -> list[words.Entry]:
    """The rows of several documents that the filter leaves, in the order asked for, with the documents' names."""
    names = short_names([each.document.card for each in readings])
    listed = [
        (each.document.id, item) for each in readings for item in pipeline.items(each, _check_record.said_of(each))
    ]
    of = {id(item): slug for slug, item in listed}
    return [(of[id(item)], names[of[id(item)]], item) for item in _queue([item for _, item in listed])]


def _turn_to(key: str, first: str) -> None:
    chosen = st.session_state[f"check_{key}"]
    if chosen == first:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
    _check_record.go(_check_record.FIRST)
