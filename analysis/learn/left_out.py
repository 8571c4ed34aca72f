"""Weights learnt from examples, and what the reading gives on documents that its weights have not seen.

The model is linear: logistic regression over the signs that more than one document shows. Each document is left out in
turn. The grammar's rules were written by people who had seen these texts, so this is the best that can be said without
texts that nobody has seen; ``tests/gold/fresh`` holds some of those. The made-up sentences of
``tests/cases/targets.toml`` are further examples; no figure is ever taken of them.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from analysis.corpus.documents import anonymous_card, document
from analysis.extract import Prepared, decide, prepare
from analysis.extract.target_decision import beside, signs
from analysis.extract.target_rules import Candidate
from analysis.extract.weigh import Seen, Weights
from analysis.model import Reading
from analysis.score.agree import in_base_unit, number, overlap
from analysis.score.count import Tally, count_incentives, count_targets
from analysis.score.gold import FRAME, Gold, GoldRow, read_gold
from analysis.segment import segment

CASE_WEIGHT = 3  # a made-up sentence shows one thing purely and counts as so many documents; found likewise
#: The signs of one number and whether it is what is asked for.
Labelled = tuple[Sequence[Seen], bool]
#: Of one number that was left out: its logit, those beside it, and whether it is what is asked for.
Weighed = tuple[tuple[float, ...], bool]


@dataclass(frozen=True, slots=True)
class Example:
    """A number that could be a target. ``label``: whether it is one; None where it counts neither way."""

    candidate: Candidate
    seen: tuple[Seen, ...]
    label: bool | None

    @property
    def counts(self) -> bool:
        """Whether anything is learnt from it."""
        return self.label is not None and self.candidate.refused is None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotations and what is to be weighed in it."""

    gold: Gold  # of its folder, for this document alone
    reading: Reading  # as read today
    prepared: Prepared
    targets: tuple[Example, ...]

    @property
    def name(self) -> str:
        """Name of the document in its gold folder."""
        return self.gold.documents[0]


def annotated(folder: Path, readings: Mapping[str, Reading]) -> tuple[Annotated, ...]:
    """Every document of a gold folder that is in ``readings``. Raises ``InputError`` on a broken gold file."""
    result = []
    for name, reading in readings.items():
        gold = read_gold(folder, {name: reading})
        prepared = prepare(reading.document, reading.clauses)
        result.append(Annotated(gold, reading, prepared, _examples(gold, reading, prepared.candidates)))
    return tuple(result)


def _examples(gold: Gold, reading: Reading, every: Sequence[Candidate]) -> tuple[Example, ...]:
    """Each annotated row labels one number: of those that agree with it, the one most of whose part it holds."""

    def within(row: GoldRow) -> list[int]:
        return [at for at, one in enumerate(every) if overlap(row, one.quantity, reading.document)]

    labels: list[bool | None] = [False] * len(every)
    for at in {at for row in gold.neutral for at in within(row)}:
        labels[at] = None
    for row in gold.targets:
        for at in [at for at in within(row) if _agrees(row, every[at])][:1]:
            labels[at] = None if row.ambiguous else True
    return tuple(Example(one, tuple(seen), label) for one, seen, label in zip(every, signs(every), labels, strict=True))


