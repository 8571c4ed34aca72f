"""Headings of tables of comments mean what their entries in the vocabulary say."""

from __future__ import annotations

from typing import get_args

import pytest

from analysis.consultation.comment_columns import Column as CommentColumn
from analysis.consultation.comment_columns import guess, meaning
from analysis.corpus.formats.spreadsheet import Area, Sheet
from analysis.grammar import grammar
from analysis.grammar.vocabularies import Column, Heading


def test_every_column_has_one_entry() -> None:
    assert [entry.id for entry in grammar().headings] == list(CommentColumn) == list(get_args(Column))
    names = [entry.name for entry in grammar().headings]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("entry", grammar().headings, ids=lambda entry: entry.id)
def test_headings_and_examples_prove_each_other(entry: Heading) -> None:
    assert [heading for heading in entry.examples if meaning(heading) != entry.id] == []
    assert [heading for heading in entry.not_ if meaning(heading) == entry.id] == []
    assert [form for form in entry.forms if meaning(form) != entry.id] == []


def test_no_form_stands_twice() -> None:
    forms = [form for entry in grammar().headings for form in entry.forms]
    assert sorted({form for form in forms if forms.count(form) > 1}) == []


@pytest.mark.parametrize("heading", ["国籍", "国民经济行业", "采购需求", "张三", "", "——"])
def test_other_words_are_no_heading(heading: str) -> None:
    assert meaning(heading) is None


UPPER = ("序号", "反馈方", "", "意见内容")
COMMENT_ROW = ("1", "某局", "规划处", "建议删除。")


@pytest.mark.parametrize(
    ("below", "merged", "header"),
    [
        (("", "单位", "姓名/处室"), ((0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)), 2),
        (("", "名称", "所在部门"), ((0, 1, 0, 2), (0, 0, 1, 0)), 2),
        (("1", "某厅", "法规处", "同意。"), ((0, 1, 0, 2),), 1),  # the first comment, below a wide heading
        (("", "", "某厅", "同意。"), ((0, 1, 0, 2), (0, 0, 1, 0)), 1),  # words below a heading that is one cell
        (("", "单位", "姓名/处室"), ((0, 1, 0, 2),), 1),  # nothing says that these are headings
    ],
)
def test_merged_cells_make_a_header_of_two_lines(below: tuple[str, ...], merged: tuple[Area, ...], header: int) -> None:
    found = guess(Sheet("表", (UPPER, below, COMMENT_ROW, COMMENT_ROW), merged))
    assert found is not None
    assert found.header == header
    assert found.columns[3] is CommentColumn.TEXT
