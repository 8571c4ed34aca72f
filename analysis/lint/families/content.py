"""What a draft says twice must agree: one indicator with two values (C1); a rate said to rise by per cent (P13)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from analysis.grammar import grammar
from analysis.lint.awards import awards
from analysis.lint.ceilings import ceilings
from analysis.lint.draft import Draft
from analysis.lint.findings import Force, Found, Severity, Source
from analysis.lint.funds import funds
from analysis.lint.levels import Level, levels
from analysis.lint.passages import AT_LEAST, AT_MOST, passages
from analysis.lint.periods import periods
from analysis.lint.registry import Family, rule
from analysis.lint.sources import STRUCTURE
from analysis.model import Comparator

_STATISTICS = Source("统计指标表述惯例", "", Force.TO_VERIFY)
_TWICE = (
    "　　一、目标\n　　到2029年，全省概念验证中心达到{one}。\n　　二、保障\n　　确保2029年全省概念验证中心达到{two}。\n"
)
_AWARD = "　　第二条　对考核优异的示范机构，给予示范奖励，最高50万元。\n　　第三条　{more}。\n　　第四条　{again}。\n"
_PERIOD = "　　登记机构自收到异议之日起{one}。\n　　异议由登记机构核实，{two}。\n"
_IN_TABLE = (
    "　　到2029年，全市孵化器达到{one}家。\n指标\t单位\t2026年\t2029年\n孵化器\t家\t20\t{two}\n科技园区\t个\t3\t8\n"
)


@rule(
    "C1",
    "同一指标一个数值",
    Family.CONTENT,
    Severity.ERROR,
    why="同一指标、同一年份、同一范围在正文、表格和附件里只能有一个数值，否则分解、考核和解读各说各话。",
    source=STRUCTURE,
    bad=(
        _TWICE.format(one="30家", two="25家"),
        _TWICE.format(one="30家", two="不少于40家"),
        _IN_TABLE.format(one="45", two="40"),
        "　　到2029年，在孵企业由2025年的400家增加到900家；孵化器达到50家。\n　　确保2029年孵化器达到40家。\n",
        "　　到2029年，省级以上研发机构达到120家。\n　　力争2029年省级以上研发机构达到150家。\n",
        "　　规划期内省级财政共安排1.8亿元。\n　　规划期内省级财政安排的15000万元资金实行绩效管理。\n",
        "　　到2030年，全省技术合同成交额达到0.2万亿元。\n　　力争2030年技术合同成交额达到1800亿元。\n",
        _AWARD.format(more="奖励总额按照年度预算安排", again="依照第二条给予的示范奖励，每家机构不超过30万元"),
        _AWARD.format(more="奖励按照年度兑现", again="享受第二条规定奖励的机构，最高30万元"),
        "　　孵化载体开放补贴最高70万元。\n　　孵化载体开放补贴不超过60万元，当年兑现。\n",
        _PERIOD.format(one="10个工作日内答复", two="收到异议后15个工作日内予以答复"),
        "　　第二条　对示范园区给予创建补助，每家80万元。\n　　第六条　依照第二条发放的创建补助，每家60万元。\n",
        _PERIOD.format(one="10个工作日内答复", two="收到异议后，登记机构应当在15个工作日内答复"),
        _PERIOD.format(one="30日内书面答复", two="收到异议后3个月内应当答复"),
    ),
    good=(
        _TWICE.format(one="30家", two="30家"),
        _IN_TABLE.format(one="45", two="45"),
        "　　到2030年，全省技术合同成交额达到0.2万亿元。\n　　力争2030年技术合同成交额达到2000亿元。\n",
        "　　到2028年，技术经理人达到800名；到2030年，技术经理人达到1500名。\n",
        "　　到2028年，省级实验室达到20家，力争达到25家。\n",
        "　　（一）东部片区。到2028年，园区企业达到50家。\n　　（二）西部片区。到2028年，园区企业达到30家。\n",
        _AWARD.format(more="奖励按照年度兑现", again="依照第二条给予的示范奖励，每家机构不超过50万元"),
        _AWARD.format(more="奖励按照年度兑现", again="依照第二条给予的示范奖励，累计不超过150万元"),
        _AWARD.format(more="奖励按照年度兑现", again="对省外机构给予落户奖励，最高30万元"),
        "　　国家级平台建设补助最高300万元。\n　　省级平台建设补助最高100万元。\n",
        _PERIOD.format(one="10个工作日内答复", two="收到异议后10个工作日内予以答复"),
        _PERIOD.format(one="10个工作日内答复", two="收到异议后5个工作日内予以公示"),
        _PERIOD.format(one="10日内支付首期费用", two="收到异议后20日内支付尾款"),
        "　　年交易额达到200万元的机构，奖励5万元；年交易额达到500万元的机构，奖励9万元。\n",
        "　　东部组团以装备为主，到2029年，组团内新建平台6家。\n　　西部组团到2029年，组团内新建平台9家。\n",
    ),
)
def two_values(draft: Draft) -> Iterator[Found]:
    """One finding for each value that differs from the first of its indicator, year and measure."""
    by_key: dict[tuple[str, int | None, bool, str], list[Level]] = defaultdict(list)
    for level in (*levels(draft), *funds(draft), *awards(draft), *periods(draft), *ceilings(draft)):
        year = level.year if level.named or not level.yearly else None
        if (year is not None or level.yearly) and not _is_place(level.name):
            by_key[level.key, year, level.yearly, level.dimension].append(level)
    for group in by_key.values():
        first = group[0]
        for _, same in groupby(sorted(group[1:], key=lambda level: level.value), key=lambda level: level.value):
            differing = [each for each in same if _conflict(first, each) and not _apart(draft, first, each)]
            if differing:
                yield _two_values(first, differing)


def _is_place(name: str) -> bool:
    places = grammar().places
    return name in places or name.removesuffix("市").removesuffix("省") in places


def _conflict(one: Level, two: Level) -> bool:
    if one.sentence == two.sentence or one.value == two.value:
        return False
    if one.dimension == "duration" and one.base != two.base:
        return _number(one) != _number(two) and abs(one.value - two.value) > max(one.value, two.value) / 5
    if not _one_unit(one.base, two.base):
        return False
    bounds = one.comparator, two.comparator
    if Comparator.APPROX in bounds:
        return abs(one.value - two.value) > max(one.value, two.value) / 10
    return not any(bound in AT_MOST for bound in bounds) or bounds[0] == bounds[1]


def _number(level: Level) -> str:
    """The digits of a period: 7日 beside 7个工作日 is another rule's."""
    return re.sub(r"[^\d一二三四五六七八九十]", "", level.words)


