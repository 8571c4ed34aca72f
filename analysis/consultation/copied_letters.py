"""A group of copies as people look at it: the letter behind it, what each copy changed, and how many senders it has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.consultation.comment_text import as_simple, compared
from analysis.consultation.comments import Comment
from analysis.consultation.sender_patterns import NOBODY
from analysis.similar.word_alignment import shared_words
from analysis.tokenise import tokens

_GRAM = 4  # characters in a row
_WORD = re.compile(r"[^\W_]|%")
_MASKED = re.compile(r"[*＊○〇●某]|[xX×]{2}")


class Change(StrEnum):
    """What a copy does to a stretch of the letter."""

    ADDED = "added"
    LEFT_OUT = "left_out"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of a copy: its words (``start`` to ``end`` in its text) in place of ``letter`` in the letter."""

    change: Change
    start: int
    end: int
    letter: str


def letter_of(texts: Sequence[str]) -> int:
    """Index of the text that others repeat: the one most often sent, then the one most of which others have.

    The same texts in another order give the same text.
    """
    words = [compared(text).words for text in texts]
    grams = [{each[at : at + _GRAM] for at in range(len(each) - _GRAM + 1)} for each in words]
    sent, counts = Counter(words), Counter(gram for each in grams for gram in each)

    def rank(at: int) -> tuple[int, float, int, str, str]:
        shared = sum(counts[gram] for gram in grams[at]) / max(len(grams[at]), 1)
        return -sent[words[at]], -round(shared, 6), -len(words[at]), words[at], texts[at]

    return min(range(len(texts)), key=rank)


def differences(letter: str, copy: str) -> tuple[Difference, ...]:
    """What a copy adds, leaves out and changes, in order. Marks, spaces and traditional characters make none."""
    one, two = tokens(as_simple(letter)), tokens(as_simple(copy))
    found: list[Difference] = []
    at_one = at_two = 0
    stretches = [
        (each.one, each.two, each.length) for each in shared_words([t.word for t in one], [t.word for t in two])
    ]
    for start, other, length in [*stretches, (len(one), len(two), 0)]:
        gone = letter[one[at_one].start : one[start - 1].end] if start > at_one else ""
        first = two[at_two].start if at_two < len(two) else len(copy)
        last = two[other - 1].end if other > at_two else first
        change = _change(gone, copy[first:last])
        if change is not None:
            found.append(Difference(change, first, last, gone))
        at_one, at_two = start + length, other + length
    return tuple(found)


def _change(gone: str, new: str) -> Change | None:
    before, after = _WORD.search(gone), _WORD.search(new)
    if before and after:
        return Change.CHANGED
    if before:
        return Change.LEFT_OUT
    return Change.ADDED if after else None


def senders(comments: Sequence[Comment]) -> int:
    """How many people or bodies sent these comments: each once, however often it wrote.

    Senders of one name are one; names that hide who it is (匿名, 张**) are told apart by what reaches them, and where
    that is not known each counts.
    """
    known: set[tuple[str, str]] = set()
    unknown = 0
    for each in comments:
        name, contact = "".join(each.sender.split()), "".join(each.contact.split())
        hidden = not name or _MASKED.search(name) or NOBODY.find(name)
        if not hidden:
            known.add((name, ""))
        elif contact:
            known.add((name, contact))
        else:
            unknown += 1
    return len(known) + unknown
