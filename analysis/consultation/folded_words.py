"""Words folded so that a comment and a draft can be compared: width, blanks, traditional characters and markup gone.

A folded text leads back to the text it was made of. Only characters are left out or replaced one by one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis.corpus.characters import SIMPLIFIED, TABLE

_MARKUP = re.compile(r"<[^<>]{0,300}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_QUOTES = {"「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”", "〔": "(", "〕": ")", "【": "(", "】": ")"}
_QUOTES |= {"﹙": "(", "﹚": ")", "❨": "(", "❩": ")", "〇": "零", "○": "零"}
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z0-9%]")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` as it is compared; character ``i`` stands at ``offsets[i]`` of the text it was made of."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` stand in the text they were made of; the span is not empty."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def words(self) -> Folded:
        """The same without marks: letters, digits and Han alone."""
        kept = [at for at, character in enumerate(self.text) if _WORDS.match(character)]
        return Folded("".join(self.text[at] for at in kept), [self.offsets[at] for at in kept])


def folded(text: str) -> Folded:
    """A text as it is compared: marks half as wide, characters simplified, blanks, HTML tags and odd signs left out.

    Line ends stay. Of ``<p>`` nothing is left, of ``&nbsp;`` and ``&lt;`` what they stand for, at the place of the
    first character. Time grows with the length of the text.
    """
    characters: list[str] = []
    offsets: list[int] = []
    at = 0
    for markup in _MARKUP.finditer(text):
        _fold(text, at, markup.start(), characters, offsets)
        if markup[0].startswith("&"):
            meant = html.unescape(markup[0])
            single = _character(meant) if len(meant) == 1 else ""
            characters.extend(single)
            offsets.extend([markup.start()] * len(single))
        at = markup.end()
    _fold(text, at, len(text), characters, offsets)
    return Folded("".join(characters), offsets)


def _fold(text: str, start: int, end: int, characters: list[str], offsets: list[int]) -> None:
    for at in range(start, end):
        character = _character(text[at])
        if character:
            characters.append(character)
            offsets.append(at)


@cache
def _table() -> dict[str, str]:
    """What a character becomes where that is not what Unicode's compatibility forms say."""
    table = {chr(code): plain for code, plain in TABLE.items()}
    return table | SIMPLIFIED | _QUOTES


@cache
def _character(character: str) -> str:
    if character == "\n":
        return character
    known = _table().get(character, character)
    plain = unicodedata.normalize("NFKC", known)
    if len(plain) != 1:
        plain = known
    plain = _table().get(plain, plain).lower()
    unseen = plain.isspace() or unicodedata.category(plain[:1]) in {"Cc", "Cf", "Co", "Cn", "Cs"}
    return "" if unseen or len(plain) != 1 else plain
