"""意见处理, 逐条处理: the list of comments, the one that is open with its clause beside it, and the decision on it.

By keyboard: J and K go through the list, 1 to 6 choose a decision, Ctrl+Enter keeps it and opens the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import streamlit as st

from analysis import pipeline
from analysis.pipeline import CommentFilter, CommentRow, Consultation, ConsultedDraft
from analysis.present import consultation_intake, consultation_text
from analysis.present.comment_words import DECISIONS, SENDER_TYPES, STANCES, clause_words
from analysis.present.markup import render
from pages import _consultation, _consultation_bulk, _consultation_decision, _consultation_people, _ui
from pages._consultation import counted, may_handle, records, unsorted

LISTED = 20
_WIDE = 900  # pixels: where list, comment and clause stand side by side
_STATES = {"未处理": "open", "已处理": "decided", "待复核": "second", "指向不存在的条款": "missing"}
_ORDERS = {
    "序号": pipeline.CommentField.NUMBER,
    "条款": pipeline.CommentField.CLAUSE,
    "主题": pipeline.CommentField.THEME,
    "反馈人类别": pipeline.CommentField.SENDER_TYPE,
    "把握（低的在前）": pipeline.CommentField.CONFIDENCE,
}
_MORE = ("sender", "stance", "decision", "assigned", "order")  # the filters that are folded away
_KEYS = ("state", "clause", "theme", *_MORE, "group", "words", "page")


def view(here: Consultation) -> None:
    """The answer, the filters, the list, the open comment."""
    line = pipeline.count_line(records(), here.uid)
    _ui.header(consultation_text.headline(line), consultation_text.lead(here, line))
    if not line.received:
        _ui.empty("还没有收到意见；请先到“收件”放入意见表、邮件，或逐条录入。")
        return
    if waiting := unsorted(here):
        words = consultation_intake.unsorted(waiting)
        _ui.html(render("consultation.unsorted", words=words, address=_consultation.address(here, "intake")))
    only = _filters(here)
    total = pipeline.how_many(records(), here.uid, only)
    page = _ui.page_within(total, LISTED, "page")
    order = _ORDERS.get(_ui.query("order"), pipeline.CommentField.NUMBER)
    rows = pipeline.comment_rows(records(), here.uid, only, order, page, LISTED)
    if _consultation_bulk.chosen() and may_handle(here):
        _consultation_bulk.view(here, only, rows, total, page, LISTED)
        return
    current = _current(here, rows)
    draft = _consultation.draft_of(here)
    with st.container(key="consultation-columns"):
        side = st.container(key="consultation-list")
        middle = st.container(key="consultation-open")
        beside = st.container(key="consultation-clause")
        below = st.container(key="consultation-decide")
    with middle:
        _asked()
        _steps(here, only, order, rows, total, page, current)
        if current is not None:
            _comment(here, current, draft)
    if current is not None:
        with beside:
            _clause(here, current, draft)
        with below:
            _consultation_decision.form(here, current, _following(rows, current))
    with side:
        _list(here, rows, total, page, current)
    if current is not None and _ui.query("number") and _ui.chart_width() > _WIDE:
        _ui.into_view(f"comment-{current.number}", "nearest")
        _ui.into_view(f"open-{current.number}", "nearest")


def _current(here: Consultation, rows: Sequence[CommentRow]) -> CommentRow | None:
    """The comment that is open: the one of the address, wherever it stands, else the first of the list."""
    asked = _ui.whole_number("number", 0) if _ui.query("number") else 0
    found = next((row for row in rows if row.number == asked), None)
    if asked and found is None:
        found = next(iter(pipeline.comment_rows(records(), here.uid, CommentFilter(numbers=(asked,)))), None)
    return found or (rows[0] if rows else None)


def _following(rows: Sequence[CommentRow], current: CommentRow) -> int | None:
    """The comment after the open one, those that are not decided first."""
    numbers = [row.number for row in rows]
    at = numbers.index(current.number) if current.number in numbers else -1
    later = [*rows[at + 1 :], *rows[: max(at, 0)]]
    waiting = [row.number for row in later if row.handling.decision is None]
    return waiting[0] if waiting else (later[0].number if later else None)


# The filters ------------------------------------------------------------------------------------------------------


def _filters(here: Consultation) -> CommentFilter:
    """Which comments are listed; every choice stands in the address."""
    by_clause = counted(here, pipeline.CommentField.CLAUSE)
    by_theme = sorted(counted(here, pipeline.CommentField.THEME).items(), key=lambda each: (-each[1], each[0]))
    clauses = {clause_words(value): (value, total) for value, total in by_clause.items()}
    subjects = {name or "未归类": (name, total) for name, total in by_theme}
    decisions = {words: decision for decision, words in DECISIONS.items()}
    senders = {words: kind for kind, words in SENDER_TYPES.items()}
    stances = {words: stance for stance, words in STANCES.items()}
    with _ui.controls("consultation"):
        state = _select("进度", "state", list(_STATES), 130)
        clause = _select("条款", "clause", list(clauses), 190, {name: each[1] for name, each in clauses.items()})
        theme = _select("主题", "theme", list(subjects), 210, {name: each[1] for name, each in subjects.items()})
        narrowed = sum(bool(_ui.query(name)) for name in _MORE)
        with st.popover(f"更多（{narrowed}）" if narrowed else "更多", key="filters-more", type="tertiary"):
            sender = _select("反馈人", "sender", list(senders), 220)
            stance = _select("态度", "stance", list(stances), 220)
            decision = _select("处理", "decision", list(decisions), 220)
            people = [name for name in counted(here, pipeline.CommentField.ASSIGNED) if name]
            assigned = _select("承办", "assigned", people, 220)
            _select("排序", "order", list(_ORDERS), 220)
        words = st.text_input(
            "查找",
            key="words",
            bind="query-params",
            width=190,
            placeholder="意见、姓名、单位",
            on_change=_ui.first_page,
        )
    group = _ui.query("group")
    if group:
        with st.container(horizontal=True, key="consultation-group", gap="small", vertical_alignment="center"):
            _ui.say_inline("只看相同或相近的来信", "zh-second")
            st.button("看全部", key="group-all", type="tertiary", on_click=_all_groups)
    picked = _STATES.get(state or "")
    return CommentFilter(
        clause=clauses[clause][0] if clause else None,
        theme=subjects[theme][0] if theme else None,
        sender_type=senders.get(sender or ""),
        stance=stances.get(stance or ""),
        decision=decisions.get(decision or ""),
        assigned_to=assigned,
        is_open={"open": True, "decided": False}.get(picked or ""),
        second_awaited=True if picked == "second" else None,
        refers_to_nothing=True if picked == "missing" else None,
        group=group or None,
        words=(words or "").strip(),
    )


def _select(
    label: str, key: str, offered: Sequence[str], width: int, counts: dict[str, int] | None = None
) -> str | None:
    """One of the names offered, with counts where there are any; None for all."""
    chosen: str | None = st.selectbox(
        label,
        offered,
        index=None,
        key=key,
        bind="query-params",
        placeholder="全部" if key != "order" else "序号",
        width=width,
        format_func=lambda name: f"{name}（{counts[name]}）" if counts and name in counts else name,
        on_change=_ui.first_page,
    )
    return chosen if chosen in offered else None


def _all_groups() -> None:
    st.query_params.pop("group", None)
    _ui.first_page()


# What is shown ----------------------------------------------------------------------------------------------------


def _asked() -> None:
    """The box into which ``asked.js`` writes the comment that was clicked."""
    with st.container(key="comment-asked"):
        st.text_input("所选的意见", key="comment_asked", on_change=_open_asked)


def _open_asked() -> None:
    number = st.session_state.comment_asked.strip()
    st.session_state.comment_asked = ""
    if number.isascii() and number.isdecimal() and len(number) < 9:
        st.query_params["number"] = number


def _steps(
    here: Consultation,
    only: CommentFilter,
    order: pipeline.CommentField,
    rows: Sequence[CommentRow],
    total: int,
    page: int,
    current: CommentRow | None,
) -> None:
    """The way to the comment before and the one after, also where these stand on another page of the list."""
    if current is None:
        _ui.say("筛选之后没有意见。", "zh-empty")
        return
    numbers = [row.number for row in rows]
    at = numbers.index(current.number) if current.number in numbers else None

    def target(to: int) -> tuple[int, int] | None:
        """The page and the number of a neighbour."""
        if at is None:
            return (page, numbers[0]) if numbers else None
        if 0 <= at + to < len(numbers):
            return page, numbers[at + to]
        other = page + to
        if not 1 <= other <= ceil(total / LISTED):
            return None
        beyond = pipeline.comment_rows(records(), here.uid, only, order, other, LISTED)
        return (other, beyond[0 if to > 0 else -1].number) if beyond else None

    with st.container(horizontal=True, key="consultation-steps", gap="small", vertical_alignment="center"):
        for label, key, shortcut, to in (("上一条", "step-back", "k", -1), ("下一条", "step-on", "j", 1)):
            found = target(to)
            st.button(
                label,
                key=key,
                type="tertiary",
                shortcut=shortcut,
                disabled=found is None,
                on_click=_go,
                args=found or (page, 0),
            )
        if may_handle(here):
            st.button("勾选多条一并处理", key="bulk-begin", type="tertiary", on_click=_consultation_bulk.begin)


def _go(page: int, number: int) -> None:
    if page > 1:
        st.query_params["page"] = str(page)
    else:
        _ui.first_page()
    st.query_params["number"] = str(number)


def _list(here: Consultation, rows: Sequence[CommentRow], total: int, page: int, current: CommentRow | None) -> None:
    state = {name: _ui.query(name) or None for name in _KEYS}
    lines = [
        consultation_text.line(row, current is not None and row.number == current.number)
        | {"address": _consultation.address(here, "comments", **{**state, "number": row.number})}
        for row in rows
    ]
    _ui.html(render("consultation.list", lines=lines, total=total))
    _ui.pager(total, page, LISTED, unit="条")
    _ui.html(render("consultation.keys", may=may_handle(here)))


def _comment(here: Consultation, row: CommentRow, draft: ConsultedDraft | None) -> None:
    batch = next((each for each in pipeline.batches_of(records(), here.uid) if each.number == row.batch), None)
    same, link = 0, ""
    if row.proposal and row.proposal.group:
        same = pipeline.how_many(records(), here.uid, CommentFilter(group=row.proposal.group)) - 1
        link = _consultation.address(here, "comments", group=row.proposal.group, number=row.number)
    card = consultation_text.card(row, batch, draft)
    _ui.html(render("consultation.comment", card=card, same=same, address=link))


def _clause(here: Consultation, row: CommentRow, draft: ConsultedDraft | None) -> None:
    if draft is None:
        _ui.empty("这次征求意见还没有草案；请到“征集要求”放入。")
        return
    _ui.html(render("consultation.clause", clause=consultation_text.clause(row, draft)))
    _consultation_people.clause_choice(here, row, draft)
