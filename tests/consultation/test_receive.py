"""Files of comments: every row is a comment or rejected with its reason, in order, whatever the file looks like."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from comment_files import MADE, Made, lines_of, old_workbook, one_column, word_tables, workbook
from comment_files_more import MORE
from hypothesis import example, given
from hypothesis import strategies as st
from places import PROJECT

from analysis.consultation.comment_columns import Column, Mapping
from analysis.consultation.comments import Comment, Received, Rejected
from analysis.consultation.receive import fingerprint, fingerprints, preview, receive
from analysis.model import InputError

GOLD = PROJECT.parent / "shared" / "gold" / "comments"


def in_order(received: Received, sheets: list[str]) -> list[Comment | Rejected]:
    """Comments and rejected rows as the file has them."""
    rows: list[Comment | Rejected] = [*received.comments, *received.rejected]
    return sorted(rows, key=lambda each: (sheets.index(each.sheet), each.row))


@pytest.mark.parametrize("make", [*MADE, *MORE], ids=lambda make: make.__name__)
def test_made_up_files(make: Callable[[], Made]) -> None:
    made = make()
    sheets = list(dict.fromkeys([*(row.sheet for row in made.rows), "", *preview_names(made)]))
    found = in_order(receive(made.data, made.name), sheets)
    assert len(found) == len(made.rows)
    for row, want in zip(found, made.rows, strict=True):
        if want.rejected:
            assert isinstance(row, Rejected), row
            assert want.rejected in row.reason
        else:
            assert isinstance(row, Comment), row
            assert row.text.startswith(want.text)
            assert want.sender is None or row.sender == want.sender
            assert {name: getattr(row, name) for name, _ in want.fields} == dict(want.fields)
        assert not want.sheet or row.sheet == want.sheet


def preview_names(made: Made) -> list[str]:
    return [each.sheet for each in preview(made.data, made.name).sheets]


@pytest.mark.skipif(not GOLD.is_dir(), reason="the made-up comments on the Sichuan draft are not beside the project")
def test_the_comments_on_the_sichuan_draft() -> None:
    with (GOLD / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, count in Counter(row["file"] for row in rows).items():
        received = receive((GOLD / name).read_bytes(), name)
        comments = {each.row: each for each in received.comments}
        refused = {each.row: each for each in received.rejected}
        assert len(comments) + len(refused) == count
        for row in (row for row in rows if row["file"] == name):
            at = int(row["row"])
            if row["expect"] == "comment":
                assert " ".join(comments[at].text.split())[:30] == row["text_head"].strip()
            elif row["expect"].startswith("reject"):
                assert refused[at].reason
            else:
                assert at in comments or at in refused


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["合计", "一、小标题", "注：", "", "无", "=1+1", "建议删除。", "\n"]
)
TABLES = st.lists(st.lists(CELLS, max_size=5), max_size=12)


@given(TABLES)
@example([["合计"]])
def test_every_row_of_a_csv_is_read_once(rows: list[list[str]]) -> None:
    table = [["序号", "单位", "意见"], *rows, ["9", "某单位", "最后一条意见。"]]
    received = receive(lines_of(table).encode("utf-8", "replace"), "表.csv")
    every_row_once(received)


@given(TABLES)
def test_every_row_of_a_workbook_is_read_once(rows: list[list[str]]) -> None:
    plain = [["".join(filter(str.isprintable, cell)) for cell in row] for row in rows]
    plain = [["'" + cell if cell.startswith("=") else cell for cell in row] for row in plain]
    table = [["意见汇总"], ["序号", "单位", "意见"], *plain, ["9", "某单位", "最后一条意见。"]]
    received = receive(workbook(("甲", table, ("A1:C1",))), "表.xlsx")
    every_row_once(received)


def every_row_once(received: Received) -> None:
    comments, refused = [each.row for each in received.comments], [each.row for each in received.rejected]
    assert comments == sorted(comments)
    assert refused == sorted(refused)
    every = sorted(comments + refused)
    assert every == list(range(every[0], every[0] + len(every)))
    assert every[0] == 1
    assert received.comments[-1].text.endswith("最后一条意见。")
    assert all(each.reason for each in received.rejected)


NAMES = st.sampled_from(["表.csv", "信.txt", "表.xls", "信.docx", "信.eml"])
PIECES = st.sampled_from(
    [
        "发件人: 甲 <a@b.c>\n",
        "主题: 意见\n",
        "> 引\n",
        "\n",
        "1. 好\n",
        "意见,单位\n",
        "\t",
        '"',
        "此致\n",
        "<table><tr><td>意见<td>单位",
        "<tr><td rowspan=9>好",
        "2025年1月1日\n",
        "姓名：",
        "意见：",
    ]
)


@given(
    st.binary(max_size=400)
    | st.lists(PIECES | st.text(max_size=9), max_size=20).map(lambda all_: "".join(all_).encode("utf-8", "replace")),
    NAMES,
)
def test_any_bytes_give_a_result_or_one_sentence(data: bytes, name: str) -> None:
    try:
        received = receive(data, name)
    except InputError as problem:
        fault = str(problem)
    else:
        fault = "。"
        rows = [each.row for each in (*received.comments, *received.rejected)]
        assert rows
        assert all(each.text.strip() for each in received.comments)
    assert fault.endswith("。")
    assert "\n" not in fault


@pytest.mark.parametrize("made", [one_column(), old_workbook(), word_tables()], ids=lambda made: made.name)
@given(data=st.data())
def test_a_damaged_file_gives_a_result_or_one_sentence(made: Made, data: st.DataObject) -> None:
    whole = bytearray(made.data)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(InputError):
        receive(bytes(whole), made.name)


def test_a_mapping_can_be_changed_and_given_back() -> None:
    data = lines_of([["甲", "乙", "丙"], ["张三", "太少", "支持"], ["李四", "", "反对"]]).encode()
    with pytest.raises(InputError, match="没有找到写意见的一列"):
        receive(data, "表.csv")
    (sheet,) = preview(data, "表.csv").mapping.sheets
    changed = Mapping((replace(sheet, header=1, columns=(Column.SENDER, Column.REASON, Column.TEXT)),))
    received = receive(data, "表.csv", changed)
    assert [(each.row, each.sender, each.text, each.reason) for each in received.comments] == [
        (1, "张三", "支持", "太少"),
        (2, "李四", "反对", ""),
    ]
    assert preview(data, "表.csv", changed).mapping == changed
    for wrong in (replace(sheet, columns=(Column.SENDER,) * 3), replace(sheet, columns=(Column.TEXT,), header=99)):
        with pytest.raises(InputError):
            receive(data, "表.csv", Mapping((wrong,)))


def test_fingerprints_do_not_depend_on_rows() -> None:
    rows = [["姓名", "意见"], ["甲", "支持"], ["乙", "反对"], ["甲", "支持"]]
    first = receive(lines_of(rows).encode(), "一.csv").comments
    again = receive(lines_of([rows[0], ["丙", "无"], *rows[1:]]).encode("utf-16"), "二.csv").comments
    assert len(set(fingerprints(first))) == 3
    assert set(fingerprints(first)) < set(fingerprints(again))
    assert fingerprint(first[0]) == fingerprint(first[2])


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    rows = [["姓名", "意见"], *([f"第{at}人", f"意见{at}。"] for at in range(2500))]
    receive(lines_of(rows).encode(), "多.csv", progress=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == [1000, 2000, 2500]


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([["意见"], *[["好。"]] * 100_001], "行的上限"),
        ([["意见"] * 300], "列的上限"),
        ([["意见", "单位"], ["好" * 120_000, ""]], "字的上限"),
    ],
)
def test_limits(rows: list[list[str]], word: str) -> None:
    with pytest.raises(InputError, match=word):
        receive(lines_of(rows).encode(), "大.csv")


def test_a_zip_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 80_000_000)
    with pytest.raises(InputError, match="解压后过大"):
        receive(out.getvalue(), "弹.xlsx")


def test_a_far_cell_does_not_fill_the_memory() -> None:
    whole = workbook(("甲", [["意见"], ["好。"]], ()))
    with zipfile.ZipFile(io.BytesIO(whole)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        "</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    with pytest.raises(InputError, match="行的上限"):
        receive(out.getvalue(), "远.xlsx")


STRUCTURE = st.sampled_from(
    [
        "发件人: 甲 <a@example.com>\n主题: 转发: 意见",
        "发件人：乙\n日期：2025-01-01\n主题：意见",
        "From: c@example.com\nSubject: Fw: 意见",
        "---原始邮件---",
        "-- ",
        "> ",
        "此致",
        "尊敬的领导：",
        "1. ",
        "一、",
        "姓名：",
        "意见：",
        "2025年1月1日",
        "",
    ]
)


@given(st.lists(STRUCTURE, max_size=14))
def test_no_line_of_a_letter_is_lost(structure: list[str]) -> None:
    """Whatever surrounds it, each line of words is in a comment or in what is set apart."""
    said = [f"第{at}句话。" for at in range(len(structure) + 1)]
    lines = [said[-1]]
    for mark, words in zip(structure, said, strict=False):
        lines += [f"{mark}{words}"] if mark in ("> ", "1. ", "一、", "姓名：", "意见：") else [mark, words]
    received = receive("\n".join(lines).encode(), "信.txt")
    kept = "\n".join(
        [
            *("\n".join((each.text, each.sender, each.title, each.contact)) for each in received.comments),
            *("\n".join(each.cells) for each in received.rejected),
        ]
    )
    assert [words for words in said if words not in kept] == []


def test_mails_passed_on_many_times_end() -> None:
    head = "发件人: 甲 <a@example.com>\n主题: 转发: 意见\n\n---原始邮件---\n"
    received = receive(f"{head * 3000}发件人: 乙 <b@example.com>\n主题: 意见\n\n太少。\n".encode(), "信.txt")
    assert received.comments or received.rejected
