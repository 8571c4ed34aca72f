"""From bare lines to lines with their roles, their parts and the tree of their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.lint.lines import Line, Node, Ordinal, Role, Style

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
_ENCLOSURE_LIST = re.compile(r"附(?:件\s?\d{0,2})?[：:]\s?\S.*")
_ENDS_SENTENCE = ("。", "；", "！", "？", ";", "!", "?")


def with_roles(lines: list[Line]) -> list[Line]:
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
    if line.ordinal is None and (line.text.count("|") > 1 or "\t" in line.text):
        return Role.BODY, False  # a row of a table
    if _CAPTION.fullmatch(line.text) and "。" not in line.text[:-1]:
        return Role.CAPTION, True
    if line.ordinal is not None or line.text.endswith(_ENDS_SENTENCE) or "。" in line.text:
        return Role.BODY, False
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


def tree_of_numbers(lines: list[Line]) -> tuple[tuple[Line, ...], tuple[Node, ...]]:
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
