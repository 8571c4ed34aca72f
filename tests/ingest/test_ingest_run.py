"""Whole runs with real processes: stopped, killed and started again, cut off, refused."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from events import wait_for
from ingest_trees import card, put, rows, text
from places import PROJECT
from readers import HERE, Gate

from analysis.cli import main
from analysis.cli.ingesting import _progress, progress_line
from analysis.corpus.process import Message, Process
from analysis.ingest import batch
from analysis.ingest.batch import read_guarded
from analysis.ingest.part_tables import part_path, plan_path, still_good
from analysis.ingest.plan import make_plan, write_plan
from analysis.ingest.run import Progress, ingest
from analysis.model import InputError

FILES = 400


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many small texts, some of them twice, some broken, with a card and sidecars."""
    folder = tmp_path_factory.mktemp("tree") / "政策"
    for number in range(FILES):
        put(folder, f"{number % 7}/{number:03}.txt", text(number))
    put(folder, "again/copy.txt", text(5))
    put(folder, "broken/empty.txt", "")
    put(folder, "broken/table.docx", b"PK\x03\x04 no zip")
    put(folder, "card/1.txt", text(1000))
    put(folder, "card/card.toml", card("1.txt", text(1000).encode()))
    put(folder, "3/metadata.csv", "file,title,issued\n003.txt,虚构三,2021\n010.txt,虚构十,去年\n")
    return folder


@pytest.fixture(scope="module")
def whole_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one undisturbed run puts its tables."""
    return tmp_path_factory.mktemp("whole")


@pytest.fixture(scope="module")
def whole(tree: Path, whole_out: Path) -> dict[str, list[dict[str, Any]]]:
    """The tables of one undisturbed run."""
    out = whole_out
    manifest = ingest(tree, out, jobs=1, tell=lambda now: None)
    found = rows(out)
    assert (manifest["documents"] + manifest["further_editions"], manifest["files"]) == (FILES + 1, FILES + 2)
    assert sorted(row["path"] for row in found["unread"]) == ["3/metadata.csv", "broken/empty.txt", "broken/table.docx"]
    assert [row["number"] for row in found["documents"]] == list(range(FILES + 1))
    twice = [row["paths"] for row in found["documents"] if len(row["paths"]) > 1]
    assert twice == [["5/005.txt", "again/copy.txt"]]
    assert len(found["targets"]) == len(found["incentives"]) == FILES + 1
    for row in (*found["targets"], *found["incentives"]):
        raw = found["documents"][row["number"]]["raw"]
        assert raw[row["raw_start"] : row["raw_end"]] == row["quote"]
    return found


GATED = """
import runpy
import signal
from analysis.ingest import batch
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
batch.READER = "tests.helpers.readers:gated"
runpy.run_module("analysis", run_name="__main__", alter_sys=True)
"""


def start(tree: Path, out: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", GATED, "ingest", str(tree), "-o", str(out), "--jobs", "1"]
    return subprocess.Popen(words, cwd=PROJECT, stderr=subprocess.PIPE, start_new_session=True)


def parts(out: Path) -> set[Path]:
    return {path for path in part_path(out, "").glob("*") if not path.name.startswith(".")}


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[int]]:
    """The processes that read batches for this test, told by what is in their environment.

    Other tests of this checkout run at the same time, and their processes come and go.
    """
    mark = f"ZHENGHENG_TEST={uuid.uuid4().hex}"
    monkeypatch.setenv(*mark.split("="))

    def found() -> set[int]:
        mine = set()
        for about in Path("/proc").glob("[0-9]*"):
            try:
                words, environment = ((about / name).read_bytes().split(b"\0") for name in ("cmdline", "environ"))
            except OSError:
                continue
            if mark.encode() in environment and any(b"import serve" in word for word in words):
                mine.add(int(about.name))
        return mine

    return found


def test_stopped_killed_and_started_again(
    tree: Path, whole: dict[str, Any], tmp_path: Path, readers: Callable[[], set[int]]
) -> None:
    """Ctrl-C, then kill -9, then a run in which a reading process dies: the same rows as in one go."""
    assert len(make_plan(tree).batches) >= 5
    gate = Gate(tmp_path)
    first = start(tree, tmp_path)
    gate.let_through()
    wait_for(lambda: parts(tmp_path) and gate.waiting())
    assert readers()
    first.send_signal(signal.SIGINT)  # one batch is done and the next one in hand
    _, said = first.communicate()
    assert first.returncode == 130, said.decode()
    assert said.decode().splitlines()[-1] == "已停下，再次运行同一命令会接着做。"
    assert not readers()  # ended before the command was

    done = parts(tmp_path)
    assert len(done) == 1
    second = start(tree, tmp_path)
    gate.let_through()
    wait_for(lambda: parts(tmp_path) - done and gate.waiting())
    os.killpg(second.pid, signal.SIGKILL)
    second.communicate()
    wait_for(lambda: not readers())  # nobody is left to read for
    assert len(parts(tmp_path)) == 2
    assert done < parts(tmp_path)

    times = {path: path.stat().st_mtime_ns for path in parts(tmp_path)}
    killed: list[int] = []

    def tell(now: Progress) -> None:
        if now.fresh >= 5 and not killed:
            killed.extend(reader.pid for reader in tuple(batch._running) if reader.pid)
            os.kill(killed[0], signal.SIGKILL)

    ingest(tree, tmp_path, jobs=2, tell=tell)
    assert len(killed) >= 1
    assert {path: path.stat().st_mtime_ns for path in times} == times  # read once
    assert rows(tmp_path) == whole
    assert not readers()


def test_a_second_run_reads_nothing_and_says_what_there_is(
    tree: Path,
    whole: dict[str, Any],
    whole_out: Path,
    capfd: pytest.CaptureFixture[str],
    readers: Callable[[], set[int]],
) -> None:
    assert main(["ingest", str(tree), "-o", str(whole_out)]) == 0
    said = capfd.readouterr()
    assert said.err == f"已读 {FILES + 4}/{FILES + 4} 份（100%），不能读 3 处，正在合并成表\n"
    lines = said.out.splitlines()
    assert lines[0].startswith(f"读好 {FILES + 2} 份文件：文档 ")
    assert lines[0].endswith("内容相同的文件 1 份，不能读 3 处。")
    assert "题名、地区、日期等：出自卡片 1 份，出自表格 2 份，出自正文 398 份。" in lines
    assert "       1 处  文件没有内容" in lines
    assert lines[-1] == f"打开：make run CORPUS={whole_out}"
    assert rows(whole_out) == whole
    assert not readers()


def planned(tmp_path: Path) -> tuple[Path, Path, str]:
    """A folder of three small texts, planned as one batch."""
    folder, out = tmp_path / "in", tmp_path / "out"
    for number, name in enumerate(("1.txt", "2.txt", "long.txt")):
        put(folder, name, text(number))
    (out / "work" / "parts").mkdir(parents=True)
    plan = make_plan(folder)
    write_plan(plan, plan_path(out))
    return folder, out, plan.batches[0].key


def unread_of(out: Path, key: str) -> list[tuple[str, str]]:
    import pyarrow.parquet as pq

    return [(row["path"], row["problem"]) for row in pq.read_table(part_path(out, key) / "unread.parquet").to_pylist()]


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever reads hangs at long.txt."""
    monkeypatch.setattr(batch, "READER", f"{HERE}:stuck")
    monkeypatch.setattr(batch, "_of_thread", threading.local())
    yield
    batch.end_readers()


