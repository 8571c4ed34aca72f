"""The reading of a character in brackets behind it, as some pages print it: 研发（fā）经（jīng）费."""

from __future__ import annotations

import re

_TONED = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜǹńňḿ\u0300\u0301\u0304\u0306\u030c"
_ANY_TONED = re.compile(f"[{_TONED}]")
_VOWEL = f"[aeiouüvɑ\u0308{_TONED}]"
_SYLLABLE = f"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?{_VOWEL}{{1,6}}(?:n[gɡ]?|r)?"
# Syllables that are spoken without a tone.
_TONELESS = "de|le|zhe|ma|ne|ba|men|zi|tou|me|ge"
_GLOSS = re.compile(
    "(?<=[\u3400-\u9fff\U00020000-\U0003ffff〇])(?:[（(][ ]?"
    rf"(?:(?=[a-zɑɡüê]{{0,4}}[{_TONED}]){_SYLLABLE}|{_TONELESS})"
    "[ ]?[）)])+"
)


def glosses(text: str) -> list[tuple[int, int]]:
    """Where readings stand: one syllable with a tone mark in brackets right behind a Han character.

    A syllable without a tone (的（de）) is one only where the text has others with a tone: （a） may number an item.
    """
    if not _ANY_TONED.search(text):
        return []
    found = list(_GLOSS.finditer(text))
    return [hit.span() for hit in found] if any(_ANY_TONED.search(hit.group()) for hit in found) else []
