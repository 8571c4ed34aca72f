"""Targets along the years: a later one below an earlier one, and what the series of the place says of them (C3)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity
from analysis.lint.levels import Level, levels
from analysis.lint.passages import AT_MOST
from analysis.lint.registry import Family, rule
from analysis.lint.series_sums import against_series
from analysis.lint.sources import ARITHMETIC

_TABLE = "指标\t单位\t2026年\t2028年\t2030年\n孵化器\t家\t20\t35\t{last}\n在孵企业\t家\t300\t500\t800\n"
# What is meant to fall, or may: costs, time, losses, and rates of growth.
_FALLING = re.compile(
    "能耗|排放|失业|死亡|事故|逾期|不良|成本|时限|用时|时间|周期|天数|负担|缺口|投诉|消耗|债务|赤字|增速|增长|增幅|同比|费用率|差距|空置"
    "|新增|新建|新认定|当年|年度|每年|预算|安排|支出|经费|资金|补助|奖励|流失|闲置|违约|进口|依存"
)
_LOWERED = re.compile("降|减|压|缩|控制|不超过|回落|调整")


@rule(
    "C3",
    "目标逐年不降低",
    Family.CONTENT,
    Severity.WARNING,
    why="后一年的目标低于前一年，或者定目标时已经达到，通常是数字写错或者基数没有核对。",
    source=ARITHMETIC,
    bad=(
        _TABLE.format(last="30"),
        "　　到2027年，全市技术转移机构达到50家。\n　　到2030年，全市技术转移机构达到40家。\n",
        "　　到2028年，技术经理人达到900名；到2030年，技术经理人达到800名。\n",
    ),
    good=(
        _TABLE.format(last="50"),
        "　　到2027年，全市技术转移机构达到50家。\n　　到2030年，全市技术转移机构达到80家。\n",
        "　　到2027年，单位产值能耗为0.5%；到2030年，单位产值能耗下降到0.4%。\n",
        "年度\t金额（万元）\n2026年\t500\n2027年\t300\n",
        "指标\t2026年\t2027年\n财政安排资金（万元）\t500\t300\n年度新增企业（家）\t50\t40\n",
    ),
)
def over_time(draft: Draft) -> Iterator[Found]:
    """Levels of one indicator from year to year, and targets on contract value against the series of the place."""
    by_key: dict[tuple[str, str, bool, bool], list[Level]] = defaultdict(list)
    for level in levels(draft):
        if level.named and level.year is not None and not level.deed and not level.yearly:
            by_key[level.key, level.dimension, level.table, level.comparator in AT_MOST].append(level)
    for (_, _, _, ceiling), group in by_key.items():
        if not ceiling and not _FALLING.search(group[0].name):
            yield from _falls(draft, group)
    yield from against_series(draft)


def _falls(draft: Draft, group: list[Level]) -> Iterator[Found]:
    ordered = sorted(group, key=lambda level: level.year or 0)
    for earlier, later in pairwise(ordered):
        same_table = earlier.sentence == later.sentence or not later.table
        if earlier.year == later.year or later.value >= earlier.value or not same_table:
            continue
        if earlier.base != later.base or _LOWERED.search(draft.raw[max(0, later.start - 14) : later.start]):
            continue
        message = f"{later.name}{later.year}年为{later.words}，少于{earlier.year}年的{earlier.words}"
        place = (earlier.start, earlier.end)
        yield Found(later.start, later.end, message, "核对两个年份的数值，确需下降的说明理由", (place,))
