"""``python -m analysis check``: exit codes, formats, what is new since an earlier run, own rules."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from analysis.cli import main

CLEAN = "　　一、目标\n　　建设平台。\n　　二、任务\n　　培养人才。\n"
FAULTY = "　　一、目标\n　　建设平台。\n　　三、任务\n　　按照一定比例给予补助。\n"


def _file(folder: Path, text: str, name: str = "草案.txt") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_clean_draft_ends_with_0(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", _file(tmp_path, CLEAN)]) == 0
    assert capfd.readouterr().out == "草案.txt：没有发现问题。\n"


def test_errors_end_with_1_and_json_says_where(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", _file(tmp_path, FAULTY), "--format", "json"]) == 1
    result = json.loads(capfd.readouterr().out)
    assert result["document"] == "草案.txt"
    assert [each["rule"] for each in result["findings"]] == ["N2", "V1"]
    for each in result["findings"]:
        assert FAULTY[each["start"] : each["end"]] == each["quote"]
        assert each["force"] in ("规定", "实务通常", "建议核对")
        assert set(each) >= {"rule", "severity", "clause", "message", "suggestion", "source", "fingerprint"}


def test_warnings_alone_end_with_0_unless_strict(tmp_path: Path) -> None:
    name = _file(tmp_path, "　　按照一定比例给予补助。\n")
    assert main(["check", name]) == 0
    assert main(["check", name, "--strict"]) == 1


def test_what_cannot_be_read_ends_with_2(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 no zip word/document.xml")
    assert main(["check", str(broken)]) == 2
    assert main(["check", str(tmp_path / "没有.docx")]) == 2
    assert main(["check", _file(tmp_path, CLEAN), "--off", "N99"]) == 2
    said = capfd.readouterr().err.splitlines()
    assert len(said) == 3
    assert "没有这条规则" in said[2]


def test_a_baseline_leaves_what_is_new(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tmp_path / "previous.json"
    assert main(["check", _file(tmp_path, FAULTY), "--format", "json", "-o", str(before)]) == 1
    later = FAULTY.replace("建设平台。", "建设平台，其它另定。")
    assert main(["check", _file(tmp_path, later, "新稿.txt"), "--format", "json", "--baseline", str(before)]) == 0
    assert [each["rule"] for each in json.loads(capfd.readouterr().out)["findings"]] == ["P16"]
    assert main(["check", _file(tmp_path, CLEAN), "--baseline", _file(tmp_path, "{}", "空.json")]) == 2


def test_sarif_names_rules_and_places(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", _file(tmp_path, FAULTY), "--format", "sarif"]) == 1
    log = json.loads(capfd.readouterr().out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    for result in run["results"]:
        assert result["ruleId"] in known
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        assert FAULTY[start : start + region["charLength"]] == region["snippet"]["text"]


def test_own_rules_and_explanations(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "规则"
    folder.mkdir()
    (folder / "本厅.toml").write_text('[[forbidden]]\nforms = ["平台"]\nseverity = "error"\n', encoding="utf-8")
    assert main(["check", _file(tmp_path, CLEAN), "--rules", str(folder)]) == 1
    assert "本厅.禁用词1" in capfd.readouterr().out
    assert main(["check", "--explain", "n2"]) == 0
    assert "依据：" in capfd.readouterr().out


def test_a_word_draft_is_written_with_comments(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = docx.Document()
    for line in FAULTY.strip("\n").split("\n"):
        made.add_paragraph(line.strip())
    made.save(str(tmp_path / "草案.docx"))
    out = tmp_path / "批注稿.docx"
    layout = [word for number in range(1, 8) for word in ("--off", f"L{number}")]
    assert main(["check", str(tmp_path / "草案.docx"), "-o", str(out), *layout]) == 1
    assert capfd.readouterr().err == "草案.docx：错误 1 处，提醒 1 处，参考 0 处。\n"
    texts = [each.text for each in docx.Document(str(out)).comments]
    assert len(texts) == 2
    assert texts[0].startswith("【错误 N2】一之后是三，缺二。")
    assert main(["check", _file(tmp_path, FAULTY), "-o", str(out)]) == 2


def test_a_report_is_written_as_a_workbook_with_what_was_not_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = docx.Document()
    made.add_paragraph("　　按照一定比例给予补助。")
    assert made.part.rels.get_or_add_ext_rel("http://x/attachedTemplate", "file:///C:/甲.dotm")
    made.save(str(tmp_path / "草案.docx"))
    out = tmp_path / "报告.xlsx"
    assert main(["check", str(tmp_path / "草案.docx"), "-o", str(out)]) == 0
    said = capfd.readouterr().err.splitlines()
    assert said[0] == "草案.docx：文件引用了外部的模板，没有读取；批注稿原样保留这些引用。"
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert sheet["A1"].value == "草案检查报告"
