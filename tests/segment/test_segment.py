"""Clauses tile the text, carry the numbers they are cited by, and find the seeds' structure."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from from_text import document_of, text_in
from hypothesis import given, settings
from hypothesis import strategies as st
from places import DEV, DOCUMENTS, GOLD

from analysis.corpus.documents import document, read_documents
from analysis.corpus.headings_and_days import ordinal
from analysis.model import Clause, Document
from analysis.segment import counts, gaps, segment

STRUCTURE = list(csv.DictReader((GOLD / "structure.csv").open(encoding="utf-8")))


def _clauses(raw: str) -> tuple[Clause, ...]:
    return segment(document_of(raw))


@pytest.fixture(scope="module")
def seeds() -> dict[str, list[Document]]:
    found, faults = read_documents(DOCUMENTS)
    assert faults == []
    documents: dict[str, list[Document]] = {}
    for card, edition, raw in found:
        documents.setdefault(card.slug, []).append(document(card, edition, raw))
    return documents


LINES = st.sampled_from(
    [
        *(
            "一、总体要求",
            "二、重点任务。",
            "（一）加快转化。依托高校开展工作。",
            "（三）指导思想",
            "1.完善体系",
            "第一章 总则",
            "第二条 本条例",
        ),
        *(
            "第三条的规定",
            "——坚持创新。围绕",
            "附件",
            "附件1",
            "完善技术市场功能。推动各类要素资源聚集和共享。",
            "普通一段，没有标题。",
        ),
        *("（省科技厅、各有关市、县级政府按职责分工负责）", "（征求意见稿）", "2024年1月2日", "", "，", "第"),
    ]
)
TEXTS = st.one_of(st.lists(LINES, max_size=25).map("\n".join), st.text(max_size=60))


@settings(deadline=None)
@given(TEXTS)
def test_clauses_tile_the_text(raw: str) -> None:
    text = document_of(raw)
    clauses = segment(text)
    assert "".join(clause.text for clause in clauses) == text.text
    assert [clause.index for clause in clauses] == list(range(len(clauses)))
    assert all(text.text[clause.start : clause.end] == clause.text and clause.text for clause in clauses)


@settings(deadline=None)
@given(TEXTS)
def test_segmenting_is_pure_and_any_clause_leads_to_the_file(raw: str) -> None:
    text = document_of(raw)
    clauses = segment(text)
    assert segment(text) == clauses
    for clause in clauses:
        start, end = text.raw_span(clause.start, clause.end)
        assert 0 <= start < end <= len(raw)
    gaps(clauses)
    counts(clauses)


@pytest.mark.parametrize("row", STRUCTURE, ids=lambda row: row["document"])
def test_seed_structure(row: dict[str, str], seeds: dict[str, list[Document]]) -> None:
    for text in seeds[row["document"]]:
        clauses = segment(text)
        assert counts(clauses) == (int(row["chapters"]), int(row["articles"]))
        missing = [number for gap in gaps(clauses) for number in gap.missing]
        assert all(number in row["gaps"] for number in missing)
        assert bool(missing) == bool(row["gaps"])


def test_editions_have_the_same_clauses(seeds: dict[str, list[Document]]) -> None:
    for editions in seeds.values():
        for other in editions[1:]:
            first, second = segment(editions[0]), segment(other)
            # A covering letter may stand before what an edition encloses; it is a clause of its own.
            shorter = min(len(first), len(second))
            assert [clause.level for clause in (*first, *second)[: len(first) - shorter]] == [0] * (
                len(first) - shorter
            )
            first, second = first[-shorter:], second[-shorter:]
            assert [clause.text for clause in first] == [clause.text for clause in second]
            assert [replace(clause, index=0, start=0, end=0) for clause in first] == [
                replace(clause, index=0, start=0, end=0) for clause in second
            ]


def test_gold_paths_exist(seeds: dict[str, list[Document]]) -> None:
    """Every clause that the annotations cite is there, and holds the words they quote up to an ellipsis."""
    for name in ("targets", "incentives", "qualitative_incentives"):
        for row in csv.DictReader((GOLD / f"{name}.csv").open(encoding="utf-8")):
            text = seeds[row["document"]][0]
            words = "".join(clause.text for clause in segment(text) if clause.path == row["clause"])
            beginning = row["quote"].split("…")[0]
            assert beginning in words, f"{row['document']} {row['clause']}: {beginning}"


def test_policy_headings() -> None:
    clauses = _clauses(
        "某方案\n某发〔2020〕1号\n为做好工作，制定本方案。\n一、总体要求\n（一）指导思想。\n坚持创新，推动发展。\n"
        "（二）主要目标：到2025年，建成体系。\n二、重点任务\n1. 健全体系。依托高校，开展培训。\n"
        "完善技术交易市场功能。推动各类要素资源聚集、开放和共享。\n——坚持市场主导。发挥作用。\n"
        "（1）建设平台\n三、保障措施"
    )
    assert [(clause.level, clause.path, clause.number, clause.heading) for clause in clauses] == [
        (0, "", None, "某方案"),
        (1, "一", "一", "总体要求"),
        (2, "一/（一）", "（一）", "指导思想"),
        (2, "一/（二）", "（二）", "主要目标"),
        (1, "二", "二", "重点任务"),
        (3, "二/1", "1", "健全体系"),
        (4, "二/1", None, "完善技术交易市场功能"),
        (4, "二/1", None, "坚持市场主导"),
        (4, "二/1/（1）", "（1）", "建设平台"),
        (1, "三", "三", "保障措施"),
    ]


def test_statute_headings() -> None:
    clauses = _clauses(
        "某条例\n第一章 总则\n第一条 为了促进转化，制定本条例。\n第二条　本条例所称成果，是指：\n（一）专利；\n"
        "（二）其他成果。\n"
        "前款所称专利，依照第三条的规定。\n第二章 附则\n第三条 本条例自\n第十条的规定施行之日起施行。"
    )
    assert [(clause.level, clause.path) for clause in clauses] == [
        (0, ""),
        (1, "第一章"),
        (2, "第一章/第一条"),
        (2, "第一章/第二条"),
        (3, "第一章/第二条/（一）"),
        (3, "第一章/第二条/（二）"),
        (3, "第一章/第二条"),
        (1, "第二章"),
        (2, "第二章/第三条"),
    ]
    assert [clause.heading for clause in clauses[1:4]] == ["总则", "", ""]
    assert counts(clauses) == (2, 3)


def test_items_of_old_statutes_and_plans_behind_them() -> None:
    clauses = _clauses("第一条 下列情形：\n一、投资的；\n二、转让的。\n第二条 施行。\n一、总体要求\n二、重点任务")
    assert [clause.path for clause in clauses] == ["第一条", "第一条/一", "第一条/二", "第二条", "一", "二"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "到2025年，建成体系。推动各类要素资源聚集、开放和共享。",
        "对新认定的机构，给予奖励。推动各类要素资源聚集、开放和共享。",
        "各市要制定办法。推动各类要素资源聚集、开放和共享。",
        "建设平台。",
        "企业应当如实申报。推动各类要素资源聚集、开放和共享。",
        "一、二等奖分别给予奖励。推动各类要素资源聚集、开放和共享。",
        "3.5亿元以上的项目给予支持。推动各类要素资源聚集、开放和共享。",
        "推动各类要素资源聚集；开放共享。推动各类要素资源聚集、开放和共享。",
    ],
)
def test_running_text_is_no_heading(paragraph: str) -> None:
    assert len(_clauses(f"一、重点任务\n{paragraph}")) == 1


def test_one_short_sentence_is_a_topic_and_no_heading() -> None:
    first = "健全保护的工作体制机制。推动各类要素资源聚集、开放和共享。"
    second = "完善适应新模式的知识产权保护。推动各类要素资源聚集、开放和共享。"
    assert len(_clauses(f"（一）加强保护\n{first}")) == 1
    clauses = _clauses(f"（一）加强保护\n{first}\n{second}")
    assert [clause.heading for clause in clauses] == [
        "加强保护",
        "健全保护的工作体制机制",
        "完善适应新模式的知识产权保护",
    ]


def test_a_covering_letter_is_a_clause_of_its_own() -> None:
    clauses = _clauses("现将方案印发给你们。\n附件\n某某方案\n为做好工作，制定本方案。\n一、总体要求")
    assert [(clause.level, clause.heading) for clause in clauses] == [
        (0, "现将方案印发给你们。"),
        (0, "某某方案"),
        (1, "总体要求"),
    ]


@pytest.mark.parametrize(
    ("ending", "bodies"),
    [
        ("（省科技厅、财政厅、各有关市、县级政府按职责分工负责）", ("省科技厅", "财政厅", "各有关市、县级政府")),
        ("（市科委、某园管委会，市教委，各区人民政府）", ("市科委、某园管委会", "市教委", "各区人民政府")),
        ("（责任单位：市科技局、市财政局）", ("市科技局", "市财政局")),
        ("（省科技厅牵头，省财政厅、省教育厅配合）", ("省科技厅", "省财政厅", "省教育厅")),
        ("（某发〔2020〕4号 省发展改革委、省财政厅等部门按职责分工负责）", ("省发展改革委", "省财政厅")),
        ("（省科技厅负责）。", ("省科技厅",)),
        ("（牵头单位：市科技局；责任单位：市财政局、各区（县）政府）", ("市科技局", "市财政局", "各区（县）政府")),
        ("（省科技厅、省财政厅，各市、县（区）人民政府）", ("省科技厅", "省财政厅", "各市、县（区）人民政府")),
        ("（含市、县、区）", ()),
        ("（科研机构、高校、企业）", ()),
        ("（含50万元）", ()),
        ("（征求意见稿）", ()),
        ("（以下简称合作区）", ()),
        ("（某政办规〔2023〕13号）", ()),
        ("（团队）。", ()),
        ("（省科技厅负责）其他文字。", ()),
        ("", ()),
    ],
)
def test_responsible_bodies(ending: str, bodies: tuple[str, ...]) -> None:
    assert _clauses(f"一、保障措施。加强组织领导和统筹协调。{ending}")[-1].bodies == bodies


def test_a_body_with_two_names_is_known_from_the_same_text() -> None:
    clauses = _clauses(
        "1.建平台。建设平台。（市科委、某园管委会，市教委，市财政局）\n2.建队伍。建设队伍。（市科委、某园管委会）"
    )
    assert clauses[-1].bodies == ("市科委、某园管委会",)


def test_words_after_the_last_bodies_belong_to_no_clause() -> None:
    clauses = _clauses("一、保障\n（一）加强督查。定期检查。（省科技厅负责）\n各市要制定实施办法。")
    assert [(clause.path, clause.bodies) for clause in clauses] == [
        ("一", ()),
        ("一/（一）", ("省科技厅",)),
        ("", ()),
    ]


@pytest.mark.parametrize(
    ("raw", "missing"),
    [
        ("一、甲\n（一）乙\n二、丙\n（一）丁\n（二）戊", []),
        ("一、甲\n（一）乙\n二、丙\n（二）丁\n（三）戊", []),
        ("一、甲\n三、丙", ["二"]),
        ("（十）甲\n（十三）乙", ["（十一）", "（十二）"]),
        ("第九条 甲\n第十二条 乙", ["第十条", "第十一条"]),
        ("1.甲\n2.乙\n1.丙\n4.丁", ["2", "3"]),
        ("（十九）甲\n（二十一）乙", ["（二十）"]),
        ("第九十九条 甲\n第一百零一条 乙", ["第一百条"]),
        ("五、甲\n附件\n一、乙\n二、丙", []),
    ],
)
def test_gaps(raw: str, missing: list[str]) -> None:
    assert [number for gap in gaps(_clauses(raw)) for number in gap.missing] == missing


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("一", 1),
        ("（十）", 10),
        ("第二十一条", 21),
        ("第一百零二条", 102),
        ("12", 12),
        ("第一百一十条", 110),
        ("附", None),
    ],
)
def test_ordinals(number: str, value: int | None) -> None:
    assert ordinal(number) == value


@pytest.mark.skipif(not (DEV / "texts").is_dir(), reason="开发集文本不在本机（../shared/gold/dev）")
def test_statutes_and_noisy_texts_have_sensible_clauses() -> None:
    for path in sorted((DEV / "texts").glob("*.txt")):
        text = document_of(text_in(path), path.name)
        clauses = segment(text)
        assert "".join(clause.text for clause in clauses) == text.text, path.name
        assert gaps(clauses) == (), path.name
        if text.text.count("\n第") > 30:  # whole statutes: numbered from the first article to the last
            articles = [clause.number for clause in clauses if (clause.number or "").endswith("条")]
            assert [ordinal(number or "") for number in articles] == list(range(1, len(articles) + 1)), path.name
