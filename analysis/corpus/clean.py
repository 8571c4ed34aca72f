"""Cleaning: characters are deleted or replaced one by one, never added, so that every one leads back to the file.

A pass maps characters, deletes what is not part of the text (page numbers, bookmarks, image names, web markup),
joins lines that a page layout has cut, takes the spaces out of Chinese words and widens punctuation beside Chinese.
Passes are repeated until nothing changes, which makes cleaning idempotent by construction; two are the rule.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corpus import characters, lines
from analysis.model import Removal

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"
# What a space is never kept beside: Han and the marks that are as wide as Han.
_WIDE = _HAN + "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·％℃"
_SPACES = re.compile(
    rf"^[ \t]+|[ \t]+$|(?<=[{_WIDE}])[ \t]+|[ \t]+(?=[{_WIDE}])|(?<=[ \t])[ \t]+|(?<=\d)[ \t]+(?=[%‰])", re.M
)
# The space after 第一条 and 第一章 is the only one that Chinese typesetting means.
_MEANT = re.compile(r"^第[〇零一二三四五六七八九十百千两\d]{1,7}[编章节条條編節][ \t](?=\S)", re.M)
_NOISE = re.compile(
    "|".join(
        (
            r"(?P<bookmark>\[bookmark:[^\]\n]{0,80}\])",
            r"(?P<comment><!--[^\n]{0,400}?-->)",
            r"(?P<image>!\[[^\]\n]{0,200}\]\([^)\n]{0,400}\)"
            r"|^[ \t]*[^\s。，；]{1,80}\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?|emf|wmf)[ \t]*$)",
            r"(?P<page>^[ \t]*[—–―－-]{1,2}[ \t]*\d{1,4}[ \t]*[—–―－-]{1,2}[ \t]*$"
            r"|^[ \t]*第[ \t]*\d{1,4}[ \t]*页(?:[ \t]*[，,/]?[ \t]*共[ \t]*\d{1,4}[ \t]*页)?[ \t]*$)",
            r"(?P<markup>^[ \t]*#{1,6}[ \t]+(?=\S))",
            r"(?P<invisible>[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]+)",
        )
    ),
    re.M | re.I,
)
_REASONS = {
    "bookmark": "书签标记",
    "comment": "网页注释",
    "image": "图片名",
    "page": "页码",
    "markup": "标题标记",
    "invisible": "不可见字符",
}
# Wide neighbours that turn a half-width mark into a full-width one.
_MARK = re.compile(
    rf"(?<=[{_WIDE}])[,;:!?]|[,;:!?](?=[{_HAN}“‘《（〈【〔])"
)
_BRACKETS = re.compile(r"\(([^()\n]{0,300})\)")
_LONE_BRACKET = re.compile(rf"(?<=[{_WIDE}])[()]|[()](?=[{_HAN}“《])")
_HAS_WIDE = re.compile(f"[{_WIDE}]")
_LATIN = re.compile(r"[A-Za-z]")
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
    before = None
    while state.text != before:
        before = state.text
        _pass(state)
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
    state.text = re.sub("\r(?!\n)", "\n", state.text).replace("\r", " ").translate(characters.TABLE)
    state.delete([(*found.span(), _REASONS[found.lastgroup or ""]) for found in _NOISE.finditer(state.text)])
    _join_lines(state)
    meant = {found.end() - 1 for found in _MEANT.finditer(state.text)}
    spaces = ((max(found.start(), 0), found.end()) for found in _SPACES.finditer(state.text))
    state.delete([(start, end, "词内空格") for start, end in spaces if start not in meant])
    state.text = _widen(state.text)


def _join_lines(state: _State) -> None:
    """Leave one line end between paragraphs and none inside them."""
    found = lines.split(state.text)
    if not found:
        state.delete([(0, len(state.text), "空行")] if state.text else [])
        return
    cuts: list[tuple[int, int, str]] = [(0, found[0].start, "空行")]
    words_meet: list[int] = []
    for above, below, joined in zip(found, found[1:], lines.joined(found), strict=False):
        if joined and not (_LATIN.match(above.words[-1]) and _LATIN.match(below.words[0])):
            cuts.append((above.end, below.start, "段内换行"))
            continue
        kept = state.text.index("\n", above.end)
        cuts += [(above.end, kept, "空行"), (kept + 1, below.start, "空行")]
        if joined:
            words_meet.append(kept)
    cuts.append((found[-1].end, len(state.text), "空行"))
    for at in words_meet:  # a line end between Latin words turns into a space
        state.text = f"{state.text[:at]} {state.text[at + 1 :]}"
    state.delete([cut for cut in cuts if cut[0] < cut[1]])


def _widen(text: str) -> str:
    """Half-width marks beside Chinese become full-width ones; figures, times and addresses keep theirs."""
    text = _MARK.sub(lambda found: found.group().translate(_TO_WIDE), text)
    text = _BRACKETS.sub(_widen_pair, text)
    return _LONE_BRACKET.sub(lambda found: found.group().translate(_TO_WIDE), text)


def _widen_pair(found: re.Match[str]) -> str:
    start, end = found.span()
    around = found.string[max(start - 1, 0) : start] + found.string[end : end + 1]
    if _HAS_WIDE.search(found.group(1)) or _HAS_WIDE.search(around):
        return f"（{found.group(1)}）"
    return found.group()
