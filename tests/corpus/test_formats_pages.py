"""PDF and web pages: what belongs to the text and what to the page."""

from __future__ import annotations

from pathlib import Path

import formats_samples as samples
import pytest
from from_text import document_of
from places import DEV, DOCUMENTS

from analysis.corpus.clean import clean
from analysis.corpus.files import decode
from analysis.corpus.formats import html, pdf, read_here
from analysis.model import Reading
from analysis.pipeline import read

SEEDS = sorted(DOCUMENTS.glob("*/*.txt"))
TEXTS = [*SEEDS, *sorted((DEV / "texts").glob("*.txt"))]
Words = list[tuple[float, float, str]]


def reading(raw: str) -> Reading:
    return read(document_of(raw))


def findings(raw: str) -> list[tuple[str, ...]]:
    found = reading(raw)
    rows = [(each.indicator, str(each.value), each.unit, str(each.target_year)) for each in found.targets]
    return rows + [
        (each.beneficiary, str(each.amount_low_wan), str(each.rate_percent), str(each.cap_item_wan))
        for each in found.incentives
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem[:12])
def test_any_text_as_docx_pdf_or_page_gives_the_same_findings(path: Path) -> None:
    words = clean(decode(path.read_bytes(), path.name)).text
    paragraphs = words.split("\n")
    known = findings(words)
    page = samples.page("".join(f"<p>　　{each}</p>" for each in paragraphs), title=paragraphs[0])
    assert findings(read_here(samples.word(paragraphs), "DOCX", "文")) == known
    assert findings(read_here(samples.pdf(samples.pages_of(paragraphs)), "PDF", "文")) == known
    assert findings(read_here(page, "HTML", "文")) == known


def pdf_text(*pages: Words) -> str:
    return clean(pdf.read(samples.pdf(pages), "文.pdf")).text


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [
        "技术转移机构是指为实现和加",
        "速技术转移提供各类服务的机",
        "构，包括技术经纪、技术集成",
        "与经营和技术投融资服务机构",
        "等。各地应当支持技术转移机",
    ]
    left += ["构发展，到2027年技术合同成"]
    right = [
        "交额达到900亿元，机构达到",
        "120家以上，并逐步完善服务",
        "体系，提高服务能力和水平，",
        "促进科技成果转化和产业化，",
        "为高质量发展提供支撑，力争",
        "走在全国前列。",
    ]
    title = (150.0, 80.0, "某某省促进技术转移机构发展办法（试行）全文")
    page = [title, *((60.0, 120 + 20.0 * at, words) for at, words in enumerate(left))]
    page += [(330.0, 120 + 20.0 * at, words) for at, words in enumerate(right)]
    page += [(60.0, 300.0, "第二条 本办法由省科学技术厅负责解释，自发布之日起施行，有效期五年。")]
    text = pdf_text(page).replace("\n", "")
    assert "技术合同成交额达到900亿元" in text
    assert text.index("力争走在全国前列") < text.index("第二条")


def test_a_table_is_not_taken_for_two_columns_and_its_unit_reaches_the_numbers() -> None:
    rows = [
        ("指标", "单位", "2025年", "2027年"),
        ("技术合同成交额", "亿元", "700", "900"),
        ("技术转移机构", "家", "100", "120"),
    ]
    rows += [("技术经理人", "人", "1500", "2000")]
    page: Words = [(114.0, 100.0, "主要目标见下表，各市州应当结合实际制定分年度计划并认真组织实施。")]
    page += [
        (left, 140 + 24.0 * at, cell)
        for at, row in enumerate(rows)
        for left, cell in zip((90.0, 250.0, 330.0, 420.0), row, strict=True)
    ]
    assert "2025年：技术合同成交额700亿元；2027年：技术合同成交额900亿元。" in pdf_text(page)


def test_cells_that_stand_apart_never_become_one_number() -> None:
    assert "300；400" in pdf_text(
        [(90, 100, "技术合同成交额的计划数与完成数分列如下"), (90, 140, "300"), (200, 140, "400")]
    )


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = samples.pages_of(samples.POLICY * 8, head="某某省人民政府公报 2024年第3期", rows=20)
    assert len(pages) > 2
    text = pdf.read(samples.pdf(pages), "文.pdf")
    assert "公报" not in text
    assert clean(text).text.split("\n") == list(samples.POLICY * 8)


