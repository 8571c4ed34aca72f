"""What leaves the product: tables as CSV that Excel opens with Chinese intact and as workbooks, rows as JSON lines.

A cell that begins like a formula is neutralised: documents and uploads are other people's words, and a spreadsheet
would run them. Real numbers are typed and stay numbers, negative ones too.

Rows for other programs: one JSON object for each target and incentive and, where asked, each number left over. Numbers
are decimal strings in the text's own unit (targets), 万元 and percent (incentives); what is not known is null.
``start`` and ``end`` are Python string offsets into the raw file as decoded, ``digest`` is the SHA-256 of its bytes;
``quote`` is the cleaned text there, ``prefix`` and ``suffix`` what is beside it (docs/decisions/citation.md). Names and
units are as the file writes them, in traditional characters where it does. ``rule``, ``probability`` and ``evidence``
say why a row is one: :mod:`analysis.present.reasons` says more.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice
from operator import methodcaller
from typing import Any, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from analysis.checked.fields import starts_formula
from analysis.citation import cite
from analysis.compare.target_matrix import NOT_STATED
from analysis.corpus.characters import SIMPLIFIED
from analysis.model import Citation, Document, Incentive, Reading, Sign, Target, Unparsed
from analysis.present.links import in_words, words_link
from analysis.present.names import check_text, clause_name
from analysis.present.reasons import BY_RULE, rule_title, titles


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text of which some words are marked in a workbook, and plain elsewhere: each part with its style, or ""."""

    parts: tuple[tuple[str, str], ...]  # words, one of the styles below

    def __str__(self) -> str:
        return "".join(words for words, _ in self.parts)


GONE, COME = "gone", "come"  # struck through; bold and underlined
_STYLES: Mapping[str, Mapping[str, Any]] = {GONE: {"strike": True}, COME: {"b": True, "u": "single"}}

Plain = str | int | float | Decimal | bool | MarkedText | None
#: A citation is written as the address of its words where pages have one, else in words.
Cell = Plain | Citation

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FONT = "Microsoft YaHei"
_LONGEST_CELL = 32_767  # Excel's own limit
_TOLD_EVERY = 500  # rows
Tell = Callable[[int, int], None]
SheetRow = tuple[int, list[SheetCell]]  # its number, its cells


_Row = TypeVar("_Row")
#: The columns of a table: heading, with its unit in brackets -> what stands there for a row.
Columns = Mapping[str, Callable[[_Row], Cell]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to leave the product. ``name`` is the file stem; rows are cells by heading."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: Sequence[Mapping[str, Cell]]
    source: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Cells(Sequence[Mapping[str, Cell]]):
    """The cells of rows, made when they are asked for: most tables that a page offers nobody downloads."""

    columns: Columns[Any]
    rows: tuple[Any, ...]

    @cached_property
    def _made(self) -> tuple[Mapping[str, Cell], ...]:
        return tuple({heading: cell(row) for heading, cell in self.columns.items()} for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Cell]]:
        """Row by row: a long table is never all in memory."""
        for row in self.rows:
            yield {heading: cell(row) for heading, cell in self.columns.items()}

    def __getitem__(self, at: Any) -> Any:
        return self._made[at]


def tabulate(
    name: str, title: str, columns: Columns[_Row], rows: Iterable[_Row], source: str, notes: tuple[str, ...] = ()
) -> Table:
    """A table of any rows: ``columns`` tell what stands in each of its cells."""
    return Table(name, title, tuple(columns), _Cells(columns, tuple(rows)), source, notes)


#: The last columns of every table of rows: what a row rests on.
PROOF_COLUMNS: Columns[Target | Incentive] = {
    "条款": lambda row: clause_name(row.clause),
    "原文": lambda row: row.quote,
    "核对": lambda row: check_text(row.checked),
    "规则": lambda row: rule_title(row.rule),
    "把握": lambda row: BY_RULE if row.probability is None else row.probability,
    "链接": lambda row: row.citation,
}
SURE_NOTE = f"“把握”是这一行确为目标或激励的概率，0 到 1；“{BY_RULE}”指由规则认定，没有估算概率。"


def stated(value: Cell) -> Cell:
    """A value of a row, or the words for one that its text does not state."""
    return NOT_STATED if value is None else value


