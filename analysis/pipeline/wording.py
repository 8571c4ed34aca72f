"""Questions about words: what texts talk about, what sets them apart, where editions differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import Card, Reading
from analysis.similar import (
    Context,
    EditionComparison,
    GroupBy,
    KeyTerm,
    TermCounts,
    TermRow,
    contexts,
    count_terms,
    edition_differences,
    frequencies,
    group_names,
    keyness,
)
from analysis.trend import counted_year


def compare_editions(first: Reading, second: Reading) -> EditionComparison:
    """Where two editions of a document differ, character by character."""
    return edition_differences(first, second)


def wording_groups(cards: Sequence[Card], by: GroupBy, names: Mapping[str, str]) -> tuple[str, ...]:
    """The group each text is read in; ``names`` are short names by slug. Periods go by the year a text counts from."""
    return group_names(cards, by, {card.slug: counted_year(card)[0] for card in cards}, names)


def term_counts(readings: Sequence[Reading]) -> TermCounts:
    """How often each text uses each term: the one costly step behind the questions on wording."""
    return count_terms(readings)


def term_frequencies(table: TermCounts, groups: Sequence[str], *, inside: bool, least: int) -> tuple[TermRow, ...]:
    """What each group of texts talks about, most used terms first."""
    return frequencies(table, groups, inside=inside, least=least)


def key_terms(table: TermCounts, groups: Sequence[str], focus: str, *, inside: bool, least: int) -> tuple[KeyTerm, ...]:
    """What sets one group of texts apart from the others."""
    return keyness(table, groups, focus, inside=inside, least=least)


def words_in_context(readings: Sequence[Reading], words: str) -> tuple[Context, ...]:
    """Every occurrence of any string with what stands around it."""
    return contexts(readings, words)
