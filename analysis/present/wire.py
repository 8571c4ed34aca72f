"""Rows for other programs: one JSON object for each target and incentive and, where asked, each number left over.

Numbers are decimal strings in the text's own unit (targets), 万元 and percent (incentives); what is not known is
null. ``start`` and ``end`` are Python string offsets into the raw file as decoded, ``digest`` is the SHA-256 of its
bytes; ``quote`` is the cleaned text there, ``prefix`` and ``suffix`` what is beside it (docs/decisions/citation.md).
Names and units are as the file writes them, in traditional characters where it does. ``rule``, ``probability`` and
``evidence`` say why a row is one: :mod:`analysis.present.explained` says more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from operator import methodcaller

from analysis.citation import cite
from analysis.corpus.characters import SIMPLIFIED
from analysis.model import Document, Incentive, Reading, Sign, Target, Unparsed
from analysis.present.export import Cell, Columns, Table, tabulate
from analysis.present.reasons import titles

Value = str | int | float | None
Signs = list[dict[str, str | int | float]]
_AS_WRITTEN = frozenset({"indicator", "unit", "beneficiary", "trigger", "rate_base"})
Row = dict[str, Value | Signs]

_WHY_KEYS = (
    "start",
    "end",
    "quote",
    "prefix",
    "suffix",
    "digest",
    "rule",
    "probability",
    "evidence",
)  # at the end of every row
TARGET_KEYS = (
    "type", "document", "clause", "indicator", "indicator_id", "kind", "comparator", "value", "value_high", "unit",
    "target_year", "baseline_year", "recurring", *_WHY_KEYS,
)  # fmt: skip
INCENTIVE_KEYS = (
    "type", "document", "clause", "beneficiary", "instrument", "trigger", "threshold_wan", "rate_comparator",
    "rate_percent", "rate_percent_high", "rate_base", "amount_low_wan", "amount_high_wan", "cap_item_wan",
    "cap_year_wan", *_WHY_KEYS,
)  # fmt: skip
UNPARSED_KEYS = ("type", "document", "clause", "reason", *_WHY_KEYS)


def decimal(value: Decimal | None) -> str | None:
    """``Decimal("1E+3")`` -> ``"1000"``: plain digits, no exponent, no zeros after the last place."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rows(reading: Reading, *, unparsed: bool = False) -> Iterator[Row]:
    """Targets, then incentives, then (if asked for) numbers left over, each in the order of the text."""
    for row, signs in _without_signs(reading, unparsed=unparsed):
        yield {**row, "evidence": [_sign(sign, reading.document) for sign in signs]}


def _without_signs(reading: Reading, *, unparsed: bool) -> Iterator[tuple[dict[str, Value], tuple[Sign, ...]]]:
    """Each row but for its signs, and the signs."""
    for target in reading.targets:
        yield _row("target", TARGET_KEYS, target, reading), target.evidence
    for incentive in reading.incentives:
        yield _row("incentive", INCENTIVE_KEYS, incentive, reading), incentive.evidence
    for left in reading.unparsed if unparsed else ():
        yield _row("unparsed", UNPARSED_KEYS, left, reading), left.evidence


def _row(kind: str, keys: tuple[str, ...], one: Target | Incentive | Unparsed, reading: Reading) -> dict[str, Value]:
    found: dict[str, Value] = {"type": kind, "quote": one.quote, **cited(reading.document, one.start, one.end)}
    if isinstance(one, Unparsed):
        found["clause"] = reading.clause_at(one.start).path
    for key in keys[:-1]:
        if key not in found:
            value = getattr(one, key)
            found[key] = decimal(value) if isinstance(value, Decimal) else _plain(value)
            if key in _AS_WRITTEN and value:
                found[key] = as_written(str(value), reading.document, one.start, one.end)
    return {key: found[key] for key in keys[:-1]}


def cited(document: Document, start: int, end: int) -> dict[str, str | int]:
    """What the citation of a span adds to a row that holds its quote."""
    citation = cite(document, start, end)
    return {name: getattr(citation, name) for name in ("start", "end", "prefix", "suffix", "digest")}


def _sign(sign: Sign, document: Document) -> dict[str, str | int | float]:
    start, end = document.raw_span(sign.start, sign.end)
    return {"name": sign.name, "weight": sign.weight, "start": start, "end": end}


def as_written(words: str, document: Document, start: int, end: int) -> str:
    """``words`` of the cleaned text in the characters of the file; they stand in the span or somewhere before it."""
    at = document.text.find(words, start, end)
    at = document.text.rfind(words, 0, end) if at < 0 else at
    if at < 0:
        return words
    raw = (document.raw[document.offsets[at + place]] for place in range(len(words)))
    return "".join(one if SIMPLIFIED.get(one) == clean else clean for one, clean in zip(raw, words, strict=True))


def _plain(value: object) -> Value:
    """Members of an enumeration as their words; text, numbers and None as they are."""
    return value if value is None or isinstance(value, float) or type(value) is int else str(value)


def jsonl(readings: Iterable[Reading], *, unparsed: bool = False) -> Iterator[str]:
    """One JSON object a line, each with its line end."""
    for reading in readings:
        for row in rows(reading, unparsed=unparsed):
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def table(readings: Iterable[Reading], *, unparsed: bool = False) -> Table:
    """All rows as one table; a column that a row does not have is empty, and signs are their titles in one cell."""
    before = [key for key in TARGET_KEYS if key not in _WHY_KEYS]
    more = INCENTIVE_KEYS + UNPARSED_KEYS if unparsed else INCENTIVE_KEYS
    before += [key for key in dict.fromkeys(more) if key not in TARGET_KEYS]
    keys = (*before, *_WHY_KEYS)
    found: list[Mapping[str, Cell]] = [
        {**row, "evidence": titles(signs)}
        for reading in readings
        for row, signs in _without_signs(reading, unparsed=unparsed)
    ]
    columns: Columns[Mapping[str, Cell]] = {key: methodcaller("get", key) for key in keys}
    return tabulate("extract", "读出的目标与激励", columns, found, "政策原文")
