"""What texts talk about and where they differ in words: terms, keyness, contexts, editions."""

from analysis.similar.contexts import Context, contexts
from analysis.similar.editions import Difference, EditionComparison, edition_differences
from analysis.similar.terms import (
    GroupBy,
    KeyTerm,
    TermCounts,
    TermRow,
    frequencies,
    group_names,
    keyness,
    period_name,
)
