"""A list of sums, each with its own receiver: 国家、省级、市级孵化器 … 300万元、150万元、50万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.extract import receiver_patterns as patterns
from analysis.extract.beneficiary import UNWRITTEN, Beneficiary
from analysis.extract.receiver import receiver_of
from analysis.extract.statements import Statement

_AND = "[、和及与或]"
_NEXT_SUM = re.compile(r"[^，,；。]*|[\d.,%％‰万亿元]+[，,]")  # what stands from one sum of a list to the next


def respective(who: Beneficiary, statement: Statement, sums: Sequence[int]) -> tuple[Beneficiary, ...]:
    """A receiver for each of the incentives, whose first numbers begin at ``sums``.

    Sums that stand in one list share out the list of receivers, grades or cases before them, where it is as long;
    a receiver named behind its own share has it.
    """
    text = statement.text
    places = [at - statement.start for at in sums]
    given = [_graded(who, grade, who.trigger) for grade in _graded_sums(text, places)]
    for low, high in _runs(text, places) if not given else ():
        given += _shared_out(who, text[places[low - 1] if low else 0 : places[low]], high - low)
    if len(given) > 1:
        since = [0, *places[:-1]]
        ends = [*places[1:], len(text)]
        spans = zip(given, since, places, ends, strict=True)
        given = [_own(one, text[:at], text[at:end], text[low:at] if low else "") for one, low, at, end in spans]
    return tuple(given)


def _runs(text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of incentives whose sums stand in one list, as (from, to)."""
    low = 0
    for high in range(1, len(places) + 1):
        if high == len(places) or not _NEXT_SUM.fullmatch(text[places[high - 1] : places[high]]):
            yield low, high
            low = high


def _graded_sums(text: str, places: Sequence[int]) -> list[str]:
    """The grades that stand each before its sum, if every sum has one of its own."""
    behind = [0, *places]
    found = [patterns.GRADE_JUST_BEFORE.find(text[low:high]) for low, high in zip(behind[:-1], places, strict=True)]
    grades = [one["grade"] for one in found if one]
    return grades if len(set(grades)) == len(places) > 1 else []


def _shared_out(who: Beneficiary, before: str, count: int) -> Sequence[Beneficiary]:
    """One receiver for each of ``count`` sums in a row: from the name, from the case, from the words ``before``."""
    if count < 2:
        return (who,) * count
    triggers = _each_grade(who.trigger, count)
    if graded := _each_grade(who.name, count):
        return _named_by_grade(graded, [trigger for _, trigger in triggers] or [who.trigger] * count)
    if members := _members(who.name, count):
        case, names = members
        trigger = who.trigger or case
        return [Beneficiary(name, receiver_of(name), trigger) for name in names]
    if triggers:
        return [_graded(who, grade, trigger) for grade, trigger in triggers]
    return [_graded(who, grade, who.trigger) for grade, _ in _each_grade(before, count)] or [who] * count


def _named_by_grade(graded: Sequence[tuple[str, str]], triggers: Sequence[str]) -> list[Beneficiary]:
    """A receiver for each (grade, name): 新认定的国家级孵化器 is 国家级孵化器 in the case 新认定."""
    found = []
    for (grade, name), trigger in zip(graded, triggers, strict=True):
        case = re.match(f"(.+)的(?=[^的]*{re.escape(grade)})", name)
        short = case is not None and len(name) - case.end() > len(grade)
        own = name[case.end() :] if case and short else name
        found.append(Beneficiary(own, receiver_of(own), trigger or (case[1] if case and short else "")))
    return found


def _graded(who: Beneficiary, grade: str, trigger: str) -> Beneficiary:
    """The receiver with its grade beside the name: 完成单位（一等奖）."""
    if who.name == UNWRITTEN:
        return replace(who, trigger=trigger or grade)
    return replace(who, name=who.name if grade in who.name else f"{who.name}（{grade}）", trigger=trigger)


def _each_grade(words: str, count: int) -> list[tuple[str, str]]:
    """(grade, the words with that grade alone) for a list of exactly ``count`` grades: 一、二等奖 -> 一等奖, 二等奖."""
    grade = patterns.GRADE.text
    found = re.search(f"{grade}(?:{_AND}{grade}){{{count - 1},}}", words)
    items = re.findall(grade, found.group()) if found else []
    if not found or len(items) != count:
        return []
    ending = re.search("(?:级|等奖|等|类|档)$", items[-1])
    items = [item if not ending or item.endswith(ending.group()) else item + ending.group() for item in items]
    return [(item, words[: found.start()] + item + words[found.end() :]) for item in items]


def _members(name: str, count: int) -> tuple[str, tuple[str, ...]] | None:
    """(case, names) for a list of exactly ``count`` names: 首次认定的A、B和C -> 首次认定, (A, B, C).

    A list inside an attribute shares the noun behind it: 突破1亿元、5亿元的机构 -> 突破1亿元的机构, 突破5亿元的机构.
    """
    first = re.split(_AND, name)[0]
    case = re.match(".*[的为]", first)
    names = re.split(_AND, name[case.end() if case else 0 :])
    if len(names) != count or not all(names):
        return None
    ends = re.compile(f"{patterns.NOUN.text}$")
    last, attribute, noun = names[-1].partition("的")
    if attribute and last and _parallel((*names[:-1], last), ends):
        verb = re.split(r"\d", names[0])[0]  # 突破 of 突破1亿元、5亿元
        shared = [verb + each if each[0].isdigit() else each for each in (*names[:-1], last)]
        return (case.group()[:-1] if case else ""), tuple(f"{each}的{noun}" for each in shared)
    if not all(ends.search(each) for each in names):
        return None
    return (case.group()[:-1] if case else ""), tuple(names)


def _parallel(names: Sequence[str], ends: re.Pattern[str]) -> bool:
    """Whether the members of a list are of one make: all end in a noun, or in the same two characters."""
    return all(ends.search(each) for each in names) or len({each[-2:] for each in names}) == 1


def _own(who: Beneficiary, before: str, behind: str, between: str) -> Beneficiary:
    """The receiver named beside a share: 70%奖励给成果完成人 · …，管理人员获得的份额不低于5%.

    ``between``: the words since the number before.
    """
    nearest = re.split("[，；]", before)[-1]
    found = patterns.OWN_SHARE.find(re.split("，(?=并|再|另|同时)", behind)[0])  # 并给予… is of the next sum
    found = found or (patterns.GIVEN_TO_BEFORE.find(nearest) if nearest != before else None)
    if not found and nearest != before:
        own = (pattern.find(nearest) for pattern in (patterns.HOLDER, patterns.TOPIC, patterns.SHARING))
        found = next((one for one in own if one), None)
    if found and any(no.find(found["who"]) for no in (patterns.NAMELESS, patterns.NOBODY)):
        found = None
    found = found or patterns.WHO_JUST_BEFORE.find(between)
    if case := patterns.CASE_JUST_BEFORE.find(before) if nearest != before else None:
        who = replace(who, trigger=case["case"])
    return replace(who, name=found["who"], receiver=receiver_of(found["who"])) if found else who
