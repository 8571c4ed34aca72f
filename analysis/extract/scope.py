"""What holds for the numbers of a text before any sentence is read closely: year, tense, requirement.

A year is named by a deadline, a five-year plan, a bare year, or the year of an annual plan. It may stand in the part
itself, earlier in its sentence or paragraph, in the paragraph that announces a list, in the lead of the section, in a
heading, in the title or in the date line. Each part gets the nearest of these, and keeps where it came from. Computed
once for the clause tree; shown by ``python -m analysis explain``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from analysis.extract import target_patterns as patterns
from analysis.extract.number_forms import DIGITS, HAN_YEAR, value_of
from analysis.extract.sentences import Part, Sentence, chains
from analysis.model import Card, Clause, Document, TextKind

FILE_NAME = "文件名"  # how a card says that a field was read from the name of its file
LONGEST_DATE_LINE = 40  # a longer line is a sentence, which may cite the number of another text
FIVE_YEAR_PLAN_END = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_HAN_YEAR = re.compile(f"{HAN_YEAR}(?=年)")


class YearFrom(StrEnum):
    """Where a year was found, from near to far."""

    PART = "part"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    LIST = "list"
    LEAD = "lead"
    HEADING = "heading"
    TITLE = "title"
    NOWHERE = "nowhere"


NEAR = (YearFrom.PART, YearFrom.SENTENCE, YearFrom.PARAGRAPH, YearFrom.LIST)


class Tense(StrEnum):
    """Whether the words around tell what is to be done or what has been done."""

    PLAN = "plan"
    REPORT = "report"
    OPEN = "open"


class Period(NamedTuple):
    """A year that words name, and where. ``firm``: written as a deadline (到2027年), not merely named (2027年，)."""

    year: int
    firm: bool
    start: int
    end: int
    counted: bool = False  # the year up to which something has been counted (截至2023年底)


@dataclass(frozen=True, slots=True)
class TextScope:
    """What the text as a whole settles. ``plan``: the year that its title or head plans for."""

    kind: TextKind
    plan: int | None
    issued: int | None
    dated: int | None = None  # year of issue from any source, the name of the file included
    reports: bool = False  # its title looks back


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for one part of a sentence. ``start`` and ``end`` say where the year stands (0, 0: in no clause)."""

    text: TextScope
    year: int | None = None
    firm: bool = False  # written as a deadline (到2027年), not merely named (2027年，)
    year_from: YearFrom = YearFrom.NOWHERE
    start: int = 0
    end: int = 0
    counted: bool = False  # the year is the one up to which something has been counted (截至2023年底)
    tense: Tense = Tense.OPEN
    required: bool = False  # inside a list of requirements (应当具备下列条件：)

    @property
    def near(self) -> bool:
        """Whether the year stands in the paragraph of the number, or in the one that announces its list."""
        return self.year_from in NEAR

    def naming(self, period: Period) -> Scope:
        """The same scope with a year that stands in the part itself."""
        return replace(self, year_from=YearFrom.PART, **period._asdict())


def text_scope(document: Document) -> TextScope:
    """The scope of a whole text, from its card and its head."""
    card = document.card
    # A statute plans for no year: what its title or history name is when it was made.
    plan = None if card.kind is TextKind.STATUTE else plan_year(card, document.text)
    issued = issue_year(card, document.text)
    reports = patterns.REPORT_TITLE.find(card.title) is not None
    return TextScope(card.kind, plan, issued, issued or card.issued_year, reports)


def scopes(document: Document, clauses: Sequence[Clause], found: Sequence[Sentence]) -> Mapping[int, Scope]:
    """The scope of every part of ``found``, by the offset where the part starts."""
    whole = text_scope(document)
    parents = {chain[-1].index: chain[-2].index for chain in chains(clauses) if len(chain) > 1}
    at_title = Scope(whole, whole.plan, False, YearFrom.TITLE) if whole.plan else Scope(whole)
    leads: dict[int, Scope] = {}  # by index of the clause: the year that its last lead sentence named
    result: dict[int, Scope] = {}
    scope, tense = at_title, Tense.REPORT if whole.reports else Tense.OPEN
    paragraph, announced = -1, False
    for sentence in found:
        if sentence.paragraph != paragraph:
            item = patterns.LIST_ITEM.find(sentence.text) is not None
            numbered = patterns.NUMBERING.regex.match(sentence.text) is not None
            required = scope.required and numbered
            if (announced or item) and scope.year_from not in (YearFrom.TITLE, YearFrom.NOWHERE):
                scope = replace(scope, year_from=YearFrom.LIST)
            else:
                scope = _from_above(sentence, parents, leads, at_title)
            tense = _tense(sentence, tense)
            scope = replace(scope, required=required, tense=tense)
            paragraph = sentence.paragraph
        elif scope.year_from in (YearFrom.PART, YearFrom.SENTENCE):
            scope = replace(scope, year_from=YearFrom.PARAGRAPH)
        for part in sentence.parts:
            scope = _behind(part, scope)
            result[part.start] = scope
            if scope.year_from is YearFrom.PART:
                if _leads(scope) and sentence.text.strip() not in document.card.title:
                    leads[sentence.clause.index] = replace(scope, year_from=YearFrom.LEAD)
                scope = replace(scope, year_from=YearFrom.SENTENCE)
        announced = sentence.text.rstrip().endswith(("：", ":"))
        if announced:
            scope = replace(scope, required=patterns.REQUIREMENTS.find(sentence.text) is not None)
    return result


