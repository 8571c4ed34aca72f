"""What became of each number of a text, and everything that spoke for and against it.

Rows keep their heaviest signs only; here the signs are collected again and all of them are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from analysis.extract import prepare
from analysis.extract.quantities import in_wan
from analysis.extract.scope import Scope
from analysis.extract.sentences import COUNTED
from analysis.extract.target_signs import Candidate, beside, signs
from analysis.extract.weigh import Seen, Weights, weights
from analysis.model import Clause, Incentive, Quantity, Reading, Sign, Target, Unparsed


class Outcome(StrEnum):
    """What a number became."""

    TARGET = "target"
    INCENTIVE = "incentive"
    NEITHER = "neither"
    ASIDE = "aside"  # a date, a period, a duration, a ratio: no rule asks what it is


@dataclass(frozen=True, slots=True)
class Weighed:
    """How the probability of a target came about: all signs, their sum, and the sums of the numbers beside it."""

    signs: tuple[Sign, ...]  # all that have a weight, heaviest first
    bias: float
    total: float
    sentence: float  # mean total of the other numbers of its sentence; its own where it has none
    paragraph: float


@dataclass(frozen=True, slots=True)
class Explained:
    """One number with the decision on it. ``role``: the field of the incentive that it fills, "" where none."""

    quantity: Quantity
    clause: Clause
    outcome: Outcome
    rule: str = ""
    probability: float | None = None
    row: Target | Incentive | None = None
    role: str = ""
    scope: Scope | None = None
    weighed: Weighed | None = None

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What was weighed, heaviest first; of an incentive the signs that its row keeps."""
        if self.weighed:
            return self.weighed.signs
        return self.row.evidence if isinstance(self.row, Incentive) else ()


def explain(reading: Reading) -> tuple[Explained, ...]:
    """Every number of a reading in the order of the text."""
    every = prepare(reading.document, reading.clauses).candidates
    scoped = {one.quantity.start: one.scope for one in every}
    weighed = _weighed(every, weights("targets"))
    taken = {row.value_start: row for row in reading.targets}
    left = {row.start: row for row in reading.unparsed}
    return tuple(
        _explained(reading, quantity, taken.get(quantity.start), left.get(quantity.start), scoped, weighed)
        for quantity in reading.quantities
    )


def _explained(
    reading: Reading,
    quantity: Quantity,
    target: Target | None,
    left: Unparsed | None,
    scoped: Mapping[int, Scope],
    weighed: Mapping[int, Weighed],
) -> Explained:
    clause = reading.clause_at(quantity.start)
    scope, sums = scoped.get(quantity.start), weighed.get(quantity.start)
    if target:
        return Explained(
            quantity, clause, Outcome.TARGET, target.rule, target.probability, target, "", scope, _if(target, sums)
        )
    if left:
        return Explained(
            quantity, clause, Outcome.NEITHER, left.rule, left.probability, None, "", scope, _if(left, sums)
        )
    row, role = _given(reading.incentives, quantity, clause)
    if quantity.dimension not in COUNTED and not role:
        return Explained(quantity, clause, Outcome.ASIDE)
    rule, probability = (row.rule, row.probability) if row else ("", None)
    return Explained(quantity, clause, Outcome.INCENTIVE, rule, probability, row, role)


def _if(row: Target | Unparsed, sums: Weighed | None) -> Weighed | None:
    """Signs explain a decision only where they were weighed for it."""
    return sums if row.probability is not None else None


def _weighed(every: Sequence[Candidate], model: Weights) -> Mapping[int, Weighed]:
    """How each candidate was weighed, by the start of its number."""
    seen = list(signs(every))
    totals = [model.logit(one) for one in seen]
    return {
        one.quantity.start: Weighed(
            _heaviest(found, model), model.bias, round(total, 3), round(sentence, 3), round(paragraph, 3)
        )
        for one, found, total, (sentence, paragraph) in zip(every, seen, totals, beside(every, totals), strict=True)
        if not one.refused
    }


def _heaviest(seen: Sequence[Seen], model: Weights) -> tuple[Sign, ...]:
    found = [Sign(name, model.weights[name], start, end) for name, start, end in seen if name in model.weights]
    return tuple(sorted(found, key=lambda sign: (-abs(sign.weight), sign.start, sign.name)))


def _given(rows: Sequence[Incentive], quantity: Quantity, clause: Clause) -> tuple[Incentive | None, str]:
    """The incentive that a number belongs to and the field it fills; a ceiling may stand behind what it holds."""
    around = [row for row in rows if row.start <= quantity.start < row.end]
    nearby = [row for row in rows if row.clause_index == clause.index and row not in around]
    for row in (*around, *nearby):
        if role := _role(row, quantity):
            return row, role
    return (around[0], "") if around else (None, "")


def _role(row: Incentive, quantity: Quantity) -> str:
    """The field of ``row`` whose value is that of ``quantity``, "" where none is."""
    if quantity.dimension == "ratio":  # 1:1 is a rate of 100
        return "rate_percent" if row.rule == "incentive.match" else ""
    if quantity.dimension == "percent":
        rate = quantity.value / 100 if quantity.unit == "万分之" else quantity.value
        return "rate_percent" if rate == row.rate_percent else ""
    if quantity.dimension != "money":
        return ""
    sums = {in_wan(quantity)} | ({in_wan(quantity, quantity.value_high)} if quantity.value_high is not None else set())
    fields: tuple[tuple[str, Decimal | None], ...] = (
        ("threshold_wan", row.threshold_wan),
        ("amount_low_wan", row.amount_low_wan),
        ("amount_high_wan", row.amount_high_wan),
        ("cap_item_wan", row.cap_item_wan),
        ("cap_year_wan", row.cap_year_wan),
    )
    return next((name for name, value in fields if value in sums), "")
