"""How a Word file is laid out: pages, page numbers, and the fonts, sizes and indents of its paragraphs.

Properties are followed through defaults, styles and what they are based on, the theme, and what stands at a paragraph
or run itself. Nothing here holds an element: a layout travels from the process that reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from lxml import etree

from analysis.corpus.formats.limits import Parts, broken, local, parse
from analysis.word.paragraphs import Paragraph, W, WordText

_WHAT = "docx 文档"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TWIP = 25.4 / 1440  # millimetres
_MOST_SECTIONS = 200
_BASED_ON = 20  # styles that one may be based on, one on another
_ON = ("", "1", "true", "on")
_HEADING = re.compile(r"(?:heading|标题)\s?([1-9])", re.I)
_ALIGNMENTS = {"start": "left", "end": "right", "both": "both", "distribute": "both"}


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
    """A paragraph with words. ``indent``: of its first line, in characters; ``heading``: its level in the outline."""

    start: int
    end: int
    alignment: str
    indent: float
    heading: int | None
    numbered: bool
    stretches: tuple[Stretch, ...]

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
class PageNumber:
    """The line of a page number: ``words`` with # for the number; ``alignment`` "" where it is not known.

    ``pages``: default (odd ones, where even ones have their own), even, or first.
    """

    pages: str
    words: str
    alignment: str
    font: str
    size: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole of it; ``even_and_odd``: left and right pages differ."""

    pages: tuple[Page, ...]
    numbers: tuple[PageNumber, ...]
    even_and_odd: bool
    paragraphs: tuple[Look, ...]


def word_layout(data: bytes, name: str, words: WordText) -> Layout:
    """The layout of a docx whose words were read. Raises InputError where a part of it is damaged."""
    parts = Parts(data, name, _WHAT)
    fault = broken(name, _WHAT)

    @cache
    def root(part: str) -> Any:
        return parse(parts.read(part), fault) if part in parts.names else etree.Element("absent")

    styles = _Styles(root("word/styles.xml"), _themes(root("word/theme/theme1.xml")))
    links = {link.get("Id"): link.get("Target") or "" for link in root("word/_rels/document.xml.rels")}
    sections = list(islice(words.paragraphs[0].element.getroottree().iter(f"{W}sectPr"), _MOST_SECTIONS))
    numbers: dict[PageNumber, None] = {}
    for section in sections:
        for reference in section.iterchildren(f"{W}footerReference", f"{W}headerReference"):
            part = links.get(reference.get(f"{_R}id"), "").lstrip("/")
            part = part if part.startswith("word/") else f"word/{part}"
            for number in _page_numbers(root(part), reference.get(f"{W}type") or "default", styles, section):
                numbers[number] = None
    return Layout(
        tuple(dict.fromkeys(page for section in sections if (page := _page(section)))),
        tuple(numbers),
        _on(root("word/settings.xml").find(f"{W}evenAndOddHeaders")),
        tuple(_look(each, styles) for each in words.paragraphs if each.pieces),
    )


def _page(section: Any) -> Page | None:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return None
    width, height = (_number(size, name) * _TWIP for name in ("w", "h"))
    top, bottom, left, right = (abs(_number(margins, name)) * _TWIP for name in ("top", "bottom", "left", "right"))
    return Page(width, height, top, bottom, left + _number(margins, "gutter") * _TWIP, right)


