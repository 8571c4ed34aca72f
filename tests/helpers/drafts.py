"""Drafts from plain text, as the rules see them."""

from __future__ import annotations

from analysis.corpus.documents import anonymous_card, document
from analysis.extract import extract
from analysis.lint.draft import Draft, draft_of
from analysis.model import Reading
from analysis.segment import segment


def draft_from(text: str, name: str = "文稿.txt", **known: object) -> Draft:
    """A draft with its reading; ``known`` goes on to ``draft_of``."""
    card = anonymous_card(name)
    read = document(card, card.editions[0], text)
    clauses = segment(read)
    found = extract(read, clauses)
    reading = Reading(read, clauses, found.quantities, found.targets, found.incentives, found.unparsed)
    return draft_of(name, text, reading, **known)  # type: ignore[arg-type]
