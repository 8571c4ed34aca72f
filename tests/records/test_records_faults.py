"""What goes wrong with a database is one Chinese sentence, and nothing is lost. Each fault is really made."""

from __future__ import annotations

import logging
import shutil
import subprocess
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from record_children import ROWS, fault_of, imports_within, opens_as_nobody
from record_databases import LEAD, REVIEWER, Clock, Postgres, made_up_comments, opened_consultation, take_in
from sqlalchemy import Connection, event, insert, make_url, text

from analysis.consultation.comments import Decision
from analysis.model import InputError
from analysis.records import record_store
from analysis.records.consultations import all_consultations, create_consultation
from analysis.records.deciding import decide
from analysis.records.importing import Source, import_comments
from analysis.records.listing import comment_row, how_many
from analysis.records.record_files import verify_records
from analysis.records.record_store import FILE, Records, lock_scope, transaction
from analysis.records.record_tables import comments
from analysis.records.schema import open_records


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users can come to."""
    made = Path(tempfile.mkdtemp(prefix="records"))
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def whole(records: Records, uid: str, count: int) -> bool:
    """Whether all is there that was, and more can be done."""
    decide(records, LEAD, uid, 1, comment_row(records, uid, 1).handling.version, Decision.ADOPTED, "合理")
    return how_many(records, uid) == count and verify_records(records).problems == ()


def test_no_file_can_grow(folder: Path) -> None:
    records = open_records(folder, Clock())
    uid = opened_consultation(records, 5)
    told = fault_of(imports_within, str(folder), uid, 50_000)
    assert told.endswith("磁盘写不下了，没有保存，请腾出磁盘空间后重试，已确认的内容没有丢失。")
    assert whole(records, uid, 5)


def test_the_database_is_full(folder: Path) -> None:
    records = open_records(folder, Clock())
    uid = opened_consultation(records, 5)
    records.engine.dispose()
    event.listen(records.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 100"))
    with pytest.raises(InputError, match="磁盘写不下了"):
        take_in(records, uid, made_up_comments(ROWS), "大表.xlsx")
    assert whole(records, uid, 5)


def test_the_disk_of_the_server_is_full(postgres: Postgres, folder: Path) -> None:
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small disk can be made here")
    try:
        shutil.chown(folder, "pgserver")
        where = postgres.new_database(folder)
        records = open_records(where, Clock())
        uid = opened_consultation(records, 5)
        with pytest.raises(InputError, match="磁盘写不下了，没有保存"):
            take_in(records, uid, made_up_comments(100_000), "大表.xlsx")
        assert (how_many(records, uid), verify_records(records).problems) == (5, ())
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        assert whole(records, uid, 5)
        records.engine.dispose()
        postgres.drop(where)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    records = open_records(folder, Clock())
    uid = opened_consultation(records, 3)
    records.engine.dispose()
    folder.chmod(0o555)
    told = fault_of(opens_as_nobody, str(folder), uid)
    assert told.startswith(str(folder / FILE))
    assert "意见库" in told
    assert "权限" in told
    told = fault_of(opens_as_nobody, str(folder / "new"), uid)
    assert told == f"{folder / 'new'}：意见库的文件夹建不起来，请检查上级文件夹的写入权限和磁盘空间。"
    folder.chmod(0o755)
    assert whole(records, uid, 3)


def test_a_server_that_lets_nobody_write(postgres: Postgres) -> None:
    where = postgres.new_database()
    records = open_records(where, Clock())
    uid = opened_consultation(records, 3)
    name = make_url(where).database
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    records.engine.dispose()
    with pytest.raises(InputError, match="意见库是只读的，没有保存"):
        decide(records, REVIEWER, uid, 2, 0, Decision.ADOPTED, "合理")
    assert how_many(records, uid) == 3
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
    records.engine.dispose()
    assert whole(records, uid, 3)


def test_somebody_else_writes_for_too_long(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_store, "PATIENCE_SECONDS", 0.1)
    records = open_records(where, Clock())
    uid = opened_consultation(records, 3)
    with transaction(records) as connection:
        lock_scope(connection, uid)
        with pytest.raises(InputError, match="意见库正被占用，没有保存，请稍候重试"):
            decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, "合理")
        assert how_many(records, uid) == 3  # reading goes on
    assert whole(records, uid, 3)


def test_the_connection_is_lost(postgres: Postgres) -> None:
    where = postgres.new_database()
    records = open_records(where, Clock())
    uid = opened_consultation(records, 3)
    decide(records, REVIEWER, uid, 2, 0, Decision.ADOPTED, "合理")

    def cut(connection: Connection, *_: object) -> None:
        postgres.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{make_url(where).database}' AND pid <> pg_backend_pid()"
        )

    event.listen(records.engine, "commit", cut)
    with pytest.raises(InputError, match="数据库连不上，没有保存"):
        decide(records, REVIEWER, uid, 3, 0, Decision.ADOPTED, "合理")
    event.remove(records.engine, "commit", cut)
    assert comment_row(records, uid, 3).handling.decision is None
    assert comment_row(records, uid, 2).handling.decision is Decision.ADOPTED
    assert whole(records, uid, 3)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("postgresql://user:secret@/name?host=/nowhere", "数据库连不上"),
        ("postgresql://user:secret@127.0.0.1:1/name", "数据库连不上"),
        ("mysql://user:secret@/name", "不是可用的数据库地址"),
        ("http://[", "不是可用的数据库地址"),
    ],
)
def test_an_address_that_leads_nowhere(where: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as fault:
        open_records(where)
    assert "secret" not in str(fault.value)


def test_a_login_that_is_refused(postgres: Postgres) -> None:
    where = make_url(postgres.uri).set(database="nothing").render_as_string(hide_password=False)
    with pytest.raises(InputError, match=r"数据库拒绝了登录|数据库连不上"):
        open_records(where)


def test_a_file_that_is_damaged(folder: Path) -> None:
    (folder / FILE).write_bytes(b"not a database, but long enough to be taken for one" * 100)
    with pytest.raises(InputError, match="意见库文件已损坏，请用 comments restore 从备份恢复"):
        open_records(folder)


def test_words_of_people_reach_no_log_and_no_fault(records: Records, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    words = ("第1条虚构意见", "虚构单位1", "19900000001", "理由里写了姓名")
    uid = opened_consultation(records, 3)
    decide(records, REVIEWER, uid, 1, 0, Decision.ADOPTED, words[3])
    comment_row(records, uid, 1)
    row = {"consultation": uid, "number": 1, "batch": 1, "text": words[0], "sender": words[1], "contact": words[2]}
    with pytest.raises(InputError) as twice, transaction(records) as connection:
        connection.execute(insert(comments).values(row))
    with pytest.raises(InputError) as unknown, transaction(records) as connection:
        connection.execute(text("SELECT nothing FROM comments WHERE text = :words"), {"words": words[0]})
    told = "".join("".join(traceback.format_exception(fault.value)) + repr(fault.value) for fault in (twice, unknown))
    for word in words:
        assert word not in caplog.text
        assert word not in told
    assert f"（{'23505' if '://' in records.name else 'SQLITE_CONSTRAINT_PRIMARYKEY'}）：意见库出错" in str(twice.value)


def test_a_consultation_that_was_confirmed_is_there_after_the_server_has_gone(tmp_path: Path) -> None:
    records = open_records(tmp_path, Clock())
    create_consultation(records, LEAD, "一")
    shutil.copytree(tmp_path, tmp_path / "copy")  # as the disk is, with nobody told to tidy up
    assert [each.title for each in all_consultations(open_records(tmp_path / "copy"))] == ["一"]
    import_comments(records, REVIEWER, all_consultations(records)[0].uid, Source("表", "1"), made_up_comments(2))
