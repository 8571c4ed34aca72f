"""Which texts are counted as policies: reports of news and of work done are not, unless they are asked for."""

from __future__ import annotations

from dataclasses import replace

from analysis.model import Corpus, TextKind

#: The kinds that are counted as policies, and those that are not.
POLICIES = tuple(kind for kind in TextKind if kind.is_policy)
REPORTS = tuple(kind for kind in TextKind if not kind.is_policy)


def policies(corpus: Corpus) -> Corpus:
    """The corpus without its reports; a user's own file stays, for it was asked for."""
    kept = tuple(one for one in corpus.readings if one.document.card.own or one.document.card.kind.is_policy)
    slugs = {reading.document.id for reading in kept}
    return replace(corpus, readings=kept, editions=tuple(one for one in corpus.editions if one.document.id in slugs))


def left_out(corpus: Corpus) -> int:
    """How many documents of the corpus :func:`policies` leaves out."""
    return len(corpus.readings) - len(policies(corpus).readings)
