"""Sorted comments as they leave the product for scripts and spreadsheets: JSON, or a row for each row of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.consultation.comment_columns import Mapping as ColumnMapping
from analysis.consultation.comments import Anchor, CommentPoint, Received, Rejected, SortedComment
from analysis.consultation.receive import Preview
from analysis.grammar import grammar
from analysis.present.export import Columns, Table, tabulate

_BETWEEN = " ｜ "  # cells of a rejected row


def values(found: Sequence[SortedComment], received: Received) -> dict[str, Any]:
    """``comments`` in the order of the file, and ``rejected`` with the reason and the cells of each row."""
    return {
        "comments": [_comment(each) for each in found],
        "rejected": [
            {"row": each.row, "reason": each.reason, "cells": list(each.cells), "sheet": each.sheet}
            for each in received.rejected
        ],
    }


def _comment(found: SortedComment) -> dict[str, Any]:
    comment = found.comment
    return {
        "row": comment.row,
        "sender": comment.sender,
        "text": comment.text,
        **_anchor(found.anchor),
        "group": found.group or None,
        "stance": found.stance.value,
        "points": [_point(each) for each in found.points],
        "theme": found.theme or None,
        "sender_type": found.sender_type.value,
        "others": next((_others(each) for each in found.points if each.anchor == found.anchor), []),
        "own_words": [list(span) for span in found.own_words],
        "title": comment.title,
        "reason": comment.reason,
        "named_clause": comment.clause,
        "submitted": comment.submitted,
        "sheet": comment.sheet,
    }


def _anchor(anchor: Anchor) -> dict[str, Any]:
    return {
        "clause": anchor.clause or None,
        "start": anchor.start,
        "end": anchor.end,
        "how": anchor.how.value,
        "confidence": round(anchor.confidence, 3),
        "evidence": anchor.evidence,
        "missing": anchor.missing or None,
    }


def _point(point: CommentPoint) -> dict[str, Any]:
    return {
        "span": [point.start, point.end],
        **_anchor(point.anchor),
        "stance": point.stance.value,
        "others": _others(point),
    }


def _others(point: CommentPoint) -> list[dict[str, Any]]:
    return [_anchor(each) for each in point.others]


_Row = SortedComment | Rejected

#: Keys as in JSON; a rejected row has its reason under ``rejected`` and its cells under ``text``.
_COLUMNS: Columns[_Row] = {
    "sheet": lambda row: row.sheet if isinstance(row, Rejected) else row.comment.sheet,
    "row": lambda row: row.row if isinstance(row, Rejected) else row.comment.row,
    "sender": lambda row: "" if isinstance(row, Rejected) else row.comment.sender,
    "sender_type": lambda row: "" if isinstance(row, Rejected) else row.sender_type.value,
    "text": lambda row: _cells(row) if isinstance(row, Rejected) else row.comment.text,
    "clause": lambda row: "" if isinstance(row, Rejected) else row.anchor.clause,
    "start": lambda row: None if isinstance(row, Rejected) else row.anchor.start,
    "end": lambda row: None if isinstance(row, Rejected) else row.anchor.end,
    "how": lambda row: "" if isinstance(row, Rejected) else row.anchor.how.value,
    "confidence": lambda row: None if isinstance(row, Rejected) else round(row.anchor.confidence, 3),
    "evidence": lambda row: "" if isinstance(row, Rejected) else row.anchor.evidence,
    "missing": lambda row: "" if isinstance(row, Rejected) else row.anchor.missing,
    "group": lambda row: "" if isinstance(row, Rejected) else row.group,
    "theme": lambda row: "" if isinstance(row, Rejected) else row.theme,
    "stance": lambda row: "" if isinstance(row, Rejected) else row.stance.value,
    "rejected": lambda row: row.reason if isinstance(row, Rejected) else "",
}


def _cells(row: Rejected) -> str:
    return _BETWEEN.join(cell for cell in row.cells if cell)


def table(found: Sequence[SortedComment], received: Received, name: str) -> Table:
    """Every row of a file, comment or not, in the order of the file."""
    sheets: dict[str, int] = {}
    rows: list[_Row] = [*found, *received.rejected]
    for row in rows:
        sheets.setdefault(_place(row)[0], len(sheets))
    rows.sort(key=lambda row: (sheets[_place(row)[0]], _place(row)[1]))
    return tabulate("comments", f"{name} 意见整理", _COLUMNS, rows, name)


def _place(row: _Row) -> tuple[str, int]:
    one = row if isinstance(row, Rejected) else row.comment
    return one.sheet, one.row


def counted(received: Received) -> str:
    """``143 条意见，12 行不是意见``."""
    return f"{len(received.comments):,} 条意见，{len(received.rejected):,} 行不是意见"


def preview_values(preview: Preview) -> dict[str, Any]:
    """How a file is read: ``mapping`` can be changed and given back; the first rows of each sheet; the counts."""
    return {
        "mapping": mapping_values(preview.mapping),
        "sheets": [
            {"sheet": each.sheet, "rows": each.total, "first": [list(row) for row in each.rows]}
            for each in preview.sheets
        ],
        "comments": len(preview.received.comments),
        "rejected": len(preview.received.rejected),
    }


def mapping_values(mapping: ColumnMapping) -> dict[str, Any]:
    """A mapping as JSON has it."""
    return {
        "sheets": [
            {
                "sheet": each.sheet,
                "header": each.header,
                "columns": [column.value for column in each.columns],
                "headings": list(each.headings),
            }
            for each in mapping.sheets
        ]
    }


def preview_text(preview: Preview, name: str) -> str:
    """How a file is read, for people."""
    lines = [f"{name}：{counted(preview.received)}。"]
    names = column_names()
    for each in preview.mapping.sheets:
        place = f"工作表“{each.sheet}”" if each.sheet else "表格"
        lines.append(f"{place}：前 {each.header} 行是标题和表头。" if each.header else f"{place}：没有表头。")
        headings = [*each.headings, *[""] * (len(each.columns) - len(each.headings))]
        for at, (column, heading) in enumerate(zip(each.columns, headings, strict=False), 1):
            lines.append(f"  第 {at} 列 {' '.join(heading.split()) or '（无列名）'}：{names[column.value]}")
    left_out = [each.sheet for each in preview.sheets if preview.mapping.of(each.sheet) is None]
    if left_out and preview.mapping.sheets:
        lines.append(f"没有读的工作表：{'、'.join(filter(None, left_out))}。")
    return "\n".join(lines) + "\n"


def column_names() -> Mapping[str, str]:
    """What people choose from where they say what a column holds."""
    return {entry.id: entry.name for entry in grammar().headings}
