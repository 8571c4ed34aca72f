"""The layout of a Word file: what styles, defaults, themes and the paragraphs themselves come to."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from formats_samples import W, saved, with_parts, word_of

from analysis.lint.findings import Severity
from analysis.pipeline import check_file
from analysis.word.layout import Layout, Page, word_layout
from analysis.word.paragraphs import word_text

GOLD = Path(__file__).resolve().parents[2] / "../shared/gold/drafts"


def layout(data: bytes) -> Layout:
    return word_layout(data, "甲.docx", word_text(data, "甲.docx"))


def _fonts(owner: Any, **names: str) -> None:
    fonts = owner.element.get_or_add_rPr().get_or_add_rFonts()
    for name, value in names.items():
        fonts.set(qn(f"w:{name}"), value)


def test_fonts_sizes_and_indents_come_through_styles() -> None:
    made = docx.Document()
    base = made.styles.add_style("公文", WD_STYLE_TYPE.PARAGRAPH)
    base.font.size = Pt(16)
    _fonts(base, eastAsia="仿宋_GB2312", hAnsi="Times New Roman", ascii="Times New Roman")
    base.element.get_or_add_pPr().append(parse_xml(f'<w:ind {W} w:firstLineChars="200" w:firstLine="640"/>'))
    inner = made.styles.add_style("公文下级", WD_STYLE_TYPE.PARAGRAPH)
    inner.base_style = base
    inner.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    strong = made.styles.add_style("楷体字", WD_STYLE_TYPE.CHARACTER)
    _fonts(strong, eastAsia="楷体_GB2312")
    paragraph = made.add_paragraph(style="公文下级")
    paragraph.add_run("（一）建设平台。", style="楷体字").bold = True
    paragraph.add_run("支持高校。")
    (look,) = layout(saved(made)).paragraphs
    assert (look.alignment, look.indent, look.heading) == ("both", 2.0, None)
    assert [(each.font, each.sign_font, each.size, each.bold) for each in look.stretches] == [
        ("楷体_GB2312", "Times New Roman", 16.0, True),
        ("仿宋_GB2312", "Times New Roman", 16.0, False),
    ]
    assert look.main.font == "楷体_GB2312"


def test_an_indent_in_twips_is_told_in_characters_and_a_hint_moves_the_signs() -> None:
    block = (
        '<w:p><w:pPr><w:ind w:firstLine="640"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"'
        ' w:eastAsia="仿宋" w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr><w:t>“正文”</w:t></w:r></w:p>'
    )
    (look,) = layout(word_of(block)).paragraphs
    assert look.indent == 2.0
    assert look.stretches[0].sign_font == "仿宋"


def test_headings_are_known_by_style_and_by_outline() -> None:
    made = docx.Document()
    made.add_paragraph("一、甲", style="Heading 2")
    made.add_paragraph("乙")._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="0"/>'))
    made.add_paragraph("丙")._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="9"/>'))
    assert [look.heading for look in layout(saved(made)).paragraphs] == [2, 1, None]


def test_a_theme_names_the_fonts() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
        '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="宋体"/>'
        "</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
    )
    block = (
        '<w:p><w:r><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi" w:eastAsia="黑体"/>'
        "</w:rPr><w:t>正文</w:t></w:r></w:p>"
    )
    (look,) = layout(with_parts(word_of(block), {"word/theme/theme1.xml": theme})).paragraphs
    assert (look.main.font, look.main.sign_font) == ("宋体", "Calibri")


def _numbered(footer: str, *, even: bool = False, form: str = "") -> Layout:
    made = docx.Document()
    made.add_paragraph("正文")
    section = made.sections[0]
    made.settings.odd_and_even_pages_header_footer = even
    for place in (section.footer, section.even_page_footer) if even else (section.footer,):
        place.is_linked_to_previous = False
        place._element.append(parse_xml(footer.replace("<w:p>", f"<w:p {W}>", 1)))
    if form:
        section._sectPr.append(parse_xml(f'<w:pgNumType {W} w:fmt="{form}"/>'))
    return layout(saved(made))


SIMPLE = (
    '<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t>'
    "</w:r></w:fldSimple><w:r><w:t> —</w:t></w:r></w:p>"
)
FIELD = (
    '<w:p><w:pPr><w:framePr w:xAlign="outside"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
    ' PAGE \\* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def test_page_numbers_are_read_with_their_dashes_and_places() -> None:
    found = _numbered(SIMPLE, even=True)
    assert found.even_and_odd
    assert [(each.pages, each.words, each.alignment) for each in found.numbers] == [
        ("default", "— # —", "right"),
        ("even", "— # —", "right"),
    ]
    (number,) = _numbered(FIELD, form="numberInDash").numbers
    assert (number.words, number.alignment) == ("- # -", "outside")
    assert not _numbered("<w:p><w:r><w:t>第 7 页</w:t></w:r></w:p>").numbers


def test_a_page_is_told_in_millimetres_and_the_layout_travels() -> None:
    made = docx.Document()
    made.add_paragraph("正文")
    section = made.sections[0]
    section.page_width, section.page_height, section.gutter = Mm(210), Mm(297), Mm(3)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(25), Mm(26)
    found = layout(saved(made))
    (page,) = found.pages
    expected = Page(210, 297, 37, 35, 28, 26)
    for name in ("width", "height", "top", "bottom", "left", "right"):
        assert getattr(page, name) == pytest.approx(getattr(expected, name), abs=0.05)
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_draft_as_word_makes_it_has_one_finding_of_a_kind() -> None:
    made = docx.Document()
    made.add_paragraph("关于技术转移的意见")
    for _ in range(12):
        made.add_paragraph("为了转化科技成果，建设技术转移平台，培养技术经理人，现就有关事项提出以下意见。")
    found = [each for each in check_file(saved(made), "甲.docx").findings if each.rule.startswith("L")]
    assert sorted({(each.rule, each.severity.value) for each in found}) == [
        ("L1", "warning"),
        ("L2", "info"),
        ("L2", "warning"),
        ("L3", "info"),
        ("L3", "warning"),
    ]
    assert len([each for each in found if each.rule == "L2"]) == 4  # font, size, indent, lines
    assert max(len(each.places) for each in found) == 11


@pytest.mark.skipif(not GOLD.is_dir(), reason="the made-up drafts are not here")
def test_the_made_up_draft_in_the_form_of_the_standard_keeps_it() -> None:
    (path,) = GOLD.glob("*.docx")
    found = [each for each in check_file(path.read_bytes(), path.name).findings if each.rule.startswith("L")]
    # Digits and quotes in Times New Roman; a signature and a date that stand at the right margin.
    assert [each.rule for each in found] == ["L5", "L6", "L8"]
    assert [each.rule for each in found if each.severity is Severity.WARNING] == ["L6"]


def _indents(block: str, numbering: str = "", styles: str = "") -> list[tuple[float, float]]:
    """(first line, other lines) of each paragraph, in characters of 16 points."""
    words = block.replace("<w:t>", '<w:rPr><w:sz w:val="32"/></w:rPr><w:t>')
    parts = {"word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>"}
    if styles:
        parts["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    found = layout(word_of(*[each + "</w:p>" for each in words.split("</w:p>") if each], parts=parts))
    return [(look.indent, look.left) for look in found.paragraphs]


LIST = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:pPr>'
    '<w:ind w:left="640" w:hanging="640"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:pStyle w:val="second"/><w:pPr>'
    '<w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId '
    'w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
    '<w:pPr><w:ind w:left="960" w:firstLine="0"/></w:pPr></w:lvl></w:lvlOverride></w:num>'
)


def _listed(number: int, more: str = "", level: int = 0) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbered}{more}</w:pPr><w:r><w:t>建设平台</w:t></w:r></w:p>"


def test_indents_come_from_the_levels_of_lists() -> None:
    blocks = _listed(5) + _listed(5, level=1) + _listed(6) + _listed(5, '<w:ind w:left="0" w:firstLine="640"/>')
    assert _indents(blocks, LIST) == [(0, 2), (2, 0), (3, 3), (2, 0)]


def test_the_level_of_a_list_stands_below_the_style_that_names_it_and_above_what_that_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:ind w:left="1600" w:firstLine="320"/></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="first"><w:basedOn w:val="base"/><w:pPr><w:numPr><w:numId w:val="5"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="third"><w:basedOn w:val="first"/><w:pPr><w:ind w:left="320"/></w:pPr>'
        "</w:style>"
    )
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    blocks = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{more}</w:pPr><w:r><w:t>建设平台</w:t></w:r></w:p>'
        for name, more in (("first", ""), ("third", ""), ("first", none))
    )
    assert _indents(blocks, LIST, styles) == [(0, 2), (-1, 1), (6, 5)]


def test_distances_in_characters_count_before_those_in_points_unless_they_are_none() -> None:
    paragraph = "<w:p><w:pPr><w:ind {}/></w:pPr><w:r><w:t>建设平台</w:t></w:r></w:p>"
    given = (
        'w:firstLineChars="200" w:firstLine="420"',
        'w:firstLineChars="0" w:firstLine="640"',
        'w:start="640" w:hanging="320"',
        'w:leftChars="100" w:left="900" w:hangingChars="100" w:hanging="900"',
    )
    assert _indents("".join(map(paragraph.format, given))) == [(2, 0), (2, 0), (1, 2), (0, 1)]


def test_a_theme_without_a_font_for_asia_names_one_for_the_language_of_the_file() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont><a:ea typeface=""/>'
        '<a:font script="Hans" typeface="仿宋"/><a:font script="Hant" typeface="標楷體"/></a:minorFont></a:theme>'
    )
    block = '<w:p><w:r><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr><w:t>正文</w:t></w:r></w:p>'
    for language, font in (("zh-CN", "仿宋"), ("zh-TW", "標楷體"), ("", "仿宋")):
        settings = f'<w:settings {W}><w:themeFontLang w:eastAsia="{language}"/></w:settings>'
        made = with_parts(word_of(block), {"word/theme/theme1.xml": theme, "word/settings.xml": settings})
        assert layout(made).paragraphs[0].main.font == font


CUT = (
    '<w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PA</w:instrText>'
    '</w:r><w:r><w:instrText>GE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr>'
    '<w:rFonts w:hAnsi="宋体"/><w:sz w:val="28"/></w:rPr><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:t>页</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>NUMPAGES</w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def test_a_field_that_is_cut_into_runs_is_the_page_and_looks_as_its_number() -> None:
    (number,) = _numbered(CUT).numbers
    assert (number.words, number.font, number.size) == ("第#页", "宋体", 14.0)


BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="wps"><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    "<wp:positionH><wp:align>outside</wp:align></wp:positionH><w:txbxContent>{0}</w:txbxContent></wp:anchor></mc:Choice>"
    '<mc:Fallback><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="mso-position-horizontal:outside;"><v:textbox>'
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_a_number_in_a_box_as_wps_writes_it_stands_where_the_box_does() -> None:
    inner = '<w:p><w:r><w:t>— </w:t></w:r><w:fldSimple w:instr="PAGE"/><w:r><w:t> —</w:t></w:r></w:p>'
    assert [(each.words, each.alignment) for each in _numbered(BOX.format(inner)).numbers] == [("— # —", "outside")]
    shape = BOX[BOX.index("<mc:Fallback>") + 13 : BOX.index("</mc:Fallback>")]
    old = f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>".format(inner)
    assert [each.alignment for each in _numbered(old).numbers] == ["outside"]
