"""Learning: labels from annotations, the same weights each time, honest figures for documents left out."""

from __future__ import annotations

import pytest
from places import PROJECT, SHARED

from analysis.learn import learning_report
from analysis.learn.left_out import LeftOut, calibrate, fit, known_signs
from analysis.learn.record import weights_toml
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
    assert known_signs(DOCUMENTS) == ("past", "round", "will")


def test_weights_speak_for_what_the_examples_show_and_are_the_same_each_time() -> None:
    once, again = fit(DOCUMENTS), fit(DOCUMENTS)
    assert once.weights["will"] > 0 > once.weights["past"]
    assert weights_toml(once, "x") == weights_toml(again, "x")


def test_calibration_follows_what_came_true() -> None:
    slopes, intercept = calibrate(
        [((logit, 0.0, 0.0), logit > 0) for logit in (-3.0, -1.0, 1.0, 3.0) for _ in range(9)]
    )
    assert slopes[0] > 0
    assert abs(intercept) < 0.01


def left_out(name: str, tally: Tally, judged: tuple[tuple[float, bool], ...] = ()) -> LeftOut:
    return LeftOut(name, "plan", False, tally, tally, Tally(0, 0, 0, 0), judged)


def test_reliability_holds_what_was_said_against_what_came_true() -> None:
    judged = ((0.91, True), (0.95, False), (1.0, True), (0.05, False))
    bins = learning_report.reliability([left_out("a", Tally(1, 1, 1, 1), judged)])
    assert [(each.low, each.count, round(each.true, 2)) for each in bins] == [(0.0, 1, 0.0), (0.9, 3, 0.67)]
    assert learning_report.calibration_error(bins) == pytest.approx((0.05 + 3 * abs(2.86 / 3 - 2 / 3)) / 4)
    assert learning_report.calibration_error(()) is None


def test_an_interval_holds_its_figure_and_is_none_over_nothing() -> None:
    tallies = [Tally(10, 10, 9, 8), Tally(5, 5, 2, 1), Tally(8, 9, 8, 8)]
    low, high = learning_report.spread(tallies) or (0, 0)
    assert low <= (learning_report.f1(learning_report.total(tallies)) or 0) <= high
    assert learning_report.spread([]) is None


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
    weighed = learning_report.total(one.targets for one in documents)
    by_rule = learning_report.total(one.targets_by_rule for one in documents)
    assert (learning_report.f1(weighed) or 0) >= 0.90
    assert (learning_report.f1(weighed, right=True) or 0) >= 0.82
    assert (learning_report.f1(weighed) or 0) > (learning_report.f1(by_rule) or 0)
    assert (learning_report.calibration_error(learning_report.reliability(documents)) or 1) < 0.05


@elsewhere
def test_texts_that_hold_nothing_give_at_most_one_row_in_three_texts(learning: Learning) -> None:
    empty = [one for one in learning.learnt.documents if one.negative]
    assert len(empty) >= 18
    assert 3 * sum(one.targets.predicted + one.incentives.predicted for one in empty) <= len(empty)


@elsewhere
def test_how_sure_an_incentive_is_comes_true(learning: Learning) -> None:
    judged = [row for document in learning.incentives.judged for row in document]
    assert len(judged) > 300
    assert (learning_report.calibration_error(learning_report.tenths(judged)) or 1) < 0.05
