"""Numbers of annotated texts with what a person says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.extract import Prepared, prepare
from analysis.extract.target_signs import Candidate, signs
from analysis.extract.weigh import Seen
from analysis.model import Document, Reading
from analysis.score.agree import in_base_unit, number
from analysis.score.gold import Gold, GoldRow, read_gold


@dataclass(frozen=True, slots=True)
class Example:
    """A number that could be a target. ``label``: whether it is one; None where it counts neither way."""

    candidate: Candidate
    seen: tuple[Seen, ...]
    label: bool | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotations and what is to be weighed in it."""

    gold: Gold  # of its folder, for this document alone
    reading: Reading  # as read today
    prepared: Prepared
    targets: tuple[Example, ...]

    @property
    def name(self) -> str:
        """Name of the document in its gold folder."""
        return self.gold.documents[0]


def annotated(folder: Path, readings: Mapping[str, Reading]) -> tuple[Annotated, ...]:
    """Every document of a gold folder that is in ``readings``. Raises ``InputError`` on a broken gold file."""
    result = []
    for name, reading in readings.items():
        gold = read_gold(folder, {name: reading})
        prepared = prepare(reading.document, reading.clauses)
        result.append(Annotated(gold, reading, prepared, _targets(gold, reading.document, prepared.candidates)))
    return tuple(result)


def _targets(gold: Gold, document: Document, every: Sequence[Candidate]) -> tuple[Example, ...]:
    """Each annotated row labels one number: of those that agree with it, the one most of whose part it holds."""
    labels: dict[int, bool | None] = dict.fromkeys(range(len(every)), False)
    for row in gold.neutral:
        labels |= {at: None for at, one in enumerate(every) if _inside(row, one, document)}
    for row in gold.targets:
        matches = [at for at, one in enumerate(every) if _inside(row, one, document) and _agrees(row, one)]
        for at in matches[:1]:
            labels[at] = None if row.ambiguous else True
    return tuple(
        Example(one, tuple(seen), labels[at]) for at, (one, seen) in enumerate(zip(every, signs(every), strict=True))
    )


def _inside(row: GoldRow, one: Candidate, document: Document) -> bool:
    start, end = document.raw_span(one.quantity.start, one.quantity.end)
    return row.located and start < row.end and row.start < end


def _agrees(row: GoldRow, one: Candidate) -> bool:
    value = number(row, "value")
    unit = row.fields["unit"]
    return value is not None and in_base_unit(value, unit) == in_base_unit(one.quantity.value, one.quantity.unit)
