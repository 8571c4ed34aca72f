"""Cleaning: characters are deleted or replaced one by one, never added, so that every one leads back to the file.

A pass maps characters, deletes what is not part of the text (page numbers, bookmarks, image names, web markup),
joins lines that a page layout has cut, takes the spaces out of Chinese words and widens marks beside Chinese.
Passes are repeated until nothing changes, which makes cleaning idempotent by construction; two are the rule, and more
than ``MOST_PASSES`` would only be needed by a text that was made to hurt.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.corpus import characters, lines
from analysis.model import Removal

MOST_PASSES = 24
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"
# What a space is never kept beside: Han and the marks that are as wide as Han.
_WIDE = _HAN + "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·％℃"
_IS_WIDE = re.compile(f"[{_WIDE}]")
_OPENS_WIDE = re.compile(f"[{_HAN}“‘《（〈【〔]")
_SPACES = re.compile(r"[ \t]+")
# The spaces that Chinese typesetting means: after 第一条 at the start of a line, before a document number at its end.
_NUMBERED = re.compile(r"第[〇零一二三四五六七八九十百千两\d]{1,7}[编章节条條編節]$")
_DOCUMENT_NUMBER = re.compile(rf"[{_HAN}]{{1,8}}[〔\[［]\d{{4}}[〕\]］][^\n]{{1,10}}号[ ]*(?:\n|$)")
# 20 25 年, 1 .94%, 0. 8%; not 3. 5万元, where 3. may number an item.
_BROKEN_NUMBER = re.compile(
    r"(?<![\d.])(?:1[ ]?9|2[ ]?0)[ ]?\d[ ]?\d(?=[ ]?年)|(?<=\d)[ ]+(?=\.\d)|(?<![\d.])0\.[ ]+(?=\d)"
)
_INLINE_NOISE = re.compile(
    r"(?P<bookmark>\[bookmark:[^\]\n]{0,80}\])"
    r"|(?P<comment><!--[^\n]{0,400}?-->)"
    r"|(?P<image>!\[[^\]\n]{0,200}\]\([^)\n]{0,400}\))"
    # [3] behind a word or the mark that closes it; 川科发[17]号 is a number, [3] at the head of a line opens a note.
    rf"|(?P<note>(?<=[{_HAN}”》）」）。；，、%])(?:[ ]?\[注?\d{{1,2}}\])+(?![ ]?号))",
    re.I,
)
# How each begins, how far before what stands inside it, what must not stand between, and how it ends behind that.
_NESTING = {
    "bookmark": ("[bookmark:", 90, "]", re.compile(r"[^\]\n]{0,80}\]")),
    "comment": ("<!--", 404, "\n", re.compile(r"[^\n]{0,400}?-->")),
    "image": ("![", 202, "]", re.compile(r"[^\]\n]{0,200}\]\([^)\n]{0,400}\)")),
}
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\uf020-\uf0ff\x00-\x08\x0e-\x1f\x7f]+")
_LINE_NOISE = re.compile(
    r"(?P<image>[^\s。，；]{1,80}\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?|emf|wmf)$)"
    r"|(?P<page>[—–―－-]{1,2}[ ]*\d{1,4}[ ]*[—–―－-]{1,2}$"
    r"|第[ ]*\d{1,4}[ ]*页(?:[ ]*[，,/]?[ ]*共[ ]*\d{1,4}[ ]*页)?$"
    r"|P\.[ ]*\d{1,4}$|Page[ ]*\d{1,4}(?:[ ]*(?:of|/)[ ]*\d{1,4})?(?:[ ]*[-–—|]+[ ]*(?=[\u4e00-\u9fff])|$))"
    r"|(?P<markup>(?:#{1,6}[ ]+)+(?=\S))",
    re.I,
)
# A quick look that spares most lines the expression above.
_NOISY_STARTS, _NOISY_ENDS = "—–―－-第#Pp", "gGpPfF"
_REASONS = {
    "bookmark": "书签标记",
    "comment": "网页注释",
    "image": "图片名",
    "note": "脚注标记",
    "page": "页码",
    "markup": "标题标记",
}
_LATIN = re.compile(r"[A-Za-z]")
_MARKS = re.compile("[,;:!?]+")
_BRACKETS = re.compile(r"\(([^()\n]{0,300})\)")
_LONE_BRACKET = re.compile(r"\({4,}|\){4,}|[()]")
_STRAIGHT_QUOTES = re.compile('"([^"\n]{1,60})"')
_TO_WIDE = str.maketrans(",;:!?()", "，；：！？（）")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean text, for every character where it stood in the raw text, and what was taken out."""

    text: str
    offsets: Sequence[int]
    removed: tuple[Removal, ...]


