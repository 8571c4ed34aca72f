"""The words of a comment as comments are compared: marks, spaces and ways of writing left out, places kept.

Comments quote the draft they are about. Two comments that quote the same sentence have it in common without being
copies, so what a comment has from the draft is told apart from what it says itself.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from analysis.corpus.characters import plain, simplified

_WORDS = re.compile(r"(?:[^\W_]|%)+")
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_GRAM = 5  # characters in a row that a comment has from the draft, at least
_MENDED = 2  # characters between two such runs that are a small error in a quotation
_QUOTED = 8  # characters of a run that count as a quotation, errors included


def as_simple(text: str) -> str:
    """``text`` in simplified characters and half-width letters, of the same length."""
    return simplified(plain(text))


@dataclass(frozen=True, slots=True)
class ComparedText:
    """The letters and digits of a text in lower case; ``places[i]`` is where character ``i`` stands in it."""

    words: str
    places: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` stand in the text, which must be one or more."""
        return self.places[start], self.places[end - 1] + 1


def compared(text: str) -> ComparedText:
    """A text as it is compared with others."""
    simple = as_simple(text).translate(_LOWER)
    found = [match.span() for match in _WORDS.finditer(simple)]
    words = "".join([simple[start:end] for start, end in found])
    return ComparedText(words, tuple(chain.from_iterable(range(start, end) for start, end in found)))


class DraftWords:
    """The runs of characters of a draft, to tell what a comment has from it. Holds nothing else."""

    def __init__(self, raw: str) -> None:
        self._words = compared(raw).words

    @cached_property
    def _grams(self) -> frozenset[str]:
        return frozenset(self._words[at : at + _GRAM] for at in range(len(self._words) - _GRAM + 1))

    def quoted(self, words: str) -> Iterator[tuple[int, int]]:
        """Stretches of compared ``words`` that stand in the draft, small errors included, in order."""
        start = end = -1
        for at in range(len(words) - _GRAM + 1):
            if words[at : at + _GRAM] not in self._grams:
                continue
            if start >= 0 and at <= end + _MENDED:
                end = at + _GRAM
                continue
            if end - start >= _QUOTED:
                yield start, end
            start, end = at, at + _GRAM
        if end - start >= _QUOTED:
            yield start, end

    def without(self, words: str) -> str:
        """Compared ``words`` with each stretch from the draft as one line end, which stands in no compared text."""
        kept, at = [], 0
        for start, end in self.quoted(words):
            kept.append(words[at:start])
            at = end
        return "\n".join([*kept, words[at:]])
