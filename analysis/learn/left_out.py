"""Weights learnt from examples, and what the reading gives on documents that its weights have not seen.

The model is linear: logistic regression over the signs that more than one document shows. Each document is left out in
turn. The grammar's rules were written by people who had seen these texts, so this is the best that can be said without
texts that nobody has seen; ``tests/gold/fresh`` holds some of those. The made-up sentences of
``tests/cases/targets.toml`` are further examples; no figure is ever taken of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.corpus.documents import anonymous_card, document
from analysis.extract import decide, prepare
from analysis.extract.target_signs import beside, signs
from analysis.extract.weigh import Seen, Weights
from analysis.learn.examples import Annotated, Example
from analysis.model import Reading
from analysis.score.count import Tally, count_incentives, count_targets
from analysis.score.gold import FRAME
from analysis.segment import segment

THRESHOLD = 0.5  # taken where a target is more likely than not
CASE_WEIGHT = 3  # a made-up sentence shows one thing purely and counts as so many documents; found likewise
#: Of one number that was left out: its logit, those beside it, and whether it is a target.
Weighed = tuple[tuple[float, ...], bool]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One document as it is read by weights learnt from all others, and by the grammar's rules alone.

    Rows that a fair annotator could decide otherwise are left out of the counts.
    """

    document: str
    kind: str
    negative: bool  # holds neither target nor incentive
    targets: Tally
    targets_by_rule: Tally
    incentives: Tally
    judged: tuple[tuple[float, bool], ...]  # probability that a number is a target, and whether it is
    incentives_by_rule: Tally | None = None  # None while rules alone read incentives


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights learnt from all documents, and what leaving each of them out gave."""

    weights: Weights
    documents: tuple[LeftOut, ...]


def learn(every: Sequence[Annotated], cases: Sequence[Sequence[Labelled]] = ()) -> Learnt:
    """Weights from all documents, calibrated on what weights learnt from the others said of each.

    ``cases``: made-up sentences to learn from besides; they are never left out, and nothing is counted of them.
    """
    labelled = [_labelled(one.targets) for one in every]
    cases = [*cases] * CASE_WEIGHT
    weights = fit([*labelled, *cases])
    models = [
        fit([*labelled[:at], *labelled[at + 1 :], *cases]) if examples else weights
        for at, examples in enumerate(labelled)
    ]
    weighed = [_weighed(one.targets, model) for one, model in zip(every, models, strict=True)]
    documents = []
    for at, (one, model) in enumerate(zip(every, models, strict=True)):
        others = [row for place, rows in enumerate(weighed) if place != at for row in rows]
        documents.append(_left_out(one, _calibrated(model, others), weighed[at]))
    return Learnt(_calibrated(weights, [row for rows in weighed for row in rows]), tuple(documents))


def _labelled(examples: Sequence[Example]) -> list[Labelled]:
    return [(one.seen, one.label) for one in examples if one.label is not None and one.candidate.refused is None]


def _weighed(examples: Sequence[Example], model: Weights) -> list[Weighed]:
    logits = [model.logit(one.seen) for one in examples]
    sisters = beside([one.candidate for one in examples], logits)
    return [
        ((logit, *others), one.label)
        for one, logit, others in zip(examples, logits, sisters, strict=True)
        if one.label is not None and one.candidate.refused is None
    ]


def _calibrated(model: Weights, rows: Sequence[Weighed]) -> Weights:
    slopes, intercept = calibrate(rows)
    return replace(model, slopes=slopes, intercept=intercept, threshold=THRESHOLD)


def _left_out(one: Annotated, model: Weights, weighed: Sequence[Weighed]) -> LeftOut:
    def tallies(by: Weights | None) -> tuple[Tally, Tally]:
        found = decide(one.prepared, by)
        reading: Reading = replace(one.reading, targets=found.targets, incentives=found.incentives)
        readings = {one.name: reading}
        parts = (count_targets(one.gold, readings), count_incentives(one.gold, readings))
        return parts[0].tally(ambiguous=False), parts[1].tally(ambiguous=False)

    targets, incentives = tallies(model)
    return LeftOut(
        document=one.name,
        kind=str(one.reading.document.card.kind),
        negative=one.name in one.gold.negative,
        targets=targets,
        targets_by_rule=tallies(None)[0],
        incentives=incentives,
        judged=tuple((model.probability(*logits), label) for logits, label in weighed),
    )


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


def labelled_cases(path: Path) -> list[list[Labelled]]:
    """The numbers of each case, with whether the case lists them as a target; none where there is no such file."""
    if not path.is_file():
        return []
    cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [_labelled_case(case["text"], [(Decimal(row[2]), row[3]) for row in case["targets"]]) for case in cases]


def _labelled_case(text: str, wanted: list[tuple[Decimal, str]]) -> list[Labelled]:
    card = anonymous_card("句子")
    made = document(card, card.editions[0], f"{FRAME}{text}")
    every = prepare(made, segment(made)).candidates
    rows: list[Labelled] = []
    for one, seen in zip(every, signs(every), strict=True):
        if one.refused is None:
            number = (one.quantity.value, one.quantity.unit)
            label = number in wanted
            if label:
                wanted.remove(number)
            rows.append((tuple(seen), label))
    return rows
