"""Tables of comments as rows of cells, from csv or text with tabs, and from the tables of a Word file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.consultation.comment_columns import guess
from analysis.corpus.formats.docx import word_tables
from analysis.corpus.formats.kinds import decoded
from analysis.corpus.formats.spreadsheet import MAX_CELL, Area, Measure, Sheet, measured
from analysis.model import InputError

DELIMITERS = (",", "\t", ";", "，", "|")
_SAMPLE = 100_000  # characters by which the delimiter is known
_ABOVE, _SHORT = 5, 200  # lines above a table of a Word file that belong to it, and their characters at most
_SEPARATOR = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)  # a line for the spreadsheet
_STRAY = 50  # of so many bytes of a text one may be zero
_SHARE = 0.8  # of the characters of a text without a mark of its encoding that are usual ones
_USUAL = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef\u0020-\u007e\r\n\t]")


def text_in(data: bytes, name: str) -> str:
    """The characters of a table or letter in any usual encoding. Raises InputError: none fits."""
    text = decoded(data)
    if text is None or "\x00" in text[:4096]:
        text = _utf16(data) or text
    if text is None:
        raise InputError(
            name, "", "文字编码不是 UTF-8、UTF-16、GB18030 或 BIG5", "请用表格软件另存为 xlsx，或另存为 UTF-8 编码"
        )
    return text.removeprefix("\ufeff").replace("\x00", "\ufffd")  # no database keeps a zero


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, where that gives usual characters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if sample and len(_USUAL.findall(sample)) > _SHARE * len(sample):
            return text
    return None


def is_text(data: bytes) -> bool:
    """Whether bytes with zeros are text all the same: UTF-16 without its mark, or a text with a stray zero."""
    if len(data) % 2 == 0 and _utf16(data) is not None:
        return True
    return data[:_SAMPLE].count(0) * _STRAY <= len(data[:_SAMPLE]) and decoded(data) is not None


def lines_as_sheet(text: str, name: str) -> Sheet:
    """A csv as rows of cells, whatever parts its cells. Raises InputError: over a limit."""
    said = _SEPARATOR.match(text)
    text = text[said.end() :] if said else text
    delimiter = said[1] if said else delimiter_of(text)
    rows = _parsed(text, delimiter, name)
    if _swallowed(rows, delimiter):
        rows = _parsed(text, delimiter, name, quoted=False)
    return Sheet("", tuple(rows))


def is_table(text: str) -> bool:
    """Whether a text whose name does not say so is a table: most of its lines are parted into cells."""
    sample = text[:_SAMPLE]
    delimiter = delimiter_of(sample)
    if delimiter == "，" or delimiter not in sample:
        return False
    rows = [row for row in _rows(sample, delimiter, True) if any(map(str.strip, row))]
    parted = sum(1 for row in rows if len(row) > 1)
    return parted * 2 > len(rows) and guess(Sheet("", tuple(map(tuple, rows[:60])))) is not None


def delimiter_of(text: str) -> str:
    """What parts the cells: what gives most rows of one length; a comma where nothing does."""
    sample = text[:_SAMPLE]
    if "\n" not in sample and "\r" in sample:
        sample = sample.replace("\r", "\n")
    best = (0, 0, ",")
    for at, delimiter in enumerate(DELIMITERS):
        if delimiter not in sample:
            continue
        widths: dict[int, int] = {}
        for row in _rows(sample, delimiter, True):
            if len(row) > 1:
                widths[len(row)] = widths.get(len(row), 0) + 1
        width = max(widths, key=lambda each: (widths[each], each), default=0)
        best = max(best, (widths.get(width, 0) * (width - 1), -at, delimiter))
    return best[2]


def _rows(text: str, delimiter: str, quoted: bool) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if quoted:
        reader = csv.reader(lines, delimiter=delimiter)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    try:
        yield from reader
    except csv.Error:  # a cell of more than 131,072 characters
        yield ["\x00" * (MAX_CELL + 1)]


def _parsed(text: str, delimiter: str, name: str, quoted: bool = True) -> list[tuple[str, ...]]:
    measure = Measure(name)
    rows: list[tuple[str, ...]] = []
    blank = 0
    for row in _rows(text, delimiter, quoted):
        cells = [cell.strip("\r") for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            blank += 1
            continue
        for column, cell in enumerate(cells, 1):
            if cell:
                measure.cell("", column, cell)
        measure.row("", len(rows) + blank + 1)
        rows += [()] * blank
        blank = 0
        rows.append(tuple(cells))
    return rows


def _swallowed(rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Whether a quotation mark that does not close took other rows into its cell."""
    width = max((len(row) for row in rows[:20]), default=0)
    if width < 2:
        return any(cell.count("\n") > 50 for row in rows for cell in row)
    return any(
        sum(1 for line in cell.split("\n") if line.count(delimiter) >= width - 1) > 1
        for row in rows
        for cell in row
        if "\n" in cell
    )


@dataclass
class _Growing:
    """A table of a Word file, and those that go on with it."""

    rows: list[tuple[str, ...]]
    merged: list[Area]
    width: int
    has_header: bool

    def add(self, table: Sheet) -> None:
        """Put a table below the rows that are there."""
        by = len(self.rows)
        self.rows += table.rows
        self.merged += [(top + by, left, bottom + by, right) for top, left, bottom, right in table.merged]


def word_sheets(data: bytes, name: str) -> list[Sheet]:
    """The tables of a Word file with the lines above them; those that go on after a page are in one.

    Raises InputError: broken, over a limit.
    """
    found: list[_Growing] = []
    measure = Measure(name)
    for table in word_tables(data, name):
        filled = measured("", table.rows, measure)
        blank = [()] * (len(table.rows) - len(filled))  # rows of a form that nobody filled in are rows too
        here = Sheet("", (*filled, *blank), table.merged)
        width = max(map(len, table.rows), default=0)
        has_header = guess(here) is not None
        if not (found and found[-1].has_header and not has_header and found[-1].width == width):
            above = [(line,) for line in table.above[-_ABOVE:] if len(line) <= _SHORT]
            found.append(_Growing(list(above), [], width, has_header))
        found[-1].add(here)
        measure.row("", len(found[-1].rows))
    return [
        Sheet(f"表{at}" if at > 1 else "", tuple(each.rows), tuple(each.merged)) for at, each in enumerate(found, 1)
    ]
