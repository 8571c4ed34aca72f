"""Headings and quantities of the seeds: counts of clauses, gaps in the numbering, every number with its bound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from analysis.model import Quantity, Reading
from analysis.score.agree import in_base_unit, number
from analysis.score.gold import Gold, GoldRow
from analysis.segment import counts, gaps

_BOUNDS = {"=": "eq", ">=": "ge", ">": "gt", "<=": "le", "<": "lt", "~": "approx"}
_NO_VALUE = {"date"}  # a day is no number: only its place is compared


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something of the structure or the quantities that is not as annotated."""

    document: str
    line: int
    what: str  # one Chinese phrase


def wrong_structure(gold: Gold, readings: Mapping[str, Reading]) -> tuple[Mismatch, ...]:
    """Documents whose number of chapters or articles, or whose gaps in the numbering, differ from the gold."""
    result = []
    for row in gold.structure:
        clauses = readings[row.document].clauses
        chapters, articles = counts(clauses)
        for name, wanted, got in (("章", "chapters", chapters), ("条", "articles", articles)):
            if number(row, wanted) != got:
                result.append(Mismatch(row.document, row.line, f"{name}数应为 {row.fields[wanted]}，读到 {got}"))
        wanted_gaps = set(re.findall(r"（[^）]+）", row.fields["gaps"].split(" missing")[0]))
        got_gaps = {number_ for gap in gaps(clauses) for number_ in gap.missing}
        if wanted_gaps != got_gaps:
            words = "缺号应为 {}，读到 {}".format(*("".join(sorted(some)) or "无" for some in (wanted_gaps, got_gaps)))
            result.append(Mismatch(row.document, row.line, words))
    return tuple(result)


def wrong_quantities(gold: Gold, readings: Mapping[str, Reading]) -> tuple[Mismatch, ...]:
    """Annotated numbers that were not read with their value and bound."""
    result = []
    for row in gold.quantities:
        reading = readings[row.document]
        there = [one for one in reading.quantities if _common(row, one, reading)]
        if not any(_agrees(row, one) for one in there):
            got = "、".join(f"{one.quote}（{one.comparator} {one.value} {one.unit}）" for one in there) or "没有读到"
            words = f"“{row.fields['quantity']}”应为 {row.fields['bound']} {row.fields['value']} {row.fields['unit']}"
            result.append(Mismatch(row.document, row.line, f"{words}，{got}"))
    return tuple(result)


def _common(row: GoldRow, one: Quantity, reading: Reading) -> bool:
    start, end = reading.document.raw_span(one.start, one.end)
    return row.located and start < row.end and row.start < end


def _agrees(row: GoldRow, one: Quantity) -> bool:
    if row.fields["kind"] in _NO_VALUE:
        return True
    bound = _BOUNDS.get(row.fields["bound"])
    if bound is not None and bound != one.comparator:
        return False
    return _same(row, "value", one.value, one) and (
        not row.fields["value_high"] or _same(row, "value_high", one.value_high, one)
    )


def _same(row: GoldRow, field: str, value: Decimal | None, one: Quantity) -> bool:
    wanted = number(row, field)
    if wanted is None or value is None:
        return wanted is value
    unit = row.fields["unit"] if row.fields["unit"] != "1" else ""
    return in_base_unit(wanted, unit)[0] == in_base_unit(value, one.unit)[0]
