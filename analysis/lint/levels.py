"""What a draft says that an indicator is, or is to be, in a year: in running text and in tables.

Only words that name a level count: 达到, 增加到, 为, 共有. Conditions (达到100万元的) and sums of single cases (每家,
单个) are none. Two levels may be compared where their keys agree: name, kind of unit, measure (a stock, or a sum of
one year) and year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from analysis.grammar import grammar
from analysis.lint.draft import Draft
from analysis.lint.flows import is_flow, listed_with, years_listed
from analysis.lint.grids import Box, Grid, grids, number_in, scaled
from analysis.lint.growth import rises
from analysis.lint.passages import Figure, Passage, passages
from analysis.model import Comparator, Target, TargetKind

_VERB = re.compile(
    r"(?:(?:稳步|逐步|大幅|累计|已经|持续|总体|进一步)?(?:增长|增加|提高|提升|上升|扩大|发展|增|升|下降|降低|减少|降|控制|保持|稳定)(?:到|至|在)"
    r"|(?:累计|总数|总量|总额|规模|已|共|力争|预计|将)?(?:达到|达)|突破|超过|共有|已有|拥有|为|建成)(?:约|近|超过|了|不低于|不少于)?$"
)
_BOUND_VERB = re.compile(r"^(?:突破|超过|不少于|不低于|达到|逾|超|不超过|低于)")
_LEAD = re.compile(
    r"^(?:其中|围绕|锚定|对标|聚焦|紧扣|按照|到|至|截至|力争|确保|争取|努力|预计|计划|使|推动|实现|促进|带动|确定|目前|当前|现有|截止|今年|届时|我们|将|要"
    r"|(?:“?十[四五六]五”?)?期?末|(?:19|20)\d\d年?(?:年?[底末]|前|时|度)?的?|“?十[四五六]五”?(?:末|期间|时期)?|规划期末|期末|\d{1,2}月底?"
    r"|全社会|全省|全市|全区|全县|全州|我省|我市|我区|我县|本省|本市|本区|本县|全自治区|省内|市内|各类|累计|总|，|的|[一二三四五六]是|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])+"
)
_TAIL = re.compile(
    r"(?:(?:到|至|在)?(?:19|20)\d\d年(?:底|末)?|的|总数|总量|总数量|数量|数|规模|总规模|队伍规模|队伍|总体|累计|总计|分别|均|要|已|将|力争|全部|也|都|约|再)+$"
)
_NO_NAME = re.compile(
    r"每|各[^类]|单个|单项|平均|人均|首次|首批|分别|其他|上述|该|其|以内|占地|申请|申报|不得|(?<!规模)(?<!级)(?<!及)(?<!限额)(?<!学历)(?<!职称)(?<!亿元)(?<!万元)以上|(?<!规模)(?<!级)(?<!限额)以下|一次|年限|期限|时间|注册资|达到|^量"
)
_HAS = re.compile("(?:共有|现有|已有|拥有(?!量)|建有|建成|实现)(?:各类|了)?")
_BEHIND = re.compile(r"[\u4e00-\u9fff]{2,16}(?=[，。；、]|$)")
_DEED = re.compile(
    "建设|新建|培育|培养|引进|引育|认定|遴选|组建|打造|布局|新增|发展|建立|设立|举办|实施|(?<!成果)(?<!转移)转化|推广|孵化(?!器|载体|面积)|集聚"
)
_YEARLY = re.compile(r"每年|年均|全年|逐年|当年|每年度|年度")
_PART = re.compile("[，；：:。！？（(）)]")
_CONDITION = re.compile(
    r"(?:以上|以下|以内|左右|及以上)?(?:的(?!(?:总体|奋斗|年度)?(?:目标|任务|规模|水平|要求))|时|后|且|或者|并且|、[^。，]{0,20}的[，、])"
)
_ONLY = re.compile(  # what is measured, without saying of what
    "比例|占比|比重|金额|人数|面积|收入|投入|时间|年龄|得分|标准|额度|资金|总额|数额|目标|任务|依托|补助|奖励|[三五]年"
)
_YEAR_HEADER = re.compile(
    r"((?:19|20)\d\d)年?(?:底|末)?(?:（[^）]{0,8}）|目标值?|规划值?|实际值?|预期值?|完成值?|指标值?|基数|现状值?|计划数?)*"
)
_AIM_HEADER = re.compile("目标值?|指标值|目标任务|任务数|数值|目标数")
_NO_LABEL = re.compile(r"计?量?单位|属性|指标性质|性质|序号|编号|责任(?:单位|部门)|备注|来源|牵头.*")
_SPREAD = re.compile("合计|总计|小计")
_HAN = re.compile("[\u4e00-\u9fff]{2}")
_UNIT_TAIL = re.compile(r"[（(][^（）()]{1,6}[）)]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One value of one indicator. ``start``–``end`` are raw offsets of the number."""

    name: str  # as written, without place and year
    key: str
    year: int | None
    named: bool  # the year stands in the sentence, or heads the column
    value: Decimal  # in base units
    base: str
    dimension: str
    comparator: Comparator
    yearly: bool
    words: str
    start: int
    end: int
    sentence: int  # of the cleaned text; negative for tables
    table: bool = False
    deed: bool = False  # what is to be done (培育1500名), no stock
    sure: bool = True  # whether its key tells one thing only
    present: bool = False  # what there is when the draft is written


