"""The lexer in Rust cuts as the one in Python does, and is used where it is installed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from compare_lexers import ROOT, corpus_texts, differing, mixes, readings
from hypothesis import given
from hypothesis import strategies as st

from analysis import tokenise
from analysis.grammar import grammar
from analysis.tokenise import Lexer, with_jieba, with_rjieba

pytest.importorskip("rjieba", reason="没有安装可选的分词加速组件（requirements-fast.txt）")


@pytest.fixture(scope="module")
def python() -> Lexer:
    return with_jieba()


@pytest.fixture(scope="module")
def rust() -> Lexer:
    return with_rjieba()


def test_the_texts_and_mixes_of_them_are_cut_alike(python: Lexer, rust: Lexer) -> None:
    texts = corpus_texts(ROOT / "tests" / "gold")
    assert differing(python, rust, [*texts, *mixes(texts, 10)]) == []


def test_the_same_is_read_of_them(python: Lexer, rust: Lexer) -> None:
    texts = corpus_texts()
    found = readings(python, texts)
    assert sum(len(each.targets) for each in found) > 20
    assert readings(rust, texts) == found


def test_every_word_of_the_grammar_is_known_alike(python: Lexer, rust: Lexer) -> None:
    assert rust.tags == python.tags
    words = [word for word, _ in grammar().lexicon()]
    pairs = [one + other for one, other in zip(words, reversed(words), strict=True)]
    assert differing(python, rust, [*words, *(word for entry in grammar().apart for word in entry.forms), *pairs]) == []


ANY = st.characters(exclude_categories=())  # halves of characters too


@given(st.text(ANY) | st.text("推动科技成果转化率达30%A.\ud800\n "))
def test_any_text_is_cut_alike(python: Lexer, rust: Lexer, text: str) -> None:
    assert list(rust.cut(text)) == list(python.cut(text))


def test_half_a_character_is_a_word_of_its_own(python: Lexer, rust: Lexer) -> None:
    text = "科技成果\ud800转化"
    assert list(rust.cut(text)) == list(python.cut(text)) == ["科技成果", "\ud800", "转化"]


def test_sessions_may_cut_at_once(rust: Lexer) -> None:
    texts = corpus_texts() * 20
    alone = [list(rust.cut(text)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert [list(cut) for cut in pool.map(rust.cut, texts)] == alone


def test_where_it_is_installed_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenise, "with_jieba", lambda: "Python")
    monkeypatch.setattr(tokenise, "with_rjieba", lambda: "Rust")
    assert tokenise._lexer.__wrapped__(grammar()) == "Rust"
    monkeypatch.setattr(tokenise, "rjieba", None)
    assert tokenise._lexer.__wrapped__(grammar()) == "Python"
