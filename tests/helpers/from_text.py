"""From a text to what is read of it."""

from __future__ import annotations

from analysis.corpus.documents import anonymous_card, document
from analysis.corpus.metadata import propose
from analysis.model import Card


def card_of(raw: str, name: str = "试.txt") -> Card:
    """The card that the text proposes of itself."""
    card = anonymous_card(name)
    return propose(document(card, card.editions[0], raw))
