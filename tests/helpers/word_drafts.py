"""Word files of drafts in the form of GB/T 9704-2012, set in four ways, and drafts from Word files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from drafts import draft_from
from formats_samples import W, saved

from analysis.lint.draft import Draft
from analysis.lint.lines import Line, Role, Style
from analysis.word.layout import word_layout
from analysis.word.package import opened
from analysis.word.paragraphs import word_text

#: How properties are set: at each paragraph and run, by styles, by the theme, and with automatic numbers of two levels.
WAYS = ("direct", "styles", "theme", "lists")
BODY, TITLE, FIRST, SECOND, DIGITS = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
_CENTRED = (Role.TITLE, Role.NUMBER)
_THEME = "/word/theme/theme1.xml"


def draft_of_word(data: bytes, name: str = "文稿.docx") -> Draft:
    """The draft that a Word file holds, with its layout."""
    whole = opened(data, name).data
    words = word_text(whole, name)
    layout = word_layout(whole, name, words)
    return draft_from(words.text, name, labels=words.labels, cells=words.cells, layout=layout)


def standard_docx(text: str, way: str = "direct") -> Any:
    """A clean draft as a document of python-docx: paper, page numbers, fonts, indents as the standard has them."""
    document = docx.Document()
    _page(document)
    _defaults(document, way)
    for line in draft_from(text).lines:
        paragraph = document.add_paragraph()
        if line.text:
            _set(paragraph, line, way)
    return document


def bytes_of(document: Any) -> bytes:
    """The file."""
    return saved(document)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, (37, 35, 28, 26))
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:jc {W} w:val="{side}"/>'))
        for words in ("— ", *_FIELD, " —"):
            run = paragraph.add_run("" if words.startswith("<") else words)
            if words.startswith("<"):
                run._r.append(parse_xml(re.sub(r"^<(w:\w+)", rf"<\1 {W}", words)))
            fonts(run._r, DIGITS, DIGITS)
            run.font.size = Pt(14)


_FIELD = (
    '<w:fldChar w:fldCharType="begin"/>',
    "<w:instrText> PAGE  \\* MERGEFORMAT </w:instrText>",
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>1</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
)


def _defaults(document: Any, way: str) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Pt(28)
    _remove(normal.element, "w:rPr/w:rFonts")
    fonts(normal.element, BODY)
    if way == "styles":
        _indent(normal.element, 'w:firstLineChars="200" w:firstLine="640"')
        for name, font, size in (("Title", TITLE, 22), ("Heading 1", FIRST, 16)):
            style = document.styles[name]
            _remove(style.element, "w:rPr/w:rFonts", "w:rPr/w:b", "w:pPr/w:ind", "w:pPr/w:spacing")
            fonts(style.element, font)
            style.font.size = Pt(size)
            if name == "Title":
                _indent(style.element, 'w:firstLineChars="0" w:firstLine="0"')
                style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if way == "theme":
        element = normal.element.rPr.rFonts
        for name in list(element.attrib):
            del element.attrib[name]
        for name, font in (("eastAsia", "minorEastAsia"), ("ascii", "minorHAnsi"), ("hAnsi", "minorHAnsi")):
            element.set(qn(f"w:{name}Theme"), font)
        element.set(qn("w:hint"), "eastAsia")
        set_theme(document, BODY)
    if way == "lists":
        document.part.numbering_part.element.append(parse_xml(_LIST))
        document.part.numbering_part.element.append(
            parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
        )
        abstract = document.part.numbering_part.element
        abstract.insert(0, abstract[-2])  # lists come before what counts with them


_LIST = f"""<w:abstractNum {W} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="%1、"/><w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%2）"/><w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl></w:abstractNum>"""


def set_theme(document: Any, font: str) -> None:
    """Have the theme name a font for the running text in Chinese."""
    part = next(each for each in document.part.package.iter_parts() if each.partname == _THEME)
    words = part.blob.decode()
    start = words.index("<a:minorFont>")
    inside = re.sub('<a:ea typeface="[^"]*"/>', f'<a:ea typeface="{font}"/>', words[start:])
    part._blob = (words[:start] + re.sub('<a:font script="[^>]*>', "", inside)).encode()


