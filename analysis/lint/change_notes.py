"""What a change of a provision does to strength, numbers, scope and conditions, a sentence each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analysis.lint.changed_words import Run, written_anew
from analysis.lint.provisions import folded
from analysis.tokenise import tokens

_MOST = 6  # words that a sentence names of each kind
_SIDE_BY_SIDE = 3  # words of a change that are told as having become others; more are said to be gone and new
_SHORT = 16  # characters of a change in which a word of strength alone was put in or taken out

_RANKS = {
    "必须": 4, "须": 4, "务必": 4, "不得": 4, "禁止": 4, "严禁": 4, "不准": 4, "一律": 4,
    "应当": 3, "应": 3, "确保": 3, "要求": 3,
    "原则上": 2, "一般": 2, "力争": 2, "争取": 2, "尽量": 2,
    "可以": 1, "可": 1, "鼓励": 1, "倡导": 1, "探索": 1, "酌情": 1, "视情": 1,
}  # fmt: skip
_WEAK, _STRICTEST = 2, 4  # up to this rank a word leaves room, from that one on it leaves none
_STRENGTH = re.compile(
    "必须|务必|不得|禁止|严禁|不准|一律|应当|确保|原则上|力争|争取|尽量|可以|鼓励|倡导|探索|酌情|视情|要求(?=[企单机院各])"
    "|一般(?!公共|性|预算|纳税|贸易|债)"
)
_LONE = frozenset(["应", "可", "须"])  # only where each is a word of its own

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
_SCOPE = re.compile(
    "全国|全省|全市|全县|全区|全州|各地|各类|各级|所有|任何|试点|示范区|高新区|经开区|自贸(?:试验)?区|[在驻][京津沪渝川黑吉辽鲁苏浙皖闽赣豫鄂湘粤桂琼黔滇藏陕甘青宁新]"
    "|省属|市属|部属|中央驻.|民营企业|国有企业|外资企业|科技型中小企业|高新技术企业|中小微企业|中小企业|小微企业|规模以上|上市公司"
    "|事业单位|社会组织|高校院所|高校|高等院校|高等学校|科研院所|科研机构|研究开发机构|新型研发机构|研发机构|技术转移机构|个人|自然人"
)
_SAME_SCOPE = {"高等院校": "高校", "高等学校": "高校", "研究开发机构": "研发机构"}
_CONDITION = re.compile(
    r"(?:^|(?<=[,，。;；:：\n]))[^,，。;；:：\n]{3,60}(?:的|前提下|条件下|基础上|情况下)(?=[,，])"
    r"|(?:^|(?<=[,，。;；:：\n]))(?:经(?![济营费验纪理贸常典])|在|待|须经|报)[^,，。;；:：\n]{2,60}后(?=[,，])"
    r"|符合[^,，。;；:：\n]{1,30}(?:条件|要求|规定)|(?<![已曾财])经(?![济营费验纪理贸常典])[^,，。;；:：\n]{1,20}(?:批准|同意|认定|备案|审核|评审|公示)(?!后)"
)


@dataclass(frozen=True, slots=True)
class _Side:
    """A version in half width, and what differs in it: by how many stretches that are the same stand before it."""

    text: str
    gaps: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of one kind that are gone and that are new in one place.

    ``length``: characters of the longer side; ``replaced``: other words stand there instead.
    """

    lost: list[str]
    come: list[str]
    length: int
    replaced: bool = False


_Words = list[tuple[int, int, str]]  # start, end, what is said


def notes(old: Sequence[Run], new: Sequence[Run]) -> tuple[str, ...]:
    """What a change does, a sentence each: strength, numbers, scope, conditions.

    Of a provision that was written anew only the numbers are named, and that it was.
    """
    one, two = _side(old), _side(new)
    anew = written_anew(old, new)
    numbers = _sentence("数值", _changes(one, two, _numbers, str), together=anew)
    if anew:
        return tuple(said for said in (numbers, "文字：整条改写，两稿相同的字不多。") if said)
    scope = _changes(one, two, _scopes, _scope_key, once=True)
    conditions = _changes(one, two, _conditions, _without_numbers)
    said = (_strength(one, two), numbers, _sentence("范围", scope), _sentence("条件", conditions))
    return tuple(sentence for sentence in said if sentence)


def _side(runs: Sequence[Run]) -> _Side:
    parts: list[str] = []
    gaps: dict[int, tuple[int, int]] = {}
    at = same = 0
    for run in runs:
        words = "\n".join(map(folded, run.words.split("\n")))
        if run.same:
            gaps.setdefault(same, (at, at))
            same += 1
        else:
            gaps[same] = (at, at + len(words))
        parts.append(words)
        at += len(words)
    gaps.setdefault(same, (at, at))
    return _Side("".join(parts), gaps)


