"""What a contract yields under a rule: worked examples from the seed texts, tiers, and properties of every rule."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from itertools import pairwise

import pytest
from compare_seeds import readings
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare import curve, rule_benefit, rules, saturation, window
from analysis.compare.benefit import base_of, cap, is_ceiling
from analysis.grammar import grammar
from analysis.grammar.vocabularies import Base
from analysis.model import Comparator, Incentive, Instrument, Receiver

SEEDS = {(i.document, i.receiver): i for reading in readings() for i in reading.incentives if i.quantified}
HEILONGJIANG_BUYER = SEEDS["heilongjiang-2017", Receiver.BUYER]
SICHUAN_BUYER = SEEDS["sichuan-2024", Receiver.BUYER]
SICHUAN_AGENCY = SEEDS["sichuan-2024", Receiver.AGENCY]
SICHUAN_REGISTRATION = SEEDS["sichuan-2024", Receiver.REGISTRATION_BODY]


def rule(**fields: object) -> Incentive:
    """An incentive on the sum of a contract, with the given fields."""
    plain = Incentive("d", 0, "", "企业", Receiver.BUYER, Instrument.SUBSIDY, "", 0, 1, "", rate_base="技术合同成交额")
    return dataclasses.replace(plain, **fields)  # type: ignore[arg-type]


def benefit(incentive: Incentive, contract: Decimal) -> Decimal | None:
    """What a contract yields by one incentive; None where it depends on no sum of contracts."""
    return next((rule_benefit(each, contract) for each in rules([incentive])), None)


@pytest.mark.parametrize(
    ("incentive", "contract", "money"),
    [
        # 黑龙江: 30 % of what was paid in, from 50, at most 100: 49 -> 0, 50 -> 15, 200 -> 60, 400 -> 120 -> 100.
        (HEILONGJIANG_BUYER, "49.99", "0"),
        (HEILONGJIANG_BUYER, "50", "15"),
        (HEILONGJIANG_BUYER, "200", "60"),
        (HEILONGJIANG_BUYER, "400", "100"),
        # 四川: no rate, so the ceiling of 100 for one project from 1,000 on (（含）: the threshold itself qualifies).
        (SICHUAN_BUYER, "999", "0"),
        (SICHUAN_BUYER, "1000", "100"),
        # 3 % of the contract, at most 30 for one project.
        (SICHUAN_AGENCY, "500", "15"),
        (SICHUAN_AGENCY, "5000", "30"),
        # 万分之0.3 of the part above 1 亿元: on 2 亿元 that is 10,000 万 × 0.00003 = 0.3 万元.
        (SICHUAN_REGISTRATION, "10000", "0"),
        (SICHUAN_REGISTRATION, "20000", "0.3"),
    ],
)
def test_worked_examples(incentive: Incentive, contract: str, money: str) -> None:
    assert benefit(incentive, Decimal(contract)) == Decimal(money)


def test_an_open_rate_has_only_a_ceiling() -> None:
    assert is_ceiling(SICHUAN_BUYER)
    assert not is_ceiling(HEILONGJIANG_BUYER)
    assert is_ceiling(rule(rate_percent=Decimal(5), rate_comparator=Comparator.LE))


@pytest.mark.parametrize(
    "receiver", [Receiver.TECHNOLOGY_MANAGER, Receiver.INVENTOR, Receiver.FIRST_SET], ids=lambda receiver: str(receiver)
)
def test_what_hangs_on_no_contract_has_no_curve(receiver: Receiver) -> None:
    """10 % of a subsidy, 70 % of equity and 80 % of a premium are not money on the sum of a contract."""
    assert benefit(SEEDS["heilongjiang-2017", receiver], Decimal(1000)) is None


def test_a_lump_sum_without_threshold_has_no_curve() -> None:
    assert benefit(SEEDS["heilongjiang-2017", Receiver.AGENCY], Decimal(1000)) is None


def test_saturation_is_where_the_cap_is_reached() -> None:
    full = saturation(HEILONGJIANG_BUYER)
    assert full is not None
    assert round(full, 2) == Decimal("333.33")  # 100 / 30 %
    assert saturation(SICHUAN_AGENCY) == 1000  # 30 / 3 %
    assert saturation(SICHUAN_BUYER) is None  # no rate


def test_tiers_replace_each_other_and_excess_rates_do_not() -> None:
    low = rule(threshold_wan=Decimal(100), amount_low_wan=Decimal(5), amount_high_wan=Decimal(5), start=0)
    high = rule(threshold_wan=Decimal(1000), amount_low_wan=Decimal(20), amount_high_wan=Decimal(20), start=9)
    tiered = rules([high, low])
    assert len(tiered) == 1
    assert [rule_benefit(tiered[0], Decimal(x)) for x in (99, 100, 999, 1000)] == [0, 5, 5, 20]
    part = "技术合同登记额超过1亿元部分"
    excess = rule(threshold_wan=Decimal(10000), rate_percent=Decimal("0.06"), rate_base=part, start=20)
    further = rule(threshold_wan=Decimal(50000), rate_percent=Decimal("0.02"), rate_base=part, start=30)
    assert len(rules([excess, further])) == 2


def test_the_seeds_give_four_rules_on_contracts_and_one_on_registered_sums() -> None:
    drawn = rules(i for reading in readings() for i in reading.incentives)
    assert [(r.first.document, r.first.receiver, r.base.id) for r in drawn] == [
        ("sichuan-2024", Receiver.BUYER, "contract"),
        ("sichuan-2024", Receiver.AGENCY, "contract"),
        ("sichuan-2024", Receiver.REGISTRATION_BODY, "registered"),
        ("heilongjiang-2017", Receiver.BUYER, "contract"),
        ("heilongjiang-2017", Receiver.SELLER, "contract"),
    ]


def test_window_holds_every_corner_and_an_excess_rule_gets_room() -> None:
    contracts = [r for r in rules(SEEDS.values()) if r.base.id == "contract"]
    assert window(contracts) == (10, 5000)
    low, high = window(rules([SICHUAN_REGISTRATION]))
    assert (low, high) == (10, 200000)


sums = st.decimals(min_value=1, max_value=10**6, places=2)
money_rules = st.builds(
    rule,
    threshold_wan=st.none() | st.decimals(min_value=1, max_value=10**5, places=1),
    rate_percent=st.decimals(min_value="0.001", max_value=100, places=3),
    cap_item_wan=st.none() | st.integers(1, 5000).map(Decimal),
    cap_year_wan=st.none() | st.integers(1, 5000).map(Decimal),
    rate_base=st.sampled_from(["技术合同成交额", "实际到账额", "登记金额超过1亿元部分"]),
)


@given(money_rules, sums, sums)
def test_more_contract_never_means_less_money_and_caps_hold(incentive: Incentive, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    less, more = benefit(incentive, low), benefit(incentive, high)
    assert less is not None
    assert more is not None
    assert 0 <= less <= more <= (cap(incentive) or more)
    if incentive.threshold_wan and low < incentive.threshold_wan:
        assert less == 0


@given(money_rules)
def test_a_curve_runs_over_its_window_and_agrees_with_the_rule(incentive: Incentive) -> None:
    (drawn,) = rules([incentive])
    low, high = window([drawn])
    points = curve(drawn, low, high, samples=20)
    assert points[0][0] == low
    assert points[-1][0] == high
    assert all(left[0] <= right[0] and left[1] <= right[1] for left, right in pairwise(points))
    assert points[-1][1] == benefit(incentive, high)
    level = [
        left[1] == middle[1] == right[1] for left, middle, right in zip(points, points[1:], points[2:], strict=False)
    ]
    assert not any(level)


@pytest.mark.parametrize("base", grammar().bases, ids=lambda base: base.id)
def test_every_example_of_a_base_matches_it(base: Base) -> None:
    for words in base.examples:
        found = base_of(rule(rate_base=words))
        assert found is not None, words
        assert found.id == base.id, words
    for words in base.look_alikes:
        found = base_of(rule(rate_base=words))
        assert found is None or found.id != base.id, words
    for form in base.forms:
        assert any(form in words for words in base.examples), f"no example for {form}"
