"""Rows for other programs: one JSON object for each target and incentive.

Numbers are decimal strings in the text's own unit (targets), 万元 and percent (incentives); what is not known is
null. ``start`` and ``end`` are Python string offsets into the raw file as decoded; ``quote`` is the cleaned text there.
Names and units are as the file writes them, in traditional characters where it does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from analysis.corpus.characters import SIMPLIFIED
from analysis.model import Document, Incentive, Reading, Target
from analysis.present.export import Column, Table

Value = str | int | None
_AS_WRITTEN = frozenset({"indicator", "unit", "beneficiary", "trigger", "rate_base"})
Row = dict[str, Value]

TARGET_KEYS = (
    "type", "document", "clause", "indicator", "indicator_id", "kind", "comparator", "value", "value_high", "unit",
    "target_year", "baseline_year", "recurring", "start", "end", "quote",
)  # fmt: skip
INCENTIVE_KEYS = (
    "type", "document", "clause", "beneficiary", "instrument", "trigger", "threshold_wan", "rate_comparator",
    "rate_percent", "rate_base", "amount_low_wan", "amount_high_wan", "cap_item_wan", "cap_year_wan", "start", "end",
    "quote",
)  # fmt: skip


def decimal(value: Decimal | None) -> str | None:
    """``Decimal("1E+3")`` -> ``"1000"``: plain digits, no exponent, no zeros after the last place."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rows(reading: Reading) -> Iterator[Row]:
    """Targets, then incentives, each in the order of the text."""
    for target in reading.targets:
        yield _row("target", TARGET_KEYS, target, reading.document)
    for incentive in reading.incentives:
        yield _row("incentive", INCENTIVE_KEYS, incentive, reading.document)


def _row(kind: str, keys: tuple[str, ...], one: Target | Incentive, document: Document) -> Row:
    start, end = document.raw_span(one.start, one.end)
    found: Row = {"type": kind, "start": start, "end": end}
    for key in keys:
        if key not in found:
            value = getattr(one, key)
            found[key] = decimal(value) if isinstance(value, Decimal) else _plain(value)
            if key in _AS_WRITTEN and value:
                found[key] = as_written(str(value), document, one.start, one.end)
    return {key: found[key] for key in keys}


def as_written(words: str, document: Document, start: int, end: int) -> str:
    """``words`` of the cleaned text in the characters of the file; they stand in the span or somewhere before it."""
    at = document.text.find(words, start, end)
    at = document.text.rfind(words, 0, end) if at < 0 else at
    if at < 0:
        return words
    raw = (document.raw[document.offsets[at + place]] for place in range(len(words)))
    return "".join(one if SIMPLIFIED.get(one) == clean else clean for one, clean in zip(raw, words, strict=True))


def _plain(value: object) -> Value:
    """Members of an enumeration as their words; text, whole numbers and None as they are."""
    return value if value is None or type(value) is int else str(value)


def jsonl(readings: Iterable[Reading]) -> Iterator[str]:
    """One JSON object a line, each with its line end."""
    for reading in readings:
        for row in rows(reading):
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def table(readings: Iterable[Reading]) -> Table:
    """Targets and incentives as one table; a column that a row does not have is empty."""
    keys = (*TARGET_KEYS[:-3], *(key for key in INCENTIVE_KEYS[:-3] if key not in TARGET_KEYS), "start", "end", "quote")
    found = tuple(row for reading in readings for row in rows(reading))
    return Table("extract", "读出的目标与激励", tuple(Column(key, key) for key in keys), found, source="政策原文")
