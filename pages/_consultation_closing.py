"""意见处理, 结项: the revised draft held against what was promised, the tables, and the end of the consultation."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis import pipeline
from analysis.pipeline import Consultation, DraftKind, Revision, Role
from analysis.present import consultation_closing, consultation_tables
from analysis.present.consultation_tables import Handled, Preset
from analysis.present.export import XLSX_TYPE, to_xlsx
from analysis.present.markup import render
from analysis.present.version_table import DOCX_TYPE
from pages import _consultation, _consultation_drafts, _ui
from pages._consultation import actor, attempt, records

_LISTED = 100  # comments of a list on the page


def view(here: Consultation) -> None:
    """The answer, the count line, the revised draft and its lists, the tables, the end."""
    line = pipeline.count_line(records(), here.uid)
    revision = _revision(here)
    found = revision.lists if revision else None
    _ui.header(consultation_closing.headline(here, line, found), consultation_closing.lead(found))
    _ui.html(render("closing.count_line", line=consultation_closing.count_line(line)))
    _revised(here, revision)
    _tables(here, revision)
    _end(here)


def _revision(here: Consultation) -> Revision | None:
    with st.spinner("正在对照修改稿"):
        return pipeline.revision(records(), here.uid)


def _revised(here: Consultation, revision: Revision | None) -> None:
    _ui.section("修改稿兑现了吗？")
    if revision is None:
        _ui.say("放入修改后的草案，就能看到采纳的意见改在哪里、哪些答应了没有改、哪些改动没有意见来由。", "zh-second")
    else:

        def link(number: int) -> str:
            return _consultation.address(here, "comments", number=number)

        for heading, name, rows in consultation_closing.lists(revision.lists, link, _LISTED):
            _ui.html(render("closing.closing_list", heading=heading, name=name, rows=rows))
        _ui.downloads(
            consultation_closing.lists_table(here, revision.lists, revision.draft.draft.name), key="closing-lists"
        )
    if actor().role.covers(Role.LEAD) and here.status is pipeline.ConsultationStatus.OPEN:
        _consultation_drafts.upload(here, DraftKind.REVISED, "放入修改稿" if revision is None else "换一份修改稿")


def _tables(here: Consultation, revision: Revision | None) -> None:
    """The three tables, each as Word and Excel; made when they are asked for."""
    _ui.section("带走的表", "公示表隐去反馈人；每张表都写着条数等式。")
    with st.container(key="closing-tables"):
        for preset, title in consultation_tables.TITLES.items():
            with st.container(horizontal=True, key=f"table-{preset.value}", gap="small", vertical_alignment="center"):
                _ui.html_inline(render("page.downloads", what=title))
                _ui.download("Word", _word(here, preset, revision), f"{title}.docx", DOCX_TYPE)
                _ui.download("Excel", _excel(here, preset, revision), f"{title}.xlsx", XLSX_TYPE)


def _handled(here: Consultation, preset: Preset, revision: Revision | None) -> Handled:
    order = pipeline.CommentField.CLAUSE if preset is Preset.STANDARD else pipeline.CommentField.NUMBER
    return Handled(
        here,
        tuple(pipeline.every_row(records(), here.uid, order)),
        pipeline.count_line(records(), here.uid),
        {each.number: each for each in pipeline.batches_of(records(), here.uid)},
        revision.words if revision else {},
    )


def _word(here: Consultation, preset: Preset, revision: Revision | None) -> Callable[[], bytes]:
    return lambda: consultation_tables.comment_docx(preset, _handled(here, preset, revision))


def _excel(here: Consultation, preset: Preset, revision: Revision | None) -> Callable[[], bytes]:
    return lambda: to_xlsx(consultation_tables.comment_table(preset, _handled(here, preset, revision)))


def _end(here: Consultation) -> None:
    """Close the consultation, or open it again; a lead does it."""
    _ui.section("办结")
    closed = here.status is pipeline.ConsultationStatus.CLOSED
    _ui.say(consultation_closing.end_words(here), "zh-second")
    if not actor().role.covers(Role.LEAD):
        return
    if closed:
        st.button("重新打开", key="closing-open", on_click=_reopen, args=(here,))
    else:
        st.button("办结", key="closing-close", type="primary", on_click=_close, args=(here,))


def _close(here: Consultation) -> None:
    attempt(lambda: pipeline.close_consultation(records(), actor(), here.uid))


def _reopen(here: Consultation) -> None:
    attempt(lambda: pipeline.reopen_consultation(records(), actor(), here.uid))
