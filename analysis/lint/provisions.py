"""The provisions of a text: what two versions are compared by."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, log

from analysis.lint.draft import Draft
from analysis.lint.lines import Line, Role

_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200b\u3000]+")
_CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’—…·]")
_LONGEST_HEADING = 40
_SHINGLE = 3
_LEAD = re.compile(r"([^。；：\n]{2,28})。(?=.)")
# What a heading says is to be done, before what it is about: 建强一批技术转移机构, 发展技术转移机构.
_DEED = re.compile(
    "(?:(?:进一步|着力|切实|大力|全面|积极|加快|持续|不断|深入|加强|强化|加大|完善|健全|推进|推动|促进|发展|建强|做强"
    "|做大|壮大|培育|培养|打造|建设|构建|建立|优化|深化|拓展|拓宽|提升|提高|支持|鼓励|引导|助力|营造|实施|开展|组建|落实"
    "|抓好)(?:一批|一支)?)+"
)
_LEAST_SUBJECT = 4  # characters
PREAMBLE = "（前言）"  # stands for the heading of the paragraph before the first number


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: its path of numbers, its words without number, its span in the text as received.

    ``heading`` is what it is about and ``number`` the number as it is written, each "" where there is none.
    Blanks between Chinese characters, which wrapped lines and tables of web pages leave behind, are no part of
    ``text``; its paragraphs are joined by line ends.
    """

    index: int
    path: str
    text: str
    start: int
    end: int
    heading: str = ""
    number: str = ""


def provisions(draft: Draft) -> tuple[Provision, ...]:
    """The provisions of a text in order: each numbered line with the paragraphs below it up to the next number.

    A paragraph before the first number of a part is a provision of its own. Title, number, addressee, signature and
    lists of enclosures are none.
    """
    groups = _groups(draft)
    numbered_parts = {lines[0].part for lines in groups if lines[0].ordinal is not None}
    made: list[Provision] = []
    for index, lines in enumerate(groups):
        first = lines[0]
        number = first.ordinal.end - first.start if first.ordinal else 0
        own = [first.text[max(number, 0) :], *(line.text for line in lines[1:])]
        text = "\n".join(closed_up(words).strip() for words in own)
        below = groups[index + 1][0] if index + 1 < len(groups) else None
        opens = first.ordinal is None and first.part in numbered_parts
        last_before = opens and below is not None and below.part == first.part and below.ordinal is not None
        heading = PREAMBLE if last_before else _heading(text, first.ordinal is not None)
        start, end = draft.received_span(first.start, lines[-1].end)
        made.append(Provision(index, first.path, text, start, end, heading, _number(first)))
    return tuple(made)


def _number(line: Line) -> str:
    """The number of a line with its mark, as it is written or as Word writes it by itself."""
    if line.ordinal is None:
        return ""
    return line.text[: line.ordinal.end - line.start].strip() or line.ordinal.cited + line.ordinal.mark


def _groups(draft: Draft) -> list[list[Line]]:
    """The lines of each provision."""
    groups: list[list[Line]] = []
    for line in draft.lines:
        if line.role not in (Role.BODY, Role.CELL, Role.CAPTION):
            continue
        last = groups[-1][0] if groups else None
        unnumbered = last is not None and last.ordinal is None and line.role is Role.BODY
        if line.ordinal is not None or last is None or line.part != last.part or unnumbered:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def closed_up(text: str) -> str:
    """A line without the blanks beside Chinese characters; other blanks become one space."""

    def fill(blanks: re.Match[str]) -> str:
        before, after = text[blanks.start() - 1 : blanks.start()], text[blanks.end() : blanks.end() + 1]
        return "" if _CHINESE.match(before) or _CHINESE.match(after) else " "

    return _BLANKS.sub(fill, text)


def _heading(text: str, numbered: bool) -> str:
    """The first line, or the first sentence of a numbered one, where it is short enough to name what follows."""
    first, _, rest = text.partition("\n")
    if numbered and (lead := _LEAD.match(first)):
        return lead[1]
    short = len(first) <= _LONGEST_HEADING and not first.endswith(("。", "；", "，", "："))
    return first if short and (rest or numbered) else ""


def subject(heading: str) -> str:
    """What a heading is about, without what is to be done about it; "" where too little is left to tell."""
    deed = _DEED.match(heading)
    about = folded(heading[deed.end() :]) if deed else folded(heading)
    return about if len(about) >= _LEAST_SUBJECT else ""


def folded(text: str) -> str:
    """A text as it is compared: blanks, and full or half width, make no difference."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class Shingles:
    """Runs of three characters of texts, and what each weighs: the terms of a field, which stand everywhere, little."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._of = {text: _shingles(text) for text in texts}
        seen = Counter(shingle for found in self._of.values() for shingle in found)
        self._weights = {shingle: log(1 + len(self._of) / times) for shingle, times in seen.items()}

    def of(self, text: str) -> frozenset[str]:
        """Those of one of the texts."""
        return self._of[text]

    def weight(self, shingles: Iterable[str]) -> float:
        """What some of them weigh together."""
        return fsum(map(self._weights.__getitem__, shingles))

    def share(self, one: str, other: str) -> float:
        """How much of two texts is the same, 0 to 1."""
        first, second = self._of[one], self._of[other]
        whole = self.weight(first) + self.weight(second)
        return 2 * self.weight(first & second) / whole if whole else 0.0


def _shingles(text: str) -> frozenset[str]:
    bare = folded(text)
    return frozenset(bare[at : at + _SHINGLE] for at in range(len(bare) - _SHINGLE + 1))


def headings(some: Sequence[Provision]) -> list[str]:
    """The headings of provisions, "" for those without."""
    return [one.heading for one in some]
