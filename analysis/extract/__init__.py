"""Reading numbers out of a document: quantities, then incentives, then targets from what is left.

A number that something is given by (最高100万元补助, 5000万元以上的可评聘) is never a target; the signs of all other
numbers are weighed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.citation import cited
from analysis.extract.incentives import incentives
from analysis.extract.quantities import quantities
from analysis.extract.scope import scopes
from analysis.extract.sentences import sentences
from analysis.extract.target_signs import Candidate, candidates
from analysis.extract.targets import targets
from analysis.extract.weigh import Weights, weights
from analysis.grammar import grammar
from analysis.model import Clause, Document, Incentive, Quantity, Target, Unparsed


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says in numbers, in the order of the text."""

    quantities: tuple[Quantity, ...]
    targets: tuple[Target, ...]
    incentives: tuple[Incentive, ...]
    unparsed: tuple[Unparsed, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with everything that is to be weighed and nothing yet decided by weights."""

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
    return Prepared(numbers, given.rows, weighed, given.refused)


def decide(prepared: Prepared, targets_by: Weights | None) -> Extraction:
    """The rows of a prepared document; ``targets_by`` None: by the rules of the grammar alone."""
    aims, left = targets(prepared.candidates, targets_by)
    explained = tuple(_beside_an_incentive(row, prepared.refused) for row in left)
    return Extraction(prepared.quantities, aims, prepared.incentives, explained)


def _beside_an_incentive(row: Unparsed, refused: Mapping[int, str]) -> Unparsed:
    """A number left over that stands where something is given says why it is no part of that."""
    rule = refused.get(row.start)
    return replace(row, rule=rule, reason=grammar().rules[rule].title) if rule else row


def extract(document: Document, clauses: Sequence[Clause]) -> Extraction:
    """Everything extracted from a document and its clauses. Pure: same text and grammar, same result."""
    found = decide(prepare(document, clauses), weights("targets"))
    return replace(found, targets=cited(document, found.targets), incentives=cited(document, found.incentives))
