"""What superior law sets a floor or a ceiling for (C4). The facts are ``grammar/superior.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from analysis.grammar import grammar
from analysis.grammar.vocabularies import SuperiorBound
from analysis.lint.draft import Draft
from analysis.lint.findings import Force, Found, Severity, Source
from analysis.lint.lines import Line
from analysis.lint.passages import AT_LEAST, AT_MOST, Figure, Passage, passages, rounded
from analysis.lint.registry import Family, rule
from analysis.lint.series_sums import year_of_draft

_LAW = Source("中华人民共和国促进科技成果转化法", "第四十五条", Force.RULED)
_NATION = "000000"
_UNITS = {"percent": ("%", "%"), "year": ("年", "年"), "workday": ("个工作日", "个工作日"), "day": ("日", "日")}
_STATEMENT = re.compile(r"[^；。]{1,400}")
_OTHERS = re.compile("经理人|经纪人|中介|服务机构|转移机构")  # who is given something else than the law gives
_SEVERAL = re.compile("分别[^，；。]{0,12}[%一二三四五六七八九十\\d]{1,12}%?[、和]")
# 从净收入中拿出40%, 股份的40%: a share of what the law divides, under a line that names the reward
_SHARE_OF = re.compile(
    r"(?:从[^，；。]{2,30}中|(?:净收入|净收益|股份|股权|出资比例|营业利润)(?:总额)?的)[^，；。\d]{0,14}$"
)
_KEPT = re.compile(r"(?:单位|学校|高校|院校|院所|机构|本院|本校)[^，；。]{0,12}\d|留存|留归")
_REST = re.compile("其余|剩余|余下")
_GOES_TO = re.compile(
    "，对[^，；。]{2,40}(?:给予|予以|进行)(?:奖励|报酬)|，(?:分给|奖给|用于奖励|分配给|奖励|作为)[^，；。]{1,40}"
)
_REWARDED = re.compile("奖励|奖给|报酬|分配给|归")
_PART = re.compile(r"[^，；。]{1,200}")
_SHARE = "　　转让职务科技成果取得的净收入，奖励完成人和转化贡献人员的比例不低于{share}。\n"
_GIVEN = """　　没有约定的，按照以下标准给予完成人奖励：
　　（一）转让、许可的，{way}；
　　（二）作价投资的，{other}。
"""
_LISTED = """　　奖励和报酬按照下列标准：
　　（一）转让、许可的，从净收入中提取不低于百分之三十；
　　（二）作价投资的，从股份中提取不低于百分之六十。
"""


@rule(
    "C4",
    "与上位规定的界限",
    Family.SUPERIOR,
    Severity.WARNING,
    why="地方文件的下限低于上位法的下限，或者上限高于上位法的上限，可能与上位规定抵触；高于上位法的下限不是抵触。",
    source=_LAW,
    bad=(
        _SHARE.format(share="40%"),
        _LISTED,
        "　　自行实施的，投产后连续三年每年从营业利润中提取不低于3%奖励完成人。\n",
        _GIVEN.format(way="从净收入中拿出不超过40%", other="从该成果形成的股份中划出55%"),
        _GIVEN.format(way="从所得净收入中安排60%", other="取得股权的45%"),
        "　　许可职务科技成果所得净收入，学校留存55%，其余45%分配给研发团队。\n",
        "　　高校转让成果的，可以将净收入的30%拿出来，分给课题组成员。\n",
        "　　转让成果取得的净收入，单位留存部分不低于60%，其余用于奖励完成人。\n",
        "　　转让成果的，应当从净收入中提取40%以上，对作出重要贡献的人员给予奖励。\n",
    ),
    good=(
        _SHARE.format(share="70%"),
        _SHARE.format(share="百分之五十"),
        _GIVEN.format(way="从净收入中拿出不低于60%", other="从该成果形成的股份中划出55%"),
        "　　许可职务科技成果所得净收入，学校留存25%，其余75%分配给研发团队。\n",
        "　　转让净收入的80%奖励完成人，其余20%用于学校成果转化。\n",
        "　　转让成果取得的净收入，单位留存部分不超过30%，其余用于奖励完成人。\n",
        "　　可以从转让净收入中提取10%用于技术转移机构能力建设。\n",
        "　　对转让科技成果的高校，市财政按照合同净收入的5%给予奖励，最高50万元。\n",
    ),
)
def below_superior(draft: Draft) -> Iterator[Found]:
    """Numbers of a statement against every bound that holds for the place and the year of the draft."""
    bounds = [bound for bound in grammar().superior if _holds(bound, draft)]
    for passage in passages(draft):
        if not passage.figures or not any(bound.about[-1].search(passage.text) for bound in bounds):
            continue
        led = _lead(draft, passage.line)
        for match in _STATEMENT.finditer(passage.text):
            yield from _strictest(passage, match, led, bounds)


def _holds(bound: SuperiorBound, draft: Draft) -> bool:
    issued = year_of_draft(draft)
    if issued is not None and issued < bound.since:
        return False
    if bound.region == _NATION:
        return True
    code = draft.reading.document.card.region_code
    region = grammar().region_of(bound.region)
    named = region is not None and (region.name in draft.title or region.name in draft.text[:200])
    return code[:2] == bound.region[:2] if code else named


def _lead(draft: Draft, line: Line) -> str:
    """The line that leads into an item: of the number above it, or the line before."""
    if line.ordinal is None:
        return ""
    for index in range(line.index - 1, max(line.index - 12, -1), -1):
        above = draft.lines[index]
        if above.text.endswith(("：", ":")):
            return above.text[-200:]
        if above.text and (above.ordinal is None or above.ordinal.style is not line.ordinal.style):
            return ""
    return ""


def _strictest(passage: Passage, statement: re.Match[str], led: str, bounds: list[SuperiorBound]) -> Iterator[Found]:
    """Of several bounds that one number breaks the strictest is said."""
    broken: dict[tuple[int, str], tuple[SuperiorBound, Figure, str]] = {}
    for bound in bounds:
        if not all(about.search(statement.group()) or about.search(led) for about in bound.about):
            continue
        for figure in passage.figures:
            if statement.start() <= figure.start and figure.end <= statement.end():
                fault = _fault(bound, passage, figure, led)
                former = broken.get((figure.start, bound.unit))
                if fault and (former is None or (bound.least or 0) > (former[0].least or 0)):
                    broken[figure.start, bound.unit] = (bound, figure, fault)
    for bound, figure, fault in broken.values():
        start, end = passage.raw(figure.start, figure.end)
        condition = f"（{bound.condition}）" if bound.condition else ""
        message = f"{bound.what}：{fault}，{bound.law}{bound.article}{condition}"
        source = Source(bound.law, bound.article, Force.RULED if bound.seen else Force.TO_VERIFY)
        grave = Severity.INFO if bound.note else None
        yield Found(start, end, message, "对照上位规定原文核对，或写明适用的情形", source=source, severity=grave)


def _fault(bound: SuperiorBound, passage: Passage, figure: Figure, led: str) -> str:
    """What is wrong with a number under a bound; "" where nothing is, or it is about something else."""
    unit, shown = _UNITS[bound.unit]
    if figure.unit != unit or (bound.unit != "percent" and figure.dimension != "duration"):
        return ""
    part = next(each for each in _PART.finditer(passage.text) if each.start() <= figure.start < each.end() + 1)
    before = passage.text[max(0, part.start() - 30) : part.start()]
    words = part.group()
    if goes := _GOES_TO.match(passage.text, part.end()):
        words += goes.group()
    if _OTHERS.search(before.rpartition("；")[2].rpartition("。")[2]) or _SEVERAL.search(words):
        return ""
    if _kept_too_much(bound, passage, figure):
        most = f"单位留存{figure.words}，奖励至多{rounded(100 - figure.value)}%"
        return f"{most}，可能低于上位规定的{rounded(bound.least or Decimal(0))}{shown}"
    words = _without_rest(words, before, bound)
    shared = _SHARE_OF.search(passage.text, part.start(), figure.start) and bound.beside.search(led)
    if bound.except_.search(words) or not (bound.beside.search(words) or bound.beside.search(before) or shared):
        return ""
    value = figure.value
    if bound.least is not None and _too_low(figure, value, bound.least):
        return f"{figure.words}可能低于上位规定的{rounded(bound.least)}{shown}"
    highest = figure.high or value
    if bound.most is not None and highest > bound.most and figure.comparator not in AT_LEAST:
        return f"{figure.words}可能超过上位规定的{rounded(bound.most)}{shown}"
    return ""


_KEEPS = re.compile(
    r"(?:单位|学校|高校|院校|院所|机构|本院|本校)[^，。；\d]{0,8}(?:留存|留归|保留|留用|提留)[^，。；\d]{0,8}$|留归[^，。；\d]{2,8}的?(?:部分|比例)[^，。；\d]{0,4}$"
)


def _kept_too_much(bound: SuperiorBound, passage: Passage, figure: Figure) -> bool:
    """A share that the unit keeps, so large that the rest, whose size is not said, is below the least reward."""
    keeps = _KEEPS.search(passage.text, max(0, figure.start - 30), figure.start)
    if keeps is None or bound.least is None or figure.comparator in AT_MOST:
        return False
    rest = _REST.search(passage.text, figure.end, figure.end + 20)
    told = rest and re.match(r"[^，。；]{0,4}\d", passage.text[rest.end() : rest.end() + 8])
    return rest is not None and not told and 100 - figure.value < bound.least


def _without_rest(words: str, before: str, bound: SuperiorBound) -> str:
    """A part without its 其余 where the unit keeps the first share and the rest is the reward."""
    kept = _KEPT.search(re.split("[，。；]", before.rstrip("，"))[-1])
    return _REST.sub("", words) if kept and bound.beside.search(words) and _REWARDED.search(words) else words


def _too_low(figure: Figure, value: Decimal, least: Decimal) -> bool:
    """A floor, a plain number, or a ceiling below the least that is due."""
    if figure.comparator in AT_MOST:
        return (figure.high or value) < least
    return value < least
