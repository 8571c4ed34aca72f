"""Drafts from plain text, as the rules see them."""

from __future__ import annotations

import re

from analysis.corpus.documents import anonymous_card, document
from analysis.extract import extract
from analysis.lint.draft import Draft, draft_of
from analysis.model import Reading
from analysis.segment import segment
from analysis.word.layout import Layout, Look, Page, Stretch
from analysis.word.page_numbers import PageNumber


def draft_from(text: str, name: str = "文稿.txt", **known: object) -> Draft:
    """A draft with its reading; ``known`` goes on to ``draft_of``."""
    card = anonymous_card(name)
    read = document(card, card.editions[0], text)
    clauses = segment(read)
    found = extract(read, clauses)
    reading = Reading(read, clauses, found.quantities, found.targets, found.incentives, found.unparsed)
    return draft_of(name, text, reading, **known)  # type: ignore[arg-type]


_MARK = re.compile(r"【([^】]*)】([^【]*)")
_PAGE = {"宽": 210.0, "高": 297.0, "上": 37.0, "下": 35.0, "左": 28.0, "右": 26.0}
_PLACES = {"居中": "center", "居右": "right", "居左": "left", "外侧": "outside"}


def laid_out(sketch: str) -> tuple[str, Layout]:
    """A text with its layout, from an example of a rule about layout: every stretch of words behind its look.

    ``【页面 上25 左32】`` and ``【页码 居右 双页居左 — # —】`` are lines of their own; what they do not say is right.
    """
    lines: list[str] = []
    looks: list[Look] = []
    page, numbers = dict(_PAGE), []
    for line in sketch.strip("\n").split("\n"):
        marks = _MARK.findall(line)
        name, *words = marks[0][0].split()
        if name == "页面":
            page |= {word[0]: float(word[1:]) for word in words}
        elif name == "页码":
            numbers += _numbers(words)
        else:
            looks.append(_look(marks, sum(len(each) + 1 for each in lines)))
            lines.append("".join(text for _, text in marks))
    sizes = Page(*(page[name] for name in ("宽", "高", "上", "下", "左", "右")))
    even = any(number.pages == "even" for number in numbers)
    return "\n".join(lines), Layout((sizes,), tuple(numbers), even, tuple(looks))


def _numbers(words: list[str]) -> list[PageNumber]:
    place = next((_PLACES[word] for word in words if word in _PLACES), "?")
    shown = " ".join(word for word in words if word not in _PLACES and not word.startswith("双页"))
    found = [PageNumber("default", shown, place, "宋体", 14.0)]
    if even := [word for word in words if word.startswith("双页")]:
        found.append(PageNumber("even", shown, _PLACES[even[0][2:]], "宋体", 14.0))
    return found


def _look(marks: list[tuple[str, str]], start: int) -> Look:
    """``【仿宋 16 缩进2】`` …: font, size and, in any order, 居中, 缩进2, 回行2, 右空2 (characters), 行距28
    (points), 标题2, 加粗, 西文引号.
    """
    stretches: list[Stretch] = []
    first = marks[0][0].split()
    at = start
    for mark, text in marks:
        font, size, *rest = mark.split()
        signs = "Times New Roman" if "西文引号" in rest else font
        stretches.append(Stretch(at, at + len(text), font, signs, float(size), "加粗" in rest))
        at += len(text)
    level = next((int(word[2:]) for word in first if word.startswith("标题")), None)
    indent = next((float(word[2:]) for word in first if word.startswith("缩进")), 0.0)
    left, right, pitch = (
        next((float(word[2:]) for word in first if word.startswith(name)), 0.0) for name in ("回行", "右空", "行距")
    )
    alignment = next((_PLACES[word] for word in first if word in _PLACES), "both")
    return Look(start, at, alignment, indent, level, False, tuple(stretches), left, right, pitch)