def to_csv(table: Table, *, address: str = "", with_notes: bool = True, tell: Tell | None = None) -> bytes:
    """UTF-8 with BOM (Excel needs it), CRLF lines; source and notes after an empty line unless told otherwise.

    ``address`` is that of the pages, with a slash at the end; "" where there are none.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_csv_cell(heading) for heading in table.headings])
    for at, row in enumerate(table.rows):
        writer.writerow([_csv_cell(_cited(cell, address)) for cell in row.values()])
        if tell and at % _TOLD_EVERY == 0:
            tell(at, len(table.rows))
    if with_notes:
        writer.writerow([])
        for line in _closing_lines(table):
            writer.writerow([_csv_cell(line)])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8", errors="replace")


def to_xlsx(table: Table, *, address: str = "", tell: Tell | None = None) -> bytes:
    """An Excel workbook of one sheet: title, frozen header, typed cells, source line and notes below.

    ``address`` as in :func:`to_csv`; ``tell`` is told how many rows are written, of how many.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _sheet_title(table.title)
    rule = Side(style="thin", color="999999")
    header_row = 3
    put(sheet.cell(1, 1), table.title).font = Font(name=FONT, size=13, bold=True)
    sample = list(islice(table.rows, 200))
    for number, heading in enumerate(table.headings, start=1):
        cell = put(sheet.cell(header_row, number), heading)
        cell.font = Font(name=FONT, size=10, bold=True)
        cell.border = Border(bottom=rule)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = _width(sample, heading)
    last = header_row + len(table.rows)
    for offset, line in enumerate(_closing_lines(table), start=2):
        put(sheet.cell(last + offset, 1), line).font = Font(name=FONT, size=9, color="666666")
    sheet.freeze_panes = sheet.cell(header_row + 1, 1)
    return workbook_bytes(book, _sheet_rows(sheet, table, header_row + 1, address, tell))


def _sheet_rows(sheet: Any, table: Table, first: int, address: str, tell: Tell | None) -> Iterator[SheetRow]:
    """The rows of a table as cells of a sheet, which holds none of them: a long table is written row by row."""
    styles: dict[tuple[bool, tuple[int, ...]], Any] = {}
    for at, row in enumerate(table.rows):
        cells = []
        for number, value in enumerate(row.values(), start=1):
            cell = put(SheetCell(sheet, row=first + at, column=number), _cited(value, address))
            _dress(cell, styles)
            cells.append(cell)
        if tell and at % _TOLD_EVERY == 0:
            tell(at, len(table.rows))
        yield first + at, cells


def _dress(cell: SheetCell, styles: dict[tuple[bool, tuple[int, ...]], Any]) -> None:
    """Font and alignment of a cell; cells alike share them, which takes a tenth of the time."""
    wraps = isinstance(cell.value, (str, CellRichText))
    bare = wraps, tuple(cell._style or ())
    if bare not in styles:
        cell.font = Font(name=FONT, size=10)
        cell.alignment = Alignment(vertical="top", wrap_text=wraps)
        styles[bare] = cell._style
    cell._style = styles[bare]


class _Streamed(WorksheetWriter):  # type: ignore[misc]
    """Writes the rows that a sheet holds and, where they belong among them, rows that it does not hold."""

    def __init__(self, sheet: Any, out: io.BytesIO, more: Iterable[SheetRow]) -> None:
        super().__init__(sheet, out)
        self.more = more

    def rows(self) -> Iterator[SheetRow]:
        """All rows in order."""
        held = deque(super().rows())
        for number, cells in self.more:
            while held and held[0][0] < number:
                yield held.popleft()
            yield number, cells
        yield from held


class _InMemory(ExcelWriter):  # type: ignore[misc]
    """Writes a workbook without the file in the temporary folder through which openpyxl sends every sheet."""

    def __init__(self, book: Workbook, archive: ZipFile, more: Iterable[SheetRow]) -> None:
        super().__init__(book, archive)
        self.more = more

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        out = io.BytesIO()
        writer = _Streamed(ws, out, self.more)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def workbook_bytes(book: Workbook, more: Iterable[SheetRow] = ()) -> bytes:
    """The file of a workbook, with ``more`` rows in its first sheet.

    Nothing of it touches the disk: drafts and uploads may not leave the memory.
    """
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        _InMemory(book, archive, more).save()
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
    text = str(value).replace("\x00", "")
    return f"'{text}" if starts_formula(text) else text


def put(cell: SheetCell, value: Plain) -> SheetCell:
    """Write a value into a cell: numbers typed, text as text whatever it begins with."""
    if isinstance(value, bool):
        cell.value = "是" if value else "否"
    elif isinstance(value, MarkedText) and any(style for _, style in value.parts):
        cell.value = _rich(value)
        cell.quotePrefix = starts_formula(str(value))
    elif isinstance(value, (str, MarkedText)):
        value = str(value)
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


def _rich(text: MarkedText) -> CellRichText:
    """Rich text, which is never a formula; each part with font and size of its own, as parts do not inherit them."""
    parts, room = [], _LONGEST_CELL
    for words, style in text.parts:
        legal = ILLEGAL_CHARACTERS_RE.sub("", words)[:room]
        room -= len(legal)
        if legal:
            parts.append(TextBlock(InlineFont(rFont=FONT, sz=10, **_STYLES.get(style, {})), legal))
    return CellRichText(*parts)


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip("' ") or "表"


def _width(sample: Sequence[Mapping[str, Cell]], heading: str) -> float:
    texts = [heading, *(_csv_cell(_cited(row[heading], "")) for row in sample)]
    # A Han character takes two columns of width.
    longest = max(sum(2 if ord(char) > 0x2E7F else 1 for char in text) for text in texts)
    return float(min(max(longest + 2, 8), 60))