def clean(raw: str) -> Cleaned:
    """Clean a raw text. ``offsets[i]`` is the raw position of clean character ``i``; cleaning is idempotent.

    Every raw character is either kept (perhaps as another one) or lies in one of ``removed``.
    """
    state = _State(raw, array("q", range(len(raw))), raw, [])
    for _ in range(MOST_PASSES):
        before = state.text
        _pass(state)
        if state.text == before:
            break
    return Cleaned(state.text, state.offsets, tuple(sorted(state.removed, key=lambda cut: (cut.start, cut.end))))


@dataclass(slots=True)
class _State:
    """A text on its way: every step deletes from it or replaces characters in place."""

    text: str
    offsets: array[int]
    raw: str
    removed: list[Removal]

    def delete(self, cuts: Sequence[tuple[int, int, str]]) -> None:
        """Take out spans (start, end, reason) that are in order and do not overlap."""
        if not cuts:
            return
        kept: list[str] = []
        offsets: array[int] = array("q")
        at = 0
        for start, end, reason in cuts:
            kept.append(self.text[at:start])
            offsets.extend(self.offsets[at:start])
            first, last = self.offsets[start], self.offsets[end - 1] + 1
            self.removed.append(Removal(reason, first, last, self.raw[first:last]))
            at = end
        kept.append(self.text[at:])
        offsets.extend(self.offsets[at:])
        self.text, self.offsets = "".join(kept), offsets


def _pass(state: _State) -> None:
    state.text = characters.restored(characters.simplified(characters.plain(state.text)))
    if not state.text.isprintable():
        state.delete([(*found.span(), "不可见字符") for found in _INVISIBLE.finditer(state.text)])
    if "[" in state.text or "<!--" in state.text:
        state.delete(list(_inline_noise(state.text)))
    state.delete([(start, end, "注音") for start, end in characters.glosses(state.text)])
    state.delete([(start, end, "干扰字符") for start, end in characters.intruders(state.text)])
    state.delete(list(_line_noise(state.text)))
    state.delete([(start, end, "页码") for start, end in lines.page_numbers(state.text)])
    _join_lines(state)
    state.delete(list(_idle_spaces(state.text)))
    state.text = _widen(state.text)


def _inline_noise(text: str) -> Iterator[tuple[int, int, str]]:
    """Bookmarks, comments, images and marks of notes, each with those around it that only its removal would close."""
    end = 0
    for found in _INLINE_NOISE.finditer(text):
        kind = found.lastgroup or ""
        if found.start() < end:
            continue
        least, (start, end) = end, found.span()
        if kind in _NESTING:
            opening, reach, barred, closing = _NESTING[kind]
            while (opened := text.rfind(opening, max(least, start - reach), start)) >= 0:
                closed = closing.match(text, end)
                if closed is None or barred in text[opened:start] or "\n" in text[opened:start]:
                    break
                start, end = opened, closed.end()
        yield start, end, _REASONS[kind]


def _line_noise(text: str) -> Iterator[tuple[int, int, str]]:
    """Page numbers, image names, heading marks and what the site put there: known by where they stand on a line."""
    start = 0
    for line in text.split("\n"):
        words = line.strip(" ")
        found = _LINE_NOISE.match(words) if words and (words[0] in _NOISY_STARTS or words[-1] in _NOISY_ENDS) else None
        if found:
            left = start + line.index(words[0])
            yield left, left + found.end(), _REASONS[found.lastgroup or ""]
        elif words and (site := lines.furniture(words)):
            left = start + line.index(words[0])
            yield left + site[0], left + site[1], "网页栏目"
        start += len(line) + 1


