"""Numbers with their unit and the words that bind them.

Reads, each as one quantity: 8000人以上 · 超过300名 · 大于1000万元（含） · 最高补助300万元 · 100万元至200万元 ·
9亿～16亿元 · 5—10家 · 百分之二至三 · 万分之0.3 · 0.5‰ · 三成五 · 三分之一 · 翻两番 · 增长1倍 · 1∶1 · 500余家 ·
50万元以上的（含50万元） · 2022年9月23日 · 2016-2020年 · 两年半.
Leaves alone: 一批, 一个 (a 一 that only means "a"), numbers inside words (4G, PM2.5, 028-8673), ordinals (第三),
数十家 and 三五家.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from analysis.extract.number_forms import HAN, LARGE, MONEY_BEFORE, MONEY_BEHIND, YEAR, pattern, value_of
from analysis.grammar import Grammar, grammar
from analysis.model import Comparator, Quantity

# 增长1倍 is twice as much; 增长到1倍 would be as much. What stands between verb and number: 了, 约, 近, 1至.
_GROWS = re.compile(r"(?:增长|增加|提高|提升|扩大|上升|增)了?$")
_PERCENT_OF = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")}
_EXCLUDED = re.compile("[（(]不")
_OPPOSITE = {  # with and without the number itself
    "含": {Comparator.GT: Comparator.GE, Comparator.LT: Comparator.LE},
    "不含": {Comparator.GE: Comparator.GT, Comparator.LE: Comparator.LT},
}


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of ``text`` in order; spans do not overlap."""
    return tuple(quantity for match in pattern(grammar()).finditer(text) if (quantity := _quantity(match)) is not None)


def _quantity(match: re.Match[str]) -> Quantity | None:
    """One hit of the pattern as a quantity; None where it only looks like one (一批, 300成果, 三五家)."""
    group = {name: found for name, found in match.groupdict().items() if found is not None}
    plainly = Quantity(Decimal(0), "", "", match.start(), match.end(), match.group())
    try:
        if group.keys() & {"date", "month", "years", "year"}:
            return _period(plainly, group)
        return _number(match, replace(plainly, comparator=_comparator(group)), group)
    except ValueError:
        return None


def _number(match: re.Match[str], bound: Quantity, group: Mapping[str, str]) -> Quantity | None:
    """A number that is no date. Raises ``ValueError`` where the characters are no number (三五家)."""
    for name, read in _FORMS.items():
        if name in group:
            return read(bound, group)
    if "bare" in group:
        return _bare_sum(match, bound, group)
    found = _range(bound, group) if "low" in group else _single(bound, group)
    if found and found.unit == "倍" and _GROWS.search(match.string, max(0, match.start() - 4), match.start()):
        return _grown(found)
    return found


def _doubled(bound: Quantity, group: Mapping[str, str]) -> Quantity | None:
    """翻一番 is 2, 翻两番 is 4."""
    times = value_of(group["times"]) if "times" in group else Decimal(1)
    if times > 10 or times != int(times):
        return None
    steps = (f"{group['doubling']} -> 2 ^ {times}",)
    return replace(bound, value=2**times, unit="倍", dimension="multiple", steps=steps)


def _ratio(bound: Quantity, group: Mapping[str, str]) -> Quantity | None:
    """1:2 as a share of one to the other."""
    low, high = value_of(group["ratio_low"]), value_of(group.get("ratio_high") or group["ratio_to"])
    if not low or not high:
        return None
    share = plain((low / high).quantize(Decimal("0.0001")))
    return replace(bound, value=share, unit="比", dimension="ratio", steps=(f"{low} ÷ {high} -> {share}",))


def _rank(bound: Quantity, group: Mapping[str, str]) -> Quantity | None:
    """A place among others: at most that far down."""
    place = value_of(group.get("rank") or group["nth"])
    if place < 2:
        return None  # 全国第一方阵, 全国第一个
    unit = group.get("nth_unit", "")
    return replace(bound, value=place, unit=unit, dimension="rank", comparator=Comparator.LE)


def _period(plainly: Quantity, group: Mapping[str, str]) -> Quantity:
    """A date as yyyymmdd, a month as yyyymm, a span of years as low and high, or a year."""
    words = re.findall(rf"\d+|{YEAR}|[一二三四五六七八九十]+", plainly.quote)
    year, *rest = (value_of(word.lstrip("0") or "0") for word in words)
    if "date" in group:
        return replace(plainly, value=year * 10000 + rest[0] * 100 + rest[1], unit="日", dimension="date")
    if "month" in group:
        return replace(plainly, value=year * 100 + rest[0], unit="月", dimension="date")
    high, dimension = (rest[0], "period") if "years" in group else (None, "year")
    return replace(plainly, value=year, value_high=high, unit="年", dimension=dimension)


