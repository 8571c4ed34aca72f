"""收件 in words: what has come in, how a file is read before it is taken in, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.consultation.receive import Preview
from analysis.present.consultation_text import moment
from analysis.present.numbers import figure, with_unit
from analysis.records.importing import Imported
from analysis.records.record_values import Batch, RejectedRow

CHANNELS = {"file": "文件", "mail": "邮件", "paper": "来信", "telephone": "来电"}
STEPS = {
    "receive": "正在读取文件",
    "keep": "正在保存意见",
    "read": "正在读意见、对条款",
    "group": "正在归并相近的来信",
    "themes": "正在归纳主题",
    "save": "正在保存分拣结果",
}
_SHORT = 60  # characters of a cell in a list


def headline(batches: Sequence[Batch]) -> str:
    """The answer: how much has come in."""
    total = sum(each.comments for each in batches)
    return f"收到 {figure(total)} 条意见" if total else "意见从哪里来？"


def lead(batches: Sequence[Batch]) -> str:
    """What stands under it."""
    if not batches:
        return "放入意见表（xlsx、csv、docx）或来信，粘贴邮件，或逐条录入。先看怎样读取，再决定收不收。"
    left = sum(each.rejected for each in batches)
    told = f"分 {with_unit(len(batches), '批')}收下"
    return f"{told}；另有 {with_unit(left, '行')}不是意见，连同原因列在下面。" if left else f"{told}。"


def batch_line(one: Batch) -> dict[str, Any]:
    """A batch in the list."""
    return {
        "name": one.name,
        "channel": CHANNELS.get(one.channel, one.channel),
        "comments": one.comments,
        "rejected": one.rejected,
        "repeated": one.repeated,
        "by": one.added_by,
        "at": moment(one.added_at),
    }


def reading(preview: Preview) -> dict[str, Any]:
    """What a file comes to as it is read now: comments, and rows left out by reason."""
    reasons = Counter(each.reason for each in preview.received.rejected)
    return {
        "comments": len(preview.received.comments),
        "rejected": len(preview.received.rejected),
        "reasons": reasons.most_common(),
        "examples": [(each.sender, _cut(each.text)) for each in preview.received.comments[:3]],
    }


def under_way(step: str, done: int, of: int) -> str:
    """What is being done, and how far it is."""
    words = STEPS.get(step, "正在处理")
    return f"{words}，{figure(done)} / {figure(of)}" if of > 1 else words


def unsorted(count: int) -> str:
    """That comments are not sorted yet."""
    return f"有 {figure(count)} 条意见还没有分拣：没有对到条款，也没有归并相近的来信。"


def taken(name: str, found: Imported) -> str:
    """What an import did, in a sentence."""
    if not found.added:
        return f"“{name}”里的意见以前都收过了，这次没有增加。"
    more = f"，{figure(found.repeated)} 条以前收过" if found.repeated else ""
    left = f"，{figure(found.rejected)} 行没有作为意见收下" if found.rejected else ""
    return f"“{name}”收下了 {figure(len(found.added))} 条{more}{left}。"


def rejected_line(one: RejectedRow, batches: Mapping[int, Batch]) -> dict[str, Any]:
    """A row that was left out."""
    return {
        "file": batches[one.batch].name,
        "sheet": one.sheet,
        "row": one.row,
        "reason": one.reason,
        "cells": _cut("｜".join(each for each in one.cells if each)),
    }


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"
