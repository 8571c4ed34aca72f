"""Kinds of texts in Chinese."""

from __future__ import annotations

from analysis.model import TextKind

_NAMES = {
    TextKind.NORMATIVE: "规范性文件",
    TextKind.PLAN: "规划计划",
    TextKind.STATUTE: "条例",
    TextKind.CALL: "通知申报",
    TextKind.NEWS: "新闻报道",
    TextKind.ANSWERS: "解读问答",
    TextKind.SUMMARY: "工作总结",
    TextKind.UNKNOWN: "种类不明",
}


def kind_name(kind: TextKind | str) -> str:
    """``TextKind.NEWS`` or its value -> 新闻报道."""
    return _NAMES[TextKind(kind)]
