"""Which lines of a laid-out page belong to one paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from analysis.grammar.headings import starts_block

_ENDS = re.compile(r"[。！？；：…!?;:][”’」』）)》]*$|。[（(][^（）()]*[）)]$")
_COLON = re.compile(r"[：:][”’]?$")
_GOES_ON = re.compile(r"[，、,（(《“‘〈]$")
_RUNNING = re.compile(r"[。；;，,]")
_HAN_END = re.compile(r"[\u3400-\u9fff”》）]$")
_NARROW = re.compile(r"[ -~]")
# A year that opens a line opens a paragraph, unless the line before waits for it.
_YEAR = re.compile(r"(?:到|至)?\d{4}年(?:[底末]|上半年|下半年)?，")
_WAITS_FOR_YEAR = re.compile(r"[到至在自从于比较截过对与和及或、《〈（(“]$")
# What may follow an unfinished sentence without being its continuation: a date, a signature.
_SIGNATURE = re.compile(
    r"^[（(]?[\d〇○零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?$"
    r"|^[\u3400-\u9fff]{2,30}(?:厅|局|委|委员会|政府|办公室|办公厅|部|院)$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: where it starts and ends (without its outer spaces) and what stands there."""

    start: int
    end: int
    words: str
    blank_before: bool
    indent: int  # spaces before the words

    @property
    def width(self) -> float:
        """Width in Han characters; Latin letters and digits are half as wide."""
        return len(self.words) - len(_NARROW.findall(self.words)) / 2


def split(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank."""
    found: list[Line] = []
    start, blank = 0, False
    for piece in text.split("\n"):
        words = piece.strip(" \r")
        if words:
            indent = piece.index(words[0])
            found.append(Line(start + indent, start + indent + len(words), words, blank, indent))
        blank = not words
        start += len(piece) + 1
    return found


def page_width(found: list[Line]) -> float | None:
    """Width in Han characters at which the page cuts its lines; None where paragraphs are whole lines."""
    cut = [
        line.width
        for line in found
        if line.width >= 12 and not _ENDS.search(line.words) and not starts_block(line.words)
    ]
    if len(cut) < 5 or len(cut) < 0.3 * len(found):
        return None
    middle = median(cut)
    close = [width for width in cut if abs(width - middle) <= 2.5]
    if middle > 60 or len(close) < 0.7 * len(cut):
        return None
    return max(close) if max(close) - middle <= 1.5 else middle


def joined(found: list[Line]) -> list[bool]:
    """For each line but the first whether it continues the paragraph of the line before it."""
    page = page_width(found)
    spaced = sum(line.blank_before for line in found[1:]) > 0.5 * len(found)
    # Where lines inside paragraphs are flush, an indent of two opens a paragraph.
    flush = page is not None and sum(line.indent < 2 for line in found) > 0.5 * len(found)
    return [_continues(above, below, page, spaced, flush) for above, below in pairwise(found)]


def _continues(above: Line, below: Line, page: float | None, spaced: bool, flush: bool) -> bool:
    if starts_block(below.words):
        return False
    full = page is not None and above.width >= page - 1.5
    if _ENDS.search(above.words):
        # Only on a page that cuts lines can a full line end a sentence and not a paragraph. The first line of a
        # paragraph is indented by two characters, so it is narrower than the page although it runs to its edge.
        if page is None or not full or _COLON.search(above.words) or (below.blank_before and not spaced):
            return False
        if flush and below.indent >= 2:
            return False
        return below.width > page - 1.4 or bool(_ENDS.search(below.words))
    if _GOES_ON.search(above.words):
        return True
    if page is not None and above.width >= page - (3.0 if starts_block(above.words) else 2.6):
        return True
    if _YEAR.match(below.words) and not _WAITS_FOR_YEAR.search(above.words):
        return False
    if _SIGNATURE.match(below.words) or not _HAN_END.search(above.words):
        return False
    if starts_block(above.words):
        return "。" in above.words
    return above.width >= 20 and bool(_RUNNING.search(above.words))
