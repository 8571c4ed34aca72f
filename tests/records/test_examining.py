"""What is looked at over a revised draft before a consultation is closed, in both databases."""

from __future__ import annotations

import pytest
from record_databases import LEAD, OTHER, READER, REVIEWER, TITLE, made_up_comments
from sqlalchemy import update

from analysis.consultation.comments import Comment, ConsultedDraft, Decision
from analysis.model import InputError
from analysis.records.chain import entries_of
from analysis.records.consultations import add_draft, close_consultation, create_consultation
from analysis.records.deciding import decide
from analysis.records.examining import examine, examined_of, history_length
from analysis.records.importing import Source, import_comments
from analysis.records.record_checks import problems, rows_in
from analysis.records.record_files import archive, open_archive
from analysis.records.record_store import Records, reading, transaction
from analysis.records.record_tables import examined
from analysis.records.record_values import DraftKind, Field, NotAllowed, Status, ToExamine
from analysis.records.tallies import crossed, groups, senders, senders_by


@pytest.fixture
def uid(records: Records) -> str:
    """A consultation whose only comment was adopted, with a revised draft, number 1."""
    made = create_consultation(records, LEAD, TITLE)
    import_comments(records, REVIEWER, made.uid, Source("表", "1"), made_up_comments(1))
    decide(records, REVIEWER, made.uid, 1, 0, Decision.ADOPTED, "合理")
    add_draft(records, LEAD, made.uid, ConsultedDraft("修改稿.txt", "一、甲", ()), DraftKind.REVISED)
    return made.uid


def test_a_note_is_kept_with_who_and_when_and_stands_in_the_history(records: Records, uid: str) -> None:
    assert examine(records, REVIEWER, uid, 1, {"A:1": " 在别处改了 "}, {}) == ("A:1",)
    held = examined_of(records, uid, 1)["A:1"]
    assert (held.note, held.version, held.examined_by) == ("在别处改了", 1, REVIEWER.name)
    entry = entries_of(records, uid, "item")[0]
    assert (entry.key, entry.action, entry.after["note"]) == ("1/A:1", "examine", "在别处改了")
    with reading(records) as connection:
        assert problems(rows_in(connection, uid)) == ()


def test_nobody_overwrites_the_note_of_another(records: Records, uid: str) -> None:
    examine(records, REVIEWER, uid, 1, {"A:1": "在别处改了"}, {"A:1": 0})
    with pytest.raises(InputError, match="王工 刚刚注明过“在别处改了”"):
        examine(records, OTHER, uid, 1, {"A:1": "没有改"}, {"A:1": 0})
    assert examine(records, OTHER, uid, 1, {"A:1": "没有改", "B:1": "文字"}, {"A:1": 0}) == ("B:1",)
    assert examined_of(records, uid, 1)["A:1"].note == "在别处改了"
    assert examine(records, OTHER, uid, 1, {"A:1": ""}, {"A:1": 1}) == ("A:1",)
    assert examined_of(records, uid, 1)["A:1"].note == ""


def test_a_reader_notes_nothing_and_an_older_draft_takes_no_notes(records: Records, uid: str) -> None:
    with pytest.raises(NotAllowed):
        examine(records, READER, uid, 1, {"A:1": "看过"}, {})
    add_draft(records, LEAD, uid, ConsultedDraft("修改稿二.txt", "一、乙", ()), DraftKind.REVISED)
    with pytest.raises(InputError, match="修改稿已经换过"):
        examine(records, REVIEWER, uid, 1, {"A:1": "看过"}, {})


def test_closing_waits_until_every_item_has_a_note(records: Records, uid: str) -> None:
    def asked() -> ToExamine:
        return ToExamine(1, ("A:1", "B:1"), history_length(records, uid))

    examine(records, REVIEWER, uid, 1, {"A:1": "在别处改了"}, {})
    with pytest.raises(InputError, match="还有 1 处没有核对"):
        close_consultation(records, LEAD, uid, asked())
    before = asked()
    examine(records, REVIEWER, uid, 1, {"B:1": "文字修改"}, {})
    with pytest.raises(InputError, match="刚刚有人作了改动"):
        close_consultation(records, LEAD, uid, before)
    assert close_consultation(records, LEAD, uid, asked()).status is Status.CLOSED


def test_notes_travel_with_the_archive_and_one_changed_behind_the_history_shows(records: Records, uid: str) -> None:
    examine(records, REVIEWER, uid, 1, {"A:1": "在别处改了"}, {})
    packed = archive(records, uid)
    with transaction(records) as connection:
        connection.execute(update(examined).values(note="没有"))
    with reading(records) as connection:
        assert any("修改稿核对" in each for each in problems(rows_in(connection, uid)))
    with pytest.raises(InputError, match="意见库里已有"):
        open_archive(records, LEAD, packed, "归档.zip")


def test_people_are_counted_once_and_those_without_a_name_each(records: Records) -> None:
    uid = create_consultation(records, LEAD, TITLE).uid
    named = ["张三", "张三", " 李四", "网友", "网友", "", "***"]
    rows = [Comment(row, f"建议{row}", sender) for row, sender in enumerate(named, 1)]
    import_comments(records, REVIEWER, uid, Source("表", "1"), rows)
    assert senders(records, uid) == 6
    decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "合理")
    assert senders_by(records, uid, Field.DECISION) == {"": 6, "adopted": 1}
    assert crossed(records, uid, Field.DECISION, Field.STANCE) == {("", ""): 6, ("adopted", ""): 1}
    assert groups(records, uid) == (0, 0)
