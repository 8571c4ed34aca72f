"""``python -m analysis diff``: two versions as text, Word, Excel and JSON; exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from two_versions import NEW, OLD

from analysis.cli import main


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The old version as text, the new one as a Word file."""
    old, new = tmp_path / "旧稿.txt", tmp_path / "新稿.docx"
    old.write_text(OLD, encoding="utf-8")
    made = docx.Document()
    for line in NEW.strip().split("\n"):
        made.add_paragraph(line)
    made.save(str(new))
    return str(old), str(new)


def test_without_a_file_the_changes_are_printed(files: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files]) == 0
    out = capfd.readouterr().out
    assert out.startswith("新稿改了 3 条、删了 1 条、增加 1 条、合并 1 处、拆分 1 处、移动 1 条。\n")
    assert "力度：由“鼓励”改为“应当”，要求加严。" in out


def test_the_ending_of_the_file_decides(
    files: tuple[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for ending in ("docx", "xlsx", "json", "TXT"):
        assert main(["diff", *files, "-o", str(tmp_path / f"表.{ending}")]) == 0
    assert set(capfd.readouterr().err.splitlines()) == {
        "新稿改了 3 条、删了 1 条、增加 1 条、合并 1 处、拆分 1 处、移动 1 条。"
    }
    assert len(docx.Document(str(tmp_path / "表.docx")).tables[0].rows) == 13
    assert load_workbook(tmp_path / "表.xlsx").active.cell(3, 4).value == "原条文"  # type: ignore[union-attr]
    result = json.loads((tmp_path / "表.json").read_text("utf-8"))
    assert result["old"]["document"] == "旧稿.txt"
    assert {row["fate"] for row in result["rows"]} == {
        "kept", "moved", "changed", "merged", "split", "added", "deleted"
    }  # fmt: skip
    assert (tmp_path / "表.TXT").read_text("utf-8").startswith("新稿改了")


def test_documents_of_the_corpus_are_named_by_their_slug(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "sichuan-2018", "sichuan-2024"]) == 0
    out = capfd.readouterr().out
    assert "三（十三） → 附件 三（七）" in out.replace("\u2009", " ")


@pytest.mark.parametrize("given", [["没有.docx", "sichuan-2018"], ["-", "sichuan-2018"], ["sichuan-2018"]])
def test_what_cannot_be_read_ends_with_2(given: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *given]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1


def test_an_ending_that_is_unknown_ends_with_2(files: tuple[str, str], tmp_path: Path) -> None:
    assert main(["diff", *files, "-o", str(tmp_path / "表.pdf")]) == 2
    assert not (tmp_path / "表.pdf").exists()
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 no zip word/document.xml")
    assert main(["diff", files[0], str(broken)]) == 2
