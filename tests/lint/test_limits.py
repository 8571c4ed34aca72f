"""Every entry of the vocabulary of limits is found in its examples and in none of its look-alikes."""

from __future__ import annotations

import pytest

from analysis.grammar import grammar
from analysis.grammar.vocabularies import Limit

LIMITS = [pytest.param(entry, id=entry.id) for entry in grammar().limits]


@pytest.mark.parametrize("entry", LIMITS)
def test_words_of_a_limit_are_found_and_look_alikes_are_not(entry: Limit) -> None:
    assert [text for text in entry.examples if not entry.regex.search(text)] == []
    assert [text for text in entry.not_ if entry.regex.search(text)] == []


def test_limits_on_one_thing_are_of_one_kind() -> None:
    kinds = {(entry.about, entry.kind) for entry in grammar().limits}
    assert len(kinds) == len({about for about, _ in kinds})
