"""The clauses of a draft on which comments are invited."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.consultation.comments import ConsultedDraft
from analysis.consultation.draft_clauses import consulted_draft

PROJECT = Path(__file__).resolve().parents[2]
GOLD = PROJECT / "../shared/gold/comments/clauses.csv"

SENT = """关于公开征求《技术市场管理办法（征求意见稿）》意见的公告
现公开征求意见，有关事项如下：
一、请于2030年5月1日前反馈。
二、联系人：王老师。
某省科技厅
2030年4月1日
附件1
技术市场管理办法
（征求意见稿）
第一章 总则
第一条（目的） 为了规范技术市场，制定本办法。
第二条 本办法适用于下列活动：
（一）技术开发；
（二）技术转让。
法律另有规定的，从其规定。
第二章 附则
第三条 本办法自公布之日起施行。
附件2
技术市场管理办法起草说明
一、起草背景
技术市场发展很快。
二、主要内容
规定了三个方面。
"""


def _paths(draft: ConsultedDraft) -> list[str]:
    return [clause.path for clause in draft.clauses]


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold/comments")
def test_every_clause_of_the_gold_draft_stands_where_a_reader_puts_it() -> None:
    path = PROJECT / "../shared/corpus/sichuan-2024-notice.txt"
    draft = consulted_draft(path.read_text(encoding="utf-8"), path.name)
    with GOLD.open(encoding="utf-8", newline="") as file:
        wanted = [(row["path"], int(row["start"]), int(row["end"])) for row in csv.DictReader(file)]
    assert [(clause.path, clause.start, clause.end) for clause in draft.clauses] == wanted


def test_the_draft_is_told_from_its_notice_and_its_explanation() -> None:
    draft = consulted_draft(SENT, "公告.txt")
    assert _paths(draft) == [
        *("标题", "第一章", "第一章/第一条", "第一章/第二条", "第一章/第二条/（一）", "第一章/第二条/（二）"),
        *("第二章", "第二章/第三条", "附件2", "附件2/一", "附件2/二"),
    ]
    assert draft.by_path["标题"].text == "技术市场管理办法（征求意见稿）"
    assert draft.by_path["第一章/第一条"].heading == "目的"
    assert draft.by_path["第一章/第二条/（一）"].parent == "第一章/第二条"


def test_a_clause_holds_those_below_it_and_nothing_of_the_next() -> None:
    draft = consulted_draft(SENT, "公告.txt")
    chapter, last = draft.by_path["第一章"], draft.by_path["第一章/第二条/（二）"]
    assert SENT[chapter.start : chapter.end].endswith("法律另有规定的，从其规定。")
    assert chapter.end == last.end
    enclosure = draft.by_path["附件2"]
    assert SENT[enclosure.start : enclosure.end].startswith("附件2")
    assert SENT[: enclosure.end] == SENT.rstrip("\n")


def test_what_closes_a_draft_is_no_part_of_its_last_clause() -> None:
    raw = (
        "关于成果转化的意见\n（征求意见稿）\n一、目标\n提升水平。\n二、保障\n（一）加强宣传。营造氛围。\n"
        "本意见自2030年1月1日起施行，有效期5年。\n附件：系数表\n某省人民政府\n2029年　月　日\n"
        "附件\n系数表\n系数\t强度\n1.5\t5%以上"
    )
    draft = consulted_draft(raw, "x.txt")
    assert _paths(draft) == ["标题", "一", "二", "二/（一）", "结尾", "附件"]
    spans = {clause.path: raw[clause.start : clause.end] for clause in draft.clauses}
    assert spans["二"].endswith("营造氛围。")
    assert spans["结尾"] == "本意见自2030年1月1日起施行，有效期5年。"
    assert spans["附件"].startswith("附件\n系数表")
    assert spans["附件"].endswith("5%以上")


def test_a_path_used_twice_is_told_apart() -> None:
    draft = consulted_draft("方案\n一、目标\n（一）甲。\n（一）乙。\n1．丙。\n二、保障\n丁。", "x.txt")
    assert _paths(draft) == ["标题", "一", "一/（一）", "一/（一）#2", "一/（一）#2/1", "二"]
    assert draft.by_path["一/（一）#2/1"].parent == "一/（一）#2"


def test_a_text_without_numbers_has_paragraphs() -> None:
    draft = consulted_draft("倡议书\n支持成果转化，人人有责。\n请大家一起参与。", "x.txt")
    assert _paths(draft) == ["标题", "第1段", "第2段"]


def test_a_traditional_draft_is_read_in_simplified_characters_and_keeps_its_places() -> None:
    raw = "關於技術轉移的措施\n一、資金支持。對技術轉移機構給予補助。\n二、人才培養。開展職稱評審。"
    draft = consulted_draft(raw, "x.txt")
    clause = draft.by_path["一"]
    assert clause.heading == "资金支持"
    assert raw[clause.start : clause.end] == "一、資金支持。對技術轉移機構給予補助。"


@pytest.mark.parametrize("raw", ["", " \n ", "。", "（一）", "一、\n二、"])
def test_next_to_nothing_is_read_without_a_fault(raw: str) -> None:
    assert isinstance(consulted_draft(raw, "x.txt").clauses, tuple)


@given(
    st.lists(
        st.sampled_from(["一、目标", "（一）甲。", "1.乙", "第三条 丙", "附件1", "附件", "丁戊。", "第二章 己", ""])
    )
)
def test_clauses_stand_inside_those_they_belong_to(lines: list[str]) -> None:
    draft = consulted_draft("\n".join(lines), "x.txt")
    assert len(draft.by_path) == len(draft.clauses)
    for clause in draft.clauses:
        assert 0 <= clause.start < clause.end <= len(draft.raw)
        if clause.parent:
            parent = draft.by_path[clause.parent]
            assert parent.start <= clause.start
            assert clause.end <= parent.end
