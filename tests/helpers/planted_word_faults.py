"""Faults of layout planted in Word files that keep to GB/T 9704-2012: what the rules find of them, and raise wrongly.

Every kind is a function that spoils a document of python-docx and says where; None where the document has no place for
the fault. Files are set in four ways (``word_drafts.WAYS``), so that a fault stands in a paragraph, a style, the theme
or a level of a list.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from word_drafts import SECOND, WAYS, bytes_of, fonts, indent, set_theme, standard_docx


@dataclass(frozen=True, slots=True)
class WordFault:
    """What was spoiled: ``rule`` may report it with a message of the pattern ``about``, at ``words`` ("": anywhere)."""

    rule: str
    about: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlantedWord:
    """A Word file with one fault."""

    data: bytes
    fault: WordFault


Spoil = Callable[[Any, str, random.Random], WordFault | None]
WORD_KINDS: dict[str, Spoil] = {}


def _kind(name: str) -> Callable[[Spoil], Spoil]:
    def register(spoil: Spoil) -> Spoil:
        WORD_KINDS[name] = spoil
        return spoil

    return register


def _any(document: Any, pattern: str, chance: random.Random) -> Any | None:
    found = [each for each in document.paragraphs if re.search(pattern, each.text)]
    return chance.choice(found) if found else None


_TEXT = "^(?!第|附|[一二三四五六七八九十]+、).{46,}$"  # a paragraph of running text
_ALL = "^.{20,}$"


def _section(name: str, about: str, **values: Any) -> None:
    """A kind that sets the page otherwise."""

    def spoil(document: Any, way: str, chance: random.Random) -> WordFault:
        for key, value in values.items():
            setattr(document.sections[0], key, Mm(value + chance.choice((0, 0.4, 0.8))))
        return WordFault("L1", about)

    WORD_KINDS[name] = spoil


_section("layout/paper", "纸张", page_width=184, page_height=260)
_section("layout/margin-top", "上白边", top_margin=25.4, bottom_margin=46)
_section("layout/margin-left", "左白边", left_margin=31.8, right_margin=22)
_section("layout/margin-right", "版心", right_margin=31)
_section("layout/margin-bottom", "版心", bottom_margin=25)


def _paragraph(name: str, pattern: str, rule: str, about: str, spoil: Callable[[Any, random.Random], None]) -> None:
    """A kind that spoils one paragraph."""

    def kind(document: Any, way: str, chance: random.Random) -> WordFault | None:
        paragraph = _any(document, pattern, chance)
        if paragraph is None:
            return None
        spoil(paragraph, chance)
        return WordFault(rule, about, paragraph.text)

    WORD_KINDS[name] = kind


def _font(*names: str) -> Callable[[Any, random.Random], None]:
    def spoil(paragraph: Any, chance: random.Random) -> None:
        name = chance.choice(names)
        for run in paragraph.runs:
            fonts(run._r, name)

    return spoil


def _size(*sizes: float) -> Callable[[Any, random.Random], None]:
    def spoil(paragraph: Any, chance: random.Random) -> None:
        size = chance.choice(sizes)
        for run in paragraph.runs:
            run.font.size = Pt(size)

    return spoil


def _indented(*values: str) -> Callable[[Any, random.Random], None]:
    return lambda paragraph, chance: indent(paragraph, chance.choice(values))


def _aligned(*values: WD_ALIGN_PARAGRAPH) -> Callable[[Any, random.Random], None]:
    def spoil(paragraph: Any, chance: random.Random) -> None:
        paragraph.alignment = chance.choice(values)
        indent(paragraph, 'w:firstLineChars="0" w:firstLine="0"')

    return spoil


_LEFT, _CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_FLUSH = ('w:firstLineChars="0" w:firstLine="0"', 'w:left="0" w:firstLine="0"', 'w:start="0" w:firstLine="160"')
_BLOCK = (
    'w:left="640" w:firstLine="0"',
    'w:leftChars="200" w:left="640" w:firstLine="640"',
    'w:start="960" w:hanging="320"',
)
_TITLE = "(?:实施意见|奖励办法|通知|行动方案)$"
_FIRST = (
    "^(?:[一二三四五]、)?(?:总体目标|重点任务|工作保障|征集范围|申报条件|支持方式|工作要求|发展基础|行动目标|主要任务)$"
)
_SECOND = "^(?:（[一二三四五六]）)?(?:建强|培养|畅通|开放|深化|加强|保障|营造|优化|完善|强化|健全)[^。]{2,16}(?:。|$)"
_THIRD = "^\\d\\.[^。]{4,12}。"
_SIGNED, _DATED, _ADDRESSED = (
    "^(?:临澜省|澄原市)[^，。：]{2,12}(?:政府|厅|委员会)$",
    "^2026年\\d月\\d+日$",
    "^各市.*：$",
)

_paragraph("layout/body-font", _TEXT, "L2", "正文用的是", _font("宋体", "微软雅黑", "等线", "黑体"))
_paragraph("layout/body-size", _TEXT, "L2", "正文字号", _size(14, 12, 15, 18))
_paragraph("layout/indent-none", _TEXT, "L2", "首行没有左空", _indented(*_FLUSH))
_paragraph("layout/indent-block", _TEXT, "L2", "回行没有顶格", _indented(*_BLOCK))
_paragraph("layout/indent-hanging", _TEXT, "L2", "首行|回行", _indented('w:left="640" w:hanging="640"'))
_paragraph("layout/title-font", _TITLE, "L3", "标题用的是", _font("黑体", "宋体", "华文中宋"))
_paragraph("layout/title-size", _TITLE, "L3", "标题字号", _size(18, 26, 16))
_paragraph("layout/title-side", _TITLE, "L3", "没有居中", _aligned(_LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY))
_paragraph("layout/heading-font", _FIRST, "L4", "一级标题用的是", _font("宋体", "仿宋_GB2312", "楷体"))
_paragraph("layout/heading-size", _FIRST, "L4", "一级标题字号", _size(18, 14, 22))
_paragraph("layout/signature-left", _SIGNED, "L8", "居右", _aligned(_LEFT, _CENTRE))
_paragraph("layout/date-left", _DATED, "L8", "居右", _aligned(_LEFT, _CENTRE))
_paragraph("layout/date-flush", _DATED, "L8", "空字", _aligned(WD_ALIGN_PARAGRAPH.RIGHT))
_paragraph("layout/addressee", _ADDRESSED, "L8", "主送机关", _indented('w:firstLine="640"', 'w:firstLineChars="200"'))


@_kind("layout/heading-2-font")
def _second(document: Any, way: str, chance: random.Random) -> WordFault | None:
    paragraph = _any(document, _SECOND, chance)
    if paragraph is None or paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) != SECOND:
        return None
    fonts(paragraph.runs[0]._r, chance.choice(("黑体", "仿宋", "宋体")))
    return WordFault("L4", "二级标题用的是", paragraph.runs[0].text)


@_kind("layout/heading-3-bold")
def _third(document: Any, way: str, chance: random.Random) -> WordFault | None:
    paragraph = _any(document, _THIRD, chance)
    if paragraph is None or way == "lists":
        return None
    paragraph.runs[0].bold = True
    return WordFault("L4", "加了粗", paragraph.text)


@_kind("layout/outline")
def _outline(document: Any, way: str, chance: random.Random) -> WordFault | None:
    """A heading style over a paragraph in which the text runs on."""
    paragraph = _any(document, "^(?:（[一二三四五六]）|\\d\\.)[^。]{2,16}。.{9}", chance)
    if paragraph is None:
        return None
    paragraph._p.get_or_add_pPr().insert(0, document.element.makeelement(qn("w:pStyle"), {qn("w:val"): "Heading2"}))
    return WordFault("L7", "标题和正文", paragraph.text)


@_kind("layout/quotes")
def _quotes(document: Any, way: str, chance: random.Random) -> WordFault | None:
    paragraph = _any(document, "“", chance)
    if paragraph is None:
        return None
    for run in paragraph.runs:
        fonts(run._r, "仿宋_GB2312", "Times New Roman")
        run._r.rPr.rFonts.attrib.pop(qn("w:hint"), None)
        run._r.rPr.rFonts.set(qn("w:hint"), "default")
    return WordFault("L6", "西文字体", paragraph.text)


@_kind("layout/pitch")
def _pitch(document: Any, way: str, chance: random.Random) -> WordFault:
    """Lines too close or too far apart, all through."""
    spacing = chance.choice((Pt(20), Pt(24), Pt(36), 1.0, 2.0))
    for paragraph in document.paragraphs:
        paragraph.paragraph_format.line_spacing = spacing
    return WordFault("L2", "行距")


def _numbers(document: Any) -> Iterator[Any]:
    for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
        yield footer.paragraphs[0]


@_kind("layout/number-none")
def _no_number(document: Any, way: str, chance: random.Random) -> WordFault | None:
    if sum(len(each.text) for each in document.paragraphs) < 620:
        return None
    for paragraph in _numbers(document):
        for run in paragraph.runs[1:-1] if chance.random() < 0.5 else paragraph.runs:
            run._r.getparent().remove(run._r)
    return WordFault("L5", "没有页码")


def _dashes(name: str, about: str, left: str, right: str) -> None:
    def spoil(document: Any, way: str, chance: random.Random) -> WordFault:
        for paragraph in _numbers(document):
            paragraph.runs[0].text, paragraph.runs[-1].text = left, right
        return WordFault("L5", about)

    WORD_KINDS[name] = spoil


_dashes("layout/number-hyphen", "短横", "- ", " -")
_dashes("layout/number-bare", "没有一字线", "", "")
_dashes("layout/number-words", "没有一字线", "第", "页")


@_kind("layout/number-centred")
def _centred(document: Any, way: str, chance: random.Random) -> WordFault:
    for paragraph in _numbers(document):
        paragraph.alignment = _CENTRE
    return WordFault("L5", "居中")


@_kind("layout/number-one-side")
def _one_side(document: Any, way: str, chance: random.Random) -> WordFault:
    document.settings.odd_and_even_pages_header_footer = False
    return WordFault("L5", "分单双页")


@_kind("layout/number-odd-only")
def _odd_only(document: Any, way: str, chance: random.Random) -> WordFault:
    paragraph = document.sections[0].even_page_footer.paragraphs[0]
    for run in paragraph.runs:
        run._r.getparent().remove(run._r)
    return WordFault("L5", "双页没有")


@_kind("layout/number-sides")
def _sides(document: Any, way: str, chance: random.Random) -> WordFault:
    for paragraph, side in zip(_numbers(document), (_LEFT, WD_ALIGN_PARAGRAPH.RIGHT), strict=True):
        paragraph.alignment = side
    return WordFault("L5", "左右位置")


@_kind("layout/number-font")
def _number_font(document: Any, way: str, chance: random.Random) -> WordFault:
    font, size = chance.choice((("Times New Roman", 14), ("宋体", 9), ("宋体", 10.5), ("Calibri", 14)))
    for paragraph in _numbers(document):
        for run in paragraph.runs:
            fonts(run._r, font, font)
            run.font.size = Pt(size)
    return WordFault("L5", "一般用4号宋体")


@_kind("layout/default-font")
def _default_font(document: Any, way: str, chance: random.Random) -> WordFault | None:
    """Another font of the style or the theme that all the text comes from."""
    name = chance.choice(("宋体", "等线", "微软雅黑"))
    if way == "direct":
        return None
    if way == "theme":
        set_theme(document, name)
    else:
        fonts(document.styles["Normal"].element, name)
    return WordFault("L2", f"正文用的是{name}")


@_kind("layout/default-size")
def _default_size(document: Any, way: str, chance: random.Random) -> WordFault | None:
    if way == "direct":
        return None
    document.styles["Normal"].font.size = Pt(chance.choice((12, 14, 10.5)))
    return WordFault("L2", "正文字号")


@_kind("layout/default-indent")
def _default_indent(document: Any, way: str, chance: random.Random) -> WordFault | None:
    """No indent in the style, or one of all lines in the level of the list, that the text comes from."""
    levels = document.part.numbering_part.element.findall(f".//{qn('w:lvl')}") if way == "lists" else []
    owners = [each for each in levels if each.getparent().get(qn("w:abstractNumId")) == "77"]
    owners += [document.styles["Normal"].element] if way == "styles" else []
    for owner in owners:
        found = owner.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        for name in list(found.attrib):
            del found.attrib[name]
        if way == "lists":
            found.set(qn("w:left"), "840")
            found.set(qn("w:hanging"), "420")
    numbered = [each.text for each in document.paragraphs if each._p.findall(f".//{qn('w:numPr')}")]
    long = way == "styles" or any(len(text) > 46 for text in numbered)
    return WordFault("L2", "首行|回行") if owners and long else None


def plant_in_word(texts: dict[str, str], seed: int = 2026) -> Iterator[tuple[str, str, PlantedWord]]:
    """(kind, draft and how it is set, fault): every kind once in every draft, set in one of the four ways."""
    chance = random.Random(seed)
    for at, (kind, spoil) in enumerate(WORD_KINDS.items()):
        for on, (name, text) in enumerate(texts.items()):
            for way in (WAYS * 2)[(at + on) % len(WAYS) :][: len(WAYS)]:
                document = standard_docx(text, way)
                fault = spoil(document, way, chance)
                if fault is not None:
                    yield kind, f"{name}，{way}", PlantedWord(bytes_of(document), fault)
                    break