@cache
def key_of(name: str) -> str:
    """What tells indicators apart: the entry of the vocabulary where the name is one of its forms, else the name."""
    known = grammar().indicator_of(name)
    return known.id if known and name in known.forms else name


_PRESENT = re.compile(
    r"[^。]{0,12}?(?:截至|截止|目前|当前|现有|已有|已建成|[“]?十[三四五]五[”]?(?:期间|时期|以来|末)|近年来|现状)(?![^。]{0,60}(?:力争|确保|将))"
)


def levels(draft: Draft) -> list[Level]:
    """Every level of a draft, those of running text first."""
    targets = {target.value_start: target for target in draft.reading.targets}
    found = []
    for passage in passages(draft):
        stated = list(_of_passage(passage, targets))
        found += [replace(level, present=True) for level in stated] if _PRESENT.match(passage.text) else stated
    for number, grid in enumerate(grids(draft), 1):
        found += _of_grid(grid, -number)
    return found


def _of_passage(passage: Passage, targets: Mapping[int, Target]) -> Iterator[Level]:
    taken: set[int] = set()
    for rise, _ in rises(passage):
        name = _name(passage.text, _opened(passage.text, 0, rise.start), rise.start)
        for figure, year in ((rise.first, rise.first_year), (rise.last, rise.last_year)):
            if name and year is not None and figure.start not in taken:
                taken.add(figure.start)
                yield level_of(passage, figure, name, key_of(name), year=year, named=True, yearly=False)
    yield from _respectively(passage, taken)
    end = 0
    last: Level | None = None
    for figure in passage.figures:
        opened = _opened(passage.text, end, figure.start)
        end = figure.end if figure.counts else end
        measures = figure.counts and figure.dimension not in ("points", "multiple") and figure.high is None
        if measures and figure.start not in taken and not _CONDITION.match(passage.text, figure.end):
            level = _stated(passage, figure, opened, targets.get(passage.start + figure.start))
            if level is None and last is not None:
                level = _continued(passage, figure, opened, last)
            if level is not None:
                last = level
                yield level


_ONLY_YEAR = re.compile(
    r"(?:到|至)?(?:19|20)\d\d年(?:底|末)?(?:力争|进一步|再)?(?:达到|达|实现|增加到|增长到|提高到|增至|升至)"
)


_BESIDE = re.compile("(?:、|和)?(?P<name>[\u4e00-\u9fff]{3,12})")


