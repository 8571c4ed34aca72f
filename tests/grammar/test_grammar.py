"""Every form of the vocabularies is proved by an example, every example by a form, and every look-alike is refused."""

from __future__ import annotations

import pytest
from every_pattern import every_pattern

from analysis.corpus.furniture_patterns import BREADCRUMB_HEAD, CONTROLS_TAIL, LINE
from analysis.corpus.lines import furniture
from analysis.extract.quantities import quantities
from analysis.grammar import grammar
from analysis.grammar.pattern import Pattern
from analysis.grammar.vocabularies import ComparatorForms, Cue, Frame, Indicator, TaggedWords, UnitForms
from analysis.tokenise import tokens

WORDS = grammar().words
PATTERNS = every_pattern()


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry.tag)
def test_words_and_examples_prove_each_other(entry: TaggedWords) -> None:
    forms, examples = set(entry.forms), entry.examples
    seen = {example: {token.word for token in tokens(example)} & forms for example in examples}
    idle = [example for example, hits in seen.items() if not hits]
    unproved = forms - set().union(*seen.values())
    assert not idle, f"words.toml（{entry.tag}）：例句没有切出任何词形 {idle}"
    assert not unproved, f"words.toml（{entry.tag}）：词形没有例句能切出 {sorted(unproved)}"


@pytest.mark.parametrize(("tag", "sentence"), [(entry.tag, sentence) for entry in WORDS for sentence in entry.not_])
def test_a_look_alike_is_no_word(tag: str, sentence: str) -> None:
    forms = {form for entry in WORDS if entry.tag == tag for form in entry.forms}
    assert not {token.word for token in tokens(sentence) if token.tag == tag} & forms


def test_words_that_hide_ours_fall_apart() -> None:
    for entry in grammar().apart:
        for example in entry.examples:
            assert any(form in example for form in entry.forms)
            assert not {token.word for token in tokens(example)} & set(entry.forms), example


@pytest.mark.parametrize("entry", grammar().unit_forms, ids=lambda entry: entry.forms[0])
def test_units_and_examples_prove_each_other(entry: UnitForms) -> None:
    read = {
        example: {number.quote for number in quantities(example) if number.dimension == entry.dimension}
        for example in entry.examples
    }
    assert all(read.values()), f"units.toml：例句没有读出数量 {[e for e, q in read.items() if not q]}"
    for form in entry.forms:
        assert any(form in quote for quotes in read.values() for quote in quotes), f"units.toml：{form} 没有例句"
    for sentence in entry.not_:
        assert entry.dimension not in {number.dimension for number in quantities(sentence)}, sentence


@pytest.mark.parametrize("entry", grammar().comparator_forms, ids=lambda entry: entry.forms[0])
def test_comparators_and_examples_prove_each_other(entry: ComparatorForms) -> None:
    for form in entry.forms:
        holding = [example for example in entry.examples if form in example]
        assert holding, f"comparators.toml：{form} 没有例句"
    for example in entry.examples:
        assert any(form in example for form in entry.forms)
        comparators = {number.comparator.value for number in quantities(example)}
        expected = {"ge"} if entry.means == "inclusive" else {entry.means}
        assert comparators == expected, example
    for sentence in entry.not_:
        assert entry.means not in {number.comparator.value for number in quantities(sentence)}


@pytest.mark.parametrize("indicator", grammar().indicators, ids=lambda indicator: indicator.id)
def test_indicators_and_examples_prove_each_other(indicator: Indicator) -> None:
    for example in indicator.examples:
        found = grammar().indicator_of(example)
        assert found is not None, example
        assert found.id == indicator.id, example
    for form in indicator.forms:
        assert any(form in example for example in indicator.examples), f"indicators.toml：{form} 没有例子"
    for name in indicator.not_:
        found = grammar().indicator_of(name)
        assert found is None or found.id != indicator.id, name


@pytest.mark.parametrize("cue", [*grammar().receivers, *grammar().instruments], ids=lambda cue: cue.id)
def test_cues_and_examples_prove_each_other(cue: Cue) -> None:
    for example in cue.examples:
        assert cue.hit(example), example
    for word in cue.cues:
        assert any(word in example for example in cue.examples), f"{cue.id}：{word} 没有例子"
    for sentence in cue.not_:
        assert not cue.hit(sentence), sentence


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_find_their_examples_and_leave_the_rest(name: str) -> None:
    pattern = PATTERNS[name]
    assert pattern.examples, f"{name}：没有例子"
    assert pattern.not_, f"{name}：没有反例"
    assert [example for example in pattern.examples if not pattern.find(example)] == []
    assert [sentence for sentence in pattern.not_ if pattern.find(sentence)] == []


def test_patterns_of_all_packages_are_tried() -> None:
    modules = {name.split(".")[0] for name in PATTERNS}
    assert modules >= {f"{kind}_patterns" for kind in ("target", "incentive", "refusal", "receiver", "metadata")}
    assert len(PATTERNS) > 250


@pytest.mark.parametrize("frame", grammar().frames, ids=lambda frame: frame.id)
def test_qualitative_frames_and_examples_prove_each_other(frame: Frame) -> None:
    for example in frame.examples:
        assert frame.regex.search(example), example
    for sentence in frame.not_:
        assert not frame.regex.search(sentence), sentence
    for words in frame.patterns:
        head = words.split("*")[0]
        assert any(head in example for example in frame.examples), f"qualitative.toml（{frame.id}）：{words} 没有例子"


def test_no_rule_names_a_seed_document() -> None:
    from importlib.resources import files

    for file in files("analysis.grammar").iterdir():
        if file.name.endswith(".toml"):
            text = file.read_text(encoding="utf-8")
            assert not [slug for slug in ("sichuan-2", "beijing-2", "heilongjiang-2") if slug in text], file.name


@pytest.mark.parametrize("kind", [*LINE, BREADCRUMB_HEAD, CONTROLS_TAIL], ids=lambda kind: kind.text[:20])
def test_furniture_is_known_on_its_line_and_look_alikes_are_not(kind: Pattern) -> None:
    for words in kind.examples:
        start, end = furniture(words) or (0, 0)
        assert start < end, words
        assert (start == 0) == (kind is not CONTROLS_TAIL), words
        assert (end == len(words)) == (kind is not BREADCRUMB_HEAD), words
    assert not [words for words in kind.not_ if furniture(words)]
