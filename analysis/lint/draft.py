"""A draft as the rules see it: its lines with their roles and numbers, the tree of its numbers, and what it says.

Rules look at ``Draft.text``. That is the text as received (for a Word file the text of its body paragraphs and table
cells in document order, joined by line ends), but for texts whose lines are wrapped by hand or by a page: there it is
the cleaned text, whose lines are paragraphs. ``Draft.received_span`` carries a span back to the text as received, and
``Draft.text_span`` a span of the reading to ``Draft.text``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from analysis.corpus.headings_and_days import ordinal
from analysis.model import Document, Point, Reading
from analysis.word.layout import Layout
from analysis.word.paragraphs import Cell

_HAN_DIGITS = "〇零一二三四五六七八九十百廿卅"


class Style(StrEnum):
    """A series of numbers, from the highest to the lowest."""

    PART = "part"  # 第一编, 第一部分
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第一条
    CHINESE = "chinese"  # 一、
    BRACKETED = "bracketed"  # （一）
    ARABIC = "arabic"  # 1.
    ARABIC_BRACKETED = "arabic_bracketed"  # （1）
    CIRCLED = "circled"  # ①
    LETTER = "letter"  # a.
    FIRST = "first"  # 第一，

    @property
    def rank(self) -> int:
        """0 for the highest series."""
        return list(Style).index(self)


class Role(StrEnum):
    """What a line is for."""

    BLANK = "blank"
    TITLE = "title"
    NUMBER = "number"  # 发文字号
    ADDRESSEE = "addressee"  # 主送机关
    BODY = "body"
    CAPTION = "caption"  # 表1 …
    CELL = "cell"
    FURNITURE = "furniture"  # what a web page puts around a text: 【字体：大 中 小】
    ENCLOSURE_LIST = "enclosure_list"  # 附件：1.…
    ENCLOSURE = "enclosure"  # the line 附件1 above an enclosure
    SIGNATURE = "signature"
    DATE = "date"  # 成文日期


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The number that opens a line. ``digits`` and ``mark`` as written; ``value`` None where it is malformed.

    ``start``–``end`` bound number and mark; both are the start of the line where Word numbers it automatically.
    """

    style: Style
    digits: str
    value: int | None
    mark: str
    start: int
    end: int
    automatic: bool = False

    @property
    def cited(self) -> str:
        """As clauses are cited: 一, （四）, 1, 第三条."""
        units = {Style.ARTICLE: "条", Style.CHAPTER: "章", Style.SECTION: "节", Style.PART: "部分"}
        if self.style in units:
            return f"第{self.digits}{units[self.style]}"
        return f"（{self.digits}）" if self.style in (Style.BRACKETED, Style.ARABIC_BRACKETED) else self.digits


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it; ``part`` counts the texts of a file (letter, enclosures) from 0."""

    index: int
    start: int
    end: int
    text: str
    indent: int
    role: Role
    part: int
    ordinal: Ordinal | None = None
    cell: Cell | None = None
    path: str = ""  # the numbers it stands under, its own included: 二/（四）

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where the words of a match in ``text`` stand in the draft."""
        return self.start + match.start(), self.start + match.end()


@dataclass(frozen=True, slots=True)
class Node:
    """A numbered line in the tree of numbers. ``siblings`` names the list that it belongs to, ``parent`` its node."""

    line: Line
    ordinal: Ordinal
    parent: int | None
    siblings: int


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
        return (start, end) if self.offsets is not None else self.reading.document.raw_span(start, end)

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


