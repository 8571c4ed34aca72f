"""When a predicted row agrees with a gold row: the rules of the annotation guide, and nothing else.

*found*: the spans overlap and the numbers agree. *right*: also what the numbers are about. A target is found when
value and unit agree (亿元 = 10,000 万元, 万家 = 10,000 家, 億 = 亿, a range with both its ends); it is right when year,
comparator and indicator agree too. An incentive is found when at least one of rate, amount and cap agrees and none of
those that both sides state disagrees; where the gold states none of them, its threshold stands in. It is right when
all six numbers and the instrument agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from analysis.corpus.clean import clean
from analysis.model import Document, Incentive, InputError, Target
from analysis.score.gold import GoldRow

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


def overlap(row: GoldRow, found: Target | Incentive, document: Document) -> int:
    """Number of raw characters that both spans hold."""
    start, end = document.raw_span(found.start, found.end)
    return max(0, min(end, row.end) - max(start, row.start)) if row.located else 0


def target_found(row: GoldRow, target: Target) -> bool:
    """Value and unit agree (spans are the caller's)."""
    value, high = number(row, "value"), number(row, "value_high")
    if value is None:
        return False
    unit = row.fields["unit"]
    if in_base_unit(value, unit) != in_base_unit(target.value, target.unit):
        return False
    if high is None or target.value_high is None:
        return high is target.value_high
    return in_base_unit(high, unit) == in_base_unit(target.value_high, target.unit)


def target_right(row: GoldRow, target: Target) -> bool:
    """Found, and year, comparator and indicator agree."""
    return (
        target_found(row, target)
        and number(row, "target_year") == target.target_year
        and row.fields["comparator"] == target.comparator
        and names_agree(row.fields["indicator"], target.indicator)
    )


def incentive_found(row: GoldRow, incentive: Incentive) -> bool:
    """At least one stated number agrees and none that both state disagrees (spans are the caller's)."""
    stated = {field: number(row, field) for field in GIVEN}
    fields = GIVEN if any(value is not None for value in stated.values()) else ("threshold_wan",)
    both = [
        (number(row, field), getattr(incentive, field))
        for field in fields
        if number(row, field) is not None and getattr(incentive, field) is not None
    ]
    return bool(both) and all(gold == predicted for gold, predicted in both)


def incentive_right(row: GoldRow, incentive: Incentive) -> bool:
    """Found, and all six numbers and the instrument agree."""
    return (
        incentive_found(row, incentive)
        and all(number(row, field) == getattr(incentive, field) for field in SIX_NUMBERS)
        and row.fields["instrument"] == incentive.instrument
    )


def differences(row: GoldRow, found: Target | Incentive, *, clause: bool) -> tuple[Difference, ...]:
    """Every annotated field in which the two differ, names loosely; ``clause``: also where it stands."""
    exact: tuple[str, ...]
    loose: tuple[str, ...]
    if isinstance(found, Target):
        exact = ("value", "value_high", "unit", "kind", "comparator", "target_year", "baseline_year", "recurring")
        loose = ("indicator",)
    else:
        exact, loose = (*SIX_NUMBERS, "instrument", "rate_comparator", "receiver"), ("beneficiary", "rate_base")
    exact += ("clause",) if clause else ()
    result = []
    for field in exact:
        if field in ("kind", "receiver") and not row.fields.get(field):
            continue  # not annotated
        gold, predicted = row.fields.get(field, ""), getattr(found, field)
        same = number(row, field) == predicted if isinstance(predicted, Decimal | int) else gold == (predicted or "")
        if not same:
            result.append(Difference(field, gold, _shown(predicted)))
    for field in loose:
        gold, predicted = row.fields.get(field, ""), getattr(found, field) or ""
        if not names_agree(gold, predicted):
            result.append(Difference(field, gold, predicted))
    return tuple(result)


def _shown(value: object) -> str:
    return "" if value is None else str(value)
