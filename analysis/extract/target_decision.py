"""Whether a number is a target: the weights decide, all numbers of a text together.

:mod:`analysis.extract.target_signs` collects what speaks for and against each number; what is left over keeps its
reason and its signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.extract import target_patterns as patterns
from analysis.extract.naming import indicator_name
from analysis.extract.scope import YearFrom, base_year
from analysis.extract.sentences import MOST_NUMBERS, Mention
from analysis.extract.target_rules import bound
from analysis.extract.target_signs import Candidate, beside, signs
from analysis.extract.weigh import Weights
from analysis.grammar import grammar
from analysis.model import Comparator, Sign, Target, TargetKind, TextKind, Unparsed


def targets(every: Sequence[Candidate], weights: Weights | None) -> tuple[tuple[Target, ...], tuple[Unparsed, ...]]:
    """Targets among the candidates of a text, and the numbers left over with the reason.

    Without ``weights`` the rules of the grammar alone decide, as they did before there were any.
    """
    decided = [_by_rule(one) for one in every] if weights is None else _weighed(every, weights)
    taken: list[Target] = []
    left: list[Unparsed] = []
    named: tuple[str, ...] = ()
    place: str | None = None
    paragraph = -1
    for one, decision in zip(every, decided, strict=True):
        if one.sentence.paragraph != paragraph:
            paragraph, named, place = one.sentence.paragraph, (), None
        here, name = indicator_name(one, one.name, named, place)
        if decision.taken and name:
            taken.append(_target(one, decision, name, here))
        else:
            left.append(_unparsed(one, decision if not decision.taken else replace(decision, rule="target.nameless")))
        if (decision.taken and name) or grammar().indicator_of(name):  # 2024年成交额1500亿元，2027年力争达到2500亿元
            named, place = (*named, name)[-MOST_NUMBERS:], here
    restating = {target.value_start for target, following in pairwise(taken) if _restates(target, following)}
    left += [_restated(target) for target in taken if target.value_start in restating]
    kept = tuple(target for target in taken if target.value_start not in restating)
    return kept, tuple(sorted(left, key=lambda row: row.start))


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a number is a target, by which rule, how sure, and on which signs."""

    taken: bool
    rule: str
    probability: float | None = None
    evidence: tuple[Sign, ...] = ()


def _by_rule(one: Candidate) -> Decision:
    return Decision(one.by_rule, "target.rule" if one.by_rule else f"target.{one.refused or one.against[0]}")


def _weighed(every: Sequence[Candidate], weights: Weights) -> list[Decision]:
    """The decision on each number: its rule is the grammar's where the weights agree with it.

    In statutes the grammar's rules alone are better than the weights (``make learn`` prints both), so they decide.
    """
    result = []
    seen = list(signs(every))
    logits = list(map(weights.logit, seen))
    for one, its, logit, sisters in zip(every, seen, logits, beside(every, logits), strict=True):
        if one.refused or one.scope.text.kind is TextKind.STATUTE:
            result.append(_by_rule(one))
            continue
        probability = weights.probability(logit, *sisters)
        taken = probability >= weights.threshold
        rule = _by_rule(one).rule if taken == one.by_rule else "target.weighed" if taken else "target.outweighed"
        result.append(Decision(taken, rule, probability, weights.evidence(its)))
    return result


def _target(one: Candidate, decision: Decision, name: str, place: str | None) -> Target:
    quantity, part = one.quantity, one.part
    known = grammar().indicator_of(name)
    yearly = patterns.YEARLY.find(part.text) is not None
    end = max(quantity.end, part.start + len(part.text.rstrip("，；。、;,：:\n")))
    return Target(
        document=one.sentence.clause.document,
        clause_index=one.sentence.clause.index,
        clause=one.sentence.clause.path,
        indicator=name,
        indicator_id=known.id if known else None,
        kind=_kind(one, name),
        comparator=_comparator(one),
        value=quantity.value,
        value_high=quantity.value_high,
        unit=quantity.unit,
        target_year=None if yearly and one.scope.year_from is YearFrom.TITLE else one.scope.year,
        baseline_year=base_year(part),
        recurring="yearly" if yearly else None,
        start=part.start,
        end=end,
        value_start=quantity.start,
        value_end=quantity.end,
        quote=part.text[: end - part.start],
        scope=place,
        steps=quantity.steps,
        rule=decision.rule,
        probability=decision.probability,
        evidence=decision.evidence,
    )


def _kind(number: Mention, name: str) -> TargetKind:
    dimension = number.quantity.dimension
    if dimension == "multiple":
        return TargetKind.MULTIPLE
    if dimension == "percent":
        growing = patterns.GROWTH.find(number.part.text) and not patterns.RATIO_NAME.find(name)
        return TargetKind.GROWTH if growing else TargetKind.SHARE
    if dimension == "points" or patterns.INCREMENT.find(number.before):
        return TargetKind.INCREMENT
    return TargetKind.LEVEL


def _comparator(number: Mention) -> Comparator:
    """How the number binds. 分别达到8%、4.2%和3.2%以上: the last number, or the first, binds the whole list."""
    own = bound(number)
    if own is Comparator.GT and not number.before and patterns.ACHIEVES.find(number.behind):
        return Comparator.EQ  # 突破60项关键核心技术
    if "分别" in number.part.text and own is Comparator.EQ:
        alike = number.alike()
        bounds = (bound(each) for each in (alike[-1], alike[0]))
        return next((each for each in bounds if each is not Comparator.EQ), own)
    return own


def _restates(target: Target, following: Target) -> bool:
    """翻一番，达到1600亿元: where the level follows and no base year is named, the doubling only restates it."""
    return (
        target.kind is TargetKind.MULTIPLE
        and target.baseline_year is None
        and (following.clause_index, following.indicator) == (target.clause_index, target.indicator)
    )


def _restated(target: Target) -> Unparsed:
    """A doubling left over, since the level behind it says what is aimed at."""
    quote = target.quote[target.value_start - target.start : target.value_end - target.start]
    place = (target.document, target.clause_index, target.value_start, target.value_end)
    rule = grammar().rules["target.restated"]
    return Unparsed(*place, quote, rule.title, rule.id, target.probability, target.evidence)


def _unparsed(one: Candidate, decision: Decision) -> Unparsed:
    quantity, clause, rule = one.quantity, one.sentence.clause, grammar().rules[decision.rule]
    place = (clause.document, clause.index, quantity.start, quantity.end)
    return Unparsed(*place, quantity.quote, rule.title, rule.id, decision.probability, decision.evidence)
