"""Which words two texts share in order, in time that grows with their length whatever they hold.

Long runs of words that stand once in both texts are matched first, then shorter ones in what is left between them, as
patience diff does; only small remainders are compared word by word. difflib would need the square of the length, and
the cube for texts made to hurt.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SIZES = (8, 4, 2, 1)  # words in a row that are looked for, the longest first
_SMALL = 2_500  # pairs of words that are compared one by one
_DEEPEST = 24  # splits of a split: what lies deeper counts as different
_WORD = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """``length`` words that are the same from ``one`` in the first list and from ``two`` in the second."""

    one: int
    two: int
    length: int


@dataclass(frozen=True, slots=True)
class _Gap:
    """Parts of both lists that are still to be compared: ``a``–``b`` of the first, ``c``–``d`` of the second."""

    a: int
    b: int
    c: int
    d: int
    level: int
    depth: int


def shared_words(one: Sequence[str], two: Sequence[str]) -> list[Stretch]:
    """Stretches that both lists have, in the order of both; they do not overlap, and none goes on in the next."""
    found: list[Stretch] = []
    gaps = [_Gap(0, len(one), 0, len(two), 0, 0)]
    while gaps:
        gap = _trimmed(one, two, gaps.pop(), found)
        if gap.a == gap.b or gap.c == gap.d:
            continue
        if (gap.b - gap.a) * (gap.d - gap.c) <= _SMALL:
            found += _best(one, two, gap)
        elif gap.depth < _DEEPEST:
            gaps += _between(one, two, gap, found)
    return _joined(found)


def _trimmed(one: Sequence[str], two: Sequence[str], gap: _Gap, found: list[Stretch]) -> _Gap:
    """The gap without what it begins and ends with on both sides, which is put into ``found``."""
    a, b, c, d = gap.a, gap.b, gap.c, gap.d
    while a < b and c < d and one[a] == two[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and one[b - 1] == two[d - 1]:
        b, d = b - 1, d - 1
    if a > gap.a:
        found.append(Stretch(gap.a, gap.c, a - gap.a))
    if b < gap.b:
        found.append(Stretch(b, d, gap.b - b))
    return _Gap(a, b, c, d, gap.level, gap.depth)


def _between(one: Sequence[str], two: Sequence[str], gap: _Gap, found: list[Stretch]) -> list[_Gap]:
    """Split a gap at the longest runs that stand once on both sides; what lies between them is still to be done."""
    for level in range(gap.level, len(_SIZES)):
        anchors = _anchors(one, two, gap, _SIZES[level])
        if not anchors:
            continue
        found += anchors
        left, a, c = [], gap.a, gap.c
        for each in anchors:
            left.append(_Gap(a, each.one, c, each.two, level, gap.depth + 1))
            a, c = each.one + each.length, each.two + each.length
        return [*left, _Gap(a, gap.b, c, gap.d, level, gap.depth + 1)]
    return []


def _anchors(one: Sequence[str], two: Sequence[str], gap: _Gap, size: int) -> list[Stretch]:
    """Runs of ``size`` words that stand once on both sides, as many as are in one order; neighbours join."""
    first, second = _once(one, gap.a, gap.b, size), _once(two, gap.c, gap.d, size)
    common = [(at, second[run]) for run, at in first.items() if run in second]
    kept: list[Stretch] = []
    for at, other in (common[index] for index in longest_rising([other for _, other in common])):
        last = kept[-1] if kept else None
        if last is not None and at - last.one == other - last.two and at <= last.one + last.length:
            kept[-1] = Stretch(last.one, last.two, at + size - last.one)
        elif last is None or (at >= last.one + last.length and other >= last.two + last.length):
            kept.append(Stretch(at, other, size))
    return kept


def _once(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    """Where each run of ``size`` words begins that stands once between ``start`` and ``end``, in order."""
    at: dict[tuple[str, ...], int] = {}
    for place in range(start, end - size + 1):
        run = tuple(words[place : place + size])
        at[run] = -1 if run in at else place
    return {run: place for run, place in at.items() if place >= 0}


def longest_rising(values: Sequence[int]) -> list[int]:
    """Indices of the longest strictly rising subsequence."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
        tail_at[place : place + 1] = [at]
        before.append(tail_at[place - 1] if place else -1)
    chosen: list[int] = []
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        chosen.append(at)
        at = before[at]
    return chosen[::-1]


def _best(one: Sequence[str], two: Sequence[str], gap: _Gap) -> list[Stretch]:
    """The common words of a small gap that weigh most: long words more than short ones, words in a row more."""
    rows, columns = gap.b - gap.a, gap.d - gap.c
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    ending = [[0] * (columns + 1) for _ in range(rows + 1)]  # where the last words of both are a pair; 0: they are none
    for row in range(1, rows + 1):
        word = one[gap.a + row - 1]
        weight = 2 * len(word) if _WORD.match(word) else 1
        above, line, pairs, pairs_above = best[row - 1], best[row], ending[row], ending[row - 1]
        for column in range(1, columns + 1):
            top = max(above[column], line[column - 1])
            if word == two[gap.c + column - 1]:
                run = pairs_above[column - 1]
                pairs[column] = weight + max(above[column - 1], run + 1 if run else 0)
                top = max(top, pairs[column])
            line[column] = top
    return _traced(best, ending, gap)


def _traced(best: Sequence[Sequence[int]], ending: Sequence[Sequence[int]], gap: _Gap) -> list[Stretch]:
    """The pairs that lead to the best sum."""
    row, column = gap.b - gap.a, gap.d - gap.c
    found: list[Stretch] = []
    in_run = False
    while row and column:
        if in_run or (ending[row][column] and ending[row][column] == best[row][column]):
            found.append(Stretch(gap.a + row - 1, gap.c + column - 1, 1))
            row, column = row - 1, column - 1
            run = ending[row][column]
            in_run = bool(run) and run + 1 >= best[row][column]
        elif best[row - 1][column] == best[row][column]:
            row -= 1
        else:
            column -= 1
    return found


def _joined(found: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for each in sorted(found, key=lambda stretch: stretch.one):
        last = joined[-1] if joined else None
        if last and (each.one, each.two) == (last.one + last.length, last.two + last.length):
            joined[-1] = Stretch(last.one, last.two, last.length + each.length)
        else:
            joined.append(each)
    return joined