_DIGIT = f"[{_HAN_DIGITS}]"
_MARKS = r"[、.．，,：:。]"
_ORDINALS = (
    (Style.PART, re.compile(rf"第({_DIGIT}{{1,5}})(编|部分)(?=[\s　]|[\u3400-\u9fff])")),
    (Style.CHAPTER, re.compile(rf"第({_DIGIT}{{1,5}}|\d{{1,3}})章(?![的、，。和或至规])")),
    (Style.SECTION, re.compile(rf"第({_DIGIT}{{1,5}}|\d{{1,3}})节(?![的、，。和或至规])")),
    (Style.ARTICLE, re.compile(rf"第({_DIGIT}{{1,7}}|\d{{1,4}})条(?![的、，。；）和或至规第款项之所])")),
    (Style.FIRST, re.compile(rf"第({_DIGIT}{{1,3}})([，,、：:])")),
    (Style.BRACKETED, re.compile(rf"[（(]\s?({_DIGIT}{{1,6}})\s?[）)]({_MARKS}?)")),
    # 一、二等奖 is running text.
    (Style.CHINESE, re.compile(rf"({_DIGIT}{{1,6}})({_MARKS})(?!{_DIGIT}{{1,2}}(?:[、和及等级类档期批]|$))")),
    (Style.ARABIC_BRACKETED, re.compile(rf"[（(]\s?(\d{{1,3}})\s?[）)]({_MARKS}?)")),
    (Style.ARABIC, re.compile(r"(\d{1,3})([、.．，)）])(?!\d|(?:jpe?g|png|gif|bmp|docx?|pdf|xlsx?|com|cn)\b)")),
    (Style.CIRCLED, re.compile(r"([①-⑳])([、.．]?)")),
    (Style.LETTER, re.compile(r"([a-zA-Z])([.．、)）])(?=[\u3400-\u9fff])")),
)
_WELL_FORMED = re.compile(
    r"(?:[一二三四五六七八九]?百(?:零[一二三四五六七八九]|[一二三四五六七八九]十[一二三四五六七八九]?)?"
    r"|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
)


def ordinal_of(text: str, start: int = 0, automatic: bool = False) -> Ordinal | None:
    """The number that opens a line, malformed ones included (一十二、, (三), （三）、); None where there is none."""
    for style, pattern in _ORDINALS:
        match = pattern.match(text)
        if not match:
            continue
        digits = match[1]
        value: int | None
        if style is Style.CIRCLED:
            value = ord(digits) - ord("①") + 1
        elif style is Style.LETTER:
            value = ord(digits.lower()) - ord("a") + 1
        elif digits.isdecimal():
            value = int(digits)
        else:
            value = ordinal(digits) if _WELL_FORMED.fullmatch(digits) else None
        mark = match[2] if pattern.groups > 1 and style is not Style.PART else ""
        end = start if automatic else start + match.end()
        return Ordinal(style, digits, value, mark, start, end, automatic)
    return None


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
    layout: Layout | None = None,
) -> Draft:
    """A draft from its raw text and what was read from it.

    ``labels`` are the automatic numbers of a Word file and ``cells`` the places of table cells, one for each line of
    ``raw``; both empty for plain text.
    """
    document = reading.document
    wrapped = not cells and _wrapped(raw, document.text)
    text = document.text if wrapped else raw
    lines = _lines(text, labels, cells)
    if not wrapped and not cells:
        lines = [_furniture(line, document) for line in lines]
    lined, nodes = _numbered(_with_roles(lines))
    offsets = document.offsets if wrapped else None
    return Draft(name, raw, text, offsets, lined, nodes, reading, points, peers, earlier, layout=layout)


def _wrapped(raw: str, cleaned: str) -> bool:
    """Whether paragraphs go on over several lines: cleaning, which joins them, leaves far fewer lines with words."""
    before = sum(bool(line.strip()) for line in raw.split("\n"))
    after = sum(bool(line.strip()) for line in cleaned.split("\n"))
    return before > 12 and before > 1.6 * after


def _lines(raw: str, labels: Sequence[str], cells: Sequence[Cell | None]) -> list[Line]:
    found = []
    offset = 0
    for index, whole in enumerate(raw.split("\n")):
        text = whole.strip()
        indent = len(whole) - len(whole.lstrip())
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


def _furniture(line: Line, document: Document) -> Line:
    """A line of plain text that cleaning takes away as a whole, or that tells of a web page, is furniture."""
    left = line.role is Role.BLANK or document.clean_span(line.start, line.end) is not None
    return line if left and not _IMPRINT.match(line.text) else replace(line, role=Role.FURNITURE)