def _continued(passage: Passage, figure: Figure, opened: int, last: Level) -> Level | None:
    """到2027年达到60家，2030年达到80家: the name stands once; 建成中心15家、平台40个: the verb does."""
    beside = _BESIDE.fullmatch(passage.text[opened : figure.start])
    if beside is not None and not last.deed and not last.yearly and passage.text[opened - 1 : opened] != "，":
        name = beside["name"]
        if not (_ACTS.search(name) or _DEED.search(name) or _NO_NAME.search(name) or is_flow(name)):
            return level_of(passage, figure, name, key_of(name), year=last.year, named=last.named)
    if last.deed or last.yearly or not _ONLY_YEAR.fullmatch(passage.text[opened : figure.start]):
        return None
    return level_of(passage, figure, last.name, key_of(last.name), year=passage.year_before(figure.start))


_EACH_YEAR = re.compile(r"分别(?:增长|增加|提高)?(?:达到|达|到|为)?$")


def _respectively(passage: Passage, taken: set[int]) -> Iterator[Level]:
    """2026年、2027年成交额分别达到200亿元、260亿元."""
    for at, figure in enumerate(passage.figures):
        opened = _EACH_YEAR.search(passage.text, max(0, figure.start - 10), figure.start)
        if opened is None or not figure.counts:
            continue
        years, run = years_listed(passage, passage.figures[:at]), listed_with(passage, at)
        if len(years) != len(run) or len(run) < 2:
            continue
        name = _name(passage.text, years[-1].end, opened.start())
        for each, year in zip(run, years, strict=True):
            taken.add(each.start)
            if name and not is_flow(name):
                yield level_of(passage, each, name, key_of(name), year=int(year.value))


def _stated(passage: Passage, figure: Figure, opened: int, target: Target | None) -> Level | None:
    """The level that a figure states behind a name and a verb, or the deed that a target counts."""
    text = passage.text
    verb = _VERB.search(text, max(opened, figure.start - 12), figure.start)
    named = passage.year_before(figure.start)
    year = named if named is not None else target.target_year if target else None
    yearly = _YEARLY.search(text[opened : figure.start]) is not None
    if verb is not None or _BOUND_VERB.match(figure.words):
        name = _name(text, opened, verb.start() if verb else figure.start)
        if name and (target is None or target.kind in (TargetKind.LEVEL, TargetKind.SHARE)):
            return level_of(passage, figure, name, key_of(name), year=year, named=named is not None, yearly=yearly)
    has = _HAS.search(text, opened, figure.start)
    if has is not None:
        behind = _BEHIND.match(text, figure.end) if has.end() == figure.start else None
        name = _name(text, *(behind.span() if behind else (has.end(), figure.start)))
        return level_of(passage, figure, name, key_of(name), year=year, named=named is not None) if name else None
    stands = (
        _STANDS.search(text[:opened]) and not _DEED.search(text, opened, figure.start) and figure.dimension != "money"
    )
    name = _name(text, opened, figure.start) if stands else ""
    if name and not _ACTS.search(name):
        return level_of(passage, figure, name, key_of(name), year=named, named=named is not None)
    return _deed(passage, figure, opened, target, year)


# 截至2025年底，全市已有……: what follows is there already
_STANDS = re.compile("(?:截至|截止|目前|当前)[^。；]{0,30}$")
_ACTS = re.compile("完成|累计|实现|开展|组织|支持|服务|发放|登记|兑现|达成|签订|带动|吸引|共")


def _deed(passage: Passage, figure: Figure, opened: int, target: Target | None, year: int | None) -> Level | None:
    """How many are to be made, found or held: what a target counts, or what is done every year."""
    text = passage.text
    before = text[opened : figure.start]
    deeds = list(_DEED.finditer(before))
    yearly = _YEARLY.search(before) is not None
    if not deeds or _NO_NAME.search(before.replace("每年", "")) or not (target or yearly):
        return None
    name = _name(target.indicator, 0, len(target.indicator)) if target else ""
    name = name or _name(before, deeds[-1].end(), len(before))
    if not name:
        return None
    named = passage.year_before(figure.start) is not None
    level = level_of(passage, figure, name, key_of(name), year=year, named=named, yearly=yearly)
    verb = deeds[-1].group()
    return replace(level, name=f"{'每年' if yearly else ''}{verb}{name}", key=f"{verb}/{level.key}", deed=True)


