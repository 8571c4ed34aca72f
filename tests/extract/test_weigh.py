"""Signs weighed: sums, probabilities, the heaviest signs kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.weigh import SHOWN, Weights, weights

MODEL = Weights({"for": 2.0, "against": -1.0}, bias=0.5, slopes=(1.0, 0.5, 0.0), intercept=-0.5)


def test_weights_add_up_and_unknown_signs_weigh_nothing() -> None:
    assert MODEL.logit([("for", 0, 1), ("against", 1, 2), ("unheard", 2, 3)]) == pytest.approx(1.5)
    assert MODEL.logit([]) == 0.5


def test_sisters_shift_the_probability() -> None:
    assert MODEL.probability(1.0, 2.0, 9.0) > MODEL.probability(1.0, -2.0, 9.0)
    assert MODEL.probability(0.5, 0.0, 0.0) == 0.5


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3))
def test_a_probability_lies_between_0_and_1(logits: list[float]) -> None:
    assert 0 <= MODEL.probability(*logits) <= 1


def test_the_heaviest_signs_are_kept_heaviest_first() -> None:
    many = Weights({f"s{n}": (-1) ** n * n / 10 for n in range(20)})
    kept = many.evidence([(f"s{n}", n, n + 1) for n in range(20)])
    assert [sign.name for sign in kept] == [f"s{n}" for n in range(19, 19 - SHOWN, -1)]
    assert all(sign.start == int(sign.name[1:]) for sign in kept)


def test_the_weights_of_the_product_are_read() -> None:
    learnt = weights("targets")
    assert learnt.weights["tense.plan"] > 0 > learnt.weights["tense.report"]
    assert learnt.learnt_from
    assert 0 < learnt.threshold < 1
