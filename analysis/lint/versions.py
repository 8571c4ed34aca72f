"""Two versions of a text, provision by provision: kept, changed, moved, merged, split, added, deleted.

A provision is a numbered line with the paragraphs below it up to the next number, or a paragraph before the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from analysis.lint.draft import Draft, Line, Role
from analysis.similar.nearest import nearest, words_of
from analysis.tokenise import tokens

SIMILAR = 0.35  # cosine from which two provisions are versions of one
_HELD = 0.6  # share of the words of one provision that stand in another which took it in
_CANDIDATES = 5


class Fate(StrEnum):
    """What became of a provision."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    MERGED = "merged"
    SPLIT = "split"
    ADDED = "added"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: its path of numbers, its words without number, and its raw span."""

    index: int
    path: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one side, and whether the other side has them too."""

    words: str
    same: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of old and new provisions. ``moved``: it stands elsewhere among the others.

    ``old_runs`` and ``new_runs`` are the words of each side with what differs set apart; ``notes`` say in a sentence
    each what the change does to strength, numbers, scope and conditions.
    """

    fate: Fate
    old: tuple[Provision, ...]
    new: tuple[Provision, ...]
    moved: bool
    old_runs: tuple[Run, ...]
    new_runs: tuple[Run, ...]
    notes: tuple[str, ...]


def provisions(draft: Draft) -> tuple[Provision, ...]:
    """The provisions of a text in order; title, number, addressee and signature are none."""
    found: list[list[Line]] = []
    for line in draft.lines:
        if line.role not in (Role.BODY, Role.CELL, Role.CAPTION):
            continue
        if line.ordinal is not None or not found or (found[-1][0].ordinal is None and line.role is Role.BODY):
            found.append([line])
        else:
            found[-1].append(line)
    made = []
    for index, lines in enumerate(found):
        first = lines[0]
        number = first.ordinal.end - first.start if first.ordinal else 0
        text = "\n".join([first.text[max(number, 0) :].lstrip(), *(line.text for line in lines[1:])])
        made.append(Provision(index, first.path, text, first.start, lines[-1].end))
    return tuple(made)


def compare_versions(old: Draft, new: Draft) -> tuple[Row, ...]:
    """Every provision of both versions in one row, in the order of the new one; deleted ones where they stood."""
    before, after = provisions(old), provisions(new)
    pairs = _pairs(before, after)
    taken_old, taken_new = {a for a, _ in pairs}, {b for _, b in pairs}
    merged = _held([one for one in before if one.index not in taken_old], after)
    split = _held([one for one in after if one.index not in taken_new], before)
    in_order = _longest_in_order(pairs)
    rows: list[tuple[float, Row]] = []
    for a, b in pairs:
        olds = (before[a], *(one for one in before if merged.get(one.index) == b))
        news = (after[b], *(one for one in after if split.get(one.index) == a))
        rows.append(
            (float(b), _row(tuple(sorted(olds, key=_at)), tuple(sorted(news, key=_at)), (a, b) not in in_order))
        )
    new_of = dict(pairs)
    for one in before:
        if one.index not in taken_old and one.index not in merged:
            above = max((index for index in new_of if index < one.index), default=-1)
            place = new_of[above] + 0.5 if above >= 0 else -0.5
            rows.append((place + one.index / 1e6, _row((one,), (), False)))
    rows += [(float(one.index), _row((), (one,), False)) for one in after if one.index not in taken_new | set(split)]
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _at(provision: Provision) -> int:
    return provision.index


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _pairs(before: Sequence[Provision], after: Sequence[Provision]) -> list[tuple[int, int]]:
    """Which provision became which, one to one: the same words first, then the most similar."""
    pairs: list[tuple[int, int]] = []
    same: dict[str, list[int]] = {}
    for one in after:
        same.setdefault(_bare(one.text), []).append(one.index)
    for one in before:
        if waiting := same.get(_bare(one.text)):
            pairs.append((one.index, waiting.pop(0)))
    taken_old, taken_new = {a for a, _ in pairs}, {b for _, b in pairs}
    rest_old = [one for one in before if one.index not in taken_old]
    rest_new = [one for one in after if one.index not in taken_new]
    near = nearest([one.text for one in rest_old], [one.text for one in rest_new], _CANDIDATES, SIMILAR)
    ranked = sorted(
        (
            (-each.similarity, rest_old[row].index, rest_new[each.index].index)
            for row, candidates in enumerate(near)
            for each in candidates
        )
    )
    for _, a, b in ranked:
        if a not in taken_old and b not in taken_new:
            pairs.append((a, b))
            taken_old.add(a)
            taken_new.add(b)
    return sorted(pairs, key=lambda pair: pair[1])


def _held(rest: Sequence[Provision], others: Sequence[Provision]) -> dict[int, int]:
    """For provisions that became none of their own: the one of the other version that holds most of their words."""
    near = nearest([one.text for one in rest], [one.text for one in others], _CANDIDATES, 0.1)
    held: dict[int, int] = {}
    for one, candidates in zip(rest, near, strict=True):
        words = words_of(one.text)
        for each in candidates:
            other = others[each.index]
            there = set(words_of(other.text))
            if len(words) >= 5 and sum(word in there for word in words) >= _HELD * len(words):
                held[one.index] = other.index
                break
    return held


def _longest_in_order(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The most pairs whose old places rise with their new ones; the others have moved."""
    from bisect import bisect_left

    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = [-1] * len(pairs)
    for at, (old, _) in enumerate(pairs):
        place = bisect_left(tails, old)
        if place == len(tails):
            tails.append(old)
            tail_at.append(at)
        else:
            tails[place], tail_at[place] = old, at
        before[at] = tail_at[place - 1] if place else -1
    kept: set[tuple[int, int]] = set()
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        kept.add(pairs[at])
        at = before[at]
    return kept


