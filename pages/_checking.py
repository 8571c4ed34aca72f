"""核对 on 原文: a panel beside the text in which each row is confirmed, changed, removed or added, by keyboard.

A person's word goes to the file beside the document, or for a visitor's own file to the store of the session. The rows
shown are made from what was known when the page was drawn; whoever speaks after somebody else is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from analysis import pipeline
from analysis.model import Reading
from analysis.pipeline import Check, Item
from analysis.present import checking as words
from analysis.present import reader_text
from analysis.present.highlight import Mark, MarkKind, reading_marks
from analysis.present.links import page_link
from analysis.present.markup import render
from pages import _check_form, _check_list, _check_say, _corpus, _session, _ui
from pages._ui import into_view

_MARKED = re.compile(r"c(\d{1,6}):(\d{1,7})-c(\d{1,6}):(\d{1,7})")
_CSS = Path(__file__).with_name("checking.css")


def under_way(reading: Reading) -> bool:
    """Whether the address asks for checking, and it may be."""
    if not _ui.query("check") or not _check_say.allowed(reading):
        return False
    return reading.document.card.own or not _corpus.unusable_checks(reading.document.id)


def switch(reading: Reading, said: Sequence[Check]) -> None:
    """The way into checking and out of it; nothing where it is off and nobody has checked anything."""
    if not _check_say.allowed(reading):
        if said:
            _ui.html(words.progress(pipeline.items(reading, said)))
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
            on_click=_check_say.go,
            args=("" if on else _check_say.FIRST,),
        )
        if said and not on:
            _ui.html_inline(words.progress(pipeline.items(reading, said)))


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
    if told := _check_say.told():
        _ui.fault(told)
    if noted := _check_say.noted():
        _ui.html(render("page.status", sentence=noted))
    named = bool(_check_say.who(reading))
    if not named:  # asked for where it cannot be missed
        _who(reading)
    queue = _check_list.queue(every)
    item = _asked(every, queue)
    editing = _check_form.begun(reading.document.id, item.key if item else "")
    if editing is not None and editing.span:
        _check_form.draw(reading, editing, None, _check_say.keeper(reading, said, None, ""))
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
            _check_form.draw(
                reading, editing, item, _check_say.keeper(reading, said, item, _check_list.after(queue, item))
            )
        else:
            _ui.html(words.item_html(item, reading))
            _steps(reading, said, queue, item)
    if editing is None:
        _add(reading)
    _check_list.draw(reading, queue, item)
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
    with st.container(horizontal=True, key="check-verdict", gap="small"):
        if item is not None:
            then = _check_list.after(queue, item)
            st.button(
                "对，下一条",
                key=f"check-yes-{item.key}",
                type="primary",
                shortcut="y",
                on_click=_check_say.judge,
                args=(reading, item, len(said), then, False),
            )
            st.button(
                "修改",
                key=f"check-edit-{item.key}",
                shortcut="e",
                on_click=_check_form.edit,
                args=(reading.document.id, item.key),
            )
            st.button(
                "删除",
                key=f"check-no-{item.key}",
                shortcut="x",
                on_click=_check_say.judge,
                args=(reading, item, len(said), then, True),
            )
    with st.container(horizontal=True, key="check-steps", gap="small"):
        st.button(
            "上一条",
            key="check-back",
            type="tertiary",
            shortcut="p",
            on_click=_check_say.go,
            args=(_check_list.beside(queue, item, -1),),
        )
        st.button(
            "下一条",
            key="check-next",
            type="tertiary",
            shortcut="n",
            on_click=_check_say.go,
            args=(_check_list.beside(queue, item, 1),),
        )
        undo = pipeline.last_of(said, _check_say.who(reading))
        st.button(
            "撤销",
            key="check-undo",
            type="tertiary",
            shortcut="u",
            disabled=undo is None,
            on_click=_check_say.undo,
            args=(reading, said),
        )


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
    """Who speaks: typed once, kept for the session."""
    st.session_state.check_who = _session.file_store().name(_session.visitor())
    hint = f"不写则记作“{_check_say.OWNER}”" if reading.document.card.own else "姓名，记在核对结果旁"
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
        _check_say.tell("原文中找不到这段文字，或者不止一处；请在原文中选中它，再按 A。")
        return
    _check_form.add(reading.document.id, span)
