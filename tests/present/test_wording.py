"""The table of wordings names every member of every enumeration, says one thing in one word, and is the only one."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

import pytest

from analysis import wording
from analysis.checked.fields import INCENTIVE_FIELDS, TARGET_FIELDS
from analysis.checked.values import Part
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
    TextKind,
    Verdict,
)
from analysis.present.quality import COMPARED
from analysis.trend import Basis, Measure


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (wording.COMPARATORS, set(Comparator)),
        (wording.SIGNS, set(Comparator)),
        (wording.TARGET_KINDS, set(TargetKind)),
        (wording.STATUSES, set(Status)),
        (wording.TEXT_KINDS, set(TextKind)),
        (wording.VERDICTS, set(Verdict)),
        (wording.VERDICT_SIGNS, set(Verdict)),
        (wording.CHECKS, set(CheckVerdict)),
        (wording.CHECK_SIGNS, set(CheckVerdict)),
        (wording.PARTS, set(Part)),
        (wording.BASES, {*Basis, *SeriesName}),
        (wording.BASIS_PLACES, set(Basis)),
        (wording.MEASURES, set(Measure)),
        (wording.MEASURE_UNITS, set(Measure)),
        (wording.OUTCOMES, set(Outcome)),
        (wording.YEAR_FROM, set(YearFrom)),
    ],
)
def test_a_table_names_every_member_and_no_other(table: dict[str, str], members: Collection[StrEnum]) -> None:
    assert set(table) == members
    assert all(table.values())


def test_words_tell_members_apart() -> None:
    for table in (wording.COMPARATORS, wording.TARGET_KINDS, wording.STATUSES, wording.VERDICTS, wording.FIELDS):
        assert len(set(table.values())) == len(table)


def test_at_most_is_one_word_everywhere() -> None:
    assert wording.COMPARATORS[Comparator.LE] == wording.reaching(Comparator.LE) == "不超过"


def test_every_receiver_and_instrument_has_a_chinese_name() -> None:
    said = [wording.receiver_name(receiver) for receiver in Receiver]
    said += [wording.instrument_name(tool) for tool in Instrument]
    assert not any(name.isascii() for name in said)


def test_every_field_that_is_checked_or_compared_has_a_name() -> None:
    fields = {*TARGET_FIELDS, *INCENTIVE_FIELDS, *(field for part in COMPARED.values() for field in part)}
    assert fields <= set(wording.FIELDS)
    assert wording.field_with_unit("threshold_wan") == "起点（万元）"


ENUMERATIONS = {
    each.__name__
    for each in (
        Comparator,
        Status,
        TargetKind,
        TextKind,
        Verdict,
        CheckVerdict,
        Part,
        Basis,
        Measure,
        Outcome,
        YearFrom,
    )
}
#: Words that are looked for in texts and tables, not shown.
READ = {"analysis/corpus/untitled.py", "analysis/ingest/sidecar.py"}


def test_no_module_keeps_a_table_of_its_own() -> None:
    root = Path(__file__).resolve().parents[2]
    found = {
        f"{path.relative_to(root)}:{node.lineno}"
        for folder in ("analysis", "pages")
        for path in (root / folder).rglob("*.py")
        if str(path.relative_to(root)) not in {"analysis/wording.py", *READ}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for name, word in zip(node.keys, node.values, strict=True)
        if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name) and name.value.id in ENUMERATIONS
        if isinstance(word, ast.Constant) and re.search("[\u4e00-\u9fff]", str(word.value))
    }
    assert not found