def _one_unit(one: str, two: str) -> bool:
    """家 and 家次 (of which the vocabulary reads 家), or one of them not said."""
    return not one or not two or one[0] == two[0]


_INSIDE = re.compile("(?:片区|组团|园区|板块|核心区|区域|基地|中心城区)内[^，。；]{0,12}$")
_AREA = re.compile("[市州区县园带群廊团块]|片|组团|板块")


def _apart(draft: Draft, one: Level, two: Level) -> bool:
    """Whether both are of different places: under （一）东部片区 and （二）西部片区, or 片区内 in two paragraphs."""
    lines = [draft.line_at(each.start) for each in (one, two)]
    inside = [
        _INSIDE.search(line.text[: each.start - line.start]) for each, line in zip((one, two), lines, strict=True)
    ]
    if any(inside) and (lines[0] is not lines[1] or not all(inside)):
        return True
    heads = [_heading(draft, each.start) for each in (one, two)]
    return heads[0] != heads[1] and all(_AREA.search(head) for head in heads)


def _inside(draft: Draft, level: Level) -> bool:
    """Whether a value is said of what lies inside a part of the place: 片区内新建平台6家."""
    line = draft.line_at(level.start)
    return _INSIDE.search(line.text[: level.start - line.start]) is not None


def _heading(draft: Draft, place: int) -> str:
    """The heading that a place stands under: the first words of the last numbered line above it."""
    line = draft.line_at(place)
    for index in range(line.index, max(line.index - 30, -1), -1):
        above = draft.lines[index]
        if above.ordinal is not None:
            return re.split("[。：，]", above.text[above.ordinal.end - above.ordinal.start :])[0][:30]
    return ""


def _two_values(first: Level, differing: list[Level]) -> Found:
    later = differing[0]
    plainly = not first.deed and all(level.named and level.comparator is Comparator.EQ for level in (first, later))
    contrary = {first.comparator, later.comparator} & set(AT_LEAST) and _below(first, later)
    year = f"{first.year}年" if first.year else ""
    where = "表中" if later.table else "此处"
    message = f"{year}{first.name}前为{first.words}，{where}为{later.words}"
    places = ((first.start, first.end), *((each.start, each.end) for each in differing[1:]))
    severity = Severity.ERROR if plainly or (contrary and first.named and later.named) else Severity.WARNING
    if not (first.sure and later.sure):
        severity = Severity.INFO  # two procedures may have periods of one name
    return Found(later.start, later.end, message, "核对后统一为一个数值", places, severity=severity)


