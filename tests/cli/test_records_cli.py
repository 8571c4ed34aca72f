"""The commands over the database of consultations: what they print, and that what they write opens again."""

from __future__ import annotations

from pathlib import Path

import pytest
from record_databases import LEAD, Clock, opened_consultation

from analysis import cli
from analysis.records.consultations import all_consultations
from analysis.records.listing import comment_rows
from analysis.records.record_store import VARIABLE, connect
from analysis.records.schema import newest, open_records, upgrade

Said = tuple[int, str, str]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]):  # type: ignore[no-untyped-def]
    """Run ``comments …`` and give the exit code and what it printed."""

    def ran(*words: object) -> Said:
        code = cli.main(["comments", *map(str, words)])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return ran


def test_a_backup_is_restored_and_an_archive_opened(tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    home, backup, archive = tmp_path / "home", tmp_path / "备份.zip", tmp_path / "归档.zip"
    monkeypatch.setenv(VARIABLE, str(home))
    records = open_records(home, Clock())
    uid = opened_consultation(records, 6)
    assert run("list")[1].startswith(f"{uid}\t2026-10-01 至 2026-10-31\t")
    whole = "完好，1 次征求意见、6 条意见、2 条历史记录，校验值、历史记录和条数全部相符。"
    assert run("verify")[:2] == (0, f"{home / 'consultations.sqlite3'}：{whole}\n")
    assert run("backup", "-o", backup)[0] == run("archive", uid, "-o", archive)[0] == 0
    code, _, err = run("backup", "-o", backup)
    assert (code, err) == (2, f"{backup}：已有同名文件，没有覆盖，请换一个文件名。\n")
    for place, word, file in (("one", "restore", backup), ("two", "open", archive)):
        code, out, _ = run(word, file, "--records", tmp_path / place)
        assert (code, "查验无误" in out) == (0, True)
        other = open_records(tmp_path / place)
        assert comment_rows(other, uid) == comment_rows(records, uid)
        assert len(all_consultations(other)) == 1
    code, _, err = run("restore", backup)
    assert (code, "已有内容，没有恢复" in err) == (2, True)


def test_a_changed_file_is_told(tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    home = tmp_path / "home"
    archive = tmp_path / "归档.zip"
    uid = opened_consultation(open_records(home, Clock()), 2)
    run("archive", uid, "-o", archive, "--records", home)
    assert run("verify", archive)[0] == 0
    data = bytearray(archive.read_bytes())
    data[data.index(b"batches.jsonl") + 40] ^= 1
    archive.write_bytes(data)
    code, out, err = run("verify", archive)
    assert (code, out) == (2, "")
    assert err.startswith("归档.zip：") or err.startswith("归档.zip（")
    assert run("verify", tmp_path / "nothing.zip")[2].endswith("打不开，请检查文件名和读取权限。\n")


def test_an_older_database_is_upgraded(tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    upgrade(connect(tmp_path), "0001")
    code, out, _ = run("upgrade", "--records", tmp_path)
    assert (code, out) == (0, f"{tmp_path / 'consultations.sqlite3'}：已从版本 0001 升级到 {newest()}。\n")
    assert "已是最新版本" in run("upgrade", "--records", tmp_path)[1]
    assert "还没有征求意见" in run("list", "--records", tmp_path)[1]
    assert LEAD.name not in run("list", "--records", tmp_path)[1]
