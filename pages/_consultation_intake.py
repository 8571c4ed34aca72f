"""意见处理, 收件: files, letters and calls come in; how a table is read is shown before anything is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import InputError
from analysis.pipeline import Column, ColumnMapping, Comment, Consultation, Preview
from analysis.present import consultation_intake, consultation_tables
from analysis.present.comment_words import COLUMNS
from analysis.present.markup import render
from pages import _consultation, _session, _ui
from pages._consultation import actor, attempt, forget_counts, may_handle, records, unsorted
from pages._files import let_go

_WAITING, _TAKEN, _SAID = "intake-waiting", "intake-taken", "intake-said"
_SHOWN = 8  # rows of a sheet that a preview shows
_REJECTED = 50  # rejected rows on a page
_MOST_COLUMNS = 40  # columns that a person can name
_CHANNELS = {"来信": "paper", "来电": "telephone"}


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that was brought and not taken in yet: it is in this session's memory alone."""

    name: str
    data: bytes
    preview: Preview
    channel: str = "file"


def view(here: Consultation) -> None:
    """What has come in, the ways in, what was left out and why."""
    batches = pipeline.batches_of(records(), here.uid)
    _ui.header(consultation_intake.headline(batches), consultation_intake.lead(batches))
    may = may_handle(here)
    for sentence in st.session_state.pop(_SAID, ()):
        _ui.html(render("consultation.taken", sentence=sentence, address=_consultation.address(here, "comments")))
    if not may:
        _ui.say("填写办理人姓名后才能收件；已办结的不再收件。", "zh-second")
    elif (waiting := st.session_state.get(_WAITING)) is not None and waiting[0] == here.uid:
        _confirm(here, waiting[1])
        return
    else:
        _ways_in(here)
    if batches:
        _ui.section("已经收下的")
        _ui.html(render("consultation.batches", batches=[consultation_intake.batch_line(each) for each in batches]))
        if may:
            _sorting(here)
    _left_out(here)


def _sorting(here: Consultation) -> None:
    """All comments sorted again, where a person asks for it or some are not sorted yet."""
    waiting = unsorted(here)
    if waiting:
        _ui.say(consultation_intake.unsorted(waiting), "zh-c-missing")
    if st.button("重新分拣全部意见", key="sort-again", type="primary" if waiting else "tertiary"):
        _sort(here)
        st.rerun()


# The ways in ------------------------------------------------------------------------------------------------------


def _ways_in(here: Consultation) -> None:
    with st.container(key="comments-intake"):
        dropped = st.file_uploader("放入意见表或来信", key="comments-file", label_visibility="collapsed")
    taken = st.session_state.setdefault(_TAKEN, set())
    if dropped is not None and dropped.file_id not in taken:
        taken.add(dropped.file_id)
        _look(here, dropped.getvalue(), _session.clean_name(dropped.name), "file")
        let_go(dropped)
        st.rerun()
    with st.expander("粘贴电子邮件", key="intake-mail-fold"):
        words = st.text_area("邮件全文，可以连同发件人、时间一起粘贴", key="intake-mail", height=160)
        if st.button("读取邮件", key="intake-mail-read", disabled=not words.strip()):
            _look(here, words.encode(errors="replace"), "粘贴的邮件.txt", "mail")
            st.rerun()
    with st.expander("录入来信或来电", key="intake-hand-fold"):
        _by_hand(here)


def _look(here: Consultation, data: bytes, name: str, channel: str, mapping: ColumnMapping | None = None) -> None:
    """Read a file without keeping it, to show how it is read."""
    with st.spinner("正在读取"):
        attempt(lambda: _hold(here, _Waiting(name, data, pipeline.preview_comments(data, name, mapping), channel)))


def _hold(here: Consultation, waiting: _Waiting) -> None:
    st.session_state[_WAITING] = here.uid, waiting


def _by_hand(here: Consultation) -> None:
    with st.form("intake-hand", clear_on_submit=True, border=False):
        channel = st.radio("方式", list(_CHANNELS), horizontal=True)
        sender = st.text_input("姓名或单位", max_chars=200)
        text = st.text_area("意见内容", height=120, max_chars=20_000)
        clause = st.text_input("所涉条款（来信写明的）", max_chars=100)
        reason = st.text_area("理由", height=68, max_chars=20_000)
        contact = st.text_input("联系方式", max_chars=200)
        submitted = st.text_input("收到时间", max_chars=40, placeholder="2024年10月21日")
        if st.form_submit_button("收下这一条", type="primary"):
            if not text.strip():
                _ui.fault("没有填写意见内容，请填写后再收下。")
                return
            comment = Comment(
                1, text, sender=sender, clause=clause, reason=reason, contact=contact, submitted=submitted
            )
            kept = _CHANNELS[channel or "来信"]
            if attempt(lambda: pipeline.take_in_one(records(), actor(), here.uid, comment, kept)):
                st.session_state[_SAID] = ["收下了 1 条。"]
                _sort(here)
            st.rerun()


# How a file is read, before it is taken in ------------------------------------------------------------------------


