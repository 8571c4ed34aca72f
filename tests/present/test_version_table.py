"""新旧对照 in sentences, files and markup: counts, words marked, formulas as text."""

from __future__ import annotations

import io
import json

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook
from shown_pages import plain
from two_versions import NEW, OLD, compared

from analysis.lint.versions import Comparison, Fate
from analysis.present import version_table

BOTH = compared()


def test_the_headline_counts_what_became_of_provisions() -> None:
    assert version_table.headline(BOTH) == "新稿改了 3 条、删了 1 条、增加 1 条、合并 1 处、拆分 1 处、移动 1 条"
    assert version_table.lead(BOTH) == "旧稿 12 条，新稿 12 条，未改 4 条。要求加严 2 处。涉及数值 2 条、条件 1 条。"
    same = compared(OLD, OLD)
    assert version_table.headline(same) == "两稿逐条相同"
    assert version_table.lead(same) == "旧稿 12 条，新稿 12 条，未改 12 条。"
    assert version_table.lead(Comparison("甲", "乙", "", "", ())) == "两份文件里都没有找到条文。"


def test_two_texts_of_different_documents_are_said_to_be_so() -> None:
    other = "某市气象灾害防御条例\n" + "".join(f"第{digit}条 暴雨{digit * 4}预警。\n" for digit in "一二三四五")
    assert "能对上的只有 0 条" in version_table.lead(compared(OLD, other))


def test_remarks_say_what_became_of_a_provision_and_what_the_change_does() -> None:
    said = {row.fate: version_table.remarks(row) for row in BOTH.rows}
    assert said[Fate.MOVED] == ("移动：由二（三）移至二（一）。",)
    assert said[Fate.MERGED] == ("合并：三（一）、三（二）合为三（一）。",)
    assert said[Fate.SPLIT] == ("拆分：二（五）分为二（五）、二（六）。",)
    assert said[Fate.ADDED] == ("新增。",)
    assert said[Fate.DELETED] == ("删除。",)
    assert said[Fate.CHANGED] == (
        "修改，序号由二（二）改为二（三）。",
        "力度：删去“可以”，要求加严。",
        "数值：由“不超过50万元”改为“不超过100万元”。",
        "条件：增加“经省科技厅评审后”，条件加严。",
    )


def test_parts_give_back_the_words_of_each_provision() -> None:
    for row in BOTH.rows:
        for side, provisions in zip(version_table.sides(row), (row.old, row.new), strict=True):
            assert ["".join(run.words for run in part.runs) for part in side] == [one.text for one in provisions]


# Word -----------------------------------------------------------------------------------------------------------------


