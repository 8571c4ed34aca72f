"""What a pile of comments is about: themes with names out of their own words, and the comments typical of each.

Words are weighted by rarity, and comments with the same words come together (k-means on their directions). A theme is
named by the words that set it apart. Nothing is random: the same comments in any order give the same themes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.consultation.comment_text import as_simple
from analysis.consultation.theme_patterns import MANNERS
from analysis.grammar import grammar
from analysis.tokenise import Token, jieba_dictionary, tokens

_FEWEST = 4  # texts with words that make themes at all
_FITTED = 3_000  # texts that the themes are made from; the rest goes to the nearest
_MOST_THEMES = 20
_LEAST_MEMBERS = 2
_NEAR = 0.2  # cosine to the middle of its theme below which a text belongs to none
_IN_MOST = 0.5  # of the texts: a word that more of them use tells none apart
_AROUND = 0.7  # weight of the words around a text; its own count 1
_NAMED_BY = 2  # words of a name
_USED_BY = 0.12  # of the texts of a theme that use a word of its name, at least
_WHOLE = 0.6  # of the uses of a word that stand beside another one: the two are one word
_LONGEST = 4_000  # characters of a text that are looked at
_LONGEST_WORD = 12
OTHER = "其他"
_NAMING = "nvjil"  # kinds of words that can name a matter: nouns, verbs, short forms, set phrases
_FIGURES = re.compile(
    "[一二三四五六七八九十百千万亿零〇两几数多半第每]{1,12}(?:[年月日天个次条项家人种名位份倍成分]|$)|[一二三四五六七八九十]{2}|百分"
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its name, the texts that belong to it (indices, in order), and the most typical, the best first."""

    name: str
    members: tuple[int, ...]
    typical: tuple[int, ...]


def themes(texts: Sequence[str], contexts: Sequence[str] = (), typical: int = 3) -> tuple[Theme, ...]:
    """The themes of texts, the largest first. A text without a word of policy belongs to none; see ``OTHER``.

    ``contexts`` are the words of the clause that each text is tied to: they bring together what is about one matter,
    and never name it.
    """
    words = [theme_words(text) for text in texts]
    order = sorted((at for at in range(len(texts)) if words[at]), key=lambda at: (_digest(texts[at]), at))
    if len(order) < _FEWEST:
        return ()
    beside = cache(theme_words)
    around = [beside(contexts[at]) if contexts else () for at in order]
    labels, nearness = _clusters(_matrix([words[at] for at in order], around))
    found: dict[str, list[int]] = {}
    for label, name in _names([words[at] for at in order], labels).items():
        found.setdefault(name, []).extend(np.flatnonzero(labels == label).tolist())
    made = [
        Theme(
            name,
            tuple(sorted(order[place] for place in places)),
            tuple(order[place] for place in sorted(places, key=lambda at: (-nearness[at], at))[:typical]),
        )
        for name, places in found.items()
    ]
    return tuple(sorted(made, key=lambda theme: (theme.name == OTHER, -len(theme.members), theme.name)))


def theme_words(text: str) -> tuple[str, ...]:
    """The words of a text that can name a theme, in order; neighbours stay neighbours, "" stands between others."""
    found: list[str] = []
    for token in tokens(as_simple(text[:_LONGEST])):
        if _names_a_theme(token):
            found.append(token.word)
        elif found and found[-1]:
            found.append("")
    return tuple(found) if any(found) else ()


def _names_a_theme(token: Token) -> bool:
    words, tags = grammar().left_out
    word = token.word
    return (
        1 < len(word) <= _LONGEST_WORD
        and "\u3400" <= word[0] <= "\u9fff"
        and token.tag not in tags
        and word not in words
        and not _FIGURES.match(word)
        and _kinds().get(word, "n")[0] in _NAMING
        and not _is_manner(word)
    )


@cache
def _kinds() -> dict[str, str]:
    """The kind of each word in jieba's dictionary, of two characters or more."""
    with jieba_dictionary() as file:
        lines = file.read().decode().splitlines()
    return {word: kind for word, _, kind in (line.split(" ") for line in lines) if len(word) > 1}


@cache
def _manners() -> Any:
    return MANNERS.regex.fullmatch