def _join_lines(state: _State) -> None:
    """Leave one line end between paragraphs and none inside them."""
    found = lines.split(state.text)
    if not found:
        state.delete([(0, len(state.text), "行间空白")] if state.text else [])
        return
    cuts: list[tuple[int, int, str]] = [(0, found[0].start, "行间空白")]
    words_meet: list[int] = []
    for above, below, joined in zip(found, found[1:], lines.joined(found), strict=False):
        if joined and not (_LATIN.match(above.words[-1]) and _LATIN.match(below.words[0])):
            cuts.append((above.end, below.start, "段内换行"))
            continue
        kept = state.text.index("\n", above.end)
        cuts += [(above.end, kept, "行间空白"), (kept + 1, below.start, "行间空白")]
        if joined:
            words_meet.append(kept)
    cuts.append((found[-1].end, len(state.text), "行间空白"))
    if words_meet:  # a line end between Latin words turns into a space
        edges = [0, *(at + 1 for at in words_meet), len(state.text) + 1]
        state.text = " ".join(state.text[low : high - 1] for low, high in pairwise(edges))
    state.delete([cut for cut in cuts if cut[0] < cut[1]])


def _idle_spaces(text: str) -> Iterator[tuple[int, int, str]]:
    """Spaces beside Chinese, inside a number, at the ends of lines and before a percent sign; of others all but one."""
    if " " not in text:
        return
    cells = lines.rows(text)
    row = 0
    for found in _SPACES.finditer(text):
        start, end = found.span()
        before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
        idle = before == "\n" or after in "\n%‰" or bool(_IS_WIDE.match(before) or _IS_WIDE.match(after))
        while row < len(cells) and cells[row][1] <= start:
            row += 1
        parts_cells = row < len(cells) and cells[row][0] < start and not before.isdecimal()
        if not (idle or _inside_number(text, start, end)) or (
            before != "\n" != after and (parts_cells or _means(text, start, end))
        ):
            start += 1
        if start < end:
            yield start, end, "词内空格"


def _inside_number(text: str, start: int, end: int) -> bool:
    """Whether the spaces text[start:end] part a number."""
    if not text[end].isdecimal() and text[end] != ".":
        return False
    if not text[start - 1].isdecimal() and text[start - 1] != ".":
        return False
    if "." not in (text[start - 1], text[end]) and "年" not in text[end : end + 8]:
        return False
    low = max(start - 6, 0)
    hits = _BROKEN_NUMBER.finditer(text, low, end + 8)
    return any(hit.start() <= start and end <= hit.end() for hit in hits)


def _means(text: str, start: int, end: int) -> bool:
    """Whether the spaces text[start:end] part a number from what it numbers."""
    if text[start - 1] in "编章节条條編節":
        line = max(text.rfind("\n", 0, start) + 1, start - 10)
        return _NUMBERED.match(text, line, start) is not None
    return text[start - 1] not in "：，。；、" and _DOCUMENT_NUMBER.match(text, end) is not None


def _widen(text: str) -> str:
    """Half-width marks beside Chinese become full-width ones; figures, times and addresses keep theirs."""
    text = _MARKS.sub(_widen_marks, text)
    text = _BRACKETS.sub(_widen_pair, text)
    text = _LONE_BRACKET.sub(_widen_brackets, text)
    return _STRAIGHT_QUOTES.sub(_widen_pair, text)


def _widen_marks(found: re.Match[str]) -> str:
    """Behind what is wide each mark of a run is, before it the last one."""
    before, after = _around(found)
    marks = found.group()
    if _IS_WIDE.match(before):
        return marks.translate(_TO_WIDE)
    return marks[:-1] + marks[-1].translate(_TO_WIDE) if _OPENS_WIDE.match(after) else marks


def _widen_brackets(found: re.Match[str]) -> str:
    """A bracket without its partner, or many in a row."""
    before, after = _around(found)
    wide = _IS_WIDE.match(before) or _OPENS_WIDE.match(after)
    return found.group().translate(_TO_WIDE) if wide else found.group()


def _widen_pair(found: re.Match[str]) -> str:
    """Brackets or quotation marks with something wide in or beside them."""
    before, after = _around(found)
    if _IS_WIDE.search(found[1]) or _IS_WIDE.match(before) or _IS_WIDE.match(after):
        opening, closing = "（）" if found[0][0] == "(" else "“”"
        return f"{opening}{found[1]}{closing}"
    return found[0]


def _around(found: re.Match[str]) -> tuple[str, str]:
    """The characters just before and after a match, "" at the ends of the text."""
    start, end = found.span()
    return found.string[max(start - 1, 0) : start], found.string[end : end + 1]
