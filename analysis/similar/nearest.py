"""The clauses nearest to a clause in words: one function for drafts, versions and comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.tokenise import Token, tokens

_PAIRS = 2_000_000  # queries times texts that are compared at a time, which bounds the memory
_SAME = 9  # digits by which two similarities are told apart
_WORD = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Near:
    """One of the texts that were searched, by its index, and its similarity: 0 (no word in common) to 1 (the same)."""

    index: int
    similarity: float


def words_of(text: str, lexer: Callable[[str], Sequence[Token]] = tokens) -> list[str]:
    """The words of a text, marks left out."""
    return [token.word for token in lexer(text) if _WORD.match(token.word)]


def nearest(queries: Sequence[str], among: Sequence[str], most: int = 1, least: float = 0.0) -> list[list[Near]]:
    """For each query the ``most`` most similar of ``among``, the best first, those of ``least`` similarity or more.

    Similarity is the cosine of word counts weighted by rarity (tf-idf over queries and ``among`` together). The same
    texts give the same answer; of two equally similar ones the first counts. A text without a word in common is never
    near. Time and memory grow with the number of queries times that of ``among``.
    """
    if not queries or not among:
        return [[] for _ in queries]
    from sklearn.feature_extraction.text import TfidfVectorizer  # takes a second to load, which reading need not

    vectors = TfidfVectorizer(analyzer=words_of, sublinear_tf=True)
    try:
        matrix = vectors.fit_transform([*among, *queries])
    except ValueError:  # not a single word in any of them
        return [[] for _ in queries]
    known, asked = matrix[: len(among)].T.tocsc(), matrix[len(among) :]
    at_a_time = max(_PAIRS // len(among), 1)
    found: list[list[Near]] = []
    for start in range(0, asked.shape[0], at_a_time):
        block = (asked[start : start + at_a_time] @ known).tocsr()
        for begin, end in zip(block.indptr[:-1], block.indptr[1:], strict=True):
            found.append(_best(block.indices[begin:end], block.data[begin:end], most, least))
    return found


def _best(indices: Any, scores: Any, most: int, least: float) -> list[Near]:
    """The best of the texts that have a word in common with a query: their indices, and the similarity of each."""
    rounded = np.round(scores, _SAME)
    enough = rounded >= max(least, 10.0**-_SAME)
    indices, rounded = indices[enough], rounded[enough]
    order = np.lexsort((indices, -rounded))[:most]
    return [Near(int(indices[at]), min(float(rounded[at]), 1.0)) for at in order]
