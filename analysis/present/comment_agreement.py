"""Agreement of the sorting of comments with careful readers, as text and as values."""

from __future__ import annotations

from typing import Any

from analysis.consultation.agreement import Agreement, Figure, Sureness

_TITLES = {
    "clause/explicit": "条款：写明条号、位置或标题的",
    "clause/quote": "条款：引用原文的",
    "clause/content": "条款：只凭内容的",
    "clause/wrong_reference": "条款：条号有误的",
    "wrong_reference": "指出条号有误",
    "right_reference": "未把正确的条号说成有误",
    "clause/none": "不属于任何条款、未归条款的",
    "span": "起止与条款一致",
    "groups": "相同来信成组（成对 F1）",
    "stance/support": "态度：支持",
    "stance/oppose": "态度：反对",
    "stance/suggest": "态度：建议",
    "stance/ask": "态度：询问",
    "stance/none": "态度：未表明",
    "stance": "态度五类平均",
    "sender_type": "反馈人类别",
    "rows": "行：没有丢失",
    "rows/comment": "行：意见作为意见",
    "rows/number": "行：行号不变",
    "rows/rejected": "行：标题、空白、合计行未作意见",
}


def as_text(result: Agreement, *, details: bool) -> str:
    """One line for each figure and each bin of confidence, and with ``details`` one for each comment that differs."""
    lines = [_line(figure) for figure in result.figures]
    lines += map(_sureness, result.sureness)
    if details:
        lines.append("")
        lines += [
            f"{_TITLES[miss.figure]}：{miss.place[0]} 第 {miss.place[1]} 行“{miss.head}”"
            f"应为 {miss.wanted}，得到 {miss.found}"
            for miss in result.misses
        ]
    return "\n".join(lines) + "\n"


def _line(figure: Figure) -> str:
    bar = "" if figure.least is None else f"（要求 {figure.least:.2f}，{'达到' if figure.reached else '未达到'}）"
    return f"{figure.share:.3f}  {figure.right:g}/{figure.of:g}  {_TITLES[figure.name]}{bar}"


def _sureness(one: Sureness) -> str:
    return (
        f"{one.right / one.of:.3f}  {one.right:.3g}/{one.of:.3g}  把握 {one.low:.2f}–{min(one.high, 1.0):.2f}"
        f"（平均 {one.mean:.2f}）时条款正确"
    )


def as_values(result: Agreement) -> dict[str, Any]:
    """The figures and what differs, for programs."""
    return {
        "figures": [
            {"name": each.name, "share": round(each.share, 4), "right": each.right, "of": each.of, "least": each.least}
            for each in result.figures
        ],
        "sureness": [
            {
                "low": each.low,
                "high": min(each.high, 1.0),
                "mean": round(each.mean, 4),
                "right": each.right,
                "of": each.of,
            }
            for each in result.sureness
        ],
        "misses": [
            {
                "figure": each.figure,
                "file": each.place[0],
                "row": each.place[1],
                "wanted": each.wanted,
                "found": each.found,
                "text_head": each.head,
            }
            for each in result.misses
        ],
    }
