"""Page numbers that stand bare on a line of their own, and not cells of a table that do so too."""

from __future__ import annotations

import re
from itertools import pairwise

from analysis.corpus.headings import starts_block

_BARE = re.compile(r"^[ ]*(\d{1,3})[ ]*$", re.M)
# Pages have so many lines between their numbers; the cells of a row are fewer.
_FEWEST, _MOST = 10, 80
_WORDY = re.compile(r"[\u3400-\u9fff，、（“《]$")
_GOES_ON = re.compile(r"[\u3400-\u9fff“《]")
# The number may be the sentence's own: 总数达到 | 500 | 家以上.
_WAITS = re.compile(r"(?:[达到至过破于增约超近第共]|建成|培育|建设|给予|最高|累计|总[数额])$")
_UNIT = re.compile("[万亿元家个名人项件台户年月日号类条平倍批所周篇种支只股场]|百分")
_WIDE = 20


def page_numbers(text: str) -> list[tuple[int, int]]:
    """The spans of bare page numbers: those that count on from page to page, and one that parts a sentence."""
    bare = list(_BARE.finditer(text))
    if not bare:
        return []
    pages: set[int] = set()
    for before, after in pairwise(bare):
        if _counts_on(text, before, after):
            pages |= {before.start(), after.start()}
    return [found.span(1) for found in bare if found.start() in pages or _parts_a_sentence(text, found)]


def _counts_on(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """Whether ``after`` is the number of the page behind that of ``before``."""
    if int(after[1]) != int(before[1]) + 1:
        return False
    between = sum(bool(line.strip()) for line in text[before.end() : after.start()].split("\n"))
    return _FEWEST <= between <= _MOST


def _parts_a_sentence(text: str, found: re.Match[str]) -> bool:
    """Whether a sentence breaks off above the number and goes on below it, in lines too wide for cells."""
    above = text[max(found.start() - 400, 0) : found.start()].rstrip().rsplit("\n", 1)[-1].strip()
    below = text[found.end() : found.end() + 400].lstrip().split("\n", 1)[0].rstrip()
    return (
        min(len(above), len(below)) >= _WIDE
        and _WORDY.search(above) is not None
        and _GOES_ON.match(below) is not None
        and not _WAITS.search(above)
        and not _UNIT.match(below)
        and not starts_block(below)
    )
