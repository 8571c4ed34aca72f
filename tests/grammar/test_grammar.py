"""Every form of the vocabularies is proved by an example, every example by a form, and every look-alike is refused."""

from __future__ import annotations

import re

import pytest
from every_pattern import every_pattern

from analysis import grammar
from analysis.corpus.furniture import furniture as on_line
from analysis.extract.incentives import _frames
from analysis.extract.quantities import quantities
from analysis.grammar.furniture import Furniture, furniture
from analysis.tokenise import tokens

WORDS = grammar.load("words")["word"]
UNITS = grammar.load("units")["unit"]
BOUNDS = grammar.load("comparators")["comparator"]
PATTERNS = every_pattern()


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry["tag"])
def test_words_and_examples_prove_each_other(entry: dict[str, object]) -> None:
    forms, examples = set(entry["forms"]), entry["examples"]
    seen = {example: {token.word for token in tokens(example)} & forms for example in examples}
    idle = [example for example, hits in seen.items() if not hits]
    unproved = forms - set().union(*seen.values())
    assert not idle, f"words.toml（{entry['tag']}）：例句没有切出任何词形 {idle}"
    assert not unproved, f"words.toml（{entry['tag']}）：词形没有例句能切出 {sorted(unproved)}"


@pytest.mark.parametrize(
    ("tag", "sentence"), [(entry["tag"], sentence) for entry in WORDS for sentence in entry.get("not", ())]
)
def test_a_look_alike_is_no_word(tag: str, sentence: str) -> None:
    forms = {form for entry in WORDS if entry["tag"] == tag for form in entry["forms"]}
    assert not {token.word for token in tokens(sentence) if token.tag == tag} & forms


def test_words_that_hide_ours_fall_apart() -> None:
    for entry in grammar.load("words")["apart"]:
        for example in entry["examples"]:
            assert any(form in example for form in entry["forms"])
            assert not {token.word for token in tokens(example)} & set(entry["forms"]), example


@pytest.mark.parametrize("entry", UNITS, ids=lambda entry: entry["forms"][0])
def test_units_and_examples_prove_each_other(entry: dict[str, object]) -> None:
    read = {
        example: {number.quote for number in quantities(example) if number.dimension == entry["dimension"]}
        for example in entry["examples"]
    }
    assert all(read.values()), f"units.toml：例句没有读出数量 {[e for e, q in read.items() if not q]}"
    for form in entry["forms"]:
        assert any(form in quote for quotes in read.values() for quote in quotes), f"units.toml：{form} 没有例句"
    for sentence in entry.get("not", ()):
        assert entry["dimension"] not in {number.dimension for number in quantities(sentence)}, sentence


@pytest.mark.parametrize("entry", BOUNDS, ids=lambda entry: entry["forms"][0])
def test_comparators_and_examples_prove_each_other(entry: dict[str, object]) -> None:
    for form in entry["forms"]:
        holding = [example for example in entry["examples"] if form in example]
        assert holding, f"comparators.toml：{form} 没有例句"
    for example in entry["examples"]:
        assert any(form in example for form in entry["forms"])
        comparators = {number.comparator.value for number in quantities(example)}
        expected = {"ge"} if entry["means"] == "inclusive" else {entry["means"]}
        assert comparators == expected, example
    for sentence in entry.get("not", ()):
        assert entry["means"] not in {number.comparator.value for number in quantities(sentence)}


@pytest.mark.parametrize("indicator", grammar.indicators(), ids=lambda indicator: indicator.id)
def test_indicators_and_examples_prove_each_other(indicator: grammar.Indicator) -> None:
    for example in indicator.examples:
        found = grammar.indicator_of(example)
        assert found is not None, example
        assert found.id == indicator.id, example
    for form in indicator.forms:
        assert any(form in example for example in indicator.examples), f"indicators.toml：{form} 没有例子"
    for name in indicator.negatives:
        found = grammar.indicator_of(name)
        assert found is None or found.id != indicator.id, name


@pytest.mark.parametrize("cue", [*grammar.receivers(), *grammar.instruments()], ids=lambda cue: cue.id)
def test_cues_and_examples_prove_each_other(cue: grammar.Cue) -> None:
    for example in cue.examples:
        assert cue.hit(example), example
    for word in cue.cues:
        assert any(word in example for example in cue.examples), f"{cue.id}：{word} 没有例子"
    for sentence in cue.negatives:
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


def test_notes_find_their_examples_and_leave_the_rest() -> None:
    for note in grammar.notes():
        assert all(note.pattern.search(example) for example in note.examples), note.name
        assert not any(note.pattern.search(sentence) for sentence in note.negatives), note.name


@pytest.mark.parametrize(("frame", "pattern"), _frames(), ids=lambda value: getattr(value, "id", ""))
def test_qualitative_frames_and_examples_prove_each_other(frame: grammar.Frame, pattern: object) -> None:
    for example in frame.examples:
        assert pattern.search(example), example
    for sentence in frame.negatives:
        assert not pattern.search(sentence), sentence
    for words in frame.patterns:
        head = words.split("*")[0]
        assert any(head in example for example in frame.examples), f"qualitative.toml（{frame.id}）：{words} 没有例子"


def test_no_rule_names_a_seed_document() -> None:
    from importlib.resources import files

    for file in files("analysis.grammar").iterdir():
        if file.name.endswith(".toml"):
            text = file.read_text(encoding="utf-8")
            assert not [slug for slug in ("sichuan-2", "beijing-2", "heilongjiang-2") if slug in text], file.name


@pytest.mark.parametrize("kind", furniture(), ids=lambda kind: kind.id)
def test_furniture_is_known_and_look_alikes_are_not(kind: Furniture) -> None:
    if kind.place == "piece":
        assert all(re.fullmatch(kind.source, words) for words in kind.examples)
        assert not [words for words in kind.negatives if re.fullmatch(kind.source, words)]
        return
    for words in kind.examples:
        start, end = on_line(words) or (0, 0)
        assert start < end, words
        assert (start == 0) == (kind.place != "tail"), words
        assert (end == len(words)) == (kind.place != "head"), words
        assert re.search(kind.source, words), words
    assert not [words for words in kind.negatives if on_line(words)]
