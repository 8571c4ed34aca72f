"""Numbers, bounds and periods as Chinese readers expect them: 1,000 万元, ≥700, 2020 年."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from analysis.chinese_words import SIGNS
from analysis.model import Comparator

THIN_SPACE = "\u2009"
NO_FIGURE = "—"

# These sit against their figure without a space: 30%, 6‰.
_TIGHT_UNITS = ("%", "‰", "％")
_BETWEEN = re.compile(r"(?<=[0-9%]) ?(?=[\u4e00-\u9fff])(?!号)|(?<=[\u4e00-\u9fff]) ?(?=[0-9])")


def spaced(text: str) -> str:
    """A thin space between figures and Han characters."""
    return _BETWEEN.sub(THIN_SPACE, text)


def figure(value: Decimal | int | float | None, decimals: int | None = None) -> str:
    """``1942.10`` -> ``1,942.1``. ``decimals`` rounds half up first; ``None`` (unknown) gives a dash, never 0."""
    if value is None:
        return NO_FIGURE
    number = Decimal(str(value))
    if not number.is_finite():
        return NO_FIGURE
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def round_numbers(low: Decimal, high: Decimal, factors: Sequence[int] = (1, 2, 5)) -> list[Decimal]:
    """The factors times each power of ten, from ``low`` to ``high``."""
    powers = range(low.adjusted(), high.adjusted() + 1)
    found = [Decimal(factor).scaleb(power) for power in powers for factor in factors]
    return [one for one in found if low <= one <= high]


def with_unit(value: Decimal | int | float | None, unit: str, decimals: int | None = None) -> str:
    """A figure and its unit with a thin space between figure and Han unit; no unit after an unknown figure."""
    text = figure(value, decimals)
    if text == NO_FIGURE or not unit:
        return text
    return f"{text}{unit}" if unit.startswith(_TIGHT_UNITS) else f"{text}{THIN_SPACE}{unit}"


def span(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A figure with its unit, or from one to another where both are known and differ: ``100–200 万元``."""
    if low is None or high is None or low == high:
        return with_unit(high if low is None else low, unit)
    return f"{figure(low)}–{with_unit(high, unit)}"


def bound_sign(comparator: Comparator | None) -> str:
    """``Comparator.GE`` -> ``≥``; nothing where a text gives no bound."""
    return "" if comparator in (None, Comparator.EQ) else SIGNS[comparator]


def year(value: int | None, unknown: str = "未写年份") -> str:
    """``2020`` -> ``2020 年`` (thin space)."""
    return unknown if value is None else f"{value}{THIN_SPACE}年"


def period(target_year: int | None, recurring: str | None) -> str:
    """When a target is due: ``2020 年``, ``每年，至 2020 年``, ``未写年份``."""
    if recurring is None:
        return year(target_year)
    return "每年" if target_year is None else f"每年，至 {year(target_year)}"


def date(iso: str | None, unknown: str = "时间不详") -> str:
    """ISO date as precise as known -> Chinese: ``2022-09-23`` -> ``2022 年 9 月 23 日`` (thin spaces)."""
    if not iso:
        return unknown
    parts = [str(int(part)) for part in iso.split("-")]
    pairs = zip(parts, ("年", "月", "日"), strict=False)
    return THIN_SPACE.join(f"{part}{THIN_SPACE}{unit}" for part, unit in pairs)
