"""What the styles of a Word file come to: defaults, styles and what they are based on, the levels of lists, the theme.

As Word has it, a level of a list stands between the style that names it and what it is based on, and over all styles
where the paragraph itself names it; what stands at a paragraph or run comes last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from analysis.word.paragraphs import W

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BASED_ON = 20  # styles that one may be based on, one on another
_ON = ("", "1", "true", "on")
_HEADING = re.compile(r"(?:heading|标题)\s?([1-9])", re.I)
_ALIGNMENTS = {"start": "left", "end": "right", "both": "both", "distribute": "both"}
_NATURAL = 1.3  # the height of a single line of Han characters, in their size
_MOST_LEVELS = 20_000
_SCRIPTS = {"zh-TW": "Hant", "zh-HK": "Hant", "ja": "Jpan", "ko": "Hang"}


@dataclass(frozen=True, slots=True)
class RunLook:
    """The properties of runs, as far as they are followed; defaults are those of the format."""

    font: str = ""
    latin: str = ""
    hint: str = ""
    size: float = 10.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A distance in characters or, where that is 0, in points."""

    characters: float = 0.0
    points: float = 0.0

    def of(self, size: float) -> float:
        """In characters of ``size`` points."""
        return self.characters or self.points / max(size, 1.0)


@dataclass(frozen=True, slots=True)
class LineLook:
    """The properties of paragraphs. ``first`` is the first line against the others, less than 0 where it hangs out.

    ``line``: between lines, in points, or in single lines where ``rule`` is auto; ``snapped``: lines keep to the grid
    of the page, where it has one.
    """

    alignment: str = "left"
    left: Measure = Measure()
    first: Measure = Measure()
    right: Measure = Measure()
    heading: int | None = None
    line: float = 1.0
    rule: str = "auto"
    snapped: bool = True

    def pitch(self, size: float, grid: float) -> float:
        """From line to line, in points, of words of ``size``; ``grid``: that of the page, 0 for none."""
        if self.rule == "exact":
            return self.line
        single = size * _NATURAL
        if grid and self.snapped:
            single = math.ceil(single / grid - 0.01) * grid
        return max(self.line, single) if self.rule == "atLeast" else self.line * single


class Styles:
    """The styles of a file, each with what it is based on; from the roots of its parts.

    ``language``: that of Han characters where the theme names their font (zh-CN, "" where it is not told).
    """

    def __init__(self, root: Any, numbering: Any, theme: Any, language: str) -> None:
        self._themes = _themes(theme, _SCRIPTS.get(language.partition("-")[0], _SCRIPTS.get(language, "Hans")))
        self._styles = {style.get(f"{W}styleId") or "": style for style in root.iterchildren(f"{W}style")}
        self._levels = _levels(numbering)
        self._runs: dict[tuple[str, str], RunLook] = {}
        self._lines: dict[tuple[str, bool], LineLook] = {}
        defaults = root.find(f"{W}docDefaults")
        self._run = self._with_run(RunLook(), None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr"))
        self._line = with_lines(LineLook(), None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr"))
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and (style.get(f"{W}default") or "0") in _ON
            ),
            "",
        )

    def of_run(self, paragraph: str, own: Any | None) -> RunLook:
        """What a run looks like in a paragraph of this style; ``own``: its own properties."""
        key = (paragraph or self._default, value(own, "rStyle"))
        if key not in self._runs:
            found = self._run
            for name in key:
                for style in self._based(name):
                    found = self._with_run(found, style.find(f"{W}rPr"))
            self._runs[key] = found
        return self._with_run(self._runs[key], own)

    def of_paragraph(self, style: str, own: Any | None) -> LineLook:
        """How a paragraph of this style is set; ``own``: its own properties."""
        name = style or self._default
        number = own.find(f"{W}numPr") if own is not None else None
        listed = value(number, "numId") if number is not None else ""
        found = self._of_style(name, in_list=listed != "0")
        if number is not None and listed != "0":
            listed = listed or next((list_ for list_, _ in map(self._place, self._based(name)) if list_), "")
            found = with_lines(found, self._levels.get((listed, value(number, "ilvl") or "0")))
        return with_lines(found, own)

    def _of_style(self, name: str, *, in_list: bool) -> LineLook:
        if (name, in_list) not in self._lines:
            found = self._line
            for style in self._based(name):
                if in_list:
                    found = with_lines(found, self._levels.get(self._place(style)))
                found = with_lines(found, style.find(f"{W}pPr"))
                if level := _HEADING.fullmatch(value(style, "name").strip()):
                    found = replace(found, heading=int(level[1]))
            self._lines[name, in_list] = found
        return self._lines[name, in_list]

    def _place(self, style: Any) -> tuple[str, str]:
        """The list and level that a style names; "" for no list."""
        number = style.find(f"{W}pPr/{W}numPr")
        list_ = value(number, "numId") if number is not None else ""
        linked = self._levels.get((list_, f"style {style.get(f'{W}styleId')}"))
        level = linked.getparent().get(f"{W}ilvl") if linked is not None else value(number, "ilvl")
        return list_, level or "0"

    def _based(self, name: str) -> Iterator[Any]:
        """The style and what it is based on, the furthest first."""
        chain: list[Any] = []
        while name in self._styles and len(chain) < _BASED_ON:
            chain.append(self._styles[name])
            name = value(self._styles[name], "basedOn")
        yield from reversed(chain)

    def _with_run(self, run: RunLook, own: Any | None) -> RunLook:
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
            run = replace(run, size=number_of(size, "val") / 2 or run.size)
        return run if bold is None else replace(run, bold=on(bold))

    def _font(self, fonts: Any, name: str) -> str:
        theme = fonts.get(f"{W}{name}Theme")
        return self._themes.get(theme, "") if theme else (fonts.get(f"{W}{name}") or "").strip()


