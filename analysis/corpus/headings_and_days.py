"""How headings are numbered in Chinese policies and statutes, and how days are written:
2022年9月23日, 二〇二二年九月二十三日, 2022-09-23, 2022.9.23, 2022年9月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DIGITS = "〇零一二三四五六七八九十百"
# One alternative for each kind; the group's name is the kind.
MARKER = re.compile(
    rf"(?P<part>第[{_DIGITS}]{{1,5}}[编編])(?:[ ]|(?=[^的、，和或]))"
    rf"|(?P<chapter>第(?:[{_DIGITS}]{{1,5}}|\d{{1,3}})(?:章|部分))(?:[ ]|(?=[^的、，。和或至规規]))"
    rf"|(?P<section>第(?:[{_DIGITS}]{{1,5}}|\d{{1,3}})[节節])(?:[ ]|(?=[^的、，。和或至规規]))"
    rf"|(?P<article>第(?:[{_DIGITS}]{{1,7}}|\d{{1,4}})[条條](?:之[一二三四五六七八九十])?)"
    rf"(?:[ ]|(?=[^ 的、，。；）和或至规規第款项之所]))"
    # 一、二等奖 is running text.
    rf"|(?P<chinese>[{_DIGITS}]{{1,4}})[、.．](?![{_DIGITS}]{{1,2}}(?:[、和及等级类档期批]|$))"
    rf"|(?P<bracketed>[（(][ ]?[{_DIGITS}]{{1,4}}[ ]?[）)])、?"
    r"|(?P<arabic>\d{1,2})(?:[、．]|\.(?!\d))[ ]?"
    r"|(?P<arabic_bracketed>[（(][ ]?\d{1,2}[ ]?[）)])(?=[ ]?[\u3400-\u9fff“《])"
    r"|(?P<circled>[①-⑳])(?=[ ]?[\u3400-\u9fff“《])"
)
# Questions and answers of a page: 问：…, 答：…, Q1：…, A：…
QUESTION = re.compile(r"(?:问(?:题)?[ ]?[一二三四五六七八九十\d]{0,2}|Q[ ]?\d{0,2})[：:、.．][ ]?(?=[^ ])")
ANSWER = re.compile(r"(?:答|答复|A[ ]?\d{0,2})[：:]")
_BLOCK = re.compile(
    rf"{MARKER.pattern}|{QUESTION.pattern}|{ANSWER.pattern}"
    r"|——(?=[\u3400-\u9fff“])|附[件录表][一二三四五六七八九十\d]{0,2}[：:]?(?:$|[\u3400-\u9fff《])|附[：:]"
)
_VALUES = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}


def starts_block(line: str) -> bool:
    """Whether a line opens with a numbered heading, a question or its answer, a dash item or the word 附件."""
    return _BLOCK.match(line) is not None


def ordinal(number: str) -> int | None:
    """The value of a heading number as written: 第二十一条, （四）, 3. None where there is no number."""
    digits = re.search(rf"\d+|[{_DIGITS}]+", number)
    if digits is None:
        return None
    if digits.group().isdecimal():
        return int(digits.group())
    total, current = 0, 0
    for character in digits.group():
        if character == "百":
            total, current = total + max(current, 1) * 100, 0
        elif character == "十":
            total, current = total + max(current, 1) * 10, 0
        else:
            current = current * 10 + _VALUES[character] if current else _VALUES[character]
    return total + current


_ZERO = "〇○零Ｏ◯0O"
_YEAR = rf"(?:(?:19|20)\d\d|[一二][{_ZERO}一二三四五六七八九]{{3}})"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_DATE = re.compile(
    rf"(?<!\d)(?P<year>{_YEAR}) ?年 ?(?P<month>{_NUMBER}) ?月(?: ?(?P<day>{_NUMBER}) ?[日号])?"
    r"|(?<![\d.-])(?P<y>(?:19|20)\d\d)(?P<mark>[-./])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?![\d.-])"
)
_YEAR_DIGITS = str.maketrans("一二三四五六七八九" + _ZERO, "123456789" + "0" * len(_ZERO))


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a text: its place and its ISO form, as precise as written (``2022-09-23`` or ``2022-09``)."""

    start: int
    end: int
    iso: str

    @property
    def whole(self) -> bool:
        """Whether year, month and day are known."""
        return len(self.iso) == 10


def days(text: str) -> tuple[Day, ...]:
    """Every date in ``text`` in order; what is no date of the calendar (2022年13月) is left out."""
    found = (Day(*one.span(), _iso(one)) for one in _DATE.finditer(text))
    return tuple(day for day in found if day.iso)


def only_day(line: str) -> Day | None:
    """The date that is all a line holds, perhaps in brackets."""
    bare = line.strip(" （()）")
    found = _DATE.match(bare)
    iso = _iso(found) if found and found.end() == len(bare) else ""
    return Day(0, len(bare), iso) if iso else None


def years_later(iso: str, years: int) -> str:
    """The last day of ``years`` years that begin on day ``iso``: 2022-01-01 and 5 -> 2026-12-31."""
    first = date.fromisoformat(iso)
    try:
        after = first.replace(year=first.year + years)
    except ValueError:  # 29 February
        after = date(first.year + years, 3, 1)
    return date.fromordinal(after.toordinal() - 1).isoformat()


def _iso(found: re.Match[str]) -> str:
    year = int(found["y"] or found["year"].translate(_YEAR_DIGITS))
    month = int(found["m"] or _number(found["month"]))
    day = int(found["d"] or (_number(found["day"]) if found["day"] else 0))
    try:
        checked = date(year, month, day or 1)
    except ValueError:
        return ""
    return checked.isoformat() if day else checked.isoformat()[:7]


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return ordinal(written.replace("廿", "二十").replace("卅", "三十")) or 0
