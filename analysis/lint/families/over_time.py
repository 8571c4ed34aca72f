"""Targets along the years: a later one below an earlier one, and what the series of the place says of them (C3)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity
from analysis.lint.flows import flows
from analysis.lint.grids import Grid, grids, number_in
from analysis.lint.levels import Level, levels
from analysis.lint.passages import AT_MOST, passages
from analysis.lint.registry import Family, rule
from analysis.lint.series_sums import against_series
from analysis.lint.sources import ARITHMETIC

_TABLE = "指标\t单位\t2026年\t2028年\t2030年\n孵化器\t家\t20\t35\t{last}\n在孵企业\t家\t300\t500\t800\n"
# What is meant to fall, or may: costs, time, losses, and rates of growth.
_FALLING = re.compile(
    "能耗|排放|失业|死亡|事故|逾期|不良|成本|时限|用时|时间|周期|天数|负担|缺口|投诉|消耗|债务|赤字|增速|增长|增幅|同比|费用率|差距|空置"
    "|新增|新建|新认定|当年|年度|每年|预算|安排|支出|经费|资金|补助|奖励|流失|闲置|违约|进口|依存"
)
_LESSENING = re.compile("能耗|排放|失业|事故|逾期|投诉|清理|退出|淘汰|债务")
_NOW_HEADER = re.compile(
    r"(?:\d{4}年?)?(?:底|末)?(?:现状|基期|基准|当前|现有|实际|完成)(?:值|数|水平|情况)?(?:（[^）]{1,8}）)?|基数"
)
_AIM_HEADER = re.compile(r"(?:\d{4}年?)?(?:底|末)?(?:目标|规划|预期)(?:值|数|水平)?(?:（[^）]{1,8}）)?")
_HAN = re.compile("[\u4e00-\u9fff]{2}")
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
        "　　2027年、2028年、2029年分别新增备案机构30家、45家、40家。\n",
        "　　2027年、2028年、2029年新建服务站分别为20个、36个、32个。\n",
        "　　分年任务为：2027年组建联合体6个、2028年组建联合体9个、2029年组建联合体8个。\n",
        "　　目前，全市共有孵化器60家。\n　　到2029年，全市孵化器达到50家。\n",
        "　　截至2025年底，全市市级以上研发机构420家。\n　　到2029年，市级以上研发机构达到400家。\n",
        "指标\t单位\t现状值\t目标值\n孵化器\t家\t60\t50\n在孵企业\t家\t300\t500\n",
    ),
    good=(
        _TABLE.format(last="50"),
        "　　到2027年，全市技术转移机构达到50家。\n　　到2030年，全市技术转移机构达到80家。\n",
        "　　到2027年，单位产值能耗为0.5%；到2030年，单位产值能耗下降到0.4%。\n",
        "　　2027年、2028年、2029年分别新增备案机构30家、40家、45家。\n",
        "　　2027年完成技改6项，2028年完成验收4项，2029年完成评估3项。\n",
        "　　2027年、2028年、2029年分别清理退出机构30家、45家、40家。\n",
        "　　目前，全市共有孵化器60家。\n　　到2029年，新建孵化器20家，孵化器达到80家。\n",
        "指标\t单位\t现状值\t目标值\n孵化器\t家\t60\t80\n单位产值能耗\t吨\t0.5\t0.4\n",
        "年度\t金额（万元）\n2026年\t500\n2027年\t300\n",
        "指标\t2026年\t2027年\n财政安排资金（万元）\t500\t300\n年度新增企业（家）\t50\t40\n",
    ),
)
def over_time(draft: Draft) -> Iterator[Found]:
    """Levels of one indicator from year to year, and targets on contract value against the series of the place."""
    by_key: dict[tuple[str, str, bool, bool], list[Level]] = defaultdict(list)
    found = levels(draft)
    for level in found:
        if level.named and level.year is not None and not level.deed and not level.yearly:
            by_key[level.key, level.dimension, level.table, level.comparator in AT_MOST].append(level)
    for (_, _, _, ceiling), group in by_key.items():
        if not ceiling and not _FALLING.search(group[0].name):
            yield from _falls(draft, group)
    yield from _flows(draft)
    yield from _already(draft, found)
    for grid in grids(draft):
        yield from _aims_of(grid)
    yield from against_series(draft)


def _flows(draft: Draft) -> Iterator[Found]:
    """What is added year by year (2026年、2027年、2028年分别新增…) and falls."""
    for passage in passages(draft):
        for flow in flows(passage):
            years = flow.years
            if years[0][1].dimension == "money" or _LESSENING.search(flow.what):
                continue
            rising = any(one.value < two.value for (_, one), (_, two) in pairwise(years))
            for (earlier, former), (later, figure) in pairwise(years):
                if figure.value < former.value and later > earlier:
                    message = f"{flow.what}{later}年为{figure.words}，少于{earlier}年的{former.words}"
                    place = (passage.raw(former.start, former.end),)
                    severity = None if rising else Severity.INFO
                    start, end = passage.raw(figure.start, figure.end)
                    yield Found(start, end, message, "核对各年的数值", place, severity=severity)


def _already(draft: Draft, found: list[Level]) -> Iterator[Found]:
    """An aim below what there is already, of which no year is said."""
    now: dict[tuple[str, str, str], Level] = {}
    for each in found:
        if each.present and not each.named and not each.deed and not each.yearly and each.comparator not in AT_MOST:
            now.setdefault((each.key, each.dimension, each.base), each)
    for aim in found:
        present = now.get((aim.key, aim.dimension, aim.base))
        if present is None or not aim.named or aim.present or aim.deed or aim.yearly or aim.comparator in AT_MOST:
            continue
        lowered = _FALLING.search(aim.name) or _LOWERED.search(draft.text[max(0, aim.start - 14) : aim.start])
        if aim.value < present.value and aim.start > present.start and not lowered:
            message = f"{aim.name}{aim.year}年目标{aim.words}，低于现有的{present.words}"
            place = ((present.start, present.end),)
            yield Found(aim.start, aim.end, message, "核对基数，提高目标或说明理由", place)


def _aims_of(grid: Grid) -> Iterator[Found]:
    """A table with a column of what there is (现状值) and one of what is aimed at (目标值)."""
    heads = list(enumerate(box.text for box in grid.header))
    now = next((at for at, text in heads if _NOW_HEADER.fullmatch(text)), None)
    aim = next((at for at, text in reversed(heads) if _AIM_HEADER.fullmatch(text)), None)
    if now is None or aim is None or now >= aim:
        return
    for row in grid.rows[1:]:
        if len(row) <= aim or _FALLING.search(" ".join(box.text for box in row[:now])):
            continue
        present, aimed = number_in(row[now]), number_in(row[aim])
        if present is None or aimed is None or present.unit != aimed.unit or aimed.comparator in AT_MOST:
            continue
        if aimed.value < present.value:
            label = next((box.text for box in row if _HAN.search(box.text)), "")
            message = f"{label}目标{row[aim].text}，低于现状{row[now].text}"
            place = ((row[now].start, row[now].end),)
            yield Found(row[aim].start, row[aim].end, message, "核对基数，提高目标或说明理由", place)


def _falls(draft: Draft, group: list[Level]) -> Iterator[Found]:
    ordered = sorted(group, key=lambda level: level.year or 0)
    for earlier, later in pairwise(ordered):
        same_table = earlier.sentence == later.sentence or not later.table
        if earlier.year == later.year or later.value >= earlier.value or not same_table:
            continue
        if earlier.base != later.base or _LOWERED.search(draft.text[max(0, later.start - 14) : later.start]):
            continue
        message = f"{later.name}{later.year}年为{later.words}，少于{earlier.year}年的{earlier.words}"
        place = (earlier.start, earlier.end)
        yield Found(later.start, later.end, message, "核对两个年份的数值，确需下降的说明理由", (place,))
