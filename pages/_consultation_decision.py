"""意见处理: what a person decides of the open comment, or of all copies of it, and how that is taken back."""

from __future__ import annotations

import streamlit as st

from analysis import pipeline
from analysis.pipeline import CommentFilter, CommentRow, Conflict, Consultation
from analysis.present import consultation_text
from analysis.present.markup import render
from pages import _consultation_changes, _consultation_people, _ui
from pages._consultation import actor, may_handle, records
from pages._consultation_form import Form, fields

FORM = Form("decision")
_FILLED = "decision-filled"  # the comment, and what it held when the form was filled from it
_MOST_ALIKE = 5_000


def form(here: Consultation, row: CommentRow, following: int | None) -> None:
    """The decision: chosen, with its reason, kept; and what else can be done with the comment."""
    if not may_handle(here):
        _consultation_changes.told(here)
        _ui.html(render("consultation.decided", decided=consultation_text.decided_line(row)))
        _ui.say(_why_not(here), "zh-second")
        _consultation_people.history(here, row)
        return
    _begin(here, row)
    _consultation_changes.told(here)  # also what _begin found
    _ui.html(render("consultation.decided", decided=consultation_text.decided_line(row)))
    fields(here, FORM, row)
    with st.container(horizontal=True, key="decision-keep", gap="small", vertical_alignment="center"):
        st.button(
            "保存，看下一条" if following else "保存",
            key="decision-save",
            type="primary",
            shortcut="Mod+Enter",
            disabled=FORM.chosen is None,
            on_click=_save,
            args=(here, row, following),
        )
        _together(here, row)
        _consultation_changes.undo_button(here, row)
        if row.handling.decision is not None:
            st.button("撤回处理", key="decision-reopen", type="tertiary", on_click=_reopen, args=(here, row))
    _consultation_people.second_reader(here, row)
    _consultation_people.people(here, row)
    _consultation_people.history(here, row)


def _begin(here: Consultation, row: CommentRow) -> None:
    """Fill the form from what holds; what a person has typed since stays, also where somebody else was first.

    The version that counts as seen is the one the form was filled from: whoever changed the comment while this person
    was typing is shown at once, and the first attempt to save is refused.
    """
    handling = row.handling
    now = (handling.decision, handling.reason, handling.reply, handling.main)
    place = (here.uid, row.number)
    held, filled, seen = st.session_state.get(_FILLED, (None, None, 0))
    if held == place and FORM.there:
        if handling.version == seen + 1 and handling.changed_by == actor().name:
            seen = handling.version
            st.session_state[_FILLED] = place, filled, seen
        typed = (FORM.chosen, FORM.reason, FORM.reply, FORM.main)
        if typed not in (filled, now):
            if handling.version > seen:
                _consultation_changes.tell(Conflict(row.number, handling))
            return
        if now == filled:
            st.session_state[_FILLED] = place, filled, handling.version
            return
    FORM.fill(*now)
    st.session_state[_FILLED] = place, now, handling.version


def _why_not(here: Consultation) -> str:
    if here.status is not pipeline.ConsultationStatus.OPEN:
        return "这次征求意见已经办结，不能再改；负责人可以在“结项”里重新打开。"
    return "您的权限是查阅，不能处理。" if actor().name else "填写办理人姓名后才能处理。"


def _save(here: Consultation, row: CommentRow, following: int | None) -> None:
    decision = FORM.chosen
    if decision is None:
        return
    number = row.number
    place, filled, version = st.session_state.get(_FILLED, ((here.uid, number), None, row.handling.version))
    reason, reply, main = FORM.reason, FORM.reply, FORM.main
    done = _consultation_changes.one(
        here,
        lambda: pipeline.decide(
            records(), actor(), here.uid, number, version, decision, reason, reply=reply, main=main
        ),
    )
    if done:
        st.session_state.pop(_FILLED, None)
        if following:
            st.query_params["number"] = str(following)
    elif row.handling.version > version or _consultation_changes.refused(number):
        now = pipeline.comment_row(records(), here.uid, number).handling.version
        st.session_state[_FILLED] = place, filled, now  # it has been seen now


def _together(here: Consultation, row: CommentRow) -> None:
    """The same decision for all copies of a letter that are not decided yet."""
    group = row.proposal.group if row.proposal else ""
    if not group:
        return
    waiting = pipeline.how_many(records(), here.uid, CommentFilter(group=group, is_open=True))
    if waiting > 1:
        st.button(
            f"同类 {waiting} 条一并处理",
            key="decision-group",
            disabled=FORM.chosen is None,
            on_click=_save_group,
            args=(here, group),
        )


def _save_group(here: Consultation, group: str) -> None:
    decision = FORM.chosen
    if decision is None:
        return
    rows = pipeline.comment_rows(records(), here.uid, CommentFilter(group=group, is_open=True), size=_MOST_ALIKE)
    versions = {each.number: each.handling.version for each in rows}
    reason, reply, main = FORM.reason, FORM.reply, FORM.main
    done = _consultation_changes.several(
        here,
        versions,
        lambda: pipeline.decide_group(records(), actor(), here.uid, versions, decision, reason, reply=reply, main=main),
        "作了处理",
    )
    if done:
        st.session_state.pop(_FILLED, None)


def _reopen(here: Consultation, row: CommentRow) -> None:
    number, version = row.number, row.handling.version
    _consultation_changes.one(here, lambda: pipeline.reopen_comment(records(), actor(), here.uid, number, version))
