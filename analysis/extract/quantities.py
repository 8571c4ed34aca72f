"""Numbers with their unit and the words that bind them.

Reads, each as one quantity: 8000人以上 · 超过300名 · 大于1000万元（含） · 最高补助300万元 · 100万元至200万元 ·
5—10家 · 百分之二至三 · 万分之0.3 · 0.5‰ · 三分之一 · 翻两番 · 50万元以上的（含50万元） · 2022年9月23日 · 2016-2020年.
Leaves alone: 一批, 一个 (a 一 that only means "a"), numbers inside words (4G, PM2.5, 028-8673), ordinals (第三).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from analysis import grammar
from analysis.extract.numerals import HAN, HAN_DIGITS, NUMBER, value_of
from analysis.model import Comparator, Quantity

# Words that may stand between a comparator and its number without changing either: 最高补助300万元.
FILLER = r"(?:可|给予|予以|补助|资助|奖励|奖补|补贴|支持|达到|达|為|为|给予一次性|按|一次性)?"
RANGE = r"(?:-|—|–|―|~|～|至|到)"


def _words(place: str) -> str:
    return "|".join(re.escape(bound.form) for bound in grammar.bounds() if bound.place == place)


@cache
def _patterns() -> re.Pattern[str]:
    """One pattern for all forms; group names say which form it is.

    Must not match: a number glued to Latin letters or a hyphenated telephone number; 第 + number (an ordinal).
    """
    unit = "|".join(re.escape(form) for form in sorted(grammar.units(), key=len, reverse=True))
    unit = unit.replace("|年|", "|年(?!度)|")  # 单一年度 is no length of time
    before = f"(?P<before>(?:(?:{_words('before')}){FILLER})+)?"
    after = f"(?P<after>{_words('after')})?"
    inclusive = rf"(?P<inclusive>{_words('bracket')}|的?[（(]含{NUMBER}(?:{unit})?[）)])?"
    year = r"(?:19|20)\d\d"
    per = "百分之|千分之|万分之"
    forms = (
        rf"(?P<date>{year}年\d{{1,2}}月\d{{1,2}}日)",
        rf"(?P<years>{year}年?{RANGE}{year}年)",
        rf"(?P<year>{year}年(?:底|末)?)",
        rf"{before}(?P<per>{per})(?P<per_low>{NUMBER})(?:{RANGE}(?:{per})?(?P<per_high>{NUMBER}))?{after}",
        rf"{before}(?P<part_low>{HAN})分之(?P<part_high>{HAN}){after}",
        rf"(?P<doubling>翻(?P<times>{HAN})?番)",
        rf"{before}(?P<low>{NUMBER})(?P<low_unit>{unit})?(?:{_words('bracket')})?{RANGE}(?P<high>{NUMBER})(?P<high_unit>{unit}){after}",
        rf"{before}(?P<number>{NUMBER})\s?(?P<unit>{unit}){after}{inclusive}",
    )
    # Python needs unique group names: number the shared ones by alternative.
    alternatives = []
    for index, form in enumerate(forms):
        form = re.sub(r"\(\?P<(before|after|inclusive)>", rf"(?P<\g<1>_{index}>", form)
        alternatives.append(form)
    # Every form begins with one of these; the look-ahead spares the alternatives at all other characters.
    heads = {bound.form[0] for bound in grammar.bounds() if bound.place == "before"}
    first = f"(?=[\\d{HAN_DIGITS}十百千万翻{''.join(sorted(heads))}])"
    return re.compile(rf"{first}(?<![A-Za-z\d.第-])(?:{'|'.join(alternatives)})(?![A-Za-z]|\d(?!\d{{3}}年))")


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of ``text`` in order; spans do not overlap."""
    return tuple(quantity for match in _patterns().finditer(text) if (quantity := _quantity(match)) is not None)


def _quantity(match: re.Match[str]) -> Quantity | None:
    """One hit of the pattern as a quantity; None where it only looks like one (一批, 300成果)."""
    group = {name.rstrip("_0123456789"): found for name, found in match.groupdict().items() if found is not None}
    plainly = Quantity(Decimal(0), "", "", match.start(), match.end(), match.group())
    if "date" in group or "years" in group or "year" in group:
        return _period(plainly, group)
    bound = replace(plainly, comparator=_comparator(group))
    if "per" in group:
        return _per(bound, group)
    if "part_low" in group:
        whole, part = value_of(group["part_low"]), value_of(group["part_high"])
        if not whole:
            return None
        share = plain((part * 100 / whole).quantize(Decimal("0.01")))
        return replace(bound, value=share, unit="%", dimension="percent", steps=(f"{part}/{whole} -> {share} %",))
    if "doubling" in group:
        times = value_of(group["times"]) if "times" in group else Decimal(1)
        if times > 10:
            return None
        steps = (f"{match.group()} -> 2 ^ {times}",)
        return replace(plainly, value=2**times, unit="倍", dimension="multiple", steps=steps)
    return _range(bound, group) if "low" in group else _single(bound, group)


