"""A list of sums, each with its own receiver: 国家、省级、市级孵化器 … 300万元、150万元、50万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis import grammar
from analysis.extract.beneficiary import UNWRITTEN, Beneficiary
from analysis.extract.receiver import receiver_of
from analysis.extract.statements import Statement

_AND = "[、和及与或]"
_NEXT_SUM = re.compile(r"[^，,；。]*|[\d.,%％‰万亿元]+[，,]")  # what stands from one sum of a list to the next


def respective(who: Beneficiary, statement: Statement, sums: Sequence[int]) -> tuple[Beneficiary, ...]:
    """A receiver for each of the gifts, whose first numbers begin at ``sums``.

    Sums that stand in one list share out the list of receivers, grades or cases before them, where it is as long;
    a receiver named behind its own share has it.
    """
    text = statement.text
    places = [at - statement.start for at in sums]
    given: list[Beneficiary] = []
    for low, high in _runs(text, places):
        before = text[places[low - 1] if low else 0 : places[low]]
        given += _shared_out(who, before, _graded_sums(text, places[low:high]), high - low)
    if len(given) > 1:
        ends = [*places[1:], len(text)]
        given = [_own(one, text[:at], text[at:end]) for one, at, end in zip(given, places, ends, strict=True)]
    return tuple(given)


def _runs(text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of gifts whose sums stand in one list, as (from, to)."""
    low = 0
    for high in range(1, len(places) + 1):
        if high == len(places) or not _NEXT_SUM.fullmatch(text[places[high - 1] : places[high]]):
            yield low, high
            low = high


def _graded_sums(text: str, places: Sequence[int]) -> list[str]:
    """The grades that stand each before its sum, if every sum has one of its own."""
    behind = [0, *places]
    found = [
        grammar.patterns()["grade_just_before"].find(text[low:high])
        for low, high in zip(behind[:-1], places, strict=True)
    ]
    grades = [one["grade"] for one in found if one]
    return grades if len(set(grades)) == len(places) > 1 else []


def _shared_out(who: Beneficiary, before: str, grades: Sequence[str], count: int) -> Sequence[Beneficiary]:
    if count < 2:
        return (who,) * count
    if grades:
        return [_graded(who, grade, who.trigger) for grade in grades]
    if graded := _each_grade(who.name, count):
        return [replace(who, name=name, receiver=receiver_of(name)) for _, name in graded]
    if members := _members(who.name, count):
        case, names = members
        trigger = who.trigger or case
        return [Beneficiary(name, receiver_of(name), trigger) for name in names]
    if triggers := _each_grade(who.trigger, count):
        return [_graded(who, grade, trigger) for grade, trigger in triggers]
    return [_graded(who, grade, who.trigger) for grade, _ in _each_grade(before, count)] or [who] * count


def _graded(who: Beneficiary, grade: str, trigger: str) -> Beneficiary:
    """The receiver with its grade beside the name: 完成单位（一等奖）."""
    known = who.name == UNWRITTEN or grade in who.name
    return replace(who, name=who.name if known else f"{who.name}（{grade}）", trigger=trigger)


def _each_grade(words: str, count: int) -> list[tuple[str, str]]:
    """(grade, the words with that grade alone) for a list of exactly ``count`` grades: 一、二等奖 -> 一等奖, 二等奖."""
    grade = grammar.patterns()["grade"].regex.pattern
    found = re.search(f"{grade}(?:{_AND}{grade}){{{count - 1},}}", words)
    items = re.findall(grade, found.group()) if found else []
    if not found or len(items) != count:
        return []
    ending = re.search("(?:级|等奖|等|类|档)$", items[-1])
    items = [item if not ending or item.endswith(ending.group()) else item + ending.group() for item in items]
    return [(item, words[: found.start()] + item + words[found.end() :]) for item in items]


def _members(name: str, count: int) -> tuple[str, tuple[str, ...]] | None:
    """(case, names) for a list of exactly ``count`` names: 首次认定的A、B和C -> 首次认定, (A, B, C)."""
    first = re.split(_AND, name)[0]
    case = re.match(".*[的为]", first)
    names = re.split(_AND, name[case.end() if case else 0 :])
    ends = re.compile(f"{grammar.patterns()['noun'].regex.pattern}$")
    if len(names) != count or not all(ends.search(each) for each in names):
        return None
    return (case.group()[:-1] if case else ""), tuple(names)


def _own(who: Beneficiary, before: str, behind: str) -> Beneficiary:
    """The receiver named beside a share: 70%奖励给成果完成人 · …，管理人员获得的份额不低于5%."""
    found = grammar.patterns()["dative"].find(behind)
    if not found and "，" in before:
        found = grammar.patterns()["holder"].find(re.split("[，；]", before)[-1])
    return replace(who, name=found["who"], receiver=receiver_of(found["who"])) if found else who