def _behind(part: Part, scope: Scope) -> Scope:
    """The scope with the year that ``part`` names, else as before."""
    if "年" not in part.text and "五" not in part.text:  # every way to name a year has one of them
        return scope
    whole = scope.text
    period = this_year(part, whole.plan, whole.issued) if not scope.near else None
    period = period or period_of(part, whole.issued)
    if period is None:
        return scope
    if period.year == whole.plan and not period.counted:
        period = period._replace(firm=True)  # what a text says of the year that it plans for is to come
    return scope.naming(period)


def _leads(scope: Scope) -> bool:
    """Whether a year may rule what follows in its section: one that lies ahead of the text, or that it plans for."""
    text, year = scope.text, scope.year
    if year is None or text.kind is TextKind.STATUTE or scope.counted or (text.issued and year < text.issued):
        return False
    return scope.firm or year == text.plan or bool(text.dated and year >= text.dated)


def _from_above(sentence: Sentence, parents: Mapping[int, int], leads: Mapping[int, Scope], title: Scope) -> Scope:
    """The year of the nearest lead or heading above a paragraph, else that of the title."""
    clause, headings = sentence.clause.index, list(sentence.headings)
    while True:
        if clause in leads:
            return leads[clause]
        heading = headings.pop() if headings else ""
        found = None if patterns.REPORT_HEADING.find(heading) else patterns.HEADING_YEAR.find(heading)
        if found:  # 2025年主要目标
            return replace(title, year=int(found["year"]), firm=False, year_from=YearFrom.HEADING)
        if clause not in parents:
            return title
        clause = parents[clause]


def _tense(sentence: Sentence, before: Tense) -> Tense:
    """What a paragraph tells, by its nearest heading that says it, else by how it opens, else as the one before."""
    for heading in reversed(sentence.headings):
        if patterns.REPORT_HEADING.find(heading):
            return Tense.REPORT
        if patterns.PLAN_HEADING.find(heading):
            return Tense.PLAN
    opening = sentence.text[:60]
    if patterns.PLAN_OPENING.find(opening):
        return Tense.PLAN
    if patterns.REPORT_OPENING.find(opening):
        return Tense.REPORT
    return before


def respective_years(part: Part) -> Mapping[int, Period]:
    """2025年、2026年分别达到1000亿元、1300亿元: the year that answers each number, by the number's start."""
    if "分别" not in part.text:
        return {}
    years = [each for each in part.quantities if each.dimension == "year"]
    answers: dict[int, Period] = {}
    for dimension in {each.dimension for each in part.quantities} - {"year"}:
        alike = [each for each in part.quantities if each.dimension == dimension]
        if len(years) == len(alike) > 1:
            for number, year in zip(alike, years, strict=True):
                answers[number.start] = Period(int(year.value), True, year.start, year.end)
    return answers


def period_of(part: Part, issued: int | None) -> Period | None:
    """The year that ``part`` names for its numbers, or None.

    ``issued``: year of the text, from which 三年内 and 第三年 count; where it is not known they name no year.
    """
    text = _in_figures(part.text)

    def named(year: int, found: re.Match[str], *, firm: bool, counted: bool = False) -> Period:
        return Period(year, firm, part.start + found.start(), part.start + found.end(), counted)

    if found := patterns.DEADLINE.find(text):
        counted = patterns.UP_TO_NOW.find(text) is not None
        return named(int(found["a"] or found["b"] or found["c"]), found, firm=not counted, counted=counted)
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
        return named(int(found["year"]), found, firm=False, counted=patterns.UP_TO_NOW.find(text) is not None)
    return None


def this_year(part: Part, plan: int | None, issued: int | None) -> Period | None:
    """今年 and 全年 as the year that the text plans for, else that of its issue; None where neither is known."""
    found = patterns.THIS_YEAR.find(part.text)
    year = plan or issued
    if found is None or year is None:
        return None
    return Period(year, plan is not None, part.start + found.start(), part.start + found.end())


def plan_year(card: Card, text: str) -> int | None:
    """The year that a text plans for: the one its title names, the last of the years there, the end of its five-year
    plan; else the year of a plan or a meeting that its first lines name (科技赋能行动2025年实施方案).

    A title that only the name of the file gives counts where it names a plan.
    """
    title = card.title
    if patterns.REPORT_TITLE.find(title):  # it tells what has been done, and its year is over
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
        if len(line) <= LONGEST_DATE_LINE and (found := patterns.DATED.find(line)):
            return int(found["number"] or found["date"])
    return None


def base_year(part: Part) -> int | None:
    """The year that growth is measured from: 较2023年实现翻番."""
    found = patterns.BASELINE.find(_in_figures(part.text))
    return int(found["year"]) if found else None


def _in_figures(text: str) -> str:
    """二〇二五年 as 2025年: one character for one, so that places stay true."""
    return _HAN_YEAR.sub(lambda year: "".join(str(DIGITS[digit]) for digit in year.group()), text)
