"""What the reading still gets wrong, as strict expected failures: a case that comes right must leave the list."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from from_text import extraction_of, incentive_cells, target_cells
from places import CASES

from analysis.model import Reading

KNOWN: dict[str, Any] = tomllib.loads((CASES / "known_failures.toml").read_text(encoding="utf-8"))


def expected_failures(name: str) -> list[Any]:
    return [
        pytest.param(
            case, id=f"{case['kind']}: {case['why']}", marks=pytest.mark.xfail(reason=case["why"], strict=True)
        )
        for case in KNOWN[name]
    ]


def read(text: str) -> Reading:
    return extraction_of(f"某省技术转移实施方案\n一、重点任务\n（一）工作安排\n{text}")


@pytest.mark.parametrize("case", expected_failures("target"))
def test_targets(case: dict[str, Any]) -> None:
    assert target_cells(read(case["text"])) == case["targets"]


@pytest.mark.parametrize("case", expected_failures("incentive"))
def test_incentives(case: dict[str, Any]) -> None:
    assert incentive_cells(read(case["text"])) == case["incentives"]


def test_every_sort_of_text_is_among_them() -> None:
    kinds = {case["kind"] for name in ("target", "incentive") for case in KNOWN[name]}
    assert kinds == {"plan", "measure", "statute", "question and answer", "news"}
