"""People decide: by role, with a reason, and never over somebody else."""

from __future__ import annotations

import pytest
from record_databases import DRAFT, LEAD, OTHER, READER, REVIEWER, opened_consultation, sorted_comment

from analysis.consultation.comments import Decision
from analysis.model import InputError
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
from analysis.records.desk_settings import (
    PEOPLE,
    add_template,
    configure_people,
    people_of,
    retire_template,
    templates_of,
)
from analysis.records.importing import propose
from analysis.records.listing import all_comments, comment_row, comment_rows, count_line, counts, how_many
from analysis.records.record_store import Records
from analysis.records.record_values import (
    Actor,
    CommentFilter,
    Conflict,
    DraftKind,
    Field,
    NotAllowed,
    Role,
    Status,
)


def test_a_decision_is_kept_with_who_and_when(records: Records) -> None:
    uid = opened_consultation(records, 3)
    row = decide(records, REVIEWER, uid, 2, 0, Decision.PARTLY, "与上位法一致", reply="已部分采纳")
    held = row.handling
    assert (held.decision, held.reason, held.reply) == (Decision.PARTLY, "与上位法一致", "已部分采纳")
    assert (held.decided_by, held.version) == (REVIEWER.name, 1)
    assert held.decided_at.startswith("2026-11-02T09:00:")
    assert comment_row(records, uid, 2) == row
    entry = entries_of(records, uid, "comment", "2")[0]
    assert (entry.action, entry.who, entry.at) == ("decide", REVIEWER.name, held.decided_at)
    assert entry.after["decision"] == "partly"


def test_the_later_of_two_is_told_and_nothing_is_overwritten(records: Records) -> None:
    uid = opened_consultation(records, 3)
    first = decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "合理")
    with pytest.raises(Conflict) as told:
        decide(records, OTHER, uid, 1, 0, Decision.NOT_ADOPTED, "不合理")
    assert "王工" in str(told.value)
    assert "处理决定" in str(told.value)
    assert "2026-11-02 17:00:" in str(told.value)  # in China, where the clock says 9 o'clock in UTC
    assert told.value.handling == first.handling
    assert comment_row(records, uid, 1) == first
    decide(records, OTHER, uid, 1, 1, Decision.NOT_ADOPTED, "看过之后改定")
    assert comment_row(records, uid, 1).handling.decided_by == OTHER.name


def test_a_group_is_decided_together_and_each_by_itself_afterwards(records: Records) -> None:
    uid = opened_consultation(records, 6)
    decide(records, OTHER, uid, 3, 0, Decision.EXPLAINED, "另行答复")
    done = decide_group(records, REVIEWER, uid, dict.fromkeys((2, 3, 4, 5), 0), Decision.ADOPTED, "同一封信")
    assert (done.changed, [each.number for each in done.conflicts]) == ((2, 4, 5), [3])
    assert comment_row(records, uid, 3).handling.decision is Decision.EXPLAINED
    decide(records, REVIEWER, uid, 4, 1, Decision.NOT_ADOPTED, "这一条另有内容")
    line = count_line(records, uid)
    assert (line.decided[Decision.ADOPTED], line.decided[Decision.NOT_ADOPTED], line.still_open) == (2, 1, 2)
    assert line.reconciles


def test_a_comment_is_merged_with_one_that_stands_by_itself(records: Records) -> None:
    uid = opened_consultation(records, 5)
    done = decide_group(records, REVIEWER, uid, dict.fromkeys((1, 2, 3), 0), Decision.MERGED, "内容相同", main=1)
    assert done.changed == (2, 3)
    assert comment_row(records, uid, 2).handling.main == 1
    assert how_many(records, uid, CommentFilter(main=1)) == 2
    for number, main in ((4, 4), (4, 2), (1, 4)):
        with pytest.raises(InputError, match="并入"):
            decide(records, REVIEWER, uid, number, 0, Decision.MERGED, "内容相同", main=main)
    with pytest.raises(InputError, match="第 99 条意见：这次征求意见里没有"):
        decide(records, REVIEWER, uid, 4, 0, Decision.MERGED, "内容相同", main=99)
    with pytest.raises(InputError, match="并入哪一条"):
        decide(records, REVIEWER, uid, 4, 0, Decision.MERGED, "内容相同")
    row = decide(records, REVIEWER, uid, 2, 1, Decision.ADOPTED, "另有内容", main=1)
    assert row.handling.main is None


def test_a_reason_is_required(records: Records) -> None:
    uid = opened_consultation(records, 1)
    with pytest.raises(InputError, match="没有写理由"):
        decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, " \n")
    assert comment_row(records, uid, 1).handling.version == 0


