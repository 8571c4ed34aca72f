"""Which year a number is for: deadlines, five-year plans, bare years, the year of an annual plan, base years."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis import grammar
from analysis.extract.numerals import DIGITS, value_of
from analysis.extract.quantity_forms import HAN_YEAR
from analysis.extract.sentences import Part
from analysis.model import Card

FIVE_YEAR_PLAN_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}


@dataclass(frozen=True, slots=True)
class Period:
    """A year that is in scope. ``firm``: written as a deadline (到2027年), not merely named (2027年，)."""

    year: int | None = None
    firm: bool = False


NO_PERIOD = Period()


_HAN_YEAR = re.compile(f"{HAN_YEAR}(?=年)")


def period_after(part: Part, period: Period, plan: int | None, issued: int | None = None) -> Period:
    """The period in scope behind ``part``: the one it names, else the one before.

    ``plan``: year of an annual plan. ``issued``: year of the text, from which 三年内 and 第三年 count; where it is not
    known they name no year.
    """
    patterns = grammar.patterns()
    text = _in_figures(part.text)
    if period.year is None and plan and patterns["this_year"].find(text):
        return Period(plan, firm=True)
    if found := patterns["deadline"].find(text):
        counted = patterns["up_to_now"].find(text)
        return Period(int(found["a"] or found["b"] or found["c"]), firm=counted is None)
    if found := patterns["five_year_plan"].find(text):
        return Period(FIVE_YEAR_PLAN_END[found["plan"]], firm=True)
    if found := patterns["year_range"].find(text):
        return Period(int(found["year"]), firm=True)
    if issued and (found := patterns["within_years"].find(text)):
        return Period(issued + int(value_of(found["years"])), firm=True)
    if issued and (found := patterns["nth_year"].find(text)):  # the first year is that of the text
        return Period(issued + int(value_of(found["years"])) - 1, firm=True)
    if patterns["baseline"].find(text):
        return period
    if found := patterns["bare_year"].find(text) or patterns["year_inside"].find(text):
        return Period(int(found["year"]), firm=False)
    return period


def plan_year(title: str, text: str) -> int | None:
    """The one year that a plan is for, from its title or its first lines: 科技赋能行动2025年实施方案."""
    pattern = grammar.patterns()["plan_year"]
    found = pattern.find(title) or pattern.find(text[:600])
    return int(found["year"]) if found else None


def issue_year(card: Card, text: str) -> int | None:
    """The year of a text: its card's, else that of the number or of the first date in its head or signature."""
    if card.issued_year:
        return card.issued_year
    pattern = grammar.patterns()["dated"]
    found = pattern.find(text[:400]) or pattern.find(text[-200:])
    return int(found["number"] or found["date"]) if found else None


def base_year(part: Part) -> int | None:
    """The year that growth is measured from: 较2023年实现翻番."""
    found = grammar.patterns()["baseline"].find(_in_figures(part.text))
    return int(found["year"]) if found else None


def _in_figures(text: str) -> str:
    """二〇二五年 as 2025年: one character for one, so that places stay true."""
    return _HAN_YEAR.sub(lambda year: "".join(str(DIGITS[digit]) for digit in year.group()), text)
