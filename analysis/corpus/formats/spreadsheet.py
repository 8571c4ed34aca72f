"""Workbooks: what stands in the cells of each sheet, as text, and which cells are merged.

An xlsx is read here; an xls or et by xlrd.
A formula gives the value that the spreadsheet stored for it, or its own words where none is stored: nothing is
computed. Dates are ISO 8601, whatever their cell shows; whole numbers have no decimals and no exponent.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import isfinite
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from analysis.corpus.formats.limits import Parts, broken, local, parse
from analysis.model import InputError

WHAT = "电子表格"
MAX_ROWS = 100_000
MAX_COLUMNS = 256
MAX_CELLS = 3_000_000
MAX_CELL = 100_000  # characters; a spreadsheet itself allows 32,767
MAX_SHEETS = 200
MAX_MERGED = 200_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_TEXT, _NUMBER, _DATE, _TRUTH = 1, 2, 3, 4  # kinds of cells in an xls
_LAST_DAY = 2_958_466  # the first day of the year 10000
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,14})")
# Numbers of the built-in formats that show a day or a time; 27–36 and 50–58 are those of East Asia.
_DAYS = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
_PERCENT = frozenset([9, 10])
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)

Area = tuple[int, int, int, int]  # top, left, bottom, right; from 0, the last ones included


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows of cells, each as long as its last filled cell, and its merged areas."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()


def too_large(name: str, place: str, what: str) -> InputError:
    """The fault of a table beyond a limit."""
    return InputError(name, place, what, "请拆成几个文件，或删去多余的内容后再提交")


class Measure:
    """Counts what is read of a file. Each method raises InputError where a limit is passed."""

    def __init__(self, name: str) -> None:
        self.name, self._cells = name, 0

    def row(self, sheet: str, number: int) -> None:
        """A row with words, counted from 1."""
        if number > MAX_ROWS:
            raise too_large(self.name, sheet, f"超过 {MAX_ROWS // 10_000} 万行的上限")

    def cell(self, sheet: str, column: int, text: str) -> None:
        """A cell with words; its column counted from 1."""
        self._cells += 1
        if column > MAX_COLUMNS:
            raise too_large(self.name, sheet, f"超过 {MAX_COLUMNS} 列的上限")
        if len(text) > MAX_CELL:
            raise too_large(self.name, sheet, f"有一格超过 {MAX_CELL // 10_000} 万字的上限")
        if self._cells > MAX_CELLS:
            raise too_large(self.name, sheet, f"有字的格子超过 {MAX_CELLS // 10_000} 万个的上限")


def sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """The sheets of an xlsx in their order, one after another. Raises InputError: broken, encrypted, over a limit."""
    fault = broken(name, WHAT)
    parts = Parts(data, name, WHAT)
    root = parse(parts.read("xl/workbook.xml"), fault)
    targets = _targets(parts, "xl/_rels/workbook.xml.rels", fault)
    shared = _shared(parts, fault)
    formats = _formats(parts, fault)
    epoch = _epoch(root)
    measure = Measure(name)
    listed = [node for node in root.iter() if local(node) == "sheet"]
    if len(listed) > MAX_SHEETS:
        raise too_large(name, "", f"超过 {MAX_SHEETS} 张工作表的上限")
    for node in listed:
        title = node.get("name") or ""
        part = targets.get(node.get(_RELATION) or node.get(_STRICT_RELATION) or "", "")
        if part in parts.names and "worksheet" in part:  # others are charts and macros
            yield _Reader(title, shared, formats, epoch, measure, fault).sheet(parts.read(part))


def older_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """The same of an xls or et. Raises InputError as :func:`sheets` does, and for other formats of workbooks."""
    import xlrd  # here: few files need it

    if data.startswith(b"PK"):
        raise InputError(name, "", "这种电子表格读不了", "请用表格软件另存为 xlsx 再提交")
    measure = Measure(name)
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO())
        titles = book.sheet_names()
    except xlrd.XLRDError as problem:
        if "encrypted" in str(problem):
            raise InputError(name, "", "文件已加密", "请取消密码后再提交") from None
        raise broken(name, WHAT) from None
    except Exception:  # the library raises many kinds on damaged files
        raise broken(name, WHAT) from None
    if len(titles) > MAX_SHEETS:
        raise too_large(name, "", f"超过 {MAX_SHEETS} 张工作表的上限")
    for at, title in enumerate(titles):
        try:
            sheet = book.sheet_by_index(at)
            values = [tuple(_older(cell, book) for cell in sheet.row(row)) for row in range(sheet.nrows)]
            merged = tuple((top, left, below - 1, beside - 1) for top, below, left, beside in sheet.merged_cells)
            book.unload_sheet(at)
        except Exception:
            raise broken(name, WHAT) from None
        yield Sheet(title, measured(title, values, measure), merged[:MAX_MERGED])


def _older(cell: Any, book: Any) -> str:
    """A cell of an xls as text, the same as for xlsx."""
    if cell.ctype == _TEXT:
        return str(cell.value).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    if cell.ctype == _DATE and 0 <= cell.value < _LAST_DAY:
        return _day(cell.value, datetime(1904, 1, 1) if book.datemode else datetime(1899, 12, 30))
    if cell.ctype == _TRUTH:
        return "TRUE" if cell.value else "FALSE"
    return _figure(cell.value) if cell.ctype in (_NUMBER, _DATE) else ""


def measured(title: str, values: Iterable[tuple[str, ...]], measure: Measure) -> tuple[tuple[str, ...], ...]:
    """Rows within the limits, without the empty cells and rows at their ends."""
    rows: list[tuple[str, ...]] = []
    filled = 0
    for number, row in enumerate(values, 1):
        last = 0
        for column, text in enumerate(row, 1):
            if text:
                measure.cell(title, column, text)
                last = column
        rows.append(row[:last])
        if last:
            measure.row(title, number)
            filled = number
    return tuple(rows[:filled])


def _targets(parts: Parts, part: str, fault: InputError) -> dict[str, str]:
    """Relation -> name of a part."""
    if part not in parts.names:
        raise fault
    found = {}
    for node in parse(parts.read(part), fault):
        target = (node.get("Target") or "").replace("\\", "/")
        whole = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
        found[node.get("Id") or ""] = whole
    return found


def _epoch(workbook: Any) -> datetime:
    dated = any(local(node) == "workbookPr" and node.get("date1904") in ("1", "true") for node in workbook.iter())
    return datetime(1904, 1, 1) if dated else datetime(1899, 12, 30)


def _elements(data: bytes, names: tuple[str, ...], fault: InputError) -> Iterator[Any]:
    """Elements of one of these names as they end; each is emptied once it was seen."""
    try:
        found = etree.iterparse(
            io.BytesIO(data),
            tag=[f"{{*}}{each}" for each in names],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for _, node in found:
            if node.getroottree().docinfo.internalDTD is not None:
                raise fault
            yield node
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    except (etree.XMLSyntaxError, ValueError):
        raise fault from None


def _shared(parts: Parts, fault: InputError) -> list[str]:
    """The texts that cells name by number."""
    part = next((each for each in parts.names if each.lower() == "xl/sharedstrings.xml"), "")
    return [_words(node) for node in _elements(parts.read(part), ("si",), fault)] if part else []


def _words(node: Any) -> str:
    """The text of a string with its runs; the reading of a character in another script (rPh) is no part of it."""
    words = []
    for child in node:
        name = local(child)
        if name == "t":
            words.append(child.text or "")
        elif name == "r":
            words += [each.text or "" for each in child if local(each) == "t"]
    return _unescaped("".join(words))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _formats(parts: Parts, fault: InputError) -> list[str]:
    """How each style shows a number: as ``day``, ``percent`` or "" (as it is)."""
    if "xl/styles.xml" not in parts.names:
        return []
    root = parse(parts.read("xl/styles.xml"), fault)
    codes = {
        node.get("numFmtId") or "": _shows(node.get("formatCode") or "")
        for node in root.iter()
        if local(node) == "numFmt"
    }
    styles = next((node for node in root if local(node) == "cellXfs"), ())
    return [_format(node.get("numFmtId") or "0", codes) for node in styles if local(node) == "xf"]


def _format(number: str, codes: dict[str, str]) -> str:
    if number in codes:
        return codes[number]
    known = int(number) if number.isdecimal() and len(number) < 6 else 0
    return "day" if known in _DAYS else "percent" if known in _PERCENT else ""


def _shows(code: str) -> str:
    bare = _LITERAL.sub("", code.partition(";")[0]).lower()
    if bare == "general":
        return ""
    return "day" if re.search("[ymdhs]", bare) else "percent" if "%" in bare else ""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one sheet."""

    title: str
    shared: list[str]
    formats: list[str]
    epoch: datetime
    measure: Measure
    fault: InputError

    def sheet(self, data: bytes) -> Sheet:
        """The sheet from the bytes of its part."""
        rows: list[tuple[str, ...]] = []
        merged: list[Area] = []
        last = 0
        for node in _elements(data, ("row", "mergeCell"), self.fault):
            if local(node) == "mergeCell":
                merged += _area(node.get("ref") or "")
                if len(merged) > MAX_MERGED:
                    raise too_large(self.measure.name, self.title, "合并的单元格过多")
                continue
            number = node.get("r") or ""
            last = int(number) if number.isdecimal() and len(number) < 8 else last + 1
            cells = self._row(node)
            if cells:
                self.measure.row(self.title, last)
                if last <= len(rows):  # two rows of one number: damaged, but both are read
                    last = len(rows) + 1
                rows += [()] * (last - len(rows) - 1)
                rows.append(cells)
        return Sheet(self.title, tuple(rows), tuple(merged))

    def _row(self, row: Any) -> tuple[str, ...]:
        cells: list[str] = []
        column = 0
        for node in row:
            if local(node) != "c":
                continue
            found = _PLACE.fullmatch(node.get("r") or "")
            column = max(_column(found[1]) if found else column + 1, column + 1)
            text = self._cell(node)
            if text:
                self.measure.cell(self.title, column, text)
                cells += [""] * (column - len(cells) - 1)
                cells.append(text)
        return tuple(cells)

    def _cell(self, node: Any) -> str:
        value = formula = ""
        for child in node:
            name = local(child)
            if name == "v":
                value = child.text or ""
            elif name == "is":
                return _words(child)
            elif name == "f":
                formula = child.text or ""
        kind = node.get("t") or "n"
        if not value:
            return f"={_unescaped(formula)}" if formula else ""
        if kind == "s":
            at = int(value) if value.isdecimal() and len(value) < 9 else -1
            if not 0 <= at < len(self.shared):
                raise self.fault
            return self.shared[at]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind != "n":
            return _unescaped(value)
        style = node.get("s") or "0"
        at = int(style) if style.isdecimal() and len(style) < 7 else 0
        return self._number(value.strip(), self.formats[at] if at < len(self.formats) else "")

    def _number(self, value: str, shown: str) -> str:
        if not shown and _PLAIN.fullmatch(value):
            return value
        try:
            number = float(value)
        except ValueError:
            return value
        if shown == "day" and 0 <= number < _LAST_DAY:
            return _day(number, self.epoch)
        if shown == "percent" and abs(number) < 1e12:
            return f"{number * 100:.10g}%"
        return _figure(number)


def _figure(number: float) -> str:
    whole = isfinite(number) and number == int(number) and abs(number) < 1e15
    return f"{number:.0f}" if whole else f"{number:.15g}"


def _day(number: float, epoch: datetime) -> str:
    """A day, a time, or both: those that the number says."""
    seconds = round(number * 86_400)
    if seconds < 86_400:
        return str(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
    when = epoch + timedelta(seconds=seconds)
    return str(when.date()) if seconds % 86_400 == 0 else str(when)


def _column(letters: str) -> int:
    """``A`` -> 1, ``AA`` -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _area(reference: str) -> list[Area]:
    first, _, last = reference.partition(":")
    one, other = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
    if one is None or other is None:
        return []
    return [(int(one[2]) - 1, _column(one[1]) - 1, int(other[2]) - 1, _column(other[1]) - 1)]