def test_a_decision_can_be_taken_back(records: Records) -> None:
    uid = opened_consultation(records, 2)
    decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "合理")
    row = reopen_comment(records, LEAD, uid, 1, 1)
    assert (row.handling.decision, row.handling.reason, row.handling.decided_by) == (None, "", "")
    assert count_line(records, uid).still_open == 2


def test_people_set_clause_and_theme_over_the_proposal(records: Records) -> None:
    uid = opened_consultation(records, 8)
    add_draft(records, LEAD, uid, DRAFT)
    propose(records, REVIEWER, uid, [(n, sorted_comment(c, n)) for n, c in all_comments(records, uid)], "1.0")
    proposed = comment_row(records, uid, 1)
    set_clause(records, REVIEWER, uid, 1, 0, "四")
    row = set_theme(records, REVIEWER, uid, 1, 1, "经费")
    assert (row.clause, row.theme, row.proposal) == ("四", "经费", proposed.proposal)
    assert [count.value for count in counts(records, uid, Field.CLAUSE)] == ["一", "二", "三", "四", ""]
    assert [row.number for row in comment_rows(records, uid, CommentFilter(clause="四"))] == [1]
    propose(records, REVIEWER, uid, [(1, sorted_comment(row.comment, 2))], "1.1")
    assert comment_row(records, uid, 1).clause == "四"
    assert set_clause(records, REVIEWER, uid, 1, 2, "").clause == "三"
    with pytest.raises(InputError, match="征求意见稿里没有"):
        set_clause(records, REVIEWER, uid, 1, 3, "九")


def test_comments_are_given_to_people(records: Records) -> None:
    uid = opened_consultation(records, 4)
    assign(records, LEAD, uid, {1: 0, 2: 0}, OTHER.name)
    assign(records, REVIEWER, uid, {3: 0}, REVIEWER.name)
    with pytest.raises(NotAllowed):
        assign(records, REVIEWER, uid, {4: 0}, OTHER.name)
    found = {count.value: count.total for count in counts(records, uid, Field.ASSIGNED)}
    assert found == {OTHER.name: 2, REVIEWER.name: 1, "": 1}


def test_roles_are_held_to(records: Records) -> None:
    uid = opened_consultation(records, 1)
    for actor in (READER, Actor("", Role.LEAD)):
        with pytest.raises(NotAllowed):
            decide(records, actor, uid, 1, 0, Decision.ADOPTED, "合理")
    for change in (
        lambda: create_consultation(records, REVIEWER, "另一份"),
        lambda: close_consultation(records, REVIEWER, uid),
        lambda: add_draft(records, REVIEWER, uid, DRAFT),
        lambda: change_consultation(records, REVIEWER, uid, title="改名"),
    ):
        with pytest.raises(NotAllowed, match="负责人"):
            change()
    assert len(all_consultations(records)) == 1
    assert comment_row(records, uid, 1).handling.version == 0


def test_a_consultation_closes_when_all_is_decided(records: Records) -> None:
    uid = opened_consultation(records, 2)
    decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "合理")
    with pytest.raises(InputError, match="还有 1 条意见没有处理"):
        close_consultation(records, LEAD, uid)
    decide(records, REVIEWER, uid, 2, 0, Decision.UNRELATED, "与本稿无关")
    closed = close_consultation(records, LEAD, uid)
    assert (closed.status, closed.closed_by) == (Status.CLOSED, LEAD.name)
    with pytest.raises(InputError, match="已经办结"):
        decide(records, REVIEWER, uid, 1, 1, Decision.NOT_ADOPTED, "改主意")
    assert reopen_consultation(records, LEAD, uid).status is Status.OPEN
    decide(records, REVIEWER, uid, 1, 1, Decision.NOT_ADOPTED, "改主意")


def test_texts_of_a_consultation_are_kept_and_never_replaced(records: Records) -> None:
    uid = opened_consultation(records)
    first = add_draft(records, LEAD, uid, DRAFT)
    assert add_draft(records, LEAD, uid, DRAFT) == first
    revised = add_draft(records, LEAD, uid, DRAFT, DraftKind.REVISED)
    assert drafts_of(records, uid) == (first, revised)
    assert drafts_of(records, uid, DraftKind.CONSULTED)[0].draft == DRAFT
    changed = change_consultation(records, LEAD, uid, closes="2026-11-30", made_up=True)
    assert changed == consultation(records, uid)
    assert changed.closes == "2026-11-30"


def test_one_takes_back_what_one_did_step_by_step(records: Records) -> None:
    uid = opened_consultation(records, 3)
    add_draft(records, LEAD, uid, DRAFT)
    first = decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "合理", reply="谢谢")
    set_clause(records, REVIEWER, uid, 1, 1, "三")
    decide(records, REVIEWER, uid, 1, 2, Decision.MERGED, "相同", main=2)
    back = undo(records, REVIEWER, uid, 1, 3)
    assert (back.handling.decision, back.handling.decided_at) == (Decision.ADOPTED, first.handling.decided_at)
    assert undo(records, REVIEWER, uid, 1, 4).clause == ""
    assert undo(records, REVIEWER, uid, 1, 5).handling.decision is None
    with pytest.raises(InputError, match="没有可以撤回"):
        undo(records, REVIEWER, uid, 1, 6)
    assert [entry.action for entry in entries_of(records, uid, "comment", "1")][:3] == ["undo"] * 3


