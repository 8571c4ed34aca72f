"""Planted faults: of thirty kinds and five hundred faults at least 95 % are found, and nothing else is raised."""

from __future__ import annotations

import json
from functools import cache

import pytest
from clean_drafts import CLEAN
from drafts import draft_from
from planted import RESULT, Count, count

from analysis.lint.findings import Severity
from analysis.lint.registry import Family, rules
from analysis.lint.run import check


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_draft_has_no_error_and_no_warning(name: str) -> None:
    assert [each for each in check(draft_from(CLEAN[name])) if each.severity is not Severity.INFO] == []


@cache
def result() -> Count:
    return count()


def test_planted_faults_are_found_and_nothing_else_is_raised() -> None:
    total, found = result().planted.total(), result().found.total()
    assert len(result().planted) >= 30
    assert total >= 500
    assert found >= 0.95 * total, result().missed
    assert result().false.total() <= 0.01 * total, result().raised


def test_every_rule_has_faults_planted_for_it() -> None:
    """Those on the layout of Word files have tests of their own."""
    without = [rule for rule in rules() if rule.id not in result().rules.values()]
    assert {rule.family for rule in without} <= {Family.LAYOUT}, without


def test_the_figures_that_are_kept_are_those_of_today() -> None:
    assert json.loads(RESULT.read_text()) == result().figures(), "python tests/benchmarks/planted.py --write"
