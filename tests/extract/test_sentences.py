"""How sentences fall into parts where a report or a row of a table has no comma."""

from __future__ import annotations

import pytest
from from_text import document_of

from analysis.extract import extract
from analysis.extract.quantities import quantities
from analysis.extract.sentences import enclosing, inside, sentences
from analysis.segment import segment


def _parts(raw: str) -> list[str]:
    text = document_of(raw)
    return [part.text for one in sentences(text, segment(text), quantities(text.text)) for part in one.parts]


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("某市新闻网讯 科技型中小企业入库1000家。", ["科技型中小企业入库1000家。"]),
        ("本报讯（记者张三）2027年，建设平台5家。", ["2027年，", "建设平台5家。"]),
        ("新华网某市3月23日电（张三）建设平台5家。", ["新华网某市3月23日电（张三）", "建设平台5家。"]),
        ("资讯平台建设5家。", ["资讯平台建设5家。"]),
        (
            "数量指标 新增企业数 新增企业申报数 ≥6家\n质量指标 按期完成率 95%",
            ["数量指标 ", "新增企业数 ", "新增企业申报数 ≥6家", "质量指标 ", "按期完成率 95%"],
        ),
        ("第一条 建设平台5家。", ["第一条 建设平台5家。"]),
    ],
)
def test_a_lead_and_a_cell_are_parts(raw: str, parts: list[str]) -> None:
    assert _parts(raw) == parts


def test_a_news_lead_is_no_part_of_a_name() -> None:
    text = document_of("某市新闻网讯 到2027年，科技型中小企业达到1000家，建设中试平台5家。")
    names = [target.indicator for target in extract(text, segment(text)).targets]
    assert names == ["科技型中小企业", "中试平台"]


def test_brackets_around_whole_sentences_set_nothing_aside() -> None:
    row = "(10,'人才政策','对新引进的团队给予最高100万元补助。每年评选（不超过5家）优秀机构。')"
    enclosed = enclosing(row)
    assert not inside(enclosed, row.index("100"))
    assert inside(enclosed, row.index("5家"))