def test_nobody_takes_back_what_another_did(records: Records) -> None:
    uid = opened_consultation(records, 3)
    decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "合理")
    decide(records, OTHER, uid, 1, 1, Decision.EXPLAINED, "另说明")
    with pytest.raises(InputError, match="赵工"):
        undo(records, REVIEWER, uid, 1, 2)
    with pytest.raises(Conflict):
        undo(records, OTHER, uid, 1, 1)
    assert undo(records, OTHER, uid, 1, 2).handling.decision is Decision.ADOPTED
    assert undo(records, REVIEWER, uid, 1, 3).handling.decision is None


def test_what_can_no_longer_stand_is_not_brought_back(records: Records) -> None:
    uid = opened_consultation(records, 3)
    decide(records, REVIEWER, uid, 1, 0, Decision.MERGED, "相同", main=2)
    decide(records, REVIEWER, uid, 1, 1, Decision.ADOPTED, "另有内容")
    decide(records, REVIEWER, uid, 2, 0, Decision.MERGED, "相同", main=3)
    with pytest.raises(InputError, match="不能并入第 2 条"):
        undo(records, REVIEWER, uid, 1, 2)


def test_a_second_reader_is_somebody_else_and_reads_anew(records: Records) -> None:
    uid = opened_consultation(records, 2)
    assert want_second(records, LEAD, uid, {1: 0}, True).changed == (1,)
    with pytest.raises(InputError, match="无从复核"):
        second_read(records, OTHER, uid, 1, 1, True)
    decide(records, REVIEWER, uid, 1, 1, Decision.ADOPTED, "合理")
    decide(records, REVIEWER, uid, 2, 0, Decision.ADOPTED, "合理")
    with pytest.raises(InputError, match="您自己"):
        second_read(records, REVIEWER, uid, 1, 2, True)
    assert how_many(records, uid, CommentFilter(second_awaited=True)) == 1
    assert second_read(records, OTHER, uid, 1, 2, False, "理由不足").handling.second_agrees is False
    with pytest.raises(InputError, match="还有 1 条意见等待复核"):
        close_consultation(records, LEAD, uid)
    again = decide(records, REVIEWER, uid, 1, 3, Decision.ADOPTED, "补充理由").handling
    assert (again.second_wanted, again.second_by, again.second_agrees) == (True, "", None)
    second_read(records, OTHER, uid, 1, 4, True)
    assert close_consultation(records, LEAD, uid).status is Status.CLOSED


def test_templates_are_kept_and_retired(records: Records) -> None:
    uid = opened_consultation(records)
    one = add_template(records, REVIEWER, uid, "感谢", "感谢您的意见。", Decision.ADOPTED)
    two = add_template(records, REVIEWER, uid, "不采纳", "与上位法不一致。")
    assert templates_of(records, uid) == (one, two)
    retire_template(records, REVIEWER, uid, one.number)
    retire_template(records, REVIEWER, uid, one.number)
    assert templates_of(records, uid) == (two,)
    assert len(entries_of(records, uid, "template", "1")) == 2
    with pytest.raises(NotAllowed):
        add_template(records, READER, uid, "一", "二")


def test_people_are_those_of_the_configuration(records: Records) -> None:
    configure_people(records, {"甲": Role.LEAD, "乙": Role.READER})
    configure_people(records, {"甲": Role.LEAD, "乙": Role.READER})
    assert len(entries_of(records, PEOPLE)) == 2
    configure_people(records, {"甲": Role.REVIEWER, "丙": Role.READER})
    assert people_of(records) == (Actor("丙", Role.READER), Actor("甲", Role.REVIEWER))
    assert [entry.key for entry in entries_of(records, PEOPLE, limit=3)] == ["甲", "乙", "丙"]


def test_what_people_type_has_a_length(records: Records) -> None:
    uid = opened_consultation(records, 1)
    for change in (
        lambda: set_theme(records, REVIEWER, uid, 1, 0, "长" * 5000),
        lambda: decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "长" * 20_000),
        lambda: assign(records, LEAD, uid, {1: 0}, "长" * 5000),
        lambda: create_consultation(records, LEAD, "长" * 5000),
    ):
        with pytest.raises(InputError, match="太长"):
            change()
    assert comment_row(records, uid, 1).handling.version == 0
    row = decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "长" * 10_000)
    assert len(row.handling.reason) == 10_000
