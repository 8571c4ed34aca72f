"""What differs between a clause of a draft and the nearest one of another text, a plain sentence each.

Strength, limits and time limits are read off the words (:mod:`analysis.lint.clause_terms`); sums, thresholds and who
receives are those of the incentives that were read in both clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from analysis.chinese_words import instrument_name
from analysis.corpus.headings_and_days import ordinal
from analysis.lint.clause_terms import PROHIBITIONS, Kind, Term, Turn, quoted, strictness, terms, turn_of
from analysis.model import Clause, Incentive, Instrument, Reading, Receiver

_APART = 1  # ranks of strength that are no difference: 应当 and 必须
_SAME_MATTER = 0.4  # share of pairs of characters from which two sentences are on one matter
_TURNS = {
    Turn.STRICTER: "本稿更严",
    Turn.LOOSER: "本稿更宽",
    Turn.HIGHER: "本稿更高",
    Turn.LOWER: "本稿更低",
    Turn.OTHER: "两处不同",
}
# Where a text says once for all of its clauses who has something, and when.
_FOR_ALL = re.compile(
    r"适用范围|支持对象|申报条件|申请条件|申报要求|申报单位|申报对象|基本条件|支持范围|资助对象|奖励对象|适用于|适用本|本(?:办法|细则|措施|政策|意见|规定)所称|总则|附则"
)
_SENTENCE = re.compile(r"[^。；\n]{4,800}")
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_MOST_SENTENCES = 20  # of a clause that are compared, each with each
_DAYS = "〇一二三四五六七八九十百"
_WITHIN = re.compile(
    rf"(?P<number>\d{{1,3}}|[{_DAYS}]{{1,4}})个?(?P<unit>工作日|日|天|月|年)(?:之|以)?内[^，。；\n]{{0,10}}?"
    r"(?P<deed>申请|申报|提出|提交|报送|备案|登记|办理|办结|答复|兑现|拨付|完成|作出|告知|公示|审核)"
)


@dataclass(frozen=True, slots=True)
class Side:
    """A clause with the reading that it belongs to, and what its text limits once for all clauses."""

    reading: Reading
    clause: Clause
    everywhere: frozenset[str] = frozenset()

    def incentives(self) -> list[Incentive]:
        """What the clause gives."""
        return [row for row in self.reading.incentives if row.clause_index == self.clause.index]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of both clauses that differ, "nothing" being one of them, and what that does to the draft.

    ``about``: what they are about, "" where the kind says it.
    """

    kind: Kind
    about: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    turn: Turn

    def sentence(self, place: str) -> str:
        """What differs, from which words to which, stricter or looser; ``place`` names the other clause."""
        said = f"（{self.about}）" if self.about else ""
        if self.ours and self.theirs:
            words = f"本条为{quoted(self.ours)}，{place}为{quoted(self.theirs)}"
        elif self.ours:
            words = f"本条有{quoted(self.ours)}，{place}没有这一项"
        else:
            words = f"本条没有这一项，{place}有{quoted(self.theirs)}"
        return f"{self.kind.value}{said}：{words}，{_TURNS[self.turn]}"


def for_all_clauses(reading: Reading) -> frozenset[str]:
    """What a text limits in the clauses that say who and when for all the others."""
    general = [clause.text for clause in reading.clauses if _FOR_ALL.search(clause.text[:60])]
    return frozenset(each.about for text in general for kind in _LIMITING for each in terms(text, kind) if each.about)


_LIMITING = (Kind.SCOPE, Kind.CONDITION)


def differences(own: Side, other: Side, *, close: bool) -> Iterator[Difference]:
    """What differs between two clauses that are near each other.

    Limits and receivers only where both give the same to the same, or the clauses are ``close`` in words: of two
    clauses that do different things none is the stricter one.
    """
    yield from _strengths(own.clause.text, other.clause.text)
    yield from _sums(own, other)
    alike = bool(_given(own) & _given(other))
    if close or alike:
        yield from _receivers(own, other, close=close)
        yield from _limits(own, other, whole=alike)
        yield from _time_limits(own.clause.text, other.clause.text)


def _given(side: Side) -> set[tuple[str, str]]:
    """What is given to whom, by instrument and class of receivers."""
    return {(row.instrument, row.receiver) for row in side.incentives() if row.receiver is not Receiver.OTHER}


def _strengths(own: str, other: str) -> Iterator[Difference]:
    """One sentence binds and the one on the same matter does not: the first two. What is forbidden is no measure."""
    for sentence, nearest in _on_one_matter(own, other):
        ours, theirs = _strongest(sentence), _strongest(nearest)
        mine, their = (each.strict or 0 if each else 0 for each in (ours, theirs))
        if ours and theirs and abs(mine - their) > _APART:
            yield Difference(Kind.STRENGTH, "", (ours.words,), (theirs.words,), turn_of(their, mine))
            return


def _on_one_matter(own: str, other: str) -> Iterator[tuple[str, str]]:
    """The sentences of a clause that have a like one in another, with the one most like each."""
    there = [(_pairs(sentence), sentence) for sentence in _SENTENCE.findall(other)[:_MOST_SENTENCES]]
    for sentence in _SENTENCE.findall(own)[:_MOST_SENTENCES]:
        pairs = _pairs(sentence)
        share, nearest = max(((_share(pairs, each), words) for each, words in there), default=(0.0, ""))
        if share >= _SAME_MATTER:
            yield sentence, nearest


def _pairs(sentence: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(_LETTER.findall(sentence))))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _strongest(text: str) -> Term | None:
    found = [each for each in terms(text, Kind.STRENGTH) if each.words not in PROHIBITIONS]
    return max(found, key=lambda each: each.strict or 0, default=None)