def _period(plainly: Quantity, group: dict[str, str]) -> Quantity:
    """A date as yyyymmdd, a span of years as low and high, or a year."""
    numbers = [Decimal(part) for part in re.findall(r"\d+", plainly.quote)]
    if "date" in group:
        year, month, day = numbers
        return replace(plainly, value=year * 10000 + month * 100 + day, unit="日", dimension="date")
    if "years" in group:
        return replace(plainly, value=numbers[0], value_high=numbers[1], unit="年", dimension="period")
    return replace(plainly, value=numbers[0], unit="年", dimension="year")


def _per(bound: Quantity, group: dict[str, str]) -> Quantity:
    """百分之二至三 in percent, 千分之 likewise; 万分之 keeps its own unit, as texts state it."""
    scale = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal(1)}[group["per"]]
    low = value_of(group["per_low"])
    return replace(
        bound,
        value=plain(low * scale),
        value_high=plain(value_of(group["per_high"]) * scale) if "per_high" in group else None,
        unit="万分之" if group["per"] == "万分之" else "%",
        dimension="percent",
        steps=(f"{group['per']}{group['per_low']} -> {plain(low * scale)}",),
    )


def _range(bound: Quantity, group: dict[str, str]) -> Quantity:
    """100万元至200万元, 5—10家; a low end in another unit is carried over to the unit of the high end."""
    unit = grammar.units()[group["high_unit"]]
    low, high = value_of(group["low"]), value_of(group["high"])
    if "low_unit" in group and (first := grammar.units()[group["low_unit"]]).base == unit.base:
        low = plain(low * first.factor / unit.factor)  # 9000万元至1亿元
    if unit.form == "年" and low >= 1900:
        return replace(bound, value=low, value_high=high, unit="年", dimension="period", comparator=Comparator.EQ)
    return _in_percent(replace(bound, value=low, value_high=high, unit=unit.form, dimension=unit.dimension))


def _single(bound: Quantity, group: dict[str, str]) -> Quantity | None:
    written, unit = group["number"], grammar.units()[group["unit"]]
    if written == "一" and unit.dimension in ("count", "ordinal") and bound.comparator is Comparator.EQ:
        return None  # 一个, 一批: an article, not a number
    if unit.form == "成" and not re.fullmatch(HAN, written):
        return None  # 300成果: 成 begins a word
    try:
        value = value_of(written)
    except ValueError:
        return None
    return _in_percent(replace(bound, value=value, unit=unit.form, dimension=unit.dimension))


def _in_percent(quantity: Quantity) -> Quantity:
    """‰ and 成 are stated in percent, since that is how rates are compared."""
    unit = grammar.units()[quantity.unit]
    if unit.dimension != "percent" or unit.factor == 1:
        return quantity
    return replace(
        quantity,
        value=plain(quantity.value * unit.factor),
        value_high=None if quantity.value_high is None else plain(quantity.value_high * unit.factor),
        unit="%",
        steps=(*quantity.steps, f"{quantity.quote} -> {quantity.value} × {unit.factor} %"),
    )


def _comparator(group: dict[str, str]) -> Comparator:
    """The binding of all comparator words together: the last specific word before, else the one after."""
    found: Comparator | None = None
    if before := group.get("before"):
        meanings = {bound.form: bound.comparator for bound in grammar.bounds() if bound.place == "before"}
        hits = re.findall("|".join(map(re.escape, meanings)), before)
        found = meanings[hits[-1]] if hits else None
    if after := group.get("after"):
        meanings = {bound.form: bound.comparator for bound in grammar.bounds() if bound.place == "after"}
        found = found or meanings[after]
    if "inclusive" in group:
        found = {Comparator.GT: Comparator.GE, Comparator.LT: Comparator.LE}.get(found or Comparator.EQ, found)
    return found or Comparator.EQ


def base_value(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """``value`` in the base of its unit: (170, 亿元) -> (17000000000, 元)."""
    known = grammar.units().get(unit)
    return (value * known.factor, known.base) if known else (value, unit)


def in_wan(quantity: Quantity, value: Decimal | None = None) -> Decimal:
    """A sum of money in 万元."""
    return plain((quantity.value if value is None else value) * grammar.units()[quantity.unit].factor / 10000)


def plain(value: Decimal) -> Decimal:
    """The same number without an exponent and without zeros behind the point: 1E+2 -> 100, 0.50 -> 0.5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
