"""What people said, as annotations: the folder of the gold, to score and to learn from.

Rows that a person confirmed, changed or added are rows of the gold. What nobody has looked at yet counts neither way:
rows still to be checked, and of a text that is half done everything between the checked rows, stand in
``not_targets.csv`` as UNCHECKED. So a text that is half done is no fault of the reading, and teaches nothing beyond the
rows that were checked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analysis.checked.apply import Item, items
from analysis.checked.fields import guarded
from analysis.checked.values import INCENTIVE_FIELDS, TARGET_FIELDS, Check, Part
from analysis.model import CheckVerdict, Document, Incentive, Reading, Target

_INDEX = ("document", "region", "title", "doc_number", "issued", "issuer", "whole_or_excerpt", "negative", "source",
          "notes")  # fmt: skip
_TAIL = ("ambiguous", "note", "quote", "char_start", "char_end")
_COLUMNS = {
    "index.csv": _INDEX,
    "targets.csv": ("document", "clause", *TARGET_FIELDS, *_TAIL),
    "incentives.csv": ("document", "clause", *INCENTIVE_FIELDS, *_TAIL),
    "qualitative_incentives.csv": (
        "document",
        "clause",
        "beneficiary",
        "instrument",
        "trigger",
        "note",
        "quote",
        "char_start",
        "char_end",
    ),
    "not_targets.csv": ("document", "quote", "why", "char_start", "char_end"),
}
_UNCHECKED = "UNCHECKED: neither reward nor penalise"
Checked = tuple[Reading, Sequence[Check]]


def gold_files(checked: Iterable[Checked]) -> dict[str, bytes]:
    """The files of a gold folder by their path in it: texts as decoded, index, rows, and what is no target."""
    rows: dict[str, list[Mapping[str, str]]] = {name: [] for name in _COLUMNS}
    texts: dict[str, bytes] = {}
    for reading, said in checked:
        found = items(reading, said)
        document = reading.document
        texts[f"texts/{document.id}.txt"] = document.raw.encode("utf-8", errors="replace")
        rows["index.csv"].append(_index(reading, found))
        for item in found:
            if item.check is None:
                rows["not_targets.csv"].append(_neutral(document, item))
            elif item.row is not None:
                rows[_table(item.row)].append(_row(item.check))
            elif item.part is Part.TARGET and item.check.verdict is CheckVerdict.REMOVED:
                rows["not_targets.csv"].append(_removed(document, item, item.check))
        if any(item.check is None for item in found):
            rows["not_targets.csv"] += _between(document, found)
    return texts | {name: _csv(_COLUMNS[name], some) for name, some in rows.items()}


def _table(row: Target | Incentive) -> str:
    if isinstance(row, Target):
        return "targets.csv"
    return "incentives.csv" if row.quantified else "qualitative_incentives.csv"


def _between(document: Document, found: Sequence[Item]) -> Iterator[dict[str, str]]:
    """The stretches of a text that lie outside the rows a person has spoken of."""
    spoken = sorted(document.raw_span(item.start, item.end) for item in found if item.check is not None)
    at = 0
    for start, end in (*spoken, (len(document.raw), len(document.raw))):
        if at < start:
            yield _other(document, at, start, _UNCHECKED) | {"quote": ""}
        at = max(at, end)


def _index(reading: Reading, found: Sequence[Item]) -> dict[str, str]:
    card = reading.document.card
    done = all(item.check is not None for item in found)
    nothing = done and not any(item.row for item in found)
    people = sorted({item.check.who for item in found if item.check is not None})
    return {
        "document": reading.document.id,
        "region": card.region or "",
        "title": card.title,
        "doc_number": card.doc_number or "",
        "issued": card.issued or "",
        "issuer": "、".join(card.issuers),
        "whole_or_excerpt": "whole",
        "negative": "1" if nothing and found else "",
        "source": card.source or "",
        "notes": f"{'checked' if done else 'partly checked'} by {'、'.join(people)}" if people else "not checked",
    }


def _row(check: Check) -> dict[str, str]:
    said = f"{check.verdict} by {check.who} at {check.when}"
    return {
        "document": check.document,
        "clause": check.clause,
        **check.fields,
        "note": f"{said}; {check.note}" if check.note else said,
        "quote": check.quote,
        "char_start": str(check.start),
        "char_end": str(check.end),
    }


def _neutral(document: Document, item: Item) -> dict[str, str]:
    start, end = document.raw_span(item.start, item.end)
    return _other(document, start, end, _UNCHECKED)


def _removed(document: Document, item: Item, check: Check) -> dict[str, str]:
    start, end = check.start, check.end
    if isinstance(item.machine, Target):  # the number alone: its words may hold another that is a target
        start, end = document.raw_span(item.machine.value_start, item.machine.value_end)
    return _other(document, start, end, f"removed by {check.who} at {check.when}")


def _other(document: Document, start: int, end: int, why: str) -> dict[str, str]:
    return {
        "document": document.id,
        "quote": document.raw[start:end],
        "why": why,
        "char_start": str(start),
        "char_end": str(end),
    }


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    def lines() -> Iterator[list[Any]]:
        yield list(columns)
        for row in rows:
            yield [guarded(row.get(column, "")) for column in columns]

    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(lines())
    return buffer.getvalue().encode("utf-8", errors="replace")
