"""Tables as files: CSV that Excel opens with Chinese intact, and Excel workbooks.

A cell that begins like a formula is neutralised: documents and uploads are other people's words, and a spreadsheet
would run them. Real numbers are typed and stay numbers, negative ones too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from analysis.checked.fields import starts_formula
from analysis.model import Citation
from analysis.present.links import in_words, words_link

Plain = str | int | float | Decimal | bool | None
#: A citation is written as the address of its words where pages have one, else in words.
Cell = Plain | Citation

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FONT = "Microsoft YaHei"
_LONGEST_CELL = 32_767  # Excel's own limit


@dataclass(frozen=True, slots=True)
class Column:
    """One column: key into a row, Chinese label, unit ("" for none)."""

    key: str
    label: str
    unit: str = ""

    @property
    def heading(self) -> str:
        """Label with its unit: 目标值（亿元）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to leave the product. ``name`` is the file stem; a key missing in a row is an empty cell."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]
    source: str
    notes: tuple[str, ...] = ()


def to_csv(table: Table, *, address: str = "", with_notes: bool = True) -> bytes:
    """UTF-8 with BOM (Excel needs it), CRLF lines; source and notes after an empty line unless told otherwise.

    ``address`` is that of the pages, with a slash at the end; "" where there are none.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_csv_cell(column.heading) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_cell(_cited(row.get(column.key), address)) for column in table.columns])
    if with_notes:
        writer.writerow([])
        for line in _closing_lines(table):
            writer.writerow([_csv_cell(line)])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8", errors="replace")


def to_xlsx(table: Table, *, address: str = "") -> bytes:
    """An Excel workbook of one sheet: title, frozen header, typed cells, source line and notes below.

    ``address`` as in :func:`to_csv`.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _sheet_title(table.title)
    rule = Side(style="thin", color="999999")
    header_row = 3
    _put(sheet.cell(1, 1), table.title).font = Font(name=_FONT, size=13, bold=True)
    for number, column in enumerate(table.columns, start=1):
        cell = _put(sheet.cell(header_row, number), column.heading)
        cell.font = Font(name=_FONT, size=10, bold=True)
        cell.border = Border(bottom=rule)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = _width(table, column)
    last = header_row
    for last, row in enumerate(table.rows, start=header_row + 1):
        for number, column in enumerate(table.columns, start=1):
            cell = _put(sheet.cell(last, number), _cited(row.get(column.key), address))
            cell.font = Font(name=_FONT, size=10)
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(cell.value, str))
    for offset, line in enumerate(_closing_lines(table), start=2):
        _put(sheet.cell(last + offset, 1), line).font = Font(name=_FONT, size=9, color="666666")
    sheet.freeze_panes = sheet.cell(header_row + 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _closing_lines(table: Table) -> list[str]:
    return [f"来源：{table.source}", *(f"注：{note}" for note in table.notes), "由政衡生成"]


def _cited(value: Cell, address: str) -> Plain:
    if not isinstance(value, Citation):
        return value
    return f"{address}{words_link(value)}" if address else in_words(value)


def _csv_cell(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (int, float)):
        return str(value)
    text = value.replace("\x00", "")
    return f"'{text}" if starts_formula(text) else text


def _put(cell: SheetCell, value: Plain) -> SheetCell:
    if isinstance(value, bool):
        cell.value = "是" if value else "否"
    elif isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
        cell.value = text or None
        cell.data_type = "s" if text else "n"  # openpyxl would make "=…" a formula
        if starts_formula(text):
            cell.quotePrefix = True
    elif value is not None:
        cell.value = value
        whole = isinstance(value, int) or value == int(value)
        cell.number_format = "#,##0" if whole else "#,##0.####"
    return cell


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip("' ") or "表"


def _width(table: Table, column: Column) -> float:
    texts = [column.heading, *(_csv_cell(_cited(row.get(column.key), "")) for row in table.rows[:200])]
    # A Han character takes two columns of width.
    longest = max(sum(2 if ord(char) > 0x2E7F else 1 for char in text) for text in texts)
    return float(min(max(longest + 2, 8), 60))