_NUMBER_LINE = re.compile(
    r"[\u3400-\u9fff]{1,14}\s?[〔\[［（(【﹝]\s?(?:\d{2,4}|[\dXx×]{4})\s?[〕\]］）)】﹞]\s?第?[\s\d〇零一二三四五六七八九十XxＸ×]*号"
)
_DATE_LINE = re.compile(r"(?:[\dXx×]{2,4}|[〇○零一二三四五六七八九]{4})\s?[年.]\s?\S{1,3}\s?[月.]\s?(?:\S{1,3}\s?日?)?")
_ADDRESSEE = re.compile(
    r"(?:各|省|市|州|县|区|有关|你|国务院|中央|机关|厅|局|委|部).{0,300}(?:[：:，、；;]|[^。；！？])"
)
# Nothing but the names of bodies, whatever mark ends the line.
_BODIES = re.compile(
    r"(?:[^，、；。：\s]{1,24}(?:厅|局|委|部|办|政府|单位|部门|机构|院所|院校|学校|企业|公司|园区|高校|管委会|委员会|中心)[，、；]?){1,20}[。；]"
)
_CAPTION = re.compile(r"[表图]\s?[\d一二三四五六七八九十]{1,3}(?:[\s　：:．.]|[-－—]\d).{0,60}")
_ENCLOSURE = re.compile(r"附[件录表]?\s?[\d一二三四五六七八九十]{0,2}[：:]?")
_ENCLOSURE_LIST = re.compile(r"附件?[：:]\s?\S.*")
_ENDS_SENTENCE = ("。", "；", "！", "？", ";", "!", "?")


def _with_roles(lines: list[Line]) -> list[Line]:
    """Give each line its role and the part of the file it belongs to."""
    roles = [line.role for line in lines]
    reader = _Roles(lines, roles)
    parts = [reader.take(at) for at in range(len(lines))]
    return [
        replace(line, role=role, part=part, ordinal=line.ordinal if role is Role.BODY else None)
        for line, role, part in zip(lines, roles, parts, strict=True)
    ]


@dataclass(slots=True)
class _Roles:
    """Goes through the lines once. ``heading``: above the running text of a part; ``listing``: in a list of enclosures;
    ``closed``: behind the date that ends a part."""

    lines: list[Line]
    roles: list[Role]
    part: int = 0
    heading: bool = True
    listing: bool = False
    closed: bool = False

    def take(self, at: int) -> int:
        """Set the role of a line; the part it belongs to."""
        line = self.lines[at]
        if line.role is Role.CELL:
            self.heading = False
        elif line.role not in (Role.BLANK, Role.FURNITURE):
            if self._opens_part(line):
                self.part, self.heading, self.closed, self.listing = self.part + 1, True, False, False
            self.roles[at] = self._role(line, at)
        return self.part

    def _opens_part(self, line: Line) -> bool:
        """An enclosure, or what a letter sends: a title behind its date."""
        if _ENCLOSURE.fullmatch(line.text):
            return True
        title = len(line.text) <= 60 and line.ordinal is None and not _DATE_LINE.fullmatch(line.text)
        return self.closed and title and not line.text.endswith(_ENDS_SENTENCE)

    def _role(self, line: Line, at: int) -> Role:
        if _ENCLOSURE.fullmatch(line.text):
            return Role.ENCLOSURE
        if not self.heading and _ENCLOSURE_LIST.match(line.text):
            self.listing = True
        elif self.listing and (line.ordinal is None or line.ordinal.style is not Style.ARABIC):
            self.listing = False
        if self.listing:
            return Role.ENCLOSURE_LIST
        if self.heading:
            role, self.heading = _head(line, self.lines, at)
            return role
        if _DATE_LINE.fullmatch(line.text) and _last_words(self.lines, at):
            self.closed = True
            _sign(self.lines, self.roles, at)
            return Role.DATE
        return Role.CAPTION if _CAPTION.fullmatch(line.text) else Role.BODY