def _is_manner(word: str) -> bool:
    return _manners()(word) is not None


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "replace")).digest()


def _matrix(words: Sequence[Sequence[str]], around: Sequence[Sequence[str]]) -> Any:
    """Rows of unit length: the words of each text, and with less weight those around it."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    both = [[*own, *beside] for own, beside in zip(words, around, strict=True)]
    counts = Counter(word for each in both for word in set(each))
    telling = {word for word, count in counts.items() if word and count <= max(_IN_MOST * len(both), 2.5)}
    vectors = TfidfVectorizer(
        analyzer=_plain_words, sublinear_tf=True, vocabulary=sorted(telling or set(counts) - {""})
    )
    vectors.fit(both)
    return normalize(vectors.transform(words) + _AROUND * vectors.transform(around))


def _plain_words(words: Sequence[str]) -> list[str]:
    return [word for word in words if word]


def _clusters(matrix: Any) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each row its cluster, -1 for none, and how near it stands to the middle of it."""
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    fitted = matrix[:_FITTED]
    filled = np.flatnonzero(np.diff(fitted.indptr))
    different = len({(row.indices.tobytes(), row.data.tobytes()) for row in map(fitted.getrow, filled)})
    count = min(max(round(sqrt(len(filled))), 2), _MOST_THEMES, different)
    if not count:
        return np.full(matrix.shape[0], -1, dtype=np.int64), np.zeros(matrix.shape[0])
    with threadpool_limits(1):  # sums in one order, so that the answer is the same to the last digit
        model = KMeans(count, random_state=0, n_init=8).fit(fitted[filled])
    middles = model.cluster_centers_ / np.maximum(np.linalg.norm(model.cluster_centers_, axis=1, keepdims=True), 1e-12)
    similar = np.round(matrix @ middles.T, 9)
    labels = similar.argmax(axis=1).astype(np.int64)
    nearness = similar.max(axis=1).astype(np.float64)
    labels[nearness < _NEAR] = -1
    return labels, nearness


def _names(words: Sequence[Sequence[str]], labels: NDArray[np.int64]) -> dict[int, str]:
    """The name of each cluster. Clusters of one name are one theme; those too small or without a name are ``OTHER``."""
    joined = _compounds(words)
    uses = [frozenset(_joined(each, joined)) for each in words]
    everywhere = Counter(word for each in uses for word in each)
    names: dict[int, str] = {}
    for label in sorted(set(labels.tolist())):
        members = [uses[at] for at in np.flatnonzero(labels == label)]
        names[label] = OTHER if label < 0 or len(members) < _LEAST_MEMBERS else _name(members, everywhere, len(uses))
    return names


def _name(members: Sequence[frozenset[str]], everywhere: Counter[str], texts: int) -> str:
    within = Counter(word for each in members for word in each)
    enough = max(2, _USED_BY * len(members))

    def weight(word: str) -> float:
        inside, outside = within[word] / len(members), (everywhere[word] - within[word] + 0.5) / (texts + 1)
        return inside * log(1 + inside / outside) * (1.25 if len(word) > 3 else 1.0)

    ranked = sorted((word for word, count in within.items() if count >= enough), key=lambda word: (-weight(word), word))
    chosen: list[str] = []
    for word in ranked:
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == _NAMED_BY:
            break
    return "、".join(chosen) or OTHER


def _compounds(words: Sequence[Sequence[str]]) -> frozenset[tuple[str, str]]:
    """Words that mostly stand side by side: 补助 and 比例 name a theme as 补助比例."""
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for each in words:
        single.update({word for word in each if word})
        double.update({pair for pair in pairwise(each) if all(pair)})
    return frozenset(
        pair
        for pair, count in double.items()
        if count > 2 and count >= _WHOLE * min(single[pair[0]], single[pair[1]]) and len("".join(pair)) <= 8
    )


def _joined(words: Sequence[str], compounds: frozenset[tuple[str, str]]) -> Iterator[str]:
    at = 0
    while at < len(words):
        if at + 1 < len(words) and (words[at], words[at + 1]) in compounds:
            yield words[at] + words[at + 1]
            at += 2
            continue
        if words[at]:
            yield words[at]
        at += 1
