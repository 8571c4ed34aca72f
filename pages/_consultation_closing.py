"""意见处理, 结项: the revised draft held against what was promised, the tables, the archive, and the end."""

from __future__ import annotations

import streamlit as st

from analysis import pipeline
from analysis.pipeline import Consultation, DraftKind, Role
from analysis.present import consultation_closing
from analysis.present.markup import render
from pages import _consultation_drafts, _consultation_revision, _consultation_tables, _ui
from pages._consultation import actor, attempt, records


def view(here: Consultation) -> None:
    """The answer, the count line, the revised draft and its lists, the tables, the end."""
    line = pipeline.count_line(records(), here.uid)
    with st.spinner("正在对照修改稿"):
        revision = _consultation_revision.current(here)
    looked = _consultation_revision.looked(here, revision)
    left = len(looked.left(revision.to_examine)) if revision else 0
    found = revision.lists if revision else None
    _ui.header(consultation_closing.headline(here, line, found, left), consultation_closing.lead(found))
    _ui.html(render("closing.count_line", line=consultation_closing.count_line(line)))
    _ui.section("修改稿兑现了吗？")
    if revision is None:
        _ui.say("放入修改后的草案，就能看到采纳的意见改在哪里、哪些答应了没有改、哪些改动没有意见来由。", "zh-second")
    else:
        _consultation_revision.lists(here, revision, looked)
    if actor().role.covers(Role.LEAD) and here.status is pipeline.ConsultationStatus.OPEN:
        _consultation_drafts.upload(here, DraftKind.REVISED, "放入修改稿" if revision is None else "换一份修改稿")
    _consultation_tables.tables(here, line, revision)
    _consultation_tables.archive(here)
    _end(here, revision is not None)


def _end(here: Consultation, has_revision: bool) -> None:
    """Close the consultation, or open it again; a lead does it."""
    _ui.section("办结")
    closed = here.status is pipeline.ConsultationStatus.CLOSED
    _ui.say(consultation_closing.end_words(here, has_revision), "zh-second")
    if not actor().role.covers(Role.LEAD):
        return
    if closed:
        st.button("重新打开", key="closing-open", on_click=_reopen, args=(here,))
    else:
        st.button("办结", key="closing-close", type="primary", on_click=_close, args=(here,))


def _close(here: Consultation) -> None:
    attempt(lambda: pipeline.conclude(records(), actor(), here.uid, _consultation_revision.compared))


def _reopen(here: Consultation) -> None:
    attempt(lambda: pipeline.reopen_consultation(records(), actor(), here.uid))
