"""A row of the model as the columns of the gold, and a row again from what a person wrote into them.

Documents and uploads are other people's words, and a spreadsheet would run them: cells that it could take for a formula
are guarded, and taken back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from analysis.checked.values import FIELDS, INCENTIVE_FIELDS, TARGET_FIELDS, Part
from analysis.extract.receivers import receiver_of
from analysis.grammar import grammar
from analysis.model import Clause, Comparator, Incentive, Instrument, Reading, Target, TargetKind

NUMBERS = ("value", "value_high", "threshold_wan", "rate_percent", "amount_low_wan", "amount_high_wan",
           "cap_item_wan", "cap_year_wan")  # fmt: skip
YEARS = ("target_year", "baseline_year")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(TargetKind),
    "comparator": tuple(Comparator),
    "rate_comparator": ("", *Comparator),
    "recurring": ("", "yearly"),
    "instrument": tuple(Instrument),
}
NEEDED = {Part.TARGET: ("indicator", "value", "kind", "comparator"), Part.INCENTIVE: ("beneficiary", "instrument")}
_EARLIEST, _LATEST = 1949, 2100


def part_of(row: Target | Incentive) -> Part:
    """Which table of the gold a row belongs to."""
    return Part.TARGET if isinstance(row, Target) else Part.INCENTIVE


def fields_of(row: Target | Incentive) -> dict[str, str]:
    """The columns of the gold that a row fills, as the gold writes them."""
    names = TARGET_FIELDS if isinstance(row, Target) else INCENTIVE_FIELDS
    written = {name: _written(getattr(row, name)) for name in names}
    return {name: text for name, text in written.items() if text}


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def tidy(part: Part, typed: Mapping[str, str]) -> dict[str, str]:
    """What a person typed as the gold writes it: half-width digits, no thousands separators, empty ones left out."""
    clean = {}
    for name in FIELDS[part]:
        text = (typed.get(name) or "").strip()
        if name in NUMBERS or name in YEARS:
            text = "".join(unicodedata.normalize("NFKC", text).replace(",", "").split())
        if text:
            clean[name] = text
    return clean


def missing_or_wrong(part: Part, fields: Mapping[str, str]) -> tuple[str, str]:
    """(the first field that cannot stay as it is, what is wrong with it); both empty where all is well.

    The second is one of ``needed number year choice order none``: words for people are made elsewhere.
    """
    for name in FIELDS[part]:
        text = fields.get(name, "")
        if not text:
            if name in NEEDED[part]:
                return name, "needed"
        elif name in NUMBERS and _number(text) is None:
            return name, "number"
        elif name in YEARS and not (text.isascii() and text.isdecimal() and _EARLIEST <= int(text) <= _LATEST):
            return name, "year"
        elif name in CHOICES and text not in CHOICES[name]:
            return name, "choice"
    for low, high in (("value", "value_high"), ("amount_low_wan", "amount_high_wan")):
        first, second = _number(fields.get(low, "")), _number(fields.get(high, ""))
        if first is not None and second is not None and second < first:
            return high, "order"
    return "", ""


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 20 else None


def row_of(
    part: Part, fields: Mapping[str, str], reading: Reading, start: int, end: int, machine: Target | Incentive | None
) -> Target | Incentive:
    """The row that a person's columns say, over clean ``start``–``end``; what they do not hold stays the machine's.

    The columns must be in order (:func:`missing_or_wrong`).
    """
    clause = reading.clause_at(start)
    if part is Part.TARGET:
        return _target(fields, reading, clause, start, end, machine if isinstance(machine, Target) else None)
    return _incentive(fields, reading, clause, start, end, machine if isinstance(machine, Incentive) else None)


def _target(
    fields: Mapping[str, str], reading: Reading, clause: Clause, start: int, end: int, machine: Target | None
) -> Target:
    name = fields["indicator"]
    known = grammar().indicator_of(name)
    year, base = fields.get("target_year"), fields.get("baseline_year")
    stated: dict[str, Any] = {
        "indicator": name,
        "indicator_id": known.id if known else None,
        "kind": TargetKind(fields["kind"]),
        "comparator": Comparator(fields["comparator"]),
        "value": Decimal(fields["value"]),
        "value_high": _number(fields.get("value_high", "")),
        "unit": fields.get("unit", ""),
        "target_year": int(year) if year else None,
        "baseline_year": int(base) if base else None,
        "recurring": fields.get("recurring") or None,
    }
    if machine is not None:
        if machine.indicator == name:
            stated.pop("indicator_id")
        if (machine.value, machine.unit) != (stated["value"], stated["unit"]):
            stated["steps"] = ()  # how the machine made another number
        return replace(machine, **stated)
    at = _where(reading, start, end, stated["value"])
    return Target(
        document=reading.document.id,
        clause_index=clause.index,
        clause=clause.path,
        start=start,
        end=end,
        value_start=at[0],
        value_end=at[1],
        quote=reading.document.text[start:end],
        **stated,
    )


def _where(reading: Reading, start: int, end: int, value: Decimal) -> tuple[int, int]:
    """Where the number of a row stands in its words; all of them where the words write it otherwise."""
    inside = [each for each in reading.quantities if start <= each.start and each.end <= end and each.value == value]
    return (inside[0].start, inside[0].end) if inside else (start, end)


def _incentive(
    fields: Mapping[str, str], reading: Reading, clause: Clause, start: int, end: int, machine: Incentive | None
) -> Incentive:
    name = fields["beneficiary"]
    sign = fields.get("rate_comparator")
    stated: dict[str, Any] = {
        "beneficiary": name,
        "receiver": receiver_of(name, fields.get("trigger", "")),
        "instrument": Instrument(fields["instrument"]),
        "trigger": fields.get("trigger", ""),
        "rate_comparator": Comparator(sign) if sign else None,
        "rate_base": fields.get("rate_base") or None,
        **{column: _number(fields.get(column, "")) for column in NUMBERS if column in INCENTIVE_FIELDS},
    }
    if machine is not None:
        if machine.beneficiary == name:
            stated.pop("receiver")
        if stated["rate_percent"] != machine.rate_percent:
            stated["rate_percent_high"] = None  # another rate is no lower end of the machine's range
        return replace(machine, rate_open=machine.rate_open and stated["rate_percent"] is None, **stated)
    return Incentive(
        document=reading.document.id,
        clause_index=clause.index,
        clause=clause.path,
        start=start,
        end=end,
        quote=reading.document.text[start:end],
        **stated,
    )


# Excel reads the full-width signs as formula starts too where the system language is East Asian.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_GUARD = "'"


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could take ``text`` for a formula; a plain number like ``-5.2`` is none."""
    if _PLAIN_NUMBER.fullmatch(text):
        return False
    return text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)


def guarded(text: str) -> str:
    """``=1+1`` -> ``'=1+1``; a text that begins with the guard itself gets one more, so that it comes back whole."""
    return f"{_GUARD}{text}" if text.startswith(_GUARD) or starts_formula(text) else text


def unguarded(cell: str) -> str:
    """The text that :func:`guarded` made the cell from."""
    rest = cell.removeprefix(_GUARD)
    return rest if rest != cell and guarded(rest) == cell else cell
