"""Two versions held against each other: new fields are no difference, everything else is one and is named."""

from __future__ import annotations

import json

from compare_versions import difference, rows_of, told

BEFORE = [{"document": "甲", "quote": "100家", "value": "100"}, {"document": "乙", "quote": "5%", "value": "5"}]


def test_new_fields_and_another_order_are_no_difference() -> None:
    found = difference(BEFORE, [{**row, "unit": "家"} for row in reversed(BEFORE)])
    assert found.alike
    assert told("extract", found) == "extract: 2 rows, the same\n  new fields: unit"


def test_a_row_that_differs_is_named_by_document_and_words() -> None:
    found = difference(BEFORE, [{**BEFORE[0], "value": "1000"}, BEFORE[1]])
    assert not found.alike
    assert "value differs in 1 rows\n    甲 100家: 100 -> 1000" in told("extract", found)


def test_rows_and_fields_that_are_lost_are_a_difference() -> None:
    found = difference(BEFORE, [{"document": "甲", "quote": "100家"}, {"document": "丙", "quote": "7人"}])
    said = told("extract", found)
    assert not found.alike
    assert "fields gone: value" in said
    assert "only before in 1 rows\n    乙 5%" in said
    assert "only after in 1 rows\n    丙 7人" in said
    assert not difference([*BEFORE, BEFORE[0]], BEFORE).alike


def test_every_way_to_answer_is_read_as_rows() -> None:
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in BEFORE)
    assert [json.loads(row["value"]) for row in rows_of(lines.encode())] == ["100", "5"]
    assert rows_of(json.dumps(BEFORE).encode()) == rows_of(lines.encode())
    assert rows_of(b'{"a": {"b": [1, 2]}}') == [{"a.b": "[1, 2]"}]
    assert rows_of("\ufeff文件,原文\r\n甲,100家\r\n".encode()) == [{"文件": "甲", "原文": "100家"}]
