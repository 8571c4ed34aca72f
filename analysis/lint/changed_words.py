"""The words of two versions of a provision: what they share, and what only one has in a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.lint.provisions import folded
from analysis.similar.word_alignment import shared_words
from analysis.tokenise import tokens

_SIGNS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
REWRITTEN = 0.35  # share of common characters below which a provision was written anew
_CONTAINED = 0.6  # share of the shorter version from which the longer one has it, with words put in
_LEAST_SHARED = 6  # characters in a row that mean something in one that was written anew
_LONG_CHANGE = 6  # characters of a change that swallows a lone character before or behind it


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one side, and whether the other side has them too, in their place."""

    words: str
    same: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """Words ``a``–``b`` of the first text and ``c``–``d`` of the second."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def runs(first: str, second: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two texts word by word: what they share and what only one has. Joined, the runs of a side are its text.

    Blanks, and full or half width, make no difference.
    """
    one, two = _words(first), _words(second)
    parts = _parts([folded(word) for word in one], [folded(word) for word in two])
    left = [Run("".join(one[part.a : part.b]), part.same) for part in parts if part.a < part.b]
    right = [Run("".join(two[part.c : part.d]), part.same) for part in parts if part.c < part.d]
    return tuple(left), tuple(right)


def written_anew(old: Sequence[Run], new: Sequence[Run]) -> bool:
    """Whether two versions have little in common, and the shorter one does not stand in the longer one."""
    every = [sum(len(folded(run.words)) for run in side) for side in (old, new)]
    same = [sum(len(folded(run.words)) for run in side if run.same) for side in (old, new)]
    return sum(same) < REWRITTEN * sum(every) and min(same) < _CONTAINED * min(every)


def _words(text: str) -> list[str]:
    """The words of a text; blanks belong to the word before them, those at the beginning to the first."""
    found: list[str] = []
    blank = ""
    for token in tokens(text):
        if found and not token.word.strip():
            found[-1] += token.word
        elif token.word.strip():
            found.append(blank + token.word)
            blank = ""
        else:
            blank += token.word
    return [*found, blank] if blank else found


def _parts(one: Sequence[str], two: Sequence[str]) -> list[_Part]:
    parts: list[_Part] = []
    a = c = 0
    for each in shared_words(one, two):
        if a < each.one or c < each.two:
            parts.append(_Part(False, a, each.one, c, each.two))
        a, c = each.one + each.length, each.two + each.length
        parts.append(_Part(True, each.one, a, each.two, c))
    if a < len(one) or c < len(two):
        parts.append(_Part(False, a, len(one), c, len(two)))
    return _without_islands(parts, one, two)


def _without_islands(parts: Sequence[_Part], one: Sequence[str], two: Sequence[str]) -> list[_Part]:
    """The parts without what is shared by accident between two changes: a mark or a character beside a long change.

    In a provision that was written anew a few characters in a row mean nothing either.
    """
    every = sum(map(len, one)) + sum(map(len, two))
    shared = 2 * sum(len(word) for part in parts if part.same for word in one[part.a : part.b])
    least = _LEAST_SHARED if shared < REWRITTEN * every else 2
    sizes = [max(_signs(one[part.a : part.b]), _signs(two[part.c : part.d])) for part in parts]
    kept: list[_Part] = []
    for at, part in enumerate(parts):
        inside = 0 < at < len(parts) - 1
        beside = max(sizes[at - 1], sizes[at + 1]) if inside else 0
        alone = part.same and inside and sizes[at] < least and (least > 2 or not sizes[at] or beside >= _LONG_CHANGE)
        same = part.same and not alone
        if kept and kept[-1].same == same:
            kept[-1] = _Part(same, kept[-1].a, part.b, kept[-1].c, part.d)
        else:
            kept.append(_Part(same, part.a, part.b, part.c, part.d))
    return kept


def _signs(words: Sequence[str]) -> int:
    return sum(len(_SIGNS.findall(word)) for word in words)
