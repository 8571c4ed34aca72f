"""Statutes, letters and what they send, enclosures, signatures, questions and answers, tables: texts of our own."""

from __future__ import annotations

import pytest
from from_text import document_of
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.document_parts import parts
from analysis.corpus.formats.tables import lines as table_lines
from analysis.model import Clause
from analysis.pipeline import read_bytes
from analysis.segment import counts, gaps, segment


def clauses_of(raw: str) -> tuple[Clause, ...]:
    return segment(document_of(raw))


def outline(raw: str) -> list[tuple[int, str, str]]:
    return [(clause.level, clause.path, clause.heading) for clause in clauses_of(raw)]


def missing(raw: str) -> list[str]:
    return [number for gap in gaps(clauses_of(raw)) for number in gap.missing]


STATUTE = (
    "某省转化条例\n2020年1月2日某省第十三届人大常委会第三次会议通过\n第一章 总则\n第一条 为了转化，制定本条例。\n"
    "本条例所称转化，是指应用。\n第二条 下列成果适用本条例：\n（一）专利，包括：\n1.发明；\n2.实用新型。\n"
    "（二）技术秘密：\n①配方；\n②工艺。\n前款所称成果，不含软件。\n第二章 附则\n第三条 本条例自2020年3月1日起施行。"
)


def test_chapters_articles_paragraphs_items_and_points() -> None:
    assert outline(STATUTE) == [
        (0, "", "某省转化条例"),
        (1, "第一章", "总则"),
        (2, "第一章/第一条", ""),
        (2, "第一章/第二条", ""),
        (3, "第一章/第二条/（一）", ""),
        (4, "第一章/第二条/（一）/1", ""),
        (4, "第一章/第二条/（一）/2", ""),
        (3, "第一章/第二条/（二）", ""),
        (4, "第一章/第二条/（二）/①", ""),
        (4, "第一章/第二条/（二）/②", ""),
        (3, "第一章/第二条", ""),
        (1, "第二章", "附则"),
        (2, "第二章/第三条", ""),
    ]
    assert counts(clauses_of(STATUTE)) == (2, 3)
    assert missing(STATUTE) == []


def test_every_level_of_a_plan_with_numbering_that_restarts() -> None:
    raw = (
        "某市方案\n一、要求\n（一）目标\n1.建设平台\n（1）省级\n①甲地\n②乙地\n（2）市级\n2.培育人才\n"
        "（二）原则\n1.创新\n二、任务\n（三）改革\n1.放权\n（四）开放\n三、保障"
    )
    assert [path for _, path, _ in outline(raw)] == [
        *("", "一", "一/（一）", "一/（一）/1", "一/（一）/1/（1）", "一/（一）/1/（1）/①", "一/（一）/1/（1）/②"),
        *(
            "一/（一）/1/（2）",
            "一/（一）/2",
            "一/（二）",
            "一/（二）/1",
            "二",
            "二/（三）",
            "二/（三）/1",
            "二/（四）",
            "三",
        ),
    ]
    assert missing(raw) == []


@pytest.mark.parametrize("words", ["其中①企业为主，②高校为辅。", "①", "①2025年"])
def test_a_circled_number_that_opens_no_words_is_no_heading(words: str) -> None:
    assert len(clauses_of(f"一、任务\n{words}")) == 1


LETTER = (
    "某省科技厅关于印发《某省转化方案》的通知\n某科发〔2023〕1号\n各市科技局：\n现将《某省转化方案》印发给你们，请认真组织实施。\n"
    "某省科技厅\n2023年5月6日\n（此件公开发布）\n"
)
PLAN = (
    "某省转化方案\n（2023—2025年）\n为做好工作，制定本方案。\n一、要求\n（一）目标\n"
    "到2025年，建成10家。\n二、任务\n推进转化。"
)


@pytest.mark.parametrize("between", ["", "附件\n", "附件：\n", "附件1\n"])
def test_a_letter_and_what_it_sends(between: str) -> None:
    found = clauses_of(LETTER + between + PLAN)
    assert [clause.level for clause in found] == [0, 0, 1, 2, 1]
    assert found[0].heading == "某省科技厅关于印发《某省转化方案》的通知"
    assert found[0].text == LETTER
    assert found[1].heading.startswith("某省转化方案")
    assert found[1].text.startswith(f"{between}某省转化方案")


