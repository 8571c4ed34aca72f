"""One function for each question a user asks; the only place where the stages meet.

``load_corpus`` reads everything once; the rest takes what it returns. ``open_collection`` opens a corpus of any size,
of which the other questions see the part that is shown. Callers cache.
"""

from analysis.checked.checks import (
    Check,
    Item,
    added,
    after,
    items,
    judged,
    last_of,
    least_sure_first,
    standing,
    withdrawn,
)
from analysis.checked.fields import CHOICES, FIELDS, Part, begun, fields_of, missing_or_wrong, place_of, tidy, trimmed
from analysis.compare import IncentiveMatrix  # pages name these types
from analysis.glance import Overview
from analysis.learn.unseen import Fresh, Unseen
from analysis.pipeline.checks import (
    CHECKING_VARIABLE,
    Said,
    checked_path,
    checked_reading,
    checked_state,
    checking_on,
    checks_csv,
    checks_gold,
    load_checked_corpus,
    part_with_checks,
    read_checks,
    record_check,
    removed_rows,
)
from analysis.pipeline.corpora import (
    POLICIES,
    REPORTS,
    cited_among,
    cited_elsewhere,
    collection_state,
    full_readings,
    left_out,
    open_collection,
    policies,
)
from analysis.pipeline.measuring import (
    DEVELOPMENT_VARIABLE,
    annotated_folders,
    compare_roles,
    development_gold,
    elsewhere,
    fresh_texts,
    gold_folder,
    keep,
    known_wrong,
    learn,
    recorded_development,
    score_gold,
    unseen_texts,
)
from analysis.pipeline.questions import (
    TargetComparison,
    cities_on_trend,
    compare_editions,
    compare_targets,
    contract_rules,
    contract_targets,
    corpus_overview,
    incentive_comparison,
    incentive_records,
    key_terms,
    offered_incentives,
    offered_targets,
    on_trend,
    receiver_answer,
    regions_with_targets,
    series_coverage,
    target_comparison,
    target_outcomes,
    target_records,
    target_statuses,
    term_frequencies,
    trend_regions,
    trend_view,
    wording_groups,
)
from analysis.pipeline.reading import (
    ROOT_VARIABLE,
    default_root,
    editions_of,
    explain,
    filed,
    load_corpus,
    product_root,
    read,
    read_bytes,
    read_path,
    read_upload,
    structure,
)
from analysis.score import Score
from analysis.score.gold import Known
from analysis.similar import Context, GroupBy, KeyTerm, TermCounts, TermRow
from analysis.store import (
    LISTED,
    SIDE_BY_SIDE,
    Choice,
    Chosen,
    Collection,
    Entry,
    Spread,
    Unread,
    catalogue,
    choose,
    entries,
    facets,
    find_words,
    incentive_counts,
    indicator_spread,
    original_file,
    part,
    region_table,
    title_of,
    totals,
    unread,
    word_table,
)
from analysis.trend import TrendView