def test_the_word_table_stands_on_landscape_pages_with_a_heading_that_repeats() -> None:
    document = docx.Document(io.BytesIO(version_table.to_docx(BOTH)))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "新旧条文对照表"
    assert texts[1] == "结果：修改 3 条，新增 1 条，删除 1 条，合并 1 条，拆分 1 条，移动 1 条，未改 4 条。"
    assert texts[2:4] == [
        "旧稿：旧稿.txt（某省技术转移机构奖励补助办法）",
        "新稿：新稿.txt（某省技术转移机构奖励补助办法）",
    ]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["原条文", "新条文", "说明"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == 1 + len(BOTH.rows)
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "仿宋"
    languages = {each.get(qn("w:eastAsia")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"zh-CN"}


def test_words_that_differ_are_struck_through_or_bold_and_underlined_and_in_no_colour() -> None:
    document = docx.Document(io.BytesIO(version_table.to_docx(BOTH)))
    rows = list(document.tables[0].rows)[1:]
    changed = next(row for row in rows if "支持机构发展" in row.cells[0].text)
    old, new = ([run for line in cell.paragraphs for run in line.runs] for cell in changed.cells[:2])
    assert [run.text for run in old if run.font.strike] == ["可以", "50"]
    assert [run.text for run in new if run.underline] == ["经省科技厅评审后，", "100"]
    assert all(run.bold for run in new if run.underline)
    assert not any(run.font.color.rgb for run in (*old, *new))
    assert "".join(run.text for run in old) == changed.cells[0].text
    assert [run.text for run in new if run.bold and not run.underline] == ["（三）"]
    gone = next(row for row in rows if "开放科研仪器" in row.cells[0].text)
    assert gone.cells[1].text == "（无）"
    assert not any(run.font.strike for run in gone.cells[0].paragraphs[0].runs)


def test_signs_that_word_cannot_hold_are_left_out() -> None:
    made = version_table.to_docx(compared(OLD.replace("专职人员", "专职\x0b\x00人员"), NEW))
    assert "专职人员" in "".join(cell.text for cell in docx.Document(io.BytesIO(made)).tables[0].columns[0].cells)


# Excel, JSON, text ----------------------------------------------------------------------------------------------------


def test_the_workbook_has_typed_cells_marked_words_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(version_table.workbook(BOTH)), rich_text=True).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]] == ["序号", "变化", "旧稿位置", "原条文", "新稿位置", "新条文", "说明"]
    rows = {row[4].value: row for row in sheet.iter_rows(min_row=4, max_row=3 + len(BOTH.rows))}
    changed = rows["二（三）"]
    struck = [part.text for part in changed[3].value if part.font.strike]
    come = [part.text for part in changed[5].value if part.font.b and part.font.u == "single"]
    assert (struck, come) == (["可以", "50"], ["经省科技厅评审后，", "100"])
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert isinstance(changed[0].value, int)


@pytest.mark.parametrize("start", "=+-@")
def test_a_provision_that_begins_like_a_formula_is_text(start: str) -> None:
    both = compared(
        f"{start}SUM(A1)可以给予补助十万元，由省科技厅组织实施。\n",
        f"{start}SUM(A1)应当给予补助十万元，由省科技厅组织实施。\n",
    )
    sheet = load_workbook(io.BytesIO(version_table.workbook(both))).active
    assert sheet is not None
    cell = sheet.cell(4, 4)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert str(cell.value).startswith(start)


def test_json_says_where_each_provision_stands_in_the_file() -> None:
    values = json.loads(json.dumps(version_table.values(BOTH), ensure_ascii=False))
    assert values["counts"]["changed"] == 3
    assert sum(values["counts"].values()) == len(values["rows"])
    for row in values["rows"]:
        for side, text in (("old", OLD), ("new", NEW)):
            for one in row[side]:
                assert text[one["start"] : one["end"]] == one["number"] + one["text"]


def test_text_for_a_terminal_marks_the_words_and_leaves_out_what_was_kept() -> None:
    text = version_table.as_text(BOTH)
    assert "［-可以-］给予不超过［-50-］万元" in text
    assert "［+经省科技厅评审后，+］" in text
    assert "加强宣传" not in text


# Page -----------------------------------------------------------------------------------------------------------------


def test_the_table_of_the_page_folds_what_was_kept_and_filters() -> None:
    markup = version_table.rows_html(BOTH)
    assert "<del>可以</del>" in markup
    assert "<ins>经省科技厅评审后，</ins>" in markup
    assert "未改1条：前言" in plain(markup)
    only = version_table.rows_html(BOTH, [Fate.ADDED])
    assert "发展科技保险" in only
    assert "加强队伍建设" not in only
    assert "<details" not in only
    assert list(version_table.offered(BOTH)) == ["修改", "新增", "删除", "合并", "拆分", "移动"]


def test_words_of_files_are_escaped() -> None:
    both = compared("一、<script>x</script>可以给予补助\n", "一、<script>x</script>应当给予补助<img>\n")
    markup = version_table.rows_html(both)
    assert "<script" not in markup
    assert "<img" not in markup


def test_the_name_of_files_comes_from_the_title() -> None:
    assert version_table.file_stem(BOTH) == "新旧条文对照表-某省技术转移机构奖励补助办法"
    assert version_table.file_stem(Comparison("a", "../某 稿/二.docx", "", "", ())) == "新旧条文对照表-某稿二"
