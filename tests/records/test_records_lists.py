"""Lists and counts made in the database: the same as a plain loop over all comments, by index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from record_databases import DRAFT, LEAD, OTHER, REVIEWER, Clock, opened_consultation, sorted_comment, take_in
from sqlalchemy import event

from analysis.consultation.comments import Comment, Decision, How, SenderType, Stance
from analysis.records.consultations import add_draft
from analysis.records.deciding import assign, decide_group, set_clause, want_second
from analysis.records.importing import propose
from analysis.records.listing import all_comments, comment_row, comment_rows, count_line, counts, how_many
from analysis.records.record_store import Records, transaction
from analysis.records.record_values import CommentFilter, CommentRow, Field
from analysis.records.schema import open_records

COUNT = 60
Wanted = Callable[[CommentRow], bool]


def desk(records: Records) -> str:
    """The uid of a consultation with comments of every kind in every state."""
    uid = opened_consultation(records, COUNT)
    add_draft(records, LEAD, uid, DRAFT)
    propose(records, REVIEWER, uid, [(n, sorted_comment(c, n)) for n, c in all_comments(records, uid)], "1.0")
    for decision, first in zip(Decision, range(1, 30, 5), strict=True):
        versions = dict.fromkeys(range(first, first + 4), 0)
        decide_group(records, REVIEWER, uid, versions, decision, "理由", main=COUNT)
    set_clause(records, REVIEWER, uid, 40, 0, "四")
    assign(records, LEAD, uid, {41: 0, 42: 0}, OTHER.name)
    want_second(records, LEAD, uid, {1: 1, 2: 1, 43: 0}, True)
    opened_consultation(records, 5)  # others' comments are not counted
    return uid


FILTERS: list[tuple[CommentFilter, Wanted]] = [
    (CommentFilter(), lambda row: True),
    (CommentFilter(clause="四"), lambda row: row.clause == "四"),
    (CommentFilter(clause=""), lambda row: not row.clause),
    (CommentFilter(theme="主题1"), lambda row: row.theme == "主题1"),
    (CommentFilter(sender_type=SenderType.CITIZEN), lambda row: row.proposal.sender_type is SenderType.CITIZEN),
    (CommentFilter(decision=Decision.PARTLY), lambda row: row.handling.decision is Decision.PARTLY),
    (CommentFilter(is_open=True), lambda row: row.handling.decision is None),
    (CommentFilter(is_open=False, stance=Stance.OPPOSE), lambda row: row.handling.decision is not None
     and row.proposal.stance is Stance.OPPOSE),
    (CommentFilter(how=How.QUOTE), lambda row: row.proposal.anchor.how is How.QUOTE),
    (CommentFilter(group="g4"), lambda row: row.proposal.group == "g4"),
    (CommentFilter(assigned_to=OTHER.name), lambda row: row.handling.assigned_to == OTHER.name),
    (CommentFilter(day="2026-10-08"), lambda row: row.day == "2026-10-08"),
    (CommentFilter(main=COUNT), lambda row: row.handling.main == COUNT),
    (CommentFilter(batch=2), lambda row: False),
    (CommentFilter(second_awaited=True), lambda row: row.handling.second_wanted),
    (CommentFilter(refers_to_nothing=True), lambda row: bool(row.proposal.anchor.missing)),
    (CommentFilter(words="第1"), lambda row: "第1" in row.comment.text),
    (CommentFilter(words="虚构单位3"), lambda row: "虚构单位3" in row.comment.sender),
    (CommentFilter(numbers=(3, 5, 999)), lambda row: row.number in (3, 5)),
]  # fmt: skip


def test_filters_give_what_a_loop_gives(records: Records) -> None:
    uid = desk(records)
    everything = comment_rows(records, uid, size=1000)
    assert len(everything) == COUNT
    for only, wanted in FILTERS:
        expected = [row.number for row in everything if wanted(row)]
        assert [row.number for row in comment_rows(records, uid, only, size=1000)] == expected, only
        assert how_many(records, uid, only) == len(expected)


def test_counts_give_what_a_loop_gives(records: Records) -> None:
    uid = desk(records)
    everything = comment_rows(records, uid, size=1000)
    values: dict[Field, Callable[[CommentRow], str]] = {
        Field.CLAUSE: lambda row: row.clause,
        Field.THEME: lambda row: row.theme,
        Field.DAY: lambda row: row.day,
        Field.SENDER_TYPE: lambda row: row.proposal.sender_type.value,
        Field.DECISION: lambda row: row.handling.decision.value if row.handling.decision else "",
        Field.GROUP: lambda row: row.proposal.group,
        Field.STANCE: lambda row: row.proposal.stance.value,
        Field.HOW: lambda row: row.proposal.anchor.how.value,
        Field.ASSIGNED: lambda row: row.handling.assigned_to,
    }
    for by, value in values.items():
        for only, wanted in FILTERS[:7]:
            rows = [row for row in everything if wanted(row)]
            total = Counter(map(value, rows))
            still_open = Counter(value(row) for row in rows if row.handling.decision is None)
            found = counts(records, uid, by, only)
            assert {count.value: (count.total, count.still_open) for count in found} == {
                each: (total[each], still_open[each]) for each in total
            }
    assert [count.value for count in counts(records, uid, Field.CLAUSE)] == ["一", "二", "三", "四", ""]


def test_pages_follow_one_another_in_any_order(records: Records) -> None:
    uid = desk(records)
    for order in Field:
        for descending in (False, True):
            pages = [comment_rows(records, uid, order=order, page=page, size=7, descending=descending)
                     for page in range(1, 10)]  # fmt: skip
            numbers = [row.number for page in pages for row in page]
            assert sorted(numbers) == list(range(1, COUNT + 1)), order
    by_clause = [row.clause for row in comment_rows(records, uid, order=Field.CLAUSE, size=1000)]
    assert by_clause == sorted(by_clause, key=lambda clause: "一二三四".find(clause) if clause else 9)


def test_signs_that_mean_something_to_a_database_are_looked_for_as_they_are(records: Records) -> None:
    uid = opened_consultation(records)
    take_in(
        records, uid, tuple(Comment(row, text) for row, text in enumerate(("100%", "100元", "a_b", "axb"), start=1))
    )
    for words, expected in (("0%", [1]), ("a_b", [3]), ("\\", []), ("'", [])):
        assert [row.number for row in comment_rows(records, uid, CommentFilter(words=words))] == expected


def test_a_group_of_any_size_is_decided_at_once(tmp_path: Path) -> None:
    records = open_records(tmp_path, Clock())
    uid = opened_consultation(records, 2500)
    done = decide_group(records, REVIEWER, uid, dict.fromkeys(range(1, 2501), 0), Decision.ADOPTED, "同一封信")
    assert len(done.changed) == 2500
    assert count_line(records, uid).decided[Decision.ADOPTED] == 2500
    assert comment_row(records, uid, 2500).handling.version == 1


Question = tuple[str, object]  # a statement and what it is given


def questions(records: Records) -> list[Question]:
    """What is asked of the database from now on, as it grows."""
    asked: list[Question] = []

    def note(connection: object, cursor: object, statement: str, given: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, given))

    event.listen(records.engine, "before_cursor_execute", note)
    return asked


def plan(records: Records, question: Question) -> list[str]:
    """The steps in which SQLite answers."""
    with transaction(records) as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question[0]}", question[1])
        return [row[3] for row in found]


def test_lists_and_counts_go_by_index(tmp_path: Path) -> None:
    records = open_records(tmp_path, Clock())
    uid = desk(records)
    asked = questions(records)
    for by in (Field.CLAUSE, Field.THEME, Field.SENDER_TYPE, Field.DECISION, Field.DAY, Field.GROUP, Field.ASSIGNED):
        counts(records, uid, by)
    for order in (Field.NUMBER, Field.CLAUSE, Field.THEME, Field.DAY):
        comment_rows(records, uid, order=order)
    comment_row(records, uid, 3)
    count_line(records, uid)
    assert len(asked) > 15
    for question in list(asked):
        steps = plan(records, question)
        assert not [step for step in steps if step.startswith("SCAN") and "INDEX" not in step], (question, steps)


@pytest.mark.parametrize("by", [Field.CLAUSE, Field.THEME, Field.DECISION, Field.DAY])
def test_counts_of_all_comments_read_an_index_alone(tmp_path: Path, by: Field) -> None:
    records = open_records(tmp_path, Clock())
    uid = desk(records)
    asked = questions(records)
    counts(records, uid, by)
    steps = plan(records, asked[0])
    assert any("USING COVERING INDEX" in step for step in steps), steps
