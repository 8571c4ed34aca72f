"""How numbers are written: every form with its value, bound and unit, what is no number, and which year is meant."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest
from chinese_numbers import han
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CASES

from analysis.corpus.clean import clean
from analysis.corpus.documents import anonymous_card, document
from analysis.extract import extract
from analysis.extract.number_forms import value_of
from analysis.extract.quantities import quantities
from analysis.grammar import grammar
from analysis.segment import segment

WRITTEN: dict[str, Any] = tomllib.loads((CASES / "quantities.toml").read_text(encoding="utf-8"))
READS = [pytest.param(*row, id=f"{case['why']}: {row[0]}") for case in WRITTEN["case"] for row in case["reads"]]


@pytest.mark.parametrize(("text", "quote", "value", "high", "unit", "dimension", "comparator"), READS)
def test_one_quantity(text: str, quote: str, value: str, high: str, unit: str, dimension: str, comparator: str) -> None:
    (found,) = quantities(clean(text).text)
    said = (found.quote, str(found.value), str(found.value_high or ""), found.unit, found.dimension, found.comparator)
    assert said == (quote, value, high, unit, dimension, comparator)


@pytest.mark.parametrize("case", WRITTEN["several"], ids=lambda case: case["why"])
def test_several_quantities(case: dict[str, Any]) -> None:
    found = quantities(clean(case["text"]).text)
    assert [[quantity.quote, quantity.comparator.value] for quantity in found] == case["quantities"]


@pytest.mark.parametrize("text", WRITTEN["none"][0]["texts"])
def test_no_quantity(text: str) -> None:
    assert quantities(clean(f"共有{text}。").text) == ()


@pytest.mark.parametrize("case", WRITTEN["year"], ids=lambda case: case["why"])
def test_year_of_a_target(case: dict[str, Any]) -> None:
    card = anonymous_card("一份文件")
    if case["issued"]:
        card = replace(card, issued=str(case["issued"]))
    made = document(card, card.editions[0], f"某省技术转移实施方案\n一、工作目标\n{case['text']}")
    (target,) = extract(made, segment(made)).targets
    assert (target.target_year or 0) == case["year"]


def test_growth_says_how_the_multiple_was_made() -> None:
    (grown,) = quantities("增长1倍")
    (reached,) = quantities("增长到2倍")
    assert (grown.value, reached.value) == (2, 2)
    assert grown.steps == ("增长1倍 -> 1 + 1 = 2 倍",)
    assert reached.steps == ()


MONEY = [unit for unit in grammar().units.values() if unit.dimension == "money"]


@settings(max_examples=200)
@given(
    st.decimals(min_value=1, max_value=9999, places=1),
    st.sampled_from(["元", "万元", "亿元", "万亿元"]),
    st.sampled_from(["{}{}", "不超过{}{}", "{}{}以上", "给予{}{}的", "最高补助{}{}（含）"]),
)
def test_any_sum_in_any_bound_is_read_as_written(number: object, unit: str, frame: str) -> None:
    (found,) = quantities(frame.format(number, unit))
    assert (found.value, found.unit, found.dimension) == (number, unit, "money")


@settings(max_examples=200)
@given(st.integers(10, 99_999_999))
def test_a_sum_in_characters_is_worth_what_it_is_in_figures(number: int) -> None:
    (written,) = quantities(f"{han(number)}元")
    unit = grammar().units[written.unit]
    assert (written.value * unit.factor, unit.base) == (value_of(str(number)), "元")


@settings(max_examples=200)
@given(st.integers(2, 500), st.integers(1, 500), st.sampled_from("-—～至到"), st.sampled_from(["家", "万元", "%"]))
def test_a_range_keeps_both_ends(low: int, more: int, mark: str, unit: str) -> None:
    for text in (f"{low}{mark}{low + more}{unit}", f"{low}{unit}{mark}{low + more}{unit}"):
        (found,) = quantities(text)
        assert (found.quote, found.value, found.value_high) == (text, low, low + more)
