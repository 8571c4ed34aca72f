"""What the database of consultations takes: an import, lists, decisions, and thirty people at once, in both databases.

``bench.py records`` measures it. People here are threads that look at a list, count by clause and decide, over and
over, with up to a second between; pages are not part of it.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers"), str(Path(__file__).parent)]

from record_databases import (  # noqa: E402
    LEAD,
    REVIEWER,
    made_up_comments,
    opened_consultation,
    sorted_comment,
    start_postgres,
    take_in,
)
from timing import ms  # noqa: E402

from analysis.consultation.comments import Decision  # noqa: E402
from analysis.records.deciding import decide, decide_group  # noqa: E402
from analysis.records.importing import propose  # noqa: E402
from analysis.records.listing import all_comments, comment_rows, count_line, counts  # noqa: E402
from analysis.records.record_files import backup, verify  # noqa: E402
from analysis.records.record_store import Records  # noqa: E402
from analysis.records.record_values import CommentFilter, Field  # noqa: E402
from analysis.records.schema import open_records  # noqa: E402

COMMENTS, LARGE, PEOPLE, ROUNDS = 20_000, 50_000, 30, 10


def lines() -> Iterator[str]:
    """The figures of both databases, side by side."""
    server = start_postgres()
    try:
        with tempfile.TemporaryDirectory() as folder:
            measured = [_measured(open_records(where)) for where in (folder, server.new_database())]
    finally:
        server.stop()
    yield f"{COMMENTS:,} comments, unless said otherwise. SQLite syncs each commit to the disk; the PostgreSQL server"
    yield "is that of the tests, which does not (fsync off). People are threads of one process; pages are left out."
    yield ""
    yield "| | SQLite | PostgreSQL |"
    yield "| --- | ---: | ---: |"
    for name in measured[0]:
        yield f"| {name} | {measured[0][name]} | {measured[1][name]} |"


def _took(work: Callable[[], object], rounds: int = 1) -> float:
    """Seconds, the median of some rounds."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def _measured(records: Records) -> dict[str, str]:
    large = opened_consultation(records)
    rows = made_up_comments(LARGE)
    found = {
        f"import of {LARGE:,} comments": f"{_took(lambda: take_in(records, large, rows)):.1f} s",
        "the same file again": f"{_took(lambda: take_in(records, large, rows)):.1f} s",
    }
    uid = opened_consultation(records, COMMENTS)
    proposals = [(number, sorted_comment(comment, number)) for number, comment in all_comments(records, uid)]
    found["keeping the proposals"] = f"{_took(lambda: propose(records, REVIEWER, uid, proposals, '1')):.1f} s"
    for name, question in _questions(records, uid).items():
        found[name] = ms(_took(question, rounds=7))
    group = dict.fromkeys(range(10_001, 11_001), 0)
    decided = _took(lambda: decide_group(records, LEAD, uid, group, Decision.EXPLAINED, "理由"))
    found["a decision on 1,000 comments together"] = ms(decided)
    for name, times in _together(records, uid).items():
        times.sort()
        shown = (times[len(times) // 2], times[int(len(times) * 0.95)], times[-1])
        found[f"{PEOPLE} people: {name}, median, p95, longest"] = ", ".join(ms(each) for each in shown)
    packed: list[bytes] = []
    found["backup of all"] = f"{_took(lambda: packed.append(backup(records))):.1f} s"
    found["its verification"] = f"{_took(lambda: verify(packed[0], 'backup')):.1f} s"
    return found


def _questions(records: Records, uid: str) -> dict[str, Callable[[], object]]:
    return {
        "a page of 50, by number": lambda: comment_rows(records, uid),
        "the 200th page, by clause": lambda: comment_rows(records, uid, order=Field.CLAUSE, page=200),
        "a page of the open ones of a clause": lambda: comment_rows(
            records, uid, CommentFilter(clause="二", is_open=True), order=Field.THEME
        ),
        "a page of those with given words": lambda: comment_rows(records, uid, CommentFilter(words="第77")),
        "counts by clause": lambda: counts(records, uid, Field.CLAUSE),
        "counts by day": lambda: counts(records, uid, Field.DAY),
        "the count line": lambda: count_line(records, uid),
    }


def _together(records: Records, uid: str) -> dict[str, list[float]]:
    """Seconds of each list and each decision while people work at once."""
    found: dict[str, list[float]] = {"list with counts": [], "decision": []}

    def work(person: int) -> None:
        pause = random.Random(person)
        for time_round in range(ROUNDS):
            number = person * ROUNDS + time_round + 1
            found["list with counts"].append(_took(lambda: _look(records, uid, person)))
            found["decision"].append(
                _took(lambda n=number: decide(records, REVIEWER, uid, n, 0, Decision.ADOPTED, "理由"))  # type: ignore[misc]
            )
            time.sleep(pause.random())

    threads = [threading.Thread(target=work, args=(person,)) for person in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _look(records: Records, uid: str, person: int) -> None:
    comment_rows(records, uid, CommentFilter(is_open=True), page=person + 1)
    counts(records, uid, Field.CLAUSE)


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
