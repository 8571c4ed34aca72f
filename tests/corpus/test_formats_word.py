"""Word documents: numbers that stand in no text, tables, notes, text boxes, and tracked changes read as accepted."""

from __future__ import annotations

import docx
import formats_samples as samples
import pytest
from formats_samples import W

from analysis.corpus.formats.docx import chinese, read, written
from analysis.pipeline import read_bytes


def lines(data: bytes) -> list[str]:
    return [line for line in read(data, "文.docx").split("\n") if line.strip()]


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def numbered(words: str, level: int, number: int = 1) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, style: str, text: str, extra: str = "") -> str:
    words = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>{extra}'
    return f'<w:lvl w:ilvl="{at}">{words}</w:lvl>'


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
    + level(4, "bullet", "●")
    + level(5, "decimal", "%1.%3.%6", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "chineseCountingThousand", "第%1条")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)


def with_lists(*blocks: str) -> bytes:
    return samples.word_of(*blocks, parts={"word/numbering.xml": NUMBERING})


def test_automatic_numbers_are_written_out() -> None:
    blocks = (
        *(numbered("总体要求", 0), numbered("主要目标", 1), numbered("成交额", 2), numbered("机构", 2)),
        *(numbered("国家级", 3), numbered("省级", 3), numbered("一点", 4), numbered("编号", 5)),
        *(numbered("保障", 1), numbered("经费", 2), numbered("支持措施", 0), numbered("奖励", 1)),
    )
    assert lines(with_lists(*blocks)) == [
        *("一、总体要求", "（一）主要目标", "1.成交额", "2.机构", "①国家级", "②省级", "一点", "1.2.1 编号"),
        *("（二）保障", "1.经费", "二、支持措施", "（一）奖励"),
    ]


def test_a_list_may_start_anew_and_articles_count_past_ten() -> None:
    blocks = (numbered("甲", 2), numbered("乙", 2), numbered("丙", 2, 3), *(numbered("款", 0, 2) for _ in range(11)))
    assert lines(with_lists(*blocks))[:4] == ["1.甲", "2.乙", "1.丙", "第一条款"]
    assert lines(with_lists(*blocks))[-1] == "第十一条款"


def test_numbers_from_a_style() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Head"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Head"/></w:style></w:styles>'
    )
    blocks = (
        paragraph("为了促进", '<w:pStyle w:val="Head"/>'),
        paragraph("本条例", '<w:pStyle w:val="Sub"/>'),
        paragraph("无号", '<w:pStyle w:val="Sub"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'),
    )
    data = samples.word_of(*blocks, parts={"word/numbering.xml": NUMBERING, "word/styles.xml": styles})
    assert lines(data) == ["第一条为了促进", "第二条本条例", "无号"]


@pytest.mark.parametrize(
    ("number", "style", "words"),
    [
        *((1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (21, "chineseCounting", "二十一")),
        *((105, "chineseCountingThousand", "一百零五"), (110, "chineseCounting", "一百一十")),
        *((2001, "chineseCounting", "二千零一"), (12, "chineseLegalSimplified", "壹拾贰")),
        *((3, "ideographTraditional", "丙"), (2, "ideographZodiac", "丑"), (20, "decimalEnclosedCircle", "⑳")),
        *((21, "decimalEnclosedCircle", "21"), (4, "upperRoman", "IV"), (27, "lowerLetter", "aa")),
        *((3, "decimalEnclosedParen", "⑶"), (5, "decimalZero", "05"), (5, "bullet", ""), (5, "none", "")),
    ],
)
def test_styles_of_numbers(number: int, style: str, words: str) -> None:
    assert written(number, style) == words


def test_chinese_numbers_out_of_range_are_digits() -> None:
    assert [chinese(number) for number in (0, 9999, 10_000, -1)] == ["〇", "九千九百九十九", "10000", "-1"]


def test_tracked_changes_are_read_as_accepted() -> None:
    block = (
        "<w:p><w:r><w:t>成交额达到</w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>500</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>900</w:t></w:r></w:ins><w:r><w:t>亿元。</w:t></w:r></w:p>'
    )
    moved = (
        '<w:p><w:moveFrom w:id="3" w:author="a"><w:r><w:t>移走的话。</w:t></w:r></w:moveFrom></w:p>',
        '<w:p><w:moveTo w:id="4" w:author="a"><w:r><w:t>移来的话。</w:t></w:r></w:moveTo></w:p>',
    )
    assert lines(samples.word_of(block, *moved)) == ["成交额达到900亿元。", "移来的话。"]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    first = paragraph("给予奖励", '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>')
    assert lines(samples.word_of(first, paragraph("50万元。"))) == ["给予奖励50万元。"]


def test_hidden_words_fields_and_breaks() -> None:
    block = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:t>一、目标</w:t><w:br/><w:t>成交额</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>达到</w:t><w:tab/><w:t>9亿元</w:t></w:r></w:p>"
    )
    assert lines(samples.word_of(block)) == ["一、目标", "成交额达到\t9亿元"]


