"""Tables that systems save under the name of a workbook: web pages, and the XML that spreadsheets wrote in 2003."""

from __future__ import annotations

from typing import Any

from analysis.corpus.formats.html import page, span
from analysis.corpus.formats.limits import broken, local, parse
from analysis.corpus.formats.spreadsheet import MAX_CELLS, WHAT, Area, Measure, Sheet, too_large
from analysis.model import InputError

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_INDEX = f"{{{NAMESPACE}}}Index"
_WIDEST = 100_000  # an index beyond this is damaged


def is_xml(data: bytes) -> bool:
    """Whether a text is a workbook in XML."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and NAMESPACE.encode() in data[:4096]


def xml_sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook in XML. Raises InputError: broken, over a limit."""
    root = parse(data, broken(name, WHAT))
    measure = Measure(name)
    return [
        _xml_sheet(sheet, sheet.get(f"{{{NAMESPACE}}}Name") or "", measure)
        for sheet in root.iter(f"{{{NAMESPACE}}}Worksheet")
    ]


def _xml_sheet(sheet: Any, title: str, measure: Measure) -> Sheet:
    rows: dict[int, dict[int, str]] = {}
    merged: list[Area] = []
    at = -1
    for row in sheet.iter(f"{{{NAMESPACE}}}Row"):
        at = _index(row, at)
        column = -1
        for cell in row.iterchildren(f"{{{NAMESPACE}}}Cell"):
            column = _index(cell, column)
            words = "".join("".join(each.itertext()) for each in cell if local(each) == "Data").strip()
            across, down = (_merge(cell, which) for which in ("MergeAcross", "MergeDown"))
            if across or down:
                merged.append((at, column, at + down, column + across))
            if words:
                measure.row(title, at + 1)
                measure.cell(title, column + 1, words)
                rows.setdefault(at, {})[column] = words.replace("\r\n", "\n").replace("\r", "\n")
            column += across
    return Sheet(title, _filled(rows), tuple(merged))


def _index(node: Any, before: int) -> int:
    said = node.get(_INDEX) or ""
    return max(int(said) - 1, before + 1) if said.isdecimal() and len(said) < 8 else before + 1


def _merge(cell: Any, which: str) -> int:
    said = cell.get(f"{{{NAMESPACE}}}{which}") or ""
    return min(int(said), _WIDEST) if said.isdecimal() and len(said) < 8 else 0


def page_sheets(data: bytes, name: str) -> list[Sheet]:
    """The tables of a web page that hold no other table. Raises InputError: no page, over a limit."""
    root = page(data, InputError(name, "", "网页里没有读到表格", "请把表格另存为 xlsx 再提交"))
    measure = Measure(name)
    for mark in root.iter("br"):
        mark.tail = "\n" + (mark.tail or "")
    found = [table for table in root.iter("table") if next(table.iterdescendants("table"), None) is None]
    return [_page_sheet(table, f"表{at}" if at > 1 else "", measure) for at, table in enumerate(found, 1)]


def _page_sheet(table: Any, title: str, measure: Measure) -> Sheet:
    rows: dict[int, dict[int, str]] = {}
    merged: list[Area] = []
    reached = 0
    taken: set[tuple[int, int]] = set()  # places that a cell from above reaches down into
    for at, row in enumerate(table.iter("tr")):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (at, column) in taken:
                column += 1
            words = "\n".join(" ".join(line.split()) for line in cell.text_content().split("\n")).strip()
            across, down = span(cell, "colspan"), span(cell, "rowspan")
            reached += across * down
            if reached > MAX_CELLS:
                raise too_large(measure.name, title, "合并的单元格过多")
            if across > 1 or down > 1:
                merged.append((at, column, at + down - 1, column + across - 1))
            taken.update((at + below, column + beside) for below in range(1, down) for beside in range(across))
            if words:
                measure.row(title, at + 1)
                measure.cell(title, column + 1, words)
                rows.setdefault(at, {})[column] = words
            column += across
    return Sheet(title, _filled(rows), tuple(merged))


def _filled(rows: dict[int, dict[int, str]]) -> tuple[tuple[str, ...], ...]:
    """Rows of cells without gaps."""
    return tuple(
        tuple(cells.get(column, "") for column in range(max(cells) + 1)) if (cells := rows.get(at)) else ()
        for at in range(max(rows, default=-1) + 1)
    )
