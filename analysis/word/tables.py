"""New Word files with tables: Chinese fonts, Chinese as their language, headings that repeat on every page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

TEXT_FONT, HEADING_FONT, SECOND_HEADING_FONT, LATIN_FONT = "仿宋", "黑体", "楷体", "Times New Roman"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHORT, _LONG = Cm(21), Cm(29.7)
_MARGIN = Cm(2.2)


def new_document(title: str, *, landscape: bool = False) -> Any:
    """An empty document with its title, A4, with numbered pages."""
    document: Any = docx.Document()
    _language(document)
    for name, font, size, bold in (
        ("Normal", TEXT_FONT, 11, False),
        ("Title", HEADING_FONT, 18, False),
        ("Heading 1", HEADING_FONT, 13, False),
        ("Heading 2", HEADING_FONT, 12, False),
    ):
        style = document.styles[name]
        _font(style.element, font)
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor(0, 0, 0)
        space = style.paragraph_format
        space.space_before, space.space_after, space.line_spacing = Pt(8 if "Heading" in name else 0), Pt(4), 1.0
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    _page_number(section.footer.paragraphs[0])
    document.core_properties.title = legal(title)
    document.core_properties.language = "zh-CN"
    heading = document.add_paragraph(legal(title), style="Title")
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = heading.style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    return document


def add_text(document: Any, words: str, style: str = "Normal") -> None:
    """A paragraph."""
    document.add_paragraph(legal(words), style=style)


def add_table(
    document: Any, headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float], *, size: float = 9
) -> Any:
    """A table over the whole width, with columns in these shares; its first row repeats on every page."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    widths = [int(room * share / sum(shares)) for share in shares]
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[0], headings, widths, size, bold=True)
    again = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(again)
    for cells in rows:
        row = table.add_row()
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        _fill(row, cells, widths, size)
    return table


_HEADINGS = (
    (re.compile("[一二三四五六七八九十]{1,3}、.*"), HEADING_FONT),
    (re.compile("[（(] ?[一二三四五六七八九十]{1,3} ?[）)][^。]*。"), SECOND_HEADING_FONT),
)


def of_lines(text: str) -> bytes:
    """A Word file with a paragraph for each line of a text: page, body and headings as GB/T 9704-2012 has them."""
    document: Any = docx.Document()
    _language(document)
    normal, section = document.styles["Normal"], document.sections[0]
    _font(normal.element, TEXT_FONT, TEXT_FONT)  # quotation marks, too, are of the Chinese font
    normal.font.size = Pt(16)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = Pt(28), Pt(0)
    section.page_width, section.page_height = _SHORT, _LONG
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, (37, 35, 28, 26))
    _standard_page_numbers(document)
    lines = legal(text).split("\n")
    dates = {at for at, line in enumerate(lines) if _DATE.fullmatch(line)}
    for at, line in enumerate(lines):
        paragraph = document.add_paragraph()
        indent = OxmlElement("w:ind")
        if at in dates or (at + 1 in dates and len(line) < _SIGNER):
            indent.set(qn("w:rightChars"), "200")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            indent.set(qn("w:firstLineChars"), "200")
        paragraph._p.get_or_add_pPr().append(indent)
        found = next(((match[0], font) for form, font in _HEADINGS if (match := form.match(line))), ("", ""))
        if found[0]:
            _font(paragraph.add_run(found[0])._r, found[1], found[1])
        if rest := line[len(found[0]) :]:
            paragraph.add_run(rest)
    return saved(document)


_DATE = re.compile(r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
_SIGNER = 20  # characters of a line that signs


def _standard_page_numbers(document: Any) -> None:
    """Page numbers between dashes, on the outer side of each page."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.add_run("— ")
        _page_number(paragraph)
        paragraph._p[-1].append(paragraph.add_run("1")._r)  # what the field shows until it is updated
        paragraph.add_run(" —")
        paragraph.alignment = side
        for run in paragraph._p.iter(qn("w:r")):
            _font(run, _PAGE_FONT, _PAGE_FONT)
            run.rPr.get_or_add_sz().val = Pt(14)


_PAGE_FONT = "宋体"


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fill(row: Any, cells: Sequence[str], widths: Sequence[int], size: float, *, bold: bool = False) -> None:
    for cell, words, width in zip(row.cells, cells, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(legal(words))
        run.font.size, run.bold = Pt(size), bold
        paragraph.paragraph_format.space_after = Pt(0)


def legal(words: str) -> str:
    """Words without characters that a Word file cannot hold."""
    return _ILLEGAL.sub("", words)


def _font(element: Any, font: str, latin: str = LATIN_FONT) -> None:
    """Name the fonts of a style or a run; those of the theme would win over them."""
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, value in (("ascii", latin), ("hAnsi", latin), ("eastAsia", font), ("cs", latin)):
        fonts.set(qn(f"w:{name}"), value)


def _language(document: Any) -> None:
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), "zh-CN")
        each.set(qn("w:eastAsia"), "zh-CN")


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
