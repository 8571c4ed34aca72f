"""意见处理: what a person decides of the open comment, or of all copies of it, and how that is taken back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis import pipeline
from analysis.pipeline import CommentFilter, CommentRow, Consultation, ConsultedDraft, Decision, Role
from analysis.present import consultation_text
from analysis.present.comment_words import DECISIONS, clause_words
from analysis.present.markup import render
from pages import _ui
from pages._consultation import actor, attempt, records

_CHOSEN, _REASON, _REPLY, _MAIN = "decision-chosen", "decision-reason", "decision-reply", "decision-main"
_TEMPLATE = "decision-template-chosen"
_OF = "decision-of"  # the comment and version that the form was filled for
_LONGEST = 4_000


def form(here: Consultation, row: CommentRow, following: int | None) -> None:
    """The decision: chosen, with its reason, kept; and what else can be done with the comment."""
    _begin(row)
    me = actor()
    may = me.role.covers(Role.REVIEWER) and here.status is pipeline.ConsultationStatus.OPEN
    if not may:
        _ui.html(render("consultation.decided", decided=consultation_text.decided_line(row)))
        _ui.say(_why_not(here, me.name), "zh-second")
        _history(here, row)
        return
    chosen = st.session_state.get(_CHOSEN)
    with st.container(key="decide-form"):
        with st.container(horizontal=True, key="decision-choices", gap="small"):
            for at, (decision, words) in enumerate(DECISIONS.items(), 1):
                st.button(
                    words,
                    key=f"decide-{decision.value}",
                    type="primary" if chosen == decision else "secondary",
                    shortcut=str(at),
                    on_click=_choose,
                    args=(decision,),
                )
        if chosen is Decision.MERGED:
            st.number_input("并入第几条", key=_MAIN, min_value=1, step=1, width=160)
        st.text_area("理由", key=_REASON, height=90, max_chars=_LONGEST, placeholder="必填；公示时会公布")
        _templates(here, chosen)
        with st.expander("给反馈人的答复", expanded=bool(st.session_state.get(_REPLY)), key="decision-reply-fold"):
            st.text_area("答复", key=_REPLY, height=80, max_chars=_LONGEST, label_visibility="collapsed")
        with st.container(horizontal=True, key="decision-keep", gap="small", vertical_alignment="center"):
            st.button(
                "保存，看下一条" if following else "保存",
                key="decision-save",
                type="primary",
                shortcut="Mod+Enter",
                disabled=chosen is None,
                on_click=_save,
                args=(here, row, following),
            )
            _together(here, row, chosen)
            _quiet("撤销上一步", "undo", "u", _undo, here, row)
            if row.handling.decision is not None:
                _quiet("撤回处理", "reopen", None, _reopen, here, row)
    _ui.html(render("consultation.decided", decided=consultation_text.decided_line(row)))
    _people(here, row)
    _history(here, row)


def _begin(row: CommentRow) -> None:
    """Fill the form from what holds, once for each comment and version: what is being typed stays."""
    if st.session_state.get(_OF) == (row.number, row.handling.version):
        return
    if st.session_state.get(_OF, (0, 0))[0] != row.number or not st.session_state.get("decision-conflict"):
        st.session_state[_CHOSEN] = row.handling.decision
        st.session_state[_REASON] = row.handling.reason
        st.session_state[_REPLY] = row.handling.reply
        st.session_state[_MAIN] = row.handling.main or 1
    st.session_state.pop("decision-conflict", None)
    st.session_state[_OF] = (row.number, row.handling.version)


def _why_not(here: Consultation, name: str) -> str:
    if here.status is not pipeline.ConsultationStatus.OPEN:
        return "这次征求意见已经办结，不能再改；负责人可以在“结项”里重新打开。"
    return "填写办理人姓名后才能处理。" if not name else "您的权限是查阅，不能处理。"


def _choose(decision: Decision) -> None:
    st.session_state[_CHOSEN] = decision


def _quiet(label: str, name: str, shortcut: str | None, do: Callable[..., None], *given: object) -> None:
    st.button(label, key=f"decision-{name}", type="tertiary", shortcut=shortcut, on_click=do, args=given)


def _templates(here: Consultation, chosen: Decision | None) -> None:
    """Reasons that are used again and again: put in, or kept."""
    held = pipeline.templates_of(records(), here.uid)
    offered = [each for each in held if each.decision is None or each.decision is chosen]
    with st.container(horizontal=True, key="decision-templates", gap="small", vertical_alignment="center"):
        if offered:
            st.selectbox(
                "套用常用理由",
                offered,
                index=None,
                key=_TEMPLATE,
                placeholder="套用常用理由",
                width=260,
                label_visibility="collapsed",
                format_func=lambda each: each.title,
                on_change=_use_template,
            )
        _quiet("存为常用理由", "template", None, _keep_template, here, chosen)


def _use_template() -> None:
    if (chosen := st.session_state.get(_TEMPLATE)) is not None:
        st.session_state[_REASON] = chosen.text
        st.session_state[_TEMPLATE] = None


def _keep_template(here: Consultation, chosen: Decision | None) -> None:
    words = (st.session_state.get(_REASON) or "").strip()
    attempt(lambda: pipeline.add_template(records(), actor(), here.uid, words[:20], words, chosen))


def _save(here: Consultation, row: CommentRow, following: int | None) -> None:
    decision = st.session_state.get(_CHOSEN)
    if decision is None:
        return
    reason, reply, main = _typed(decision)
    number, version = row.number, row.handling.version
    kept = _try(
        lambda: pipeline.decide(records(), actor(), here.uid, number, version, decision, reason, reply=reply, main=main)
    )
    if kept and following:
        st.query_params["number"] = str(following)


def _typed(decision: Decision) -> tuple[str, str, int | None]:
    """Reason, reply, and the comment that this one is merged with."""
    main = int(st.session_state.get(_MAIN) or 0) if decision is Decision.MERGED else None
    return st.session_state.get(_REASON) or "", st.session_state.get(_REPLY) or "", main


def _try(change: Callable[[], object]) -> bool:
    """A change; where somebody else was first, what is typed stays in the form and what they did is shown."""
    done = attempt(change)
    if not done:
        st.session_state["decision-conflict"] = True
    return done


def _together(here: Consultation, row: CommentRow, chosen: Decision | None) -> None:
    """The same decision for all copies of a letter that are not decided yet."""
    group = row.proposal.group if row.proposal else ""
    if not group:
        return
    waiting = pipeline.how_many(records(), here.uid, CommentFilter(group=group, is_open=True))
    if waiting > 1:
        st.button(
            f"同类 {waiting} 条一并处理",
            key="decision-group",
            disabled=chosen is None,
            on_click=_save_group,
            args=(here, row, group),
        )


def _save_group(here: Consultation, row: CommentRow, group: str) -> None:
    decision = st.session_state.get(_CHOSEN)
    if decision is None:
        return
    rows = pipeline.comment_rows(records(), here.uid, CommentFilter(group=group, is_open=True), size=5_000)
    versions = {each.number: each.handling.version for each in rows}
    reason, reply, main = _typed(decision)
    _try(
        lambda: pipeline.decide_group(records(), actor(), here.uid, versions, decision, reason, reply=reply, main=main)
    )


def _reopen(here: Consultation, row: CommentRow) -> None:
    _try(lambda: pipeline.reopen_comment(records(), actor(), here.uid, row.number, row.handling.version))


def _undo(here: Consultation, row: CommentRow) -> None:
    _try(lambda: pipeline.undo(records(), actor(), here.uid, row.number, row.handling.version))


def clause_choice(here: Consultation, row: CommentRow, draft: ConsultedDraft) -> None:
    """Tie the comment to another clause by hand, or let the proposal hold again."""
    if not actor().role.covers(Role.REVIEWER) or here.status is not pipeline.ConsultationStatus.OPEN:
        return
    paths = [clause.path for clause in draft.clauses]
    key = f"clause-{row.number}-{row.handling.version}"
    st.selectbox(
        "改到别的条款",
        paths,
        index=None,
        key=key,
        placeholder="改到别的条款",
        label_visibility="collapsed",
        format_func=lambda path: f"{clause_words(path)} {draft.by_path[path].heading[:18]}",
        on_change=_set_clause,
        args=(here, row, key),
    )
    if row.handling.clause:
        st.button("恢复程序的判断", key="clause-proposal", type="tertiary", on_click=_set_clause, args=(here, row, ""))


def _set_clause(here: Consultation, row: CommentRow, key: str) -> None:
    chosen = st.session_state.get(key) or "" if key else ""
    _try(lambda: pipeline.set_clause(records(), actor(), here.uid, row.number, row.handling.version, chosen))


def _people(here: Consultation, row: CommentRow) -> None:
    """Who handles the comment, and whether a second person has agreed with the decision."""
    me, handling = actor(), row.handling
    versions = {row.number: handling.version}
    names = dict.fromkeys([me.name, *(each.name for each in pipeline.people_of(records())), handling.assigned_to])
    options = ["", *(name for name in names if name)]
    key = f"assigned-{row.number}-{handling.version}"
    with st.container(horizontal=True, key="decision-people", gap="small", vertical_alignment="center"):
        st.selectbox(
            "承办",
            options,
            index=options.index(handling.assigned_to),
            key=key,
            width=150,
            format_func=lambda name: name or "未分派",
            on_change=_assign,
            args=(here, versions, key),
        )
        _quiet(
            "不再要求复核" if handling.second_wanted else "要求复核",
            "second",
            None,
            _want_second,
            here,
            versions,
            not handling.second_wanted,
        )
        if handling.decision is not None and handling.decided_by != me.name:
            _quiet("复核同意", "agree", None, _second, here, row, True)
            _quiet("复核不同意", "disagree", None, _second, here, row, False)


def _assign(here: Consultation, versions: dict[int, int], key: str) -> None:
    _try(lambda: pipeline.assign(records(), actor(), here.uid, versions, st.session_state.get(key) or ""))


def _want_second(here: Consultation, versions: dict[int, int], wanted: bool) -> None:
    _try(lambda: pipeline.want_second(records(), actor(), here.uid, versions, wanted))


def _second(here: Consultation, row: CommentRow, agrees: bool) -> None:
    note = (st.session_state.get(_REASON) or "").strip() if not agrees else ""
    note = note if note != row.handling.reason else ""
    number, version = row.number, row.handling.version
    _try(lambda: pipeline.second_read(records(), actor(), here.uid, number, version, agrees, note))


def _history(here: Consultation, row: CommentRow) -> None:
    """Every change of the comment, the newest first."""
    with st.expander("修改记录", key="decision-history"):
        entries = pipeline.entries_of(records(), here.uid, "comment", str(row.number))
        _ui.html(render("consultation.history", entries=[consultation_text.entry(each) for each in entries]))