def _changes(
    one: _Side, two: _Side, find: Callable[[str], _Words], key: Callable[[str], str], once: bool = False
) -> list[_Change]:
    """What a kind of words lost and won in each place that differs.

    What stands on the other side too is neither, wherever it stands there: as often, or with ``once`` at all.
    """
    first, second = find(one.text), find(two.text)
    gone = _beyond(first, second, key, once)
    come = _beyond(second, first, key, once)
    left, right = _by_gap(one, gone), _by_gap(two, come)
    found = []
    for gap in sorted(left.keys() | right.keys()):
        sizes = [side.gaps[gap][1] - side.gaps[gap][0] if gap in side.gaps else 0 for side in (one, two)]
        found.append(_Change(left.get(gap, []), right.get(gap, []), max(sizes), min(sizes) > 0))
    return found


def _beyond(some: _Words, others: _Words, key: Callable[[str], str], once: bool) -> _Words:
    left = Counter(key(said) for _, _, said in others)
    found = []
    for each in some:
        name = key(each[2])
        if left[name]:
            left[name] -= 0 if once else 1
        else:
            found.append(each)
    return found


def _by_gap(side: _Side, words: _Words) -> dict[int, list[str]]:
    """The words by the place that differs and that they touch; those that touch none were moved, or said more often."""
    found: dict[int, list[str]] = {}
    gaps = iter(sorted(side.gaps.items(), key=lambda item: item[1]))
    number, (start, end) = next(gaps)
    for first, last, said in words:
        while end < first:
            following = next(gaps, None)
            if following is None:
                return found
            number, (start, end) = following
        if start <= last:
            found.setdefault(number, []).append(said)
    return found


# Strength -------------------------------------------------------------------------------------------------------------


def _strength(one: _Side, two: _Side) -> str:
    """Words of strength that were replaced, put in or taken out in their place; whole sentences say it themselves."""
    changes = [
        change
        for change in _changes(one, two, _strong, str)
        if (change.lost and change.come) or change.length <= _SHORT
    ]
    lost, come = ([word for each in changes for word in side(each)] for side in (_lost, _come))
    if len(lost) == len(come) == 1:
        changes = [_Change(lost, come, 0)]
    turns = {_turn(each) for each in changes}
    return _sentence("力度", changes, turn=turns.pop() if len(turns) == 1 else "")


def _lost(change: _Change) -> list[str]:
    return change.lost


def _come(change: _Change) -> list[str]:
    return change.come


def _strong(text: str) -> _Words:
    """The words of strength of a text in order."""
    found = [(match.start(), match.end(), match[0]) for match in _STRENGTH.finditer(text)]
    found += [(token.start, token.end, token.word) for token in tokens(text) if token.word in _LONE]
    return sorted(found)


def _turn(change: _Change) -> str:
    """Whether the requirement has become stricter or looser, where that is plain; "" otherwise."""
    lost, come = ([_RANKS[word] for word in words] for words in (change.lost, change.come))
    if lost and come:
        stricter, looser = min(come) > max(lost), max(come) < min(lost)
    elif change.replaced:  # by what has a strength of its own
        return ""
    elif lost:  # 应当 alone may go without a loss: what is said outright binds too
        stricter, looser = max(lost) <= _WEAK, min(lost) >= _STRICTEST
    else:
        stricter, looser = min(come) > _WEAK, max(come) <= _WEAK
    return "，要求加严" if stricter else "，要求放宽" if looser else ""


# Numbers, scope, conditions -------------------------------------------------------------------------------------------


def _numbers(text: str) -> _Words:
    return [
        (match.start(), match.end(), re.sub(r"(?<=\d),(?=\d{3})", "", match[0])) for match in _NUMBER.finditer(text)
    ]


def _scopes(text: str) -> _Words:
    return [(match.start(), match.end(), match[0]) for match in _SCOPE.finditer(text)]


def _scope_key(word: str) -> str:
    return _SAME_SCOPE.get(word, word)


def _conditions(text: str) -> _Words:
    return [(match.start(), match.end(), match[0]) for match in _CONDITION.finditer(text)]


def _without_numbers(words: str) -> str:
    """A condition that differs in its numbers alone is the same: these are named by themselves."""
    return _NUMBER.sub("0", words)


def _sentence(what: str, changes: Sequence[_Change], turn: str = "", together: bool = False) -> str:
    """One sentence; "" where nothing differs. ``together``: what is gone and what is new are no pairs."""
    said = list(_said(changes, together))
    return f"{what}：{'，'.join(said)}{turn}。" if said else ""


def _said(changes: Sequence[_Change], together: bool) -> Iterator[str]:
    paired = [
        each
        for each in changes
        if each.lost and each.come and not together and max(len(each.lost), len(each.come)) <= _SIDE_BY_SIDE
    ]
    for each in paired[:_MOST]:
        yield f"由{_quoted(each.lost)}改为{_quoted(each.come)}"
    others = [each for each in changes if each not in paired[:_MOST]]
    if lost := [word for each in others for word in each.lost]:
        yield f"删去{_quoted(lost)}"
    if come := [word for each in others for word in each.come]:
        yield f"增加{_quoted(come)}"


def _quoted(words: Sequence[str]) -> str:
    different = list(dict.fromkeys(words))
    return "、".join(f"“{word}”" for word in different[:_MOST]) + ("等" if len(different) > _MOST else "")
