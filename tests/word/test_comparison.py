"""新旧条文对照表 as LibreOffice lays it out: landscape, each page under the heading, words still marked."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
import pypdfium2
import pytest

from analysis.corpus.formats import office
from analysis.word.comparison import HEADINGS, ComparedRow, Mark, Words, comparison_docx

ROW = ComparedRow(
    [Words("第一条", Mark.NUMBER), Words("各单位"), Words("可以", Mark.GONE), Words("按规定“先行”办理，" * 12)],
    [Words("第二条", Mark.NUMBER), Words("各单位"), Words("应当", Mark.COME), Words("按规定“先行”办理，" * 12)],
    ["修改。", "力度：由“可以”改为“应当”，要求加严。"],
)


def _converted(data: bytes, ending: str, folder: Path) -> bytes:
    source = folder / "in.docx"
    source.write_bytes(data)
    command = [str(office.program()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", ending, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})
    return next((folder / "out").iterdir()).read_bytes()


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_every_page_is_landscape_and_begins_with_the_heading(tmp_path: Path) -> None:
    made = comparison_docx("新旧条文对照表", ["结果：修改 40 条。"], [ROW] * 40)
    pages = pypdfium2.PdfDocument(_converted(made, "pdf", tmp_path))
    assert len(pages) > 3
    for page in pages:
        width, height = page.get_size()
        assert (round(width), round(height)) == (842, 595)
        text = page.get_textpage().get_text_range()
        assert all(heading in text for heading in HEADINGS)


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_the_marks_survive_being_saved_again(tmp_path: Path) -> None:
    made = comparison_docx("新旧条文对照表", [], [ROW])
    table = docx.Document(io.BytesIO(_converted(made, "docx:MS Word 2007 XML", tmp_path))).tables[0]
    old, new, said = table.rows[1].cells
    assert "".join(run.text for run in old.paragraphs[0].runs if run.font.strike) == "可以"
    assert "".join(run.text for run in new.paragraphs[0].runs if run.underline) == "应当"
    assert said.text == "修改。\n力度：由“可以”改为“应当”，要求加严。"


def test_signs_that_are_no_text_and_empty_sides_do_no_harm() -> None:
    made = comparison_docx("表\x00", [], [ComparedRow([], [Words("甲\x0b\n\n乙", Mark.COME)], [])])
    cells = docx.Document(io.BytesIO(made)).tables[0].rows[1].cells
    assert [cell.text for cell in cells] == ["", "甲\n\n乙", ""]
