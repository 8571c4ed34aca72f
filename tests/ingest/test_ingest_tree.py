"""What is found in a tree, and what cards and sidecars know of it; no process is started here."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_trees import card, put, text

from analysis.ingest.batch import read_batch
from analysis.ingest.folder import read_sidecar, shown, walk
from analysis.ingest.plan import make_plan
from analysis.model import Corpus
from analysis.pipeline import default_root
from analysis.similar.terms import count_words
from analysis.store.rows import Row, rows_of


def files(root: Path) -> list[str]:
    return [found.path for found in walk(root)[0]]


def faults(root: Path) -> dict[str, str]:
    return {row["path"]: row["problem"] for row in walk(root)[1]}


def read_all(folder: Path) -> tuple[dict[str, Row], dict[str, str]]:
    """Rows of documents by path, and problems by path: those of the plan and those of reading."""
    plan = make_plan(folder)
    found = [one for batch in plan.batches for one in read_batch(folder, batch.rows, {}, lambda path: None)]
    documents = {row["paths"][0]: row for one in found for row in one.get("documents", ())}
    unread = [*plan.unread, *(row for one in found for row in one.get("unread", ()))]
    return documents, {f"{row['path']}|{row['place']}": row["problem"] for row in unread}


def test_files_in_order_and_no_clutter(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/e.pdf"):
        put(tmp_path, name, "文")
    for name in (".hidden", ".git/x.txt", "~$稿.docx", "Thumbs.db", "b/desktop.ini", "__MACOSX/a.txt"):
        put(tmp_path, name, "文")
    assert files(tmp_path) == ["a.txt", "b/1.txt", "b/2.txt", "c/d/e.pdf"]
    assert faults(tmp_path) == {}


def test_links_out_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "in-2"  # the name of one begins like that of the other
    put(outside, "secret/s.txt", "密")
    put(inside, "a/1.txt", "文")
    (inside / "file.txt").symlink_to(outside / "secret/s.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "up").symlink_to("../in-2")
    (inside / "a/nowhere").symlink_to("gone.txt")
    (inside / "a/itself").symlink_to("itself")
    assert files(inside) == ["a/1.txt"]
    said = faults(inside)
    assert {path for path, words in said.items() if "文件夹之外" in words} == {"file.txt", "folder", "up"}
    assert set(said) == {"file.txt", "folder", "up", "a/nowhere", "a/itself"}


def test_links_inside_give_each_folder_once(tmp_path: Path) -> None:
    put(tmp_path, "a/1.txt", "文")
    put(tmp_path, ".versions/3/2.txt", "文")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "a/b").symlink_to("../z")
    (tmp_path / "z").mkdir()
    (tmp_path / "z/a").symlink_to("../a")
    (tmp_path / "current").symlink_to(".versions/3")
    (tmp_path / "same.txt").symlink_to("a/1.txt")
    assert files(tmp_path) == ["a/1.txt", "current/2.txt", "same.txt"]
    assert faults(tmp_path) == {}
    assert files(tmp_path / "current") == ["2.txt"]  # the folder itself may be a link


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "card.toml")  # opening one would wait for ever
    os.mkfifo(tmp_path / "metadata.csv")
    held = socket.socket(socket.AF_UNIX)
    held.bind(str(tmp_path / "s"))
    put(tmp_path, "1.txt", text(1))
    documents, problems = read_all(tmp_path)
    held.close()
    assert set(documents) == {"1.txt"}
    assert set(problems) == {"pipe.txt|", "card.toml|", "metadata.csv|", "s|"}
    assert set(problems.values()) == {"不是普通文件，没有打开"}


def test_names_that_are_no_utf_8(tmp_path: Path) -> None:
    name = "规定".encode("gb18030")
    (tmp_path / os.fsdecode(name + b".txt")).write_text(text(1), encoding="utf-8")
    folder = tmp_path / os.fsdecode(name)
    put(folder, "a.txt", text(2))
    (folder / "card.toml").write_text(card("a.txt", text(2).encode()), encoding="utf-8")
    put(tmp_path, "line\nbreak\t\\x41.txt", text(3))
    documents, problems = read_all(tmp_path)
    assert problems == {}
    said = shown(os.fsdecode(name))
    assert "\\x" in said
    assert set(documents) == {f"{said}.txt", f"{said}/a.txt", "line\nbreak\t\\x41.txt"}
    assert documents[f"{said}/a.txt"]["document"] == said


def test_a_folder_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/1.txt", "文")
    put(tmp_path, "b/1.txt", "文")
    real = os.scandir

    def scandir(path: str) -> Any:
        if path.endswith("/a"):
            raise PermissionError(13, "denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert files(tmp_path) == ["b/1.txt"]
    assert faults(tmp_path) == {"a": "这个文件夹打不开"}


# What is known of it


def test_the_corpus_reads_as_it_does_without_ingest(real_corpus: Corpus) -> None:
    """Every row of every table of every edition, but for what only a collection knows."""
    folder = default_root() / "documents"
    plan = make_plan(folder)
    assert plan.unread == ()
    found: dict[str, Any] = {}
    for batch in plan.batches:
        for one in read_batch(folder, batch.rows, {}, lambda path: None):
            found[one["documents"][0]["digest"]] = one
    readings = (*real_corpus.readings, *real_corpus.editions)
    assert len(found) == len(readings) >= 5
    for reading in readings:
        mine, theirs = found[reading.document.edition.sha256], rows_of(reading, count_words(reading))
        own = mine["documents"][0]
        assert (own["metadata_from"], own["bytes"]) == ("card", len((folder / own["paths"][0]).read_bytes()))
        further = reading in real_corpus.editions
        assert (own["edition_of"], own["similarity"]) == ((reading.document.id, 1.0) if further else (None, None))
        theirs["documents"][0] |= {
            name: own[name] for name in ("paths", "bytes", "metadata_from", "edition_of", "similarity")
        }
        for table, expected in theirs.items():
            if further:
                expected = [row | {"document": own["document"]} for row in expected]
            assert [row | {"number": 0} for row in mine[table]] == expected, table


def test_a_broken_card_is_a_row_and_its_files_are_read(tmp_path: Path) -> None:
    put(tmp_path, "a/1.txt", text(1))
    put(tmp_path, "a/card.toml", "title = ")
    put(tmp_path, "b/2.txt", text(2))
    put(tmp_path, "b/card.toml", card("2.txt", text(2).encode()).replace("510000", "990000"))
    put(tmp_path, "c/3.txt", text(3))
    put(tmp_path, "c/beside.txt", text(4))
    put(tmp_path, "c/card.toml", card("3.txt", b"other bytes") + '[[editions]]\nfile = "gone.txt"\nlabel = "无"\n'
        f'sha256 = "{"0" * 64}"\n')  # fmt: skip
    put(tmp_path, "d/card.toml", "x = " + "[" * 100_000)
    documents, problems = read_all(tmp_path)
    assert {path: row["metadata_from"] for path, row in documents.items()} == {
        "a/1.txt": "text", "b/2.txt": "text", "c/beside.txt": "text"
    }  # fmt: skip
    assert problems == {
        "a/card.toml|文件末尾": "不符合 TOML 写法",
        "b/card.toml|region_code": "不认识地区代码“990000”",
        "c/3.txt|sha256": "文件内容与卡片登记的校验值不符",
        "c/gone.txt|": "卡片写了这个文件，文件夹里没有",
        "d/card.toml|": "读不出这张卡片",
    }


def test_two_card_folders_of_one_name(tmp_path: Path) -> None:
    for place in ("x/plan", "y/plan"):
        put(tmp_path, f"{place}/1.txt", text(len(place) + ord(place[0])))
        put(tmp_path, f"{place}/card.toml", card("1.txt", (tmp_path / place / "1.txt").read_bytes()))
    documents, problems = read_all(tmp_path)
    names = sorted(row["document"] for row in documents.values())
    assert problems == {}
    assert names[0] == "plan"
    assert names[1].startswith("plan-")


SIDECAR = """\
文件,标题,地区代码,地区,层级,文号,发文机关,发布日期,状态,来源,备注
1.txt,虚构办法,,成都市,,成科〔2021〕3号,甲局、乙局,2021年3月,现行有效,虚构,x
sub\\2.txt,,510000,,市级,,,2021/13/1,失效,,
3.txt,,993456,乌有乡,大区,,,2020,待定,,
4.txt,,,,,,,,,,
./1.txt,又一次,,,,,,,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_sidecar_cells(encoding: str) -> None:
    known, wrong = read_sidecar(SIDECAR.encode(encoding), "省/metadata.csv", ["省/1.txt", "省/sub/2.txt", "省/3.txt"])
    assert known == {
        "省/1.txt": {
            "title": "虚构办法", "region": "成都", "region_code": "510000", "level": "city",
            "doc_number": "成科〔2021〕3号", "issuers": ["甲局", "乙局"], "issued": "2021-03", "status": "in_force",
            "source": "虚构",
        },
        "省/sub/2.txt": {"region_code": "510000", "region": "四川", "level": "city", "status": "expired"},
        "省/3.txt": {"issued": "2020"},
    }  # fmt: skip
    assert {row["path"] for row in wrong} == {"省/metadata.csv"}
    assert {row["place"]: row["problem"] for row in wrong} == {
        "第 1 行": "不认识列名“备注”，这些列没有使用",
        "第 3 行，发布日期": "“2021/13/1”不是日期",
        "第 4 行，地区代码": "不认识地区代码“993456”",
        "第 4 行，层级": "不认识层级“大区”",
        "第 4 行，状态": "不认识状态“待定”",
        "第 4 行，地区": "不认识地区“乌有乡”",
        "第 5 行，文件": "找不到这一行所说的文件“4.txt”",
        "第 6 行，文件": "文件“./1.txt”在前面已经写过",
    }


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "文件没有内容"),
        (b"\x00\x01", "这不是纯文本文件"),
        ("标题\n甲\n".encode(), "表头没有“文件”一列"),
        (b"\xff\xfe\xfa\n", "文字编码既不是 UTF-8 也不是 GB18030"),
        (b'file\n"' + b"x" * 200_000, "不符合 CSV 写法"),
    ],
)
def test_sidecars_that_cannot_be_read(data: bytes, problem: str) -> None:
    known, (row,) = read_sidecar(data, "metadata.csv", ["1.txt"])
    assert (known, row["problem"]) == ({}, problem)


