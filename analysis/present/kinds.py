"""Kinds of text in Chinese, how reports are marked in lists, and what is said of those that are left out."""

from __future__ import annotations

from html import escape

from analysis.model import Card, TextKind
from analysis.present import numbers

NAMES = {
    TextKind.NORMATIVE: "规范性文件",
    TextKind.PLAN: "规划计划",
    TextKind.STATUTE: "法规条例",
    TextKind.CALL: "通知申报",
    TextKind.NEWS: "新闻报道",
    TextKind.ANSWERS: "解读问答",
    TextKind.SUMMARY: "工作总结",
    TextKind.UNKNOWN: "类型不详",
}
#: What stands behind the short name of a report.
SHORT = {TextKind.NEWS: "新闻", TextKind.SUMMARY: "总结"}
TOGGLE = "计入新闻与总结"


def name(kind: TextKind) -> str:
    """The kind in Chinese."""
    return NAMES[kind]


def known(card: Card) -> str:
    """The kind of a document in Chinese; "" where it is not known."""
    return "" if card.kind is TextKind.UNKNOWN else NAMES[card.kind]


def short(card: Card) -> str:
    """What a short name says of a report, plain text: 新闻; "" for policies."""
    return SHORT.get(card.kind, "")


def mark(card: Card) -> str:
    """A quiet mark for a report in a list, markup; "" for policies."""
    return "" if card.kind.is_policy else f' <span class="zh-kind">{escape(NAMES[card.kind])}</span>'


def left_out(number: int) -> str:
    """How many reports are not counted, one line of plain text; "" where there are none."""
    return f"另有 {numbers.with_unit(number, '份')}新闻与总结未计入" if number else ""
