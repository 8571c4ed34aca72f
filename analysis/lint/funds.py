"""Sums of money for the whole term of a draft: by who pays (规划期内市级财政共安排3.5亿元), and the sizes of funds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.grids import Grid, grids, number_in, scaled
from analysis.lint.levels import Level, level_of
from analysis.lint.passages import Figure, Passage, passages
from analysis.model import Comparator

_PAYER = re.compile(r"(中央|省|市|州|县|区)(?:级|本级)?(?:财政|财力)|财政")
_SET_ASIDE = re.compile(
    r"(?:安排|投入|统筹|筹措|拨付|落实)(?:的|资金|专项资金|经费|财政资金|专项经费|不少于|总额|总计|共计|合计|达到|为){0,4}$"
)
_WHOLE_TERM = re.compile(
    r"规划期|实施期|行动期|计划期|期内|期间|共安排|共投入|共统筹|累计|合计|共计|总计|总额|(?:\d{4}年?[—－\-至到]{1,2}\d{4}年)|[\d二两三四五]年共"
)
_NO_WHOLE = re.compile(r"每年|年均|每家|每个|单个|其中|首批|当年|年度|分别")
_PURPOSE = re.compile(r"(?:专项|资金|经费|左右|以上|，){0,3}用于([^，。；、]{2,20})")
_SIZE_BEFORE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}基金)(?:的)?(?:总规模|规模|总额|首期规模|资金规模)(?:达到|达|为|不低于|约|不少于){0,2}$"
)
_SIZE_BEHIND = re.compile(r"(?:以上)?的(?P<name>[\u4e00-\u9fff]{2,16}基金)(?=[，。；、（]|$)")
_SIZED = re.compile(r"(?P<kind>首期)?(?:总)?规模(?:达到|达|为|不低于|约|不少于){0,2}$")
_FUND_LEAD = re.compile(
    "^(?:设立|组建|建立|发挥|用好|推动|支持|引导|联合|共同|做大|全省|全市|我省|我市|省级|市级|省|市|将|由|使|依托|力争|的)+"
)
_OVERALL = re.compile(
    r"(?:^|[，。；：、])(?:本)?(?P<name>(?:规划|方案|计划|工程|专项资金|奖励资金|补助资金|引导资金)(?:的)?(?:总投资|总额|总规模|总量|预算总额|年度总额|资金总额))"
    r"(?:达到|达|为|约|共|额|是){0,2}$"
)
_MONEY_TABLE = re.compile(r"财政|资金|经费|预算|投入")
_TOTAL = re.compile(r"合计|总计|共计")


def funds(draft: Draft) -> Iterator[Level]:
    """What is set aside for the whole term, in sentences and as totals of tables."""
    for passage in passages(draft):
        for figure in passage.figures:
            if figure.dimension == "money" and figure.high is None:
                if "财政" in passage.text:
                    yield from _set_aside(passage, figure)
                if "基金" in passage.text:
                    yield from _size(passage, figure)
                overall = _OVERALL.search(passage.text[max(0, figure.start - 24) : figure.start])
                if overall is not None:
                    yield level_of(passage, figure, overall["name"], overall["name"])
    for number, grid in enumerate(grids(draft), 1):
        yield from _of_grid(grid, -number)


def _set_aside(passage: Passage, figure: Figure) -> Iterator[Level]:
    text = passage.text
    head = text[max(0, figure.start - 60) : figure.start]
    payers = list(_PAYER.finditer(head))
    part = re.split("[，；：]", head)[-1]
    if not payers or not _SET_ASIDE.search(head) or not _WHOLE_TERM.search(part) or _NO_WHOLE.search(part):
        return
    purpose = _PURPOSE.match(text, figure.end)
    payer = f"{payers[-1][1] or ''}财政"
    yield level_of(passage, figure, f"{payer}安排资金总额", f"{payer}/{purpose[1] if purpose else ''}")


def _size(passage: Passage, figure: Figure) -> Iterator[Level]:
    """How large a fund is: 科技成果转化基金规模达到8亿元, 总规模10亿元的科技成果转化基金."""
    head = passage.text[max(0, figure.start - 36) : figure.start]
    named, sized = _SIZE_BEFORE.search(head), _SIZED.search(head)
    behind = _SIZE_BEHIND.match(passage.text, figure.end) if sized else None
    found = named or behind
    if found is None or "首期" in head[-10:] or re.search("单只|每只|子基金", head):
        return
    name = _FUND_LEAD.sub("", found["name"])
    if len(name) > 3:
        yield level_of(passage, figure, f"{name}规模", f"{name}/规模")


def _of_grid(grid: Grid, number: int) -> Iterator[Level]:
    """The total of a table of money with one column of sums."""
    columns = [at for at, box in enumerate(grid.header) if re.search("金额|资金|经费|安排|万元|亿元", box.text)]
    payer = _PAYER.search(grid.above)
    if len(columns) != 1 or payer is None or not _MONEY_TABLE.search(grid.above):
        return
    for row in grid.rows[1:]:
        at = columns[0] - (len(grid.header) - len(row))
        if not _TOTAL.fullmatch(row[0].text) or not 0 <= at < len(row):
            continue
        found = number_in(row[at])
        if found is None:
            continue
        unit = found.unit or grid.unit_of(columns[0])
        value, base, dimension = scaled(found.value, unit)
        if dimension == "money":
            name = f"{payer[1] or ''}财政"
            yield Level(
                name=f"{name}安排资金总额",
                key=f"{name}/",
                year=0,
                named=True,
                value=value,
                base=base,
                dimension=dimension,
                comparator=Comparator.EQ,
                yearly=False,
                words=f"{row[at].text}{unit if not found.unit else ''}",
                start=row[at].start,
                end=row[at].end,
                sentence=number,
                table=True,
            )
