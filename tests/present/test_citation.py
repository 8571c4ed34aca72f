"""Citations: what they hold, and that their words are found again when cleaning, grammar or the file have changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import citation as citing
from analysis import pipeline
from analysis.citation import How, cite, locate
from analysis.corpus import clean as cleaning
from analysis.corpus.documents import document
from analysis.model import Card, Citation, Corpus, Document, Edition, Reading, Target
from analysis.present.links import citation_of, words_link
from analysis.present.reader_text import focus

RAW = (
    "某省促进技术转移若干措施\n\n一、总体要求\n到2025年，技术合同成交额达到1000亿元。\n"
    "二、 培养人才\n到2025年，培养技术经理人8000人，建设示范机构30家。\n"
    "三、 支持企业\n对购买技术的企业给予补助。对出售技术的机构给予补助。\n"
)


def made(raw: str, slug: str = "some") -> Document:
    digest = hashlib.sha256(raw.encode("utf-8", errors="replace")).hexdigest()
    edition = Edition(f"{slug}.txt", "", digest)
    return document(Card(slug, "某省措施", editions=(edition,)), edition, raw)


def cited(words: str, raw: str = RAW, nth: int = 0) -> Citation:
    text = made(raw)
    start = -1
    for _ in range(nth + 1):
        start = text.text.index(words, start + 1)
    return cite(text, start, start + len(words))


def words_of(citation: Citation, raw: str) -> tuple[How, str | None, int]:
    text = made(raw)
    found = locate(citation, text)
    return found.how, text.text[slice(*found.span)] if found.span else None, found.among


def followed(link: str) -> Callable[[str], str]:
    """What an address says, as the page asks for it."""
    query = {name: values[-1] for name, values in parse_qs(urlsplit(link).query, keep_blank_values=True).items()}
    return lambda name: query.get(name, "")


def test_a_citation_holds_raw_offsets_digest_words_and_neighbours() -> None:
    citation = cited("培养技术经理人8000人")
    assert RAW[citation.start : citation.end] == citation.exact == "培养技术经理人8000人"
    assert (citation.prefix, citation.suffix) == ("2025年，", "，建设示范机")
    assert citation.digest == hashlib.sha256(RAW.encode()).hexdigest()


def test_long_words_are_quoted_by_their_ends_and_links_stay_short() -> None:
    raw = RAW + "四、保障\n" + "加强组织领导和统筹协调，" * 200 + "\n"
    text = made(raw)
    start = text.text.index("加强组织")
    citation = cite(text, start, len(text.text))
    assert citation.exact.count("…") == 1
    assert len(words_link(citation)) < 700
    assert locate(citation, text).span == (start, len(text.text))
    changed = made("公告\n" + raw)
    found = locate(citation, changed)
    assert found.span is not None
    assert changed.text[slice(*found.span)].strip() == text.text[start:].strip()


@pytest.mark.parametrize(
    ("change", "how", "words"),
    [
        (lambda raw: raw, How.SAME, "培养技术经理人8000人"),
        (lambda raw: raw.replace("一、", "前言\n本措施自发布之日起施行。\n一、", 1), How.ONLY, "培养技术经理人8000人"),
        (lambda raw: raw.replace("经理人8", "经理\n人8"), How.ONLY, "培养技术经理人8000人"),
        (lambda raw: raw.replace("培养技术经理人8000人", "培养技术经理人9500人"), How.ALIKE, "培养技术经理人9500人"),
        (lambda raw: raw + "附：到2025年，培养技术经理人8000人。\n", How.NEIGHBOURS, "培养技术经理人8000人"),
        (lambda raw: raw.replace("，培养技术经理人8000人", ""), How.GONE, ""),
    ],
)
def test_words_are_found_again_in_a_changed_file(change: Callable[[str], str], how: How, words: str) -> None:
    found, said, _ = words_of(cited("培养技术经理人8000人"), change(RAW))
    assert found is how
    assert said is not None
    assert said.replace("\n", "") == words


def test_of_words_that_stand_twice_the_neighbours_decide_and_then_the_place() -> None:
    second = cited("给予补助", nth=1)
    moved = made(f"公告\n{RAW}")
    found = locate(second, moved)
    assert (found.how, found.among) == (How.NEIGHBOURS, 2)
    assert found.span is not None
    assert moved.text[: found.span[0]].endswith("机构")
    bare = replace(second, prefix="", suffix="")
    found = locate(bare, moved)
    assert found.how is How.NEAREST
    assert found.span is not None
    assert moved.text[: found.span[0]].endswith("机构")


def test_words_that_are_gone_open_the_place_where_they_stood_or_none() -> None:
    citation = cited("培养技术经理人8000人")
    less = made(RAW.replace("，培养技术经理人8000人，建设示范机构30家", ""))
    assert locate(citation, less).span is None  # 到2025年 stands twice, 建设示范机 not at all
    less = made(RAW.replace("培养技术经理人8000人，", ""))
    found = locate(citation, less)
    assert found.how is How.GONE
    assert found.span is not None
    assert found.span[0] == found.span[1]
    assert less.text[found.span[0] :].startswith("建设示范机构")


def test_short_words_have_no_like() -> None:
    assert words_of(cited("示范机构"), RAW.replace("示范机构", "示范基地"))[0] is How.GONE


@pytest.fixture
def otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another way of cleaning, which takes out every 的 and every comma."""
    before = cleaning.clean

    def clean(raw: str) -> cleaning.Cleaned:
        once = before(raw)
        kept = [at for at, sign in enumerate(once.text) if sign not in "的，"]
        text = "".join(once.text[at] for at in kept)
        return cleaning.Cleaned(text, [once.offsets[at] for at in kept], once.removed)

    monkeypatch.setattr("analysis.corpus.documents.clean", clean)


