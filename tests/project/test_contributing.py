"""The how-tos of CONTRIBUTING, done: an indicator is an entry, a rule is an entry; no Python is touched.

“Add a province” is done in test_pipeline.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from analysis import grammar
from analysis.model import Instrument, Reading
from analysis.pipeline import read_bytes

Entry = dict[str, Any]


def forget() -> None:
    """Drop every cached view of the grammar, so that the next reading loads it anew."""
    for module in [module for name, module in sys.modules.items() if name.startswith("analysis.")]:
        for made in vars(module).values():
            if hasattr(made, "cache_clear"):
                made.cache_clear()


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str, Entry], None]]:
    """``add(file, table, entry)``: as if the entry stood at the end of the file."""
    load = grammar.load

    def added(file: str, table: str, entry: Entry) -> None:
        def loaded(name: str) -> Mapping[str, list[Entry]]:
            known = load(name)
            return {**known, table: [*known[table], entry]} if name == file else known

        monkeypatch.setattr(grammar, "load", loaded)
        forget()

    yield added
    monkeypatch.undo()
    forget()


def reading(words: str) -> Reading:
    return read_bytes(words.encode(), "试.txt")


def test_an_indicator_is_an_entry(add: Callable[[str, str, Entry], None]) -> None:
    words = "到2030年，建设海上中试平台12个。\n到2030年，海上中试基地达到12个。\n"
    before = reading(words)
    assert [target.indicator_id for target in before.targets] == [None, None]
    forms = ["海上中试平台", "海上中试基地"]
    add(
        "indicators",
        "indicator",
        {"id": "sea_pilots", "name": "海上中试平台", "dimension": "count", "forms": forms, "examples": forms},
    )
    after = reading(words)
    assert [target.indicator_id for target in after.targets] == ["sea_pilots", "sea_pilots"]
    assert [target.value for target in after.targets] == [target.value for target in before.targets]


def test_a_rule_is_an_entry(add: Callable[[str, str, Entry], None]) -> None:
    words = "对成果转化成绩突出的单位，优先安排滨海试验泊位作为激励。\n"
    assert reading(words).incentives == ()
    add(
        "qualitative",
        "frame",
        {"id": "berths", "instrument": "other", "patterns": ["优先安排*泊位"], "examples": [words.strip()]},
    )
    (found,) = reading(words).incentives
    assert found.instrument is Instrument.OTHER
    assert not found.quantified
    assert "优先安排滨海试验泊位" in found.quote
