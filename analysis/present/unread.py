"""Files that could not be read, in words and markup: how many for which reason, each with its place and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from markupsafe import Markup

from analysis.present import numbers
from analysis.present.export import Column, Table
from analysis.present.html import render
from analysis.present.numbers import with_unit


class Unread(Protocol):
    """What this module needs of a file that could not be read."""

    @property
    def path(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def problem(self) -> str: ...
    @property
    def remedy(self) -> str: ...


def reason(problem: str, count: int) -> str:
    """The name of a reason with how many files it holds back, plain text: 文件是空的 25."""
    return f"{problem}{numbers.THIN_SPACE}{numbers.figure(count)}"


def heading(total: int) -> str:
    """``100`` -> 没有读进来的 100 个文件; plain text."""
    return f"没有读进来的 {with_unit(total, '个')}文件"


def note_html(total: int) -> Markup:
    """One line where the answer of a page stands: how many files are missing from it."""
    return render("sources.unread_note", total=total)


def unread_html(rows: Sequence[Unread]) -> Markup:
    """One row for each file: where it lies, why it could not be read, what to do."""
    return render("sources.unread", rows=[[row, row.problem, row.remedy] for row in rows])


def unread_table(rows: Sequence[Unread]) -> Table:
    """The same to download."""
    columns = (Column("path", "文件"), Column("place", "位置"), Column("problem", "原因"), Column("remedy", "怎么办"))
    cells = tuple({column.key: getattr(row, column.key) for column in columns} for row in rows)
    return Table("未读文件", "没有读进来的文件", columns, cells, "语料文件夹")