def _row(old: tuple[Provision, ...], new: tuple[Provision, ...], moved: bool) -> Row:
    first, second = "\n".join(one.text for one in old), "\n".join(one.text for one in new)
    if not old:
        return Row(Fate.ADDED, (), new, False, (), (Run(second, False),), ())
    if not new:
        return Row(Fate.DELETED, old, (), False, (Run(first, False),), (), ())
    old_runs, new_runs = runs(first, second)
    same = _bare(first) == _bare(second)
    if len(old) > 1:
        fate = Fate.MERGED
    elif len(new) > 1:
        fate = Fate.SPLIT
    elif same:
        fate = Fate.MOVED if moved else Fate.KEPT
    else:
        fate = Fate.CHANGED
    return Row(fate, old, new, moved, old_runs, new_runs, () if same else notes(first, second))


def runs(first: str, second: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two texts word by word: what they share and what only one has. Joined, the runs of a side are its text."""
    one, two = [token.word for token in tokens(first)], [token.word for token in tokens(second)]
    left: list[Run] = []
    right: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=len(one) > 2000).get_opcodes():
        same = tag == "equal"
        if a < b:
            left.append(Run("".join(one[a:b]), same))
        if c < d:
            right.append(Run("".join(two[c:d]), same))
    return tuple(left), tuple(right)


_STRENGTH = {
    "必须": 4, "应当": 3, "应": 3, "不得": 4, "禁止": 4, "严禁": 4, "须": 4,
    "可以": 1, "可": 1, "鼓励": 1, "支持": 1, "原则上": 2, "一般": 2, "力争": 1, "确保": 4,
}  # fmt: skip
_STRONG = re.compile("必须|应当|不得|禁止|严禁|可以|鼓励|支持|原则上|力争|确保")
_NUMBER = re.compile(
    r"\d[\d,.]*\s?(?:万亿|[万亿千百])?(?:[元家项人名个件年月日%％‰]|个百分点)?(?:以上|以下|以内)?|百分之[一二三四五六七八九十百零]+"
)
_SCOPE = re.compile(
    "全国|全省|全市|全县|全区|各地|各类|所有|在川|在京|省属|市属|中央驻\\w|试点|示范区|高新区|民营企业|中小微?企业|高校|高等(?:院校|学校)|科研院所|科研机构"
)
_CONDITION = re.compile(
    r"(?<=[，。；\n])[^，。；\n]{3,40}(?:的|且|后|前提下|条件的)(?=，)|符合[^，。；]{2,30}条件|经[^，。；]{2,20}(?:批准|同意|认定|备案|审核)"
)


def notes(first: str, second: str) -> tuple[str, ...]:
    """What a change does, a sentence each: strength, numbers, scope, conditions."""
    said: list[str] = []
    lost, come = _differing(_STRONG, first, second)
    if lost or come:
        said.append(_strength(lost, come))
    lost, come = _differing(_NUMBER, first, second)
    if lost or come:
        said.append(f"数值：{_from_to(lost, come)}。")
    lost, come = _differing(_SCOPE, first, second)
    if lost or come:
        said.append(f"范围：{_from_to(lost, come)}。")
    lost, come = _differing(_CONDITION, first, second)
    if lost or come:
        said.append(f"条件：{_from_to(lost, come)}。")
    return tuple(said)


def _differing(pattern: re.Pattern[str], first: str, second: str) -> tuple[list[str], list[str]]:
    """What a pattern finds in one text and not so often in the other, each in the order of its text."""
    one, two = pattern.findall(first), pattern.findall(second)
    return _without(one, two), _without(two, one)


def _without(words: Sequence[str], others: Sequence[str]) -> list[str]:
    left = list(others)
    kept = []
    for word in words:
        if word in left:
            left.remove(word)
        else:
            kept.append(word)
    return kept


def _from_to(lost: Sequence[str], come: Sequence[str]) -> str:
    if lost and come:
        return f"由{_quoted(lost)}改为{_quoted(come)}"
    return f"删去{_quoted(lost)}" if lost else f"增加{_quoted(come)}"


def _quoted(words: Sequence[str]) -> str:
    shown = list(dict.fromkeys(words))[:6]
    return "".join(f"“{word.strip()}”" for word in shown) + ("等" if len(set(words)) > 6 else "")


def _strength(lost: Sequence[str], come: Sequence[str]) -> str:
    before = max((_STRENGTH[word] for word in lost), default=0)
    after = max((_STRENGTH[word] for word in come), default=0)
    turn = (
        "，要求加严" if lost and come and after > before else "，要求放宽" if lost and come and after < before else ""
    )
    return f"力度：{_from_to(lost, come)}{turn}。"
