"""Terms, keyness, contexts and editions on hand-made texts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from term_tables import count_terms

from analysis.grammar import grammar
from analysis.model import Card, Clause, Document, Edition, Reading
from analysis.similar import (
    GroupBy,
    contexts,
    edition_differences,
    frequencies,
    group_names,
    keyness,
    period_name,
)
from analysis.similar.editions import differences
from analysis.similar.terms import counted_spans, is_term, log_odds
from analysis.tokenise import Token, tokens

WORDS = ("科技成果转移转化", "科技成果", "技术经理人", "技术", "转化", "成果", "企业", "四川省", "以及", "一批")
TAGS = {"以及": "c", "一批": "m"}


def lexer(text: str) -> Sequence[Token]:
    """Longest of a few known words first, else single characters: what a test expects can be read off."""
    found, at = [], 0
    while at < len(text):
        word = next((word for word in WORDS if text.startswith(word, at)), text[at])
        found.append(Token(word, TAGS.get(word, "n"), at, at + len(word)))
        at += len(word)
    return tuple(found)


def reading(name: str, *lines: tuple[str, str], region: str = "四川") -> Reading:
    """A reading of clauses given as (path, text); path "" is the front."""
    text = "".join(words for _, words in lines)
    clauses, at = [], 0
    for index, (path, words) in enumerate(lines):
        clauses.append(Clause(name, index, path, 1 if path else 0, path or None, "", words, at, at + len(words)))
        at += len(words)
    document = Document(Card(name, name, region=region), Edition("a.txt", "", ""), text, range(len(text)), text)
    return Reading(document, tuple(clauses), (), (), ())


ONE = reading("one", ("", "方案\n"), ("一", "科技成果转移转化以及科技成果。\n"), ("二", "技术经理人。四川省一批企业。"))
TWO = reading("two", ("一", "企业、企业。技术。"), region="北京")


def row(term: str, *, inside: bool) -> tuple[int, ...]:
    table = count_terms([ONE, TWO], lexer)
    found = frequencies(table, ("one", "two"), inside=inside, least=1)
    return next((entry.counts for entry in found if entry.term == term), ())


def test_a_term_inside_a_longer_word_is_counted_only_on_demand() -> None:
    assert row("科技成果", inside=False) == (1, 0)
    assert row("科技成果", inside=True) == (2, 0)
    assert row("技术", inside=False) == (0, 1)
    assert row("技术", inside=True) == (1, 1)


def test_stop_words_and_names_of_provinces_are_no_terms() -> None:
    terms = count_terms([ONE, TWO], lexer).terms
    assert "企业" in terms
    assert not {"以及", "一批", "四川省", "。"} & set(terms)


def test_figures_and_single_characters_are_no_terms() -> None:
    assert not is_term(Token("300", "n", 0, 3))
    assert not is_term(Token("省", "n", 0, 1))
    assert is_term(Token("互联网+", "n", 0, 4))


def test_rates_are_per_ten_thousand_characters_without_white_space() -> None:
    text = "企业" + "。" * 96 + "\n \n企业"
    table = count_terms([reading("x", ("一", text))], lexer)
    (entry,) = frequencies(table, ("x",), inside=False, least=1)
    assert table.characters.tolist() == [100]
    assert entry.counts == (2,)
    assert entry.rates == (200.0,)


def test_groups_add_their_documents() -> None:
    table = count_terms([ONE, TWO], lexer)
    (entry,) = [found for found in frequencies(table, ("g", "g"), inside=False, least=1) if found.term == "企业"]
    assert entry.counts == (3,)
    assert entry.total == 3


def test_letters_and_responsible_bodies_do_not_count() -> None:
    read = reading("x", ("", "企业来信\n"), ("一", "企业（含）发展。（企业、技术）"))
    closed = Reading(read.document, (read.clauses[0], replace(read.clauses[1], bodies=("企业", "技术"))), (), (), ())
    text = read.document.text
    assert [text[start:end] for start, end in counted_spans(closed)] == ["企业（含）发展。"]
    assert frequencies(count_terms([closed], lexer), ("x",), inside=False, least=1)[0].counts == (1,)
    assert [hit.counted for hit in contexts([closed], "企业", lexer=lexer)] == [False, True, False]


@settings(deadline=None)
@given(st.text(alphabet="企业技术经理人科技成果转移转化。\n", max_size=60))
def test_the_counts_agree_with_the_contexts(text: str) -> None:
    read = reading("x", ("一", text))
    for row in frequencies(count_terms([read], lexer), ("x",), inside=False, least=1):
        hits = contexts([read], row.term, lexer=lexer)
        assert row.total == sum(hit.counted and hit.whole for hit in hits)
    for row in frequencies(count_terms([read], lexer), ("x",), inside=True, least=1):
        hits = contexts([read], row.term, lexer=lexer)
        assert row.total == sum(hit.counted and (hit.whole or hit.longer != "") for hit in hits)


def test_periods_are_five_year_plans() -> None:
    assert period_name(2016) == period_name(2020) == "“十三五”（2016—2020）"
    assert period_name(2021) == "“十四五”（2021—2025）"
    assert period_name(2003) == "2001—2005"
    assert period_name(None) == "时间不详"


def test_groups_follow_the_cards() -> None:
    cards = [replace(ONE.document.card, issued="2024"), TWO.document.card]
    names = {"one": "四川 2024", "two": "北京 年份不详"}
    assert group_names(cards, GroupBy.REGION, names) == ("四川", "北京")
    assert group_names(cards, GroupBy.PERIOD, names) == ("“十四五”（2021—2025）", "时间不详")
    assert group_names(cards, GroupBy.DOCUMENT, names) == ("四川 2024", "北京 年份不详")


def test_texts_without_terms_give_empty_tables() -> None:
    table = count_terms([reading("x", ("一", "。。。"))], lexer)
    assert table.terms == ()
    assert frequencies(table, ("x",), inside=True, least=1) == ()
    assert keyness(table, ("x",), "x", inside=True, least=1) == ()


def test_key_terms_of_a_group_come_first_and_those_of_the_rest_last() -> None:
    one = reading("one", ("一", "技术经理人。" * 30 + "企业。" * 10))
    two = reading("two", ("一", "科技成果。" * 30 + "企业。" * 10), region="北京")
    found = keyness(count_terms([one, two], lexer), ("四川", "北京"), "四川", inside=False, least=3)
    assert [term.term for term in found] == ["技术经理人", "企业", "科技成果"]
    assert [term.clear for term in found] == [True, False, True]
    assert found[0].low <= found[0].log_odds <= found[0].high
    assert (found[0].count, found[0].count_rest) == (30, 0)


def test_the_log_odds_agree_with_a_calculation_by_hand() -> None:
    # Two words, a prior of 10 spread as the pooled counts 12 and 8: 6 and 4.
    ratio, error = log_odds(np.array([10, 0]), np.array([2, 8]), prior_words=10)
    assert ratio[0] == pytest.approx(math.log(16 / 4) - math.log(8 / 12))
    assert error[0] == pytest.approx(math.sqrt(1 / 16 + 1 / 8))


COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).filter(any), min_size=2, max_size=8)


@settings(deadline=None)
@given(COUNTS)
def test_swapping_the_sides_turns_the_sign(pairs: list[tuple[int, int]]) -> None:
    here, there = (np.array(side) for side in zip(*pairs, strict=True))
    ratio, error = log_odds(here, there)
    turned, same = log_odds(there, here)
    assert np.allclose(ratio, -turned)
    assert np.allclose(error, same)


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), min_size=2, max_size=8), st.integers(1, 20))
def test_equal_shares_are_no_difference_and_more_text_is_more_certain(counts: list[int], times: int) -> None:
    side = np.array(counts)
    ratio, error = log_odds(side, side)
    assert np.allclose(ratio, 0)
    assert (log_odds(side * times, side * times)[1] <= error + 1e-12).all()


def test_contexts_find_any_string_and_name_the_longer_word() -> None:
    found = contexts([ONE, TWO], "科技成果", lexer=lexer)
    assert [(hit.document, hit.clause, hit.longer) for hit in found] == [
        ("one", "一", "科技成果转移转化"),
        ("one", "一", ""),
    ]
    for hit in found:
        assert ONE.document.text[hit.start : hit.end] == "科技成果"
    assert contexts([ONE], "人。四", lexer=lexer)[0].longer == ""


def test_contexts_stay_within_their_line() -> None:
    (hit,) = contexts([ONE], "技术经理人", lexer=lexer)
    assert (hit.before, hit.after) == ("", "。四川省一批企业。")
    assert contexts([ONE], "", lexer=lexer) == ()
    assert contexts([ONE], "没有的词", lexer=lexer) == ()


@settings(deadline=None)
@given(st.text(alphabet="企业技术。\n", min_size=1, max_size=40), st.text(alphabet="企业技术", min_size=1, max_size=2))
def test_contexts_are_the_words_of_the_text(text: str, words: str) -> None:
    read = reading("x", ("一", text))
    found = contexts([read], words, window=5, lexer=lexer)
    assert len(found) == text.count(words)
    for hit in found:
        around = hit.before + hit.words + hit.after
        assert text[hit.start - len(hit.before) : hit.end + len(hit.after)] == around
        assert "\n" not in around


def test_editions_with_another_front_have_the_same_body() -> None:
    first = reading("one", ("", "征求意见\n方案\n"), ("一", "技术。\n"), ("二", "企业。"))
    second = reading("one", ("", "方案\n"), ("一", "技术。\n"), ("二", "企业。"))
    found = edition_differences(first, second)
    assert found.same_body
    assert (found.clauses_first, found.clauses_second, found.characters) == (2, 2, 6)
    assert [(entry.first, entry.second) for entry in found.front] == [("征求意见\n", "")]


def test_a_changed_figure_is_found_where_it_stands() -> None:
    first = reading("one", ("一", "最高补助300万元。\n"), ("二", "企业。"))
    second = reading("one", ("一", "最高补助500万元。\n"), ("二", "企业。"))
    (found,) = edition_differences(first, second).body
    assert (found.first, found.second) == ("3", "5")
    assert first.document.text[found.first_start : found.first_end] == "3"


LINES = st.text(alphabet="技术企业300\n", max_size=50)


@settings(deadline=None)
@given(LINES, LINES)
def test_without_the_differences_two_texts_are_equal(first: str, second: str) -> None:
    found = differences(first, second)

    def left(text: str, spans: list[tuple[int, int]]) -> str:
        for start, end in reversed(spans):
            text = text[:start] + text[end:]
        return text

    assert left(first, [(d.first_start, d.first_end) for d in found]) == left(
        second, [(d.second_start, d.second_end) for d in found]
    )
    for difference in found:
        assert first[difference.first_start : difference.first_end] == difference.first
        assert second[difference.second_start : difference.second_end] == difference.second


def test_every_word_left_out_stands_in_its_example_and_no_counterexample_is_left_out() -> None:
    for entry in grammar().left_out_words:
        for form in entry.forms:
            assert form in entry.example, f"wording.toml: example of {form} does not hold it"
        assert entry.not_ not in grammar().left_out[0]
    for entry in grammar().left_out_tags:
        found = {token.tag for token in tokens(entry.example)}
        assert set(entry.forms) <= found, f"wording.toml: no example of {set(entry.forms) - found}"
        assert any(is_term(token) for token in tokens(entry.not_))