def test_a_line_that_stands_on_one_page_only_is_kept() -> None:
    pages = samples.pages_of(samples.POLICY * 8, rows=20)
    pages[1].append((90, 40, "附件"))
    assert "附件" in pdf.read(samples.pdf(pages), "文.pdf").split("\n")


def test_a_number_cut_by_the_end_of_a_line_stays_one_number() -> None:
    lines = ["　　加快发展技术市场，完善服务体系，到2027年全省技术合同成交额达到1", "200亿元，居全国前列。"]
    page = [(90.0 if at else 114.0, 100 + 20.0 * at, words.strip("　")) for at, words in enumerate(lines)]
    page += [(114.0, 160.0, "支持各地建设技术市场。"), (114.0, 180.0, "加强组织领导。")]
    assert "达到1200亿元" in pdf_text(page)


# Web pages.


def page_lines(main: str, **options: str) -> list[str]:
    return html.read(samples.page(main, **options), "文.html").strip().split("\n")


PARAGRAPHS = "".join(f"<p>　　{words}</p>" for words in samples.POLICY)


@pytest.mark.parametrize(
    "main",
    [
        PARAGRAPHS,
        "<br>".join(f"　　{words}" for words in samples.POLICY),
        f"<div><div><span>{PARAGRAPHS}</span></div></div>",
        f"<table><tr><td>{PARAGRAPHS}</td></tr></table>",
        f"<form>{PARAGRAPHS}</form>",
        "".join(f"<p><span>{words[:9]}</span><b>{words[9:]}</b></p>" for words in samples.POLICY),
        PARAGRAPHS
        + "<ul><li><a href='1'>上一篇</a></li><li><a href='2'>下一篇</a></li><li><a href='3'>更多</a></li></ul>",
    ],
    ids=["paragraphs", "breaks", "nested", "layout table", "form", "spans", "links"],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_main_text_of_a_page_and_nothing_of_the_page(main: str, charset: str) -> None:
    assert page_lines(main, title=samples.POLICY[0], charset=charset) == list(samples.POLICY)


def test_the_title_comes_first_where_the_text_lacks_it() -> None:
    assert page_lines(PARAGRAPHS, title="关于印发《方案》的通知")[:2] == ["关于印发《方案》的通知", samples.POLICY[0]]


def test_a_declared_encoding_counts_only_where_it_is_true() -> None:
    data = samples.page(PARAGRAPHS, title=samples.POLICY[0]).replace(b'charset="utf-8"', b'charset="gb2312"')
    assert html.read(data, "文.html").strip().split("\n") == list(samples.POLICY)


def test_a_table_of_a_page() -> None:
    table = (
        "<p>主要目标如下，单位：亿元</p><table><tr><th rowspan=2>指标<th colspan=2>目标</tr>"
        "<tr><th>2025年<th>2027年</tr>"
        "<tr><td>技术合同成交额<td>700<td>900</tr></table>"
    )
    assert page_lines(PARAGRAPHS + table, title="")[-1] == (
        "目标2025年：技术合同成交额700亿元；目标2027年：技术合同成交额900亿元。"
    )


@pytest.mark.parametrize("before", ["", "</div><div>", "</div></div><div><div>"])
def test_a_table_beside_the_text_is_not_lost(before: str) -> None:
    rows = "<tr><td>指标<td>2027年</tr><tr><td>技术合同成交额（亿元）<td>900</tr><tr><td>机构（家）<td>120</tr>"
    table = f"<table>{rows}</table>"
    for text in (PARAGRAPHS, "<p>主要目标见下表，请各地结合实际执行。</p>"):
        found = page_lines(text + before + table, title="")
        assert found[-2:] == ["2027年：技术合同成交额900亿元。", "2027年：机构120家。"]


def test_a_short_annex_beside_a_long_text_is_not_lost() -> None:
    annex = "</div><div><p>附件</p>" + "<p>对通过认定的机构给予一次性奖励50万元，由省级财政资金予以安排。</p>" * 6
    assert page_lines(PARAGRAPHS * 40 + annex, title="")[-7] == "附件"


def test_links_inside_sentences_stay() -> None:
    main = (
        PARAGRAPHS + "<p>依据<a href='1'>《促进科技成果转化法》</a>，制定<a href='2'>本方案</a>，自发布之日起施行。</p>"
    )
    assert page_lines(main, title="")[-1] == "依据《促进科技成果转化法》，制定本方案，自发布之日起施行。"
