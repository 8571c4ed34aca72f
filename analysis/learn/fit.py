"""A linear model from examples: logistic regression over the signs that more than one document shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.extract.weigh import Seen, Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# scikit-learn takes a second to load. It is imported where something is learnt: pages and commands that only read come
# past this module too.

STRENGTH = 0.15  # inverse of the penalty on weights (C of scikit-learn); smaller is more cautious
LEAST_DOCUMENTS = 3  # a sign that fewer documents show says nothing about the next one
PLACES = 3

#: The signs of one number and whether it is what is asked for.
Labelled = tuple[Sequence[Seen], bool]


def known_signs(documents: Sequence[Sequence[Labelled]]) -> tuple[str, ...]:
    """Names of the signs that enough documents show, in the order of the alphabet."""
    shown: dict[str, int] = {}
    for examples in documents:
        for name in {name for seen, _ in examples for name, _, _ in seen}:
            shown[name] = shown.get(name, 0) + 1
    return tuple(sorted(name for name, count in shown.items() if count >= LEAST_DOCUMENTS))


def fit(documents: Sequence[Sequence[Labelled]]) -> Weights:
    """Weights from the examples of several documents, rounded as the file keeps them."""
    from sklearn.linear_model import LogisticRegression

    names = known_signs(documents)
    places = {name: at for at, name in enumerate(names)}
    rows = [example for examples in documents for example in examples]
    matrix = _matrix([seen for seen, _ in rows], places)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, tol=1e-6)
    model.fit(matrix, np.array([label for _, label in rows]))
    weights = {name: round(float(weight), PLACES) for name, weight in zip(names, model.coef_[0], strict=True)}
    return Weights(
        {name: weight for name, weight in weights.items() if weight}, round(float(model.intercept_[0]), PLACES)
    )


def calibrate(rows: Sequence[tuple[tuple[float, ...], bool]]) -> tuple[tuple[float, ...], float]:
    """Slopes and intercept that bring logits of left-out documents, own and beside, to probabilities."""
    from sklearn.linear_model import LogisticRegression

    logits = np.array([each for each, _ in rows])
    model = LogisticRegression(C=1.0).fit(logits, np.array([label for _, label in rows]))
    return tuple(round(float(slope), PLACES) for slope in model.coef_[0]), round(float(model.intercept_[0]), PLACES)


def _matrix(rows: Iterable[Sequence[Seen]], places: dict[str, int]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    columns, ends = [], [0]
    for seen in rows:
        columns += sorted(places[name] for name in {name for name, _, _ in seen} if name in places)
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(places)))