def _agrees(row: GoldRow, one: Candidate) -> bool:
    value = number(row, "value")
    unit = row.fields["unit"]
    return value is not None and in_base_unit(value, unit) == in_base_unit(one.quantity.value, one.quantity.unit)


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


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights learnt from all documents, and what leaving each of them out gave."""

    weights: Weights
    documents: tuple[LeftOut, ...]


def learn(every: Sequence[Annotated], cases: Sequence[Sequence[Labelled]] = ()) -> Learnt:
    """Weights from all documents, calibrated on what weights learnt from the others said of each.

    ``cases``: made-up sentences to learn from besides; they are never left out, and nothing is counted of them.
    """
    labelled = [[(one.seen, bool(one.label)) for one in each.targets if one.counts] for each in every]
    weights, models = fit_each(labelled, [*cases] * CASE_WEIGHT)
    weighed = [_weighed(one.targets, model) for one, model in zip(every, models, strict=True)]
    weights, models = calibrate_each(weights, models, weighed)
    return Learnt(weights, tuple(map(_left_out, every, models, weighed)))


def _weighed(examples: Sequence[Example], model: Weights) -> list[Weighed]:
    logits = [model.logit(one.seen) for one in examples]
    sisters = beside([one.candidate for one in examples], logits)
    return [
        ((logit, *others), bool(one.label))
        for one, logit, others in zip(examples, logits, sisters, strict=True)
        if one.counts
    ]


def _left_out(one: Annotated, model: Weights, weighed: Sequence[Weighed]) -> LeftOut:
    def tallies(by: Weights | None) -> tuple[Tally, Tally]:
        found = decide(one.prepared, by)
        readings = {one.name: replace(one.reading, targets=found.targets, incentives=found.incentives)}
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


# scikit-learn takes a second to load. It is imported where something is learnt: pages and commands that only read come
# past this module too.

STRENGTH = 0.15  # inverse of the penalty on weights (C of scikit-learn); smaller is more cautious
LEAST_DOCUMENTS = 3  # a sign that fewer documents show says nothing about the next one
PLACES = 3


def fit_each(
    documents: Sequence[Sequence[Labelled]], further: Sequence[Sequence[Labelled]] = ()
) -> tuple[Weights, list[Weights]]:
    """Weights from all documents, and for each document weights from the others; those from all where it shows nothing.

    ``further`` examples are learnt from every time.
    """
    whole = fit([*documents, *further])
    return whole, [
        fit([*documents[:at], *documents[at + 1 :], *further]) if examples else whole
        for at, examples in enumerate(documents)
    ]


def calibrate_each(
    whole: Weights, models: Sequence[Weights], weighed: Sequence[Sequence[Weighed]]
) -> tuple[Weights, list[Weights]]:
    """The same, each calibrated on what the models of its documents say of them."""
    every = [row for rows in weighed for row in rows]
    others = ([row for place, rows in enumerate(weighed) if place != at for row in rows] for at in range(len(models)))
    return calibrate(whole, every), list(map(calibrate, models, others))


def known_signs(documents: Sequence[Sequence[Labelled]]) -> frozenset[str]:
    """Names of the signs that enough documents show."""
    shown = Counter(name for each in documents for name in {name for seen, _ in each for name, _, _ in seen})
    return frozenset(name for name, count in shown.items() if count >= LEAST_DOCUMENTS)


def fit(documents: Sequence[Sequence[Labelled]]) -> Weights:
    """Weights from the examples of several documents, rounded as the file keeps them."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    names = known_signs(documents)
    rows = [example for examples in documents for example in examples]
    table = DictVectorizer()
    matrix = table.fit_transform([dict.fromkeys((name for name, _, _ in seen if name in names), 1) for seen, _ in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=2000, tol=1e-6).fit(matrix, [label for _, label in rows])
    weights = {
        name: round(float(weight), PLACES) for name, weight in zip(table.feature_names_, model.coef_[0], strict=True)
    }
    return Weights(
        {name: weight for name, weight in weights.items() if weight}, round(float(model.intercept_[0]), PLACES)
    )


def calibrate(model: Weights, rows: Sequence[Weighed]) -> Weights:
    """The model with slopes and intercept that bring logits of left-out documents, own and beside, to probabilities."""
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1.0).fit([logits for logits, _ in rows], [label for _, label in rows])
    slopes = tuple(round(float(slope), PLACES) for slope in line.coef_[0])
    return replace(model, slopes=slopes, intercept=round(float(line.intercept_[0]), PLACES))


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
