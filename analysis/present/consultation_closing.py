"""结项 in words: the count line, the lists over the revised draft with what was found of each item, and the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from analysis.records.record_files import RecordFile
from analysis.records.record_values import Consultation, CountLine, Examined, Status

_SHORT = 60
KEPT, LIST_A, LOOSE, LIST_B, ORPHANS = (
    "已经改到条文里",
    "清单 A：答应采纳，条文没有变",
    "采纳了，但没有对应条款",
    "清单 B：改了，但没有采纳的意见作来由",
    "条款已经不在，请决定怎样答复",
)
#: What is often found of the items of a list.
FINDINGS: Mapping[str, tuple[str, ...]] = {
    LIST_A: ("在别处改了", "原文已含此意，不再改动", "改在配套文件里", "下一稿再改"),
    LOOSE: ("已体现在全文", "在别处改了", "改在配套文件里"),
    LIST_B: ("文字和技术性修改", "部门会签意见", "合法性审核意见", "集体审议意见", "起草单位自行完善"),
    ORPHANS: ("条款删去，原答复仍然适用", "答复已按删去条款改写", "内容并入别的条款"),
}
ItemOf = Callable[[Promise | ClauseChange], str]


@dataclass(frozen=True, slots=True)
class Looked:
    """What people have found of the items of the lists, and where an item and a comment are opened."""

    item_of: ItemOf
    notes: Mapping[str, Examined] = field(default_factory=dict)
    comment: Callable[[int], str] = lambda number: ""
    open_item: Callable[[str], str] = lambda item: ""

    def note(self, item: str) -> Examined | None:
        """What was found of an item; None where nobody has looked."""
        held = self.notes.get(item)
        return held if held and held.note else None

    def left(self, items: Sequence[str]) -> list[str]:
        """The items that nobody has looked at."""
        return [item for item in items if self.note(item) is None]


def headline(here: Consultation, line: CountLine, found: ClosingLists | None, left: int) -> str:
    """The answer: what still stands in the way of closing."""
    if here.status is Status.CLOSED:
        return "这次征求意见已经办结"
    if line.still_open:
        return f"还有 {figure(line.still_open)} 条没有处理，不能办结"
    if found is None:
        return "意见都处理了，还没有放入修改稿"
    return f"修改稿还有 {figure(left)} 处要核对" if left else "可以办结"


def lead(found: ClosingLists | None) -> str:
    """What stands under it."""
    if found is None:
        return "答应采纳的，要在修改稿里看得到；改了的，要说得出来由。"
    told = [f"采纳的意见有 {with_unit(len(found.kept), '条')}改到了条文里，{with_unit(len(found.unchanged), '条')}没有"]
    if found.unexplained:
        told.append(f"另有 {with_unit(len(found.unexplained), '处')}改动没有意见作来由")
    if found.orphans:
        told.append(f"{with_unit(len(found.orphans), '条')}意见的条款已经不在")
    return "；".join(told) + "。"


def count_line(line: CountLine) -> dict[str, Any]:
    """收到 = 采纳 + …, as cells, and whether it reconciles."""
    cells = [(DECISIONS[each], line.decided[each]) for each in Decision]
    return {
        "received": line.received,
        "cells": [*cells, (OPEN, line.still_open)] if line.still_open else cells,
        "reconciles": line.reconciles,
    }


@dataclass(frozen=True, slots=True)
class ClosingList:
    """A list as it is shown: heading, id, all its rows, how many of them nobody has looked at (None: no need to)."""

    heading: str
    name: str
    rows: list[dict[str, Any]]
    left: int | None


def lists(found: ClosingLists, looked: Looked) -> Iterator[ClosingList]:
    """Each list; in those that are to be looked at, what nobody has looked at stands first."""
    for heading, name, some in (
        (LIST_A, "list-a", found.unchanged),
        (LIST_B, "list-b", found.unexplained),
        (ORPHANS, "orphans", found.orphans),
        (LOOSE, "loose", found.without_clause),
    ):
        rows = [_item(each, looked) for each in cast(Sequence[Promise | ClauseChange], some)]
        left = sum(row["note"] is None for row in rows)
        yield ClosingList(heading, name, sorted(rows, key=lambda row: row["note"] is not None), left)
    kept = [_fulfilment(each, looked) for each in found.kept]
    yield ClosingList(KEPT, "kept", kept, None)


def _item(one: Promise | ClauseChange, looked: Looked) -> dict[str, Any]:
    item = looked.item_of(one)
    note = looked.note(item)
    row = _promise(one, looked) if isinstance(one, Promise) else _change(one)
    return {
        **row,
        "item": item,
        "open": looked.open_item(item),
        "note": note and {"words": note.note, "by": note.examined_by, "at": moment(note.examined_at)},
    }


def _promise(one: Promise, looked: Looked) -> dict[str, Any]:
    number = cast(int, one.comment)
    return {
        "number": number,
        "address": looked.comment(number),
        "clause": clause_words(one.clause),
        "decision": decided(one.decision),
        "text": _cut(one.text),
        "changes": [],
        "echoes": (),
        "note": None,
        "open": "",
    }


def _fulfilment(one: Fulfilment, looked: Looked) -> dict[str, Any]:
    return {
        **_promise(one.promise, looked),
        "changes": [_change(each) for each in one.changes],
        "echoes": one.echoes,
    }


def _change(one: ClauseChange) -> dict[str, Any]:
    clauses = one.old or one.new
    renamed = one.old and one.new and [each.path for each in one.old] != [each.path for each in one.new]
    return {
        "number": None,
        "clause": "、".join(clause_words(each.path) for each in clauses),
        "fate": FATES[one.fate]
        + (f"，现为{'、'.join(clause_words(each.path) for each in one.new)}" if renamed else ""),
        "old": _around(one.old_runs) if one.fate is not Fate.ADDED else [],
        "new": _around(one.new_runs) if one.fate is not Fate.DELETED else [],
        "notes": one.notes,
        "changes": [],
        "echoes": (),
        "note": None,
        "open": "",
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


def lists_table(here: Consultation, found: ClosingLists, looked: Looked, revised: str) -> Table:
    """All lists in one table to take away."""
    rows = [(each.heading, row) for each in lists(found, looked) for row in each.rows]
    return tabulate(
        "修改稿核对清单",
        f"《{here.title}》修改稿核对清单",
        {
            "清单": lambda pair: pair[0],
            "意见序号": lambda pair: pair[1]["number"],
            "条款": lambda pair: pair[1]["clause"],
            "处理": lambda pair: pair[1].get("decision", ""),
            "意见内容": lambda pair: pair[1].get("text", ""),
            "原文": lambda pair: _words_of(pair[1], "old"),
            "修改为": lambda pair: _words_of(pair[1], "new"),
            "改动": lambda pair: "；".join(
                note for each in (pair[1]["changes"] or [pair[1]]) for note in each.get("notes", ())
            ),
            "意见里也有的新词句": lambda pair: "；".join(pair[1]["echoes"]),
            "核对说明": lambda pair: pair[1]["note"]["words"] if pair[1]["note"] else "",
            "核对人": lambda pair: pair[1]["note"]["by"] if pair[1]["note"] else "",
        },
        rows,
        f"征求意见稿与修改稿 {revised}",
    )


def _words_of(row: Mapping[str, Any], side: str) -> str:
    return "；".join("".join(words for words, _ in each[side]) for each in (row["changes"] or [row]) if each.get(side))


def end_words(here: Consultation, has_revision: bool) -> str:
    """What closing means, or who closed."""
    if here.status is Status.CLOSED:
        return f"{here.closed_by} 于 {moment(here.closed_at)} 办结；处理意见不能再改。"
    looked = "、修改稿逐处核对过" if has_revision else ""
    return f"办结要求每条意见都有处理和理由、条数对得上{looked}；办结后不能再改，负责人可以重新打开。"


def archive_limit(megabytes: int) -> str:
    """Where a larger archive is opened."""
    return f"归档由“结项”写出；先查验，再收进意见库。超过 {megabytes} MB 的，请用命令 comments open。"


def archive_words(name: str, found: RecordFile) -> str:
    """What an archive holds and that it is whole, or the first thing that is wrong with it."""
    if found.problems:
        return f"“{name}”没有通过查验：{found.problems[0]}"
    titles = "、".join(f"《{title}》" for _, title in found.consultations)
    counted = f"{with_unit(found.comments, '条')}意见、{with_unit(found.history, '条')}历史记录"
    return f"“{name}”完好，装着{titles}，{counted}；校验值、历史记录和条数全部相符。"


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"
