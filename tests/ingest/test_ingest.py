"""Batches and their keys, what one batch gives, and parts; no process is started here."""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_trees import card, put, text

from analysis.corpus.files import MAX_BYTES
from analysis.ingest.batch import read_batch
from analysis.ingest.part_tables import Summary, part_path, still_good, summary_of, write_part
from analysis.ingest.plan import MOST, PACKAGE, Plan, _batches, make_plan, read_rows, readers, write_plan
from analysis.pipeline import default_root
from analysis.store.rows import Rows


@given(st.sets(st.integers(0, 10_000), max_size=700), st.integers(0, 10_000))
def test_a_new_file_makes_one_batch_anew(numbers: set[int], new: int) -> None:
    def cut(chosen: set[int]) -> list[list[bytes]]:
        return [[row["file"] for row in part] for part in _batches([{"file": b"%d.txt" % one} for one in chosen])]

    before, after = cut(numbers - {new}), cut(numbers | {new})
    assert sorted(file for part in after for file in part) == sorted(b"%d.txt" % one for one in numbers | {new})
    assert all(0 < len(part) <= MOST for part in after)
    touched = [part for part in after if part not in before]
    assert sum(len(part) for part in touched) <= MOST + 1  # the one that it falls into, or the pieces of that one
    assert [file for part in before for file in part] == [f for part in after for f in part if f != b"%d.txt" % new]


def test_the_key_knows_every_module_that_reads(tmp_path: Path) -> None:
    """A module that has a say in the rows and is not in the digest would leave rows of an old program in place."""
    folder = tmp_path / "in"
    put(folder, "metadata.csv", "file,title\n1.txt,虚构\n")
    put(folder, "1.txt", text(1))
    put(folder, "card/2.txt", (default_root() / "documents/beijing-2022/beijing-2022.txt").read_bytes())
    put(folder, "card/card.toml", card("2.txt", (folder / "card/2.txt").read_bytes()))
    put(folder, "3.html", f"<html><body><p>{'</p><p>'.join(text(3).splitlines())}</p></body></html>")
    (batch,) = make_plan(folder).batches
    ran: set[str] = set()
    sys.setprofile(lambda frame, event, value: ran.add(frame.f_code.co_filename))
    try:
        write_part(tmp_path, "k", read_batch(folder, batch.rows, {}, lambda path: None), 0, 1.0)
    finally:
        sys.setprofile(None)
    mine = {path for name in ran if (path := Path(name)).is_relative_to(PACKAGE)}
    assert len(mine) > 20
    assert mine - set(readers()) == {PACKAGE / "ingest/folder.py"}  # only makes the path of a folder whole


def test_what_changes_a_key(tmp_path: Path) -> None:
    for number in range(300):
        put(tmp_path, f"{number}.txt", f"{number}")

    def keys() -> set[str]:
        return {batch.key for batch in make_plan(tmp_path).batches}

    first = keys()
    assert keys() == first
    assert 5 <= len(first) <= 10
    (tmp_path / "7.txt").write_text("8", encoding="utf-8")  # same length, another time
    second = keys()
    assert len(second - first) == 1
    put(tmp_path, "metadata.csv", "file,title\n9.txt,虚构\n")
    assert len(keys() - second) == 1


def test_the_plan_comes_back(tmp_path: Path) -> None:
    for number in range(150):
        put(tmp_path / "in", f"{number}.txt", text(number))
    plan = make_plan(tmp_path / "in")
    write_plan(plan, tmp_path / "plan.parquet")
    assert len(plan.batches) > 1
    for batch in plan.batches:
        assert read_rows(tmp_path / "plan.parquet", batch.key) == batch.rows
    with pytest.raises(KeyError):
        read_rows(tmp_path / "plan.parquet", "0")
    write_plan(Plan((), ()), tmp_path / "empty.parquet")


