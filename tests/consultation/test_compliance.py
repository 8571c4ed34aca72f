"""The sheet of a consultation: which rule asks how many days, and what the notice carries."""

from __future__ import annotations

from datetime import date

import pytest
from places import PROJECT

from analysis.consultation.compliance import (
    DocumentKind,
    DutyState,
    Requirement,
    compliance_sheet,
    likely_kind,
    working_days,
)
from analysis.grammar import grammar

NOTICE = """关于公开征求《某市技术转移机构管理办法（征求意见稿）》意见的公告
现将《某市技术转移机构管理办法（征求意见稿）》及其起草说明予以公布，公开征求社会意见。{reason}
意见征集时间：{period}。请将意见发送至电子邮箱 a@example.com。{feedback}
联系人：王某，电话：000-0000000
附件
某市技术转移机构管理办法
（征求意见稿）
第一条　采纳情况反馈机制由科技局建立，公布评价结果。
"""


def rows(kind: DocumentKind = DocumentKind.MARKET_DOCUMENT, **words: str) -> dict[str, Requirement]:
    """The sheet of a notice, by id."""
    told = {"period": "2026年3月2日至2026年4月1日", "reason": "", "feedback": "", **words}
    return {each.id: each for each in compliance_sheet(NOTICE.format(**told), kind).requirements}


def test_the_notice_of_sichuan_2024_is_open_long_enough_and_lacks_explanation_and_feedback() -> None:
    raw = (PROJECT / "policy_corpus/documents/sichuan-2024/sichuan-2024-notice.txt").read_text(encoding="utf-8")
    sheet = compliance_sheet(raw, likely_kind("关于加强技术经理人队伍建设的实施意见(征求意见稿)"))
    by_id = {each.id: each for each in sheet.requirements}
    assert sheet.period is not None
    assert (sheet.period.first, sheet.period.last, sheet.period.days) == (date(2024, 10, 18), date(2024, 11, 17), 30)
    assert by_id["Q4"].state is DutyState.MET
    assert "31" in by_id["Q4"].note
    assert by_id["Q6-last"].remedy  # a Sunday
    assert by_id["Q6-way"].state is by_id["Q6-contact"].state is by_id["Q6-draft"].state is DutyState.MET
    assert by_id["Q6-explanation"].state is by_id["Q4-feedback"].state is DutyState.MISSING
    for each in sheet.requirements:
        assert each.start is None or raw[each.start : each.end] == each.words


@pytest.mark.parametrize(
    ("period", "reason", "state"),
    [
        ("2026年3月2日至2026年4月1日", "", DutyState.MET),
        ("2026年3月2日至2026年3月31日", "", DutyState.MISSING),  # thirty with both ends, 29 from the next day
        ("2026年3月2日至2026年3月12日", "因情况紧急，期限缩短为10日。", DutyState.UNKNOWN),
        ("另行通知", "", DutyState.UNKNOWN),
    ],
)
def test_days_count_from_the_day_after_publication(period: str, reason: str, state: DutyState) -> None:
    assert rows(period=period, reason=reason)["Q4"].state is state


def test_working_days_leave_out_holidays_and_count_days_worked_instead() -> None:
    assert working_days(date(2026, 2, 14), date(2026, 2, 24)) == 2  # a Saturday worked, the Spring Festival, a Tuesday
    assert working_days(date(2024, 9, 30), date(2024, 10, 8)) == 2
    assert working_days(date(2124, 1, 1), date(2124, 1, 2)) is None


def test_seven_working_days_are_asked_of_other_documents() -> None:
    short = rows(DocumentKind.OTHER_DOCUMENT, period="2026年2月13日至2026年2月25日")["Q5"]
    assert short.state is DutyState.MISSING  # eleven of the twelve days are off but three
    assert rows(DocumentKind.OTHER_DOCUMENT, period="2026年3月2日至2026年3月11日")["Q5"].state is DutyState.MET


def test_only_the_notice_counts_and_not_the_draft_below_it() -> None:
    assert rows()["Q4-feedback"].state is DutyState.MISSING
    told = rows(feedback="意见采纳情况将在本网站公布。")["Q4-feedback"]
    assert (told.state, told.words) == (DutyState.MET, "采纳情况将在本网站公布")


def test_rules_for_major_decisions_are_only_practice_for_others() -> None:
    assert rows(DocumentKind.MAJOR_DECISION)["Q6-way"].force == "规定"
    other = rows()["Q6-way"]
    assert (other.force, other.source[:2]) == ("建议核对", "参照")


def test_a_text_without_a_notice_shows_nothing() -> None:
    sheet = compliance_sheet(
        "某市管理办法\n第一条　联系人：负责，邮箱：a@example.com。\n", DocumentKind.MARKET_DOCUMENT
    )
    assert sheet.period is None
    assert {each.state for each in sheet.requirements} == {DutyState.UNKNOWN, DutyState.MISSING, DutyState.LATER}


@pytest.mark.parametrize("duty", grammar().consultation_duties, ids=lambda duty: duty.id)
def test_each_duty_is_known_by_its_examples_and_not_by_what_looks_like_them(duty: object) -> None:
    patterns = duty.about  # type: ignore[attr-defined]
    assert bool(patterns) == (duty.when == "notice")  # type: ignore[attr-defined]
    for example in duty.examples:  # type: ignore[attr-defined]
        assert any(each.search(example) for each in patterns), example
    for example in duty.not_:  # type: ignore[attr-defined]
        assert not any(each.search(example) for each in patterns), example
