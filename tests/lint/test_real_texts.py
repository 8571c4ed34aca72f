"""Findings on real texts as people judged them: few are false, and what was judged is still found."""

from __future__ import annotations

import json
from functools import cache

import judged_findings
import pytest
import real_texts
from judged_findings import OnRealTexts, judgements, on_real_texts

from analysis.cli.generated_rules import rules_of_drafting
from analysis.lint.findings import Severity

here = pytest.mark.skipif(not real_texts.SHARED.is_dir(), reason=f"{real_texts.SHARED} is not there")


@cache
def result() -> OnRealTexts:
    return on_real_texts()


def test_judgements_are_of_three_kinds_and_say_why() -> None:
    for one in judgements().values():
        assert one.judged in judged_findings.JUDGEMENTS
        assert one.severity in list(Severity)
        assert 0 < len(one.why) <= 30


@here
def test_few_findings_are_false() -> None:
    known = judgements()
    assert result().characters > 200_000
    assert result().false(Severity.ERROR, known) < 1
    assert result().false(Severity.WARNING, known) < 3


def test_the_reference_of_the_rules_is_that_of_today() -> None:
    cases = judged_findings.FILE.parent
    assert (cases.parents[1] / "docs/rules.md").read_text(encoding="utf-8") == rules_of_drafting(cases), (
        "run: make docs"
    )


@here
def test_the_figures_that_are_kept_are_near_those_of_today() -> None:
    kept, now = json.loads(judged_findings.FIGURES.read_text()), result().figures(judgements())
    assert kept["characters"] == now["characters"]
    for name in ("errors", "warnings", "errors_strictly", "warnings_strictly"):
        assert abs(kept[name] - now[name]) < 0.5, "python tests/benchmarks/drafts_on_real_texts.py --write"


@here
def test_what_was_judged_is_still_found() -> None:
    """A right finding is not lost, and no rule finds much more than was judged."""
    known, found = judgements(), result().found
    lost = [one for one in known.values() if one.judged == judged_findings.RIGHT and one.key not in found]
    rules = {one.rule for one in known.values()}
    gained = sorted({rule for _, rule, _ in found if rule not in rules})
    assert (lost, gained) == ([], []), "right findings lost, and rules with findings that nobody judged"


@here
def test_wrong_findings_that_are_gone_are_taken_out() -> None:
    """Otherwise they weigh on the figures of a rule that was mended."""
    found = result().found
    gone = [one for one in judgements().values() if one.judged != judged_findings.RIGHT and one.key not in found]
    assert not gone
