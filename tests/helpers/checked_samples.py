"""A made-up text and the ways to speak of its rows, for the tests of 核对."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis import pipeline
from analysis.checked.checks import Check, Item, items, judged
from analysis.checked.fields import fields_of
from analysis.model import Reading

TEXT = """云中省促进技术转移若干措施

云政办发〔2026〕12号

一、主要目标
到2030年，全省技术合同成交额达到6000亿元，培育技术经理人700名以上。建成中试平台20个。

二、支持措施
对购买技术的企业，按技术合同实际成交额的10%给予补助，单个企业每年最高不超过80万元。
对促成交易的技术转移机构，给予最高30万元奖励。

云中省人民政府办公厅
2026年5月6日
"""
WHEN = "2026-11-28T05:00:00+00:00"


def sample(text: str = TEXT) -> Reading:
    """The text as the machine reads it."""
    return pipeline.read_bytes(text.encode(), "措施.txt")


def item_of(reading: Reading, said: Sequence[Check] = (), **wanted: Any) -> Item:
    """The first row that has these values as it is shown."""
    return next(
        item
        for item in items(reading, said)
        if all(str(getattr(item.shown, name, None)) == str(value) for name, value in wanted.items())
    )


def confirmed(reading: Reading, item: Item, who: str = "甲") -> Check:
    """That a row is right as it is."""
    return judged(reading, item, who, WHEN)


def changed(reading: Reading, item: Item, who: str = "甲", **fields: str) -> Check:
    """That a row holds with other fields; an empty one is taken away."""
    assert item.shown is not None
    wanted = {name: text for name, text in (fields_of(item.shown) | fields).items() if text}
    return judged(reading, item, who, WHEN, fields=wanted)


def removed(reading: Reading, item: Item, who: str = "甲") -> Check:
    """That a row is to go."""
    return judged(reading, item, who, WHEN, remove=True)
