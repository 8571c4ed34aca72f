"""Comments come into the database whole, once, and in order."""

from __future__ import annotations

import pytest
from record_databases import LEAD, READER, REVIEWER, made_up_comments, opened_consultation, sorted_comment, take_in
from sqlalchemy import text

from analysis.consultation.comments import Comment, Rejected
from analysis.model import InputError
from analysis.records.chain import entries_of
from analysis.records.importing import Source, day_of, import_comments, propose
from analysis.records.listing import (
    all_comments,
    batches_of,
    comment_row,
    comment_rows,
    count_line,
    how_many,
    rejected_rows,
)
from analysis.records.record_store import PORTION, Records, transaction
from analysis.records.record_values import NotAllowed


def test_every_row_is_a_comment_or_a_rejected_row(records: Records) -> None:
    uid = opened_consultation(records)
    rows = [Comment(1, "甲"), Rejected(2, "空行", ("", "x")), Comment(3, "乙", submitted="10月18日"), Comment(4, "乙")]
    imported = import_comments(records, REVIEWER, uid, Source("表.csv", "ab", mapping='{"text":2}'), rows)
    assert imported.batch is not None
    assert (imported.added, imported.repeated, imported.rejected) == ((1, 2, 3), 0, 1)
    assert (imported.batch.comments, imported.batch.rejected, imported.batch.mapping) == (3, 1, '{"text":2}')
    assert [(number, comment) for number, comment in all_comments(records, uid)] == [
        (1, rows[0]), (2, rows[2]), (3, rows[3])
    ]  # fmt: skip
    assert comment_row(records, uid, 2).day == "2026-10-18"
    (refused,) = rejected_rows(records, uid)
    assert (refused.row, refused.reason, refused.cells) == (2, "空行", ("", "x"))
    assert batches_of(records, uid) == (imported.batch,)


def test_the_same_file_twice_adds_nothing(records: Records) -> None:
    uid = opened_consultation(records, 30)
    before = entries_of(records, uid)
    again = take_in(records, uid, made_up_comments(30))
    assert (again.batch, again.added, again.repeated) == (None, (), 30)
    assert (how_many(records, uid), rejected_rows(records, uid)) == (30, ())
    assert entries_of(records, uid) == before


def test_a_longer_file_adds_what_is_new_and_tells_the_rest(records: Records) -> None:
    uid = opened_consultation(records, 30)
    more = take_in(records, uid, made_up_comments(40), "意见表（续）.xlsx")
    assert (more.added, more.repeated) == (tuple(range(31, 41)), 30)
    assert len(rejected_rows(records, uid, batch=2)) == 30
    assert count_line(records, uid).reconciles


def test_the_same_words_of_two_people_are_two_comments(records: Records) -> None:
    uid = opened_consultation(records)
    twice = (Comment(1, "同意"), Comment(2, "同意"))
    assert take_in(records, uid, twice).added == (1, 2)
    assert take_in(records, uid, twice).added == ()
    by_hand = Source("来电", "", "telephone")
    assert import_comments(records, REVIEWER, uid, by_hand, twice[:1], repeats_count=True).added == (3,)
    assert import_comments(records, REVIEWER, uid, by_hand, twice, repeats_count=True).added == (4, 5)


def test_progress_is_told_and_may_stop_it(records: Records) -> None:
    uid = opened_consultation(records)
    told: list[int] = []
    rows = made_up_comments(2 * PORTION + 5)

    def stop(done: int) -> None:
        told.append(done)
        if done > PORTION:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_comments(records, REVIEWER, uid, Source("表", "1"), rows, progress=stop)
    assert (told, how_many(records, uid), batches_of(records, uid)) == ([PORTION, 2 * PORTION], 0, ())
    told.clear()
    import_comments(records, REVIEWER, uid, Source("表", "1"), rows, progress=told.append)
    assert (told[-1], how_many(records, uid)) == (len(rows), len(rows))


def test_words_that_no_database_keeps_do_no_harm(records: Records) -> None:
    uid = opened_consultation(records)
    take_in(records, uid, (Comment(1, "零\0字符", sender="半个\ud83d"), Comment(2, "'); DROP TABLE comments; --")))
    first, second = comment_rows(records, uid)
    assert first.comment.text == "零\ufffd字符"
    assert "\ud83d" not in first.comment.sender
    assert second.comment.text == "'); DROP TABLE comments; --"


def test_a_proposal_stands_beside_the_comment(records: Records) -> None:
    uid = opened_consultation(records, 12)
    there = all_comments(records, uid)
    assert comment_row(records, uid, 5).proposal is None
    proposed = [(number, sorted_comment(comment, number)) for number, comment in there]
    assert propose(records, REVIEWER, uid, proposed, "1.0") == 12
    assert [(row.number, row.proposal) for row in comment_rows(records, uid)] == proposed
    assert {row.program for row in comment_rows(records, uid)} == {"1.0"}
    changed = [(number, sorted_comment(comment, number + 1)) for number, comment in there[:3]]
    propose(records, REVIEWER, uid, changed, "1.1")
    assert [(row.number, row.proposal) for row in comment_rows(records, uid)] == changed + proposed[3:]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE comments SET text = 'x'", "DELETE FROM comments", "UPDATE history SET at = 'x'", "DELETE FROM history"],
)
def test_what_came_in_and_what_happened_cannot_be_changed(records: Records, statement: str) -> None:
    uid = opened_consultation(records, 2)
    before = (all_comments(records, uid), entries_of(records, uid))
    with pytest.raises(InputError), transaction(records) as connection:
        connection.execute(text(statement))
    assert (all_comments(records, uid), entries_of(records, uid)) == before


def test_a_reader_takes_nothing_in(records: Records) -> None:
    uid = opened_consultation(records)
    with pytest.raises(NotAllowed):
        import_comments(records, READER, uid, Source("表", "1"), made_up_comments(1))
    with pytest.raises(InputError, match="意见库里没有"):
        import_comments(records, LEAD, "nothing", Source("表", "1"), made_up_comments(1))


@pytest.mark.parametrize(
    ("submitted", "day"),
    [
        ("2024年10月20日", "2024-10-20"), ("2024.10.9", "2024-10-09"), ("2024-10-19 08:30:00", "2024-10-19"),
        ("10月18日", "2023-10-18"), ("2024／13／40", ""), ("昨天", ""), ("", ""), ("45583", ""), ("2024-10-190", ""),
        ("２０２４年１０月１日", "2024-10-01"),
    ],
)  # fmt: skip
def test_the_day_of_a_cell(submitted: str, day: str) -> None:
    assert day_of(submitted, "2023") == day
