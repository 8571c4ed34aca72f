"""What rules ask of a public consultation (``grammar/consultation.toml``), and what its notice shows of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar

from analysis.corpus.issue import comment_period
from analysis.grammar import grammar
from analysis.grammar.vocabularies import CommentPeriod, ConsultationDuty

_TO_VERIFY = "建议核对"  # the force of a rule that was made for other drafts
_LONGEST = 400  # characters of a line that are searched
_REASON = re.compile("(?:情况|时间|工作|形势)[^。]{0,8}(?:紧急|紧迫|急需)|缩短[^。]{0,12}(?:期限|时间)|因[^。]{0,20}急")
_SEND = re.compile("现[^。]{0,60}(?:征求|征集|公开)[^。]{0,20}意见|公开征求意见|征求意见的?(?:公告|通知|函)")
_STATUTE = re.compile("(?:条例|实施条例)$")


class DocumentKind(StrEnum):
    """What kind of draft the public is asked about: it decides which rule asks how many days."""

    MARKET_DOCUMENT = "market_document"  # 行政规范性文件 closely tied to what market players do
    OTHER_DOCUMENT = "other_document"  # other 行政规范性文件
    MAJOR_DECISION = "major_decision"  # 重大行政决策
    GOVERNMENT_RULE = "government_rule"  # 规章
    ADMINISTRATIVE_REGULATION = "administrative_regulation"  # 行政法规


class DutyState(StrEnum):
    """What the notice shows of a duty."""

    MET = "met"
    MISSING = "missing"
    UNKNOWN = "unknown"  # nothing says so, and only a person can tell
    LATER = "later"  # falls due after the period


@dataclass(frozen=True, slots=True)
class Requirement:
    """A duty as a line of the sheet: who asks what, whether it is met, and the words of the notice that show it.

    ``start`` and ``end`` are offsets of ``words`` in the notice as received, None where no words show it. ``remedy``
    says what to do, "" where nothing is to be done.
    """

    id: str
    title: str
    asks: str
    source: str
    force: str
    state: DutyState
    words: str = ""
    start: int | None = None
    end: int | None = None
    note: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ConsultationPeriod:
    """First and last day; ``days`` count from the day after the first day, ``workdays`` the working days among them.

    ``workdays`` is None where the days off of a year are not known yet. ``last_is_off`` says that the last day is no
    working day (None: not known).
    """

    first: date
    last: date
    days: int
    workdays: int | None
    last_is_off: bool | None


@dataclass(frozen=True, slots=True)
class ComplianceSheet:
    """The sheet of one consultation."""

    kind: DocumentKind
    period: ConsultationPeriod | None
    requirements: tuple[Requirement, ...]


def compliance_sheet(
    raw: str, kind: DocumentKind, *, first: date | None = None, last: date | None = None
) -> ComplianceSheet:
    """Hold a notice, with or without the draft below it, against the rules for drafts of its kind.

    ``raw`` is the text as received. ``first`` and ``last`` are the days as a person states them; they are read from
    the notice where None.
    """
    lines = _lines(raw)
    period = _period([line for _, line in lines], first, last)
    asked = [each for each in grammar().comment_periods if kind.value in each.kinds]
    rows = [_period_row(each, period, lines) for each in asked]
    if period is not None:
        rows.append(_last_day(period))
    rows += [
        _duty_row(each, kind, lines)
        for each in grammar().consultation_duties
        if not each.kinds or kind.value in each.kinds or each.by_analogy
    ]
    return ComplianceSheet(kind, period, tuple(rows))


def likely_kind(title: str) -> DocumentKind:
    """The kind of a draft by its title: a proposal for the person who decides it."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", title).rstrip("。 》")
    return DocumentKind.GOVERNMENT_RULE if _STATUTE.search(bare) else DocumentKind.MARKET_DOCUMENT


def working_days(first: date, last: date) -> int | None:
    """The working days from ``first`` to ``last``, both counted, as the State Council sets them; None: not yet set."""
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    try:
        return sum(bool(chinese_calendar.is_workday(day)) for day in days)
    except NotImplementedError:
        return None


def _lines(raw: str) -> list[tuple[int, str]]:
    """Lines with their offsets."""
    found = []
    offset = 0
    for line in raw.split("\n"):
        found.append((offset, line))
        offset += len(line) + 1
    return found


