"""意见处理: several comments ticked in the list and decided, given to a person, or sent to a second reader together."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis import pipeline
from analysis.pipeline import CommentFilter, CommentRow, Consultation
from analysis.present import consultation_text
from analysis.present.markup import render
from pages import _consultation_changes, _ui
from pages._consultation import actor, forget_counts, records
from pages._consultation_form import Form, fields
from pages._consultation_people import people_offered

FORM = Form("together")
_TICKED = "bulk-ticked"  # by consultation: the version that was seen of each ticked comment
_MOST = 5_000  # comments that are decided together


def chosen() -> bool:
    """Whether comments are being ticked."""
    return _ui.query("together") == "1"


def begin() -> None:
    """Tick comments from now on."""
    st.query_params["together"] = "1"


def _end(here: Consultation) -> None:
    st.query_params.pop("together", None)
    _ticked(here).clear()


def _ticked(here: Consultation) -> dict[int, int]:
    every: dict[str, dict[int, int]] = st.session_state.setdefault(_TICKED, {})
    return every.setdefault(here.uid, {})


def view(here: Consultation, only: CommentFilter, rows: Sequence[CommentRow], total: int, page: int, size: int) -> None:
    """The list with a box for each comment, and beside it what is done with those that are ticked."""
    with st.container(key="together-columns"):
        side = st.container(key="together-list")
        beside = st.container(key="together-form")
    with side:
        with st.container(horizontal=True, key="together-tick", gap="small", vertical_alignment="center"):
            _button("本页全选", "page", _tick_rows, here, rows)
            _button(f"筛选出的 {min(total, _MOST):,} 条全选", "all", _tick_all, here, only)
            _button("全不选", "none", _tick_none, here)
        for row in rows:
            _line(here, row)
        _ui.pager(total, page, size, unit="条")
    with beside:
        _do(here)


def _button(label: str, name: str, do: object, *given: object) -> None:
    st.button(label, key=f"together-{name}", type="tertiary", on_click=do, args=given)  # type: ignore[arg-type]


def _line(here: Consultation, row: CommentRow) -> None:
    key = f"tick-{here.uid}-{row.number}"
    st.session_state[key] = row.number in _ticked(here)
    st.checkbox(_ui.literal(consultation_text.tick_line(row)), key=key, on_change=_tick, args=(here, row, key))


def _tick(here: Consultation, row: CommentRow, key: str) -> None:
    if st.session_state[key]:
        _ticked(here)[row.number] = row.handling.version
    else:
        _ticked(here).pop(row.number, None)


def _tick_rows(here: Consultation, rows: Sequence[CommentRow]) -> None:
    _ticked(here).update((row.number, row.handling.version) for row in rows)


def _tick_all(here: Consultation, only: CommentFilter) -> None:
    _tick_rows(here, pipeline.comment_rows(records(), here.uid, only, size=_MOST))


def _tick_none(here: Consultation) -> None:
    _ticked(here).clear()


def _do(here: Consultation) -> None:
    """What is done with the ticked comments."""
    ticked = _ticked(here)
    _ui.html(render("consultation.ticked", count=len(ticked)))
    _consultation_changes.told(here)
    fields(here, FORM)
    with st.container(horizontal=True, key="together-keep", gap="small", vertical_alignment="center"):
        st.button(
            f"对 {len(ticked)} 条作出处理" if ticked else "请先勾选",
            key="together-save",
            type="primary",
            shortcut="Mod+Enter",
            disabled=not ticked or FORM.chosen is None,
            on_click=_save,
            args=(here,),
        )
        _consultation_changes.undo_button(here, None)
        _button("结束勾选", "end", _end, here)
    with st.container(horizontal=True, key="together-people", gap="small", vertical_alignment="bottom"):
        st.selectbox(
            "承办",
            people_offered(here),
            index=None,
            key="together-assigned",
            width=160,
            placeholder="选一人",
            format_func=lambda name: name or "未分派",
        )
        st.button("分派", key="together-assign", disabled=not ticked, on_click=_assign, args=(here,))
        st.button("要求复核", key="together-second", disabled=not ticked, on_click=_want_second, args=(here,))


def _save(here: Consultation) -> None:
    decision, ticked = FORM.chosen, dict(_ticked(here))
    if decision is None:
        return
    reason, reply, main = FORM.reason, FORM.reply, FORM.main
    done = _consultation_changes.several(
        here,
        ticked,
        lambda: pipeline.decide_group(records(), actor(), here.uid, ticked, decision, reason, reply=reply, main=main),
        "作了处理",
    )
    if done:
        _ticked(here).clear()


def _assign(here: Consultation) -> None:
    to, ticked = st.session_state.get("together-assigned"), dict(_ticked(here))
    if to is None:
        return
    what = f"分派给{to}" if to else "改为未分派"
    _seen_again(
        here,
        _consultation_changes.several(
            here, ticked, lambda: pipeline.assign(records(), actor(), here.uid, ticked, to), what
        ),
    )
    forget_counts()


def _want_second(here: Consultation) -> None:
    ticked = dict(_ticked(here))
    _seen_again(
        here,
        _consultation_changes.several(
            here, ticked, lambda: pipeline.want_second(records(), actor(), here.uid, ticked, True), "要求复核"
        ),
    )


def _seen_again(here: Consultation, done: bool) -> None:
    """What was just changed stays ticked, at its new version."""
    if done:
        _ticked(here).update(_consultation_changes.last_changed(here))