Value = str | int | float | None
WireRow = dict[str, Value | list[dict[str, str | int | float]]]
_AS_WRITTEN = frozenset({"indicator", "unit", "beneficiary", "trigger", "rate_base"})
_TARGET_KEYS = (
    "type", "document", "clause", "indicator", "indicator_id", "kind", "comparator", "value", "value_high", "unit",
    "target_year", "baseline_year", "recurring",
)  # fmt: skip
_INCENTIVE_KEYS = (
    "type", "document", "clause", "beneficiary", "instrument", "trigger", "threshold_wan", "rate_comparator",
    "rate_percent", "rate_percent_high", "rate_base", "amount_low_wan", "amount_high_wan", "cap_item_wan",
    "cap_year_wan",
)  # fmt: skip
_UNPARSED_KEYS = ("type", "document", "clause", "reason")
# At the end of every row, before its signs under "evidence".
_WHY_KEYS = ("start", "end", "quote", "prefix", "suffix", "digest", "rule", "probability")


def decimal(value: Decimal | None) -> str | None:
    """``Decimal("1E+3")`` -> ``"1000"``: plain digits, no exponent, no zeros after the last place."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def wire_rows(reading: Reading, *, unparsed: bool = False) -> Iterator[WireRow]:
    """Targets, then incentives, then (if asked for) numbers left over, each in the order of the text."""
    for row, signs in _without_signs(reading, unparsed=unparsed):
        yield {**row, "evidence": [_sign(sign, reading.document) for sign in signs]}


def _without_signs(reading: Reading, *, unparsed: bool) -> Iterator[tuple[dict[str, Value], tuple[Sign, ...]]]:
    """Each row but for its signs, and the signs."""
    for target in reading.targets:
        yield _row("target", _TARGET_KEYS, target, reading), target.evidence
    for incentive in reading.incentives:
        yield _row("incentive", _INCENTIVE_KEYS, incentive, reading), incentive.evidence
    for left in reading.unparsed if unparsed else ():
        yield _row("unparsed", _UNPARSED_KEYS, left, reading), left.evidence


def _row(kind: str, keys: tuple[str, ...], one: Target | Incentive | Unparsed, reading: Reading) -> dict[str, Value]:
    known: dict[str, Value] = {"type": kind, **cited(reading.document, one.start, one.end)}
    if isinstance(one, Unparsed):
        known["clause"] = reading.clause_at(one.start).path
    row: dict[str, Value] = {}
    for key in (*keys, *_WHY_KEYS):
        value = known[key] if key in known else getattr(one, key)
        if key in _AS_WRITTEN and value:
            value = as_written(str(value), reading.document, one.start, one.end)
        row[key] = decimal(value) if isinstance(value, Decimal) else _plain(value)
    return row


def cited(document: Document, start: int, end: int) -> dict[str, str | int]:
    """What the citation of a span adds to a row that holds its quote."""
    citation = cite(document, start, end)
    return {name: getattr(citation, name) for name in ("start", "end", "prefix", "suffix", "digest")}


def _sign(sign: Sign, document: Document) -> dict[str, str | int | float]:
    start, end = document.raw_span(sign.start, sign.end)
    return {"name": sign.name, "weight": sign.weight, "start": start, "end": end}


def as_written(words: str, document: Document, start: int, end: int) -> str:
    """``words`` of the cleaned text in the characters of the file; they stand in the span or somewhere before it."""
    at = document.text.find(words, start, end)
    at = document.text.rfind(words, 0, end) if at < 0 else at
    if at < 0:
        return words
    raw = (document.raw[document.offsets[at + place]] for place in range(len(words)))
    return "".join(one if SIMPLIFIED.get(one) == clean else clean for one, clean in zip(raw, words, strict=True))


def _plain(value: object) -> Value:
    """Members of an enumeration as their words; text, numbers and None as they are."""
    return value if value is None or isinstance(value, float) or type(value) is int else str(value)


def jsonl(readings: Iterable[Reading], *, unparsed: bool = False) -> Iterator[str]:
    """One JSON object a line, each with its line end."""
    for reading in readings:
        for row in wire_rows(reading, unparsed=unparsed):
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def wire_table(readings: Iterable[Reading], *, unparsed: bool = False) -> Table:
    """All rows as one table; a column that a row does not have is empty, and signs are their titles in one cell."""
    keys = dict.fromkeys((*_TARGET_KEYS, *_INCENTIVE_KEYS, *(_UNPARSED_KEYS if unparsed else ())))
    rows: list[Mapping[str, Cell]] = [
        {**row, "evidence": titles(signs)}
        for reading in readings
        for row, signs in _without_signs(reading, unparsed=unparsed)
    ]
    columns: Columns[Mapping[str, Cell]] = {key: methodcaller("get", key) for key in (*keys, *_WHY_KEYS, "evidence")}
    return tabulate("extract", "读出的目标与激励", columns, rows, "政策原文")
