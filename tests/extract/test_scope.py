"""Where the year of a number comes from: part, list, lead, heading, title, date line; and what it ends with."""

from __future__ import annotations

import pytest
from from_text import document_of

from analysis.corpus.metadata import introduced
from analysis.extract.quantities import quantities
from analysis.extract.scope import Scope, Tense, YearFrom, scopes
from analysis.extract.sentences import sentences
from analysis.segment import segment

CASES = [
    ("2027年培育技术经理人300名。", "300名", 2027, YearFrom.PART),
    ("到2027年，成交额翻番，培育技术经理人300名。", "300名", 2027, YearFrom.SENTENCE),
    ("到2027年，成交额增长9%。培育技术经理人300名。", "300名", 2027, YearFrom.PARAGRAPH),
    ("到2027年，实现以下目标20项：\n①培育技术经理人300名。", "300名", 2027, YearFrom.LIST),
    ("一、总体安排\n到2027年，实现目标20项。\n（一）人才\n培育技术经理人300名。", "300名", 2027, YearFrom.LEAD),
    ("一、总体安排\n到2027年，实现目标20项。\n二、人才\n培育技术经理人300名。", "300名", None, YearFrom.NOWHERE),
    ("一、2026年主要目标\n（一）人才\n培育技术经理人300名。", "300名", 2026, YearFrom.HEADING),
    ("一、2026年工作总结\n（一）人才\n培育技术经理人300名。", "300名", None, YearFrom.NOWHERE),
    ("某市2026年科技创新工作要点\n一、人才\n培育技术经理人300名。", "300名", 2026, YearFrom.TITLE),
    ("某市科技创新三年行动计划（2026—2028年）\n一、人才\n培育技术经理人300名。", "300名", 2028, YearFrom.TITLE),
    ("某市“十五五”科技创新规划\n一、人才\n培育技术经理人300名。", "300名", 2030, YearFrom.TITLE),
    ("某省促进科技成果转化条例（2026年修正）\n第一条 培育技术经理人300名。", "300名", None, YearFrom.NOWHERE),
    ("某市2025年科技工作总结\n一、人才\n培育技术经理人300名。", "300名", None, YearFrom.NOWHERE),
]


def scope_of(text: str, quote: str) -> Scope:
    made = introduced(document_of(text))
    clauses = segment(made)
    found = sentences(made, clauses, quantities(made.text))
    scoped = scopes(made, clauses, found)
    (part,) = (part for one in found for part in one.parts if any(each.quote == quote for each in part.quantities))
    return scoped[part.start]


@pytest.mark.parametrize(("text", "quote", "year", "where"), CASES)
def test_the_nearest_year_counts(text: str, quote: str, year: int | None, where: YearFrom) -> None:
    scope = scope_of(text, quote)
    assert (scope.year, scope.year_from) == (year, where)


def test_this_year_is_the_one_that_the_text_is_of() -> None:
    dated = "某市召开会议\n2026-01-20\n今年，全市将培育技术经理人300名。"
    assert scope_of(dated, "300名").year == 2026
    assert scope_of("今年，全市将培育技术经理人300名。", "300名").year is None


def test_a_cited_number_does_not_date_a_text() -> None:
    cited = (
        "为落实《国家技术转移体系建设方案》（国发〔2017〕44号）和有关会议的各项要求，现制定本方案如下。\n"
        "未来三年，培育技术经理人300名。"
    )
    assert scope_of(cited, "300名").year is None


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("一、工作回顾\n培育技术经理人300名。", Tense.REPORT),
        ("一、工作目标\n培育技术经理人300名。", Tense.PLAN),
        ("近年来，全市培育技术经理人300名。", Tense.REPORT),
        ("下一步，全市培育技术经理人300名。", Tense.PLAN),
        ("全市培育技术经理人300名。", Tense.OPEN),
    ],
)
def test_headings_and_openings_say_whether_it_is_to_come(text: str, tense: Tense) -> None:
    assert scope_of(text, "300名").tense is tense
