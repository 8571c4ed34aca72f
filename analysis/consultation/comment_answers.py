"""Answers of careful readers to comments on a draft, as a folder holds them.

``comments.csv`` has a line for each row of its tables, ``clauses.csv`` the clauses of the draft; what the columns mean
stands in ``tests/cases/comments/README.md`` and where it points to.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from analysis.corpus.files import read_bytes
from analysis.model import InputError

Place = tuple[str, int]  # a file and its row


@dataclass(frozen=True, slots=True)
class Answer:
    """What a careful reader makes of one row. Several clauses or stances are as right, the best first."""

    file: str
    row: int
    sender_type: str
    head: str
    clauses: tuple[str, ...]
    kind: str
    group: str
    stances: tuple[str, ...]
    expect: str

    @property
    def place(self) -> Place:
        """The file and the row."""
        return self.file, self.row

    @property
    def is_comment(self) -> bool:
        """Whether the row must come back as a comment."""
        return self.expect == "comment"

    @property
    def may_be_comment(self) -> bool:
        """Whether the row may come back as a comment."""
        return "comment" in self.expect.split("|")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a folder, the name of the draft they are about, and the span of each of its clauses."""

    folder: Path
    draft: str
    answers: tuple[Answer, ...]
    spans: Mapping[str, tuple[int, int]]

    @property
    def files(self) -> tuple[str, ...]:
        """The tables, in the order of the answers."""
        return tuple(dict.fromkeys(answer.file for answer in self.answers))


def read_answers(folder: Path) -> Answers:
    """The answers in ``folder``. Raises ``InputError`` where a file is missing or is not what it should be."""
    spans, draft = {}, ""
    for row in _rows(folder / "clauses.csv", ("draft", "path", "start", "end")):
        draft = row["draft"]
        spans[row["path"]] = (int(row["start"]), int(row["end"]))
    columns = ("file", "row", "sender_type", "text_head", "clauses", "anchor_kind", "group", "stance", "expect")
    rows = _rows(folder / "comments.csv", columns)
    return Answers(folder, draft, tuple(map(_answer, rows)), spans)


def _answer(row: Mapping[str, str]) -> Answer:
    return Answer(
        row["file"],
        int(row["row"]),
        row["sender_type"],
        row["text_head"],
        _several(row["clauses"]),
        row["anchor_kind"],
        row["group"],
        _several(row["stance"]),
        row["expect"],
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    text = read_bytes(path, str(path)).decode("utf-8-sig", "replace")
    reader = csv.DictReader(StringIO(text, newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(str(path), "", f"缺少 {'、'.join(missing)} 这些列", "请按 tests/cases/comments 的样子补上")
    return list(reader)
