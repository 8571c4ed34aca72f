"""Lines of a laid-out page: which belong to one paragraph, which are page numbers, the site's or rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from analysis.corpus.furniture_patterns import BREADCRUMB_HEAD, CONTROLS_TAIL, LINE
from analysis.corpus.headings_and_days import starts_block

_ENDS = re.compile(r"[。！？；：…!?;:][”’」』）)》]*$|。[（(][^（）()]*[）)]$")
_COLON = re.compile(r"[：:][”’]?$")
_GOES_ON = re.compile(r"[，、,（(《“‘〈]$")
_RUNNING = re.compile(r"[。；;，,]")
_HAN_END = re.compile(r"[\u3400-\u9fff”》）]$")
_NARROW = re.compile(r"[ -~]")
# A year that opens a line opens a paragraph, unless the line before waits for it.
_YEAR = re.compile(r"(?:到|至)?\d{4}年(?:[底末]|上半年|下半年)?，")
_WAITS_FOR_YEAR = re.compile(r"[到至在自从于比较截过对与和及或、《〈（(“]$")
# Lines that stand alone whatever comes before them: a date, a document number.
_DAY = "[\\d一二三四五六七八九十]{1,3}[ ]?"
_ALONE = re.compile(
    rf"^[（(]?[\d〇○零一二三四五六七八九十]{{4}}[ ]?年[ ]?{_DAY}月[ ]?{_DAY}日[）)]?$"
    r"|^[\u3400-\u9fff]{1,8}[ ]?[〔\[（(［]\d{4}[〕\]）)］][ ]?(?:第[ ]?)?\d{1,4}[ ]?号$"
)
# Lines after which a new one starts: an address, a document number below a title.
_CLOSED = re.compile(r"@[\w.-]+$|//\S+$|^[^，。；]*〔\d{4}〕[ ]?\d{1,4}[ ]?号$")
# A signature may follow a sentence that lacks its full stop.
_SIGNATURE = re.compile(r"^[\u3400-\u9fff]{2,30}(?:厅|局|委|委员会|政府|办公室|办公厅|部|院)$")


# A number cut by the edge of the page: 突破9 | 00家, 达到1 | .1万家, 平台50 | 家以上.
_CUT_NUMBER = re.compile(r"[\u4e00-\u9fff（(]\d+$")
_NUMBER_GOES_ON = re.compile(r"\d{0,4}(?:\.\d+)?\s?[%％万亿元家个名人项件场年月日]|\.\d")
# A sentence that still waits for its number (成交额达到 | 500亿元), and a line that opens with one.
_WAITS_FOR_NUMBER = re.compile(
    "(?:达到|达|超过|突破|不低于|不少于|不超过|不高于|高于|低于|提高到|增长到|力争达到|给予)$"
)
_NUMBER_OPENS = re.compile(r"\d[\d,.]*[ ]?(?:[%％‰]|[万亿]?[元家个名人项件台户平])")
# The last cell of a row whose line was broken before it.
_VALUE = re.compile(r"[≥≤＞＜][ ]*\d[\d,.]*[ ]?(?:[%％‰]|[\u3400-\u9fff]{0,4})$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: where it starts and ends (without its outer spaces) and what stands there."""

    start: int
    end: int
    words: str
    blank_before: bool
    indent: int  # spaces before the words

    @property
    def ends(self) -> bool:
        """Whether the line ends a sentence."""
        return _ENDS.search(self.words, max(len(self.words) - 80, 0)) is not None

    @property
    def width(self) -> float:
        """Width in Han characters; Latin letters and digits are half as wide. No page is wider than 120."""
        if len(self.words) > 240:
            return float(len(self.words))
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
    cut = [line.width for line in found if line.width >= 12 and not line.ends and not starts_block(line.words)]
    if len(cut) < 5:
        return None
    widths = Counter(round(width) for width in cut)
    page = max(widths, key=lambda width: (widths[width], width))
    # First lines are narrower by their indent, lines with hanging marks wider by one.
    close = sum(page - 2.6 <= width <= page + 1.6 for width in cut)
    if page > 60:
        return None
    if len(cut) >= 0.3 * len(found) and close >= 0.7 * len(cut):
        return page
    # Pages of many short items have few full lines, but none that is wider than the page.
    wider = sum(line.width > page + 1.6 for line in found)
    return page if page >= 20 and close >= max(5, 0.3 * len(cut)) and wider <= 0.01 * len(found) else None


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text are set. ``width``: where the page cuts them; 0 where paragraphs are whole lines."""

    width: float
    spaced: bool  # there is a blank line between most of them
    flush: bool  # lines inside paragraphs are flush: an indent of two opens one
    margin: int

    def fills(self, above: Line, below: Line) -> bool:
        """Whether a line reaches the right edge: as wide as the page, or indented and followed by one that is not.

        A line that is far wider was not cut by the page: a title or a head line.
        """
        if not self.width:
            return False
        behind = above.indent - self.margin
        if 4 <= behind <= 12 and below.indent <= self.margin + 1 and above.width + behind / 2 >= self.width - 1.6:
            return True
        return self.width - 3.2 <= above.width <= self.width + 8


def joined(found: list[Line]) -> list[bool]:
    """For each line but the first whether it continues the paragraph of the line before it."""
    most = 0.5 * len(found)
    layout = Layout(
        width=page_width(found) or 0,
        spaced=sum(line.blank_before for line in found[1:]) > most,
        flush=sum(line.indent < 2 for line in found) > most,
        margin=Counter(line.indent for line in found).most_common(1)[0][0],
    )
    return [_continues(above, below, layout) for above, below in pairwise(found)]


def _continues(above: Line, below: Line, layout: Layout) -> bool:
    if starts_block(below.words) or _ALONE.match(below.words) or _CLOSED.search(above.words[-80:]):
        return False
    full = layout.fills(above, below)
    if _VALUE.match(below.words) and _HAN_END.search(above.words):
        return True
    if above.ends:
        return full and _same_paragraph(above, below, layout)
    if full or _GOES_ON.search(above.words):
        return True
    if _YEAR.match(below.words) and not _WAITS_FOR_YEAR.search(above.words):
        return False
    if above.width >= 20 and _CUT_NUMBER.search(above.words) and _NUMBER_GOES_ON.match(below.words):
        return True
    if above.width >= 12 and _WAITS_FOR_NUMBER.search(above.words) and _NUMBER_OPENS.match(below.words):
        return True
    if _SIGNATURE.match(below.words) or not _HAN_END.search(above.words):
        return False
    if starts_block(above.words):
        return "。" in above.words
    return above.width >= 20 and bool(_RUNNING.search(above.words))


def _same_paragraph(above: Line, below: Line, layout: Layout) -> bool:
    """Whether a line that ends a sentence at the edge of the page goes on.

    The first line of a paragraph is indented by two characters, so a line that fills the page is no first line.
    """
    opens = (below.blank_before and not layout.spaced) or (layout.flush and below.indent >= 2)
    if opens or _COLON.search(above.words):
        return False
    if below.width > layout.width - 1.4 or below.words[0] in "（(":
        return True
    return above.width >= layout.width - 1.5 and (below.ends or below.words[-1] in "）)")


# Page numbers that stand bare on a line of their own, and not cells of a table that do so too.
_BARE = re.compile(r"^[ ]*(\d{1,3})[ ]*$", re.M)
# Pages have so many lines between their numbers; the cells of a row are fewer.
_FEWEST, _MOST = 10, 80
_WORDY = re.compile(r"[\u3400-\u9fff，、（“《]$")
_SENTENCE_GOES_ON = re.compile(r"[\u3400-\u9fff“《]")
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
        and _SENTENCE_GOES_ON.match(below) is not None
        and not _WAITS.search(above)
        and not _UNIT.match(below)
        and not starts_block(below)
    )


# What belongs to the site and not to the text.
_LONGEST, _LONGEST_SENTENCE = 240, 60
_BULLET = re.compile("[•·◎●*-]?")
# A line with a tail of its own site has something of the text's before it: who published it, and when.
_LABELLED = re.compile("(?:来源|发布|时间|日期|作者)[ ]*[：:]|(?:19|20)\\d\\d[-/年]")


_LINE = re.compile("|".join(f"(?:{pattern.text})" for pattern in LINE))
_HEAD, _TAIL = BREADCRUMB_HEAD.regex, CONTROLS_TAIL.regex


def furniture(words: str) -> tuple[int, int] | None:
    """The span of ``words``, a line without its outer spaces, that is the site's; None where all is the text's."""
    if len(words) > (_LONGEST_SENTENCE if words[-1] in "。；，、;" else _LONGEST):
        return None
    bare = words.replace(" ", "") if " " in words else words
    if _LINE.fullmatch(bare, _BULLET.match(bare).end()):  # type: ignore[union-attr]
        return 0, len(words)
    head = _HEAD.match(words)
    if head:
        return head.span()
    labelled = _LABELLED.search(words)
    tails = _TAIL.finditer(words, labelled.end()) if labelled else ()
    return next((found.span() for found in tails if found.end() == len(words)), None)


# Rows of a table that became lines: cells parted by spaces, a number with its unit last.
_HAN = "\u3400-\u9fff"
_CELL = rf"[{_HAN}]{{2}}[^\n。；，、：≥≤＞＜ ]{{0,30}}"
# 一级指标 新增高新技术企业数量 ≥6家: at least two cells of words, none of them a lone character.
_ROW = re.compile(
    rf"^[ ]*(?:{_CELL}[ ]+){{1,7}}{_CELL}"
    r"(?:[ ]*[≥≤＞＜][ ]*|[ ]+(?:[><=][ ]*)?)\d[\d,.]*"
    rf"[ ]?(?:[%‰]|[{_HAN}]{{0,4}})[ ]*$",
    re.M,
)
_GAP = re.compile(f"[{_HAN}][ ]+[{_HAN}]")
_SIGN = re.compile("[≥≤＞＜]")
# A sentence from a scan with spaces in it says so by a verb, which is no cell.
_VERBS = "达到|超过|突破|完成|实现|建成|建设|培育|新增|力争|不低于|不少于|高于|提高到?|给予|最高"
_SAYS = re.compile(rf"(?:^|[ ])(?:{_VERBS})(?=[ \d])|年[底末]?[ ]")


def rows(text: str) -> list[tuple[int, int]]:
    """The spans of lines that are rows: at least two of them, or one whose number has a sign of comparison."""
    if not _GAP.search(text):
        return []
    found = [hit for hit in _ROW.finditer(text) if not _SAYS.search(hit.group())]
    if len(found) < 2 and not any(_SIGN.search(hit.group()) for hit in found):
        return []
    return [hit.span() for hit in found]
