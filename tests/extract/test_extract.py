"""What is extracted, from small sentences of our own; purity and spans as properties."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from itertools import pairwise

import pytest
from chinese_numbers import han
from from_text import document_of, incentive_cells, target_cells
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CASES

from analysis.extract import extract
from analysis.extract.number_forms import value_of
from analysis.extract.quantities import quantities
from analysis.model import Document, Reading
from analysis.segment import segment

BODY = "某省技术转移实施方案\n一、重点任务\n（一）工作安排\n"


def cases(name: str) -> list[dict[str, object]]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]


def read(text: str) -> tuple[Document, Reading]:
    made = document_of(text)
    return made, extract(made, segment(made))


@pytest.mark.parametrize("case", cases("targets"), ids=lambda case: case["why"])
def test_targets(case: dict[str, object]) -> None:
    _, found = read(BODY + case["text"])
    assert target_cells(found) == case["targets"]


@pytest.mark.parametrize("case", cases("incentives"), ids=lambda case: case["why"])
def test_incentives(case: dict[str, object]) -> None:
    _, found = read(BODY + case["text"])
    assert incentive_cells(found) == case["incentives"]


def test_a_refused_number_says_why() -> None:
    _, found = read(BODY + "2023年，全省技术合同成交额达到2200亿元，同比增长20%。")
    assert [(left.quote, left.reason) for left in found.unparsed] == [
        ("2200亿元", "已发生的事实"),
        ("20%", "已发生的事实"),
    ]


def test_a_year_ends_with_its_section() -> None:
    _, found = read(BODY + "到2025年，建成示范区3个。\n培育技术经纪人100名。\n（二）工作安排\n培育技术经理人200名。")
    years = [(t.indicator, t.target_year) for t in found.targets]
    assert years == [("示范区", 2025), ("技术经纪人", 2025), ("技术经理人", None)]


def test_an_open_rate_is_no_number() -> None:
    _, found = read(BODY + "对购买科技成果的企业，按实际到账额的一定比例给予最高50万元补助。")
    (incentive,) = found.incentives
    assert (incentive.rate_percent, incentive.rate_open, incentive.rate_base) == (None, True, "实际到账额")
    assert incentive.cap_item_wan == Decimal(50)


def test_a_range_of_rates_is_said() -> None:
    _, found = read(BODY + "对促成交易的技术转移机构，按技术合同成交额的1%—3%给予奖励。")
    (incentive,) = found.incentives
    assert (incentive.rate_percent, incentive.rate_percent_high) == (Decimal(1), Decimal(3))
    assert "比例为1%至3%" in incentive.notes


def test_what_stands_in_another_clause_is_pointed_at() -> None:
    _, found = read(BODY + "对技术转移机构促成的交易，按照第十条规定给予补助。")
    (incentive,) = found.incentives
    assert (incentive.quantified, incentive.notes) == (False, ("标准见第十条",))


# --- numerals -----------------------------------------------------------------------------------------------------


def test_every_number_to_99_999_is_read_back_from_chinese() -> None:
    wrong = [number for number in range(100_000) if value_of(han(number)) != number]
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("两千", "2000"),
        ("十", "10"),
        ("一百零二", "102"),
        ("二〇二五", "2025"),
        ("一点五", "1.5"),
        ("三千万", "30000000"),
        ("一亿二千万", "120000000"),
        ("1,234.5", "1234.5"),
    ],
)
def test_numerals_as_texts_write_them(written: str, value: str) -> None:
    assert value_of(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "点五", "一点", "百分", "abc"])
def test_what_is_no_numeral_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        value_of(written)


# --- quantities ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "comparator"),
    [
        ("8000人以上", "8000", None, "人", "ge"),
        ("超过300名", "300", None, "名", "gt"),
        ("大于1000万元（含）", "1000", None, "万元", "ge"),
        ("最高补助300万元", "300", None, "万元", "le"),
        ("最高不超过100万元", "100", None, "万元", "le"),
        ("50万元以上的（含50万元）", "50", None, "万元", "ge"),
        ("100万元至200万元", "100", "200", "万元", "eq"),
        ("9000万元至1亿元", "0.9", "1", "亿元", "eq"),
        ("10—15场左右", "10", "15", "场", "approx"),
        ("百分之二至百分之三", "2", "3", "%", "eq"),
        ("万分之0.3", "0.3", None, "万分之", "eq"),
        ("0.5‰", "0.05", None, "%", "eq"),
        ("三成", "30", None, "%", "eq"),
        ("翻两番", "4", None, "倍", "eq"),
        ("三分之一", "33.33", None, "%", "eq"),
        ("不低于70%", "70", None, "%", "ge"),
        ("1.1万家", "1.1", None, "万家", "eq"),
    ],
)
def test_quantities(text: str, value: str, high: str | None, unit: str, comparator: str) -> None:
    (found,) = quantities(f"比例{text}，")
    assert (found.quote, str(found.value), found.unit, found.comparator.value) == (text, value, unit, comparator)
    assert (None if found.value_high is None else str(found.value_high)) == high


@pytest.mark.parametrize("text", ["一批机构", "一个平台", "第三条", "028-86731029", "4G网络", "若干项", "300成果"])
def test_what_is_no_quantity(text: str) -> None:
    assert quantities(text) == ()


# --- properties ---------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    (
        *(
            "到2025年，",
            "力争",
            "培育",
            "技术转移机构",
            "100家",
            "以上",
            "、",
            "，",
            "。",
            "；",
            "\n",
            "对",
            "企业",
            "给予",
        ),
        *(
            "最高",
            "50万元",
            "补助",
            "的，",
            "按",
            "成交额",
            "的",
            "3%",
            "每年",
            "不超过",
            "（含）",
            "一、",
            "（一）",
            "1.",
        ),
        *("分别", "翻番", "较2023年", "达到", "300亿元", "“", "”", "（", "）", "《", "》", "2024年10月18日", "至"),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join))
def test_every_span_quotes_the_text_and_reading_is_pure(text: str) -> None:
    made, found = read(text)
    for row in (*found.targets, *found.incentives, *found.quantities, *found.unparsed):
        assert made.text[row.start : row.end] == row.quote
        low, high = made.raw_span(row.start, row.end)
        assert 0 <= low < high <= len(made.raw)
    assert extract(made, segment(made)) == found


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="一二三十百千万亿点零两0123456789.,%‰年家元个至-到超过以上（）含", max_size=40))
def test_numbers_never_overlap(text: str) -> None:
    found = quantities(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
