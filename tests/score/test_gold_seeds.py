"""The project's own texts: every annotated row found and right, nothing extra, nothing taken for what it is not."""

from __future__ import annotations

import pytest
from places import GOLD, PROJECT

from analysis.pipeline import load_corpus, score_gold
from analysis.score import Part, Score
from analysis.score.score_report import text


@pytest.fixture(scope="module")
def result() -> Score:
    return score_gold(GOLD, load_corpus(PROJECT / "policy_corpus"))


def test_all_four_documents_are_scored(result: Score) -> None:
    assert len(result.gold.documents) == 4
    assert result.unlocated == ()


@pytest.mark.parametrize("name", ["targets", "incentives"])
def test_every_row_is_found_and_right_and_nothing_more(result: Score, name: str) -> None:
    part: Part = getattr(result, name)
    tally = part.tally()
    assert tally.gold > 0
    perfect = (1.0, 1.0, 1.0)
    assert (tally.rates(tally.found), tally.rates(tally.right)) == (perfect, perfect), text(result)


@pytest.mark.parametrize("name", ["targets", "incentives"])
def test_every_field_is_as_annotated(result: Score, name: str) -> None:
    part: Part = getattr(result, name)
    assert [(pair.gold.line, pair.differences) for pair in part.pairs if pair.differences] == []


# The gold names receivers in the text's own words only; these classes are read by hand, in the order of its rows.
RECEIVERS = {
    "sichuan-2024": ["buyer", "agency", "registration_body", "technology_manager"],
    "beijing-2022": [],
    "heilongjiang-2017": ["first_set", "agency", "buyer", "seller", "technology_manager", "inventor"],
    "sichuan-2018": [],
}


def test_every_receiver_is_in_its_class(result: Score) -> None:
    """Which province pays the buyer of a technology is the first question that users ask."""
    found = {
        document: [str(pair.predicted.receiver) for pair in result.incentives.pairs if pair.gold.document == document]
        for document in result.gold.documents
    }
    assert found == RECEIVERS


def test_no_trap_is_taken_for_a_target(result: Score) -> None:
    assert len(result.gold.traps) == 15
    assert result.taken == ()


def test_every_qualitative_incentive_is_listed(result: Score) -> None:
    assert len(result.gold.qualitative) == 19
    assert [row.fields["quote"] for row in result.unlisted] == []


def test_chapters_articles_and_gaps(result: Score) -> None:
    assert len(result.gold.structure) == 4
    assert result.structure == ()


def test_every_number_has_its_value_and_bound(result: Score) -> None:
    assert len(result.gold.quantities) == 58
    assert result.quantities == ()


def test_both_editions_of_a_document_say_the_same(result: Score) -> None:
    """The second edition of each document gives the same rows as the first."""
    corpus = load_corpus(PROJECT / "policy_corpus")
    assert corpus.editions
    for edition in corpus.editions:
        first = corpus.reading(edition.document.id)
        assert first is not None
        for name in ("targets", "incentives"):
            assert [row.quote for row in getattr(edition, name)] == [row.quote for row in getattr(first, name)]
