"""Incentives of several texts aligned by who receives: a tidy table, the receiver × document matrix, the answer.

Money in 万元, rates in percent. Three absences stay apart: the text is silent about a receiver, the text gives
something without stating a figure, and a figure that cannot apply to what is given (the cap of a professional title).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from analysis.compare.benefit import PAID_IN_MONEY, most, threshold
from analysis.compare.target_matrix import NOT_APPLICABLE, cells_of, table_of
from analysis.model import Card, Incentive, Instrument, Reading, Receiver

RATE_OPEN = "比例未定"

INCENTIVE_COLUMNS = (
    "document", "region", "region_code", "title", "receiver", "beneficiary", "instrument", "quantified", "trigger",
    "threshold_wan", "rate_comparator", "rate_percent", "rate_base", "rate_open", "amount_low_wan", "amount_high_wan",
    "cap_item_wan", "cap_year_wan", "one_off", "funder", "notes", "clause", "clause_index", "start", "end", "quote",
    "rule", "probability", "checked", "checked_by", "checked_at",
)  # fmt: skip

_CAPPED = PAID_IN_MONEY | {
    Instrument.INSURANCE,
    Instrument.VOUCHER,
    Instrument.LOAN,
    Instrument.TALENT,
    Instrument.AWARD,
}
_RATED = _CAPPED | {Instrument.INCOME_SHARE, Instrument.EQUITY_SHARE, Instrument.TAX, Instrument.PERFORMANCE_PAY}


@dataclass(frozen=True, slots=True)
class IncentiveCell:
    """What one document gives one class of receivers; both empty where the document is silent."""

    document: str
    quantified: tuple[Incentive, ...] = ()
    qualitative: tuple[Incentive, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether the document gives these receivers nothing at all."""
        return not (self.quantified or self.qualitative)


@dataclass(frozen=True, slots=True)
class IncentiveRow:
    """One class of receivers across documents; cells stand in the order of the matrix' cards."""

    receiver: Receiver
    cells: tuple[IncentiveCell, ...]


@dataclass(frozen=True, slots=True)
class IncentiveMatrix:
    """Receivers in rows, documents in columns."""

    cards: tuple[Card, ...]
    rows: tuple[IncentiveRow, ...]

    @property
    def incentives(self) -> tuple[Incentive, ...]:
        """All incentives shown."""
        return tuple(
            incentive for row in self.rows for cell in row.cells for incentive in (*cell.quantified, *cell.qualitative)
        )


@dataclass(frozen=True, slots=True)
class Payment:
    """How one document pays one class of receivers in money: a part of the sentence that answers 谁能拿到多少."""

    card: Card
    incentive: Incentive


@dataclass(frozen=True, slots=True)
class Answer:
    """Who pays a class of receivers. ``payments``: lowest threshold first; the rest by how much they say.

    ``same_cap_wan`` is the cap that all payments share, ``threshold_ratio`` the highest over the lowest threshold;
    both None unless there are two payments or more that state one.
    """

    receiver: Receiver
    payments: tuple[Payment, ...]
    unquantified: tuple[Card, ...]  # give these receivers something without a figure
    silent: tuple[Card, ...]
    same_cap_wan: Decimal | None
    threshold_ratio: Decimal | None


def incentive_table(readings: Iterable[Reading]) -> pd.DataFrame:
    """One row for each incentive, columns ``INCENTIVE_COLUMNS``, all of dtype object.

    What a text does not state is None; a cap or a rate that cannot belong to the instrument is 不适用, an open rate
    is 比例未定.
    """
    return table_of(INCENTIVE_COLUMNS, (_cells(reading, item) for reading in readings for item in reading.incentives))


def _cells(reading: Reading, incentive: Incentive) -> dict[str, object]:
    return cells_of(reading.document.card, incentive, INCENTIVE_COLUMNS) | {
        "notes": "；".join(incentive.notes),
        "rate_percent": rate_field(incentive),
        "cap_item_wan": cap_field(incentive, incentive.cap_item_wan),
        "cap_year_wan": cap_field(incentive, incentive.cap_year_wan),
    }


