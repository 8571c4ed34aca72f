"""What texts talk about and where they differ in words: terms, keyness, contexts, editions."""

from analysis.similar.contexts import Context, contexts
from analysis.similar.editions import Difference, EditionComparison, edition_differences
from analysis.similar.keyness import KeyTerm, keyness, log_odds
from analysis.similar.terms import (
    GroupBy,
    TermCounts,
    TermRow,
    count_terms,
    counted_spans,
    frequencies,
    group_names,
    is_term,
    period_name,
)
