"""意见处理, 结项: the lists over the revised draft, and what a person notes of each item before closing."""

from __future__ import annotations

import streamlit as st

from analysis import pipeline
from analysis.pipeline import ClauseChange, Consultation, ConsultedDraft, Records, Revision
from analysis.present import consultation_closing
from analysis.present.consultation_closing import FINDINGS, ClosingList, Looked
from analysis.present.markup import render
from pages import _consultation, _ui
from pages._consultation import actor, attempt, may_handle, records
from pages._kept import kept

_LISTED = 60  # rows of a list on the page
_NOTE, _OTHERS, _OFTEN = "item-note", "item-others", "item-often"
_LONGEST = 200


@kept(most=16)
def compared(consulted: ConsultedDraft, revised: ConsultedDraft) -> tuple[ClauseChange, ...]:
    """What became of each clause. Raises ``InputError``."""
    return pipeline.draft_changes(consulted, revised)


def current(here: Consultation) -> Revision | None:
    """The revised draft with its lists; None where there is none."""
    return _revision(records(), here.uid, pipeline.last_change(records(), here.uid))


@kept(most=8)
def _revision(held: Records, uid: str, change: int) -> Revision | None:
    return pipeline.revision(held, uid, compared)


def looked(here: Consultation, revision: Revision | None) -> Looked:
    """What people have found of the items."""
    notes = pipeline.examined_of(records(), here.uid, revision.draft.number) if revision else {}
    return Looked(
        pipeline.item_of,
        notes,
        lambda number: _consultation.address(here, "comments", number=number),
        lambda item: _consultation.address(here, "closing", item=item),
    )


def lists(here: Consultation, revision: Revision, held: Looked) -> None:
    """The item that is open, then every list."""
    every = list(consultation_closing.lists(revision.lists, held))
    may = may_handle(here)
    asked = _ui.query("item")
    if may and asked:
        found = next(((one, row) for one in every for row in one.rows if row.get("item") == asked), None)
        if found is not None:
            _form(here, revision, held, *found)
    for one in every:
        _ui.html(render("closing.closing_list", list=one, rows=one.rows[:_LISTED], may=may))
    table = consultation_closing.lists_table(here, revision.lists, held, revision.draft.draft.name)
    _ui.download_row(table.name, lambda: table, key="closing-lists", what="核对清单")


def _form(here: Consultation, revision: Revision, held: Looked, one: ClosingList, row: dict[str, object]) -> None:
    """What was found of an item: often the same few words, or one's own; the next item opens after it."""
    item = str(row["item"])
    note = held.note(item)
    if st.session_state.get("item-of") != item:
        st.session_state["item-of"] = item
        st.session_state[_NOTE] = note.note if note else ""
        st.session_state[_OTHERS] = False
    others = [each for each in held.left([str(other["item"]) for other in one.rows]) if each != item]
    with st.container(key="item-form"):
        _ui.html(render("closing.item", heading=one.heading, row=row))
        st.pills("常用的去向", FINDINGS[one.heading], key=_OFTEN, on_change=_use, label_visibility="collapsed")
        st.text_input("核对说明", key=_NOTE, max_chars=_LONGEST, placeholder="改在哪里，或为什么不改")
        if others:
            st.checkbox(f"同一清单里没有核对的另外 {len(others)} 处也这样注明", key=_OTHERS)
        with st.container(horizontal=True, key="item-keep", gap="small", vertical_alignment="center"):
            st.button(
                "保存，看下一处",
                key="item-save",
                type="primary",
                shortcut="Mod+Enter",
                on_click=_save,
                args=(here, revision, held, item, others),
            )
            st.button("不注明", key="item-leave", type="tertiary", on_click=_leave)
    _ui.into_view("item", "nearest")


def _use() -> None:
    if chosen := st.session_state.get(_OFTEN):
        st.session_state[_NOTE] = chosen
        st.session_state[_OFTEN] = None


def _leave() -> None:
    st.query_params.pop("item", None)
    st.session_state.pop("item-of", None)


def _save(here: Consultation, revision: Revision, held: Looked, item: str, others: list[str]) -> None:
    words = (st.session_state.get(_NOTE) or "").strip()
    together = [item, *others] if words and st.session_state.get(_OTHERS) else [item]
    notes = dict.fromkeys(together, words)
    versions = {each: held.notes[each].version for each in together if each in held.notes}
    number = revision.draft.number
    if not attempt(lambda: pipeline.examine(records(), actor(), here.uid, number, notes, versions)):
        return
    waiting = [each for each in held.left(revision.to_examine) if each not in notes]
    following = next((each for each in waiting if each in others), waiting[0] if waiting else None)
    _leave()
    if following and words:
        st.query_params["item"] = following
