"""Every form of the drafting vocabulary stands in an example, and is not found in a look-alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from drafts import draft_from

from analysis.grammar import grammar
from analysis.lint.registry import rules
from analysis.lint.run import check


def _entries() -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    known = grammar()
    yield from (((entry.form,), entry.examples, entry.not_) for entry in known.misused)
    yield from ((entry.forms, entry.examples, ()) for entry in known.terms)
    yield from ((entry.forms, entry.examples, entry.not_) for entry in (*known.repealed, *known.renamed))


@pytest.mark.parametrize(("forms", "examples", "not_"), list(_entries()), ids=lambda value: value[0] if value else "")
def test_forms_and_examples_belong_together(
    forms: tuple[str, ...], examples: tuple[str, ...], not_: tuple[str, ...]
) -> None:
    for form in forms:
        assert any(form in example for example in examples)
    for example in examples:
        assert any(form in example for form in forms)
    for phrase in not_:
        assert any(form in phrase for form in forms)
        assert not check(draft_from(f"　　关于{phrase}的要求。\n"), by=[rule for rule in rules() if rule.id == "P16"])
