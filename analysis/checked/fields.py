"""A row as the columns of the gold, and a row again from what a person wrote into them.

Columns of words that a person marked are suggested. Documents and uploads are other people's words, and a spreadsheet
would run them: cells that it could take for a formula are guarded when they are written, and restored when read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from analysis.extract.quantities import quantities
from analysis.extract.receivers import receiver_of
from analysis.grammar import grammar
from analysis.model import Comparator, Incentive, Instrument, Quantity, Reading, Target, TargetKind


class Part(StrEnum):
    """Which table of the gold a row belongs to."""

    TARGET = "target"
    INCENTIVE = "incentive"


TARGET_FIELDS = (
    "indicator", "kind", "comparator", "value", "value_high", "unit", "target_year", "baseline_year", "recurring",
)  # fmt: skip
INCENTIVE_FIELDS = (
    "beneficiary", "instrument", "trigger", "threshold_wan", "rate_comparator", "rate_percent", "rate_base",
    "amount_low_wan", "amount_high_wan", "cap_item_wan", "cap_year_wan",
)  # fmt: skip
FIELDS = {Part.TARGET: TARGET_FIELDS, Part.INCENTIVE: INCENTIVE_FIELDS}
NUMBERS = ("value", "value_high", "threshold_wan", "rate_percent", "amount_low_wan", "amount_high_wan",
           "cap_item_wan", "cap_year_wan")  # fmt: skip
YEARS = ("target_year", "baseline_year")
_ENUMERATIONS: Mapping[str, type[StrEnum]] = {
    "kind": TargetKind,
    "comparator": Comparator,
    "rate_comparator": Comparator,
    "instrument": Instrument,
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    **{name: tuple(members) for name, members in _ENUMERATIONS.items()},
    "rate_comparator": ("", *Comparator),
    "recurring": ("", "yearly"),
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
    """The row that a person's columns describe, over clean ``start``–``end``; the rest is as in the machine's row.

    The columns must be in order (:func:`missing_or_wrong`), and the machine's row of the same part.
    """
    stated: dict[str, Any] = {name: _value(name, fields.get(name, "")) for name in FIELDS[part]}
    if part is Part.TARGET:
        known = grammar().indicator_of(stated["indicator"])
        stated["indicator_id"] = known.id if known else None
    else:
        stated["receiver"] = receiver_of(stated["beneficiary"], stated["trigger"])
    if isinstance(machine, Target):
        if machine.indicator == stated["indicator"]:
            stated.pop("indicator_id")
        if (machine.value, machine.unit) != (stated["value"], stated["unit"]):
            stated["steps"] = ()  # how the machine made another number
        return replace(machine, **stated)
    if machine is not None:
        if machine.beneficiary == stated["beneficiary"]:
            stated.pop("receiver")
        if stated["rate_percent"] != machine.rate_percent:
            stated["rate_percent_high"] = None  # another rate is no lower end of the machine's range
        return replace(machine, rate_open=machine.rate_open and stated["rate_percent"] is None, **stated)
    clause = reading.clause_at(start)
    stated |= {
        "document": reading.document.id,
        "clause_index": clause.index,
        "clause": clause.path,
        "start": start,
        "end": end,
        "quote": reading.document.text[start:end],
    }
    if part is Part.INCENTIVE:
        return Incentive(**stated)
    inside = (each for each in reading.quantities if start <= each.start and each.end <= end)
    number = next((each for each in inside if each.value == stated["value"]), None)
    at = (number.start, number.end) if number else (start, end)  # the words may write the number otherwise
    return Target(value_start=at[0], value_end=at[1], **stated)


def _value(column: str, text: str) -> object:
    """What a column of a row holds; only the unit and the trigger are texts that may be empty."""
    if column in NUMBERS:
        return _number(text)
    if not text:
        return text if column in ("unit", "trigger") else None
    if column in YEARS:
        return int(text)
    return _ENUMERATIONS[column](text) if column in _ENUMERATIONS else text


_COUNTED = ("money", "count", "percent", "ratio", "multiple")
_IN_WAN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}
_LEADING = re.compile(
    r"^.*(?:力争|达到|实现|建设|建成|培育|新增|完成|突破|超过|年底?[，,]|[全我][省市县区国]|已有|累计)"
)
_TRAILING = re.compile(r"(?:达到|达|超过|突破|不低于|不少于|为|新增|增长|到|约|至少|力争)+$")


def place_of(reading: Reading, words: str) -> tuple[int, int] | None:
    """Clean span of words that a person typed or pasted, white space apart; None where they stand nowhere or twice."""
    pattern = r"\s*".join(re.escape(sign) for sign in words if not sign.isspace())
    found = [match.span() for match in re.finditer(pattern, reading.document.text)] if pattern else []
    return found[0] if len(found) == 1 else None


def trimmed(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """A marked span without the white space and stops at its ends; None where nothing is left of it."""
    text = reading.document.text
    within = range(max(0, start), min(end, len(text)))
    kept = [at for at in within if not (text[at].isspace() or text[at] in "，。；、：,;:.")]
    return (kept[0], kept[-1] + 1) if kept else None


def begun(reading: Reading, start: int, end: int) -> tuple[Part, dict[Part, dict[str, str]]]:
    """Which kind of row marked words look like, and the columns of either kind that can be read from them."""
    words = reading.document.text[start:end]
    found = [each for each in quantities(words) if each.dimension in _COUNTED]
    tool = next((cue.id for cue in grammar().instruments if cue.hit(words)), None)
    part = Part.INCENTIVE if tool else Part.TARGET
    return part, {Part.TARGET: _target_in(words, found), Part.INCENTIVE: _incentive_in(words, found, tool)}


def _target_in(words: str, found: Sequence[Quantity]) -> dict[str, str]:
    years = [each for each in quantities(words) if each.dimension == "year"]
    fields = {"kind": str(TargetKind.LEVEL), "comparator": str(Comparator.EQ)}
    if years:
        fields["target_year"] = f"{years[-1].value:f}"
    if found:
        number = found[0]
        before = _TRAILING.sub("", words[: number.start])
        fields |= {
            "indicator": (_LEADING.sub("", before) or words[number.end :]).strip("的，、：； "),
            "value": f"{number.value:f}",
            "unit": number.unit,
            "comparator": str(number.comparator),
            "kind": str(_kind_of(number, words[: number.start])),
        }
        if number.value_high is not None:
            fields["value_high"] = f"{number.value_high:f}"
    return {name: text for name, text in fields.items() if text}


def _kind_of(number: Quantity, before: str) -> TargetKind:
    if number.dimension == "multiple":
        return TargetKind.MULTIPLE
    if number.dimension in ("percent", "ratio"):
        return TargetKind.GROWTH if re.search("增长|增速|提高", before) else TargetKind.SHARE
    return TargetKind.INCREMENT if before.endswith(("新增", "增加")) else TargetKind.LEVEL


def _incentive_in(words: str, found: Sequence[Quantity], tool: str | None) -> dict[str, str]:
    fields = {"instrument": tool or str(Instrument.SUBSIDY)}
    who = re.match(r"(?:对|给予|支持)?(.{2,20}?)(?:，|按|给予|每年|最高|的)", words)
    if who:
        fields["beneficiary"] = who[1]
    for number in found:
        if number.dimension == "percent":
            fields.setdefault("rate_percent", f"{number.value:f}")
            if number.comparator is not Comparator.EQ:
                fields.setdefault("rate_comparator", str(number.comparator))
        elif number.unit in _IN_WAN:
            sums = f"{(number.value * _IN_WAN[number.unit]).normalize():f}"
            if number.comparator in (Comparator.LE, Comparator.LT):
                yearly = re.search("每年|年度", words[: number.start][-8:])
                fields.setdefault("cap_year_wan" if yearly else "cap_item_wan", sums)
            elif number.comparator in (Comparator.GE, Comparator.GT):
                fields.setdefault("threshold_wan", sums)
            else:
                fields.setdefault("amount_low_wan", sums)
                fields.setdefault("amount_high_wan", sums)
    return fields


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
