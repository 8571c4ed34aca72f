"""Targets of several texts side by side: a tidy table and the document × indicator matrix.

Indicators are joined by their canonical id; one without an id is joined by its own words. An indicator that measures
something narrower or wider keeps a row of its own. A cell says which of three things is the case: the text states a
number, the text names the indicator without a number, or the text is silent. None of them is 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from analysis.citation import cite
from analysis.grammar import grammar
from analysis.grammar.vocabularies import Counted, Indicator
from analysis.model import Card, Citation, Incentive, Reading, Target, TargetKind, TargetStatus

NOT_APPLICABLE = "不适用"
NOT_STATED = "文件未写"

TARGET_COLUMNS = (
    "document", "region", "region_code", "title", "measure", "indicator", "indicator_id", "kind", "comparator",
    "value", "value_high", "unit", "target_year", "baseline_year", "recurring", "scope", "status", "clause",
    "clause_index", "start", "end", "value_start", "value_end", "quote", "rule", "probability",
    "checked", "checked_by", "checked_at",
)  # fmt: skip

Key = tuple[str, int, int, str]  # document, start, end, kind: names one target of the corpus


class CellState(StrEnum):
    """What a cell of the matrix says. Three different things; an absent number is never 0."""

    STATED = "stated"
    NAMED_ONLY = "named_only"  # the text names the indicator and sets no number for it
    SILENT = "silent"
    FILTERED = "filtered"  # the text states a number that the filters leave out


@dataclass(frozen=True, slots=True)
class TargetCell:
    """One document's word on one indicator. ``mention``: the first naming without a number."""

    document: str
    state: CellState
    targets: tuple[Target, ...] = ()
    mention: Citation | None = None
    mentions: int = 0
    hidden: int = 0  # targets that filters leave out


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One indicator across documents; cells stand in the order of the matrix' cards."""

    key: str  # canonical id, or the indicator's own words
    name: str
    note: str  # how its definition differs from a related measure; "" where it does not
    counted: Counted
    cells: tuple[TargetCell, ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """All targets of the row."""
        return tuple(target for cell in self.cells for target in cell.targets)


@dataclass(frozen=True, slots=True)
class TargetMatrix:
    """Indicators in rows, documents in columns."""

    cards: tuple[Card, ...]
    rows: tuple[TargetRow, ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """All targets shown."""
        return tuple(target for row in self.rows for target in row.targets)


def key(target: Target) -> Key:
    """What names a target in the corpus: where its words stand and what they set (翻番 and 4,000 may share words)."""
    return target.document, target.start, target.end, str(target.kind)


def join_key(target: Target) -> str:
    """What targets of different texts are joined by."""
    return target.indicator_id or target.indicator


def target_table(readings: Iterable[Reading], verdicts: Mapping[Key, TargetStatus]) -> pd.DataFrame:
    """One row for each target, columns ``TARGET_COLUMNS``, all of dtype object.

    ``value`` is a ``Decimal`` in ``unit``; what a text does not state is None; ``baseline_year`` is 不适用 for a
    level, which needs none. ``status`` is a ``TargetStatus`` value, ``not_comparable`` where ``verdicts`` has none.
    """
    names = {indicator.id: indicator.name for indicator in grammar().indicators}
    return table_of(
        TARGET_COLUMNS,
        (
            cells_of(reading.document.card, target, TARGET_COLUMNS)
            | {
                "measure": names.get(target.indicator_id or "", target.indicator),
                "status": str(verdicts.get(key(target), TargetStatus.NOT_COMPARABLE)),
                "baseline_year": baseline(target),
            }
            for reading in readings
            for target in reading.targets
        ),
    )


def cells_of(card: Card, row: Target | Incentive, columns: Sequence[str]) -> dict[str, object]:
    """What the tables hold of a row as it is, of its document, and of the person who stands for it, if any."""
    found = {name: getattr(row, name) for name in columns if hasattr(row, name)}
    cells = {name: str(value) if isinstance(value, StrEnum) else value for name, value in found.items()}
    mark = row.checked
    return cells | {
        "region": card.region,
        "region_code": card.region_code,
        "title": card.title,
        "checked": str(mark.verdict) if mark else None,
        "checked_by": mark.who if mark else None,
        "checked_at": mark.when if mark else None,
    }


def table_of(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Rows as a table of these columns, which is complete without rows too."""
    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)


def baseline(target: Target) -> int | str | None:
    """The year a target is counted from: as stated; 不适用 where a plain level needs none; None where it is open."""
    if target.baseline_year is None and target.kind in (TargetKind.LEVEL, TargetKind.SHARE):
        return NOT_APPLICABLE
    return target.baseline_year


def target_matrix(readings: Sequence[Reading]) -> TargetMatrix:
    """Indicators × documents. Rows by kind of quantity, then in the order of the grammar, unknown ones last."""
    known = {indicator.id: indicator for indicator in grammar().indicators}
    grouped: dict[str, list[Target]] = {}
    for reading in readings:
        for target in reading.targets:
            grouped.setdefault(join_key(target), []).append(target)
    rows = [_row(joined, targets, known.get(joined), readings) for joined, targets in grouped.items()]
    kinds = [kind.id for kind in grammar().counted]
    order = {joined: place for place, joined in enumerate(known)}
    rows.sort(key=lambda row: (kinds.index(row.counted.id), order.get(row.key, len(order)), row.name))
    return TargetMatrix(tuple(reading.document.card for reading in readings), tuple(rows))


def narrow(matrix: TargetMatrix, keep: Callable[[TargetRow, Target], bool]) -> TargetMatrix:
    """The matrix with only the targets to keep; rows without a target left are dropped.

    A cell whose targets are all left out is ``FILTERED``, not silent: the text does say something.
    """
    rows = []
    for row in matrix.rows:
        cells = []
        for cell in row.cells:
            left = tuple(target for target in cell.targets if keep(row, target))
            hidden = len(cell.targets) - len(left)
            state = CellState.FILTERED if hidden and not left else cell.state
            cells.append(replace(cell, targets=left, state=state, hidden=hidden))
        if any(cell.targets for cell in cells):
            rows.append(replace(row, cells=tuple(cells)))
    return TargetMatrix(matrix.cards, tuple(rows))


def shared(matrix: TargetMatrix) -> tuple[TargetRow, ...]:
    """The rows that two regions or more set a number for: what can be compared between places at all."""
    regions = {card.slug: card.region_code or card.slug for card in matrix.cards}
    return tuple(row for row in matrix.rows if len({regions[target.document] for target in row.targets}) > 1)


def _row(joined: str, targets: list[Target], known: Indicator | None, readings: Sequence[Reading]) -> TargetRow:
    forms = {target.indicator for target in targets} | (set(known.forms) | {known.name} if known else set())
    # Level targets say best what is counted: a growth rate of contract value belongs into the row of the money.
    levels = [target for target in targets if target.kind in (TargetKind.LEVEL, TargetKind.INCREMENT)]
    return TargetRow(
        key=joined,
        name=known.name if known else joined,
        note=known.series_note if known else "",
        counted=grammar().in_base((levels or targets)[0].value, (levels or targets)[0].unit)[1],
        cells=tuple(_cell(reading, joined, forms) for reading in readings),
    )


def _cell(reading: Reading, joined: str, forms: set[str]) -> TargetCell:
    slug = reading.document.id
    targets = [target for target in reading.targets if join_key(target) == joined]
    if targets:
        targets.sort(key=lambda target: (target.target_year is None, target.target_year or 0, target.start))
        return TargetCell(slug, CellState.STATED, tuple(targets))
    found = _mentions(reading.document.text, forms)
    if found:
        mention = cite(reading.document, *found[0])
        return TargetCell(slug, CellState.NAMED_ONLY, mention=mention, mentions=len(found))
    return TargetCell(slug, CellState.SILENT)


def _mentions(text: str, forms: set[str]) -> list[tuple[int, int]]:
    """Where any of the forms stands, longest form first, without overlaps."""
    pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True) if form)
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []


def years(targets: Iterable[Target]) -> tuple[int | None, ...]:
    """The target years, ascending; None last where a target has no year."""
    found = {target.target_year for target in targets}
    return (*sorted(year for year in found if year is not None), *([None] if None in found else []))
