"""Tiers as intervals: each way of writing a bound, where neighbours do not meet, and what are no tiers of one list."""

from __future__ import annotations

import pytest
from drafts import draft_from

from analysis.lint.findings import Severity
from analysis.lint.registry import rules
from analysis.lint.run import check
from analysis.lint.tier_lists import at_seam, tier_lists

P14 = next(rule for rule in rules() if rule.id == "P14")
WRONG = [
    ("100万元以下的，补助1%；100万元以上的，补助2%。", "100万元", True),
    ("不足50万元的，奖励1万元；超过50万元的，奖励3万元。", "50万元", False),
    ("成交额100万元以上300万元以下的部分，按1%；300万元以上的部分，按2%。", "300万元", True),
    ("成交额500万元（含）以上1000万元（含）以下的，奖励5万元；1000万元（含）以上的，奖励9万元。", "1000万元", True),
    ("年度交易额不超过200万元的，按2%补助；不低于200万元的，按3%补助。", "200万元", True),
    ("达到10家不满20家的，奖励5万元；超过20家的，奖励8万元。", "20家", False),
    ("投资额3000万元以上不满5000万元的，补助5%；6000万元以上的，补助8%。", "5000至6000万元", False),
    ("成交额500万元以上的，奖励10万元；200万元以上500万元以下的，奖励5万元。", "500万元", True),
    ("得分80分以上的为优秀，60分以上80分以下的为合格，60分以下的为不合格。", "60分", True),
    ("实缴资本1亿元以下的，奖励50万元；1亿元以上的，奖励80万元。", "1亿元", True),
    ("到账额100万元至500万元的，奖励3万元；500万元至1000万元的，奖励6万元。", "500万元", True),
    ("增长10%以上20%以下的，奖励5万元；超过25%的，奖励8万元。", "20至25%", False),
]
RIGHT = [
    "100万元以下的，补助1%；超过100万元的，补助2%。",
    "100万元以内的部分补助1%；超过100万元的部分补助2%。",
    "不满50万元的，奖励1万元；50万元以上的，奖励3万元。",
    "年成交额达到1000万元的，奖励5万元；达到5000万元的，奖励20万元；达到1亿元的，奖励50万元。",
    "成交额1000万元以上的，奖励5万元；5000万元以上的，奖励20万元。",
    "处一万元以上三万元以下的罚款；情节严重的，处三万元以上十万元以下的罚款。",
    "对企业给予50万元以下的补助；对高校给予50万元以上的支持。",
    "年收入100万元以下的，免收服务费；研发投入100万元以上的，优先推荐。",
    "企业人数20人以下的，补助5万元；营业收入50万元以上的，补助8万元。",
    "培训10人以下的，补助1万元；11人以上的，补助2万元。",
    "每家最高不超过100万元；每年最高不超过100万元以上部分自筹。",
    "100万元≤成交额＜500万元的，奖励2万元；500万元≤成交额＜1000万元的，奖励5万元。",
    "对50万元以上的设备共享服务，按10%补助；企业购买单价50万元以下的服务，按20%补助。",
    "对买方，合同额500万元以下的，补助5%；对卖方，合同额500万元以上的，补助3%。",
    "18周岁以上、60周岁以下的人员可以参加；具有3年以上工作经验的优先。",
]


@pytest.mark.parametrize(("sentence", "where", "overlap"), WRONG)
def test_tiers_that_do_not_meet_are_found(sentence: str, where: str, overlap: bool) -> None:
    draft = draft_from(f"　　第二条　分档如下：{sentence}\n")
    seams = [seam for tiers in tier_lists(draft) for seam in tiers.seams]
    assert (where, overlap) in [(at_seam(seam), seam.overlap) for seam in seams]
    assert len(check(draft, by=[P14])) == len(seams)


@pytest.mark.parametrize("sentence", RIGHT)
def test_tiers_that_meet_and_other_bounds_are_left_alone(sentence: str) -> None:
    assert not check(draft_from(f"　　第二条　分档如下：{sentence}\n"), by=[P14])


def test_items_that_follow_each_other_are_one_list_and_a_new_article_is_not() -> None:
    items = "　　（一）200万元以下的，奖励1万元；\n　　（二）200万元以上的，奖励2万元。\n"
    (finding,) = check(draft_from("　　第五条　对卖方：\n" + items), by=[P14])
    assert finding.quote == "200万元以上"
    apart = "　　第五条　合同额100万元以上500万元以下的，补助5%。\n　　第六条　合同额500万元以上的，补助3%。\n"
    assert not check(draft_from(apart), by=[P14])
    apart = "　　第五条　200万元以下的，奖励1万元。\n　　第六条　买方支付200万元以上的，补助2万元。\n"
    assert not check(draft_from(apart), by=[P14])


def test_a_column_of_a_table_is_a_list() -> None:
    table = "档次\t到账额\t补助比例\n一档\t100万元以上500万元以下\t1%\n二档\t500万元以上\t2%\n"
    (finding,) = check(draft_from("　　标准如下：\n" + table), by=[P14])
    assert finding.quote == "500万元以上"
    assert "500万元同时落在两档" in finding.message


def test_what_rests_on_words_that_no_law_defines_is_a_note() -> None:
    for tiers in ("低于100万元的，补助1%；高于100万元的", "50万元至100万元的，补助1%；100万元至300万元的"):
        (finding,) = check(draft_from(f"　　{tiers}，补助2%。\n"), by=[P14])
        assert finding.severity is Severity.INFO


def test_tiers_are_shown_as_intervals_from_low_to_high() -> None:
    text = "　　500万元以上的，奖励10万元；200万元以上不满500万元的，奖励5万元；不满200万元的，奖励1万元。\n"
    (tiers,) = tier_lists(draft_from(text))
    assert [tier.shown for tier in tiers.tiers] == ["(…, 200万元)", "[200万元, 500万元)", "[500万元, …)"]
    assert not tiers.seams
