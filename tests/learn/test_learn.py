"""Learning: labels from annotations, the same weights each time, honest figures for documents left out."""

from __future__ import annotations

import pytest
from places import PROJECT, SHARED

from analysis.extract.weigh import Weights
from analysis.learn.left_out import calibrate, fit, known_signs
from analysis.learn.record import weights_toml
from analysis.learn.unseen import calibration_error, estimate, tenths
from analysis.pipeline import annotated_folders, learn, load_corpus
from analysis.pipeline.measuring import Learning
from analysis.score.count import Tally

elsewhere = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the annotated texts are not kept with the project: {SHARED}"
)


def labelled(names: str, label: bool) -> tuple[list[tuple[str, int, int]], bool]:
    return [(name, 0, 1) for name in names.split()], label


DOCUMENTS = [[labelled("will round", True), labelled("past", False), labelled(f"rare{n}", False)] for n in range(6)]


def test_a_sign_of_one_document_is_not_learnt() -> None:
    assert known_signs(DOCUMENTS) == {"past", "round", "will"}


def test_weights_speak_for_what_the_examples_show_and_are_the_same_each_time() -> None:
    once, again = fit(DOCUMENTS), fit(DOCUMENTS)
    assert once.weights["will"] > 0 > once.weights["past"]
    assert weights_toml(once, "x") == weights_toml(again, "x")


def test_calibration_follows_what_came_true() -> None:
    said = [((logit, 0.0, 0.0), logit > 0) for logit in (-3.0, -1.0, 1.0, 3.0) for _ in range(9)]
    model = calibrate(Weights({}), said)
    assert model.slopes[0] > 0
    assert abs(model.intercept) < 0.01


def test_reliability_holds_what_was_said_against_what_came_true() -> None:
    judged = ((0.91, True), (0.95, False), (1.0, True), (0.05, False))
    bins = tenths(judged)
    assert [(each.low, each.count, round(each.true, 2)) for each in bins] == [(0.0, 1, 0.0), (0.9, 3, 0.67)]
    assert calibration_error(bins) == pytest.approx((0.05 + 3 * abs(2.86 / 3 - 2 / 3)) / 4)
    assert calibration_error(()) is None


def test_an_interval_holds_its_figure_and_is_none_over_nothing() -> None:
    tallies = [Tally(10, 10, 9, 8), Tally(5, 5, 2, 1), Tally(8, 9, 8, 8)]
    f1 = estimate(tallies).found.f1
    low, high = f1.within or (0, 0)
    assert low <= (f1.value or 0) <= high
    assert estimate([]).found.f1.within is None


@pytest.fixture(scope="module")
def learning() -> Learning:
    return learn(annotated_folders(), load_corpus(PROJECT / "policy_corpus"))


@elsewhere
def test_the_files_of_the_product_are_those_that_learning_writes(learning: Learning) -> None:
    """Same annotations and grammar, same bytes; a change of either asks for `make learn`."""
    for place, text in learning.files:
        assert (PROJECT / place).read_text(encoding="utf-8") == text, f"{place}: run make learn"


@elsewhere
def test_documents_left_out_clear_the_bars(learning: Learning) -> None:
    documents = [one for one in learning.learnt.documents if "-" not in one.document[:14]]
    weighed = estimate([one.targets for one in documents])
    by_rule = estimate([one.targets_by_rule for one in documents])
    assert (weighed.found.f1.value or 0) >= 0.90
    assert (weighed.right.f1.value or 0) >= 0.82
    assert (weighed.found.f1.value or 0) > (by_rule.found.f1.value or 0)
    assert (calibration_error(tenths([row for one in documents for row in one.judged])) or 1) < 0.05


@elsewhere
def test_texts_that_hold_nothing_give_at_most_one_row_in_three_texts(learning: Learning) -> None:
    empty = [one for one in learning.learnt.documents if one.negative]
    assert len(empty) >= 18
    assert 3 * sum(one.targets.predicted + one.incentives.predicted for one in empty) <= len(empty)


@elsewhere
def test_how_sure_an_incentive_is_comes_true(learning: Learning) -> None:
    judged = [row for document in learning.incentives.judged for row in document]
    assert len(judged) > 300
    assert (calibration_error(tenths(judged)) or 1) < 0.05