def test_footnotes_follow_their_paragraph_and_leave_its_sentence_whole() -> None:
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>按登记口径。</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    block = (
        '<w:p><w:r><w:t>成交额</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t>达到900亿元。</w:t></w:r></w:p>"
    )
    data = samples.word_of(block, paragraph("下一段。"), parts={"word/footnotes.xml": notes})
    assert lines(data) == ["成交额达到900亿元。", "注：按登记口径。", "下一段。"]


def test_a_text_box_is_read_once() -> None:
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inside = "<w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent>"
    block = (
        f"<w:p {W} {space}><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{inside}"
        f"</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(samples.word_of(block)) == ["正文。", "框里的话。"]


def test_content_controls_are_read() -> None:
    block = f"<w:sdt><w:sdtContent>{paragraph('控件里的话。')}</w:sdtContent></w:sdt>"
    assert lines(samples.word_of(block)) == ["控件里的话。"]


def table(rows: list[list[str]], above: str = "") -> bytes:
    document = docx.Document()
    document.add_paragraph("二、主要目标")
    if above:
        document.add_paragraph(above)
    made = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for across, words in enumerate(row):
            made.cell(at, across).text = words
    document.add_paragraph("三、保障措施")
    return samples.saved(document)


@pytest.mark.parametrize(
    ("rows", "above"),
    [
        ([["指标", "单位", "2027年目标"], ["技术合同成交额", "亿元", "900"], ["技术转移机构", "家", "120"]], ""),
        ([["指标", "2027年"], ["技术合同成交额（亿元）", "900"], ["技术转移机构（家）", "120"]], ""),
        ([["序号", "指标", "2027"], ["1", "技术合同成交额(亿元)", "900"], ["2", "技术转移机构(家)", "120"]], ""),
        ([["年份", "技术合同成交额（亿元）", "技术转移机构（家）"], ["2027", "900", "120"]], ""),
        ([["指标", "2027年目标"], ["技术合同成交额", "900亿元"], ["技术转移机构", "120家"]], ""),
    ],
)
def test_the_unit_and_year_of_a_table_reach_its_numbers(rows: list[list[str]], above: str) -> None:
    found = read_bytes(table(rows, above), "表.docx").targets
    assert [(str(each.value), each.unit, each.target_year) for each in found] == [
        ("900", "亿元", 2027),
        ("120", "家", 2027),
    ]
    assert [each.indicator.rstrip("：") for each in found] == ["技术合同成交额", "技术转移机构"]


def test_the_unit_above_a_table_holds_where_the_table_names_none() -> None:
    rows = [["指标", "2025年", "2027年"], ["技术合同成交额", "700", "900"]]
    found = read_bytes(table(rows, "单位：亿元"), "表.docx").targets
    assert [(str(each.value), each.unit, each.target_year) for each in found] == [
        ("700", "亿元", 2025),
        ("900", "亿元", 2027),
    ]


def test_merged_cells_stand_in_each_of_their_places() -> None:
    document = docx.Document()
    made = document.add_table(4, 3)
    for at, row in enumerate(
        [
            ["指标", "目标值", "目标值"],
            ["指标", "2025年", "2027年"],
            ["技术合同成交额（亿元）", "700", "900"],
            ["产业", "电子", "电子"],
        ]
    ):
        for across, words in enumerate(row):
            made.cell(at, across).text = words
    for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((3, 1), (3, 2))):
        words = made.cell(*first).text
        made.cell(*first).merge(made.cell(*last)).text = words
    assert lines(samples.saved(document)) == [
        "目标值2025年：技术合同成交额700亿元；目标值2027年：技术合同成交额900亿元。",
        "指标：产业；目标值2025年：电子；目标值2027年：电子。",
    ]


def test_a_deleted_row_is_no_row() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    gone = row.format('<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>', "删去")
    assert lines(samples.word_of(f"<w:tbl>{row.format('', '保留')}{gone}</w:tbl>")) == ["保留。"]
