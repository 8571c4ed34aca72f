"""征集要求 in words: what rules ask of a consultation and what its notice shows, as an answer and as a table."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from analysis.consultation.compliance import ComplianceSheet, DutyState, Requirement
from analysis.model import InputError
from analysis.present.comment_words import DOCUMENT_KINDS, DUTY_STATES
from analysis.present.export import Table, tabulate
from analysis.present.numbers import date as chinese_date
from analysis.present.numbers import figure, spaced
from analysis.records.record_values import Consultation, DraftKind, DraftRecord

TEXT_ROLES = {DraftKind.CONSULTED: "征求意见稿", DraftKind.NOTICE: "公告", DraftKind.REVISED: "修改稿"}
_DAY = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?", re.ASCII)
_GROUPS = (DutyState.MISSING, DutyState.UNKNOWN, DutyState.MET, DutyState.LATER)


def headline(sheet: ComplianceSheet) -> str:
    """The answer: whether the period is long enough and how much the notice lacks."""
    missing = sum(each.state is DutyState.MISSING for each in sheet.requirements)
    if sheet.period is None:
        return "没有读到征求意见的起止日期"
    if missing:
        return f"公告还缺 {figure(missing)} 项"
    return "公告该有的都有了"


def lead(sheet: ComplianceSheet) -> str:
    """The period in a sentence, with the rule that asks for it."""
    asked = next((each for each in sheet.requirements if each.title.startswith("期限不少于")), None)
    if sheet.period is None:
        return "请填写公布日和截止日，或放入公告。"
    period = sheet.period
    first, last = (chinese_date(day.isoformat()) for day in (period.first, period.last))
    told = f"{first}至{last}，自公布次日起算 {period.days} 日"
    verdict = f"；{asked.source}：{asked.title}，{DUTY_STATES[asked.state]}。" if asked else "。"
    return spaced(told + verdict)


def groups(sheet: ComplianceSheet) -> list[tuple[str, list[dict[str, Any]]]]:
    """The requirements by what the notice shows of them, what is missing first."""
    found = []
    for state in _GROUPS:
        rows = [_row(each) for each in sheet.requirements if each.state is state]
        if rows:
            found.append((DUTY_STATES[state], rows))
    return found


def _row(one: Requirement) -> dict[str, Any]:
    return {
        "title": one.title,
        "asks": one.asks,
        "source": one.source,
        "force": one.force,
        "words": " ".join(one.words.split()),
        "note": one.note,
        "remedy": one.remedy,
        "state": one.state.value,
    }


def table(here: Consultation, sheet: ComplianceSheet) -> Table:
    """The sheet to take away."""
    return tabulate(
        "征集要求核对表",
        f"《{here.title}》征求意见要求核对表",
        {
            "事项": lambda row: row.title,
            "要求": lambda row: row.asks,
            "依据": lambda row: row.source,
            "效力": lambda row: row.force,
            "情况": lambda row: DUTY_STATES[row.state],
            "公告原文": lambda row: row.words,
            "说明": lambda row: row.note,
            "建议": lambda row: row.remedy,
        },
        sheet.requirements,
        DOCUMENT_KINDS[sheet.kind],
    )


def text_line(one: DraftRecord) -> dict[str, Any]:
    """A text of the consultation in the list."""
    return {
        "role": TEXT_ROLES[one.kind],
        "name": one.draft.name,
        "clauses": len(one.draft.clauses),
        "by": one.added_by,
        "digest": one.sha256[:12],
    }


def day_typed(words: str, what: str) -> str:
    """A day as a person types it (2024-10-18, 2024.10.18, 2024年10月18日) in ISO 8601; "" for none.

    Raises ``InputError`` where it is no day; ``what`` names it.
    """
    typed = "".join(words.split())
    if not typed:
        return ""
    found = _DAY.fullmatch(typed)
    try:
        return date(*map(int, found.groups())).isoformat() if found else date.fromisoformat(typed).isoformat()
    except ValueError:
        raise InputError(what, "", "填的不是一个日期", "请写成 2024-10-18") from None