def _head(line: Line, lines: list[Line], at: int) -> tuple[Role, bool]:
    """The role of a line above the running text of a part, and whether the next one is still above it."""
    if _NUMBER_LINE.fullmatch(line.text):
        return Role.NUMBER, True
    if _named_above(lines, at) and _BODIES.fullmatch(line.text) and not line.indent:
        return Role.ADDRESSEE, False
    if line.ordinal is not None or line.text.endswith(_ENDS_SENTENCE) or "。" in line.text:
        return Role.BODY, False
    if _CAPTION.fullmatch(line.text):
        return Role.CAPTION, True
    if _named_above(lines, at) and _ADDRESSEE.fullmatch(line.text) and not line.indent:
        return Role.ADDRESSEE, False
    if len(line.text) <= 60 and not line.text.endswith(("：", ":", "，")):
        return Role.TITLE, True
    return Role.BODY, False


def _named_above(lines: list[Line], at: int) -> bool:
    """Whether a title that ends in the kind of document, or a number, stands above: what follows is no title."""
    above = _above_line(lines, at)
    return above is not None and (
        _NUMBER_LINE.fullmatch(above.text) is not None
        or re.search("(?:通知|通告|公告|意见|函|请示|报告|批复|决定|通报|公报)$", above.text) is not None
    )


def _above_line(lines: list[Line], at: int) -> Line | None:
    """The line with words above line ``at``, within thirty."""
    return next((lines[above] for above in range(at - 1, max(at - 31, -1), -1) if lines[above].text), None)


def _last_words(lines: list[Line], at: int) -> bool:
    """Whether a date stands where a signature ends: alone, with nothing or an enclosure behind, or a signer above."""
    above = _above_line(lines, at)
    return above is not None and not above.cell and (len(above.text) <= 40 or above.text.endswith("。"))


def _sign(lines: list[Line], roles: list[Role], at: int) -> None:
    """Mark the short lines right above a date as its signers."""
    for above in range(at - 1, max(at - 4, -1), -1):
        line = lines[above]
        if roles[above] is Role.BLANK:
            continue
        if roles[above] is not Role.BODY or line.ordinal or len(line.text) > 40:
            return
        if line.text.endswith(_ENDS_SENTENCE) or re.search("[：:。]", line.text):
            return
        roles[above] = Role.SIGNATURE


def _numbered(lines: list[Line]) -> tuple[tuple[Line, ...], tuple[Node, ...]]:
    """The tree of numbers, and the lines with their paths.

    A series that is open takes a number up again; one that is not opens below the last number. Numbers of a new part
    start anew.
    """
    nodes: list[Node] = []
    done: list[Line] = []
    stack: list[int] = []  # open nodes, the outermost first
    lists, part, name = 0, 0, ""
    for line in lines:
        if line.part != part:
            part, stack, name = line.part, [], ""
        if line.role is Role.ENCLOSURE:
            name = re.sub(r"[\s：:]", "", line.text)
        number = line.ordinal
        if number is not None:
            depth = next((at for at, node in enumerate(stack) if nodes[node].ordinal.style is number.style), None)
            if depth is None:
                depth = _above(nodes, stack, number)
                lists += 1
                siblings = lists
            else:
                siblings = nodes[stack[depth]].siblings
            del stack[depth:]
            nodes.append(Node(line, number, stack[-1] if stack else None, siblings))
            stack.append(len(nodes) - 1)
        path = "/".join([*([name] if name else []), *(nodes[node].ordinal.cited for node in stack)])
        placed = replace(line, path=path)
        done.append(placed)
        if number is not None:
            nodes[-1] = Node(placed, number, nodes[-1].parent, nodes[-1].siblings)
    return tuple(done), tuple(nodes)


def _above(nodes: list[Node], stack: list[int], number: Ordinal) -> int:
    """How many open numbers a new series stands below: chapters and articles close what is lower than they are."""
    if number.style in (Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE):
        return sum(nodes[node].ordinal.style.rank < number.style.rank for node in stack)
    return len(stack)
