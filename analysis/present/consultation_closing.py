"""结项 in words: the count line, the lists over the revised draft, and what closing means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from analysis.consultation.closing import ClauseChange, ClosingLists, Fulfilment, Promise
from analysis.consultation.comments import Decision
from analysis.lint.changed_words import Run
from analysis.lint.versions import Fate
from analysis.present.comment_words import DECISIONS, OPEN, clause_words, decided
from analysis.present.consultation_text import moment
from analysis.present.export import Table, tabulate
from analysis.present.numbers import figure, with_unit
from analysis.present.version_table import FATES
from analysis.records.record_values import Consultation, CountLine, Status

_SHORT = 60
KEPT, LIST_A, LOOSE, LIST_B, ORPHANS = (
    "已经改到条文里",
    "清单 A：答应采纳，条文没有变",
    "采纳了，但没有对应条款，请人工核对",
    "清单 B：改了，但没有采纳的意见作来由",
    "条款已经不在，请决定怎样答复",
)


def headline(here: Consultation, line: CountLine, found: ClosingLists | None) -> str:
    """The answer: what still stands in the way of closing."""
    if here.status is Status.CLOSED:
        return "这次征求意见已经办结"
    if line.still_open:
        return f"还有 {figure(line.still_open)} 条没有处理，不能办结"
    if found is None:
        return "意见都处理了，还没有放入修改稿"
    left = len(found.unchanged) + len(found.orphans)
    return f"还有 {figure(left)} 处要核对" if left else "可以办结"


def lead(found: ClosingLists | None) -> str:
    """What stands under it."""
    if found is None:
        return "答应采纳的，要在修改稿里看得到；改了的，要说得出来由。"
    return (
        f"采纳的意见有 {with_unit(len(found.kept), '条')}改到了条文里，{with_unit(len(found.unchanged), '条')}没有；"
        f"另有 {with_unit(len(found.unexplained), '处改动')}没有意见作来由。"
    )


def count_line(line: CountLine) -> dict[str, Any]:
    """收到 = 采纳 + …, as cells, and whether it reconciles."""
    cells = [(DECISIONS[each], line.decided[each]) for each in Decision]
    return {
        "received": line.received,
        "cells": [*cells, (OPEN, line.still_open)] if line.still_open else cells,
        "reconciles": line.reconciles,
    }


def lists(
    found: ClosingLists, link: Callable[[int], str], most: int
) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Each list with its heading, an id, and its first rows."""
    yield LIST_A, "list-a", [_promise(each, link) for each in found.unchanged[:most]]
    yield LIST_B, "list-b", [_change(each) for each in found.unexplained[:most]]
    yield ORPHANS, "orphans", [_promise(each, link) for each in found.orphans[:most]]
    yield LOOSE, "loose", [_promise(each, link) for each in found.without_clause[:most]]
    yield KEPT, "kept", [_fulfilment(each, link) for each in found.kept[:most]]


def _promise(one: Promise, link: Callable[[int], str]) -> dict[str, Any]:
    number = cast(int, one.comment)
    return {
        "number": number,
        "address": link(number),
        "clause": clause_words(one.clause),
        "decision": decided(one.decision),
        "text": _cut(one.text),
        "changes": [],
        "echoes": (),
    }


def _fulfilment(one: Fulfilment, link: Callable[[int], str]) -> dict[str, Any]:
    return {
        **_promise(one.promise, link),
        "changes": [_change(each) for each in one.changes],
        "echoes": one.echoes,
    }


def _change(one: ClauseChange) -> dict[str, Any]:
    clauses = one.old or one.new
    return {
        "number": None,
        "clause": "、".join(clause_words(each.path) for each in clauses),
        "fate": FATES[one.fate],
        "old": _around(one.old_runs) if one.fate is not Fate.ADDED else [],
        "new": _around(one.new_runs) if one.fate is not Fate.DELETED else [],
        "notes": one.notes,
        "changes": [],
        "echoes": (),
    }


def _around(runs: Sequence[Run]) -> list[tuple[str, bool]]:
    """What differs with a few words around it; the rest is left out."""
    found: list[tuple[str, bool]] = []
    for at, run in enumerate(runs):
        words = run.words
        if run.same and len(words) > 24:
            head = words[:10] if at else ""
            tail = words[-10:] if at + 1 < len(runs) else ""
            words = f"{head}…{tail}"
        found.append((words, not run.same))
    return found


def lists_table(here: Consultation, found: ClosingLists, revised: str) -> Table:
    """All lists in one table to take away."""
    rows = [(heading, row) for heading, _, some in lists(found, lambda number: "", 1_000_000) for row in some]
    return tabulate(
        "修改稿核对清单",
        f"《{here.title}》修改稿核对清单",
        {
            "清单": lambda pair: pair[0],
            "意见序号": lambda pair: pair[1]["number"],
            "条款": lambda pair: pair[1]["clause"],
            "处理": lambda pair: pair[1].get("decision", ""),
            "意见内容": lambda pair: pair[1].get("text", ""),
            "改动": lambda pair: "；".join(
                note for each in (pair[1]["changes"] or [pair[1]]) for note in each.get("notes", ())
            ),
            "意见里也有的新词句": lambda pair: "；".join(pair[1]["echoes"]),
        },
        rows,
        f"征求意见稿与修改稿 {revised}",
    )


def end_words(here: Consultation) -> str:
    """What closing means, or who closed."""
    if here.status is Status.CLOSED:
        return f"{here.closed_by} 于 {moment(here.closed_at)} 办结；处理意见不能再改。"
    return "办结要求每条意见都有处理和理由，条数对得上；办结后不能再改，负责人可以重新打开。"


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"
