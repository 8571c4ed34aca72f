"""Every question over tables, in memory and in files, against the same answer computed from the readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from store_corpus import PLACES
from term_tables import count_terms

from analysis import pipeline
from analysis.compare.target_matrix import join_key
from analysis.grammar import grammar
from analysis.model import Corpus, Instrument, Level, Reading, Receiver, Status, TargetKind, TargetStatus
from analysis.pipeline import Choice, Collection, GroupBy
from analysis.similar import contexts

DAY = date(2023, 6, 30)
Verdicts = dict[tuple[str, int, int, str], TargetStatus]
HOSTILE = ("'", '"', "%", "_", "100%_试点", "'; DROP TABLE documents; --", "$words", "\0", "🙂", "\ud800", "科〔", "")


class Asked:
    """What the properties below ask: no dataclass, for Hypothesis would print all of it."""

    def __init__(self, made: Corpus, collections: tuple[Collection, ...], verdicts: Verdicts) -> None:
        self.made, self.collections, self.verdicts = made, collections, verdicts


@pytest.fixture(scope="session")
def asked(
    made: Corpus,
    collections: tuple[Collection, ...],
    verdicts: Verdicts,
) -> Asked:
    return Asked(made, collections, verdicts)


@pytest.fixture(scope="session")
def verdicts(made: Corpus) -> Verdicts:
    return {name: row.status for name, row in pipeline.target_statuses(made, DAY).items()}


def passes(reading: Reading, choice: Choice, verdicts: Verdicts) -> bool:
    """The plain filter that SQL must agree with."""
    card = reading.document.card
    province = grammar().region_of(card.region_code) if card.region_code else None
    return (
        (not choice.provinces or (province is not None and province.code in choice.provinces))
        and (not choice.places or card.region in choice.places)
        and (not choice.levels or card.level in choice.levels)
        and (not choice.statuses or card.status in choice.statuses)
        and (not choice.years or card.counted_year in choice.years)
        and all(
            part in f"{card.title} {card.doc_number or ''} {card.region or ''} {card.counted_year or ''}"
            or (province is not None and part in (province.name, province.full))
            for part in choice.words.split()
        )
        and (
            not (choice.indicators or choice.target_years or choice.verdicts)
            or any(
                (not choice.indicators or join_key(target) in choice.indicators)
                and (not choice.target_years or target.target_year in choice.target_years)
                and (
                    not choice.verdicts
                    or verdicts.get(
                        (target.document, target.start, target.end, str(target.kind)), TargetStatus.NOT_COMPARABLE
                    )
                    in choice.verdicts
                )
                for target in reading.targets
            )
        )
        and (
            not (choice.receivers or choice.instruments)
            or any(
                (not choice.receivers or one.receiver in choice.receivers)
                and (not choice.instruments or one.instrument in choice.instruments)
                for one in reading.incentives
            )
        )
    )


def some(values: Sequence[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple))


CHOICES = st.builds(
    Choice,
    provinces=some(["510000", "110000", "000000", "999999", "四川"]),
    places=some(["成都", "四川", "海淀区", *HOSTILE]),
    levels=some(list(Level)),
    statuses=some(list(Status)),
    years=some([None, 2010, 2017, 2022, 1900]),
    words=st.sampled_from(["", "", "", "技术", "〕1号", "四川", "四川省 虚科", "方案 2022", *HOSTILE]),
    indicators=some(["contract_value", "technology_brokers", "transfer_agencies", "没有这个指标", *HOSTILE]),
    target_years=some([None, 2020, 2025, 1900]),
    verdicts=some(list(TargetStatus)),
    receivers=some(list(Receiver)),
    instruments=some(list(Instrument)),
)


@effort(max_examples=40)
@given(choice=CHOICES, page=st.integers(-3, 20), size=st.integers(1, 15))
def test_a_choice_lets_through_what_a_plain_filter_does(asked: Asked, choice: Choice, page: int, size: int) -> None:
    expected = [reading for reading in asked.made.readings if passes(reading, choice, asked.verdicts)]
    pages = max(-(-len(expected) // size), 1)
    shown = min(max(page, 1), pages)
    slugs = tuple(reading.document.id for reading in expected[(shown - 1) * size : shown * size])
    for collection in asked.collections:
        chosen = pipeline.choose(collection, choice, page, size, DAY)
        assert (chosen.documents, chosen.total, chosen.page, chosen.pages) == (slugs, len(expected), shown, pages)
        assert chosen.first == ((shown - 1) * size + 1 if expected else 0)
        totals = pipeline.totals(collection, choice, DAY)
        assert totals.documents == len(expected)
        assert totals.targets == sum(len(reading.targets) for reading in expected)
        assert totals.places == len({reading.document.card.region for reading in expected} - {None})


@effort(max_examples=8)
@given(choice=CHOICES)
def test_facets_say_what_choosing_would_leave(asked: Asked, choice: Choice) -> None:
    """Each number is that of the documents when the value is the only one chosen in its own filter."""

    def left(**instead: object) -> int:
        other = replace(choice, **instead)
        return sum(passes(reading, other, asked.verdicts) for reading in asked.made.readings)

    seen = [pipeline.facets(collection, choice, DAY) for collection in asked.collections]
    assert seen[0] == seen[1] == seen[2]
    facets = seen[0]
    for code, _, number in facets.provinces:
        assert number == left(provinces=(code,), places=())
    for name, _, _, number in facets.places:
        assert number == left(places=(name,))
    for name in ("levels", "years", "indicators", "target_years", "receivers", "instruments"):
        for value, *_, number in getattr(facets, name):
            assert number == left(**{name: (value,)}), name
    assert sum(number for _, number in facets.statuses) == left(statuses=())
    for collection in asked.collections:
        given = pipeline.incentive_counts(collection, choice, DAY)
        assert (given.receivers, given.instruments) == (facets.receivers, facets.instruments)


def test_named_documents_stand_first_whatever_the_choice(collections: tuple[Collection, ...]) -> None:
    for collection in collections:
        every = pipeline.choose(collection, Choice(), size=100).documents
        chosen = pipeline.choose(collection, Choice(), 1, 5, also=[every[20], "nobody", "\ud800", every[2], every[20]])
        assert chosen.documents == (every[20], every[2], every[0], every[1], every[3])
        assert chosen.total == len(every)
        second = pipeline.choose(collection, Choice(), 2, 5, also=[every[20], every[2]])
        assert second.documents == every[4:9]
        alone = pipeline.choose(collection, Choice(places=("没有",)), also=[every[7]])
        assert (alone.documents, alone.total) == ((every[7],), 1)


def test_a_part_out_of_tables_is_what_was_read(made: Corpus, collections: tuple[Collection, ...]) -> None:
    wanted = [reading.document.id for reading in made.readings[5:25:2]][::-1]
    part = pipeline.part(collections[1], [*wanted, "nobody", "\ud800", "x" * 10_000])
    assert [reading.document.id for reading in part.readings] == wanted
    for reading in part.readings:
        same = made.reading(reading.document.id)
        assert same is not None
        assert reading.document.text == same.document.text
        assert (reading.clauses, reading.targets, reading.incentives, reading.unparsed) == (
            same.clauses,
            same.targets,
            same.incentives,
            same.unparsed,
        )
        assert replace(reading.document.card, editions=()) == replace(same.document.card, editions=())
    assert pipeline.part(collections[1], []).readings == ()


def test_the_reader_gets_every_edition_with_the_way_back(made: Corpus, collections: tuple[Collection, ...]) -> None:
    slug = made.editions[0].document.id
    first, further = pipeline.full_readings(collections[1], slug)
    for reading in (first, further):
        assert reading.document.id == slug
        assert reading.document.raw
        for target in reading.targets:
            start, end = reading.document.raw_span(target.start, target.end)
            assert reading.document.raw[start:end][0] == target.quote[0]
        assert len(reading.document.card.editions) == 2
    assert pipeline.full_readings(collections[1], "nobody") == ()
    assert pipeline.full_readings(collections[1], "\ud800") == ()


def test_the_list_says_what_is_known_of_each(made: Corpus, collections: tuple[Collection, ...]) -> None:
    for collection in collections:
        chosen, entries = pipeline.catalogue(collection, Choice(), page=2, size=15)
        assert tuple(entry.card.slug for entry in entries) == chosen.documents
        assert len(entries) == 15
        for entry in entries:
            reading = made.reading(entry.card.slug)
            assert reading is not None
            assert entry.paths == (f"documents/{entry.card.slug}/{reading.document.edition.file}",)
            assert (entry.characters, entry.targets) == (len(reading.document.text), len(reading.targets))
            assert entry.quantified + entry.qualitative == len(reading.incentives)
            assert (entry.chapters, entry.articles) == pipeline.structure(reading)[:2]
            assert entry.assigned == sum(bool(clause.bodies) for clause in reading.clauses)
            assert entry.metadata_from == "card"
            further = [one for one in made.editions if one.document.id == entry.card.slug]
            # Cards say that texts are editions, and nothing of how alike they are.
            assert [how for _, _, *how in entry.editions] == [[None, None]] * len(further)


def test_unread_files_come_with_their_reasons(collections: tuple[Collection, ...]) -> None:
    for collection in collections:
        total, reasons, rows = pipeline.unread(collection, 1, 2)
        assert (total, reasons) == (3, (("是空文件", 2), ("没有文字层", 1)))
        assert (rows[0].file, rows[0].place, rows[0].problem, rows[0].remedy) == (
            "a.pdf",
            "第 1 页",
            "没有文字层",
            "请先做文字识别",
        )
        assert [row.file for row in pipeline.unread(collection, 99, 2)[2]] == ["c.txt"]
        total, _, rows = pipeline.unread(collection, problem="是空文件")
        assert (total, [row.file for row in rows]) == (2, ["b.txt", "c.txt"])
        for text in HOSTILE[:-1]:
            assert pipeline.unread(collection, problem=text)[0] == 0


@pytest.mark.parametrize("by", GroupBy)
def test_words_of_groups_are_the_sums_of_their_documents(
    made: Corpus, collections: tuple[Collection, ...], by: GroupBy
) -> None:
    choice = Choice(provinces=("510000", "110000"))
    readings = [reading for reading in made.readings if passes(reading, choice, {})]
    table = count_terms(readings)
    names = []
    for reading in readings:
        card = reading.document.card
        province = grammar().region_of(card.region_code or "")
        names.append({GroupBy.REGION: province.name if province else "", GroupBy.DOCUMENT: card.slug}.get(by, ""))
    if by is GroupBy.PERIOD:
        names = list(pipeline.wording_groups([reading.document.card for reading in readings], by, {}))
    groups = tuple(dict.fromkeys(names))
    member = np.array([[name == group for name in names] for group in groups], dtype=np.int64)
    for collection in collections:
        found = pipeline.word_table(collection, choice, by)
        assert found.documents == groups
        assert found.terms == table.terms
        assert (found.alone == member @ table.alone).all()
        assert (found.inside == member @ table.inside).all()
        assert (found.characters == member @ table.characters).all()
    nothing = pipeline.word_table(collections[0], Choice(places=("没有",)), by)
    assert (nothing.documents, nothing.terms, nothing.alone.shape) == ((), (), (0, 0))


@pytest.mark.parametrize("words", ["技术经理人", "科技成果", "，", "100", "没有这样的话", *HOSTILE])
def test_any_string_is_found_where_it_stands(made: Corpus, collections: tuple[Collection, ...], words: str) -> None:
    choice = Choice(levels=(Level.PROVINCE, Level.CITY))
    readings = [reading for reading in made.readings if passes(reading, choice, {})]
    expected = contexts(readings, words)
    for collection in collections:
        for offset in (0, 7, len(expected) - 2):
            total, documents, found = pipeline.find_words(collection, choice, words, 9, max(offset, 0))
            assert (total, documents) == (len(expected), len({one.document for one in expected}))
            assert found == expected[max(offset, 0) :][:9]


def test_the_table_of_regions_adds_up(made: Corpus, collections: tuple[Collection, ...]) -> None:
    for collection in collections:
        table = pipeline.region_table(collection)
        assert sum(row.documents for row in table) == len(made.readings)
        assert sum(row.targets for row in table) == sum(len(reading.targets) for reading in made.readings)
        here = [r for r in made.readings if (r.document.card.region_code or "").startswith("51")]
        row = next(row for row in table if row.code == "510000")
        assert (row.name, row.documents, row.places) == ("四川", len(here), 3)
        assert row.newest == max(r.document.card.issued or "" for r in here)
        assert (row.quantified, row.qualitative) == tuple(
            sum(one.quantified is stated for r in here for one in r.incentives) for stated in (True, False)
        )
        assert table[-1].code is None
        assert table[-1].name is None
        places = pipeline.region_table(collection, Choice(provinces=("510000",)), by_place=True)
        counted = Counter(r.document.card.region for r in here)
        assert {row.name: row.documents for row in places} == dict(counted)


def test_the_spread_of_an_indicator_leads_to_words(made: Corpus, collections: tuple[Collection, ...]) -> None:
    choice = Choice(levels=(Level.PROVINCE, Level.CITY))
    readings = [reading for reading in made.readings if passes(reading, choice, {})]
    for collection in collections:
        spread = pipeline.indicator_spread(collection, choice)
        assert [row.documents for row in spread] == sorted((row.documents for row in spread), reverse=True)
        assert {row.key for row in spread} == {join_key(target) for r in readings for target in r.targets}
        for row in spread:
            own = [target for r in readings for target in r.targets if join_key(target) == row.key]
            assert row.documents == len({target.document for target in own})
            levels = [target for target in own if target.kind is TargetKind.LEVEL and target.recurring is None]
            plain = [target for target in levels if grammar().in_base(target.value, target.unit)[1].base == row.unit]
            assert row.compared == len({target.document for target in plain})
            if not plain:
                assert (row.lowest, row.middle, row.highest) == (None, None, None)
                continue
            values = [grammar().in_base(target.value, target.unit)[0] for target in plain]
            assert row.lowest is not None
            assert row.middle is not None
            assert row.highest is not None
            assert (row.lowest.value, row.highest.value) == (min(values), max(values))
            assert float(row.middle) == pytest.approx(float(np.median([float(value) for value in values])))
            for stated in (row.lowest, row.highest):
                assert any(
                    (grammar().in_base(target.value, target.unit)[0], replace(target.citation, prefix="", suffix=""))
                    == (stated.value, stated.citation)
                    for target in plain
                )


def test_many_threads_ask_at_once(asked: Asked) -> None:
    choices = [Choice(provinces=(code,)) for code in ("510000", "110000", "230000")] * 8

    def ask(choice: Choice) -> tuple[tuple[str, ...], int]:
        collection = asked.collections[1]
        chosen = pipeline.choose(collection, choice, size=40, as_of=DAY)
        return chosen.documents, len(pipeline.part(collection, chosen.documents).readings)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, choices))
    for choice, (documents, readings) in zip(choices, answers, strict=True):
        expected = [r.document.id for r in asked.made.readings if passes(r, choice, {})]
        assert (list(documents), readings) == (expected, len(expected))


def test_places_are_all_there(made: Corpus) -> None:
    """The made-up corpus has what the tests above ask for."""
    assert {reading.document.card.region for reading in made.readings} == {name for _, name, _ in PLACES}
    assert any(not reading.targets for reading in made.readings)
