"""The questions over the corpus of cards give what its readings say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis import pipeline
from analysis.model import Corpus, Level, Status, TargetStatus
from analysis.pipeline import Choice, Collection

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def seeds() -> Collection:
    return pipeline.open_collection(pipeline.default_root())


def slugs(corpus: Corpus) -> tuple[str, ...]:
    return tuple(reading.document.id for reading in corpus.readings)


def test_all_documents_come_in_the_order_of_the_corpus(seeds: Collection, real_corpus: Corpus) -> None:
    chosen = pipeline.choose(seeds, Choice())
    assert chosen.documents == slugs(real_corpus)
    assert (chosen.total, chosen.page, chosen.pages, chosen.first) == (len(chosen.documents), 1, 1, 1)
    assert not seeds.large


def test_the_part_of_a_small_corpus_is_made_of_its_own_readings(seeds: Collection, real_corpus: Corpus) -> None:
    wanted = slugs(real_corpus)[::-1]
    part = pipeline.part(seeds, [wanted[0], "no-such-document", *wanted[1:], wanted[0]])
    assert slugs(part) == wanted
    for found, read in zip(part.readings, real_corpus.readings[::-1], strict=True):
        for name in ("clauses", "targets", "incentives", "unparsed"):
            assert getattr(found, name) == getattr(read, name), name
        assert found.document.text == read.document.text
        assert replace(found.document.card, editions=()) == replace(read.document.card, editions=())
    assert (part.series, part.points) == (real_corpus.series, real_corpus.points)
    assert pipeline.full_readings(seeds, wanted[0]) == tuple(
        reading for reading in (*real_corpus.readings, *real_corpus.editions) if reading.document.id == wanted[0]
    )
    assert pipeline.full_readings(seeds, "no-such-document") == ()


def test_verdicts_are_those_of_the_trend_page(seeds: Collection, real_corpus: Corpus) -> None:
    verdicts = pipeline.target_statuses(real_corpus, DAY)
    for verdict in TargetStatus:
        expected = [
            reading.document.id
            for reading in real_corpus.readings
            if any(
                (verdicts[name].status if name in verdicts else TargetStatus.NOT_COMPARABLE) is verdict
                for target in reading.targets
                for name in [(target.document, target.start, target.end, str(target.kind))]
            )
        ]
        chosen = pipeline.choose(seeds, Choice(verdicts=(verdict,)), as_of=DAY)
        assert list(chosen.documents) == expected, verdict
    with pytest.raises(ValueError, match="day"):
        pipeline.choose(seeds, Choice(verdicts=(TargetStatus.REACHED,)))


def test_facets_and_totals_count_what_the_readings_hold(seeds: Collection, real_corpus: Corpus) -> None:
    readings = real_corpus.readings
    facets = pipeline.facets(seeds)
    assert sum(number for _, _, number in facets.provinces) == len(readings)
    assert dict(facets.statuses)[Status.DRAFT] == sum(r.document.card.status is Status.DRAFT for r in readings)
    assert facets.levels == ((Level.PROVINCE, len(readings)),)
    for key, _, number in facets.indicators:
        assert number == sum(any((t.indicator_id or t.indicator) == key for t in r.targets) for r in readings), key
    for year, number in facets.target_years:
        assert number == sum(any(t.target_year == year for t in r.targets) for r in readings), year
    for receiver, number in facets.receivers:
        assert number == sum(any(i.receiver is receiver for i in r.incentives) for r in readings), receiver
    for instrument, number in facets.instruments:
        assert number == sum(any(i.instrument is instrument for i in r.incentives) for r in readings), instrument
    totals = pipeline.totals(seeds)
    assert totals.documents == len(readings)
    assert totals.further_editions == len(real_corpus.editions)
    assert totals.files == len(readings) + len(real_corpus.editions)
    assert totals.targets == sum(len(reading.targets) for reading in readings)
    assert totals.quantified == sum(one.quantified for reading in readings for one in reading.incentives)
    assert totals.qualitative == sum(not one.quantified for reading in readings for one in reading.incentives)
    assert totals.by_metadata == (("card", len(readings)),)
