"""``python -m analysis comments …``: every row of a file comes back, as JSON, csv and xlsx; mappings; faults."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from comment_files import departments, hostile, lines_of
from openpyxl import load_workbook

from analysis.checked.fields import starts_formula
from analysis.cli import main

DRAFT = "岚川省促进成果转化办法\n第一条 为了促进成果转化，制定本办法。\n第二条 省财政安排专项资金，支持中试平台建设。\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A draft and a file of comments."""
    draft, comments = tmp_path / "征求意见稿.txt", tmp_path / "敌意.xlsx"
    draft.write_text(DRAFT, encoding="utf-8")
    comments.write_bytes(hostile().data)
    return str(draft), str(comments)


def test_json_has_every_row(files: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["comments", "sort", "--draft", files[0], "--in", files[1]]) == 0
    result = json.loads(capfd.readouterr().out)
    assert set(result) == {"comments", "rejected"}
    rows = sorted(each["row"] for each in (*result["comments"], *result["rejected"]))
    assert rows == list(range(1, len(hostile().rows) + 1))
    first = result["comments"][0]
    assert list(first)[:5] == ["row", "sender", "text", "clause", "start"]
    assert {"end", "how", "confidence", "group", "stance", "points", "theme", "sender_type"} <= set(first)
    for each in result["comments"]:
        assert each["how"] in ("explicit", "quote", "similar", "none")
        assert (each["start"] is None) == (each["how"] == "none")
    assert all(each["reason"] and "cells" in each for each in result["rejected"])


def test_tables_live_no_formula(files: tuple[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "整理")
    asked = ["comments", "sort", "--draft", files[0], "--in", files[1]]
    assert main([*asked, "--format", "csv", "-o", f"{out}.csv"]) == 0
    assert main([*asked, "-o", f"{out}.xlsx"]) == 0  # the ending says what is wanted
    assert "8 条意见，3 行不是意见。" in capfd.readouterr().err.replace("敌意.xlsx：", "")
    rows = list(csv.DictReader(io.StringIO(Path(f"{out}.csv").read_text("utf-8-sig"))))
    assert len(rows) == len(hostile().rows)
    assert not [row for row in rows if starts_formula(row["text"]) or starts_formula(row["sender"])]
    assert rows[4]["rejected"] == "合计行，不是意见"
    sheet = load_workbook(f"{out}.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_mapping_is_given_back(tmp_path: Path, files: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    comments = tmp_path / "表.csv"
    comments.write_bytes(lines_of([["甲", "乙"], ["某人", "太少"]]).encode())
    assert main(["comments", "sort", "--draft", files[0], "--in", str(comments)]) == 2
    assert (
        main(["comments", "preview", "--in", str(comments), "--format", "json", "-o", str(tmp_path / "列.json")]) == 0
    )
    kept = json.loads((tmp_path / "列.json").read_text("utf-8"))
    kept["mapping"]["sheets"][0]["columns"] = ["sender", "text"]
    (tmp_path / "列.json").write_text(json.dumps(kept), encoding="utf-8")
    capfd.readouterr()
    asked = ["comments", "sort", "--draft", files[0], "--in", str(comments), "--mapping", str(tmp_path / "列.json")]
    assert main(asked) == 0
    (comment,) = json.loads(capfd.readouterr().out)["comments"]
    assert (comment["sender"], comment["text"]) == ("某人", "太少")
    assert main([*asked[:-1], files[0]]) == 2
    assert "不是各列的说明" in capfd.readouterr().err


def test_a_preview_in_words(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = departments()
    path = tmp_path / made.name
    path.write_bytes(made.data)
    assert main(["comments", "preview", "--in", str(path)]) == 0
    shown = capfd.readouterr().out
    assert shown.startswith("汇总.xlsx：4 条意见，3 行不是意见。\n")
    assert "前 5 行是标题和表头" in shown
    assert "修改意见/修改建议：意见" in shown


@pytest.mark.parametrize(
    "given", [["--draft", "没有.txt", "--in", "没有.csv"], ["--draft", "sichuan-2024"], ["--in", "没有.csv"]]
)
def test_what_cannot_be_read_ends_with_2(given: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["comments", "sort", *given]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.endswith("。\n")
    assert main(["comments"]) == 2