def test_a_title_between_the_letter_and_its_signature() -> None:
    raw = (
        "各市人民政府：\n《某省转化方案》已经同意，现印发给你们，请认真组织实施。\n某省转化方案\n某省人民政府办公厅\n"
        "2017年4月28日\n为加快转化，制定本方案。\n一、要求"
    )
    found = clauses_of(raw)
    assert [(clause.level, clause.heading) for clause in found][1:] == [(0, "某省转化方案"), (1, "要求")]


def test_a_letter_with_sections_of_its_own() -> None:
    raw = (
        "关于开展申报的通知\n各单位：\n一、条件\n（一）企业。\n二、时间\n6月1日前报送。\n附件：1.申报指南\n2.汇总表\n"
        "某市科技局\n2023年5月6日\n附件1\n申报指南\n一、内容\n二、格式\n三、其他\n附件2：汇总表\n一、表头"
    )
    assert outline(raw) == [
        (0, "", "关于开展申报的通知"),
        (1, "一", "条件"),
        (2, "一/（一）", "企业"),
        (1, "二", "时间"),
        (0, "", ""),
        (0, "", "申报指南"),
        (1, "一", "内容"),
        (1, "二", "格式"),
        (1, "三", "其他"),
        (0, "", "汇总表"),
        (1, "一", "表头"),
    ]
    assert missing(raw) == []  # numbering starts anew in every enclosure
    assert clauses_of(raw)[4].text == "某市科技局\n2023年5月6日\n"


def test_a_letter_with_sections_then_its_text_without_the_word_enclosure() -> None:
    raw = (
        "关于印发办法的通知\n一、请执行。\n二、请上报。\n某市科技局\n2023年5月6日\n"
        "某市转化办法\n第一条 总则。\n第二条 附则。"
    )
    assert outline(raw) == [
        (0, "", "关于印发办法的通知"),
        (1, "一", "请执行"),
        (1, "二", "请上报"),
        (0, "", ""),
        (0, "", "某市转化办法"),
        (2, "第一条", ""),
        (2, "第二条", ""),
    ]


@pytest.mark.parametrize(
    "signature",
    [
        "某市人民政府办公室\n2023年5月6日",
        "某省科技厅\n某省财政厅\n二〇二三年五月六日",
        "（某省科技厅代章）\n2023年5月6日\n（此件公开发布）",
        "2023年5月6日",
    ],
)
def test_a_signature_closes_a_text(signature: str) -> None:
    found = clauses_of(f"某方案\n一、总则\n（一）甲。推动发展。\n（二）乙。推动创新。\n{signature}")
    assert (found[-1].level, found[-1].path, found[-1].text) == (0, "", signature)
    assert found[-2].path == "一/（二）"


def test_bodies_closing_words_and_a_signature() -> None:
    found = clauses_of(
        "某方案\n一、保障\n（一）督查。定期检查。（省科技厅负责）\n各市要落实。\n某省人民政府\n2023年5月6日"
    )
    assert [(clause.level, clause.text.strip()) for clause in found][-3:] == [
        (2, "（一）督查。定期检查。（省科技厅负责）"),
        (0, "各市要落实。"),
        (0, "某省人民政府\n2023年5月6日"),
    ]
    assert found[-3].bodies == ("省科技厅",)


@pytest.mark.parametrize(
    "raw",
    [
        "某方案\n一、进度\n2023年5月6日\n召开启动会。\n二、验收",  # a date among other lines signs nothing
        "某方案\n一、分工\n某市科技局\n负责推进。\n二、验收",
        "某办法\n第一条 根据附件1的标准执行。\n第二条 见附件。",
        "某办法\n2023年5月6日\n第一条 总则。\n第二条 附则。",
    ],
)
def test_look_alikes_part_nothing(raw: str) -> None:
    assert [clause.level for clause in clauses_of(raw)].count(0) == 1


