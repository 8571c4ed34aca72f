"""Which of many documents stand on the trends page, and where the others are, in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.present.links import page_link
from analysis.present.numbers import with_unit
from analysis.store import Chosen


def shown_html(shown: Chosen, cities: int, silent: Sequence[str]) -> str:
    """One line: how many documents of the chosen regions set such a target, and what is not on the page; markup.

    ``cities``: documents of cities and districts with such a target; ``silent``: regions with no such target.
    """
    parts = []
    if shown.total > len(shown.documents):
        first, last = shown.first, shown.first + len(shown.documents) - 1
        which = f"最新的 {with_unit(last, '份')}" if first == 1 else f"第 {first}—{with_unit(last, '份')}"
        parts.append(f"所选地区有 {with_unit(shown.total, '份')}文件写了技术合同成交额目标，图和表只画其中{which}")
    elif shown.total:
        parts.append(f"所选地区有 {with_unit(shown.total, '份')}文件写了技术合同成交额目标，都在图和表里")
    if silent:
        parts.append(f"{escape('、'.join(silent))}没有文件写这项目标")
    if cities:
        link = escape(page_link("targets"))
        parts.append(
            f"市县文件另有 {with_unit(cities, '份')}写了目标，没有市县一级的数据可对照，"
            f'见<a href="{link}" target="_self">目标对比</a>'
        )
    return f'<p class="zh-second">{"；".join(parts)}。</p>' if parts else ""