def _per(bound: Quantity, group: Mapping[str, str]) -> Quantity:
    """百分之二至三 in percent, 千分之 likewise; 万分之 keeps its own unit, as texts state it."""
    named, again = group["per"], group.get("per_again", group["per"])
    keeps = named == again == "万分之"
    low = plain(value_of(group["per_low"]) * (1 if keeps else _PERCENT_OF[named]))
    high = plain(value_of(group["per_high"]) * (1 if keeps else _PERCENT_OF[again])) if "per_high" in group else None
    unit, steps = "万分之" if keeps else "%", (f"{named}{group['per_low']} -> {low}",)
    return replace(bound, value=low, value_high=high, unit=unit, dimension="percent", steps=steps)


def _share(bound: Quantity, group: Mapping[str, str]) -> Quantity | None:
    """三分之一, 1/3, 三成五, 一半 in percent, to two places."""
    bound = replace(bound, unit="%", dimension="percent")
    if "half" in group:
        return replace(bound, value=Decimal(50), steps=(f"{group['half']} -> 50 %",))
    if "tenths" in group:
        rest = Decimal(5) if group["hundredths"] == "半" else value_of(group["hundredths"])
        share = value_of(group["tenths"]) * 10 + rest
        return replace(bound, value=share, steps=(f"{group['tenths']}成{group['hundredths']} -> {share} %",))
    whole = value_of(group.get("part_low") or group["denominator"])
    part = value_of(group.get("part_high") or group["nominator"])
    if not whole:
        return None
    share = plain((part * 100 / whole).quantize(Decimal("0.01")))
    return replace(bound, value=share, steps=(f"{part}/{whole} -> {share} %",))


def _range(bound: Quantity, group: Mapping[str, str]) -> Quantity:
    """100万元至200万元, 5—10家; a low end in another unit is carried over to the unit of the high end."""
    unit = grammar().units[group["high_unit"]]
    high, form = _scaled(group["high"], unit.form)
    unit = grammar().units[form]
    low = value_of(group["low"])
    if "low_unit" in group:
        first = grammar().units[group["low_unit"]]
        low = plain(low * first.factor / unit.factor) if first.base == unit.base else low  # 9000万元至1亿元
    elif set(group["low"]) & set(LARGE):  # 9亿～16亿元, 100万至200万元
        low = plain(low / unit.factor)
    if unit.form == "年" and low >= 1900:
        return replace(bound, value=low, value_high=high, unit="年", dimension="period", comparator=Comparator.EQ)
    return _in_percent(replace(bound, value=low, value_high=high, unit=unit.form, dimension=unit.dimension))


def _single(bound: Quantity, group: Mapping[str, str]) -> Quantity | None:
    written, unit = group["number"], grammar().units[group["unit"]]
    if written == "一" and unit.dimension in ("count", "ordinal") and bound.comparator is Comparator.EQ:
        return None  # 一个, 一批: an article, not a number
    if unit.form == "成" and not re.fullmatch(HAN, written):
        return None  # 300成果: 成 begins a word
    if "odd" in group and value_of(written) % 10:
        return None  # 5多家 is no way to count
    value, form = _scaled(written, unit.form)
    return _in_percent(replace(bound, value=value, unit=form, dimension=unit.dimension))


def _scaled(written: str, unit: str) -> tuple[Decimal, str]:
    """Value and unit; 三百五十万 + 元 is 350 万元 and 1亿3千万 + 元 is 1.3 亿元, as figures would state them."""
    value = value_of(written)
    if set(written) & set(LARGE):
        for scale in ("万亿", "亿", "万"):
            larger = grammar().units.get(scale + unit)
            if larger and value >= larger.factor and value * 100 % larger.factor == 0:  # two places at most
                return plain(value / larger.factor), larger.form
    return value, unit