def _period(lines: Sequence[str], first: date | None, last: date | None) -> ConsultationPeriod | None:
    read = comment_period([line.replace(" ", "") for line in lines])
    first = first or (date.fromisoformat(read.first.value) if read.first else None)
    last = last or (date.fromisoformat(read.last.value) if read.last else None)
    if first is None or last is None or last < first or (last - first).days > 366:
        return None
    try:
        off = chinese_calendar.is_holiday(last)
    except NotImplementedError:
        off = None
    after = first + timedelta(1)
    return ConsultationPeriod(first, last, (last - first).days, working_days(after, last), off)


def _period_row(
    asked: CommentPeriod, period: ConsultationPeriod | None, lines: Sequence[tuple[int, str]]
) -> Requirement:
    unit = "个工作日" if asked.workdays else "日"
    given = None if period is None else period.workdays if asked.workdays else period.days
    title = f"期限不少于{asked.least}{unit}"
    words, start, end = _words_of_period(lines)
    state, note, remedy = DutyState.UNKNOWN, "没有读到起止日期", "请填写起止日期"
    if period is not None and given is None:
        note, remedy = "这一年的放假安排尚未公布，数不出工作日", "请在放假安排公布后核对"
    elif period is not None and given is not None:
        note = f"{period.first} 至 {period.last}，自公布次日起算 {given} {unit}"
        note += "" if asked.workdays else f"，首尾都计为 {given + 1} 日"
        state, remedy = DutyState.MET, ""
        if given < asked.least and (reason := _first(lines, (_REASON,))):
            state, remedy = DutyState.UNKNOWN, f"期限短于 {asked.least} {unit}，公告称“{reason[0]}”，请核对理由是否成立"
        elif given < asked.least:
            state, remedy = DutyState.MISSING, f"请延长到 {asked.least} {unit}，或者在公告里说明缩短的理由"
    return Requirement(
        asked.id, title, asked.asks, f"{asked.law} {asked.article}", asked.force, state, words, start, end, note, remedy
    )


def _words_of_period(lines: Sequence[tuple[int, str]]) -> tuple[str, int | None, int | None]:
    """The sentence of the notice that states the period."""
    for offset, line in lines:
        for sentence in re.finditer("[^。]+。?", line[:_LONGEST]):
            read = comment_period([sentence.group().replace(" ", "")])
            if read.last is not None:
                return sentence.group(), offset + sentence.start(), offset + sentence.end()
    return "", None, None


def _last_day(period: ConsultationPeriod) -> Requirement:
    state = DutyState.UNKNOWN if period.last_is_off is not False else DutyState.MET
    note = {
        True: f"{period.last} 不是工作日",
        False: f"{period.last} 是工作日",
        None: f"{period.last.year} 年的放假安排尚未公布",
    }[period.last_is_off]
    remedy = "建议顺延到下一个工作日，当天收到的意见照收" if period.last_is_off else ""
    asks = "期限以公历日计，自公布次日起算；最后一日是节假日的宜顺延"
    return Requirement("Q6-last", "截止日", asks, "期间计算惯例", _TO_VERIFY, state, note=note, remedy=remedy)


def _duty_row(duty: ConsultationDuty, kind: DocumentKind, lines: Sequence[tuple[int, str]]) -> Requirement:
    analogous = duty.by_analogy and kind.value not in duty.kinds
    source = f"{'参照' if analogous else ''}{duty.law} {duty.article}"
    row = (duty.id, duty.title, duty.asks, source, _TO_VERIFY if analogous else duty.force)
    if duty.when == "after":
        return Requirement(*row, DutyState.LATER)
    if shown := _first(_notice(lines), duty.about):
        return Requirement(*row, DutyState.MET, *shown)
    return Requirement(*row, DutyState.MISSING, note="公告里没有读到", remedy=f"请在公告里写明或补上：{duty.asks}")


def _notice(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines of the notice: all before the draft, and the line that announces the enclosure.

    A text that does not send a draft has no notice.
    """
    if not any(_SEND.search(line[:_LONGEST]) for _, line in lines[:60]):
        return
    for offset, line in lines:
        yield offset, line
        if re.fullmatch(r"\s*附\s*件\s*[\d一二三]?\s*", line):
            return


def _first(
    lines: Sequence[tuple[int, str]] | Iterator[tuple[int, str]], about: Sequence[re.Pattern[str]]
) -> tuple[str, int, int] | None:
    """The first words that show something, with their offsets."""
    for offset, line in lines:
        for pattern in about:
            if match := pattern.search(line[:_LONGEST]):
                return match.group(), offset + match.start(), offset + match.end()
    return None