def _look(paragraph: Paragraph, styles: _Styles) -> Look:
    own = paragraph.element.find(f"{W}pPr")
    style = _value(own, "pStyle")
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
    size = max(stretches[0].size, 1.0)
    indent = found.characters if found.characters is not None else found.twips / 20 / size
    return Look(
        paragraph.start,
        paragraph.end,
        found.alignment,
        indent,
        found.heading,
        bool(paragraph.label),
        tuple(stretches),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """The properties of runs, as far as they are followed; defaults are those of the format."""

    font: str = ""
    latin: str = ""
    hint: str = ""
    size: float = 10.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Lines:
    """The properties of paragraphs: the indent of the first line in characters or twips, the level in the outline."""

    alignment: str = "left"
    characters: float | None = None
    twips: float = 0.0
    heading: int | None = None


class _Styles:
    """The styles of a file, each with what it is based on."""

    def __init__(self, root: Any, themes: Mapping[str, str]) -> None:
        self._themes = themes
        self._styles = {style.get(f"{W}styleId") or "": style for style in root.iterchildren(f"{W}style")}
        self._runs: dict[tuple[str, str], _Run] = {}
        self._lines: dict[str, _Lines] = {}
        defaults = root.find(f"{W}docDefaults")
        self._run = self._with_run(_Run(), None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr"))
        self._line = _with_lines(_Lines(), None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr"))
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and (style.get(f"{W}default") or "0") in _ON
            ),
            "",
        )

    def of_run(self, paragraph: str, own: Any | None) -> _Run:
        """What a run looks like in a paragraph of this style; ``own``: its own properties."""
        key = (paragraph or self._default, _value(own, "rStyle"))
        if key not in self._runs:
            found = self._run
            for name in key:
                for style in self._based(name):
                    found = self._with_run(found, style.find(f"{W}rPr"))
            self._runs[key] = found
        return self._with_run(self._runs[key], own)

    def of_paragraph(self, style: str, own: Any | None) -> _Lines:
        """How a paragraph of this style is set; ``own``: its own properties."""
        name = style or self._default
        if name not in self._lines:
            found = self._line
            for each in self._based(name):
                found = _with_lines(found, each.find(f"{W}pPr"))
                if level := _HEADING.fullmatch(_value(each, "name").strip()):
                    found = replace(found, heading=int(level[1]))
            self._lines[name] = found
        return _with_lines(self._lines[name], own)

    def _based(self, name: str) -> Iterator[Any]:
        """The style and what it is based on, the furthest first."""
        chain: list[Any] = []
        while name in self._styles and len(chain) < _BASED_ON:
            chain.append(self._styles[name])
            name = _value(self._styles[name], "basedOn")
        yield from reversed(chain)

    def _with_run(self, run: _Run, own: Any | None) -> _Run:
        if own is None:
            return run
        fonts, size, bold = own.find(f"{W}rFonts"), own.find(f"{W}sz"), own.find(f"{W}b")
        if fonts is not None:
            run = replace(
                run,
                font=self._font(fonts, "eastAsia") or run.font,
                latin=self._font(fonts, "hAnsi") or self._font(fonts, "ascii") or run.latin,
                hint=fonts.get(f"{W}hint") or run.hint,
            )
        if size is not None:
            run = replace(run, size=_number(size, "val") / 2 or run.size)
        return run if bold is None else replace(run, bold=_on(bold))

    def _font(self, fonts: Any, name: str) -> str:
        theme = fonts.get(f"{W}{name}Theme")
        return self._themes.get(theme, "") if theme else (fonts.get(f"{W}{name}") or "").strip()


def _with_lines(lines: _Lines, own: Any | None) -> _Lines:
    if own is None:
        return lines
    alignment, level = _value(own, "jc"), own.find(f"{W}outlineLvl")
    if alignment:
        lines = replace(lines, alignment=_ALIGNMENTS.get(alignment, alignment))
    if level is not None:
        at = int(_number(level, "val"))
        lines = replace(lines, heading=at + 1 if at < 9 else None)
    indent = own.find(f"{W}ind")
    if indent is None:
        return lines
    if indent.get(f"{W}firstLineChars"):
        return replace(lines, characters=_number(indent, "firstLineChars") / 100)
    if indent.get(f"{W}firstLine"):
        return replace(lines, characters=None, twips=_number(indent, "firstLine"))
    if indent.get(f"{W}hanging"):
        return replace(lines, characters=None, twips=-_number(indent, "hanging"))
    return lines


def _themes(root: Any) -> dict[str, str]:
    """The fonts that a theme names: minorEastAsia, majorHAnsi …"""
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = next(root.iter(f"{_A}{kind}Font"), None)
        if fonts is None:
            continue
        chinese = next((each for each in fonts.iter(f"{_A}font") if each.get("script") == "Hans"), None)
        east, latin = fonts.find(f"{_A}ea"), fonts.find(f"{_A}latin")
        eastern = (east is not None and east.get("typeface")) or (chinese is not None and chinese.get("typeface"))
        found[f"{kind}EastAsia"] = eastern or ""
        found[f"{kind}HAnsi"] = found[f"{kind}Ascii"] = (latin is not None and latin.get("typeface")) or ""
    return found


def _page_numbers(root: Any, pages: str, styles: _Styles, section: Any) -> Iterator[PageNumber]:
    """The lines of a header or footer that hold the number of the page."""
    for paragraph in root.iter(f"{W}p"):
        words = _shown(paragraph)
        if "#" not in words:
            continue
        kind = section.find(f"{W}pgNumType")
        if words.strip() == "#" and kind is not None and kind.get(f"{W}fmt") == "numberInDash":
            words = "- # -"
        own = paragraph.find(f"{W}pPr")
        style = _value(own, "pStyle")
        run = next(iter(paragraph.iter(f"{W}r")), None)
        look = styles.of_run(style, run.find(f"{W}rPr") if run is not None else None)
        alignment = _placed(paragraph, own) or styles.of_paragraph(style, own).alignment
        yield PageNumber(pages, words.strip(), alignment, look.latin or look.font, look.size)


def _placed(paragraph: Any, own: Any | None) -> str:
    """Where a frame or box puts a line; "" where it stands in neither, "?" where that is not said."""
    frame = own.find(f"{W}framePr") if own is not None else None
    if frame is not None:
        return frame.get(f"{W}xAlign") or "?"
    box = next(paragraph.iterancestors(f"{W}txbxContent"), None)
    if box is None:
        return ""
    anchor = next(box.iterancestors(f"{_DRAWING}anchor"), None)
    place = anchor.find(f"{_DRAWING}positionH/{_DRAWING}align") if anchor is not None else None
    return (place.text or "?") if place is not None else "?"


def _shown(paragraph: Any) -> str:
    """The words of a line of its own, with # for the number of the page in place of what the field shows now."""
    words: list[str] = []
    inside, page = 0, False
    for node in paragraph.iter():
        tag = local(node)
        if next(node.iterancestors(f"{W}p"), paragraph) is not paragraph:
            continue  # in a box
        if tag == "fldChar":
            kind = node.get(f"{W}fldCharType")
            inside += (kind == "begin") - (kind == "end")
            if kind == "end" and page:
                words.append("#")
                page = False
        elif tag == "instrText":
            page = page or _names_page(node.text or "")
        elif tag == "fldSimple":
            words += ["#"] if _names_page(node.get(f"{W}instr") or "") else []
        elif tag == "pgNum":
            words.append("#")
        elif tag == "t" and not inside and next(node.iterancestors(f"{W}fldSimple"), None) is None:
            words.append(node.text or "")
    return "".join(words)


def _names_page(instruction: str) -> bool:
    return re.match(r"\s*PAGE\b", instruction, re.I) is not None


def _value(parent: Any | None, tag: str) -> str:
    found = parent.find(f"{W}{tag}") if parent is not None else None
    return "" if found is None else found.get(f"{W}val") or ""


def _number(element: Any, name: str) -> float:
    """The number of an attribute; 0 where it is none or no measure of anything."""
    words = element.get(f"{W}{name}") or ""
    return float(words) if re.fullmatch(r"-?[0-9]{1,7}(?:\.[0-9]{1,4})?", words) else 0.0


def _on(element: Any | None) -> bool:
    return element is not None and (element.get(f"{W}val") or "") in _ON
