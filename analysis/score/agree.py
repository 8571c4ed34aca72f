"""When a predicted row agrees with a gold row: the rules of the annotation guide, and nothing else.

*found*: the spans overlap and the numbers agree. *right*: also what the numbers are about. A target is found when
value and unit agree (亿元 = 10,000 万元, 万家 = 10,000 家, 億 = 亿, a range with both its ends); it is right when year,
comparator and indicator agree too. An incentive is found when at least one of rate, amount and cap agrees and none of
those that both sides state disagrees; where the gold states none of them, its threshold stands in. It is right when
all six numbers and the instrument agree. Of the seeds, clauses and all numbers with their bounds are annotated too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from analysis.corpus.clean import clean
from analysis.model import Document, Incentive, InputError, Quantity, Reading, Target
from analysis.score.gold import Gold, GoldRow
from analysis.segment import counts, gaps

GIVEN = ("rate_percent", "amount_low_wan", "amount_high_wan", "cap_item_wan", "cap_year_wan")
SIX_NUMBERS = ("threshold_wan", *GIVEN)

# Both sides may be traditional characters or not; names are cleaned, units are told apart by these alone.
_SIMPLER = str.maketrans("億萬場個項條戶間種畝", "亿万场个项条户间种亩")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_FRACTIONS = {
    "%": Decimal("0.01"),
    "％": Decimal("0.01"),
    "百分之": Decimal("0.01"),
    "‰": Decimal("0.001"),
    "千分之": Decimal("0.001"),
    "万分之": Decimal("0.0001"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which a prediction and its gold row differ."""

    field: str
    gold: str
    predicted: str


def number(row: GoldRow, field: str) -> Decimal | None:
    """A number of a gold row; empty is None. Raises ``InputError`` when it is no number."""
    words = row.fields.get(field, "").strip()
    if not words:
        return None
    try:
        return Decimal(words)
    except InvalidOperation as problem:
        raise InputError(
            "标注", f"{row.document}，第 {row.line} 行 {field}", f"“{words}”不是数", "请改为数字或留空"
        ) from problem