def test_another_cleaning_moves_no_link(otherwise: None, monkeypatch: pytest.MonkeyPatch) -> None:
    now = made(RAW)
    with monkeypatch.context() as before:
        before.setattr("analysis.corpus.documents.clean", cleaning.clean)
        then = made(RAW)
        links = [
            (words_link(cite(then, start, start + size)), then.text[start : start + size])
            for size in (4, 9, 14, 40)
            for start in range(0, len(then.text) - size, 3)
        ]
    assert now.text != then.text
    for link, words in links:
        citation = citation_of(followed(link))
        assert citation is not None
        found = locate(citation, now)
        assert found.how is How.SAME, words
        assert found.span is not None
        assert _kept(now.text[slice(*found.span)]) == _kept(words)


def _kept(words: str) -> str:
    return re.sub("[的，]", "", words).strip()


def read(raw: str) -> Reading:
    return pipeline.read(made(raw))


def target_of(reading: Reading, unit: str) -> Target:
    return next(target for target in reading.targets if target.unit == unit)


def test_a_link_is_followed_in_the_edition_that_it_cites() -> None:
    first, second = read(RAW), read(RAW.replace("8000", "9000"))
    for chosen, reading in enumerate((first, second)):
        target = target_of(reading, "人")
        assert target.citation is not None
        query = followed(words_link(target.citation))
        for asked in (0, 1):
            place, point, said = focus((first, second), asked, query)
            assert (place, said) == (chosen, "")
            assert point is not None
            assert (point.start, point.end, point.notice) == (target.start, target.end, "")


def test_a_link_to_a_changed_file_says_what_became_of_its_words() -> None:
    target = target_of(read(RAW), "人")
    assert target.citation is not None
    query = followed(words_link(target.citation))
    for raw, said in (
        (f"公告\n{RAW}", "文件在链接发出后改过，这段话一字未改，已在下面标出。"),
        (RAW.replace("8000", "9000"), f"文件在链接发出后改过，“{target.citation.exact}”已经改写"),
        (RAW.replace(target.quote, ""), f"“{target.citation.exact}”已经找不到"),
        ("另一份文件，全然不同。\n", "下面从头显示全文。"),
    ):
        _, point, sentence = focus((read(raw),), 0, query)
        sentence = point.notice if point else sentence
        assert said in sentence
        assert sentence.count("。") == 1
        assert (point is None) == ("从头" in sentence)


def test_a_link_to_a_whole_clause_opens_the_clause() -> None:
    reading = read(RAW)
    clause = reading.clauses[2]
    query = followed(words_link(cite(reading.document, clause.start, clause.end)))
    _, point, said = focus((reading,), 0, query)
    assert said == ""
    assert point is not None
    assert point.clause == clause
    assert point.start == point.end


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "at": st.one_of(st.text(), st.from_regex(r"\d{1,12}-\d{1,12}", fullmatch=True)),
            "file": st.one_of(st.text(), st.sampled_from(["0" * 64, "g", hashlib.sha256(RAW.encode()).hexdigest()])),
            "exact": st.one_of(st.text(), st.text("对…购买技术的给予补助\ud800\n", max_size=300)),
            "prefix": st.text(),
            "suffix": st.text("。\ud800企业"),
            "clause": st.text(),
        },
    )
)
def test_an_address_may_say_anything(query: dict[str, str]) -> None:
    reading = READ
    chosen, point, said = focus((reading,), 0, lambda name: query.get(name, ""))
    assert chosen == 0
    if point is not None:
        assert 0 <= point.start <= point.end <= len(reading.document.text)
    else:
        assert said or not any(query.get(name) for name in ("at", "file", "exact", "clause"))


