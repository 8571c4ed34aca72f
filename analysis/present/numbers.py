"""Numbers, comparators and periods as Chinese readers expect them: 1,000 万元, ≥700, 2020 年."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from analysis.chinese_words import COMPARATORS, SIGNS
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


def with_unit(value: Decimal | int | float | None, unit: str, decimals: int | None = None) -> str:
    """A figure and its unit with a thin space between figure and Han unit; no unit after an unknown figure."""
    text = figure(value, decimals)
    if text == NO_FIGURE or not unit:
        return text
    return f"{text}{unit}" if unit.startswith(_TIGHT_UNITS) else f"{text}{THIN_SPACE}{unit}"


def comparator_sign(comparator: Comparator) -> str:
    """``Comparator.GE`` -> ``≥``."""
    return SIGNS[comparator]


def comparator_word(comparator: Comparator) -> str:
    """``Comparator.GE`` -> 不低于: for files, where a lone = would be taken for a formula and marked as text."""
    return COMPARATORS[comparator]


def year(value: int | None, unknown: str = "未写年份") -> str:
    """``2020`` -> ``2020 年`` (thin space)."""
    return unknown if value is None else f"{value}{THIN_SPACE}年"


def period(target_year: int | None, baseline_year: int | None = None, recurring: str | None = None) -> str:
    """When a target is due: ``2020 年``, ``每年，至 2020 年``, ``2027 年（较 2023 年）``, ``未写年份``."""
    if recurring is not None:
        text = "每年" if target_year is None else f"每年，至 {year(target_year)}"
    else:
        text = year(target_year)
    return text if baseline_year is None else f"{text}（较 {year(baseline_year)}）"


def date(iso: str | None, unknown: str = "时间不详") -> str:
    """ISO date as precise as known -> Chinese: ``2022-09-23`` -> ``2022 年 9 月 23 日`` (thin spaces)."""
    if not iso:
        return unknown
    parts = [str(int(part)) for part in iso.split("-")]
    pairs = zip(parts, ("年", "月", "日"), strict=False)
    return THIN_SPACE.join(f"{part}{THIN_SPACE}{unit}" for part, unit in pairs)