def in_base_unit(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Value and unit without scale: (1.1, 万家) -> (11000, 家), (2, 万分之) -> (0.0002, 比例)."""
    plain = _fold(unit).translate(_SIMPLER)
    if plain in _FRACTIONS:
        return value * _FRACTIONS[plain], "比例"
    if plain in {"百分点", "个百分点"}:
        return value, "百分点"
    while plain and plain[0] in _SCALES:
        value *= _SCALES[plain[0]]
        plain = plain[1:]
    return value, plain


def names_agree(one: str, other: str) -> bool:
    """Whether one name contains the other, or half of the pairs of neighbouring characters are shared (Dice)."""
    a, b = _fold(one), _fold(other)
    if not a or not b:
        return a == b
    if a in b or b in a:
        return True
    pairs_a, pairs_b = ({name[at : at + 2] for at in range(len(name) - 1)} for name in (a, b))
    return bool(pairs_a & pairs_b) and 4 * len(pairs_a & pairs_b) >= len(pairs_a) + len(pairs_b)


@lru_cache(maxsize=4096)
def _fold(words: str) -> str:
    return re.sub(r"\s+", "", clean(words).text) if words else ""


def overlap(row: GoldRow, one: Target | Incentive | Quantity, document: Document) -> int:
    """Number of raw characters that both spans hold."""
    start, end = document.raw_span(one.start, one.end)
    return max(0, min(end, row.end) - max(start, row.start)) if row.located else 0


def found(row: GoldRow, one: Target | Incentive) -> bool:
    """Of a target value and unit agree, of an incentive at least one stated number and none disagrees (spans are the
    caller's)."""
    if isinstance(one, Target):
        return _value_agrees(row, "value", one.value, one.unit) and (
            _value_agrees(row, "value_high", one.value_high, one.unit)
        )
    stated = {field: number(row, field) for field in SIX_NUMBERS}
    fields = GIVEN if any(stated[field] is not None for field in GIVEN) else ("threshold_wan",)
    pairs = [(stated[field], getattr(one, field)) for field in fields]
    both = [gold == predicted for gold, predicted in pairs if gold is not None and predicted is not None]
    return bool(both) and all(both)


def _value_agrees(row: GoldRow, field: str, value: Decimal | None, unit: str) -> bool:
    wanted = number(row, field)
    if wanted is None or value is None:
        return wanted is value
    return in_base_unit(wanted, row.fields["unit"]) == in_base_unit(value, unit)


def right(row: GoldRow, one: Target | Incentive) -> bool:
    """Found, and of a target year, comparator and indicator agree, of an incentive all six numbers and instrument."""
    if not found(row, one):
        return False
    if isinstance(one, Target):
        return (
            number(row, "target_year") == one.target_year
            and row.fields["comparator"] == one.comparator
            and names_agree(row.fields["indicator"], one.indicator)
        )
    return row.fields["instrument"] == one.instrument and all(
        number(row, field) == getattr(one, field) for field in SIX_NUMBERS
    )


def differences(row: GoldRow, one: Target | Incentive, *, clause: bool) -> tuple[Difference, ...]:
    """Every annotated field in which the two differ, names loosely; ``clause``: also where it stands."""
    exact: tuple[str, ...]
    loose: tuple[str, ...]
    if isinstance(one, Target):
        exact = ("value", "value_high", "unit", "kind", "comparator", "target_year", "baseline_year", "recurring")
        loose = ("indicator",)
    else:
        exact, loose = (*SIX_NUMBERS, "instrument", "rate_comparator", "receiver"), ("beneficiary", "rate_base")
    exact += ("clause",) if clause else ()
    result = []
    for field in exact:
        if field in ("kind", "receiver") and not row.fields.get(field):
            continue  # not annotated
        gold, predicted = row.fields.get(field, ""), getattr(one, field)
        same = number(row, field) == predicted if isinstance(predicted, Decimal | int) else gold == (predicted or "")
        if not same:
            result.append(Difference(field, gold, "" if predicted is None else str(predicted)))
    for field in loose:
        gold, predicted = row.fields.get(field, ""), getattr(one, field) or ""
        if not names_agree(gold, predicted):
            result.append(Difference(field, gold, predicted))
    return tuple(result)


_BOUNDS = {"=": "eq", ">=": "ge", ">": "gt", "<=": "le", "<": "lt", "~": "approx"}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something of the clauses or the quantities that is not as annotated."""

    document: str
    what: str  # one Chinese phrase


def wrong_structure(gold: Gold, readings: Mapping[str, Reading]) -> tuple[Mismatch, ...]:
    """Documents whose number of chapters or articles, or whose gaps in the numbering, differ from the gold."""
    result = []
    for row in gold.structure:
        clauses = readings[row.document].clauses
        chapters, articles = counts(clauses)
        for name, wanted, got in (("章", "chapters", chapters), ("条", "articles", articles)):
            if number(row, wanted) != got:
                result.append(Mismatch(row.document, f"{name}数应为 {row.fields[wanted]}，读到 {got}"))
        wanted_gaps = set(re.findall(r"（[^）]+）", row.fields["gaps"].split(" missing")[0]))
        got_gaps = {missing for gap in gaps(clauses) for missing in gap.missing}
        if wanted_gaps != got_gaps:
            words = "缺号应为 {}，读到 {}".format(*("".join(sorted(some)) or "无" for some in (wanted_gaps, got_gaps)))
            result.append(Mismatch(row.document, words))
    return tuple(result)


def wrong_quantities(gold: Gold, readings: Mapping[str, Reading]) -> tuple[Mismatch, ...]:
    """Annotated numbers that were not read with their value and bound."""
    result = []
    for row in gold.quantities:
        reading = readings[row.document]
        there = [one for one in reading.quantities if overlap(row, one, reading.document)]
        if not any(_quantity_agrees(row, one) for one in there):
            got = "、".join(f"{one.quote}（{one.comparator} {one.value} {one.unit}）" for one in there) or "没有读到"
            words = f"“{row.fields['quantity']}”应为 {row.fields['bound']} {row.fields['value']} {row.fields['unit']}"
            result.append(Mismatch(row.document, f"{words}，{got}"))
    return tuple(result)


def _quantity_agrees(row: GoldRow, one: Quantity) -> bool:
    if row.fields["kind"] == "date":  # a day is no number: only its place is compared
        return True
    if _BOUNDS.get(row.fields["bound"], one.comparator) != one.comparator:
        return False
    fields = ("value", "value_high") if row.fields["value_high"] else ("value",)
    unit = row.fields["unit"] if row.fields["unit"] != "1" else ""
    return all(_scaled(number(row, field), unit) == _scaled(getattr(one, field), one.unit) for field in fields)


def _scaled(value: Decimal | None, unit: str) -> Decimal | None:
    """The value without the scale of its unit; which unit it is does not matter."""
    return None if value is None else in_base_unit(value, unit)[0]
