"""A draft as the rules see it: its lines with their roles and numbers, the tree of its numbers, and what it says.

Rules look at ``Draft.text``. That is the text as received (for a Word file the text of its body paragraphs and table
cells in document order, joined by line ends), but for texts whose lines are wrapped by hand or by a page: there its
lines are joined to paragraphs (:mod:`analysis.lint.joined_lines`). ``Draft.received_span`` carries a span back to the
text as received, ``Draft.text_span`` a span of the reading to ``Draft.text``, and ``Draft.clean_span`` the other way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.lint.joined_lines import joined
from analysis.lint.lines import Line, Node, Role, ordinal_of
from analysis.lint.roles import tree_of_numbers, with_roles
from analysis.model import Point, Reading
from analysis.word.layout import Layout
from analysis.word.paragraphs import Cell


@dataclass(frozen=True, eq=False)
class Draft:
    """Everything that rules may look at. Made by :func:`draft_of`; compared by identity.

    ``offsets``: where each character of ``text`` stands in ``received``; None where the two are the same.
    """

    name: str
    received: str
    text: str
    offsets: Sequence[int] | None
    lines: tuple[Line, ...]
    nodes: tuple[Node, ...]
    reading: Reading
    points: tuple[Point, ...] = ()  # series of contracts of the place
    peers: tuple[Reading, ...] = ()  # texts of other places
    earlier: Reading | None = None  # the earlier text of the same place
    former: Reading | None = None  # the version of this draft before it
    layout: Layout | None = None  # of a Word file

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def node_at(self) -> Mapping[int, Node]:
        """The node of each numbered line, by the index of the line."""
        return {node.line.index: node for node in self.nodes}

    def line_at(self, offset: int) -> Line:
        """The line that holds offset ``offset`` of ``text``, or the last one before it."""
        return self.lines[max(bisect_right(self._starts, offset) - 1, 0)]

    def clause_at(self, offset: int) -> str:
        """The path of numbers that an offset of ``text`` stands under: 二/（四）; "" before the first."""
        return self.line_at(offset).path

    def text_span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the cleaned text of the reading -> span of ``text``."""
        first, last = self.reading.document.raw_span(start, end)
        if self.offsets is None:
            return first, last
        return bisect_left(self.offsets, first), bisect_left(self.offsets, last)

    def clean_span(self, start: int, end: int) -> tuple[int, int] | None:
        """A span of ``text`` -> span of the cleaned text of the reading; None where nothing of it is left there."""
        return self.reading.document.clean_span(*self.received_span(start, end))

    def received_span(self, start: int, end: int) -> tuple[int, int]:
        """A span of ``text`` -> span of the text as received; an empty one stays empty."""
        if self.offsets is None:
            return start, end
        first = self.offsets[start] if start < len(self.offsets) else len(self.received)
        return first, self.offsets[end - 1] + 1 if end > start else first

    @cached_property
    def title(self) -> str:
        """The words of the title, joined; "" where there is none."""
        return "".join(line.text for line in self.lines if line.role is Role.TITLE and line.part == 0)

    @cached_property
    def for_comment(self) -> bool:
        """Whether it calls itself a draft: 征求意见稿, 草案, 送审稿."""
        return re.search("征求意见|草案|送审稿|讨论稿|审议稿", self.title + self.name) is not None

    @cached_property
    def final(self) -> bool:
        """Whether it looks like the text that is issued: a full document number or a full date under a signature."""
        filled = any(
            line.role is Role.DATE or (line.role is Role.NUMBER and re.search(r"\d+\s*号$", line.text))
            for line in self.lines
        )
        return filled and not self.for_comment

    def body(self) -> Sequence[Line]:
        """The lines of running text and headings."""
        return [line for line in self.lines if line.role is Role.BODY]


def draft_of(
    name: str,
    raw: str,
    reading: Reading,
    *,
    labels: Sequence[str] = (),
    cells: Sequence[Cell | None] = (),
    points: tuple[Point, ...] = (),
    peers: tuple[Reading, ...] = (),
    earlier: Reading | None = None,
    former: Reading | None = None,
    layout: Layout | None = None,
) -> Draft:
    """A draft from its raw text and what was read from it.

    ``labels`` are the automatic numbers of a Word file and ``cells`` the places of table cells, one for each line of
    ``raw``; both empty for plain text.
    """
    document = reading.document
    whole = None if cells else joined(document)
    text, offsets = (whole.text, whole.offsets) if whole else (raw, None)
    bare = Draft(name, raw, text, offsets, (), (), reading, points, peers, earlier, former, layout)
    lines = _lines(text, labels, cells)
    if not cells:
        lines = [_furniture(line, bare) for line in lines]
    lined, nodes = tree_of_numbers(with_roles(lines))
    return replace(bare, lines=lined, nodes=nodes)


_MARKDOWN = re.compile(r"[ \u3000]{0,8}(?:#{1,6}[ ]{1,3})(?=\S)")  # the head of a heading, as web pages are copied


def _lines(raw: str, labels: Sequence[str], cells: Sequence[Cell | None]) -> list[Line]:
    found = []
    offset = 0
    for index, whole in enumerate(raw.split("\n")):
        mark = _MARKDOWN.match(whole) if not cells else None
        indent = mark.end() if mark else len(whole) - len(whole.lstrip())
        text = whole[indent:].strip()
        start = offset + indent if text else offset
        label = labels[index] if index < len(labels) else ""
        cell = cells[index] if index < len(cells) else None
        number = ordinal_of(label + text, start, automatic=True) if label else ordinal_of(text, start)
        role = Role.BLANK if not text else Role.CELL if cell else Role.BODY
        found.append(Line(index, start, start + len(text), text, indent, role, 0, None if cell else number, cell))
        offset += len(whole) + 1
    return found


_IMPRINT = re.compile(  # source, time and editor, as a web page tells them
    r"[•·\s]{0,4}(?:\d{4}-\d{1,2}-\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?\s{0,4})?"
    r"(?:(?:发[布稿]|發[佈布稿])(?:时间|時間|日期|机构)|信息[来來]源|[来來]源|作者|[责責]任[编編][辑輯]|[浏瀏][览覽][次量]数?"
    r"|字[号號体體]|索引号)\s?[:：]"
)


def _furniture(line: Line, draft: Draft) -> Line:
    """A line of plain text that cleaning takes away as a whole, or that tells of a web page, is furniture."""
    left = line.role is Role.BLANK or draft.clean_span(line.start, line.end) is not None
    return line if left and not _IMPRINT.match(line.text) else replace(line, role=Role.FURNITURE)
