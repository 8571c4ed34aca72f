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
from analysis.checked.checks import apply as checked_reading
from analysis.checked.fields import CHOICES, FIELDS, Part, begun, fields_of, missing_or_wrong, place_of, tidy, trimmed
from analysis.checked.journal import file_of as checks_csv
from analysis.compare import IncentiveMatrix
from analysis.compare import rules as contract_rules
from analysis.consultation.closing import ClauseChange
from analysis.consultation.comment_columns import Column
from analysis.consultation.comment_columns import Mapping as ColumnMapping
from analysis.consultation.comments import Comment, ConsultedDraft, Decision, How, SenderType, Stance
from analysis.consultation.compliance import ComplianceSheet, DocumentKind, DutyState, likely_kind
from analysis.consultation.receive import Preview
from analysis.consultation.sorting import sort_comments
from analysis.corpus.files import read_bytes as file_bytes
from analysis.corpus.formats.office import remove_left_folders
from analysis.corpus.process import without_words
from analysis.glance import Overview
from analysis.glance import overview as corpus_overview
from analysis.learn.unseen import Fresh, Unseen
from analysis.lint.decisions import Decisions, Dismissal, read_decisions, same_draft
from analysis.lint.decisions import as_json as decisions_json
from analysis.lint.draft import Draft
from analysis.lint.findings import Finding
from analysis.lint.registry import Rule
from analysis.lint.registry import rules as draft_rules
from analysis.lint.run import CheckedDraft, worst_first
from analysis.lint.versions import Comparison, Fate
from analysis.pipeline.concluding import (
    Revision,
    conclude,
    draft_changes,
    every_row,
    item_of,
    made_apart,
    revision,
)
from analysis.pipeline.consulting import (
    begin_example,
    consultations_place,
    draft_sheet,
    sheet_of,
    sort_again,
    take_in,
    take_in_one,
)
from analysis.pipeline.drafting import (
    RULES_VARIABLE,
    Against,
    DraftWords,
    annotated_word,
    check_file,
    compare_drafts,
    draft_of_text,
    example_draft,
    open_draft,
    own_rules,
    own_rules_folder,
    own_rules_state,
    series_points,
    texts_nearest,
)
from analysis.pipeline.measuring import (
    CHECKING_VARIABLE,
    DEVELOPMENT_VARIABLE,
    Said,
    annotated_folders,
    checked_path,
    checked_state,
    checking_on,
    checks_gold,
    compare_roles,
    development_gold,
    elsewhere,
    fresh_texts,
    gold_folder,
    keep,
    known_wrong,
    learn,
    load_checked_corpus,
    part_with_checks,
    read_checks,
    record_check,
    recorded_development,
    removed_rows,
    score_gold,
    unseen_texts,
)
from analysis.pipeline.questions import (
    TargetComparison,
    cities_on_trend,
    compare_targets,
    contract_targets,
    incentive_comparison,
    incentive_records,
    offered_incentives,
    offered_targets,
    on_trend,
    receiver_answer,
    regions_with_targets,
    target_comparison,
    target_records,
    trend_regions,
    wording_groups,
)
from analysis.pipeline.reading import (
    POLICIES,
    REPORTS,
    ROOT_VARIABLE,
    cited_among,
    cited_elsewhere,
    collection_state,
    default_root,
    explain,
    filed,
    full_readings,
    in_reading_process,
    left_out,
    load_corpus,
    open_collection,
    policies,
    product_root,
    read,
    read_bytes,
    read_path,
    read_upload,
    structure,
)
from analysis.pipeline.receiving import draft_of_file, draft_of_words, preview_comments, receive_file, unknown_columns
from analysis.records.chain import entries_of
from analysis.records.consultations import (
    add_draft,
    all_consultations,
    change_consultation,
    close_consultation,
    consultation,
    create_consultation,
    drafts_of,
    reopen_consultation,
)
from analysis.records.deciding import (
    Together,
    assign,
    decide,
    decide_group,
    reopen_comment,
    second_read,
    set_clause,
    set_theme,
    undo_together,
    want_second,
)
from analysis.records.desk_settings import add_template, configure_people, people_of, retire_template, templates_of
from analysis.records.examining import examine, examined_of, last_change
from analysis.records.listing import batches_of, comment_row, comment_rows, count_line, how_many, rejected_rows
from analysis.records.listing import counts as comment_counts
from analysis.records.people_file import (
    NOBODY,
    PEOPLE_VARIABLE,
    Login,
    People,
    admitted,
    people_path,
    read_people,
)
from analysis.records.record_files import RecordFile, archive, open_archive, verify
from analysis.records.record_store import Records, asked_by
from analysis.records.record_values import (
    ROLE_NAMES,
    Actor,
    Batch,
    CommentFilter,
    CommentRow,
    Conflict,
    Consultation,
    CountLine,
    DraftKind,
    DraftRecord,
    Examined,
    NotAllowed,
    Role,
)
from analysis.records.record_values import Field as CommentField
from analysis.records.record_values import Status as ConsultationStatus
from analysis.records.schema import open_records
from analysis.records.tallies import Summary, summary
from analysis.score import Score
from analysis.score.gold import Known
from analysis.similar import Context, GroupBy, KeyTerm, TermCounts, TermRow
from analysis.similar import edition_differences as compare_editions
from analysis.similar import frequencies as term_frequencies
from analysis.similar import keyness as key_terms
from analysis.store import (
    LISTED,
    SIDE_BY_SIDE,
    Choice,
    Chosen,
    Collection,
    Entry,
    Spread,
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
from analysis.trend import TrendView, target_outcomes, target_statuses, trend_view
from analysis.trend import coverage as series_coverage
