"""The table of wordings names every member of every enumeration, says one thing in one word, and is the only one."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

import pytest

from analysis import chinese_words
from analysis.checked.fields import INCENTIVE_FIELDS, TARGET_FIELDS, Part
from analysis.extract import Outcome
from analysis.extract.scope import YearFrom
from analysis.model import (
    CheckVerdict,
    Comparator,
    Instrument,
    Receiver,
    SeriesName,
    Status,
    TargetKind,
    TargetStatus,
    TextKind,
)
from analysis.present.tables_quality import COMPARED
from analysis.trend import Basis, Measure


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (chinese_words.COMPARATORS, set(Comparator)),
        (chinese_words.SIGNS, set(Comparator)),
        (chinese_words.TARGET_KINDS, set(TargetKind)),
        (chinese_words.STATUSES, set(Status)),
        (chinese_words.TEXT_KINDS, set(TextKind)),
        (chinese_words.TARGET_STATUSES, set(TargetStatus)),
        (chinese_words.VERDICT_SIGNS, set(TargetStatus)),
        (chinese_words.CHECKS, set(CheckVerdict)),
        (chinese_words.CHECK_SIGNS, set(CheckVerdict)),
        (chinese_words.PARTS, set(Part)),
        (chinese_words.BASES, {*Basis, *SeriesName}),
        (chinese_words.BASIS_PLACES, set(Basis)),
        (chinese_words.MEASURES, set(Measure)),
        (chinese_words.MEASURE_UNITS, set(Measure)),
        (chinese_words.OUTCOMES, set(Outcome)),
        (chinese_words.YEAR_FROM, set(YearFrom)),
    ],
)
def test_a_table_names_every_member_and_no_other(table: dict[str, str], members: Collection[StrEnum]) -> None:
    assert set(table) == members
    assert all(table.values())


def test_words_tell_members_apart() -> None:
    for table in (
        chinese_words.COMPARATORS,
        chinese_words.TARGET_KINDS,
        chinese_words.STATUSES,
        chinese_words.TARGET_STATUSES,
        chinese_words.FIELDS,
    ):
        assert len(set(table.values())) == len(table)


def test_at_most_is_one_word_everywhere() -> None:
    assert chinese_words.COMPARATORS[Comparator.LE] == chinese_words.reaching(Comparator.LE) == "不超过"


def test_every_receiver_and_instrument_has_a_chinese_name() -> None:
    said = [chinese_words.receiver_name(receiver) for receiver in Receiver]
    said += [chinese_words.instrument_name(tool) for tool in Instrument]
    assert not any(name.isascii() for name in said)


def test_every_field_that_is_checked_or_compared_has_a_name() -> None:
    fields = {*TARGET_FIELDS, *INCENTIVE_FIELDS, *(field for part in COMPARED.values() for field in part)}
    assert fields <= set(chinese_words.FIELDS)
    assert chinese_words.field_with_unit("threshold_wan") == "起点（万元）"


ENUMERATIONS = {
    each.__name__
    for each in (
        Comparator,
        Status,
        TargetKind,
        TextKind,
        TargetStatus,
        CheckVerdict,
        Part,
        Basis,
        Measure,
        Outcome,
        YearFrom,
    )
}
#: Words that are looked for in texts and tables, not shown.
READ = {"analysis/corpus/kind.py", "analysis/ingest/folder.py"}


def test_no_module_keeps_a_table_of_its_own() -> None:
    root = Path(__file__).resolve().parents[2]
    found = {
        f"{path.relative_to(root)}:{node.lineno}"
        for folder in ("analysis", "pages")
        for path in (root / folder).rglob("*.py")
        if str(path.relative_to(root)) not in {"analysis/chinese_words.py", *READ}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for name, word in zip(node.keys, node.values, strict=True)
        if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name) and name.value.id in ENUMERATIONS
        if isinstance(word, ast.Constant) and re.search("[\u4e00-\u9fff]", str(word.value))
    }
    assert not found
