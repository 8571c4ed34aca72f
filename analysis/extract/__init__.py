"""Reading numbers out of a document: quantities, then incentives, then targets from what is left.

The order is the rule: a number that something is given by (最高100万元补助, 5000万元以上的可评聘) is never a target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.extract.incentives import incentives
from analysis.extract.period import issue_year, plan_year
from analysis.extract.quantities import quantities
from analysis.extract.sentences import sentences
from analysis.extract.targets import targets
from analysis.model import Clause, Document, Incentive, Quantity, Target, Unparsed

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says in numbers, in the order of the text."""

    quantities: tuple[Quantity, ...]
    targets: tuple[Target, ...]
    incentives: tuple[Incentive, ...]
    unparsed: tuple[Unparsed, ...]


def extract(document: Document, clauses: Sequence[Clause]) -> Extraction:
    """Everything extracted from a document and its clauses. Pure: same text and grammar, same result."""
    numbers = quantities(document.text)
    found = sentences(document, clauses, numbers)
    given, used = incentives(found)
    aims, left = targets(
        found,
        used,
        plan=plan_year(document.card.title, document.text),
        issued=issue_year(document.card, document.text),
    )
    return Extraction(numbers, aims, given, left)
