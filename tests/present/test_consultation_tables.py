"""The tables of a consultation as they leave the product. All comments, names and numbers are made up."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence

import docx
import openpyxl
import pytest

from analysis.consultation.comments import Anchor, Comment, Decision, How, SenderType, SortedComment, Stance
from analysis.model import InputError
from analysis.present.comment_words import count_line_text
from analysis.present.consultation_tables import (
    MOST_IN_WORD,
    Handled,
    Preset,
    answered_alike,
    comment_csv,
    comment_docx,
    comment_table,
    comment_xlsx,
    doubtful_rows,
)
from analysis.records.record_values import Batch, CommentRow, Consultation, CountLine, Handling, Status

HERE = Consultation(
    "a1", "若干措施（征求意见稿）", "", "", "", "2024-10-18", "2024-11-17", True, Status.OPEN, "张三", ""
)
BATCH = Batch(1, "意见.csv", "", "file", "", 4, 0, 0, "张三", "")
FORMULA = '=HYPERLINK("http://example.invalid","领补贴")'


def row(
    number: int,
    text: str,
    sender: str = "网友",
    decision: Decision | None = Decision.EXPLAINED,
    reason: str = "已有安排。",
    *,
    group: str = "",
    main: int | None = None,
    kind: SenderType = SenderType.CITIZEN,
) -> CommentRow:
    """A comment that was handled."""
    comment = Comment(number, text, sender, contact="19950000777")
    proposal = SortedComment(comment, Anchor(How.NONE, 0.0), (), Stance.SUGGEST, kind, group)
    handling = Handling(
        decision=decision, reason=reason, main=main, decided_by="李四", decided_at="2024-11-20T01:02:03Z"
    )
    return CommentRow(number, 1, comment, proposal, "1", handling, "", "", "")


ROWS = (
    row(1, "我是朱丽华，电话19950000777，建议提高。", "朱丽华", reason="已电话19950000777回复朱丽华。"),
    row(2, FORMULA),
    row(3, "+1 支持", "青衣云帆公司", kind=SenderType.ENTERPRISE, decision=Decision.ADOPTED, reason="@采纳"),
    row(4, "听王明义教授说过。", decision=None, reason=""),
)


def handled(rows: Sequence[CommentRow] = ROWS, *, together: bool = False) -> Handled:
    """What a table is made of."""
    decided = dict.fromkeys(Decision, 0)
    for one in rows:
        if one.handling.decision:
            decided[one.handling.decision] += 1
    still_open = len(rows) - sum(decided.values())
    line = CountLine(len(rows), len(rows), decided, still_open)
    return Handled(HERE, rows, line, {1: BATCH}, {}, together)


def untold(done: int, of: int) -> None:
    """Nobody waits."""


def words_of(data: bytes) -> str:
    """All words of a Word file."""
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for line in table.rows for cell in line.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.mark.parametrize("preset", Preset)
def test_every_table_carries_the_count_line_and_says_that_it_is_made_up(preset: Preset) -> None:
    told = count_line_text(handled().line)
    assert "收到\u20094\u2009条 = 采纳\u20091\u2009条" in told
    assert told in words_of(comment_docx(preset, handled(), untold))
    assert told in comment_csv(preset, handled(), untold).decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(comment_xlsx(preset, handled(), untold))).active
    below = [str(line[0]) for line in sheet.iter_rows(values_only=True) if line[0]]
    assert any(told in line for line in below)
    assert any("虚构" in line for line in below)


@pytest.mark.parametrize("preset", Preset)
def test_no_formula_of_a_sender_lives(preset: Preset) -> None:
    data = comment_xlsx(preset, handled(), untold)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    (formula,) = [cell for cell in cells if str(cell.value).startswith("=")]
    assert formula.quotePrefix
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    body = zipfile.ZipFile(io.BytesIO(comment_docx(preset, handled(), untold))).read("word/document.xml")
    assert not [mark for mark in (b"fldSimple", b"instrText", b"w:hyperlink") if mark in body]
    rows = csv.reader(io.StringIO(comment_csv(preset, handled(), untold).decode("utf-8-sig")))
    assert not [cell for line in rows for cell in line if cell[:1] in "=+@" and cell]


def test_the_public_table_names_and_reaches_nobody() -> None:
    for make in (comment_csv, comment_xlsx, comment_docx):
        data = make(Preset.PUBLIC, handled(), untold)
        told = data.decode("utf-8-sig") if make is comment_csv else ""
        if make is comment_xlsx:
            sheet = openpyxl.load_workbook(io.BytesIO(data)).active
            told = "\n".join(str(cell) for line in sheet.iter_rows(values_only=True) for cell in line)
        told = told or words_of(data)
        assert "朱**" in told
        assert "某企业" in told
        for hidden in ("朱丽华", "19950000777", "青衣云帆", "李四", "意见.csv"):
            assert hidden not in told


def test_the_internal_table_holds_proposal_and_decision_apart_with_who_and_when() -> None:
    first = comment_table(Preset.INTERNAL, handled()).rows[0]
    assert (first["反馈人"], first["联系方式"]) == ("朱丽华", "19950000777")
    assert (first["程序认为的条款"], first["人指定的条款"]) == ("全文或未对应条款", "")
    assert (first["处理意见"], first["处理人"], first["处理时间"]) == ("解释说明", "李四", "2024-11-20 09:02")


def test_copies_that_were_answered_alike_are_one_row_and_the_counts_still_add_up() -> None:
    rows = (
        row(1, "建议提高", "甲公司", group="g", kind=SenderType.ENTERPRISE),
        row(2, "建议提高！", "张三", group="g"),
        row(3, "建议提高。", "李四", group="g", reason="另有理由。"),
        row(4, "一样", decision=Decision.MERGED, main=1),
        row(5, "别的"),
    )
    assert [[each.number for each in alike.rows] for alike in answered_alike(rows)] == [[1, 2, 4], [3], [5]]
    table = comment_table(Preset.PUBLIC, handled(rows, together=True))
    assert sum(int(str(line["条数"])) for line in table.rows) == 5
    assert table.rows[0]["反馈人"] == "某企业、张**、匿名等，相同意见 3 条"
    assert "共 3 行，“条数”一列合计 5 条" in " ".join(table.notes)


def test_a_table_too_long_for_word_is_said() -> None:
    rows = tuple(row(number, "建议") for number in range(1, MOST_IN_WORD + 2))
    with pytest.raises(InputError, match="Word 文件最多写 3,000 条，现有 3,001 条"):
        comment_docx(Preset.PUBLIC, handled(rows), untold)


def test_what_a_person_reads_before_publishing_is_named() -> None:
    assert doubtful_rows(ROWS, untold) == ((4, ("王明义教授",)),)
