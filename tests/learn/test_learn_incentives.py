"""Numbers of giving statements as examples: which role a person gives them, and the table that compares the ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from from_text import document_of

from analysis.learn.incentive_roles import Example, compare_roles, examples, learn_incentives
from analysis.learn.unseen import incentives_text
from analysis.model import Reading
from analysis.pipeline import read
from analysis.score.gold import read_gold

TEXT = """某市技术交易奖励办法
第三条 对单个技术合同成交额1000万元以上的企业，按成交额的2%给予奖励，每家企业每年最高50万元。
第四条 对新认定的技术转移机构，给予一次性奖励20万元。
第五条 兑现金额低于1万元的不享受本政策支持。
"""
HEAD = (
    "document,instrument,threshold_wan,rate_percent,amount_low_wan,amount_high_wan,cap_item_wan,cap_year_wan,ambiguous"
)
ROWS = [
    (
        "reward,1000,2,,,,50,",
        "按成交额的2%给予奖励，每家企业每年最高50万元",
        "对单个技术合同成交额1000万元以上的企业，",
    ),
    ("reward,,,20,20,,,", "给予一次性奖励20万元", "对新认定的技术转移机构，"),
]


@pytest.fixture
def annotated(tmp_path: Path) -> tuple[Example, ...]:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "甲.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "index.csv").write_text("document\n甲\n", encoding="utf-8")
    (tmp_path / "targets.csv").write_text("document,quote,char_start,char_end\n", encoding="utf-8")
    lines = [f"{HEAD},quote,char_start,char_end"]
    for fields, words, before in ROWS:
        start = TEXT.index(before)
        quote = before + words
        lines.append(f"甲,{fields},{quote},{start},{start + len(quote)}")
    (tmp_path / "incentives.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    reading: Reading = read(document_of(TEXT, "甲"))
    return examples(read_gold(tmp_path, {"甲": reading}), reading)


def test_a_number_has_the_role_of_the_field_that_holds_it(annotated: tuple[Example, ...]) -> None:
    assert [(one.judged.quantity.quote, one.role, one.judged.role) for one in annotated] == [
        ("1000万元以上", "threshold", "threshold"),
        ("2%", "rate", "rate"),
        ("最高50万元", "year", "year"),
        ("20万元", "sum", "sum"),
        ("低于1万元", "none", "none"),
    ]


def test_signs_do_not_hold_the_verdict_on_the_number_itself(annotated: tuple[Example, ...]) -> None:
    names = {name for one in annotated for name, _, _ in one.seen}
    assert not any(name.startswith("gift.rule") for name in names)
    assert "gift.next.rate" in names


def test_what_is_learnt_says_how_sure_the_numbers_are_that_are_given(annotated: tuple[Example, ...]) -> None:
    learnt = learn_incentives([annotated] * 4)
    assert [label for _, label in learnt.judged[0]] == [True, True, True]
    assert all(probability > 0.5 for probability, _ in learnt.judged[0])
    assert "读作给予的 12 个数中 12 个确是" in incentives_text(learnt.judged)
    assert incentives_text([]) == ""


def test_the_roles_are_compared_in_one_table(annotated: tuple[Example, ...]) -> None:
    lines = compare_roles([annotated] * 4).splitlines()
    assert [line.split("：")[0].strip() for line in lines[2:]] == ["只用规则", "权衡迹象，含规则", "权衡迹象，不含规则"]
    assert lines[2].endswith("1.000")