def test_what_happened_between_plan_and_reading(tmp_path: Path) -> None:
    """Files may be exchanged for others at any time; none of it may hold up or lead out."""
    folder = tmp_path / "in"
    for name in ("gone", "pipe", "link", "folder", "large", "good"):
        put(folder, f"{name}.txt", text(len(name)))
    put(tmp_path, "outside.txt", "密")
    plan = make_plan(folder)
    for name in ("gone", "pipe", "link", "folder", "large"):
        (folder / f"{name}.txt").unlink()
    os.mkfifo(folder / "pipe.txt")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "folder.txt").mkdir()
    with (folder / "large.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (batch,) = plan.batches
    heard: list[str] = []
    found = list(read_batch(folder, batch.rows, {}, heard.append))
    said = {row["path"]: row["problem"] for one in found for row in one.get("unread", ())}
    assert said == {
        "gone.txt": "找不到这个文件",
        "pipe.txt": "不是普通文件，没有打开",
        "link.txt": "链接指向文件夹之外，没有读取",
        "folder.txt": "这个文件打不开",
        "large.txt": "文件超过 20 MB 的上限",
    }
    assert sorted(heard) == sorted(row["path"] for row in batch.rows)
    assert [row["paths"] for one in found for row in one.get("documents", ())] == [["good.txt"]]


def test_a_fault_of_ours_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    put(tmp_path, "1.txt", text(1))
    monkeypatch.setattr("analysis.ingest.batch.count_words", fail)
    (batch,) = make_plan(tmp_path).batches
    ((row,),) = (one["unread"] for one in read_batch(tmp_path, batch.rows, {}, lambda path: None))
    assert row["problem"] == "读取时程序出错（ZeroDivisionError），详情见 work/log"


class Live(dict[str, Any]):
    """A row of which it can be asked whether it is still held."""


def test_a_part_is_written_as_it_comes(tmp_path: Path) -> None:
    """Of forty texts of a million characters no more than a few are ever held."""
    put(tmp_path, "1.txt", text(1))
    (batch,) = make_plan(tmp_path).batches
    ((one,),) = (found["documents"] for found in read_batch(tmp_path, batch.rows, {}, lambda path: None))
    seen: list[weakref.ref[Live]] = []
    held: list[int] = []

    def found() -> Iterator[Rows]:
        for number in range(40):
            row = Live(one | {"number": number, "raw": "文" * 1_000_000})
            seen.append(weakref.ref(row))
            yield {"documents": [row]}
            del row
            held.append(sum(ref() is not None for ref in seen))

    out = tmp_path / "out"
    assert write_part(out, "k", found(), 0, 1.0) == Summary(40, 0, 0, 1.0)
    assert 1 <= max(held) <= 5
    with pq.ParquetFile(part_path(out, "k") / "documents.parquet") as file:
        assert (file.metadata.num_rows, file.num_row_groups) == (40, 8)
    assert [path.name for path in part_path(out, "").iterdir()] == ["k"]


def test_a_part_that_was_cut_short_is_read_again_with_more_time(tmp_path: Path) -> None:
    none: list[Any] = []
    write_part(tmp_path, "k", none, 1, 5.0)
    assert write_part(tmp_path, "k", none, 3, 6.0) == Summary(0, 0, 1, 5.0)  # the one that is there stays
    assert still_good(tmp_path, "k", 5.0) == summary_of(tmp_path, "k") == Summary(0, 0, 1, 5.0)
    assert still_good(tmp_path, "k", 6.0) is None
    assert list(part_path(tmp_path, "").iterdir()) == []
    write_part(tmp_path, "k", none, 0, 5.0)
    assert still_good(tmp_path, "k", 6.0) == Summary(0, 0, 0, 5.0)


def test_files_that_could_not_be_opened_are_tried_again(tmp_path: Path) -> None:
    """The disk of the network was away for a moment: that must not stay in the tables for ever."""
    folder, out = tmp_path / "in", tmp_path / "out"
    put(folder, "1.txt", text(1))
    put(folder, "2.txt", "")
    (batch,) = make_plan(folder).batches
    folder.rename(tmp_path / "away")
    summary = write_part(out, "k", read_batch(folder, batch.rows, {}, lambda path: None), 0, 1.0)
    assert summary == summary_of(out, "k") == Summary(0, 2, 0, 1.0, 2)
    assert still_good(out, "k", 1.0) is None
    (tmp_path / "away").rename(folder)
    summary = write_part(out, "k", read_batch(folder, batch.rows, {}, lambda path: None), 0, 1.0)
    assert summary == still_good(out, "k", 1.0) == Summary(1, 1, 0, 1.0, 0)


def test_a_part_without_an_end_is_none(tmp_path: Path) -> None:
    def found() -> Any:
        yield {"unread": [{"path": "1", "place": "", "problem": "x", "remedy": "y"}]}
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_part(tmp_path, "k", found(), 0, 1.0)
    assert summary_of(tmp_path, "k") is None
    assert list(part_path(tmp_path, "").iterdir()) == []
