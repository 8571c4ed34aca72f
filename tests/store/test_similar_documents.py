"""The documents nearest to a text in words, by place and kind."""

from __future__ import annotations

from collections import Counter

from analysis import pipeline
from analysis.model import TextKind
from analysis.pipeline import Collection
from analysis.similar.terms import is_term
from analysis.store import nearest_documents
from analysis.tokenise import tokens

EVERY = tuple(TextKind)


def words(text: str) -> Counter[str]:
    return Counter(token.word for token in tokens(text) if is_term(token))


def corpus() -> Collection:
    return pipeline.open_collection(pipeline.default_root())


def test_a_text_of_the_corpus_is_nearest_to_itself() -> None:
    held = corpus()
    readings = {one.document.id: one for one in pipeline.load_corpus(pipeline.default_root()).readings}
    for slug, reading in readings.items():
        found = nearest_documents(held, words(reading.document.text), EVERY, 3)
        assert found[0] == slug
        assert len(found) <= 3


def test_its_own_place_is_left_out_or_taken_alone() -> None:
    held, text = corpus(), words("技术经理人培养，技术转移机构，技术合同登记，技术经理人")
    elsewhere = nearest_documents(held, text, EVERY, 8, region="510000")
    here = nearest_documents(held, text, EVERY, 8, region="510000", elsewhere=False)
    assert {slug.split("-")[0] for slug in here} == {"sichuan"}
    assert "sichuan" not in {slug.split("-")[0] for slug in elsewhere}
    assert set(nearest_documents(held, text, EVERY, 8)) == {*elsewhere, *here}
    assert nearest_documents(held, text, EVERY, 8, elsewhere=False) == ()


def test_only_the_kinds_that_are_asked_for() -> None:
    assert nearest_documents(corpus(), words("技术转移"), (TextKind.NEWS,), 8) == ()


def test_words_that_no_text_has_find_nothing() -> None:
    assert nearest_documents(corpus(), {"孙悟空": 3, "\ud800": 1}, EVERY, 8) == ()
    assert nearest_documents(corpus(), {}, EVERY, 8) == ()