def _limits(own: Side, other: Side, *, whole: bool) -> Iterator[Difference]:
    """Limits on one thing that differ in strictness, unless a clause for all others of that text says it too.

    Of clauses that do not give the same (not ``whole``) those in sentences on one matter.
    """
    first, second = own.clause.text, other.clause.text
    matters = tuple(map(frozenset, zip(*_on_one_matter(first, second), strict=True))) or (frozenset[str](),) * 2
    for kind in _LIMITING:
        ours, theirs = _strict(first, kind), _strict(second, kind)
        for about in dict.fromkeys((*ours, *theirs)):
            mine, their = ours.get(about, []), theirs.get(about, [])
            before, after = strictness(their, about), strictness(mine, about)
            stricter, matter, everywhere = (
                (their, matters[1], own.everywhere) if before > after else (mine, matters[0], other.everywhere)
            )
            plain = whole or any(each.words in sentence for each in stricter for sentence in matter)
            if before != after and plain and about not in everywhere:
                yield Difference(kind, about, _words(mine), _words(their), turn_of(before, after))


def _words(some: Sequence[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.words for each in some))


def _strict(text: str, kind: Kind) -> Mapping[str, list[Term]]:
    """The limits of a text whose strictness is known, by what they are about."""
    found: dict[str, list[Term]] = {}
    for each in terms(text, kind):
        if each.strict is not None and each.about:
            found.setdefault(each.about, []).append(each)
    return found


def _time_limits(own: str, other: str) -> Iterator[Difference]:
    """Periods for one deed, in one unit, where each clause has just one: a shorter one asks more."""
    ours, theirs = (_periods(text) for text in (own, other))
    for deed in ours.keys() & theirs.keys():
        (mine, words), (their, others) = ours[deed], theirs[deed]
        if mine != their:
            yield Difference(Kind.NUMBER, f"{deed[0]}时限", (words,), (others,), turn_of(-their, -mine))


def _periods(text: str) -> dict[tuple[str, str], tuple[int, str]]:
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for match in _WITHIN.finditer(text):
        number = int(match["number"]) if match["number"].isdecimal() else ordinal(match["number"])
        if number is not None:
            unit = "日" if match["unit"] == "天" else match["unit"]
            words = match[0][: match.start("deed") - match.start()]
            found.setdefault((match["deed"], unit), []).append((number, words))
    return {deed: some[0] for deed, some in found.items() if len(some) == 1}


# What the incentives of both clauses say ------------------------------------------------------------------------------


def _receivers(own: Side, other: Side, *, close: bool) -> Iterator[Difference]:
    """Who has what is given in one way: classes of receivers that only one clause, and nowhere its text, gives to."""
    ours, theirs = _by_instrument(own.incentives()), _by_instrument(other.incentives())
    for instrument in ours.keys() & theirs.keys():
        mine, their = ours[instrument], theirs[instrument]
        more = mine.keys() - their.keys() - _everywhere(other.reading, instrument)
        less = their.keys() - mine.keys() - _everywhere(own.reading, instrument)
        if (more or less) and (close or mine.keys() & their.keys()):
            turn = Turn.OTHER if more and less else Turn.LOOSER if more else Turn.STRICTER
            about = f"{instrument_name(instrument)}对象"
            yield Difference(Kind.SCOPE, about, tuple(mine.values()), tuple(their.values()), turn)


def _everywhere(reading: Reading, instrument: Instrument) -> set[Receiver]:
    """The classes that a text gives to in one way, in any clause."""
    return {row.receiver for row in reading.incentives if row.instrument == instrument}


def _by_instrument(rows: Sequence[Incentive]) -> dict[Instrument, dict[Receiver, str]]:
    """Names of receivers as written by class, of each instrument; those whose class is not known are left out."""
    found: dict[Instrument, dict[Receiver, str]] = {}
    for row in rows:
        if row.receiver is not Receiver.OTHER:
            found.setdefault(row.instrument, {}).setdefault(row.receiver, row.beneficiary)
    return found


def _sums(own: Side, other: Side) -> Iterator[Difference]:
    """Sums of one kind that differ: for the same instrument and receiver in both clauses, where each names just one."""
    ours, theirs = _numbers(own.incentives()), _numbers(other.incentives())
    for key in ours:
        if key not in theirs or len(ours[key]) != 1 or len(theirs[key]) != 1:
            continue
        (mine,), (their,) = ours[key], theirs[key]
        if mine != their:
            instrument, _, name = key
            unit, less, more = _SUMS[name]
            turn = more if mine > their else less
            about = f"{instrument_name(instrument)}{name}"
            yield Difference(Kind.NUMBER, about, (f"{mine:f}{unit}",), (f"{their:f}{unit}",), turn)


# What an incentive gives, in the units of the model, and what less and more of it mean.
_SUMS: Mapping[str, tuple[str, Turn, Turn]] = {
    "比例": ("%", Turn.LOWER, Turn.HIGHER),
    "金额": ("万元", Turn.LOWER, Turn.HIGHER),
    "单项封顶": ("万元", Turn.LOWER, Turn.HIGHER),
    "年度封顶": ("万元", Turn.LOWER, Turn.HIGHER),
    "门槛": ("万元", Turn.LOOSER, Turn.STRICTER),
}


def _numbers(rows: Sequence[Incentive]) -> dict[tuple[Instrument, Receiver, str], set[Decimal]]:
    """The different values of each kind of number, by instrument and receiver."""
    found: dict[tuple[Instrument, Receiver, str], set[Decimal]] = {}
    for row in rows:
        values = (row.rate_percent, row.amount_high_wan, row.cap_item_wan, row.cap_year_wan, row.threshold_wan)
        for name, value in zip(_SUMS, values, strict=True):
            if value is not None:
                found.setdefault((row.instrument, row.receiver, name), set()).add(value)
    return found
