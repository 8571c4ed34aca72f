"""What the reading still gets wrong, as strict expected failures: a case that comes right must leave the list."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from places import CASES

from analysis.corpus.documents import anonymous_card, document
from analysis.extract import Extraction, extract
from analysis.segment import segment

KNOWN: dict[str, Any] = tomllib.loads((CASES / "known_failures.toml").read_text(encoding="utf-8"))


def expected_failures(name: str) -> list[Any]:
    return [
        pytest.param(
            case, id=f"{case['kind']}: {case['why']}", marks=pytest.mark.xfail(reason=case["why"], strict=True)
        )
        for case in KNOWN[name]
    ]


def read(text: str) -> Extraction:
    card = anonymous_card("一份文件")
    made = document(card, card.editions[0], f"某省技术转移实施方案\n一、重点任务\n（一）工作安排\n{text}")
    return extract(made, segment(made))


@pytest.mark.parametrize("case", expected_failures("target"))
def test_targets(case: dict[str, Any]) -> None:
    said = [
        [one.indicator, one.comparator.value, str(one.value), one.unit, one.target_year or "", one.kind.value]
        for one in read(case["text"]).targets
    ]
    assert said == case["targets"]


@pytest.mark.parametrize("case", expected_failures("gift"))
def test_gifts(case: dict[str, Any]) -> None:
    said = [
        [
            one.instrument.value,
            one.receiver.value,
            *(
                "" if number is None else str(number)
                for number in (
                    one.threshold_wan,
                    one.rate_comparator,
                    one.rate_percent,
                    one.amount_low_wan,
                    one.amount_high_wan,
                    one.cap_item_wan,
                    one.cap_year_wan,
                )
            ),
        ]
        for one in read(case["text"]).incentives
        if one.quantified
    ]
    assert said == case["gifts"]


def test_every_sort_of_text_is_among_them() -> None:
    kinds = {case["kind"] for name in ("target", "gift") for case in KNOWN[name]}
    assert kinds == {"plan", "measure", "statute", "question and answer", "news"}
