"""What a clause says of strength, numbers, scope and conditions: the words, and how much they ask or limit.

Versions of one provision and clauses of two places are held against each other by these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.grammar import grammar
from analysis.tokenise import tokens


class Kind(StrEnum):
    """What words of a clause are about, in the order in which differences are told."""

    STRENGTH = "力度"
    NUMBER = "数值"
    SCOPE = "范围"
    CONDITION = "条件"


class Turn(StrEnum):
    """What a difference does; of values that are no measure of strictness which is more; OTHER: nothing is plain."""

    STRICTER = "stricter"
    LOOSER = "looser"
    HIGHER = "higher"
    LOWER = "lower"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Term:
    """Words of one kind at their place. Terms of the same ``key`` say the same.

    ``about``: what a limit limits, "" for other terms. ``strict``: how much the words ask, or limit; None where they do
    not say by themselves.
    """

    start: int
    end: int
    words: str
    key: str
    about: str = ""
    strict: int | None = None


def terms(text: str, kind: Kind) -> list[Term]:
    """The terms of one kind in a text, in order."""
    return _FINDERS[kind](text)


def turn_of(before: int, after: int) -> Turn:
    """What becomes of a requirement that goes from one strictness to another."""
    return Turn.STRICTER if after > before else Turn.LOOSER if after < before else Turn.OTHER


def strictness(some: Iterable[Term], about: str) -> int:
    """How much a clause with these terms limits something; 0 where it says nothing of it."""
    return max((each.strict for each in some if each.about == about and each.strict is not None), default=0)


# Strength -------------------------------------------------------------------------------------------------------------

RANKS: Mapping[str, int] = {
    "必须": 4, "须": 4, "务必": 4, "不得": 4, "禁止": 4, "严禁": 4, "不准": 4, "一律": 4,
    "应当": 3, "应": 3, "确保": 3, "要求": 3,
    "原则上": 2, "一般": 2, "力争": 2, "争取": 2, "尽量": 2,
    "可以": 1, "可": 1, "鼓励": 1, "倡导": 1, "探索": 1, "酌情": 1, "视情": 1,
}  # fmt: skip
WEAK, STRICTEST = 2, 4  # up to this rank a word leaves room, from that one on it leaves none
PROHIBITIONS = frozenset(["不得", "禁止", "严禁", "不准"])
_STRENGTH = re.compile(
    "必须|务必|不得|禁止|严禁|不准|一律|应当|确保|原则上|力争|争取|尽量|可以|鼓励|倡导|探索|酌情|视情|要求(?=[企单机院各])"
    "|一般(?!公共|性|预算|纳税|贸易|债)"
)
_LONE = frozenset(["应", "可", "须"])  # only where each is a word of its own


def _strengths(text: str) -> list[Term]:
    found = [(match.start(), match.end(), match[0]) for match in _STRENGTH.finditer(text)]
    found += [(token.start, token.end, token.word) for token in tokens(text) if token.word in _LONE]
    return [Term(start, end, word, word, strict=RANKS[word]) for start, end, word in sorted(found)]


# Numbers --------------------------------------------------------------------------------------------------------------

_DIGITS = "〇零一二两三四五六七八九十百千万亿"
_UNITS = (
    "(?:个工作日|个百分点|个自然日|工作日|自然日|个月|个|周年|年|月|日|天|周|小时|[美欧日]?元|家|人次|人|名|项|件|倍|成|次(?!全会)|条"
    "|平方米|平方公里|公里|亩|岁|%|‰|篇|部|所|支|笔|期|批次)"
)
_BOUND = "(?:不得?(?:低于|少于|高于|多于|超过|晚于|早于)|至少|最高|最低|超过|突破|高于|低于)?"
_NOT_AFTER = f"(?<![第每同任统{_DIGITS}])"
_BESIDE = "(?:以上|以下|以内|之内|左右)?"
_DATE = r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
_NUMBER = re.compile(
    rf"{_DATE}|{_BOUND}(?:(?<![第\d])\d[\d,.]{{0,20}}{_UNITS}?(?:[-—~至到]\d[\d,.]{{0,20}})?(?:(?:万亿|[万亿千百]){_UNITS}?|{_UNITS})"
    rf"|百分之[{_DIGITS}点]{{1,9}}|[{_DIGITS}]{{1,3}}分之[{_DIGITS}]{{1,3}}"
    rf"|{_NOT_AFTER}(?:[{_DIGITS}]{{2,12}}|[二两三四五六七八九十百千万亿]){_UNITS}"
    rf"|{_NOT_AFTER}一(?:个工作日|个月|年(?!度)|日内|周内|[万亿千百]元)){_BESIDE}"
)


def _numbers(text: str) -> list[Term]:
    found = []
    for match in _NUMBER.finditer(text):
        words = re.sub(r"(?<=\d),(?=\d{3})", "", match[0])
        found.append(Term(match.start(), match.end(), words, words))
    return found


# Scope and conditions -------------------------------------------------------------------------------------------------

_SAME_SCOPE = {"高等院校": "高校", "高等学校": "高校", "研究开发机构": "研发机构"}
_CONDITION = re.compile(
    r"(?:^|(?<=[,，。;；:：\n]))[^,，。;；:：\n]{3,60}(?:的|前提下|条件下|基础上|情况下)(?=[,，])"
    r"|(?:^|(?<=[,，。;；:：\n]))(?:经(?![济营费验纪理贸常典])|在|待|须经|报)[^,，。;；:：\n]{2,60}后(?=[,，])"
    r"|符合[^,，。;；:：\n]{1,30}(?:条件|要求|规定)|(?<![已曾财])经(?![济营费验纪理贸常典])[^,，。;；:：\n]{1,20}(?:批准|同意|认定|备案|审核|评审|公示)(?!后)"
)
_MARKS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}
_HALF_WIDTH = re.compile(r"[,;:()](?!\d)")


def _scopes(text: str) -> list[Term]:
    return sorted(_limits(text, "scope"), key=_place)


def _conditions(text: str) -> list[Term]:
    """Limits, and the clauses of a condition that hold none; one that differs in its numbers alone is the same."""
    found = list(_limits(text, "condition"))
    covered = bytearray(len(text))
    for each in found:
        covered[each.start : each.end] = b"\1" * (each.end - each.start)
    for match in _CONDITION.finditer(text):
        if not any(covered[match.start() : match.end()]):
            found.append(Term(match.start(), match.end(), match[0], _NUMBER.sub("0", match[0])))
    return sorted(found, key=_place)


def _limits(text: str, kind: str) -> Iterator[Term]:
    """The limits of one kind; of those that overlap the one whose entry stands first."""
    full = _HALF_WIDTH.sub(lambda mark: _MARKS[mark[0]], text)
    covered = bytearray(len(text))
    for entry in grammar().limits:
        if entry.kind != kind:
            continue
        for match in entry.regex.finditer(full):
            start, end = match.span()
            if start == end or any(covered[start:end]):
                continue
            covered[start:end] = b"\1" * (end - start)
            words = text[start:end]
            yield Term(start, end, words, _SAME_SCOPE.get(words, words), entry.about, entry.strict)


def _place(term: Term) -> tuple[int, int]:
    return term.start, term.end


_FINDERS: Mapping[Kind, Callable[[str], list[Term]]] = {
    Kind.STRENGTH: _strengths,
    Kind.NUMBER: _numbers,
    Kind.SCOPE: _scopes,
    Kind.CONDITION: _conditions,
}

_MOST = 6  # words that a sentence names of each kind


def quoted(words: Sequence[str]) -> str:
    """Words as a sentence names them, each once, the first few of many."""
    different = list(dict.fromkeys(words))
    return "、".join(f"“{word}”" for word in different[:_MOST]) + ("等" if len(different) > _MOST else "")