def rate_field(incentive: Incentive) -> Decimal | str | None:
    """The rate in percent; 比例未定 where the text leaves it open; 不适用 for titles, exemptions; None: not stated."""
    if incentive.rate_percent is not None:
        return incentive.rate_percent
    if incentive.rate_open:
        return RATE_OPEN
    return None if incentive.instrument in _RATED else NOT_APPLICABLE


def cap_field(incentive: Incentive, stated: Decimal | None) -> Decimal | str | None:
    """A cap in 万元 as stated; 不适用 where the instrument pays no sum of its own; None: not stated."""
    if stated is not None or incentive.instrument in _CAPPED:
        return stated
    return NOT_APPLICABLE


def incentive_matrix(
    readings: Sequence[Reading],
    receivers: Iterable[Receiver] = tuple(Receiver),
    instruments: Iterable[Instrument] = tuple(Instrument),
) -> IncentiveMatrix:
    """Receivers × documents, restricted to the given receivers and instruments.

    A receiver that no document gives anything is left out: an empty row compares nothing. Those whom most documents
    name a figure for come first, then those whom most give something; equals in the order of the model, the rest last.
    """
    wanted = frozenset(instruments)
    rows = []
    among = frozenset(receivers)
    for receiver in (one for one in Receiver if one in among):
        cells = tuple(_cell(reading, receiver, wanted) for reading in readings)
        if not all(cell.silent for cell in cells):
            rows.append(IncentiveRow(receiver, cells))
    return IncentiveMatrix(tuple(reading.document.card for reading in readings), tuple(sorted(rows, key=_place)))


def _place(row: IncentiveRow) -> tuple[bool, int, int]:
    """The order of rows: the rest class last, then by documents with a figure, then by documents at all."""
    stated = sum(bool(cell.quantified) for cell in row.cells)
    return row.receiver is Receiver.OTHER, -stated, 0 if stated else -sum(not cell.silent for cell in row.cells)


def _cell(reading: Reading, receiver: Receiver, wanted: frozenset[Instrument]) -> IncentiveCell:
    given = [item for item in reading.incentives if item.receiver is receiver and item.instrument in wanted]
    return IncentiveCell(
        reading.document.id,
        tuple(item for item in given if item.quantified),
        tuple(item for item in given if not item.quantified),
    )


def answer(row: IncentiveRow, cards: Sequence[Card]) -> Answer:
    """Who pays the receivers of a row, from what sum, how much, up to what."""
    payments = [
        Payment(card, item)
        for card, cell in zip(cards, row.cells, strict=True)
        for item in cell.quantified
        if item.instrument in PAID_IN_MONEY
    ]
    payments.sort(key=lambda payment: threshold(payment.incentive))
    paying = {payment.card.slug for payment in payments}
    rest = [(card, cell) for card, cell in zip(cards, row.cells, strict=True) if card.slug not in paying]
    thresholds = [payment.incentive.threshold_wan for payment in payments]
    stated = [sum_ for sum_ in thresholds if sum_]
    caps = {most(payment.incentive) for payment in payments}
    several = len(payments) > 1
    return Answer(
        receiver=row.receiver,
        payments=tuple(payments),
        unquantified=tuple(card for card, cell in rest if not cell.silent),
        silent=tuple(card for card, cell in rest if cell.silent),
        same_cap_wan=next(iter(caps)) if several and len(caps) == 1 else None,
        threshold_ratio=max(stated) / min(stated) if several and len(stated) == len(thresholds) else None,
    )


def by_instrument(incentives: Iterable[Incentive]) -> tuple[tuple[Instrument, tuple[Incentive, ...]], ...]:
    """Incentives grouped by instrument, in the order of the model; instruments nobody uses are left out."""
    listed = tuple(incentives)
    groups = ((tool, tuple(item for item in listed if item.instrument is tool)) for tool in Instrument)
    return tuple((tool, items) for tool, items in groups if items)
