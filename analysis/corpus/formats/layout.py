"""From words placed on pages to lines in reading order: columns, running heads, page numbers, indents, tables.

Lengths are in any unit, y grows downwards. Where paragraphs are indented, lines that fill their column go on with the
next one that is not; other lines stay as the page cuts them, with their indent as spaces, and joining them is left to
cleaning. Cells of a row that stand far apart are parted by ``；``, so that no two numbers become one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.corpus.formats import tables
from analysis.corpus.headings_and_days import starts_block

_PAGE_NUMBER = re.compile(
    r"[·.\s]*(?:\d{1,4}|[ivx]{1,6})[·.\s]*|(?:第\s*)?\d{1,4}\s*[/／]\s*(?:共\s*)?\d{1,4}(?:\s*页)?", re.I
)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12  # of the height of a page: where running heads stand
_NUMBER_GOES_ON = re.compile(r"[\d万亿元%‰]")
_CELL_GAP = 2.2  # em between two cells of a row


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line with no wide gap in them, and the box they fill."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its pieces, its height, and the width of a Han character on it."""

    pieces: tuple[Piece, ...]
    height: float
    em: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on the page; rows of tables are never ``full``, as nothing goes on after them."""

    words: str
    indent: int  # in characters
    full: bool = False  # it reaches the right edge of its column
    long: bool = False  # it is no short one


Row = list[Piece]


def text_of_pages(pages: Sequence[Page]) -> str:
    """The lines of all pages in reading order, running heads and bare page numbers left out."""
    rows = [_rows(page.pieces) for page in pages]
    heads = _running(pages, rows)
    lines: list[Line] = []
    for page, found in zip(pages, rows, strict=True):
        kept = [row for row in found if not (_outer(row, page) and _is_head(row, heads))]
        for block in _blocks(kept, page):
            lines += _lines(block, page.em, lines[-1].words if lines else "")
    return _text(lines)


def _text(lines: Sequence[Line]) -> str:
    indented = sum(line.indent == 2 for line in lines) >= 2
    parts: list[str] = []
    above = Line("", 0)
    for line in lines:
        if indented and line.indent == 0 and _goes_on(above, line.words):
            latin = (above.words[-1:] + line.words[:1]).isascii() and (above.words[-1:] + line.words[:1]).isalpha()
            parts.append(" " + line.words if latin else line.words)
        else:
            parts += ["\n", " " * line.indent, line.words] if parts else [" " * line.indent, line.words]
        above = line
    return "".join(parts) + "\n"


def _goes_on(above: Line, words: str) -> bool:
    """Whether ``words``, which stand at the edge of their column, belong to the paragraph of the line above."""
    cut = above.long and above.words[-1:].isdecimal() and _NUMBER_GOES_ON.match(words) is not None
    return (above.full or cut) and not starts_block(words)


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces that stand beside each other, from the top down; each row from the left."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda each: (each.middle, each.left)):
        if rows and _median_middle(rows[-1]) > piece.middle - 0.4 * min(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _median_middle(row: Row) -> float:
    """Of pieces from the top down, so that none is looked at but the middle ones."""
    return (row[(len(row) - 1) // 2].middle + row[len(row) // 2].middle) / 2


def _words(row: Row) -> str:
    return " ".join(piece.text.strip() for piece in row)


def _outer(row: Row, page: Page) -> bool:
    """Whether a row stands where running heads and page numbers do."""
    return row[0].bottom <= _MARGIN * page.height or row[0].top >= (1 - _MARGIN) * page.height


def _running(pages: Sequence[Page], rows: Sequence[list[Row]]) -> frozenset[str]:
    """Words in the margins of two pages in five, two at least; where their figures differ, three at least."""
    same: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for page, found in zip(pages, rows, strict=True):
        words = {_words(row) for row in (*found[:2], *found[-2:]) if _outer(row, page)}
        same.update(words)
        alike.update({_DIGITS.sub("0", each) for each in words})
    often = 0.4 * len(pages)
    return frozenset(
        [words for words, count in same.items() if count >= max(2, often)]
        + [words for words, count in alike.items() if count >= max(3, often)]
    )


def _is_head(row: Row, heads: frozenset[str]) -> bool:
    words = _words(row)
    return words in heads or _DIGITS.sub("0", words) in heads or _PAGE_NUMBER.fullmatch(words) is not None


def _blocks(rows: list[Row], page: Page) -> list[list[Row]]:
    """The rows of a page as blocks in reading order: one, or between full-width rows left and right column."""
    gutter = _gutter(rows, page.em)
    if gutter is None:
        return [rows]
    blocks: list[list[Row]] = [[]]
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        if any(piece.left < gutter < piece.right for piece in row):
            blocks += [left, right, []] if left or right else []
            left, right = [], []
            blocks[-1].append(row)
            continue
        for side, part in (
            (left, [piece for piece in row if piece.right <= gutter]),
            (right, [piece for piece in row if piece.right > gutter]),
        ):
            if part:
                side.append(part)
    return [block for block in (*blocks, left, right) if block]


def _gutter(rows: list[Row], em: float) -> float | None:
    """Where the right one of two columns of running text begins, None where there are none.

    Two columns are rows with words on both sides, none across, and lines that fill their column: the cells of a table
    do not.
    """
    low = min((row[0].left for row in rows), default=0.0)
    high = max((row[-1].right for row in rows), default=0.0)
    starts = Counter(
        round(after.left / em * 2)
        for row in rows
        for before, after in pairwise(row)
        if after.left - before.right >= 1.2 * em and 0.35 < (after.left - low) / (high - low) < 0.65
    )
    if not starts:
        return None
    gutter = max(starts, key=lambda start: starts[start]) * em / 2 - 0.5 * em
    both = [
        ([piece for piece in row if piece.right <= gutter], [piece for piece in row if piece.right > gutter])
        for row in rows
        if row[0].left < gutter < row[-1].right and not any(piece.left < gutter < piece.right for piece in row)
    ]
    if len(both) < max(6, 0.4 * len(rows)):
        return None
    left, right = (_filled([side[-1].right for side in sides], em) for sides in zip(*both, strict=True))
    wide = min(gutter - low, high - gutter) >= 10 * em
    return gutter if wide and left >= 0.4 and left + right >= 1.1 else None


def _filled(ends: Sequence[float], em: float) -> float:
    """Share of the lines of a column that reach its right edge."""
    edge = max(ends)
    return sum(edge - end <= 2 * em for end in ends) / len(ends)


def _lines(rows: list[Row], em: float, above: str) -> list[Line]:
    """The lines of one block; rows of cells that stand below each other are read as a table."""
    if not rows:
        return []
    lefts, rights = sorted(row[0].left for row in rows), sorted(row[-1].right for row in rows)
    left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and _aligned(rows[at], rows[end]):
            end += 1
        if end - at >= 3:
            grid = [[piece.text for piece in row] for row in rows[at:end]]
            lines += [Line(words, 0) for words in tables.lines(grid, lines[-1].words if lines else above)]
        else:
            end = at + 1
            cells, edge = _cells(rows[at], em), rows[at][-1].right
            indent = min(max(round((rows[at][0].left - left) / em), 0), 8)
            full = len(cells) == 1 and edge >= right - 2 * em
            long = len(cells) == 1 and edge >= left + 0.7 * (right - left)
            lines.append(Line("；".join(cells), indent, full, long))
        at = end
    return lines


def _cells(row: Row, em: float) -> list[str]:
    """The words of each cell: pieces with only a narrow gap between them belong to one."""
    cells: list[Row] = []
    for before, piece in zip([None, *row], row, strict=False):
        if before and piece.left - before.right < _CELL_GAP * em:
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return [" ".join(piece.text for piece in cell).strip() for cell in cells]


def _aligned(first: Row, other: Row) -> bool:
    """Whether two rows have the same number of cells, two at least, that stand below each other."""
    if len(first) < 2 or len(first) != len(other):
        return False
    below = all(one.left < two.right and two.left < one.right for one, two in zip(first, other, strict=True))
    apart = all(
        max(one.right, two.right) <= min(next_one.left, next_two.left)
        for (one, next_one), (two, next_two) in zip(pairwise(first), pairwise(other), strict=True)
    )
    return below and apart