def with_lines(lines: LineLook, own: Any | None) -> LineLook:
    """The properties of a paragraph with those of ``own`` (``w:pPr``) in their place."""
    if own is None:
        return lines
    alignment, level = value(own, "jc"), own.find(f"{W}outlineLvl")
    if alignment:
        lines = replace(lines, alignment=_ALIGNMENTS.get(alignment, alignment))
    if level is not None:
        at = int(number_of(level, "val"))
        lines = replace(lines, heading=at + 1 if at < 9 else None)
    if (snap := own.find(f"{W}snapToGrid")) is not None:
        lines = replace(lines, snapped=on(snap))
    return _with_indent(_with_spacing(lines, own.find(f"{W}spacing")), own.find(f"{W}ind"))


def _with_spacing(lines: LineLook, spacing: Any | None) -> LineLook:
    line = number_of(spacing, "line") if spacing is not None else 0.0
    if spacing is None or line <= 0:
        return lines
    rule = spacing.get(f"{W}lineRule") or "auto"
    return replace(lines, rule=rule, line=line / 240 if rule == "auto" else line / 20)


def _with_indent(lines: LineLook, indent: Any | None) -> LineLook:
    if indent is None:
        return lines
    left = _measure(indent, "left", "start") or lines.left
    right = _measure(indent, "right", "end") or lines.right
    out = _measure(indent, "hanging")
    first = _measure(indent, "firstLine")
    if out and (out.characters or out.points):
        first = Measure(-out.characters, -out.points)
    return replace(lines, left=left, right=right, first=first or out or lines.first)


def _measure(indent: Any, *names: str) -> Measure | None:
    """A distance of an indent under one of its names; None where nothing is said of it."""
    for name in names:
        characters, twips = indent.get(f"{W}{name}Chars"), indent.get(f"{W}{name}")
        if characters is not None or twips is not None:
            return Measure(number_of(indent, f"{name}Chars") / 100, number_of(indent, name) / 20)
    return None


def _levels(root: Any) -> dict[tuple[str, str], Any]:
    """(number of a list, level, or ``style `` and the style that stands for it) -> how its paragraphs are set."""
    kinds = {kind.get(f"{W}abstractNumId") or "": kind for kind in root.iterchildren(f"{W}abstractNum")}
    found: dict[tuple[str, str], Any] = {}
    for each in root.iterchildren(f"{W}num"):
        number, kind = each.get(f"{W}numId") or "", kinds.get(value(each, "abstractNumId"))
        levels = [*(kind if kind is not None else ()), *each.iterchildren(f"{W}lvlOverride")]
        for level in (each if each.tag == f"{W}lvl" else each.find(f"{W}lvl") for each in levels):
            look = level.find(f"{W}pPr") if level is not None else None
            if look is not None and len(found) < _MOST_LEVELS:
                found[number, level.get(f"{W}ilvl") or "0"] = look
                if style := value(level, "pStyle"):
                    found[number, f"style {style}"] = look
    return found


def _themes(root: Any, script: str) -> dict[str, str]:
    """The fonts that a theme names: minorEastAsia, majorHAnsi …; one for all of Asia before one for a script."""
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = next(root.iter(f"{_A}{kind}Font"), None)
        if fonts is None:
            continue
        scripts = {each.get("script"): each.get("typeface") for each in fonts.iter(f"{_A}font")}
        east, latin = fonts.find(f"{_A}ea"), fonts.find(f"{_A}latin")
        eastern = (east is not None and east.get("typeface")) or scripts.get(script) or scripts.get("Hans")
        found[f"{kind}EastAsia"] = eastern or ""
        found[f"{kind}HAnsi"] = found[f"{kind}Ascii"] = (latin is not None and latin.get("typeface")) or ""
    return found


def value(parent: Any | None, tag: str) -> str:
    """The value of a property; "" where it is not there."""
    found = parent.find(f"{W}{tag}") if parent is not None else None
    return "" if found is None else found.get(f"{W}val") or ""


def number_of(element: Any, name: str) -> float:
    """The number of an attribute; 0 where it is none or no measure of anything."""
    words = element.get(f"{W}{name}") or ""
    return float(words) if re.fullmatch(r"-?[0-9]{1,7}(?:\.[0-9]{1,4})?", words) else 0.0


def on(element: Any | None) -> bool:
    """Whether a property that is there or not is there."""
    return element is not None and (element.get(f"{W}val") or "") in _ON
