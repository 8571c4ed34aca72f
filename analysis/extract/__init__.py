"""Reading numbers out of a document: quantities, then incentives, then targets from what is left.

A number that something is given by (最高100万元补助, 5000万元以上的可评聘) is never a target; the signs of all other
numbers are weighed. Rows keep their heaviest signs only; :func:`explain` collects the signs again and gives them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from analysis.citation import cited
from analysis.extract.incentive_rows import incentives
from analysis.extract.quantities import in_wan, quantities
from analysis.extract.scope import Scope, scopes
from analysis.extract.sentences import COUNTED, sentences
from analysis.extract.target_decision import beside, signs, targets
from analysis.extract.target_rules import Candidate, candidates
from analysis.extract.weigh import Weights, weights
from analysis.grammar import grammar
from analysis.model import Clause, Document, Incentive, Quantity, Reading, Sign, Target


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with everything that is to be weighed and nothing yet decided by weights."""

    document: Document
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    incentives: tuple[Incentive, ...]
    candidates: tuple[Candidate, ...]
    refused: Mapping[int, str]  # start of a number beside what is given, and the rule by which it is none of it


def prepare(document: Document, clauses: Sequence[Clause]) -> Prepared:
    """Quantities, incentives, and the numbers that could be targets."""
    numbers = quantities(document.text)
    found = sentences(document, clauses, numbers)
    given = incentives(found, document.card.kind, weights("incentives"))
    weighed = candidates(found, given.used, scopes(document, clauses, found))
    return Prepared(document, tuple(clauses), numbers, given.rows, weighed, given.refused)


def decide(prepared: Prepared, targets_by: Weights | None) -> Reading:
    """The reading of a prepared document; ``targets_by`` None: by the rules of the grammar alone."""
    found, left = targets(prepared.candidates, targets_by)
    explained = tuple(  # what stands where something is given says why it is no part of that
        replace(row, rule=rule, reason=grammar().rules[rule].title)
        if (rule := prepared.refused.get(row.start))
        else row
        for row in left
    )
    return Reading(prepared.document, prepared.clauses, prepared.quantities, found, prepared.incentives, explained)


def extract(document: Document, clauses: Sequence[Clause]) -> Reading:
    """Everything extracted from a document and its clauses. Pure: same text and grammar, same result."""
    found = decide(prepare(document, clauses), weights("targets"))
    return replace(found, targets=cited(document, found.targets), incentives=cited(document, found.incentives))


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
    given = _Given(reading)

    def explained(quantity: Quantity) -> Explained:
        clause, at = reading.clause_at(quantity.start), quantity.start
        target = taken.get(at)
        if decided := target or left.get(at):
            outcome = Outcome.TARGET if target else Outcome.NEITHER
            sums = weighed.get(at) if decided.probability is not None else None  # signs that were weighed for it
            return Explained(
                quantity, clause, outcome, decided.rule, decided.probability, target, "", scoped.get(at), sums
            )
        row, role = given.holding(quantity, clause)
        if quantity.dimension not in COUNTED and not role:
            return Explained(quantity, clause, Outcome.ASIDE)
        rule, probability = (row.rule, row.probability) if row else ("", None)
        return Explained(quantity, clause, Outcome.INCENTIVE, rule, probability, row, role)

    return tuple(map(explained, reading.quantities))


def _weighed(every: Sequence[Candidate], model: Weights) -> Mapping[int, Weighed]:
    """How each candidate was weighed, by the start of its number."""
    seen = list(signs(every))
    totals = [model.logit(one) for one in seen]
    return {
        one.quantity.start: Weighed(
            model.evidence(found, None), model.bias, round(total, 3), round(sentence, 3), round(paragraph, 3)
        )
        for one, found, total, (sentence, paragraph) in zip(every, seen, totals, beside(every, totals), strict=True)
        if not one.refused
    }


#: What a number is to an incentive: its dimension, and its value as rows state it.
_Term = tuple[str, Decimal | None]


class _Given:
    """The incentives of a reading by the numbers that stand in their words, and by the numbers that they hold."""

    def __init__(self, reading: Reading) -> None:
        starts = [quantity.start for quantity in reading.quantities]
        self.around: dict[int, list[Incentive]] = defaultdict(list)
        self.first: dict[tuple[int, _Term], int] = {}  # clause and term -> the first row there that holds it
        self.rows = reading.incentives
        for number, row in enumerate(self.rows):
            for start in starts[bisect_left(starts, row.start) : bisect_left(starts, row.end)]:
                self.around[start].append(row)
            for term, _ in _terms(row):
                self.first.setdefault((row.clause_index, term), number)

    def holding(self, quantity: Quantity, clause: Clause) -> tuple[Incentive | None, str]:
        """The incentive that a number belongs to and the field it fills; a ceiling may stand behind what it holds."""
        around, terms = self.around[quantity.start], _terms_of(quantity)
        nearby = [self.first[clause.index, term] for term in terms if (clause.index, term) in self.first]
        for row in (*around, *(self.rows[number] for number in sorted(nearby)[:1])):
            if role := next((role for term, role in _terms(row) if term in terms), ""):
                return row, role
        return (around[0], "") if around else (None, "")


def _terms(row: Incentive) -> Iterator[tuple[_Term, str]]:
    """The numbers that an incentive holds, each with its field."""
    if row.rule == "incentive.match":
        yield ("ratio", None), "rate_percent"  # 1:1 is a rate of 100
    for field in ("rate_percent", "threshold_wan", "amount_low_wan", "amount_high_wan", "cap_item_wan", "cap_year_wan"):
        if (value := getattr(row, field)) is not None:
            yield ("percent" if field == "rate_percent" else "money", value), field


def _terms_of(quantity: Quantity) -> tuple[_Term, ...]:
    """A number as the incentive that it belongs to may hold it."""
    if quantity.dimension == "ratio":
        return (("ratio", None),)
    if quantity.dimension == "percent":
        return (("percent", quantity.value / 100 if quantity.unit == "万分之" else quantity.value),)
    if quantity.dimension != "money":
        return ()
    ends = (quantity.value,) if quantity.value_high is None else (quantity.value, quantity.value_high)
    return tuple(("money", in_wan(quantity, value)) for value in ends)
