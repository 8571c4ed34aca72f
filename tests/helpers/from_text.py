"""From a text to what is read of it."""

from __future__ import annotations

from pathlib import Path

from analysis.corpus.documents import anonymous_card, document
from analysis.corpus.files import decode, read_bytes
from analysis.corpus.metadata import propose
from analysis.extract import extract
from analysis.model import Card, Document, Reading
from analysis.segment import segment


def text_in(path: Path) -> str:
    """The characters of a text file."""
    return decode(read_bytes(path), path.name)


def document_of(raw: str, name: str = "一份文件.txt") -> Document:
    """The text as a file that comes without a card."""
    card = anonymous_card(name, raw.encode())
    return document(card, card.editions[0], raw)


def card_of(raw: str, name: str = "试.txt") -> Card:
    """The card that the text proposes of itself."""
    return propose(document_of(raw, name))


def extraction_of(raw: str) -> Reading:
    """What is extracted from the text."""
    made = document_of(raw)
    return extract(made, segment(made))


def target_cells(found: Reading) -> list[list[object]]:
    """The targets as ``tests/cases`` writes them."""
    return [
        [row.indicator, row.comparator.value, str(row.value), row.unit, row.target_year or "", row.kind.value]
        for row in found.targets
    ]


NUMBERS = (
    *("threshold_wan", "rate_comparator", "rate_percent", "amount_low_wan"),
    *("amount_high_wan", "cap_item_wan", "cap_year_wan"),
)


def incentive_cells(found: Reading) -> list[list[str]]:
    """The incentives with numbers as ``tests/cases`` writes them; what is not there is empty."""
    return [
        [
            row.instrument.value,
            row.receiver.value,
            *("" if getattr(row, name) is None else str(getattr(row, name)) for name in NUMBERS),
        ]
        for row in found.incentives
        if row.quantified
    ]
