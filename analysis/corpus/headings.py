"""How headings are numbered in Chinese policies and statutes."""

from __future__ import annotations

import re

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
