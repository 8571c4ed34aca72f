"""The terms of whole readings counted side by side, as a collection does it from its tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.model import Reading
from analysis.similar import TermCounts
from analysis.similar.terms import Lexer, by_word, count_words, word_terms
from analysis.tokenise import tokens


def count_terms(readings: Sequence[Reading], lexer: Lexer = tokens) -> TermCounts:
    """Count the terms of each text. Names of the regions on the cards are left out."""
    counts = [count_words(reading, lexer) for reading in readings]
    is_term, table = by_word(counts, {})
    return word_terms(
        [reading.document.id for reading in readings],
        is_term,
        table,
        np.array([one.characters for one in counts], dtype=np.int64),
        {reading.document.card.region for reading in readings if reading.document.card.region},
    )
