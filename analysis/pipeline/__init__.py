"""One function for each question a user asks; the only place where the stages meet.

``load_corpus`` reads everything once; the rest takes what it returns. ``open_collection`` opens a corpus of any size,
of which the other questions see the part that is shown. Callers cache.
"""

from analysis.pipeline.comparing import (
    choose_targets,
    contract_rules,
    corpus_overview,
    incentive_comparison,
    incentive_records,
    receiver_answer,
    series_coverage,
    target_comparison,
    target_outcomes,
    target_records,
    target_verdicts,
    target_years,
    trend_regions,
    trend_view,
)
from analysis.pipeline.quality import (
    DEVELOPMENT_VARIABLE,
    development_gold,
    gold_folder,
    known_wrong,
    recorded_development,
    score_gold,
)
from analysis.pipeline.reading import (
    ROOT_VARIABLE,
    default_root,
    editions_of,
    load_corpus,
    original,
    read,
    read_bytes,
    read_path,
    structure,
)
from analysis.pipeline.wording import (
    compare_editions,
    key_terms,
    term_counts,
    term_frequencies,
    wording_groups,
    words_in_context,
)
from analysis.score import Score  # pages name these types
from analysis.score.known import Known
from analysis.similar import GroupBy, TermCounts

__all__ = [
    "DEVELOPMENT_VARIABLE",
    "ROOT_VARIABLE",
    "GroupBy",
    "Known",
    "Score",
    "TermCounts",
    "choose_targets",
    "compare_editions",
    "contract_rules",
    "corpus_overview",
    "default_root",
    "development_gold",
    "editions_of",
    "gold_folder",
    "incentive_comparison",
    "incentive_records",
    "key_terms",
    "known_wrong",
    "load_corpus",
    "original",
    "read",
    "read_bytes",
    "read_path",
    "receiver_answer",
    "recorded_development",
    "score_gold",
    "series_coverage",
    "structure",
    "target_comparison",
    "target_outcomes",
    "target_records",
    "target_verdicts",
    "target_years",
    "term_counts",
    "term_frequencies",
    "trend_regions",
    "trend_view",
    "wording_groups",
    "words_in_context",
]