def _bare_sum(match: re.Match[str], bound: Quantity, group: Mapping[str, str]) -> Quantity | None:
    """最高奖励500万, 100万至200万, 100万人民币: a sum without 元, where something says that it is money."""
    written, text = group["bare"], match.string
    start = match.start() + match.group().index(group.get("bare_low", written))
    said = MONEY_BEFORE.search(text, max(0, start - 24), start) or MONEY_BEHIND.match(text, match.end())
    if not said and not written.endswith("人民币") and not re.search("最高|封顶", group.get("before", "")):
        return None
    value, unit = _scaled(re.sub("人民币|[余多]", "", written), "元")
    low = group.get("bare_low")
    bound = replace(bound, unit=unit, dimension="money")
    if low is None:
        return replace(bound, value=value, steps=(f"{written} -> {value} {unit}",))
    least = plain(value_of(low) / grammar().units[unit].factor) if set(low) & set(LARGE) else value_of(low)
    return replace(bound, value=least, value_high=value, steps=(f"{low}至{written} -> {least} 至 {value} {unit}",))


def _member(bound: Quantity, group: Mapping[str, str]) -> Quantity:
    """The 20 of 20、30万元 and the 2万 of 2万/5万元: the list states its unit once, at its end."""
    written, unit = group["member"], grammar().units[group["member_unit"]]
    value, form = _scaled(written, "元" if set(written) & set(LARGE) else unit.form)
    return replace(bound, value=value, unit=form, dimension=unit.dimension, steps=(f"{written} -> {value} {form}",))


def _grown(quantity: Quantity) -> Quantity:
    """增长1倍 is 2 times what was, 增长到2倍 likewise: both are stated as the multiple that is reached."""
    return replace(
        quantity,
        value=quantity.value + 1,
        value_high=None if quantity.value_high is None else quantity.value_high + 1,
        steps=(*quantity.steps, f"增长{quantity.value}倍 -> 1 + {quantity.value} = {quantity.value + 1} 倍"),
    )


def _in_percent(quantity: Quantity) -> Quantity:
    """‰ and 成 are stated in percent, since that is how rates are compared."""
    unit = grammar().units[quantity.unit]
    if unit.dimension != "percent" or unit.factor == 1:
        return quantity
    return replace(
        quantity,
        value=plain(quantity.value * unit.factor),
        value_high=None if quantity.value_high is None else plain(quantity.value_high * unit.factor),
        unit="%",
        steps=(*quantity.steps, f"{quantity.quote} -> {quantity.value} × {unit.factor} %"),
    )


@cache
def _meanings(known: Grammar, place: str) -> tuple[Mapping[str, Comparator], re.Pattern[str]]:
    """What the comparator words of a place mean, and a pattern for any of them."""
    meanings = {bound.form: Comparator(bound.means) for bound in known.bounds if bound.place == place}
    return meanings, re.compile("|".join(map(re.escape, meanings)))


def _comparator(group: Mapping[str, str]) -> Comparator:
    """The binding of all comparator words together: the last specific word before, else the one after."""
    found: Comparator | None = None
    if before := group.get("before"):
        meanings, words = _meanings(grammar(), "before")
        hits = words.findall(before)
        found = meanings[hits[-1]] if hits else Comparator.GT  # 过千亿元
    if after := group.get("after"):
        found = found or _meanings(grammar(), "after")[0][after]
    if found is None and ("odd" in group or re.search("[余多]", group.get("bare", ""))):
        found = Comparator.GT  # 500余家
    found = found or Comparator.EQ
    for bracket in (group.get("bracket"), group.get("inclusive")):
        if bracket:
            found = _OPPOSITE["不含" if _EXCLUDED.search(bracket) else "含"].get(found, found)
    return found


def in_wan(quantity: Quantity, value: Decimal | None = None) -> Decimal:
    """A sum of money in 万元."""
    return plain((quantity.value if value is None else value) * grammar().units[quantity.unit].factor / 10000)


def looks_counted(value: Decimal) -> bool:
    """Whether it looks counted and not set: what is set is round (300, 1500), facts are not (1708, 293.9)."""
    return len(str(value.normalize()).split("E")[0].replace(".", "").strip("0")) >= 3


def plain(value: Decimal) -> Decimal:
    """The same number without an exponent and without zeros behind the point: 1E+2 -> 100, 0.50 -> 0.5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


#: How a number is read that a group of the pattern names; the first that is there decides.
_FORMS: Mapping[str, Callable[[Quantity, Mapping[str, str]], Quantity | None]] = {
    "per": _per,
    "part_low": _share,
    "nominator": _share,
    "tenths": _share,
    "half": _share,
    "doubling": _doubled,
    "ratio_low": _ratio,
    "index": lambda bound, group: replace(bound, value=value_of(group["index"]), dimension="index"),
    "rank": _rank,
    "nth": _rank,
    "halved": lambda bound, group: replace(
        bound, value=value_of(group["halved"]) + Decimal("0.5"), unit="年", dimension="duration"
    ),
    "member": _member,
}
