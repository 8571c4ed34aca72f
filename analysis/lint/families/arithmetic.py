"""Sums that a draft states: parts and totals, years and yearly sums, growth from one figure to another (C2)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.lint.column_sums import table_sums
from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity
from analysis.lint.grids import grids
from analysis.lint.growth import Claim, Rise, check, claim_of, rises
from analysis.lint.levels import Level, key_of, levels
from analysis.lint.listed_sums import list_sums
from analysis.lint.passages import Passage, passages
from analysis.lint.registry import Family, rule
from analysis.lint.sources import ARITHMETIC
from analysis.lint.totals import part_sums

_TABLE = (
    "　　各年资金安排见下表。\n年度\t金额（万元）\n2026年\t300\n2027年\t450\n合计\t{total}\n　　以上安排可以调整。\n"
)
_PLAN = "　　一、目标\n　　到2030年，全省孵化器在孵企业由2025年的400家增加到2030年的{last}家，{claim}。\n"


@rule(
    "C2",
    "数字算得平",
    Family.CONTENT,
    Severity.WARNING,
    why="各项之和、每年数乘年数、基数乘增长应当与文中的结果一致，否则执行和考核不知道以哪个数为准。",
    source=ARITHMETIC,
    bad=(
        _TABLE.format(total="800"),
        _PLAN.format(last="900", claim="年均增长10%"),
        _PLAN.format(last="700", claim="翻一番"),
        _PLAN.format(last="800", claim="增长2倍"),
        "　　全年组织省级培训8期、市级培训15期，共计25期。\n",
        "　　其中人员经费200万元、材料经费150万元，共计400万元。\n",
        "　　市财政每年安排1200万元，五年共安排5000万元。\n",
        "　　规划期内共投入5亿元，其中平台建设3亿元、人才培养1.5亿元、成果转化1亿元。\n",
        "　　科技进步贡献率由2025年的58%提高到2030年的65%，提高5个百分点。\n",
        "　　评审中技术水平、市场前景、团队实力的权重分别为40%、30%、20%。\n",
        "　　支持8家机构，每家补助30万元，共计安排300万元。\n",
        "　　基金出资中，省级财政占50%、市县财政占35%、社会资本占25%。\n",
        "　　每家机构先期拨付15万元、验收后拨付25万元，合计45万元。\n",
        "　　省级补助60万元、市级补助30万元，两项合计100万元。\n",
        "　　年度预算总额为900万元，分配如下：\n　　（一）卖方补助500万元；\n　　（二）买方补助300万元。\n",
        "　　到2028年，技术合同成交额达到260亿元；技术合同成交额比2025年的130亿元增长2倍。\n",
        "　　完成人份额为70%的，单位保留40%。\n",
        "　　推动6个县各新建3个服务站，共建设20个。\n",
        "　　其中培训费50万元、场地费30万元，合计90万元。\n",
        "　　场地改造投入80万元、设备购置投入150万元，总投资250万元。\n",
        "　　项目总预算900万元，由设备费500万元、人员费300万元、差旅费200万元构成。\n",
    ),
    good=(
        _TABLE.format(total="750"),
        _PLAN.format(last="644", claim="年均增长10%"),
        _PLAN.format(last="800", claim="翻一番"),
        _PLAN.format(last="1200", claim="增长2倍"),
        _PLAN.format(last="1000", claim="实现翻番以上"),
        "　　全年组织省级培训8期、市级培训15期，共计23期。\n",
        "　　市财政每年安排1200万元，五年共安排6000万元。\n",
        "　　每家每年最高奖励40万元，三年累计不超过100万元。\n",
        "　　规划期内共投入5亿元，其中平台建设3亿元、人才培养1.5亿元。\n",
        "　　基金出资中，省级财政占50%、市县财政占35%、社会资本占15%。\n",
        "　　民营企业税收占60%以上、就业占80%、专利占70%。\n",
        "　　每家机构先期拨付15万元、验收后拨付25万元，合计40万元。\n",
        "　　每家机构省级补助15万元、市级补助25万元，共安排600万元。\n",
        "　　省级补助60万元、市级补助30万元，两项合计90万元。\n",
        "　　年度预算总额为800万元，分配如下：\n　　（一）卖方补助500万元；\n　　（二）买方补助300万元。\n",
        "　　年度预算总额为800万元，支出范围如下：\n　　（一）每家补助50万元；\n　　（二）每人补助3万元。\n",
        "　　到2028年，技术合同成交额达到260亿元；技术合同成交额比2025年的130亿元增长1倍。\n",
        "　　完成人份额为70%的，单位保留30%。\n",
        "　　推动6个县各新建3个服务站，共建设18个。\n",
        "　　新增备案机构12家、示范机构8家，累计达到150家。\n",
        "　　2026年安排1亿元、2027年安排1.2亿元，三年共安排3.5亿元。\n",
    ),
)
def sums(draft: Draft) -> Iterator[Found]:
    """Parts and totals, products and growth, in sentences and in tables; the message shows the sum."""
    known = _Known(levels(draft))
    for passage in passages(draft):
        if len(passage.figures) > 1:
            yield from part_sums(passage)
            for rise, claim in rises(passage):
                worked = check(rise, claim) if claim is not None else None
                if claim is not None and worked is not None and not worked.agrees:
                    yield _growth(passage, rise, claim, worked.words)
            yield from _from_elsewhere(passage, known)
            yield from _to_elsewhere(passage, known)
    yield from list_sums(draft)
    for grid in grids(draft):
        yield from table_sums(grid)


class _Known:
    """The levels of a draft by name and year, and by the place of their number."""

    def __init__(self, found: Sequence[Level]) -> None:
        self.by_place = {level.start: level for level in found}
        self.by_year: dict[tuple[str, int], list[Level]] = defaultdict(list)
        for level in found:
            if level.year is not None and not level.deed and not level.yearly:
                self.by_year[level.key, level.year].append(level)


# 达到1200名，较2025年翻一番: the figure of 2025 stands elsewhere.
_SINCE = re.compile(r"[，、（]?(?:实现)?(?:比|较|在)(?P<year>(?:19|20)\d\d)年?[^，。；\d]{0,12}")


def _from_elsewhere(passage: Passage, known: _Known) -> Iterator[Found]:
    """Growth on a year whose figure another sentence, or a table, gives."""
    figures = [each for each in passage.figures if each.counts]
    for reached, claimed in pairwise(figures):
        since = _SINCE.fullmatch(passage.text[reached.end : claimed.start])
        claim = claim_of(passage, claimed) if since else None
        if since is None or claim is None:
            continue
        place = passage.raw(reached.start, reached.end)
        own = known.by_place.get(place[0])
        bases = known.by_year.get((own.key, int(since["year"])), []) if own else []
        if own is None or len({base.value for base in bases}) != 1 or bases[0].dimension != reached.dimension:
            continue
        first = replace(reached, value=bases[0].value, words=bases[0].words, comparator=bases[0].comparator)
        rise = Rise(first, reached, int(since["year"]), own.year, reached.start)
        worked = check(rise, claim)
        if worked is not None and not worked.agrees:
            start, end = passage.raw(claim.start, claim.figure.end)
            places = ((bases[0].start, bases[0].end), place)
            yield Found(start, end, worked.words, "核对基数、目标值与增幅，改正其中一个", places)


# 成交额比2025年的130亿元增长2倍: what it grows to stands elsewhere.
_ON_BASE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,20})(?:比|较)(?P<year>(?:19|20)\d\d)年的?$")


def _to_elsewhere(passage: Passage, known: _Known) -> Iterator[Found]:
    """Growth on a base whose later figure another sentence part, or a table, gives; only where there is just one."""
    figures = [each for each in passage.figures if each.counts]
    for base, claimed in pairwise(figures):
        on = _ON_BASE.search(passage.text, max(0, base.start - 40), base.start)
        claim = (
            claim_of(passage, claimed)
            if on and not re.search("[，。；]", passage.text[base.end : claimed.start])
            else None
        )
        if on is None or claim is None:
            continue
        named, year = key_of(on["name"]), passage.year_before(on.start())
        there = {
            (key, at): [one for one in same if one.dimension == base.dimension]
            for (key, at), same in known.by_year.items()
            if key == named and at > int(on["year"]) and year in (None, at)
        }
        reached = next(iter(there.values()), []) if len(there) == 1 else []
        if len({one.value for one in reached}) != 1:
            continue
        last = replace(base, value=reached[0].value, words=reached[0].words, comparator=reached[0].comparator)
        worked = check(Rise(base, last, int(on["year"]), reached[0].year, base.start), claim)
        if worked is not None and not worked.agrees:
            places = ((reached[0].start, reached[0].end), passage.raw(base.start, base.end))
            span = passage.raw(claim.start, claim.figure.end)
            yield Found(*span, worked.words, "核对基数、目标值与增幅，改正其中一个", places)


def _growth(passage: Passage, rise: Rise, claim: Claim, message: str) -> Found:
    start, end = passage.raw(claim.start, claim.figure.end)
    places = (passage.raw(rise.first.start, rise.first.end), passage.raw(rise.last.start, rise.last.end))
    return Found(start, end, message, "核对基数、目标值与增幅，改正其中一个", places)
