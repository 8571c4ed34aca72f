"""意见处理: the clause, theme, person and second reader of the open comment, and every change of it."""

from __future__ import annotations

import streamlit as st

from analysis import pipeline
from analysis.pipeline import CommentRow, Consultation, ConsultedDraft
from analysis.present import consultation_text
from analysis.present.comment_words import clause_words
from analysis.present.consultation_text import named_clause
from analysis.present.markup import render
from pages import _consultation_changes, _ui
from pages._consultation import actor, counted, forget_counts, may_handle, records

_LONGEST = 40  # characters of a theme


# The clause -------------------------------------------------------------------------------------------------------


def clause_choice(here: Consultation, row: CommentRow, draft: ConsultedDraft) -> None:
    """Tie the comment to another clause by hand, those that could be meant first, or let the proposal hold again."""
    if not may_handle(here):
        return
    with st.container(key="clause-choice", gap="small"):
        for path in consultation_text.others(row):
            if path in draft.by_path:
                st.button(
                    _ui.literal(f"改为{named_clause(path, draft)}"),
                    key=f"clause-other-{path}",
                    type="tertiary",
                    on_click=_set_clause,
                    args=(here, row, path),
                )
        key = f"clause-{row.number}-{row.handling.version}"
        st.selectbox(
            "改到别的条款",
            [clause.path for clause in draft.clauses],
            index=None,
            key=key,
            placeholder="改到别的条款",
            label_visibility="collapsed",
            format_func=lambda path: f"{clause_words(path)} {draft.by_path[path].heading[:18]}",
            on_change=_choose_clause,
            args=(here, row, key),
        )
        if row.handling.clause:
            st.button(
                "恢复程序的判断", key="clause-proposal", type="tertiary", on_click=_set_clause, args=(here, row, "")
            )


def _choose_clause(here: Consultation, row: CommentRow, key: str) -> None:
    if chosen := st.session_state.get(key):
        _set_clause(here, row, chosen)


def _set_clause(here: Consultation, row: CommentRow, path: str) -> None:
    number, version = row.number, row.handling.version
    _consultation_changes.one(here, lambda: pipeline.set_clause(records(), actor(), here.uid, number, version, path))
    forget_counts()


# Who handles it, what it is about ---------------------------------------------------------------------------------


def people_offered(here: Consultation, *more: str) -> list[str]:
    """To whom comments can be given; "" for nobody."""
    configured = (each.name for each in pipeline.people_of(records()))
    names = dict.fromkeys([actor().name, *configured, *counted(here, pipeline.CommentField.ASSIGNED), *more])
    return ["", *(name for name in names if name)]


def people(here: Consultation, row: CommentRow) -> None:
    """Who handles the comment, whether a second person is to read it, and its theme."""
    handling, versions = row.handling, {row.number: row.handling.version}
    options = people_offered(here, handling.assigned_to)
    key = f"{row.number}-{handling.version}"
    with (
        st.expander("承办、复核要求和主题", key="decision-people-fold"),
        st.container(horizontal=True, key="decision-people", gap="small", vertical_alignment="bottom"),
    ):
        st.selectbox(
            "承办",
            options,
            index=options.index(handling.assigned_to),
            key=f"assigned-{key}",
            width=140,
            format_func=lambda name: name or "未分派",
            on_change=_assign,
            args=(here, versions, f"assigned-{key}"),
        )
        names = [name for name in counted(here, pipeline.CommentField.THEME) if name]
        st.selectbox(
            "主题",
            names,
            index=names.index(row.theme) if row.theme in names else None,
            key=f"theme-{key}",
            width=200,
            placeholder="未归类",
            on_change=_set_theme,
            args=(here, row, f"theme-{key}"),
        )
        st.text_input(
            "另起主题",
            key=f"theme-new-{key}",
            width=140,
            max_chars=_LONGEST,
            on_change=_set_theme,
            args=(here, row, f"theme-new-{key}"),
        )
        if handling.theme:
            st.button(
                "恢复程序的主题", key="theme-proposal", type="tertiary", on_click=_set_theme, args=(here, row, "")
            )
        st.button(
            "不再要求复核" if handling.second_wanted else "要求复核",
            key="decision-second",
            type="tertiary",
            on_click=_want_second,
            args=(here, versions, not handling.second_wanted),
        )


def _assign(here: Consultation, versions: dict[int, int], key: str) -> None:
    to = st.session_state.get(key) or ""
    _consultation_changes.several(
        here, versions, lambda: pipeline.assign(records(), actor(), here.uid, versions, to), ""
    )
    forget_counts()


def _want_second(here: Consultation, versions: dict[int, int], wanted: bool) -> None:
    _consultation_changes.several(
        here, versions, lambda: pipeline.want_second(records(), actor(), here.uid, versions, wanted), ""
    )


def _set_theme(here: Consultation, row: CommentRow, key: str) -> None:
    theme = (st.session_state.get(key) or "").strip() if key else ""
    if key and not theme:
        return
    number, version = row.number, row.handling.version
    _consultation_changes.one(here, lambda: pipeline.set_theme(records(), actor(), here.uid, number, version, theme))
    forget_counts()


# The second reader ------------------------------------------------------------------------------------------------


def second_reader(here: Consultation, row: CommentRow) -> None:
    """Whoever did not decide may agree or not, with a note; unfolded where a second reader is wanted."""
    handling = row.handling
    if handling.decision is None or handling.decided_by == actor().name:
        return
    waiting = handling.second_wanted and handling.second_agrees is None
    with st.expander("复核", expanded=waiting, key="decision-second-fold"):
        key = f"second-note-{row.number}-{handling.version}"
        st.text_input("复核意见", key=key, max_chars=400, placeholder="不同意时请写明为什么")
        with st.container(horizontal=True, key="decision-second-say", gap="small"):
            for label, name, agrees in (("复核同意", "agree", True), ("复核不同意", "disagree", False)):
                st.button(label, key=f"decision-{name}", on_click=_second, args=(here, row, agrees, key))


def _second(here: Consultation, row: CommentRow, agrees: bool, key: str) -> None:
    number, version, note = row.number, row.handling.version, (st.session_state.get(key) or "").strip()
    _consultation_changes.one(
        here, lambda: pipeline.second_read(records(), actor(), here.uid, number, version, agrees, note)
    )


# What was done ----------------------------------------------------------------------------------------------------


def history(here: Consultation, row: CommentRow) -> None:
    """Every change of the comment, the newest first."""
    entries = pipeline.entries_of(records(), here.uid, "comment", str(row.number)) if row.handling.version else ()
    with st.expander(f"修改记录（{len(entries)}）" if entries else "修改记录", key="decision-history"):
        _ui.html(render("consultation.history", entries=[consultation_text.entry(each) for each in entries]))
