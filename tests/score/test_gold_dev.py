"""Other people's texts, which stay where they are: how the reading generalises, and no row less than before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from places import DEV, GOLD, PROJECT

from analysis.pipeline import load_corpus, score_gold
from analysis.score import Part, Score
from analysis.score.score_report import changes, read_baseline, text

BASELINE = GOLD / "dev_baseline.json"

pytestmark = pytest.mark.skipif(not DEV.is_dir(), reason=f"the texts are not kept with the project; absent: {DEV}")


@pytest.fixture(scope="module")
def result() -> Score:
    return score_gold(DEV, load_corpus(PROJECT / "policy_corpus"))


def test_the_score_is_printed_with_rows_gained_and_lost(result: Score, say: Callable[[str], None]) -> None:
    found = changes(result, read_baseline(BASELINE))
    say(text(result, found, rows=False))
    assert len(result.gold.documents) == 42
    assert result.unlocated == ()


@pytest.mark.parametrize("name", ["targets", "incentives"])
def test_no_fewer_rows_than_the_baseline(result: Score, name: str) -> None:
    before = read_baseline(BASELINE)[name]
    part: Part = getattr(result, name)
    tally = part.tally()
    assert tally.found >= len(before["found"])
    assert tally.right >= len(before["right"])


@pytest.mark.parametrize(("name", "found", "right"), [("targets", 0.95, 0.90), ("incentives", 0.93, 0.82)])
def test_the_bars_that_the_reading_has_to_clear(result: Score, name: str, found: float, right: float) -> None:
    part: Part = getattr(result, name)
    tally = part.tally()
    assert (tally.rates(tally.found)[2] or 0) >= found
    assert (tally.rates(tally.right)[2] or 0) >= right


def test_documents_that_hold_neither_give_nothing(result: Score) -> None:
    assert len(result.gold.negative) >= 10
    assert result.not_empty == ()
