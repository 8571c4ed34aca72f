"""A reading with what people said of it: each row of the machine paired with the word that stands for it.

Rows are named by where they stand in the raw file. Where the machine reads otherwise than at the time (a better model,
a new rule), a word finds its row by place and number; it holds all the same, with or without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.checked.fields import NUMBERS, fields_of, missing_or_wrong, part_of, row_of
from analysis.checked.values import Check, Part, standing
from analysis.citation import cite
from analysis.model import CheckVerdict, Document, Incentive, Reading, Target

_GONE = (CheckVerdict.REMOVED,)


@dataclass(frozen=True, slots=True)
class Item:
    """One row to check. ``machine``: as the machine reads it now; ``row``: as it holds, None where it is removed.

    ``start``/``end`` are clean offsets of its words; ``key`` names it in addresses and in the file.
    """

    key: str
    part: Part
    machine: Target | Incentive | None
    check: Check | None
    row: Target | Incentive | None
    start: int
    end: int

    @property
    def shown(self) -> Target | Incentive | None:
        """The row to look at: as it holds, else as the machine reads it."""
        return self.row or self.machine

    @property
    def differs(self) -> bool:
        """Whether a person says otherwise than the machine."""
        return self.check is not None and self.check.verdict is not CheckVerdict.CONFIRMED

    @property
    def probability(self) -> float | None:
        """How sure the machine is of the row; None where it does not say."""
        return self.machine.probability if self.machine else None


def items(reading: Reading, said: Sequence[Check]) -> tuple[Item, ...]:
    """Every row of the machine and every row that a person added, in the order of the text."""
    named = _named(reading)
    words = standing([check for check in said if check.document == reading.document.id])
    paired = _paired(reading.document, named, words)
    found = [_item(reading, key, row, paired.pop(key, None)) for key, row in named.items()]
    found += [_item(reading, check.row, None, check) for check in paired.values()]
    placed = [item for item in found if item is not None]
    return tuple(sorted(placed, key=lambda item: (item.start, item.end)))


def apply(reading: Reading, said: Sequence[Check]) -> Reading:
    """The reading with what people said: their rows in place of the machine's, each marked by ``checked``."""
    if not said:
        return reading
    rows = [item.row for item in items(reading, said) if item.row is not None]
    return replace(
        reading,
        targets=tuple(row for row in rows if isinstance(row, Target)),
        incentives=tuple(row for row in rows if isinstance(row, Incentive)),
    )


def least_sure_first(found: Sequence[Item]) -> tuple[Item, ...]:
    """The rows that the machine is least sure of first; those of which it does not say last, in text order."""
    return tuple(sorted(found, key=lambda item: 2.0 if item.probability is None else item.probability))


def key_of(part: Part, start: int, end: int, taken: Sequence[str] = ()) -> str:
    """The name of a row over a raw span; a number behind it where others have the same."""
    key = f"{part[0]}{start}-{end}"
    number = 2
    while key in taken:
        key = f"{part[0]}{start}-{end}.{number}"
        number += 1
    return key


def _named(reading: Reading) -> dict[str, Target | Incentive]:
    named: dict[str, Target | Incentive] = {}
    every: tuple[Target | Incentive, ...] = (*reading.targets, *reading.incentives)
    for row in every:
        number = (row.value_start, row.value_end) if isinstance(row, Target) else (row.start, row.end)
        named[key_of(part_of(row), *reading.document.raw_span(*number), tuple(named))] = row
    return named


def _paired(document: Document, named: dict[str, Target | Incentive], words: dict[str, Check]) -> dict[str, Check]:
    """Words by the row of the machine that they are about; those that have none under their own name."""
    paired = {key: words[key] for key in named if key in words}
    left = [check for key, check in words.items() if key not in paired]
    ranked = sorted(
        (
            (-alike, key, number)
            for number, check in enumerate(left)
            for key, row in named.items()
            if key not in paired and (alike := _alike(document, row, check))
        ),
    )
    used: set[int] = set()
    for _, key, number in ranked:
        if key not in paired and number not in used:
            paired[key] = left[number]
            used.add(number)
    rest = {check.row: check for number, check in enumerate(left) if number not in used}
    return paired | rest


def _alike(document: Document, row: Target | Incentive, check: Check) -> int:
    """How many numbers a row of the machine shares with a word about the same place; 0: it is about another row."""
    if part_of(row) is not check.part:
        return 0
    start, end = document.raw_span(row.start, row.end)
    spans = [(check.start, check.end)]
    if check.machine_start is not None and check.machine_end is not None:
        spans.append((check.machine_start, check.machine_end))
    if not any(start < last and first < end for first, last in spans):
        return 0
    now = fields_of(row)
    return max(_shared(now, said) for said in (check.machine, check.fields))


def _shared(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    """How many numbers two rows share; of rows without any, whether they give in the same way."""
    compared = NUMBERS if any(name in row for row in (one, other) for name in NUMBERS) else ("instrument",)
    return sum(one[name] == other.get(name) for name in compared if name in one)


def _item(reading: Reading, key: str, machine: Target | Incentive | None, check: Check | None) -> Item | None:
    """The item of a row; None for a word whose place is no longer in the text."""
    if check is None:
        assert machine is not None
        return Item(key, part_of(machine), machine, None, machine, machine.start, machine.end)
    span = _span(reading.document, check)
    if machine is not None and (span is None or check.verdict is not CheckVerdict.ADDED):
        span = machine.start, machine.end
    if span is None:
        return None
    row = None
    if check.verdict not in _GONE and missing_or_wrong(check.part, check.fields) == ("", ""):
        base = machine if machine is not None and check.verdict is not CheckVerdict.ADDED else None
        made = row_of(check.part, check.fields, reading, *span, base)
        row = replace(
            made,
            checked=replace(check.mark, machine=machine),
            citation=cite(reading.document, *span, made.clause),
        )
    # A word keeps the name it was said under: its row is withdrawn or changed by that name.
    return Item(check.row, check.part, machine, check, row, *span)


def _span(document: Document, check: Check) -> tuple[int, int] | None:
    """Where the words of a check stand now: where they stood, else the only place where they stand."""
    start, end = check.start, check.end
    if document.raw[start:end] != check.quote:
        start = document.raw.find(check.quote) if check.quote else -1
        if start < 0 or document.raw.find(check.quote, start + 1) >= 0:
            return None
        end = start + len(check.quote)
    return document.clean_span(start, end)
