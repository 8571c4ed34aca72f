"""Checks as annotations: the folder of the gold, to score and to learn from.

Rows that a person confirmed, changed or added are rows of the gold. What nobody has looked at yet counts neither way:
rows still to be checked, and of a text that is half done everything between the checked rows, stand in
``not_targets.csv`` as UNCHECKED. So a text that is half done is no fault of the reading, and teaches nothing beyond the
rows that were checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.checked.checks import Check, Item, items
from analysis.checked.fields import INCENTIVE_FIELDS, TARGET_FIELDS, Part
from analysis.checked.journal import cells_of, csv_lines
from analysis.model import CheckVerdict, Document, Reading, Target

_SPAN = ("quote", "char_start", "char_end")
_COLUMNS = {
    "index.csv": (
        "document", "region", "title", "doc_number", "issued", "issuer", "whole_or_excerpt", "negative", "source",
        "notes",
    ),
    "targets.csv": ("document", "clause", *TARGET_FIELDS, "ambiguous", "note", *_SPAN),
    "incentives.csv": ("document", "clause", *INCENTIVE_FIELDS, "ambiguous", "note", *_SPAN),
    "qualitative_incentives.csv": ("document", "clause", "beneficiary", "instrument", "trigger", "note", *_SPAN),
    "not_targets.csv": ("document", "quote", "why", "char_start", "char_end"),
}  # fmt: skip
_UNCHECKED = "UNCHECKED: neither reward nor penalise"


def gold_files(checked: Iterable[tuple[Reading, Sequence[Check]]]) -> dict[str, bytes]:
    """The files of a gold folder by their path in it: texts as decoded, index, rows, and what is no target."""
    rows: dict[str, list[Mapping[str, str]]] = {name: [] for name in _COLUMNS}
    texts: dict[str, bytes] = {}
    for reading, checks in checked:
        found = items(reading, checks)
        document = reading.document
        texts[f"texts/{document.id}.txt"] = document.raw.encode("utf-8", errors="replace")
        rows["index.csv"].append(_index(reading, found))
        for item in found:
            if item.check is None:
                span = document.raw_span(item.start, item.end)
                rows["not_targets.csv"].append(_no_target(document, span, _UNCHECKED))
            elif item.row is not None:
                rows[_table(item)].append(cells_of(item.check) | {"note": _note(item.check)})
            elif item.part is Part.TARGET and item.check.verdict is CheckVerdict.REMOVED:
                rows["not_targets.csv"].append(_removed(document, item, item.check))
        if any(item.check is None for item in found):
            rows["not_targets.csv"] += _between(document, found)
    return texts | {name: csv_lines(_COLUMNS[name], some, head=True, end="\n") for name, some in rows.items()}


def _table(item: Item) -> str:
    if item.row is None or isinstance(item.row, Target):
        return "targets.csv"
    return "incentives.csv" if item.row.quantified else "qualitative_incentives.csv"


def _note(check: Check) -> str:
    decided = f"{check.verdict} by {check.who} at {check.when}"
    return f"{decided}; {check.note}" if check.note else decided


def _between(document: Document, found: Sequence[Item]) -> Iterator[dict[str, str]]:
    """The stretches of a text that lie outside the rows that a person has checked."""
    checked = sorted(document.raw_span(item.start, item.end) for item in found if item.check is not None)
    at = 0
    for start, end in (*checked, (len(document.raw), len(document.raw))):
        if at < start:
            yield _no_target(document, (at, start), _UNCHECKED) | {"quote": ""}
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


def _removed(document: Document, item: Item, check: Check) -> dict[str, str]:
    span = check.start, check.end
    if isinstance(item.machine, Target):  # the number alone: its words may hold another that is a target
        span = document.raw_span(item.machine.value_start, item.machine.value_end)
    return _no_target(document, span, f"removed by {check.who} at {check.when}")


def _no_target(document: Document, span: tuple[int, int], why: str) -> dict[str, str]:
    start, end = span
    return {
        "document": document.id,
        "quote": document.raw[start:end],
        "why": why,
        "char_start": str(start),
        "char_end": str(end),
    }
