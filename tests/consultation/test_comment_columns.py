"""Headings of tables of comments mean what their entries in the vocabulary say."""

from __future__ import annotations

from typing import get_args

import pytest

from analysis.consultation.comment_columns import Column as CommentColumn
from analysis.consultation.comment_columns import meaning
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
