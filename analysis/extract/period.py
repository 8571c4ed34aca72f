"""Which year a number is for: deadlines, five-year plans, bare years, the year of an annual plan, base years."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.extract import target_patterns as patterns
from analysis.extract.numerals import DIGITS, value_of
from analysis.extract.quantity_forms import HAN_YEAR
from analysis.extract.sentences import Part
from analysis.model import Card

FILE_NAME = "文件名"  # how a card says that a field was read from the name of its file
LONGEST_DATE_LINE = 40  # a longer line is a sentence, which may cite the number of another text
FIVE_YEAR_PLAN_END = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}


@dataclass(frozen=True, slots=True)
class Period:
    """A year that words name, and where. ``firm``: written as a deadline (到2027年), not merely named (2027年，)."""

    year: int
    firm: bool
    start: int
    end: int
    counted: bool = False  # the year up to which something has been counted (截至2023年底)


_HAN_YEAR = re.compile(f"{HAN_YEAR}(?=年)")


def period_of(part: Part, issued: int | None) -> Period | None:
    """The year that ``part`` names for its numbers, or None.

    ``issued``: year of the text, from which 三年内 and 第三年 count; where it is not known they name no year.
    """
    text = _in_figures(part.text)

    def named(year: int, found: re.Match[str], *, firm: bool) -> Period:
        return Period(year, firm, part.start + found.start(), part.start + found.end())

    if found := patterns.DEADLINE.find(text):
        counted = patterns.UP_TO_NOW.find(text)
        period = named(int(found["a"] or found["b"] or found["c"]), found, firm=counted is None)
        return replace(period, counted=counted is not None)
    if found := patterns.FIVE_YEAR_PLAN.find(text):
        return named(FIVE_YEAR_PLAN_END[found["plan"]], found, firm=True)
    if found := patterns.YEAR_RANGE.find(text):
        return named(int(found["year"]), found, firm=True)
    if issued and (found := patterns.WITHIN_YEARS.find(text)):
        return named(issued + int(value_of(found["years"])), found, firm=True)
    if issued and (found := patterns.NTH_YEAR.find(text)):  # the first year is that of the text
        return named(issued + int(value_of(found["years"])) - 1, found, firm=True)
    if patterns.BASELINE.find(text):
        return None
    if found := patterns.BARE_YEAR.find(text) or patterns.YEAR_INSIDE.find(text):
        period = named(int(found["year"]), found, firm=False)
        return replace(period, counted=patterns.UP_TO_NOW.find(text) is not None)
    return None


def this_year(part: Part, plan: int | None, issued: int | None) -> Period | None:
    """今年 and 全年 as the year that the text plans for, else that of its issue; None where neither is known."""
    found = patterns.THIS_YEAR.find(part.text)
    year = plan or issued
    if found is None or year is None:
        return None
    return Period(year, plan is not None, part.start + found.start(), part.start + found.end())


def looks_back(title: str) -> bool:
    """Whether a title says that the text tells what has been done; its year is over then."""
    return patterns.REPORT_TITLE.find(title) is not None


def plan_year(card: Card, text: str) -> int | None:
    """The year that a text plans for: the one its title names, the last of the years there, the end of its five-year
    plan; else the year of a plan or a meeting that its first lines name (科技赋能行动2025年实施方案).

    A title that only the name of the file gives counts where it names a plan.
    """
    title = card.title
    if looks_back(title):
        return None
    if found := patterns.TITLE_YEARS.find(title):
        return int(found["last"])
    if found := patterns.TITLE_PLAN.find(title):
        return FIVE_YEAR_PLAN_END[found["plan"]]
    of_file = FILE_NAME in dict(card.inferred).get("title", "")
    if (not of_file or patterns.PLAN_NAME.find(title)) and (found := patterns.TITLE_YEAR.find(title)):
        return int(found["year"])
    found = patterns.PLAN_YEAR.find(text[:600]) or patterns.MEETING_PLANS.find(text[:600])
    return int(found["year"]) if found else None


def issue_year(card: Card, text: str) -> int | None:
    """The year of a text: its card's, else that of a number or a date that has a line of its own at head or end.

    What only the name of the file says is no word of the text: 今年 is not read by it.
    """
    if card.issued_year and FILE_NAME not in dict(card.inferred).get("issued", ""):
        return card.issued_year
    for line in (*text[:400].split("\n"), *text[-200:].split("\n")):
        found = patterns.DATED.find(line) if len(line) <= LONGEST_DATE_LINE else None
        if found:
            return int(found["number"] or found["date"])
    return None


def base_year(part: Part) -> int | None:
    """The year that growth is measured from: 较2023年实现翻番."""
    found = patterns.BASELINE.find(_in_figures(part.text))
    return int(found["year"]) if found else None


def _in_figures(text: str) -> str:
    """二〇二五年 as 2025年: one character for one, so that places stay true."""
    return _HAN_YEAR.sub(lambda year: "".join(str(DIGITS[digit]) for digit in year.group()), text)