READ = read(RAW)


class Searched(str):
    """A text that counts how often it is searched."""

    times = 0

    def find(self, *given: Any) -> int:
        Searched.times += 1
        return super().find(*given)

    def rfind(self, *given: Any) -> int:
        Searched.times += 1
        return super().rfind(*given)


@pytest.mark.parametrize("exact", ["一…一", "一" * 80, "一…二", "一二三一二三一二三", "一…一…一…一…一…二"])
def test_hostile_words_are_searched_for_a_bounded_number_of_times(exact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = citing.Letters.__init__

    def counting(self: citing.Letters, text: str) -> None:
        before(self, text)
        self.letters = Searched(self.letters)

    monkeypatch.setattr(citing.Letters, "__init__", counting)
    times = []
    for size in (50_000, 200_000):
        Searched.times = 0
        locate(Citation("some", "", 0, 999_999_999, exact, "一" * 80, "一" * 80), made("一" * size))
        times.append(Searched.times)
    assert times[0] == times[1] > 0


def test_another_grammar_of_headings_moves_no_link() -> None:
    reading = read(RAW)
    clause = reading.clauses[2]
    query = followed(words_link(cite(reading.document, clause.start, clause.end)))
    first, second, *rest = reading.clauses
    joined = replace(first, end=second.end, text=first.text + second.text)
    otherwise = replace(reading, clauses=(joined, *(replace(one, index=one.index - 1) for one in rest)))
    _, point, said = focus((otherwise,), 0, query)
    assert said == ""
    assert point is not None
    assert (point.clause.index, point.clause.text, point.notice) == (1, clause.text, "")


@pytest.mark.parametrize(
    ("slug", "address", "words"),
    [
        ("sichuan-2024", {"at": "575-595"}, "力争培养和引进技术转移人才8000人以上"),
        ("sichuan-2024", {"clause": "5"}, "（二）加强高水平技术经理人引进"),
        ("beijing-2022", {"at": "1775-1804"}, "符合条件的可申报北京市工程技术系列技术经纪专业技术资格评审"),
        ("beijing-2022", {"clause": "5"}, "1.健全技术经理人培养体系"),
        ("heilongjiang-2017", {"at": "772-785"}, "省级技术转移示范机构40家"),
        (
            "heilongjiang-2017",
            {"at": "7336-7373"},
            "可以依法免除其在科技成果定价中因科技成果转移转化后续价值变化产生的决策责任",
        ),
        ("sichuan-2018", {"at": "724-742"}, "建设10个省级科技成果转移转化示范区"),
        ("sichuan-2018", {"at": "6290-6324"}, "支持在科技成果转化中发挥技术经纪作用的机构、人员按照约定参与收益分配"),
    ],
)
def test_links_of_the_first_form_open_what_they_were_sent_for(
    real_corpus: Corpus, slug: str, address: dict[str, str], words: str
) -> None:
    """Such links were sent, with offsets into the cleaned text: a change of cleaning that fails here moves them."""
    reading = real_corpus.reading(slug)
    assert reading is not None
    _, point, said = focus((reading,), 0, lambda name: address.get(name, ""))
    assert said == ""
    assert point is not None
    if point.start == point.end:
        assert point.clause.text.startswith(words)
    else:
        assert reading.document.text[point.start : point.end] == words


def test_every_row_of_the_corpus_is_found_at_its_own_words_in_a_changed_file(real_corpus: Corpus) -> None:
    for reading in real_corpus.readings:
        moved = replace(reading.document.edition, sha256="f" * 64)
        raw = f"公告\n\n{reading.document.raw}"
        changed = document(reading.document.card, moved, raw)
        shift = changed.text.index(reading.document.text[:40])
        for row in (*reading.targets, *reading.incentives):
            assert row.citation is not None
            found = locate(row.citation, changed)
            assert found.how in (How.ONLY, How.NEIGHBOURS)
            assert found.span == (row.start + shift, row.end + shift)