def level_of(
    passage: Passage,
    figure: Figure,
    name: str,
    key: str,
    *,
    year: int | None = 0,
    named: bool = True,
    yearly: bool = False,
) -> Level:
    """The number of a sentence as a level; ``year`` 0 where what it tells is of no year."""
    start, end = passage.raw(figure.start, figure.end)
    return Level(
        name=name,
        key=key,
        year=year,
        named=named,
        value=figure.value,
        base=figure.base,
        dimension=figure.dimension,
        comparator=figure.comparator,
        yearly=yearly,
        words=figure.words,
        start=start,
        end=end,
        sentence=passage.start,
    )


def _opened(text: str, end: int, start: int) -> int:
    """Where the part begins that a number stands in: behind the last mark, or behind the last number and its 、."""
    floor = max(end, start - 60)
    marks = [match.end() for match in _PART.finditer(text, floor, start)]
    if marks:
        return marks[-1]
    return floor + 1 if text[floor : floor + 1] in ("、", "和") and end else floor


def _name(text: str, start: int, end: int) -> str:
    """The name of an indicator in a stretch of text, without year, place and filling; "" where there is none."""
    stretch = text[start:end]
    lead = _LEAD.match(stretch)
    name = _TAIL.sub("", stretch[lead.end() if lead else 0 :])
    among = stretch.startswith("其中")
    if among or not 2 <= len(name) <= 24 or _ONLY.fullmatch(name) or _NO_NAME.search(name) or not _HAN.search(name):
        return ""
    return name


def _of_grid(grid: Grid, number: int) -> Iterator[Level]:
    """The rows of a table whose columns are years, or the columns of one whose rows are; else its one aim a row."""
    if any(_SPREAD.search(box.text) for box in grid.header) or any(_SPREAD.fullmatch(row[0].text) for row in grid.rows):
        return
    years = {at: int(match[1]) for at, box in enumerate(grid.header) if (match := _YEAR_HEADER.fullmatch(box.text))}
    headed = re.search(r"(20\d\d)年(?![^，。]{0,6}[—－\-至到])", grid.above)
    if not years and headed:
        years = {at: int(headed[1]) for at, box in enumerate(grid.header) if _AIM_HEADER.fullmatch(box.text)}
    if not years:
        yield from _by_rows(grid, number)
        return
    labels = [at for at in range(min(years)) if not _NO_LABEL.fullmatch(grid.header[at].text)]
    for row in grid.rows[1:]:
        label = row[labels[-1]].text if labels and labels[-1] < len(row) else ""
        name = _label(label)
        if name:
            for at, year in years.items():
                if at < len(row):
                    yield from _of_box(grid, row, row[at], at, label, name, year, number)


def _by_rows(grid: Grid, number: int) -> Iterator[Level]:
    """A table whose first column holds the years, each other column an indicator."""
    rows = [(row, match) for row in grid.rows[1:] if (match := _YEAR_HEADER.fullmatch(row[0].text))]
    if len(rows) < len(grid.rows) - 1:
        return
    for at, box in enumerate(grid.header[1:], 1):
        name = _label(box.text)
        if name:
            for row, match in rows:
                if at < len(row):
                    yield from _of_box(grid, row, row[at], at, box.text, name, int(match[1]), number)


def _label(text: str) -> str:
    bare = _UNIT_TAIL.sub("", text)
    return _name(bare, 0, len(bare))


def _of_box(
    grid: Grid, row: tuple[Box, ...], box: Box, at: int, label: str, name: str, year: int, number: int
) -> Iterator[Level]:
    found = number_in(box)
    if found is None:
        return
    unit = found.unit or grid.unit_of(at, label, row)
    value, base, dimension = scaled(found.value, unit)
    yield Level(
        name=name,
        key=key_of(name),
        year=year,
        named=True,
        value=value,
        base=base,
        dimension=dimension,
        comparator=found.comparator,
        yearly=_YEARLY.search(label) is not None,
        words=f"{box.text}{unit if not found.unit else ''}",
        start=box.start,
        end=box.end,
        sentence=number,
        table=True,
    )
