"""What the reading gives on documents that its weights have not seen: each document left out in turn.

The grammar's rules were written by people who had seen these texts, so this is the best that can be said without texts
that nobody has seen; ``tests/gold/fresh`` holds some of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.extract import decide
from analysis.extract.target_signs import beside
from analysis.extract.weigh import Weights
from analysis.learn.examples import Annotated, Example
from analysis.learn.fit import Labelled, calibrate, fit
from analysis.model import Reading
from analysis.score.count import Tally, count_incentives, count_targets

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
