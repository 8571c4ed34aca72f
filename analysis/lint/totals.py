"""Parts and totals in running text: 6场和20场，合计30场; 每年2.5亿元，3年共8亿元; 共3亿元，其中……."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from analysis.lint.findings import Found
from analysis.lint.passages import AT_LEAST, AT_MOST, Figure, Passage, rounded
from analysis.model import Comparator

_WHOLE = re.compile(
    r"(?:合计|共计|总计|一共|总共|加总|加起来|满分|总分|(?<![一公])共(?!建(?![设成])|享|同|用|创|赢|担|商|育|治|管|引|性|识))(?:安排|投入|需要|为|达到|达|举办|开展|建设|支持)?[^，。；、\d]{0,6}$"
)
_OVER_YEARS = re.compile(r"(?:内|间|期)?(?:合计|共计|总计|一共|总共|累计|共|总额|总)[^，。；\d]{0,10}$")
_YEARLY = re.compile(r"(?:每年|年均|每年度|每个年度|平均每年)[^，。；\d]{0,14}$")
_EACH = re.compile(r"每(?P<unit>[家个项名人户场所支件台座次批期县市区校院组])[^，。；\d]{0,10}$")
_PERIODS = {"月": 12, "季度": 4, "半年": 2, "周": 52}
_BY_PERIOD = re.compile(r"每(?:个)?(?P<period>月|季度|半年|周)[^，。；\d]{0,14}$")
_WHOLE_YEAR = re.compile(r"(?:全年|年度|一年|每年)[^，。；\d]{0,10}$")
_BORNE = re.compile("(?:承担|负担|分担|出资)(?:比例为)?$")
_PAID = re.compile("(?:拨付|支付|兑付)(?:剩余|其余|资金|补助|款项){0,2}(?:的)?$")
_WEIGHED = re.compile("占(?:比|权重|总分)?(?:为)?$")
_SCORED = re.compile("评分|评价|评审|权重|得分|考核指标")
_NO_PART = re.compile(r"最高|不超过|单个|单项|每|各(?!类|级|项)|封顶|上限|至少|人均|平均|首次|累计|其中|以上|以下")
_SIZED = re.compile(r"总(?:投资|额|规模|预算|经费|资金)[^，。；、\d]{0,6}$")  # what the parts behind it make
_OVERALL = re.compile(r"[，；：](?:项目|经费|资金)?总(?:额|投资|投入|预算|经费|资金)(?:为|约|达|达到)?$")
_FOR_EACH = re.compile(
    r"(?:每|单(?=[个项家]))[家个项名人户场所支件台座批]?[^，。；：、\d]{0,10}[，：:]?[^，。；：、\d]{0,10}$"
)
_SUMMED = re.compile(r"(?:合计|共计|总计|总额|一共|总共)(?:为|达|达到)?$")  # of the parts, whatever they are for
_BOTH = re.compile(
    r"(?:以上|上述|前述)?[两二三四五六七八九十][项者类笔方块]\S{0,2}?(?:合计|共计|总计|一共|总共|共)[^，。；、\d]{0,6}"
)
_OF_EACH = re.compile(r"[^，。；、\d（）]{0,6}(?:（[^（）]{0,10}）)?[^，。；、\d（）]{0,6}各[^类，。；、\d]{0,10}$")
_WHOLLY = re.compile(r"[^，。；\d]{0,8}(?:：|:|，分别为|，分别是|，包括|，由|（由|，分为)[^。；\d]{0,24}")
_AMONG = re.compile(r"[^，。；\d]{0,10}[，。；（(、]?\s?其中[：:，]?[^。；\d]{0,30}(?:\d{4}年[^。；\d]{0,8})?")
_CLAIMED = re.compile(r"(?P<whose>[^，、；。：:\d%]{2,20}?)(?:所占比[例重]|占比|占)(?P<of>[^，、；。：:\d%]{0,10})$")
_OF_ONE = re.compile(  # what is divided, said before its shares
    r"使用|分配|构成|结构|组成|安排|投向|用途|支出|来源|其中|分别|包括|总额|股权|出资|比例|经费|资金|[中内][，：,:]"
)
_IN_ALL = re.compile("(?:占比|比重|比例|份额)分别(?:为|是|占|约)$")
_SHARED = re.compile(r"的?比例(?:进行)?(?:分配|分担|承担|分成|分享|共担|负担)")
_WEIGHTS = re.compile(r"权重分别(?:为|是|占)$")
_FAR = 40


def part_sums(passage: Passage) -> Iterator[Found]:
    """Everything that sums in one sentence do not come out as."""
    figures = [each for each in passage.figures if each.counts]
    for at, figure in enumerate(figures):
        yield from _behind_parts(passage, figures, at)
        yield from _before_parts(passage, figures, at)
        yield from _times(passage, figures, at, figure)
    yield from _shares(passage, figures)
    yield from _two_owners(passage)


_REST_KEPT = re.compile(
    "[，、；](?:其余|剩余|余下|另一方|单位|学校|院所|机构|企业)[^，。；\\d]{0,4}(?:保留|留存|留归|占|持有|享有|归属)[^，。；\\d]{0,4}$"
)


def _two_owners(passage: Passage) -> Iterator[Found]:
    """完成人份额为70%的，单位保留40%: what two have of one thing is more than all of it."""
    shares = [each for each in passage.figures if each.dimension == "percent"]
    for one, two in pairwise(shares):
        between = passage.text[one.end : two.start]
        owned = re.search("份额|股权|股份|所有权|比例|净收入|收益", passage.text[max(0, one.start - 20) : one.start])
        if owned and _REST_KEPT.search(between) and one.value + two.value > 100 and not one.high and not two.high:
            message = f"{one.words}与{two.words}合计{rounded(one.value + two.value)}%，超过100%"
            yield _found(passage, two, message, [one])


def _found(passage: Passage, total: Figure, message: str, parts: list[Figure], suggestion: str = "") -> Found:
    start, end = passage.raw(total.start, total.end)
    places = tuple(passage.raw(each.start, each.end) for each in parts)
    return Found(start, end, message, suggestion or "核对各项与总数，改正其中一个", places)


def _added(parts: list[Figure], total: Figure) -> str:
    numbers = "+".join(rounded(each.value / total.factor) for each in parts)
    return f"{numbers}={total.show(_sum(parts))}"


def _sum(parts: list[Figure]) -> Decimal:
    return sum((each.value for each in parts), Decimal(0))


def _plainly(figure: Figure) -> bool:
    return figure.comparator is Comparator.EQ and figure.high is None and figure.dimension != "percent"


def _behind_parts(passage: Passage, figures: list[Figure], at: int) -> Iterator[Found]:
    """Parts first: A 6场、B 20场，合计30场. It stands where any run of parts before it comes out."""
    total = figures[at]
    text = passage.text
    close = max(0, total.start - 14)
    if not _plainly(total) or not (
        _WHOLE.search(text, close, total.start) or _OVERALL.search(text, close, total.start)
    ):
        return
    parts: list[Figure] = []
    end = total.start
    alike = False
    for place in range(at - 1, max(at - 13, -1), -1):
        part = figures[place]
        if not parts and _BOTH.fullmatch(text, part.start, total.start):
            continue  # 两项共计50万元
        between = text[part.end : end]
        head = _head(text, figures, place, total)
        alike = _FOR_EACH.search(text, max(0, part.start - 24), part.start) is not None
        if not part.same_kind(total) or not _plainly(part) or len(between) > _FAR:
            break
        if _NO_PART.search(between) or _NO_PART.search(_FOR_EACH.sub("", head) if alike else head):
            break
        parts.insert(0, part)
        if len(parts) > 1 and _sum(parts) == total.value:
            return
        end = part.start
        if alike:
            break
    if len(parts) < 2 or _counted_otherwise(passage, parts, total):
        return
    if alike and not (_SUMMED.search(text, max(0, total.start - 14), total.start) and total.value < 2 * _sum(parts)):
        return  # 每家30万元、每人2万元，共安排300万元: for all of them
    yield _found(passage, total, f"{_added(parts, total)}，文中合计是{total.words}", parts)


def _head(text: str, figures: list[Figure], place: int, total: Figure) -> str:
    """The words before a part. 其中 before the first figure of its kind parts it from a whole that stands elsewhere."""
    part = figures[place]
    head = text[max(0, part.start - 12) : part.start]
    first = not any(one.same_kind(total) for one in figures[max(0, place - 12) : place])
    return head.replace("其中", "") if first else head


def _counted_otherwise(passage: Passage, parts: list[Figure], total: Figure) -> bool:
    """Whether the total is said to be over more years than there are parts: 2026年1亿元、2027年2亿元，三年共5亿元."""
    years = _years_before(passage, total)
    return years is not None and years != len(parts)


def _before_parts(passage: Passage, figures: list[Figure], at: int) -> Iterator[Found]:
    """The total first: 共3亿元，其中A 1亿元、B 1.2亿元. Behind 其中 parts may be missing, but they cannot exceed it."""
    total, text = figures[at], passage.text
    following = figures[at + 1 : at + 13]
    if not following or not _plainly(total) or not following[0].same_kind(total):
        return
    between = text[total.end : following[0].start]
    among, wholly = _AMONG.fullmatch(between), _WHOLLY.fullmatch(between)
    head = max(0, total.start - 14)
    if not among and not (
        wholly and (_WHOLE.search(text, head, total.start) or _SIZED.search(text, head, total.start))
    ):
        return
    parts: list[Figure] = []
    end = total.end
    for part in following:
        gap = text[end : part.start]
        if (
            not part.same_kind(total)
            or not _plainly(part)
            or len(gap) > _FAR
            or (re.search("[；。]", gap) and not among)
        ):
            break
        if _NO_PART.search(gap.replace("其中", "", 1)) or part.value > total.value:
            return
        parts.append(part)
        end = part.end
    summed = _sum(parts)
    if len(parts) < 2 or summed == total.value:
        return
    if among and summed < total.value * Decimal("0.9"):
        return
    if among and summed < total.value and len(parts) < 3:
        return
    yield _found(passage, total, f"{_added(parts, total)}，文中总数是{total.words}", parts)


def _years_before(passage: Passage, total: Figure) -> int | None:
    """The N of N年共 right before a total."""
    for figure in reversed(passage.figures):
        if figure.end <= total.start and figure.dimension == "duration" and figure.unit == "年":
            between = passage.text[figure.end : total.start]
            return int(figure.value) if _OVER_YEARS.fullmatch(between) and figure.value == int(figure.value) else None
    return None


def _times(passage: Passage, figures: list[Figure], at: int, yearly: Figure) -> Iterator[Found]:
    """每年2.5亿元，3年共8亿元, and 每家40万元，6家共200万元; the total may also stand first."""
    text = passage.text
    head = max(0, yearly.start - 20)
    if (
        yearly.high
        or yearly.dimension == "percent"
        or not any(each.search(text, head, yearly.start) for each in (_YEARLY, _EACH, _BY_PERIOD, _OF_EACH))
    ):
        return
    for total in (*figures[at + 1 : at + 3], *figures[max(0, at - 1) : at]):
        if not total.same_kind(yearly) or total.high:
            continue
        between = text[min(yearly.end, total.end) : max(yearly.start, total.start)]
        if len(between) > _FAR or re.search("[。；]", between):
            continue
        times, unit = _how_often(passage, yearly, total)
        if times is None or not _conflict(yearly, total, times):
            continue
        message = f"{yearly.words}×{times}{unit}={total.show(yearly.value * times)}，文中是{total.words}"
        yield _found(passage, total, message, [yearly], "核对每年数、年数与总数，改正其中一个")
        return


def _how_often(passage: Passage, single: Figure, total: Figure) -> tuple[int | None, str]:
    """How often a single sum is counted in a total, and in what; None where that is not said."""
    text, head = passage.text, max(0, single.start - 20)
    by_period = _BY_PERIOD.search(text, head, single.start)
    if by_period:
        whole = _WHOLE_YEAR.search(text, max(0, total.start - 14), total.start)
        return _PERIODS[by_period["period"]] if whole else None, "次"
    if _YEARLY.search(text, head, single.start):
        return _years_of(passage, single, total), "年"
    each = _EACH.search(text, head, single.start)
    if each is None:
        return _holders(passage, single, total), ""
    return _count_of(passage, each, single, total), ""


def _years_of(passage: Passage, yearly: Figure, total: Figure) -> int | None:
    """How many years a total covers: N年共 before it, else the period named before both."""
    years = _years_before(passage, total)
    if years is not None:
        return years
    for figure in passage.figures:  # 总额8000万元，分4年安排，每年2500万元
        if figure.unit == "年" and total.end <= figure.start < yearly.start and passage.text[figure.start - 1] == "分":
            return int(figure.value)
    if not _OVER_YEARS.search(passage.text, max(0, total.start - 14), total.start):
        return None
    first = min(yearly.start, total.start)
    for figure in reversed(passage.figures):
        if figure.end <= first + 14 and figure.dimension == "period" and figure.high is not None:
            return int(figure.high - figure.value) + 1
        lasts = figure.dimension == "duration" and figure.unit == "年" and figure.end <= max(yearly.start, total.start)
        if lasts and re.search("连续$", passage.text[max(0, figure.start - 2) : figure.start]):
            return int(figure.value)
    return None


def _holders(passage: Passage, single: Figure, total: Figure) -> int | None:
    """How many have a number each: 6个县（市）各新建3个."""
    if total.start < single.end or not _WHOLE.search(passage.text, max(0, total.start - 14), total.start):
        return None
    counts = [each for each in passage.figures if each.end <= single.start and each.counts][-1:]
    for count in counts:
        plain = count.dimension == "count" and count.comparator is Comparator.EQ and count.high is None
        if plain and _OF_EACH.fullmatch(passage.text, count.end, single.start):
            return int(count.value)
    return None


def _count_of(passage: Passage, each: re.Match[str] | None, single: Figure, total: Figure) -> int | None:
    """How many there are of what 每家 counts, named before both; the total must call itself one."""
    if each is None or not _WHOLE.search(passage.text, max(0, total.start - 14), total.start):
        return None
    if _YEARLY.search(passage.text, max(0, single.start - 30), single.start):
        return None
    counts = [
        one
        for one in passage.figures
        if one.end <= each.start() and each["unit"] in (one.unit, passage.text[one.end : one.end + 1])
    ]
    return int(counts[-1].value) if len(counts) == 1 and counts[0].comparator is Comparator.EQ else None


def _conflict(single: Figure, total: Figure, times: int) -> bool:
    product = single.value * times
    if single.comparator in AT_MOST or total.comparator in AT_MOST:
        return False  # a ceiling for all may lie below the sum of the single ones
    if Comparator.APPROX in (single.comparator, total.comparator):
        return abs(product - total.value) > product / 10
    if total.comparator in AT_LEAST or single.comparator in AT_LEAST:
        low = total.value < product and total.comparator not in AT_LEAST
        return low if single.comparator in AT_LEAST else total.value > product
    return product != total.value


def _shares(passage: Passage, figures: list[Figure]) -> Iterator[Found]:
    """Shares of one whole that do not make 100 %."""
    run: list[Figure] = []
    for figure in (*figures, None):
        joined = figure is not None and figure.dimension == "percent" and figure.high is None
        if joined and figure and (not run or re.fullmatch("[、和及，与]", passage.text[run[-1].end : figure.start])):
            run.append(figure)
            continue
        if len(run) > 1 and _sum(run) != 100 and (_divides(passage, run) or _exceeds(passage, run)):
            added = "+".join(rounded(each.value) for each in run)
            yield _found(passage, run[-1], f"{added}={rounded(_sum(run))}，各份合计不是100%", run[:-1])
        run = [figure] if joined and figure else []
    yield from _together(passage, figures, _BORNE, "各方承担")
    yield from _together(passage, figures, _PAID, "各次拨付", only_above=True)
    if _SCORED.search(passage.text):
        yield from _together(passage, figures, _WEIGHED, "各项权重")
    else:
        yield from _claimed(passage, figures)


def _claimed(passage: Passage, figures: list[Figure]) -> Iterator[Found]:
    """Shares of one whole, each behind its own name, that exceed it: 设备占60%、人员占30%、差旅占20%."""
    text = passage.text
    run: list[Figure] = []
    names: list[str] = []
    of = ""
    for figure in (*figures, None):
        opened = run[-1].end if run else max(0, figure.start - 30) if figure else 0
        stated = _CLAIMED.search(text, opened, figure.start) if figure and _share(figure) else None
        whole = stated["of"].strip("的比例重为约达到") if stated else ""
        joined = stated is not None and figure is not None and (not run or text[run[-1].end] in "、，和及")
        if run and not (joined and stated and whole == of and stated["whose"] not in names):
            if len(run) > 1 and _sum(run) > 100 and _OF_ONE.search(text, max(0, run[0].start - 60), run[0].start):
                added = "+".join(rounded(each.value) for each in run)
                yield _found(passage, run[-1], f"{added}={rounded(_sum(run))}，各部分占比合计超过100%", run[:-1])
            run, names = [], []
        if stated and figure and (joined or not run):
            run, names, of = [*run, figure], [*names, stated["whose"]], whole


def _together(
    passage: Passage, figures: list[Figure], verb: re.Pattern[str], whose: str, *, only_above: bool = False
) -> Iterator[Found]:
    """Shares that each stand behind the same verb: 省级承担60%，市级承担50%."""
    shares = [each for each in figures if verb.search(passage.text, max(0, each.start - 10), each.start)]
    summed = _sum(shares)
    if len(shares) < 2 or not all(map(_share, shares)) or summed == 100 or (only_above and summed < 100):
        return
    added = "+".join(rounded(each.value) for each in shares)
    yield _found(passage, shares[-1], f"{added}={rounded(summed)}，{whose}合计不是100%", shares[:-1])


def _share(figure: Figure) -> bool:
    return figure.dimension == "percent" and figure.high is None and figure.comparator is Comparator.EQ


def _divides(passage: Passage, run: list[Figure]) -> bool:
    head = passage.text[max(0, run[0].start - 12) : run[0].start]
    return _SHARED.match(passage.text, run[-1].end) is not None or _WEIGHTS.search(head) is not None


def _exceeds(passage: Passage, run: list[Figure]) -> bool:
    """Whether shares of one whole are said to make more than it: 其中A、B占比分别为70%和50%."""
    head = passage.text[max(0, run[0].start - 60) : run[0].start]
    return (
        _sum(run) > 100 and all(map(_share, run)) and bool(_IN_ALL.search(head) and re.search("其中|构成|结构", head))
    )
