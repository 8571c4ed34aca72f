"""What is given and what is not, from small sentences of our own: numbers in their places, instrument, rule."""

from __future__ import annotations

import tomllib

import pytest
from from_text import extraction_of
from places import CASES

from analysis.grammar import grammar
from analysis.grammar.vocabularies import Rule
from analysis.model import Incentive, Reading

BODY = "某省技术转移实施方案\n一、重点任务\n（一）工作安排\n"
FIELDS = {
    "from": "threshold_wan",
    "rate": "rate_percent",
    "low": "amount_low_wan",
    "high": "amount_high_wan",
    "item": "cap_item_wan",
    "year": "cap_year_wan",
}


def cases() -> list[dict[str, object]]:
    return tomllib.loads((CASES / "incentive_terms.toml").read_text(encoding="utf-8"))["case"]


def read(text: str) -> Reading:
    return extraction_of(BODY + text)


def said(row: Incentive) -> str:
    numbers = [f"{name}={getattr(row, field)}" for name, field in FIELDS.items() if getattr(row, field) is not None]
    return " ".join([row.instrument.value, *numbers, row.rule])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["why"])
def test_what_is_given(case: dict[str, object]) -> None:
    found = [said(row) for row in read(str(case["text"])).incentives if row.quantified]
    assert found == case["incentives"]


RULES = [rule for rule in grammar().rules.values() if rule.id.startswith("incentive.")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_decides_its_example_and_not_its_look_alike(rule: Rule) -> None:
    assert rule.id in decisions(rule.good)
    assert rule.id not in decisions(rule.bad)


def decisions(text: str) -> set[str]:
    found = read(text)
    return {row.rule for row in (*found.incentives, *found.unparsed)}


def test_every_rule_of_a_case_is_explained() -> None:
    named = {str(incentive).split()[-1] for case in cases() for incentive in case["incentives"]}
    assert named <= set(grammar().rules)


def test_a_sentence_said_twice_is_one_row() -> None:
    again = "对新认定的国家级技术转移机构，给予一次性奖励100万元。"
    found = read(f"{again}\n据介绍，本措施自发布之日起施行。\n{again}")
    assert [row.amount_low_wan for row in found.incentives] == [100]


def test_the_last_item_of_a_list_caps_the_items_before_it() -> None:
    text = "第五条 补贴标准\n（一）入网单位，可申请测试费20%的补贴；\n（二）项目承担单位，可申请测试费30%的补贴；\n"
    found = read(text + "（三）同一单位一次性补贴金额不超过8万元。")
    assert [(row.rate_percent, row.cap_item_wan) for row in found.incentives] == [(20, 8), (30, 8)]


def test_a_headline_gives_way_to_what_the_text_says_in_full() -> None:
    text = "某市出台新政 引进技术最高奖励200万元\n对引进技术的企业，按合同额的5%给予奖励，每家企业每年最高200万元。"
    assert [said(row) for row in extraction_of(text).incentives] == [
        "reward rate=5 year=200 incentive.rate",
    ]


def test_a_headline_that_nothing_repeats_stays() -> None:
    text = "某市出台新政 引进技术最高奖励200万元\n本报讯 某市日前出台新政，支持引进技术。"
    assert [row.cap_item_wan for row in extraction_of(text).incentives] == [200]
