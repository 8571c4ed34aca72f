"""How a Word file is laid out: pages, page numbers, and the fonts, sizes and indents of its paragraphs.

Properties are followed as :mod:`analysis.word.styles` has them. Nothing here holds an element: a layout travels from
the process that reads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from analysis.corpus.formats.limits import Parts, broken
from analysis.corpus.formats.word_parts import word_parts
from analysis.word.page_numbers import PageNumber, page_numbers
from analysis.word.paragraphs import Paragraph, W, WordText
from analysis.word.styles import Styles, number_of, on, value

_WHAT = "docx 文档"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TWIP = 25.4 / 1440  # millimetres
_MOST_SECTIONS = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one look: ``start``–``end`` in the text of the file. ``size`` in points; "" is an unknown font.

    ``font`` is that of Han characters, ``sign_font`` that of quotes, dashes and dots, which Word takes for Western
    unless it is told otherwise.
    """

    start: int
    end: int
    font: str
    sign_font: str
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph with words. ``indent``: where its first line begins, ``left`` where the others do, from the margin.

    Both and ``right`` in characters; ``heading``: its level in the outline; ``pitch``: from line to line, in points, 0
    where it is not known.
    """

    start: int
    end: int
    alignment: str
    indent: float
    heading: int | None
    numbered: bool
    stretches: tuple[Stretch, ...]
    left: float = 0.0
    right: float = 0.0
    pitch: float = 0.0

    @property
    def main(self) -> Stretch:
        """The look of most of its characters."""
        lengths: dict[Stretch, int] = {}
        for each in self.stretches:
            alike = replace(each, start=0, end=0)
            lengths[alike] = lengths.get(alike, 0) + each.end - each.start
        return max(lengths, key=lambda each: lengths[each])


@dataclass(frozen=True, slots=True)
class Page:
    """The pages of a section, in millimetres; ``left`` with the gutter."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole of it; ``even_and_odd``: left and right pages differ.

    ``hinted``: the program that wrote the file notes whether quotes and dashes are Chinese. LibreOffice tells from the
    words around them, and a file that it made of a doc or odt has lost what Word had noted.
    """

    pages: tuple[Page, ...]
    numbers: tuple[PageNumber, ...]
    even_and_odd: bool
    paragraphs: tuple[Look, ...]
    hinted: bool = True


def word_layout(data: bytes, name: str, words: WordText) -> Layout:
    """The layout of a docx whose words were read. Raises InputError where a part of it is damaged."""
    whole = word_parts(Parts(data, name, _WHAT), broken(name, _WHAT))
    root = cache(whole.root)
    settings = whole.related("settings")
    language = settings.find(f"{W}themeFontLang")
    script = "" if language is None else language.get(f"{W}eastAsia") or ""
    styles = Styles(whole.related("styles"), whole.related("numbering"), whole.related("theme"), script)
    sections = list(islice(words.paragraphs[0].element.getroottree().iter(f"{W}sectPr"), _MOST_SECTIONS))
    numbers: dict[PageNumber, None] = {}
    for section in sections:
        for reference in section.iterchildren(f"{W}footerReference", f"{W}headerReference"):
            part, pages = whole.links.get(reference.get(f"{_R}id") or "", ""), reference.get(f"{W}type") or "default"
            for number in page_numbers(root(part), pages, styles, section):
                numbers[number] = None
    grid = next((_grid(section) for section in sections), 0.0)
    return Layout(
        tuple(dict.fromkeys(page for section in sections if (page := _page(section)))),
        tuple(numbers),
        on(settings.find(f"{W}evenAndOddHeaders")),
        tuple(_look(each, styles, grid) for each in words.paragraphs if each.pieces),
        not any((each.text or "").startswith("LibreOffice") for each in root("docProps/app.xml")),
    )


def _page(section: Any) -> Page | None:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return None
    width, height = (number_of(size, name) * _TWIP for name in ("w", "h"))
    top, bottom, left, right = (abs(number_of(margins, name)) * _TWIP for name in ("top", "bottom", "left", "right"))
    return Page(width, height, top, bottom, left + number_of(margins, "gutter") * _TWIP, right)


def _grid(section: Any) -> float:
    """The distance of the lines that a page has drawn, in points; 0 where it has none."""
    grid = section.find(f"{W}docGrid")
    drawn = grid is not None and (grid.get(f"{W}type") or "default") != "default"
    return number_of(grid, "linePitch") / 20 if drawn else 0.0


def _look(paragraph: Paragraph, styles: Styles, grid: float) -> Look:
    own = paragraph.element.find(f"{W}pPr")
    style = value(own, "pStyle")
    found = styles.of_paragraph(style, own)
    stretches: list[Stretch] = []
    for piece in paragraph.pieces:
        look = styles.of_run(style, piece.element.getparent().find(f"{W}rPr"))
        sign = look.font if look.hint == "eastAsia" else look.latin
        each = Stretch(piece.start, piece.end, look.font, sign, look.size, look.bold)
        last = stretches[-1] if stretches else None
        if last is not None and replace(last, start=each.start, end=each.end) == each:
            stretches[-1] = replace(last, end=each.end)
        else:
            stretches.append(each)
    size = stretches[0].size
    left = found.left.of(size)
    return Look(
        paragraph.start,
        paragraph.end,
        found.alignment,
        left + found.first.of(size),
        found.heading,
        bool(paragraph.label),
        tuple(stretches),
        left,
        found.right.of(size),
        found.pitch(max(each.size for each in stretches), grid),
    )
