"""Files that leave the product: opened again with the programs' own readers, and never a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from operator import methodcaller
from urllib.parse import quote

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.checked.fields import starts_formula
from analysis.model import Citation
from analysis.present import links
from analysis.present.export import Table, tabulate, to_csv, to_xlsx

HEADINGS = {"region": "地区", "value": "成交额（亿元）", "quote": "原文"}


def table(*rows: dict[str, object]) -> Table:
    columns = {heading: methodcaller("get", key) for key, heading in HEADINGS.items()}
    return tabulate("技术合同", "技术合同成交额", columns, rows, "《中国科技统计年鉴》", ("当年价。",))


def sheet_of(made: Table) -> openpyxl.worksheet.worksheet.Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(made))).active
    assert sheet is not None
    return sheet


def csv_rows(made: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(made).decode("utf-8-sig"))))


def test_csv_opens_in_excel_with_chinese_intact() -> None:
    made = to_csv(table({"region": "黑龙江", "value": Decimal("112.88"), "quote": "2020年达到170亿元，力争更多"}))
    assert made.startswith(b"\xef\xbb\xbf"), "Excel takes UTF-8 for Chinese only with the mark"
    assert b"\r\n" in made
    assert csv_rows(table({"region": "黑龙江", "value": Decimal("112.88")}))[:2] == [
        ["地区", "成交额（亿元）", "原文"],
        ["黑龙江", "112.88", ""],
    ]


def test_source_and_notes_stand_below() -> None:
    made = table({"region": "四川", "value": 1, "quote": "x"})
    last = [row[0] for row in csv_rows(made)[-3:]]
    assert last[:2] == ["来源：《中国科技统计年鉴》", "注：当年价。"]
    cells = [row[0] for row in sheet_of(made).iter_rows(values_only=True)]
    assert "来源：《中国科技统计年鉴》" in cells
    assert "注：当年价。" in cells
    assert "来源" not in to_csv(made, with_notes=False).decode("utf-8-sig")


def test_workbook_has_typed_numbers_and_a_frozen_header() -> None:
    sheet = sheet_of(table({"region": "四川", "value": Decimal("-996.7"), "quote": "=1+1"}, {"region": "北京"}))
    assert sheet.freeze_panes == "A4"
    assert [cell.value for cell in sheet[3]] == ["地区", "成交额（亿元）", "原文"]
    assert sheet["B4"].value == -996.7
    assert sheet["B4"].data_type == "n"
    assert sheet["B5"].value is None, "what is not known is an empty cell, never 0"
    assert sheet["C4"].data_type == "s"
    assert sheet["C4"].value == "=1+1"
    assert sheet["C4"].quotePrefix
    assert sheet["A3"].font.name == "Microsoft YaHei"


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "-2+3"])
def test_formula_starts_are_seen(text: str) -> None:
    assert starts_formula(text)


@pytest.mark.parametrize("text", ["-5.2", "+3", "四川", "1+1", "", "（四）", "2020年-2025年"])
def test_plain_text_and_numbers_are_left_alone(text: str) -> None:
    assert not starts_formula(text)


@given(st.sampled_from("=+-@\t\r＝＋－＠"), st.text(max_size=40))
def test_no_text_reaches_a_csv_cell_as_a_formula(sign: str, rest: str) -> None:
    cell = csv_rows(table({"region": sign + rest}))[1][0]
    assert not starts_formula(cell)


@given(st.text(max_size=60))
def test_no_text_reaches_a_workbook_as_a_formula(text: str) -> None:
    cell = sheet_of(table({"region": text}))["A4"]
    assert cell.data_type in ("s", "n"), "n: an empty cell"
    assert cell.value is None or isinstance(cell.value, str)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_numbers_stay_numbers(value: Decimal) -> None:
    made = table({"region": "四川", "value": value})
    assert Decimal(csv_rows(made)[1][1]) == value
    cell = sheet_of(made)["B4"]
    assert cell.data_type == "n"
    assert cell.value == pytest.approx(float(value))


def test_long_titles_and_forbidden_signs_make_a_sheet_name() -> None:
    made = Table("x", "省/市：[目标]*对比?" + "很长" * 30, tuple(HEADINGS.values()), (), "来源")
    assert len(sheet_of(made).title) <= 31


CITED = Citation("sichuan-2024", "ab" * 32, 575, 595, "=培养8000人", "力争", "以上", "二/（二）")


def linked() -> Table:
    return Table("目标", "目标", ("链接",), ({"链接": CITED}, {"链接": None}), "各文件原文")


def test_a_citation_is_written_as_the_address_that_its_reader_has() -> None:
    link = (
        "https://a.example/base/reader?document=sichuan-2024&at=575-595&file=abababababab"
        f"&exact={quote('=培养8000人')}&prefix={quote('力争')}&suffix={quote('以上')}"
    )
    rows = list(csv.reader(io.StringIO(to_csv(linked(), address="https://a.example/base/").decode("utf-8-sig"))))
    assert rows[1:3] == [[link], [""]]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(linked(), address="https://a.example/base/"))).active
    assert sheet is not None
    assert sheet["A4"].value == link
    other = to_csv(linked(), address="http://b.example/").decode("utf-8-sig")
    assert "a.example" not in other, "the table is shared, the address is not"


def test_a_citation_is_written_in_words_where_there_are_no_pages() -> None:
    words = "sichuan-2024 二/（二）“=培养8000人”（原文件第 576–595 个字符，SHA-256 abababababab）"
    assert csv_rows(linked())[1] == [words]
    assert sheet_of(linked())["A4"].value == words


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://localhost:8501/targets", "http://localhost:8501/"),
        ("http://localhost:8501", "http://localhost:8501/"),
        ("https://a.example/house/overview/", "https://a.example/house/"),
        ("https://a.example/house/", "https://a.example/house/"),
        ("http://[::1]:8501/reader", "http://[::1]:8501/"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("https://user@a.example/", ""),
        ("https://a.example\n.b.example/", ""),
        ("https://a.example/?x=1", ""),
        ("https://a.example/<b>", ""),
        ("//a.example/", ""),
    ],
)
def test_the_address_of_the_pages_is_taken_from_that_of_one_and_nothing_else(url: str, site: str) -> None:
    assert links.site(url) == site
