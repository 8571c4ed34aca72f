"""Any sequence of operations: counts reconcile, the history replays to what is there, and an archive of it verifies."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from record_databases import DRAFT, LEAD, OTHER, READER, REVIEWER, opened_consultation, sorted_comment

from analysis.consultation.comments import Comment, Decision
from analysis.model import InputError
from analysis.records.chain import entries_of
from analysis.records.consultations import add_draft, close_consultation, reopen_consultation
from analysis.records.deciding import (
    assign,
    decide,
    decide_group,
    reopen_comment,
    second_read,
    set_clause,
    set_theme,
    undo,
    want_second,
)
from analysis.records.importing import Source, import_comments, propose
from analysis.records.listing import all_comments, comment_row, comment_rows, count_line, counts, how_many
from analysis.records.record_files import archive, verify
from analysis.records.record_store import Records
from analysis.records.record_values import CommentFilter, Conflict, Field, NotAllowed

NUMBERS = st.integers(1, 6)
ACTORS = st.sampled_from([LEAD, REVIEWER, OTHER, READER])
DECISIONS = st.sampled_from(Decision)
WORDS = st.sampled_from(["甲", "乙", "丙", "丁"])


class Desk(RuleBasedStateMachine):
    """A consultation on which several people work; each sees a version, now and then an old one."""

    def __init__(self, records: Records) -> None:
        super().__init__()
        self.records = records
        self.uid = opened_consultation(records)
        add_draft(records, LEAD, self.uid, DRAFT)
        self.imported = 0

    def version(self, number: int, late: bool) -> int:
        with contextlib.suppress(InputError):
            return comment_row(self.records, self.uid, number).handling.version - late
        return 0

    @contextlib.contextmanager
    def refused(self, late: bool = False):
        """What may be refused; a version that is old always is, and then nothing has changed."""
        before = entries_of(self.records, self.uid)
        try:
            yield
        except InputError as fault:
            assert entries_of(self.records, self.uid) == before
            self.told = fault
        else:
            assert not late

    @rule(words=st.lists(WORDS, min_size=1, max_size=3), by_hand=st.booleans())
    def imports(self, words: list[str], by_hand: bool) -> None:
        rows = [Comment(row, text) for row, text in enumerate(words, start=1)]
        source = Source("、".join(words), "".join(words))
        with self.refused():
            done = import_comments(self.records, REVIEWER, self.uid, source, rows, repeats_count=by_hand)
            assert len(done.added) + done.repeated == len(words)
            self.imported += len(done.added)

    @rule(shift=st.integers(0, 3))
    def proposes(self, shift: int) -> None:
        there = all_comments(self.records, self.uid)
        with self.refused():
            proposed = [(number, sorted_comment(comment, number + shift)) for number, comment in there]
            propose(self.records, REVIEWER, self.uid, proposed, str(shift))

    @rule(actor=ACTORS, number=NUMBERS, decision=DECISIONS, main=NUMBERS, late=st.booleans())
    def decides(self, actor, number: int, decision: Decision, main: int, late: bool) -> None:  # type: ignore[no-untyped-def]
        version = self.version(number, late)
        with self.refused(late):
            decide(self.records, actor, self.uid, number, version, decision, "理由", main=main)
            row = comment_row(self.records, self.uid, number)
            assert (row.handling.decision, row.handling.decided_by) == (decision, actor.name)
            assert actor is not READER

    @rule(numbers=st.sets(NUMBERS, min_size=1), decision=DECISIONS, main=NUMBERS)
    def decides_together(self, numbers: set[int], decision: Decision, main: int) -> None:
        versions = {number: self.version(number, number == 3) for number in sorted(numbers)}
        with self.refused():
            done = decide_group(self.records, OTHER, self.uid, versions, decision, "一并", main=main)
            assert 3 not in done.changed
            assert all(isinstance(each, Conflict) and each.number == 3 for each in done.conflicts)

    @rule(actor=ACTORS, number=NUMBERS, late=st.booleans(), what=st.integers(0, 5), words=st.sampled_from("一三九"))
    def changes(self, actor, number: int, late: bool, what: int, words: str) -> None:  # type: ignore[no-untyped-def]
        version = self.version(number, late)
        given = (self.records, actor, self.uid)
        with self.refused():
            (
                lambda: set_clause(*given, number, version, words),
                lambda: set_theme(*given, number, version, words),
                lambda: reopen_comment(*given, number, version),
                lambda: second_read(*given, number, version, words == "一"),
                lambda: assign(*given, {number: version}, LEAD.name),
                lambda: want_second(*given, {number: version}, words == "一"),
            )[what]()

    @rule(actor=ACTORS, number=NUMBERS)
    def undoes(self, actor, number: int) -> None:  # type: ignore[no-untyped-def]
        with self.refused():
            row = undo(self.records, actor, self.uid, number, self.version(number, False))
            last = entries_of(self.records, self.uid, "comment", str(number))
            assert last[0].after["version"] == row.handling.version

    @precondition(lambda self: self.imported)
    @rule()
    def closes_and_opens(self) -> None:
        with self.refused():
            close_consultation(self.records, LEAD, self.uid)
            with contextlib.suppress(InputError):
                decide(self.records, LEAD, self.uid, 1, self.version(1, False), Decision.ADOPTED, "已经办结")
                raise AssertionError
            reopen_consultation(self.records, LEAD, self.uid)

    @invariant()
    def it_reconciles(self) -> None:
        line = count_line(self.records, self.uid)
        assert line.reconciles
        assert line.received == self.imported == how_many(self.records, self.uid)
        for by in (Field.CLAUSE, Field.DECISION, Field.GROUP):
            assert sum(count.total for count in counts(self.records, self.uid, by)) == line.received
        rows = comment_rows(self.records, self.uid, order=Field.CLAUSE, size=200)
        assert sorted(row.number for row in rows) == list(range(1, line.received + 1))
        merged = comment_rows(self.records, self.uid, CommentFilter(decision=Decision.MERGED), size=200)
        main = {row.handling.main for row in merged}
        assert None not in main
        assert not main & {row.number for row in merged}

    def teardown(self) -> None:
        packed = archive(self.records, self.uid)
        assert verify(packed, "归档.zip").problems == ()


def test_any_sequence_of_operations_can_be_accounted_for(records: Records) -> None:
    few = settings(
        max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Desk(records), settings=few)


def test_a_reader_is_never_heard(records: Records) -> None:
    uid = opened_consultation(records, 2)
    for action in (
        lambda: decide(records, READER, uid, 1, 0, Decision.ADOPTED, "理由"),
        lambda: undo(records, READER, uid, 1, 0),
        lambda: set_clause(records, READER, uid, 1, 0, ""),
        lambda: propose(records, READER, uid, [], "1"),
    ):
        with contextlib.suppress(NotAllowed):
            action()
            raise AssertionError
