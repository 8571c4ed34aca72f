"""The documents of the corpus as drafts: what must be found in them, and that published ones have no error."""

from __future__ import annotations

from functools import cache

import pytest
import real_texts

from analysis.lint.findings import Finding, Severity
from analysis.lint.run import FOLDED_FROM, check, worst_first

FOLDER = real_texts.SHARED / "corpus"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not there")
NOTICE, ATTACHMENT, SICHUAN_2018 = "sichuan-2024-notice", "sichuan-2024-attachment", "sichuan-2018-draft"
BOTH = (NOTICE, ATTACHMENT)


@cache
def findings(name: str) -> tuple[Finding, ...]:
    return check(real_texts.real_draft(FOLDER / f"{name}.txt"))


def of(name: str, rule: str) -> list[Finding]:
    return [finding for finding in findings(name) if finding.rule == rule]


@pytest.mark.parametrize("name", BOTH)
def test_the_missing_articles_come_first(name: str) -> None:
    gap = next(finding for finding in worst_first(findings(name)) if finding.rule != "P1")
    assert gap.rule == "N2"
    assert gap.severity is Severity.ERROR
    assert gap.message == "（十一）之后是（十四），缺（十二）至（十三）"
    assert gap.quote.strip("()（） ") == "十四"
    assert gap.clause.endswith("四/（十四）")


@pytest.mark.parametrize("name", BOTH)
def test_no_task_names_who_is_responsible(name: str) -> None:
    (missing,) = of(name, "C8")
    assert missing.message == "15条任务都没有写明责任单位"


@pytest.mark.parametrize("name", BOTH)
def test_the_open_rate_is_found(name: str) -> None:
    (rate,) = of(name, "V1")
    assert rate.quote == "一定比例"
    assert rate.severity is Severity.WARNING
    assert rate.clause.endswith("（九）")


def test_doubling_is_worked_out_from_what_was_reached_and_agrees() -> None:
    (doubled,) = of(NOTICE, "C3")
    assert doubled.quote == "翻番"
    assert doubled.severity is Severity.INFO
    assert doubled.message.startswith("2023年实际1942.15亿元×2=3884.3亿元，与同一年目标突破4000亿元不矛盾")


def test_a_month_of_comments_is_enough() -> None:
    (period,) = of(NOTICE, "Q4")
    assert period.message == "征求意见期共31日，不少于30日"
    assert period.severity is Severity.INFO


def test_what_a_conversion_left_in_the_draft_of_2018() -> None:
    assert [finding.quote for finding in of(SICHUAN_2018, "R1")] == ["[bookmark: _GoBack]"]


def test_two_spellings_of_one_thing_in_the_draft_of_2018() -> None:
    (spelling,) = [finding for finding in of(SICHUAN_2018, "C9") if finding.severity is Severity.WARNING]
    assert spelling.quote == "基础架构"
    assert "基础构架" in spelling.message


def test_headings_with_a_full_stop_in_the_draft_of_2018() -> None:
    assert [finding.clause for finding in of(SICHUAN_2018, "N12")] == ["四/（十七）", "五/（二十二）", "五/（二十三）"]


def test_the_missing_character_in_the_draft_of_2018() -> None:
    (formula,) = of(SICHUAN_2018, "T1")
    assert formula.quote == "特定本方案"
    assert formula.changes[0].words == "特制定本方案"


@pytest.mark.parametrize("name", ["beijing-2022", "heilongjiang-2017"])
def test_published_texts_have_no_error_but_the_marks_of_web_copies(name: str) -> None:
    (marks,) = [finding for finding in findings(name) if finding.severity is Severity.ERROR]
    assert marks.rule == "P1"
    assert len(marks.places) + 1 > 20 * FOLDED_FROM
    assert "共" in marks.message


@pytest.mark.parametrize("name", ["beijing-2022", "heilongjiang-2017"])
def test_published_texts_have_few_warnings(name: str) -> None:
    warnings = [finding for finding in findings(name) if finding.severity is Severity.WARNING]
    assert {finding.rule for finding in warnings} <= {"N5", "R1", "R3", "R4"}
    assert len(warnings) <= 3
