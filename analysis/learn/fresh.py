"""The first run over texts that were collected last and annotated before it; their words are not kept here."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.learn.unseen import Estimate, estimate
from analysis.model import InputFault
from analysis.score.baseline import recorded_by_document
from analysis.score.count import Tally

#: The day that ``tests/gold/fresh/README.md`` names.
COLLECTED = "2026-11-28"
RESULT, SOURCES = "result.json", "sources.csv"
_COLUMNS = ("document", "region", "title", "issued", "source", "negative")


@dataclass(frozen=True, slots=True)
class FreshText:
    """Where one of the texts comes from."""

    document: str
    region: str
    title: str
    issued: str
    source: str
    negative: bool  # holds neither target nor incentive


@dataclass(frozen=True, slots=True)
class Fresh:
    """What the run gave. Rows that a fair annotator could decide otherwise are counted."""

    collected: str  # ISO date
    texts: tuple[FreshText, ...]
    documents: int
    targets: Estimate
    incentives: Estimate
    empty: int
    empty_rows: int


def read_fresh(folder: Path) -> Fresh | None:
    """The run recorded in ``folder`` by ``score … --write-baseline result.json``; None where none is.

    Raises ``InputFault`` when the record or the list of sources is broken.
    """
    kept = recorded_by_document(folder / RESULT)
    if kept is None:
        return None
    texts = _sources(folder / SOURCES)
    names = sorted({one.document for one in texts}.union(*kept.values()))
    empty = {one.document for one in texts if one.negative}
    return Fresh(
        collected=COLLECTED,
        texts=texts,
        documents=len(names),
        targets=estimate(_in_order(kept["targets"], names)),
        incentives=estimate(_in_order(kept["incentives"], names)),
        empty=len(empty),
        empty_rows=sum(part[name].predicted for part in kept.values() for name in empty if name in part),
    )


def _in_order(kept: Mapping[str, Tally], names: list[str]) -> list[Tally]:
    return [kept.get(name, Tally(0, 0, 0, 0)) for name in names]


def _sources(path: Path) -> tuple[FreshText, ...]:
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(_text(row) for row in csv.DictReader(file))
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as problem:
        columns = "、".join(_COLUMNS)
        raise InputFault(path.name, "", "来源表读不出来或缺少列", f"请补全 {columns} 各列") from problem


def _text(row: Mapping[str, str | None]) -> FreshText:
    document, region, title, issued, source, negative = (row[name] or "" for name in _COLUMNS)
    return FreshText(document, region, title, issued, source, negative == "1")