def _below(one: Level, two: Level) -> bool:
    """Whether a plain value lies below the least that the other place asks for."""
    plain, bound = (one, two) if one.comparator is Comparator.EQ else (two, one)
    return plain.comparator is Comparator.EQ and plain.value < bound.value


_RATE = "(?:率(?!先)|比例|占比|比重|份额)"
_NO_RATE = re.compile(r"(?:效|功|频|速|汇|分辨|生产|周转|税前利|倍|曲|概|统)率[^率]{0,12}$")
_RISES = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{0,12}}{_RATE})(?P<base>[^，。；%％]{{0,14}}?(?:由|从)[^，。；%％]{{0,8}}\d[\d.]{{0,6}}[%％])?"
    r"(?:[^，。；、%％\d到至]{0,8}(?:19|20)\d\d年)?[^，。；、%％\d到至]{0,12}?(?P<verb>提高|提升|增加|上升|增长|下降|降低|减少|下调|上调|压减)(?:了|约|近|不低于|不少于|超过)?"
    r"(?P<rate>\d[\d.]{0,6}[%％])(?!的?(?:以上)?(?:速度|标准|比例|给予|计算))"
)
# 在现有8%的基础上提高3%: what stands before is a rate because it is given in per cent; growth on growth is none.
_ON_RATE = re.compile(
    r"(?:在|以|较|比)(?:[^，。；%％增涨降升减提同环]{0,14}?)\d[\d.]{0,6}[%％](?:的?(?:现有|原有)?(?:基础|水平|基数)(?:之?上)?)?，?"
    r"(?:再|分别|逐年|每年|年均|进一步|力争){0,2}(?P<verb>提高|提升|增加|上升|上浮|上调|下降|降低|减少|下调|下浮|压减)"
    r"(?:了|约|近|不低于|不少于|超过)?(?P<rate>\d[\d.]{0,6}[%％])(?!的?(?:以上)?(?:速度|标准|比例|给予|计算))"
)
_FROM_TO = re.compile(
    r"(?:由|从)[^，。；%％]{0,12}?\d[\d.]{0,6}[%％](?P<verb>提高|提升|增加|上升|下降|降低|减少)(?:了|约|近)?(?P<rate>\d[\d.]{0,6}[%％])"
)


@rule(
    "P13",
    "百分比与百分点",
    Family.CONTENT,
    Severity.WARNING,
    why="比率本身以百分数计，“提高5%”可以理解为乘以1.05，也可以理解为加5个百分点，目标相差很大。",
    source=_STATISTICS,
    bad=(
        "　　三年内科技成果转化率提高15%。\n",
        "　　将横向项目经费占比由30%提高10%。\n",
        "　　补助比例在现行基础上上调5%。\n",
        "　　把博士后留用比重在去年12%的基础上再提升3%。\n",
        "　　开放共享水平要在现有40%基础上提高10%。\n",
    ),
    good=(
        "　　三年内科技成果转化率提高15个百分点。\n",
        "　　将横向项目经费占比由30%提高到40%。\n",
        "　　全员劳动生产率提高20%，检测效率提升30%。\n",
        "　　技术合同成交额增长率达到15%。\n",
        "　　研发投入比上年增长10%，占比达到3%。\n",
        "　　合同额在上年增长12%的基础上再增加5%。\n",
        "　　开放共享水平在现有40%基础上提高10个百分点。\n",
    ),
)
def percent_of_a_rate(draft: Draft) -> Iterator[Found]:
    """A rate, a share or a proportion that rises or falls by so many per cent."""
    for passage in passages(draft):
        if not any(figure.dimension == "percent" for figure in passage.figures):
            continue
        seen: set[int] = set()
        for match in (each for kind in (_RISES, _FROM_TO, _ON_RATE) for each in kind.finditer(passage.text)):
            head = passage.text[max(0, match.start() - 2) : match.start("verb")]
            if match.start("rate") in seen or (match.re is not _ON_RATE and _NO_RATE.search(head)):
                continue
            seen.add(match.start("rate"))
            start, end = passage.raw(match.start("verb"), match.end("rate"))
            rate = match["rate"]
            message = f"比率{match['verb']}{rate}，是{rate[:-1]}个百分点还是原值的{rate}，没有说清"
            yield Found(start, end, message, f"改为“{match['verb']}{rate[:-1]}个百分点”，或写明由多少到多少")