QUESTIONS = (
    "政策问答\n问：什么是技术合同？\n答：是指下列合同：\n（一）开发；\n（二）转让。\n问：补助多少？\n答：按成交额的3%给予补助，最高50万元。\n"
    "Q3：何时申报？\nA3：全年。"
)


def test_questions_are_headings() -> None:
    found = clauses_of(QUESTIONS)
    assert [(clause.number, clause.heading) for clause in found if clause.level == 4] == [
        (None, "什么是技术合同"),
        (None, "补助多少"),
        (None, "何时申报"),
    ]
    assert [clause.path for clause in found] == ["", "", "（一）", "（二）", "", ""]
    numbered = clauses_of("问答\n1.问：怎么办？\n答：网上办。\n2.问：找谁？\n答：找科技局。")
    assert [(clause.path, clause.heading) for clause in numbered] == [("", "问答"), ("1", "怎么办"), ("2", "找谁")]


def test_an_answer_that_gives_money_is_read_under_its_question() -> None:
    reading = read_bytes(QUESTIONS.encode(), "问答.txt")
    (found,) = reading.incentives
    assert (str(found.rate_percent), str(found.cap_item_wan or found.cap_year_wan)) == ("3", "50")
    assert reading.clauses[found.clause_index].heading == "补助多少"


def test_questions_without_answers_are_running_text() -> None:
    assert len(clauses_of("某方案\n一、任务\n问：题导向要坚持。\n推进转化。")) == 2


LINES = st.sampled_from(
    [
        *(line for text in (LETTER, PLAN, STATUTE, QUESTIONS) for line in text.split("\n")),
        *("附件", "附件1：表", "附件：1.甲表", "2.乙表", "抄送：某局", "2023年5月6日", "某省财政厅"),
    ]
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=30))
def test_any_mixture_is_tiled_and_its_parts_are_in_it(rows: list[str]) -> None:
    text = document_of("\n".join(rows))
    found = segment(text)
    assert "".join(clause.text for clause in found) == text.text
    assert all(clause.text for clause in found)
    assert all(clause.level == 0 or clause.number or clause.heading or clause.level >= 3 for clause in found)
    lines = text.text.split("\n")
    apart = parts(lines)
    assert all(0 <= at < len(lines) for at in (*apart.starts, *apart.listed))
    assert not apart.listed & set(apart.starts)


TABLE = [["指标", "单位", "2025年目标"], ["技术合同成交额", "亿元", "300"], ["技术经理人", "人", "500"]]
BY_YEAR = [["年份", "技术合同成交额（亿元）", "技术转移机构（家）"], ["2025年", "300", "50"], ["2027年", "400", "80"]]


@pytest.mark.parametrize(
    ("rows", "above", "expected"),
    [
        (TABLE, "", {("contract_value", "300", "亿元", 2025), ("technology_managers", "500", "人", 2025)}),
        (
            BY_YEAR,
            "",
            {
                ("contract_value", "300", "亿元", 2025),
                ("contract_value", "400", "亿元", 2027),
                ("transfer_agencies", "50", "家", 2025),
                ("transfer_agencies", "80", "家", 2027),
            },
        ),
        ([["指标", "2025年"], ["技术合同成交额", "300"]], "（单位：亿元）", {("contract_value", "300", "亿元", 2025)}),
    ],
)
def test_the_unit_of_a_header_reaches_the_targets(
    rows: list[list[str]], above: str, expected: set[tuple[str, str, str, int]]
) -> None:
    words = "\n".join(["某方案", "一、主要指标", *table_lines(rows, above)])
    targets = read_bytes(words.encode(), "表.txt").targets
    assert {(one.indicator_id, str(one.value), one.unit, one.target_year) for one in targets} == expected


def test_a_row_of_labelled_cells_is_a_target() -> None:
    words = "某方案\n一、主要指标\n年份：2025年；技术合同成交额：300亿元\n"
    (found,) = read_bytes(words.encode(), "表.txt").targets
    assert (str(found.value), found.unit, found.target_year) == ("300", "亿元", 2025)
