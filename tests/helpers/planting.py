"""How faults are planted in clean drafts, each kind at many places; the kinds stand in ``planted_*_faults.py``.

Every kind is a function that takes a clean text and a source of chance and gives the text with one fault, where the
fault stands, and the rules that may report it; None where the text has no place for it. The words of the faults are not
those of the rules' own examples.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Planter = Callable[[str, random.Random], "Planted | None"]
KINDS: dict[str, Planter] = {}


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one fault: ``spans`` are where a finding may point, ``rules`` the ids that may report it.

    ``anywhere``: something is missing, and a finding may stand in any place. ``peers``: texts that it is held against,
    the first of them also as an earlier text of its place.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    rules: tuple[str, ...]
    anywhere: bool = False
    peers: tuple[str, ...] = ()


def kind(name: str) -> Callable[[Planter], Planter]:
    """A planter under its name."""

    def register(planter: Planter) -> Planter:
        KINDS[name] = planter
        return planter

    return register


def replaced(text: str, start: int, end: int, words: str, *rules: str, around: int = 0) -> Planted:
    """A text with words of it replaced."""
    made = text[:start] + words + text[end:]
    return Planted(made, ((max(start - around, 0), start + max(len(words), 1) + around),), rules)


def pick(text: str, pattern: str, chance: random.Random) -> re.Match[str] | None:
    """One of the places of a pattern."""
    found = list(re.finditer(pattern, text, re.MULTILINE))
    return chance.choice(found) if found else None


def change(name: str, pattern: str, words: str | Callable[[re.Match[str]], str], *rules: str) -> None:
    """A kind that replaces the first group of a pattern (or all of it) somewhere."""

    def planter(text: str, chance: random.Random) -> Planted | None:
        match = pick(text, pattern, chance)
        if match is None:
            return None
        group = 1 if match.re.groups else 0
        new = words if isinstance(words, str) else words(match)
        return replaced(text, match.start(group), match.end(group), new, *rules, around=2)

    KINDS[name] = planter


def sentence(name: str, sentences: tuple[str, ...], *rules: str, fault: str = "", needs: str = "") -> None:
    """A kind that adds a sentence to the end of a paragraph.

    ``fault`` is a pattern of the faulty words in it, ``needs`` words without which the text cannot have this fault.
    """

    def planter(text: str, chance: random.Random) -> Planted | None:
        match = pick(text, r"^　　(?![^\n]{0,60}有效期)[^\n]{12,}?[^；：\n]。$", chance)
        if match is None or needs not in text:
            return None
        words = chance.choice(sentences)
        at = match.end()
        made = text[:at] + words + text[at:]
        inside = re.search(fault, words) if fault else None
        start, end = (at + inside.start(), at + inside.end()) if inside else (at, at + len(words))
        return Planted(made, ((start, end),), rules)

    KINDS[name] = planter


def plant(texts: dict[str, str], each: int = 3, seed: int = 2026) -> Iterator[tuple[str, str, Planted]]:
    """(kind, name of the draft, fault): every kind up to ``each`` times in every draft, never twice the same."""
    chance = random.Random(seed)
    for kind, planter in KINDS.items():
        for name, text in texts.items():
            seen: set[str] = set()
            for _ in range(each * 4):
                planted = planter(text, chance)
                if planted is not None and planted.text not in seen and len(seen) < each:
                    seen.add(planted.text)
                    yield kind, name, planted