def fonts(owner: Any, font: str, latin: str = "Times New Roman") -> None:
    """Name the fonts of a style or a run; quotes and dashes keep to the Chinese one."""
    element = owner.get_or_add_rPr().get_or_add_rFonts()
    for name, words in (("ascii", latin), ("hAnsi", latin), ("eastAsia", font), ("hint", "eastAsia")):
        element.set(qn(f"w:{name}"), words)


def _remove(owner: Any, *paths: str) -> None:
    for path in paths:
        for element in owner.findall("/".join(qn(name) for name in path.split("/"))):
            element.getparent().remove(element)


def _indent(owner: Any, attributes: str) -> None:
    _remove(owner, "w:pPr/w:ind")
    owner.get_or_add_pPr().append(parse_xml(f"<w:ind {W} {attributes}/>"))


def indent(paragraph: Any, attributes: str) -> None:
    """Set the indent of a paragraph anew: ``w:left="640"`` and the like."""
    _indent(paragraph._p, attributes)


def _set(paragraph: Any, line: Line, way: str) -> None:
    """One line in the look of its role."""
    if way == "styles" and line.role is Role.TITLE:
        paragraph.style = "Title"
        paragraph.add_run(line.text)
        return
    style = line.ordinal.style if line.ordinal else None
    if line.role in _CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        indent(paragraph, 'w:firstLineChars="0" w:firstLine="0"')
    elif line.role in (Role.SIGNATURE, Role.DATE):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        indent(paragraph, 'w:firstLineChars="0" w:firstLine="0" w:right="640"')
    elif line.role in (Role.ADDRESSEE, Role.ENCLOSURE):
        indent(paragraph, 'w:firstLineChars="0" w:firstLine="0"')
    elif way == "lists" and style in (Style.CHINESE, Style.BRACKETED) and "第" not in line.path:
        level = 0 if style is Style.CHINESE else 1
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    elif way != "styles":
        indent(paragraph, 'w:firstLine="640"')
    if way == "styles" and style is Style.CHINESE and len(line.text) < 30:
        paragraph.style = "Heading 1"
        indent(paragraph, 'w:firstLineChars="200" w:firstLine="640"')
    for words, font, size in _runs(line, way):
        run = paragraph.add_run(words)
        if way == "direct" or font != BODY:
            fonts(run._r, font)
            run.font.size = Pt(size)


def _runs(line: Line, way: str) -> Iterator[tuple[str, str, int]]:
    text, style = line.text, line.ordinal.style if line.ordinal else None
    listed = way == "lists" and style in (Style.CHINESE, Style.BRACKETED) and "第" not in line.path
    if listed:
        text = re.sub("^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)", "", text)
    if line.role is Role.TITLE:
        yield text, TITLE, 22
    elif style is Style.CHINESE and len(line.text) < 30:
        yield text, FIRST, 16
    elif style is Style.BRACKETED and "第" not in line.path:
        head = re.match("[^。]{2,36}(?:。|$)", text)
        end = head.end() if head else 0
        yield from ((words, font, 16) for words, font in ((text[:end], SECOND), (text[end:], BODY)) if words)
    else:
        yield text, BODY, 16


def with_part_renamed(data: bytes, old: str, new: str) -> bytes:
    """The file with its main part under another name, as some programs write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            words = source.read(name)
            if name.endswith((".rels", "[Content_Types].xml")):
                words = words.replace(old.encode(), new.encode())
                words = words.replace(f'"{old.rpartition("/")[2]}"'.encode(), f'"{new.rpartition("/")[2]}"'.encode())
            folder, _, file = old.rpartition("/")
            renamed = {old: new, f"{folder}/_rels/{file}.rels": f"{folder}/_rels/{new.rpartition('/')[2]}.rels"}
            made.writestr(renamed.get(name, name), words)
    return out.getvalue()
