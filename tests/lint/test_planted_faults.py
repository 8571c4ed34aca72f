"""Planted faults: of thirty kinds and five hundred faults at least 95 % are found, and nothing else is raised."""

from __future__ import annotations

import json
from functools import cache

import pytest
from clean_drafts import CLEAN
from drafts import draft_from
from planted import RESULT, Count, count
from word_drafts import WAYS, bytes_of, draft_of_word, standard_docx

from analysis.lint.findings import Severity
from analysis.lint.registry import rules
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
    assert [rule.id for rule in rules() if rule.id not in result().rules.values()] == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_word_file_has_no_finding_about_its_layout(name: str, way: str) -> None:
    findings = check(draft_of_word(bytes_of(standard_docx(CLEAN[name], way))))
    assert [each for each in findings if each.rule.startswith("L") or each.severity is not Severity.INFO] == []


def test_the_figures_that_are_kept_are_those_of_today() -> None:
    assert json.loads(RESULT.read_text()) == result().figures(), "python tests/benchmarks/planted.py --write"
