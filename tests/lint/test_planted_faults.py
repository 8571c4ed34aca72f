"""Planted faults: of thirty kinds and five hundred faults at least 95 % are found, and nothing else is raised."""

from __future__ import annotations

import pytest
from clean_drafts import CLEAN
from drafts import draft_from
from planted import count

from analysis.lint.findings import Severity
from analysis.lint.run import check


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_draft_has_no_error_and_no_warning(name: str) -> None:
    assert [each for each in check(draft_from(CLEAN[name])) if each.severity is not Severity.INFO] == []


def test_planted_faults_are_found_and_nothing_else_is_raised() -> None:
    result = count(each=4)
    total, found = result.planted.total(), result.found.total()
    assert len(result.planted) >= 30
    assert total >= 500
    assert found >= 0.95 * total, result.missed
    assert result.false.total() <= 0.01 * total, result.raised