def test_a_file_that_takes_too_long_is_cut_off(stuck: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is over when it is known to hang; the others have all the time that the machine needs."""
    folder, out, key = planned(tmp_path)
    told: list[str] = []
    hear = Process.hear

    def hear_patiently(process: Process, seconds: float) -> Message:
        return hear(process, 0.05 if told.pop() == "long.txt" else 600) if told else hear(process, 600)

    monkeypatch.setattr(Process, "hear", hear_patiently)
    summary = read_guarded(folder, out, key, 2.0, told.append)
    assert (summary.documents, summary.unread, summary.cut) == (2, 1, 1)
    assert unread_of(out, key) == [("long.txt", "读取超过 2 秒")]
    assert still_good(out, key, 3.0) is None  # with more time it is read again


def test_a_file_that_ends_the_process_twice_is_given_up_on(stuck: None, tmp_path: Path) -> None:
    folder, out, key = planned(tmp_path)
    killed: list[int] = []

    def tell(path: str) -> None:
        if path == "long.txt":
            (pid,) = (reader.pid for reader in batch._running if reader.pid)
            killed.append(pid)
            os.kill(pid, signal.SIGSEGV)

    summary = read_guarded(folder, out, key, 600.0, tell)
    assert len(set(killed)) == 2
    assert (summary.documents, summary.unread, summary.cut) == (2, 1, 0)
    assert unread_of(out, key) == [("long.txt", "读取这个文件时程序意外结束")]


def test_no_process_that_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "READER", f"{HERE}:nobody")
    monkeypatch.setattr(batch, "_of_thread", threading.local())
    with pytest.raises(InputError, match="读取文件的进程起不来"):
        read_guarded(*planned(tmp_path))


def refusal(folder: Path, out: Path) -> str:
    with pytest.raises(InputError) as caught:
        ingest(folder, out, tell=lambda now: None)
    return str(caught.value)


def test_what_is_refused(tree: Path, tmp_path: Path) -> None:
    assert "找不到这个文件夹" in refusal(tmp_path / "gone", tmp_path / "out")
    assert "这不是文件夹" in refusal(put(tmp_path, "file", "x"), tmp_path / "out")
    assert "输出文件夹在要读的文件夹里面" in refusal(tree, tree / "out")
    assert "输出文件夹在要读的文件夹里面" in refusal(tree, tree)
    (tmp_path / "link").symlink_to(tree)
    assert "输出文件夹在要读的文件夹里面" in refusal(tree, tmp_path / "link" / "out")
    assert "这不是文件夹" in refusal(tree, tmp_path / "file")
    put(tmp_path, "other/thesis.docx", "x")
    assert "已有别的东西" in refusal(tree, tmp_path / "other")
    assert "写不进去" in refusal(tree, tmp_path / "file" / "out")
    assert not (tree / "out").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link", "other"]


def test_one_at_a_time(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with (tmp_path / "work" / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert "另一个 ingest 正在写这个文件夹" in refusal(tree, tmp_path)


def test_a_disk_that_takes_nothing(tmp_path: Path) -> None:
    folder, out, key = planned(tmp_path)
    part_path(out, "").rmdir()
    put(out, "work/parts", "no folder")
    with pytest.raises(InputError, match=r"写不进去（Not a directory），请检查磁盘空间和写入权限，再运行同一命令"):
        read_guarded(folder, out, key)
    batch.end_readers()


def test_nothing_to_read_is_an_empty_collection(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    manifest = ingest(tmp_path / "in", tmp_path / "out", tell=lambda now: None)
    assert (manifest["documents"], manifest["unread"]) == (0, 0)
    assert all(not found for found in rows(tmp_path / "out").values())


@pytest.mark.parametrize(
    ("now", "rate", "line"),
    [
        (Progress(312, 1000, 34, 9, 5.0), 5.78, "已读 312/1,000 份（31%），不能读 34 处，每秒 5.8 份，约还要 119 秒"),
        (Progress(0, 10, 0, 0, 0.0), 0.0, "已读 0/10 份（0%），不能读 0 处"),
        (Progress(1, 10_000, 0, 1, 9.0), 0.11, "已读 1/10,000 份（0%），不能读 0 处，每秒 0.1 份，约还要 25.2 小时"),
        (Progress(10, 10, 1, 0, 0.1), 0.0, "已读 10/10 份（100%），不能读 1 处，正在合并成表"),
        (Progress(0, 0, 0, 0, 0.0), 0.0, "已读 0/0 份（100%），不能读 0 处，正在合并成表"),
    ],
)
def test_progress_in_words(now: Progress, rate: float, line: str) -> None:
    assert progress_line(now, rate) == line


def test_the_rate_is_that_of_the_last_half_minute(capfd: pytest.CaptureFixture[str]) -> None:
    tell = _progress(rewrite=True)
    tell(Progress(500, 2000, 0, 0, 0.0))  # what an earlier run has read says nothing about speed
    tell(Progress(501, 2000, 0, 1, 5.0))
    tell(Progress(501, 2000, 0, 1, 5.1))  # too soon to be said
    for second in range(1, 61):
        tell(Progress(501 + 10 * second, 2000, 0, 1 + 10 * second, 5.0 + second))
    tell(Progress(1401, 2000, 0, 901, 75.0))
    tell(Progress(2000, 2000, 0, 1500, 75.1))
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    lines = said.split("\r\x1b[K")
    assert lines[:3] == ["", "已读 500/2,000 份（25%），不能读 0 处", "已读 501/2,000 份（25%），不能读 0 处"]
    assert lines[3] == "已读 511/2,000 份（25%），不能读 0 处，每秒 10 份，约还要 2 分钟"
    assert lines[-2] == "已读 1,401/2,000 份（70%），不能读 0 处，每秒 17 份，约还要 36 秒"  # 500 in 30 s
    assert lines[-1] == "已读 2,000/2,000 份（100%），不能读 0 处，正在合并成表\n"
