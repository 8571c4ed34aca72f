"""Numbers that say what is to be reached.

A number is a target when something in its sentence part brings it about (建设, 达到, 突破, 不低于 …) and something in
scope says that it is wanted and not found: a deadline (到2027年), a word of will (力争), a heading (工作目标), a duty
(应当) or a plain imperative. :mod:`analysis.extract.evidence` refuses what only looks alike, with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from analysis import grammar
from analysis.extract.evidence import bound, objection, split, unsupported
from analysis.extract.naming import indicator_name
from analysis.extract.period import NO_PERIOD, Period, base_year, period_after
from analysis.extract.sentences import COUNTED, Part, Sentence
from analysis.model import Comparator, Quantity, Target, TargetKind, Unparsed


@dataclass(frozen=True, slots=True)
class Scope:
    """What the words so far in the paragraph have settled for the numbers that follow."""

    period: Period = NO_PERIOD
    named: tuple[str, ...] = ()  # what the numbers of the paragraph count, in order
    place: str | None = None
    required: bool = False  # inside a list of requirements (应当具备下列条件：)
    listed: bool = False  # the number before in this sentence is a target: the next item goes on its list


def targets(
    found: Sequence[Sentence], used: frozenset[int], *, plan: int | None, issued: int | None
) -> tuple[tuple[Target, ...], tuple[Unparsed, ...]]:
    """Targets of all sentences, and the numbers left over with the reason.

    ``used``: starts of the numbers that incentives hold. ``plan``: the year that the title plans for; 全年 means it.
    ``issued``: the year of the text, where it is known.
    """
    taken: list[Target] = []
    left: list[Unparsed] = []
    scope = Scope()
    paragraph, announced = -1, False
    for sentence in found:
        if sentence.paragraph != paragraph:  # a year carries over to the items of a list, and no further
            listed = announced or grammar.patterns()["list_item"].find(sentence.text)
            required = scope.required and grammar.patterns()["numbering"].regex.match(sentence.text) is not None
            scope = Scope(scope.period if listed else NO_PERIOD, required=required)
            paragraph = sentence.paragraph
        scope = replace(scope, listed=False)
        for part in sentence.parts:
            scope = replace(scope, period=period_after(part, scope.period, plan, issued))
            for quantity in part.quantities:
                scope = replace(scope, period=_respective_year(quantity, part) or scope.period)
                if quantity.dimension not in COUNTED or quantity.start in used:
                    continue
                reason = "条件" if scope.required else objection(quantity, part, sentence)
                reason = reason or unsupported(
                    quantity, part, sentence, scope.period, listed=scope.listed, issued=issued
                )
                place, name = indicator_name(quantity, part, sentence, scope.named, scope.place)
                if reason is None and name:
                    taken.append(_target(quantity, part, sentence, scope, name, place))
                    scope = replace(scope, named=(*scope.named, name), place=place, listed=True)
                    continue
                if grammar.indicator_of(name):  # 2024年成交额1500亿元，2027年力争达到2500亿元
                    scope = replace(scope, named=(*scope.named, name), place=place)
                left.append(_unparsed(quantity, sentence, reason or "没有说明数的是什么"))
        if sentence.text.rstrip().endswith(("：", ":")):
            scope = replace(scope, required=grammar.patterns()["requirements"].find(sentence.text) is not None)
        announced = sentence.text.rstrip().endswith(("：", ":"))
    return _without_restated(taken), tuple(left)


def _respective_year(quantity: Quantity, part: Part) -> Period | None:
    """2025年、2026年分别达到1000亿元、1300亿元: the year that answers this number."""
    if "分别" not in part.text:
        return None
    years = [each.value for each in part.quantities if each.dimension == "year"]
    alike = [each for each in part.quantities if each.dimension == quantity.dimension]
    if len(years) < 2 or len(years) != len(alike) or quantity.dimension == "year":
        return None
    return Period(int(years[alike.index(quantity)]), firm=True)


def _target(quantity: Quantity, part: Part, sentence: Sentence, scope: Scope, name: str, place: str | None) -> Target:
    known = grammar.indicator_of(name)
    end = max(quantity.end, part.start + len(part.text.rstrip("，；。、;,：:\n")))
    return Target(
        document=sentence.clause.document,
        clause_index=sentence.clause.index,
        clause=sentence.clause.path,
        indicator=name,
        indicator_id=known.id if known else None,
        kind=_kind(quantity, part, name),
        comparator=_comparator(quantity, part),
        value=quantity.value,
        value_high=quantity.value_high,
        unit=quantity.unit,
        target_year=scope.period.year,
        baseline_year=base_year(part),
        recurring="yearly" if grammar.patterns()["yearly"].find(part.text) else None,
        start=part.start,
        end=end,
        value_start=quantity.start,
        value_end=quantity.end,
        quote=part.text[: end - part.start],
        scope=place,
        steps=quantity.steps,
        rule="target",
    )


def _kind(quantity: Quantity, part: Part, name: str) -> TargetKind:
    patterns = grammar.patterns()
    if quantity.dimension == "multiple":
        return TargetKind.MULTIPLE
    if quantity.dimension == "percent":
        growing = patterns["growth"].find(part.text) and not patterns["ratio_name"].find(name)
        return TargetKind.GROWTH if growing else TargetKind.SHARE
    if quantity.dimension == "points" or patterns["increment"].find(split(quantity, part)[0]):
        return TargetKind.INCREMENT
    return TargetKind.LEVEL


def _comparator(quantity: Quantity, part: Part) -> Comparator:
    """分别达到8%、4.2%和3.2%以上: the word behind the last number binds the whole list."""
    last = part.quantities[-1]
    if "分别" in part.text and quantity.comparator is Comparator.EQ and last.dimension == quantity.dimension:
        return last.comparator
    return bound(quantity, part)


def _without_restated(taken: Sequence[Target]) -> tuple[Target, ...]:
    """翻一番，达到1600亿元: where the level follows and no base year is named, the doubling only restates it."""
    kept = []
    for target, following in zip_longest(taken, taken[1:]):
        restated = (
            target.kind is TargetKind.MULTIPLE
            and target.baseline_year is None
            and following is not None
            and (following.clause_index, following.indicator) == (target.clause_index, target.indicator)
        )
        if not restated:
            kept.append(target)
    return tuple(kept)


def _unparsed(quantity: Quantity, sentence: Sentence, reason: str) -> Unparsed:
    return Unparsed(
        sentence.clause.document, sentence.clause.index, quantity.start, quantity.end, quantity.quote, reason
    )
