"""The report on a draft: counts first, points of the law as headings, findings under them, reasons apart."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from drafts import draft_from

from analysis.lint.findings import Finding
from analysis.lint.registry import Family
from analysis.lint.run import CheckedDraft, check
from analysis.present.findings_report import BY_PEOPLE, POINTS, points, report_docx, report_xlsx

DAY = date(2026, 11, 28)
TEXT = (
    "　　一、目标\n　　=建设平台,培养人才。\n　　三、任务\n　　按照一定比例给予补助。\n"
    "　　到2027年，技术合同成交额达到900亿元。\n"
)


@pytest.fixture(scope="module")
def checked() -> CheckedDraft:
    draft = draft_from(TEXT)
    return CheckedDraft(draft, check(draft), notes=("文件带有宏，没有运行",))


def _rows(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def _of(checked: CheckedDraft, rule: str) -> Finding:
    return next(each for each in checked.findings if each.rule == rule)


def test_every_family_and_rule_has_one_point() -> None:
    assert sorted(family for point in POINTS for family in point.families) == sorted(Family)
    named = [name for point in POINTS for name in point.rules]
    assert len(named) == len(set(named))


def test_no_finding_is_lost(checked: CheckedDraft) -> None:
    under = [each for _, findings in points(checked.findings, checked.rules) for each in findings]
    assert sorted(each.fingerprint for each in under) == sorted(each.fingerprint for each in checked.findings)


def test_the_workbook_counts_first_and_says_all_of_a_finding(checked: CheckedDraft) -> None:
    rows = _rows(report_xlsx(checked, {}, on=DAY))
    assert rows[0] == ["草案检查报告"]
    assert rows[1][0].startswith("结果：错误 2 处，提醒 1 处")
    assert ["文稿：文稿.txt"] in rows
    assert ["检查日期：2026年11月28日"] in rows
    assert ["注：文件带有宏，没有运行。"] in rows
    gap = _of(checked, "N2")
    row = next(row for row in rows if row[:1] == ["错误"] and row[1].startswith("N2"))
    assert {gap.message, gap.suggestion, str(gap.source), gap.source.force.value} <= set(row)
    heading = max(at for at, cells in enumerate(rows[: rows.index(row)]) if cells and cells[0].startswith("（"))
    assert rows[heading] == ["（四）人名、地名、时间、数字、段落顺序、引文等是否准确"]
    assert [BY_PEOPLE] in rows


def test_what_was_dismissed_stands_apart_with_its_reason(checked: CheckedDraft) -> None:
    one = _of(checked, "V1").fingerprint
    rows = _rows(report_xlsx(checked, {one: "另行制定细则", "absent": "没有这条"}, on=DAY))
    assert rows[1][0].endswith("另有 1 处已说明理由。")
    apart = rows.index(["说明理由、不再处理的"])
    assert rows[apart + 1][-1] == "另行制定细则"
    assert not any(row[1:2] and row[1].startswith("V1") for row in rows[:apart])
    lines = list(_lines(report_docx(checked, {one: "另行制定细则"}, on=DAY)))
    assert "另行制定细则" in lines[lines.index("说明理由、不再处理的") :]
    assert "没有这条" not in "".join(lines)


def test_what_looks_like_a_formula_is_text() -> None:
    draft = draft_from("　　=1+1,甲。\n　　+甲，按照一定比例给予补助。\n", "=cmd.txt")
    data = report_xlsx(CheckedDraft(draft, check(draft)), {}, on=DAY)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def _lines(data: bytes) -> Iterator[str]:
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text


def test_the_word_file_has_chinese_fonts_and_language(checked: CheckedDraft) -> None:
    data = report_docx(checked, {}, on=DAY)
    lines = list(_lines(data))
    assert lines[:3] == ["草案检查报告", lines[1], "文稿：文稿.txt"]
    assert all(point.title in lines for point in POINTS)
    assert _of(checked, "N2").message in lines
    document = docx.Document(io.BytesIO(data))
    for name in ("Normal", "Title", "Heading 1"):
        fonts = document.styles[name].element.find(f".//{qn('w:rFonts')}")
        assert fonts.get(qn("w:eastAsia")) in ("仿宋", "黑体")
        assert not [each for each in fonts.attrib if each.endswith("Theme")]
    assert {each.get(qn("w:eastAsia")) for each in document.styles.element.iter(qn("w:lang"))} == {"zh-CN"}
    section = document.sections[0]
    assert section.page_width > section.page_height


def test_the_same_draft_gives_the_same_words(checked: CheckedDraft) -> None:
    assert list(_lines(report_docx(checked, {}, on=DAY))) == list(_lines(report_docx(checked, {}, on=DAY)))


def test_control_characters_break_neither_file() -> None:
    draft = draft_from("　　一、甲\x0b\x01乙\n　　三、丙\n")
    done = CheckedDraft(draft, check(draft))
    assert report_xlsx(done, {}, on=DAY)
    assert report_docx(done, {}, on=DAY)
