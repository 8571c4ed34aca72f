"""The clauses nearest to a clause in words: one function for drafts, versions and comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction.text import TfidfVectorizer

from analysis.tokenise import Token, tokens

_ROWS = 500  # queries that are compared at a time, which bounds the memory
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
    texts give the same answer; of two equally similar ones the first counts.
    """
    if not queries or not among:
        return [[] for _ in queries]
    vectors = TfidfVectorizer(analyzer=words_of, sublinear_tf=True)
    try:
        matrix = vectors.fit_transform([*among, *queries])
    except ValueError:  # not a single word in any of them
        return [[] for _ in queries]
    known, asked = matrix[: len(among)].T.tocsc(), matrix[len(among) :]
    found: list[list[Near]] = []
    for start in range(0, asked.shape[0], _ROWS):
        block = (asked[start : start + _ROWS] @ known).tocsr()
        for row in range(block.shape[0]):
            begin, end = block.indptr[row], block.indptr[row + 1]
            scores = zip(block.indices[begin:end], block.data[begin:end], strict=True)
            near = [Near(int(at), min(float(score), 1.0)) for at, score in scores if score >= max(least, 1e-9)]
            found.append(sorted(near, key=lambda each: (-round(each.similarity, 9), each.index))[:most])
    return found
