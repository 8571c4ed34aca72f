"""jieba as the lexer: a private tokenizer whose words carry the grammar's tags.

Never jieba's module functions (one global dictionary for every session), never its cache file (a world-writable
folder, read with marshal), never HMM (it invents words). The grammar's words are added with a weight that keeps them
whole.

Where rjieba is installed (requirements-fast.txt), the same dictionary with the same weights is cut in Rust. The words
are the same, which tests hold; docs/decisions/lexer.md says how.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, repeat
from typing import Any, BinaryIO, NamedTuple

from analysis.grammar import Grammar, grammar

with warnings.catch_warnings():  # jieba 0.42.1 has escape sequences that newer Pythons warn about
    warnings.simplefilter("ignore")
    import jieba

try:
    import rjieba
except ImportError:
    rjieba = None  # type: ignore[assignment]

_NOWHERE = "\U0010ffff"  # a word that takes up weight and that no cut considers: jieba's words are Han, Latin, digits
_LONE = re.compile("([\ud800-\udfff])")


class Token(NamedTuple):  # a text has thousands: made in a third of the time of a dataclass
    """A word with its place in the text; ``tag`` is the grammar's, empty for a word the grammar does not know."""

    word: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexer:
    """What cuts a text into words (``name`` is its package), and the tags of the grammar's words."""

    name: str
    cut: Callable[[str], Iterable[str]]
    tags: dict[str, str]


def lexer() -> Lexer:
    """The lexer with the words of the grammar in use; built once for each (0.5 s), then shared and only read."""
    return _lexer(grammar())


@cache
def _lexer(_: Grammar) -> Lexer:
    return with_jieba() if rjieba is None else with_rjieba()


def with_jieba() -> Lexer:
    """A new lexer in Python."""
    own = jieba.Tokenizer()
    own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())
    own.initialized = True  # skips the cache file
    tags = _add_grammar(own.suggest_freq, own.add_word)
    return Lexer("jieba", partial(own.cut, HMM=False), tags)


def with_rjieba() -> Lexer:
    """A new lexer in Rust. jieba still reckons the weights, to the last digit: rjieba rounds and sums otherwise."""
    own = jieba.Tokenizer()
    with own.get_dict_file() as file:
        fields = file.read().decode().split()
    weights = list(map(int, fields[1::3]))
    own.FREQ, own.total, own.initialized = dict(zip(fields[::3], weights, strict=True)), sum(weights), True
    rust = rjieba.Jieba()  # the same words with the same weights
    own.cut = lambda text, HMM: rust.cut(text, hmm=HMM)
    beyond = own.total - sum(own.FREQ.values())  # jieba counts what a new weight replaces, rjieba does not

    def add(word: str, weight: int) -> None:
        nonlocal beyond
        beyond += own.FREQ.get(word, 0)
        own.FREQ[word] = weight
        own.total += weight
        rust.add_word(word, weight, None)
        rust.add_word(_NOWHERE, beyond, None)

    tags = _add_grammar(own.suggest_freq, add)
    return Lexer("rjieba", partial(_cut, rust), tags)


def _add_grammar(suggested: Callable[[str], int], add: Callable[[str, int], None]) -> dict[str, str]:
    for entry in grammar().apart:
        for word in entry.forms:
            add(word, 0)
    tags: dict[str, str] = {}
    for word, tag in grammar().lexicon():
        if word in tags:
            continue
        tags[word] = tag
        if len(word) > 1:
            add(word, suggested(word) * 2 + 10)
    return tags


def _cut(rust: Any, text: str) -> list[str]:
    try:
        words: list[str] = rust.cut(text, hmm=False)
        return words
    except UnicodeEncodeError:  # half a character, out of a damaged file, is a word of its own for jieba
        parts = _LONE.split(text)
        return [word for part in parts for word in ([part] if _LONE.match(part) else rust.cut(part, hmm=False))]


def jieba_dictionary() -> BinaryIO:
    """jieba's dictionary as it comes: a line for each word, with its weight and its kind."""
    file: BinaryIO = jieba.Tokenizer().get_dict_file()
    return file


def tokens(text: str, at: int = 0) -> tuple[Token, ...]:
    """Words of ``text`` with tags and offsets, which count from ``at``; joined, they give the text back."""
    own = lexer()
    words = list(own.cut(text))
    edges = list(accumulate(map(len, words), initial=at))
    fields = zip(words, map(own.tags.get, words, repeat("")), edges, edges[1:], strict=False)
    return tuple(map(partial(tuple.__new__, Token), fields))  # as Token._make makes them, in a third of the time
