"""Tables of a draft as rows of boxes: cells of a Word file, and lines of plain text parted by tabs or upright bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from analysis.grammar import grammar
from analysis.lint.draft import Draft
from analysis.lint.lines import Line, Role
from analysis.lint.passages import in_table
from analysis.model import Comparator

_BLANKS = re.compile(r"\s+")
_PARTED = re.compile(r"([\t|])")
_GAPS = re.compile(r"([ \u3000]{2,})")
_RULER = re.compile(r"[\s|:：+\-—]*")
_UNIT_NAMED = re.compile(r"单位\s?[：:]\s?([^\s，。；）)]{1,8})")
_UNIT_BEHIND = re.compile(r"[（(]\s?(?:单位[：:])?([^（）()]{1,6})[）)]\s?$")
_NUMBER = re.compile(
    r"(?P<before>[≥≤><＞＜\[［〔]|约|不低于|不少于|不超过|超过|达到|突破)?\s?(?P<number>-?\d{1,3}(?:[,，]\d{3}){1,4}(?:\.\d{1,4})?|-?\d{1,12}(?:\.\d{1,4})?)"
    r"\s?(?P<unit>[%％‰\u4e00-\u9fff㎡]{0,4}?)\s?(?P<after>及?以上|及?以下|以内|左右)?[\]］〕]?"
)
_BINDS = {
    "≥": Comparator.GE,
    "不低于": Comparator.GE,
    "不少于": Comparator.GE,
    ">": Comparator.GT,
    "＞": Comparator.GT,
    "超过": Comparator.GT,
    "突破": Comparator.GT,
    "≤": Comparator.LE,
    "不超过": Comparator.LE,
    "<": Comparator.LT,
    "＜": Comparator.LT,
    "约": Comparator.APPROX,
}
_BOUND_BEHIND = {"上": Comparator.GE, "下": Comparator.LE, "内": Comparator.LE, "右": Comparator.APPROX}


@dataclass(frozen=True, slots=True)
class Box:
    """One cell with its raw span; ``text`` without blanks."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The number that a cell holds; ``unit`` is empty where the cell names none."""

    value: Decimal
    unit: str
    comparator: Comparator


@dataclass(frozen=True)
class Grid:
    """A table with its heading above it (caption, 单位：万元)."""

    rows: tuple[tuple[Box, ...], ...]
    above: str = ""

    @property
    def header(self) -> tuple[Box, ...]:
        """The first row."""
        return self.rows[0]

    def column(self, at: int) -> Iterator[tuple[int, Box]]:
        """The boxes of a column below the header, with the numbers of their rows."""
        for number, row in enumerate(self.rows[1:], 1):
            if at < len(row):
                yield number, row[at]

    def unit_of(self, column: int, label: str = "", row: tuple[Box, ...] = ()) -> str:
        """The unit that holds for a cell: of its row, of its label, of its column, of the table; "" if none is said."""
        for at, box in enumerate(self.header):
            if at < len(row) and re.fullmatch("计?量?单位", box.text) and row[at].text:
                return row[at].text
        headed = self.header[column].text if column < len(self.header) else ""
        for words in (label, headed):
            if behind := _UNIT_BEHIND.search(words):
                return behind[1]
        named = _UNIT_NAMED.search(self.above)
        return named[1] if named else ""


def number_in(box: Box) -> CellNumber | None:
    """The number that a cell holds alone, perhaps with unit and bound; None for words, ranges and empty cells."""
    match = _NUMBER.fullmatch(box.text)
    if match is None:
        return None
    value = Decimal(re.sub("[,，]", "", match["number"]))
    bound = _BINDS.get(match["before"] or "", Comparator.EQ)
    if match["after"]:
        bound = _BOUND_BEHIND[match["after"][-1]]
    return CellNumber(value, match["unit"].replace("％", "%"), bound)


def scaled(value: Decimal, unit: str) -> tuple[Decimal, str, str]:
    """A value in base units, with base and dimension; a unit that is not known is its own base, a count."""
    bare = re.sub("[（(].*", "", unit)
    known = grammar().units.get(bare)
    if known is None:
        return value, bare, "count"
    return value * known.factor, known.base, known.dimension


def grids(draft: Draft) -> Iterator[Grid]:
    """The tables of a draft of two rows or more, in order."""
    rows: list[tuple[Box, ...]] = []
    pending: list[Line] = []  # lines of the open row of a Word table
    place: tuple[int, int] | None = None
    first = 0
    for line in (*draft.lines, None):
        here = (line.cell.table, line.cell.row) if line and line.cell else None
        if here is None and line is not None and line.role is not Role.CELL and in_table(line):
            here = (-1, line.index)
        if pending and here != place:
            rows.append(_of_cells(pending))
            pending = []
        if here is None or (place is not None and here[0] != place[0]):
            if len(rows) > 1:
                yield _grid(draft, rows, first)
            rows = []
        if here is not None and line is not None:
            first = first if rows or pending else line.index
            if line.cell:
                pending.append(line)
            elif not _RULER.fullmatch(line.text):
                rows.append(_of_line(line))
        place = here


def _of_cells(lines: list[Line]) -> tuple[Box, ...]:
    """The cells of one row; several lines of one cell are one box, and a column without a line is an empty one."""
    boxes: list[Box] = []
    column = -1
    for line in lines:
        at = line.cell.column if line.cell else 0
        if at == column:
            former = boxes[-1]
            boxes[-1] = Box(former.text + _BLANKS.sub("", line.text), former.start, max(former.end, line.end))
            continue
        boxes += [Box("", line.start, line.start)] * min(at - column - 1, 60)
        boxes.append(Box(_BLANKS.sub("", line.text), line.start, line.end))
        column = at
    return tuple(boxes)


def _of_line(line: Line) -> tuple[Box, ...]:
    text, offset = line.text, line.start
    if text.startswith("|"):
        text, offset = text[1:], offset + 1
    text = text.removesuffix("|")
    boxes = []
    place = 0
    parted = _PARTED if "\t" in text or "|" in text else _GAPS
    for piece in parted.split(text):  # what parts them is among the pieces
        lead = len(piece) - len(piece.lstrip())
        start = offset + place + lead
        words = piece.strip()
        if not parted.fullmatch(piece):
            boxes.append(Box(_BLANKS.sub("", words), start, start + len(words)))
        place += len(piece)
    return tuple(boxes)


def _grid(draft: Draft, rows: list[tuple[Box, ...]], first: int) -> Grid:
    """A table with the two lines above it, where they are short."""
    above = [line.text for line in draft.lines[max(first - 4, 0) : first] if line.text and not in_table(line)]
    return Grid(tuple(rows), " ".join(text for text in above[-2:] if len(text) <= 60))
