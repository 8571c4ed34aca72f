"""The lines of a draft: what each is for, and the number that opens it, wrong ones included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from analysis.corpus.headings_and_days import ordinal
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


_DIGIT = f"[{_HAN_DIGITS}]"
_MARKS = r"[、.．，,：:。]"
_ORDINALS = (
    (Style.PART, re.compile(rf"第({_DIGIT}{{1,5}})(编|部分)(?=[\s　]|[\u3400-\u9fff])")),
    (Style.CHAPTER, re.compile(rf"第({_DIGIT}{{1,5}}|\d{{1,3}})章(?![的、，。和或至规])")),
    (Style.SECTION, re.compile(rf"第({_DIGIT}{{1,5}}|\d{{1,3}})节(?![的、，。和或至规])")),
    (
        Style.ARTICLE,
        # 第三条、第四条所称 is running text, 第三条、申报条件 a number with a mark.
        re.compile(
            rf"第({_DIGIT}{{1,7}}|\d{{1,4}})条(?:([、．.：:])(?![第\s])(?=[\u3400-\u9fff])|(?![的、，。；）和或至规第款项之所]))"
        ),
    ),
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
        mark = (match[2] or "") if pattern.groups > 1 and style is not Style.PART else ""
        end = start if automatic else start + match.end()
        return Ordinal(style, digits, value, mark, start, end, automatic)
    return None
