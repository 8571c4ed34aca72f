"""An archive and a backup: written, verified, opened elsewhere; whatever was changed in them is seen."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from record_databases import (
    DRAFT,
    LEAD,
    OTHER,
    REVIEWER,
    Clock,
    Postgres,
    opened_consultation,
    sorted_comment,
)
from sqlalchemy import text

from analysis.consultation.comments import Decision
from analysis.model import InputError
from analysis.records.chain import entries_of
from analysis.records.consultations import add_draft, all_consultations, drafts_of
from analysis.records.deciding import decide, decide_group, second_read, set_clause, undo, want_second
from analysis.records.desk_settings import add_template, configure_people, people_of, templates_of
from analysis.records.importing import propose
from analysis.records.listing import all_comments, comment_rows, count_line, rejected_rows
from analysis.records.record_files import archive, backup, open_archive, restore, verify, verify_records
from analysis.records.record_store import Records, transaction
from analysis.records.record_values import NotAllowed, Role
from analysis.records.schema import open_records


def worked_on(records: Records) -> str:
    """The uid of a consultation in which everything has happened once."""
    uid = opened_consultation(records, 9)
    add_draft(records, LEAD, uid, DRAFT)
    propose(records, REVIEWER, uid, [(n, sorted_comment(c, n)) for n, c in all_comments(records, uid)], "1.0")
    decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "合理", reply="谢谢")
    decide_group(records, OTHER, uid, {2: 0, 3: 0}, Decision.MERGED, "相同", main=1)
    set_clause(records, REVIEWER, uid, 4, 0, "三")
    decide(records, REVIEWER, uid, 5, 0, Decision.NOT_ADOPTED, "无依据")
    undo(records, REVIEWER, uid, 5, 1)
    want_second(records, LEAD, uid, {1: 1}, True)
    second_read(records, OTHER, uid, 1, 2, True, "同意")
    add_template(records, REVIEWER, uid, "感谢", "感谢您的意见。", Decision.ADOPTED)
    configure_people(records, {LEAD.name: Role.LEAD, REVIEWER.name: Role.REVIEWER})
    return uid


def everything(records: Records, uid: str) -> list[object]:
    """What a database tells of a consultation."""
    return [
        [each for each in all_consultations(records) if each.uid == uid],
        drafts_of(records, uid),
        comment_rows(records, uid, size=100),
        rejected_rows(records, uid),
        templates_of(records, uid),
        entries_of(records, uid),
        count_line(records, uid),
    ]


@pytest.fixture
def other(where: str, tmp_path: Path, request: pytest.FixtureRequest) -> Records:
    """An empty database of the other kind."""
    if "://" in where:
        return open_records(str(tmp_path / "other"), Clock())
    server: Postgres = request.getfixturevalue("postgres")
    return open_records(server.new_database(), Clock())


def test_an_archive_opens_in_another_installation(records: Records, other: Records) -> None:
    uid = worked_on(records)
    opened_consultation(records, 3)
    packed = archive(records, uid)
    assert packed == archive(records, uid)
    whole = verify(packed, "归档.zip")
    assert (whole.kind, whole.comments, whole.problems) == ("archive", 9, ())
    mine = opened_consultation(other, 2)
    assert open_archive(other, LEAD, packed, "归档.zip") == (uid,)
    assert everything(other, uid) == everything(records, uid)
    assert {each.uid for each in all_consultations(other)} == {uid, mine}
    assert archive(other, uid) == packed
    assert verify_records(other).problems == ()
    decide(other, REVIEWER, uid, 6, 0, Decision.ADOPTED, "接着办")
    with pytest.raises(InputError, match="已有这次征求意见"):
        open_archive(other, LEAD, packed, "归档.zip")
    with pytest.raises(NotAllowed):
        open_archive(other, REVIEWER, packed, "归档.zip")


def test_an_archive_is_packed(records: Records) -> None:
    packed = zipfile.ZipFile(io.BytesIO(archive(records, worked_on(records))))
    assert {each.compress_type for each in packed.infolist()} == {zipfile.ZIP_DEFLATED}


def test_a_backup_is_restored_into_an_empty_database(records: Records, other: Records) -> None:
    first, second = worked_on(records), opened_consultation(records, 4)
    packed = backup(records)
    assert set(restore(other, packed, "备份.zip")) == {first, second}
    for uid in (first, second):
        assert everything(other, uid) == everything(records, uid)
    assert people_of(other) == people_of(records)
    assert backup(other) == packed
    with pytest.raises(InputError, match="已有内容"):
        restore(other, packed, "备份.zip")
    with pytest.raises(InputError, match="这是备份，不是归档"):
        open_archive(other, LEAD, packed, "备份.zip")


def changed(packed: bytes, name: str, before: str, after: str, seal: bool) -> bytes:
    """A file in which somebody has changed words; ``seal``: with the manifest made to fit."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        files = {each: old.read(each) for each in old.namelist()}
        assert before.encode() in files[name]
        files[name] = files[name].replace(before.encode(), after.encode())
        manifest = json.loads(files["manifest.json"])
        if seal:
            manifest["files"][name]["sha256"] = hashlib.sha256(files[name]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()
        for each, data in files.items():
            new.writestr(each, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("comments.jsonl", "第3条虚构意见", "第3条别的意见", "文字与收到时不一致"),
        ("history.jsonl", "合理", "不合理", "历史记录与前文接不上"),
        ("handling.jsonl", '"decision":"adopted"', '"decision":"not_adopted"', "与历史记录不一致"),
        ("handling.jsonl", '"second_agrees":true', '"second_agrees":false', "与历史记录不一致"),
        ("drafts.jsonl", "第一款的文字", "第一款的文宇", "与校验值不一致"),
        ("consultations.jsonl", "2026-10-31", "2026-10-30", "名称、期限或状态"),
        ("batches.jsonl", '"comments":9', '"comments":8', "条数对不上"),
    ],
)
def test_whatever_was_changed_in_a_file_is_seen(tmp_path: Path, name: str, before: str, after: str, told: str) -> None:
    records = open_records(tmp_path, Clock())
    packed = archive(records, worked_on(records))
    other = open_records(tmp_path / "other", Clock())
    for seal, expected in ((False, f"{name} 与校验值不符"), (True, told)):
        bad = changed(packed, name, before, after, seal)
        assert any(expected in each for each in verify(bad, "归档.zip").problems)
        with pytest.raises(InputError, match="没有打开"):
            open_archive(other, LEAD, bad, "归档.zip")
    assert all_consultations(other) == ()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("handling.jsonl", '"decision":"adopted"', '"decision":"agreed"'),
        ("consultations.jsonl", '"status":"open"', '"status":"half"'),
        ("proposals.jsonl", '"points":"[', '"points":"['.replace("[", "{")),
        ("comments.jsonl", '"row":3', '"row":"3"'),
        ("comments.jsonl", '"row":3', '"row":null'),
        ("drafts.jsonl", '"clauses":"[', '"clauses":"x['),
    ],
)
def test_what_no_program_of_ours_writes_is_not_opened(tmp_path: Path, name: str, before: str, after: str) -> None:
    records = open_records(tmp_path, Clock())
    bad = changed(archive(records, worked_on(records)), name, before, after, seal=True)
    assert any("不合格式" in each for each in verify(bad, "归档.zip").problems)


