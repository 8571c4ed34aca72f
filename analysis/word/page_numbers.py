"""The page numbers of a Word file: lines of headers and footers with the field of the page, and where these stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.corpus.formats.limits import local
from analysis.word.paragraphs import W
from analysis.word.styles import Styles, value

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SHAPE = re.compile(r"mso-position-horizontal:\s*(left|right|center|inside|outside)")


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The line of a page number: ``words`` with # for the number; ``alignment`` "" where it is not known.

    ``pages``: default (odd ones, where even ones have their own), even, or first.
    """

    pages: str
    words: str
    alignment: str
    font: str
    size: float


def page_numbers(root: Any, pages: str, styles: Styles, section: Any) -> Iterator[PageNumber]:
    """The lines of a header or footer that hold the number of the page; a copy for old programs counts for none."""
    for paragraph in root.iter(f"{W}p"):
        words, run = _shown(paragraph)
        if "#" not in words or next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        kind = section.find(f"{W}pgNumType")
        if words.strip() == "#" and kind is not None and kind.get(f"{W}fmt") == "numberInDash":
            words = "- # -"
        own = paragraph.find(f"{W}pPr")
        style = value(own, "pStyle")
        look = styles.of_run(style, run.find(f"{W}rPr") if run is not None else None)
        alignment = _placed(paragraph, own) or styles.of_paragraph(style, own).alignment
        yield PageNumber(pages, words.strip(), alignment, look.latin or look.font, look.size)


def _placed(paragraph: Any, own: Any | None) -> str:
    """Where a frame or box puts a line; "" where it stands in neither, "?" where that is not told."""
    frame = own.find(f"{W}framePr") if own is not None else None
    if frame is not None:
        return frame.get(f"{W}xAlign") or "?"
    box = next(paragraph.iterancestors(f"{W}txbxContent"), None)
    if box is None:
        return ""
    for around in box.iterancestors():
        place = around.find(f"{_DRAWING}positionH/{_DRAWING}align") if around.tag == f"{_DRAWING}anchor" else None
        if place is not None:
            return place.text or "?"
        if shape := _SHAPE.search(around.get("style") or ""):
            return shape[1]
    return "?"


def _shown(paragraph: Any) -> tuple[str, Any | None]:
    """The words of a line of its own, with # for the number of the page in place of what the field shows now.

    And the run that shows the number, or else the first one.
    """
    reader = _Line()
    for node in paragraph.iter():
        if next(node.iterancestors(f"{W}p"), paragraph) is paragraph:  # not in a box
            reader.take(node)
    return "".join(reader.words), reader.number if reader.number is not None else reader.first


@dataclass(slots=True)
class _Line:
    """Goes through a line once. ``instruction``: of the field that is open, which Word may cut into several runs."""

    words: list[str]
    instruction: str
    inside: int
    number: Any | None
    first: Any | None

    def __init__(self) -> None:
        self.words, self.instruction, self.inside, self.number, self.first = [], "", 0, None, None

    def take(self, node: Any) -> None:
        tag = local(node)
        if tag == "r" and self.first is None:
            self.first = node
        elif tag == "fldChar":
            self._field(node, node.get(f"{W}fldCharType"))
        elif tag == "instrText":
            self.instruction += node.text or ""
        elif tag == "fldSimple" and _names_page(node.get(f"{W}instr") or ""):
            self._page(next(node.iter(f"{W}r"), None))
        elif tag == "pgNum":
            self._page(node.getparent())
        elif tag == "t":
            self._text(node)

    def _field(self, node: Any, kind: str | None) -> None:
        self.inside += (kind == "begin") - (kind == "end")
        if kind == "end" and _names_page(self.instruction):
            self._page(node.getparent())
        if kind in ("begin", "end"):
            self.instruction = ""

    def _page(self, run: Any | None) -> None:
        self.words.append("#")
        self.number = self.number if self.number is not None else run

    def _text(self, node: Any) -> None:
        if not self.inside and next(node.iterancestors(f"{W}fldSimple"), None) is None:
            self.words.append(node.text or "")
        elif self.inside and _names_page(self.instruction) and self.number is None:
            self.number = node.getparent()


def _names_page(instruction: str) -> bool:
    return re.match(r"\s*PAGE\b", instruction, re.I) is not None
