"""Every rule finds its bad examples and leaves its good ones alone."""

from __future__ import annotations

import pytest
from drafts import draft_from, laid_out

from analysis.lint.draft import Draft
from analysis.lint.registry import Family, Rule, rules
from analysis.lint.run import check


def _draft(rule: Rule, text: str) -> Draft:
    """An example, beside the other texts of the rule."""
    if rule.family is Family.LAYOUT:
        text, layout = laid_out(text)
        return draft_from(text, layout=layout)
    others = tuple(draft_from(other, f"{at}.txt").reading for at, other in enumerate(rule.beside))
    return draft_from(text, peers=others, earlier=others[0] if others else None)


BAD = [pytest.param(rule, text, id=f"{rule.id}-{at}") for rule in rules() for at, text in enumerate(rule.bad)]
GOOD = [pytest.param(rule, text, id=f"{rule.id}-{at}") for rule in rules() for at, text in enumerate(rule.good)]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_a_bad_example_is_found(rule: Rule, text: str) -> None:
    draft = _draft(rule, text)
    findings = check(draft, by=[rule])
    assert findings
    for finding in findings:
        assert finding.quote == draft.text[finding.start : finding.end]
        assert finding.message
        assert not finding.message.endswith("。")


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_a_good_example_is_left_alone(rule: Rule, text: str) -> None:
    assert not check(_draft(rule, text), by=[rule])


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_says_why_and_has_examples_of_both_kinds(rule: Rule) -> None:
    assert rule.bad
    assert rule.good
    assert rule.why.endswith("。")
    assert rule.check.__doc__