def test_an_archive_brings_nothing_into_another_consultation(tmp_path: Path) -> None:
    records, other = open_records(tmp_path / "one", Clock()), open_records(tmp_path / "two", Clock())
    mine = worked_on(other)
    packed = archive(records, worked_on(records))
    template = f'{{"consultation":"{mine}","decision":"","number":2,"retired":false,"text":"x","title":"x"}}\n'
    bad = changed(packed, "templates.jsonl", '{"consultation"', template + '{"consultation"', seal=True)
    assert verify(bad, "归档.zip").problems == ()
    with pytest.raises(InputError, match="有不属于本文件的内容"):
        open_archive(other, LEAD, bad, "归档.zip")
    assert [each.uid for each in all_consultations(other)] == [mine]
    assert len(templates_of(other, mine)) == 1


def test_a_history_cut_short_is_seen(tmp_path: Path) -> None:
    records = open_records(tmp_path, Clock())
    uid = worked_on(records)
    with transaction(records) as connection:
        connection.execute(text("DROP TRIGGER history_no_delete"))
        connection.execute(text("DELETE FROM history WHERE scope = :uid AND seq > 5"), {"uid": uid})
    assert any("历史记录少了最后几条" in each for each in verify_records(records).problems)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip"], ids=["empty", "cut", "other"])
def test_what_is_no_such_file_is_told(tmp_path: Path, data: bytes) -> None:
    records = open_records(tmp_path, Clock())
    for action in (lambda: verify(data, "x.zip"), lambda: restore(records, data, "x.zip")):
        with pytest.raises(InputError, match="不是意见库的归档或备份"):
            action()


def test_a_damaged_or_newer_file_is_told(tmp_path: Path) -> None:
    records = open_records(tmp_path, Clock())
    packed = backup(records)
    for place in range(40, len(packed), len(packed) // 40):
        hurt = packed[:place] + bytes([packed[place] ^ 0xFF]) + packed[place + 1 :]
        with contextlib.suppress(InputError):  # told in the result or as a fault, or without effect on what is read
            verify(hurt, "x.zip")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            data = old.read(each)
            if each == "manifest.json":
                data = json.dumps({**json.loads(data), "revision": "0999"}).encode()
            new.writestr(each, data)
    with pytest.raises(InputError, match="更新版本"):
        restore(open_records(tmp_path / "other"), out.getvalue(), "x.zip")