@given(st.binary(max_size=200))
def test_no_sidecar_stops_the_rest(data: bytes) -> None:
    table = b"file,region,region_code,issued,status,level\n1.txt," + data
    known, wrong = read_sidecar(table, "metadata.csv", ["1.txt"])
    assert set(known) <= {"1.txt"}
    assert all(row["problem"] and row["remedy"] for row in wrong)


def test_where_metadata_come_from(tmp_path: Path) -> None:
    """A card says all; a sidecar stands before the text; the text fills in what neither says, with the reason."""
    own = "四川省促进技术转移若干措施\n川科发〔2020〕7号\n一、总体目标\n到2025年，技术合同成交额达到9亿元。\n"
    put(tmp_path, "card/1.txt", own)
    put(tmp_path, "card/card.toml", card("1.txt", own.encode()))
    put(tmp_path, "metadata.csv", "file,title,level,issued,region\ntwo/2.txt,远\ntwo/3.txt,表上的标题,,2019-05,云南\n")
    put(tmp_path, "two/metadata.csv", "file,title,issued\n2.txt,近,\n")
    put(tmp_path, "two/2.txt", own + "二、附则\n")
    put(tmp_path, "two/3.txt", own + "三、附则\n")
    put(tmp_path, "4.txt", own + "四、附则\n")
    documents, problems = read_all(tmp_path)
    assert problems == {}
    said = {path: (row["metadata_from"], row["title"]) for path, row in documents.items()}
    assert said == {
        "card/1.txt": ("card", "虚构省方案"),
        "two/2.txt": ("sidecar", "近"),
        "two/3.txt": ("sidecar", "表上的标题"),
        "4.txt": ("text", "四川省促进技术转移若干措施"),
    }
    assert documents["card/1.txt"]["issued"] is None  # a card's silence is an answer
    row = documents["two/3.txt"]
    assert (row["issued"], row["region"], row["province"]) == ("2019-05", "云南", "530000")
    assert (row["doc_number"], row["year"]) == ("川科发〔2020〕7号", 2019)
    reasons = {each["field"] for each in row["inferred"]}
    assert "doc_number" in reasons
    assert not reasons & {"title", "issued", "region"}
    assert {"title", "doc_number", "issued", "region"} <= {each["field"] for each in documents["4.txt"]["inferred"]}
    digest = hashlib.sha256((tmp_path / "4.txt").read_bytes()).hexdigest()
    assert (documents["4.txt"]["document"], documents["4.txt"]["digest"]) == (f"d{digest[:12]}", digest)
