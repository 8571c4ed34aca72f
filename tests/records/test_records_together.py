"""Many people at once: every decision that was confirmed stands, whoever was later is told, nothing is overwritten."""

from __future__ import annotations

import threading
from collections import defaultdict

from record_databases import LEAD, made_up_comments, opened_consultation

from analysis.consultation.comments import Decision
from analysis.records.chain import entries_of
from analysis.records.deciding import decide
from analysis.records.importing import Source, import_comments
from analysis.records.listing import comment_row, comment_rows, count_line, how_many
from analysis.records.record_files import verify_records
from analysis.records.record_store import Records
from analysis.records.record_values import Actor, Conflict, Role

PEOPLE = [Actor(f"办理人{number}", Role.REVIEWER) for number in range(6)]
COUNT = 8


def test_everybody_decides_on_the_same_comments(records: Records) -> None:
    uid = opened_consultation(records, COUNT)
    confirmed: dict[int, list[str]] = defaultdict(list)
    told: list[Conflict] = []
    faults: list[BaseException] = []
    start = threading.Barrier(len(PEOPLE) + 1)

    def work(actor: Actor) -> None:
        start.wait()
        try:
            for number in range(1, COUNT + 1):
                try:
                    decide(records, actor, uid, number, 0, Decision.ADOPTED, f"{actor.name}的理由")
                    confirmed[number].append(actor.name)
                except Conflict as conflict:
                    told.append(conflict)
                assert count_line(records, uid).reconciles
        except BaseException as fault:
            faults.append(fault)

    def brings_more() -> None:
        start.wait()
        try:
            import_comments(records, LEAD, uid, Source("另一批", "2"), made_up_comments(30, first=100))
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(actor,)) for actor in PEOPLE]
    threads.append(threading.Thread(target=brings_more))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert {number: len(names) for number, names in confirmed.items()} == dict.fromkeys(range(1, COUNT + 1), 1)
    assert len(told) == COUNT * (len(PEOPLE) - 1)
    for number, (name,) in confirmed.items():
        held = comment_row(records, uid, number).handling
        assert (held.decided_by, held.reason, held.version) == (name, f"{name}的理由", 1)
        assert all(each.handling.decided_by == name for each in told if each.number == number)
        assert len(entries_of(records, uid, "comment", str(number))) == 1
    assert how_many(records, uid) == COUNT + 30
    assert verify_records(records).problems == ()


def test_a_list_does_not_wait_for_a_writer(records: Records) -> None:
    uid = opened_consultation(records, 5)
    seen: list[int] = []

    def look(_: int) -> None:
        seen.append(len(comment_rows(records, uid)))

    import_comments(records, LEAD, uid, Source("另一批", "2"), made_up_comments(20, first=100), progress=look)
    assert seen == [5]
    assert how_many(records, uid) == 25
