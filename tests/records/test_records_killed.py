"""A process that is killed in the middle: nothing is half done, nothing is lost that was confirmed."""

from __future__ import annotations

from record_children import ROWS, decides, imports, killed
from record_databases import made_up_comments, opened_consultation, take_in

from analysis.consultation.comments import Decision
from analysis.records.chain import entries_of
from analysis.records.listing import batches_of, comment_row, count_line, how_many, rejected_rows
from analysis.records.record_files import verify_records
from analysis.records.record_store import Records

TIMES = 20


def test_killed_during_an_import(records: Records, where: str) -> None:
    told = killed(where, opened_consultation(records), imports, 0)
    assert [word for word, _ in told] == ["imported", "finished"]
    steps = told[-1][1]
    confirmed = 0
    for time in range(TIMES):
        uid = opened_consultation(records)
        told = killed(where, uid, imports, 1 + time * (steps - 1) // (TIMES - 1))
        there = how_many(records, uid)
        assert there == (ROWS if ("imported", ROWS) in told else 0)
        confirmed += there > 0
        assert (len(batches_of(records, uid)), rejected_rows(records, uid)) == (there > 0, ())
        assert [entry.action for entry in entries_of(records, uid)][-1] == "create"
        again = take_in(records, uid, made_up_comments(30), "大表.xlsx")
        assert len(again.added) == (0 if there else 30)
        assert count_line(records, uid).reconciles
    assert confirmed < TIMES
    assert verify_records(records).problems == ()


def test_killed_during_a_decision(records: Records, where: str) -> None:
    steps = killed(where, opened_consultation(records, 3), decides, 0)[-1][1]
    assert steps > TIMES  # so that every statement of a decision is come to
    seen = set()
    for time in range(TIMES):
        uid = opened_consultation(records, 3)
        told = killed(where, uid, decides, steps - time)
        confirmed = {number for word, number in told if word == "decided"}
        seen.add(len(confirmed))
        for number in (1, 2, 3):
            held = comment_row(records, uid, number).handling
            entries = entries_of(records, uid, "comment", str(number))
            assert (held.version, held.decision) == ((1, Decision.ADOPTED) if entries else (0, None))
            assert bool(entries) == (number in confirmed)
        assert count_line(records, uid).reconciles
    assert len(seen) > 1
    assert verify_records(records).problems == ()
