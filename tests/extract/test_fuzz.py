"""Anything that can be typed or decoded is read without a fault, and what is read keeps its promises.

Two kinds of text: any characters at all, and the grammar's own words thrown together, which reach the frames that
random characters never do. Byte-level fuzzing of files is with the readers of files.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from every_pattern import every_pattern
from from_text import document_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.corpus.clean import clean
from analysis.extract import extract
from analysis.extract.number_forms import HAN_DIGITS, SCALES, value_of
from analysis.extract.quantities import quantities
from analysis.extract.sentences import LONGEST_SENTENCE, sentences
from analysis.grammar import grammar
from analysis.model import Clause, Comparator, Document, Reading
from analysis.segment import gaps, segment
from analysis.tokenise import tokens

# All of Unicode that a decoded file can hold: controls and characters beyond the first plane, no lone surrogates.
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)

VOCABULARY = sorted(
    {word for word, _ in grammar().lexicon()}
    | set(grammar().units)
    | {cue for kind in (grammar().receivers, grammar().instruments) for entry in kind for cue in entry.cues}
)
SENTENCES = sorted(
    {example for pattern in every_pattern().values() for example in (*pattern.examples, *pattern.not_)}
    | {text for frame in grammar().frames for text in (*frame.examples, *frame.not_)}
)
NUMBERS = st.one_of(
    st.integers(0, 99_999).map(str),
    st.decimals(min_value=0, max_value=999, places=2).map(str),
    st.text("一二三四五六七八九十百千万亿零两点半成", min_size=1, max_size=6),
    st.sampled_from(
        ["百分之三", "万分之0.5", "三分之一", "翻一番", "2027年", "“十五五”末", "2025—2027年", "1∶1", "100万至200万"]
    ),
)
MARKS = st.sampled_from("，。；：、（）“”《》\n ——-~·！？")
HEADS = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "第一章 ",
        "第十二条 ",
        "附件1\n",
        "——",
        "①",
        "到2027年，",
        "对",
        "按",
        "给予",
        "分别",
        "最高",
        "每",
    ]
)
POLICY = st.lists(
    st.one_of(st.sampled_from(VOCABULARY), st.sampled_from(SENTENCES), NUMBERS, NUMBERS, MARKS, MARKS, HEADS),
    max_size=30,
).map("".join)


def read(raw: str) -> tuple[Document, tuple[Clause, ...], Reading]:
    made = document_of(raw)
    clauses = segment(made)
    return made, clauses, extract(made, clauses)


def keeps_its_promises(raw: str) -> None:
    made, clauses, found = read(raw)
    assert "".join(clause.text for clause in clauses) == made.text
    assert len(made.offsets) == len(made.text)
    assert all(left < right for left, right in pairwise(made.offsets))
    for row in (*found.quantities, *found.targets, *found.incentives, *found.unparsed):
        assert row.quote
        assert made.text[row.start : row.end] == row.quote
        low, high = made.raw_span(row.start, row.end)
        assert 0 <= low < high <= len(raw)
    for target in found.targets:
        assert target.start <= target.value_start < target.value_end <= target.end
        assert target.indicator.strip()
        assert clauses[target.clause_index].start <= target.start < clauses[target.clause_index].end
    gaps(clauses)


@settings(max_examples=150)
@given(ANYTHING)
@example("")
@example("\ufeff")
@example("\x00\x0c\u2028\u2029")
@example("𠀀亿元，达到𝟏𝟎𝟎家")
@example("第〇条")
@example("百分之零分之一")
@example("零分之一")
@example("翻零番翻百番")
@example("2027年13月45日")
def test_any_text_at_all(raw: str) -> None:
    keeps_its_promises(raw)


@settings(max_examples=250)
@given(POLICY)
def test_words_of_policies_in_any_order(raw: str) -> None:
    keeps_its_promises(raw)


@settings(max_examples=100)
@given(POLICY)
def test_cleaning_policy_words_is_idempotent_and_tells_what_it_took(raw: str) -> None:
    once = clean(raw)
    assert clean(once.text).text == once.text
    kept = set(once.offsets)
    for place, character in enumerate(raw):
        assert place in kept or any(cut.start <= place < cut.end for cut in once.removed), character


@settings(max_examples=150)
@given(POLICY)
def test_a_number_counts_once(raw: str) -> None:
    """No number is both a target and left over, and none is left over twice."""
    _, _, found = read(raw)
    left = [row.start for row in found.unparsed]
    assert len(left) == len(set(left))
    assert not set(left) & {target.value_start for target in found.targets}
    known = {quantity.start for quantity in found.quantities}
    assert set(left) | {target.value_start for target in found.targets} <= known


@settings(max_examples=150)
@given(POLICY)
def test_numbers_are_numbers(raw: str) -> None:
    for quantity in quantities(clean(raw).text):
        assert quantity.value.is_finite()
        assert quantity.value >= 0
        assert quantity.comparator in Comparator
        assert (quantity.unit, quantity.dimension) != ("", "")


@settings(max_examples=200)
@given(st.text(f"{HAN_DIGITS}{SCALES}点.,， 0123456789", max_size=14))
def test_a_numeral_has_a_value_or_is_refused(written: str) -> None:
    try:
        value = value_of(written)
    except ValueError:
        return
    assert value.is_finite()
    assert value >= 0


@settings(max_examples=60)
@given(POLICY)
def test_tokens_give_the_text_back(raw: str) -> None:
    text = clean(raw).text
    assert "".join(token.word for token in tokens(text)) == text


@pytest.mark.parametrize("word", ["培育机构100家", "技术转移，", "给予100万元、", "（", "奖励"])
def test_a_text_without_full_stops_is_cut_into_sentences(word: str) -> None:
    made = document_of(word * (3 * LONGEST_SENTENCE // len(word)) + "奖励100家。")
    found = sentences(made, segment(made), quantities(made.text))
    assert max(len(sentence.text) for sentence in found) <= LONGEST_SENTENCE
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert found[-1].text.endswith("奖励100家。")