def _confirm(here: Consultation, waiting: _Waiting) -> None:
    """The first rows, what each column holds, what it comes to; then all of it is taken in or nothing."""
    preview = waiting.preview
    _ui.section(f"将要收下“{waiting.name}”")
    _ui.html(render("consultation.reading", reading=consultation_intake.reading(preview)))
    under_way = st.container(key="intake-under-way")
    top = st.container(horizontal=True, key="intake-decide", gap="medium", vertical_alignment="center")
    changed = [_sheet(sheet, preview, at) for at, sheet in enumerate(preview.sheets)]
    mapping = ColumnMapping(tuple(each for each in changed if each is not None))
    as_shown = mapping.sheets == preview.mapping.sheets
    with top:
        taken = st.button(
            "收下",
            key="intake-take",
            type="primary" if as_shown else "secondary",
            shortcut="Mod+Enter",
            disabled=not as_shown or not preview.received.comments,
        )
        again = not as_shown and st.button("按改过的读法重新读取", key="intake-again", type="primary")
        st.button("不收", key="intake-leave", type="tertiary", shortcut="Escape", on_click=_leave)
    if again:
        _look(here, waiting.data, waiting.name, waiting.channel, mapping)
        st.rerun()
    if taken:
        with under_way:
            _take(here, waiting, mapping if preview.mapping.sheets else None)
        st.rerun()


def _sheet(sheet: Any, preview: Preview, at: int) -> Any:
    """One sheet: whether it is read, where its header ends, what each column holds. Gives back how it is to be read."""
    if not preview.mapping.sheets:
        return None
    held = preview.mapping.of(sheet.sheet)
    with st.container(key=f"intake-sheet-{at}"):
        with st.container(horizontal=True, key=f"intake-head-{at}", gap="medium", vertical_alignment="center"):
            label = f"读取工作表“{_ui.literal(sheet.sheet)}”（{sheet.total:,} 行）" if sheet.sheet else "读取这张表"
            used = st.checkbox(label, value=held is not None, key=f"intake-use-{at}")
            if not used:
                read = None
            else:
                read = held or pipeline.unknown_columns(sheet)
                header = st.number_input(
                    "表头到第几行为止", 0, len(sheet.rows), read.header, key=f"intake-header-{at}", width=120
                )
        if read is None:
            _ui.html(render("consultation.rows", rows=sheet.rows[:3], header=0))
            return None
        end = int(header)
        if end != read.header:  # another line is the header: its words are the headings
            read = replace(read, header=end, headings=tuple(sheet.rows[end - 1]) if end else ())
        columns = _columns(read, at)
        _ui.html(render("consultation.rows", rows=sheet.rows[: end + _SHOWN], header=end))
    return replace(read, columns=columns)


def _columns(read: Any, at: int) -> tuple[Column, ...]:
    """What each column of a sheet holds, as a person leaves it."""
    options = list(COLUMNS)
    chosen: list[Column] = []
    with st.container(horizontal=True, key=f"intake-columns-{at}", gap="small"):
        for number, column in enumerate(read.columns[:_MOST_COLUMNS]):
            heading = read.headings[number] if number < len(read.headings) else ""
            chosen.append(
                st.selectbox(
                    _ui.literal((heading or f"第{number + 1}列")[:24]),
                    options,
                    index=options.index(column),
                    key=f"intake-column-{at}-{number}",
                    width=150,
                    format_func=COLUMNS.__getitem__,
                )
            )
    return (*chosen, *read.columns[_MOST_COLUMNS:])


def _leave() -> None:
    st.session_state.pop(_WAITING, None)


def _progress(stop: str) -> Callable[[str, int, int], None]:
    """A bar with a way to stop: whoever presses it ends the run, and what was under way is undone."""
    bar = st.progress(0.0, "正在开始")
    st.button(stop, key="intake-stop", type="tertiary")

    def told(step: str, done: int, of: int) -> None:
        bar.progress(min(done / of, 1.0) if of else 0.0, consultation_intake.under_way(step, done, of))

    return told


def _take(here: Consultation, waiting: _Waiting, mapping: ColumnMapping | None) -> None:
    told = _progress("停下（意见收下以后停下，只是不分拣）")
    try:
        found = pipeline.take_in(
            records(),
            actor(),
            here.uid,
            waiting.data,
            waiting.name,
            mapping=mapping,
            channel=waiting.channel,
            told=told,
        )
    except InputError as fault:
        st.session_state[_SAID] = [str(fault)]
        return
    st.session_state.pop(_WAITING, None)
    st.session_state[_SAID] = [consultation_intake.taken(waiting.name, found)]
    forget_counts()
    if found.added:
        attempt(lambda: pipeline.sort_again(records(), actor(), here.uid, told))
        forget_counts()


def _sort(here: Consultation) -> None:
    with st.container(key="intake-under-way"):
        told = _progress("停下，以后再分拣")
        attempt(lambda: pipeline.sort_again(records(), actor(), here.uid, told))
    forget_counts()


# What was left out ------------------------------------------------------------------------------------------------


def _left_out(here: Consultation) -> None:
    """The rows that are no comments, with the reason: to look through and to take away."""
    rejected = pipeline.rejected_rows(records(), here.uid)
    if not rejected:
        return
    batches = {each.number: each for each in pipeline.batches_of(records(), here.uid)}
    page = _ui.page_within(len(rejected), _REJECTED, "rejected")
    _ui.section("没有作为意见收下的行", f"共 {len(rejected)} 行；内容都保留着，可以导出核对。")
    shown = rejected[(page - 1) * _REJECTED : page * _REJECTED]
    _ui.html(render("consultation.rejected", rows=[consultation_intake.rejected_line(each, batches) for each in shown]))
    _ui.pager(len(rejected), page, _REJECTED, key="rejected", unit="行")
    make: Callable[[], Any] = lambda: consultation_tables.rejected_table(here, rejected, batches)  # noqa: E731
    _ui.download_row("未收的行", make, key="rejected", what="未收的行")
