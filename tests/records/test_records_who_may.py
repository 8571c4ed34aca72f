"""What each role may see and change is held to where data are read and written, in both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from record_databases import (
    DRAFT,
    LEAD,
    OTHER,
    READER,
    REVIEWER,
    made_up_comments,
    opened_consultation,
    sorted_comment,
)

from analysis.consultation.comments import Comment, Decision, Rejected
from analysis.records import chain, consultations, deciding, desk_settings, importing, listing, record_files
from analysis.records.importing import Source, import_comments
from analysis.records.people_file import NOBODY
from analysis.records.record_store import Records, asked_by
from analysis.records.record_values import Actor, CommentFilter, Field, NotAllowed, Role

READS: dict[str, Callable[[Records, str], object]] = {
    "list": lambda records, uid: listing.comment_rows(records, uid),
    "comment": lambda records, uid: listing.comment_row(records, uid, 1),
    "count": lambda records, uid: listing.how_many(records, uid),
    "counts": lambda records, uid: listing.counts(records, uid, Field.THEME),
    "count line": lambda records, uid: listing.count_line(records, uid),
    "batches": lambda records, uid: listing.batches_of(records, uid),
    "rejected": lambda records, uid: listing.rejected_rows(records, uid),
    "all": lambda records, uid: listing.all_comments(records, uid),
    "history": lambda records, uid: chain.entries_of(records, uid),
    "consultations": lambda records, uid: consultations.all_consultations(records),
    "consultation": lambda records, uid: consultations.consultation(records, uid),
    "drafts": lambda records, uid: consultations.drafts_of(records, uid),
    "people": lambda records, uid: desk_settings.people_of(records),
    "templates": lambda records, uid: desk_settings.templates_of(records, uid),
    "archive": lambda records, uid: record_files.archive(records, uid),
    "backup": lambda records, uid: record_files.backup(records),
    "verify": lambda records, uid: record_files.verify_records(records),
}
Change = Callable[[Records, Actor, str], object]
REVIEWERS: dict[str, Change] = {
    "decide": lambda records, actor, uid: deciding.decide(records, actor, uid, 1, 0, Decision.ADOPTED, "理由。"),
    "group": lambda records, actor, uid: deciding.decide_group(
        records, actor, uid, {1: 0, 2: 0}, Decision.ADOPTED, "理由。"
    ),
    "reopen": lambda records, actor, uid: deciding.reopen_comment(records, actor, uid, 1, 0),
    "clause": lambda records, actor, uid: deciding.set_clause(records, actor, uid, 1, 0, "一"),
    "theme": lambda records, actor, uid: deciding.set_theme(records, actor, uid, 1, 0, "主题"),
    "take": lambda records, actor, uid: deciding.assign(records, actor, uid, {1: 0}, actor.name),
    "second": lambda records, actor, uid: deciding.want_second(records, actor, uid, {1: 0}, True),
    "template": lambda records, actor, uid: desk_settings.add_template(records, actor, uid, "常用", "理由。"),
    "import": lambda records, actor, uid: import_comments(
        records, actor, uid, Source("b.csv", "b"), made_up_comments(1, 9)
    ),
}
LEADS: dict[str, Change] = {
    "create": lambda records, actor, uid: consultations.create_consultation(records, actor, "又一次"),
    "correct": lambda records, actor, uid: consultations.change_consultation(records, actor, uid, place="四川"),
    "draft": lambda records, actor, uid: consultations.add_draft(records, actor, uid, DRAFT),
    "close": lambda records, actor, uid: consultations.close_consultation(records, actor, uid),
    "reopen": lambda records, actor, uid: consultations.reopen_consultation(records, actor, uid),
    "give": lambda records, actor, uid: deciding.assign(records, actor, uid, {1: 0}, "别人"),
    "open": lambda records, actor, uid: record_files.open_archive(records, actor, b"", "a.zip"),
}


@pytest.fixture
def uid(records: Records) -> str:
    """A consultation with four comments, sorted, a rejected row and a draft."""
    uid = opened_consultation(records)
    rows = [*made_up_comments(4), Rejected(5, "合计行", ("合计", "19900009999"))]
    import_comments(records, REVIEWER, uid, Source("a.csv", "a"), rows)
    consultations.add_draft(records, LEAD, uid, DRAFT)
    comments = listing.all_comments(records, uid)
    importing.propose(records, REVIEWER, uid, [(n, sorted_comment(one, n)) for n, one in comments], "1")
    return uid


def state(records: Records, uid: str) -> object:
    """All that could have been changed."""
    return chain.entries_of(records, uid), listing.comment_rows(records, uid), consultations.all_consultations(records)


@pytest.mark.parametrize("name", READS)
def test_a_person_without_a_role_gets_no_answer(records: Records, uid: str, name: str) -> None:
    for nobody in (NOBODY, Actor("张三", Role.NONE)):
        with pytest.raises(NotAllowed, match="权限"):
            READS[name](asked_by(records, nobody), uid)


@pytest.mark.parametrize("name", [*REVIEWERS, *LEADS])
def test_whoever_only_reads_changes_nothing(records: Records, uid: str, name: str) -> None:
    before = state(records, uid)
    for actor in (NOBODY, READER, Actor("", Role.LEAD)):
        with pytest.raises(NotAllowed):
            (REVIEWERS | LEADS)[name](asked_by(records, actor), actor, uid)
        with pytest.raises(NotAllowed):
            (REVIEWERS | LEADS)[name](records, actor, uid)
    assert state(records, uid) == before


@pytest.mark.parametrize("name", LEADS)
def test_what_a_lead_does_a_reviewer_does_not(records: Records, uid: str, name: str) -> None:
    before = state(records, uid)
    with pytest.raises(NotAllowed, match="负责人"):
        LEADS[name](asked_by(records, REVIEWER), REVIEWER, uid)
    assert state(records, uid) == before


@pytest.mark.parametrize("name", [*REVIEWERS, *LEADS])
def test_nobody_acts_in_the_name_of_another(records: Records, uid: str, name: str) -> None:
    before = state(records, uid)
    for asked, claimed in (
        (REVIEWER, LEAD),
        (READER, LEAD),
        (REVIEWER, OTHER),
        (READER, replace(READER, role=Role.LEAD)),
    ):
        with pytest.raises(NotAllowed):
            (REVIEWERS | LEADS)[name](asked_by(records, asked), claimed, uid)
    assert state(records, uid) == before


@pytest.mark.parametrize("name", [name for name in REVIEWERS if name != "reopen"])  # nothing is decided yet
def test_a_reviewer_handles_comments(records: Records, uid: str, name: str) -> None:
    before = chain.entries_of(records, uid)
    REVIEWERS[name](asked_by(records, REVIEWER), REVIEWER, uid)
    entries = chain.entries_of(records, uid)
    assert len(entries) > len(before)
    assert (entries[0].who, entries[0].role) == (REVIEWER.name, "reviewer")


def test_a_role_that_is_taken_away_is_gone_at_once(records: Records, uid: str) -> None:
    deciding.decide(asked_by(records, REVIEWER), REVIEWER, uid, 1, 0, Decision.ADOPTED, "理由。")
    demoted = replace(REVIEWER, role=Role.READER)
    with pytest.raises(NotAllowed):
        deciding.undo(asked_by(records, demoted), demoted, uid, 1, 1)
    assert listing.comment_row(records, uid, 1).handling.decision is Decision.ADOPTED


def test_whoever_only_reads_sees_neither_senders_nor_contacts(records: Records) -> None:
    uid = opened_consultation(records)
    words = "我叫朱丽华，我是朱丽华，电话19900001234，建议把比例提高到5%。"
    comment = Comment(1, words, sender="朱丽华", reason="朱丽华认为偏低", contact="zhu@example.cn 19900001234")
    rows = [comment, Rejected(2, "合计行", ("合计", "19900001234"))]
    import_comments(records, REVIEWER, uid, Source("a.csv", "a"), rows)
    importing.propose(records, REVIEWER, uid, [(1, sorted_comment(comment, 1))], "1")
    seen = asked_by(records, READER)
    for row in (*listing.comment_rows(seen, uid), listing.comment_row(seen, uid, 1)):
        assert row.proposal is not None
        for one in (row.comment, row.proposal.comment):
            assert "朱丽华" not in str(one)
            assert "1990000" not in str(one)
            assert "example" not in str(one)
            assert len(one.text) == len(words), "places in the words hold"
            assert one.text.endswith("建议把比例提高到5%。")
            assert one.sender == "朱**"
    assert [row.cells for row in listing.rejected_rows(seen, uid)] == [("***",)]
    assert listing.how_many(seen, uid, CommentFilter(words="提高到5%")) == 1
    assert listing.how_many(asked_by(records, REVIEWER), uid, CommentFilter(words="朱丽华")) == 1
    with pytest.raises(NotAllowed):
        listing.all_comments(seen, uid)
    assert listing.comment_row(asked_by(records, REVIEWER), uid, 1).comment == comment


def test_a_search_of_a_reader_is_not_held_against_names(records: Records) -> None:
    uid = opened_consultation(records)
    import_comments(records, REVIEWER, uid, Source("a.csv", "a"), [Comment(1, "建议提高。", sender="朱丽华")])
    assert listing.how_many(asked_by(records, READER), uid, CommentFilter(words="朱丽华")) == 0
    assert listing.how_many(asked_by(records, REVIEWER), uid, CommentFilter(words="朱丽华")) == 1


def test_people_of_the_file_are_kept_in_step(records: Records) -> None:
    desk_settings.configure_people(records, {"甲": Role.LEAD, "乙": Role.REVIEWER})
    entries = chain.entries_of(records, desk_settings.PEOPLE)
    desk_settings.configure_people(records, {"甲": Role.LEAD, "乙": Role.REVIEWER})
    assert chain.entries_of(records, desk_settings.PEOPLE) == entries, "nothing changed, nothing is written"
    desk_settings.configure_people(records, {"甲": Role.READER})
    assert desk_settings.people_of(records) == (Actor("甲", Role.READER),)
    assert not record_files.verify_records(records).problems
