"""jieba as the lexer: a private tokenizer whose words carry the grammar's tags.

Never jieba's module functions (one global dictionary for every session), never its cache file (a world-writable
folder, read with marshal), never HMM (it invents words). The grammar's words are added with a weight that keeps them
whole.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis import grammar

with warnings.catch_warnings():  # jieba 0.42.1 has escape sequences that newer Pythons warn about
    warnings.simplefilter("ignore")
    import jieba


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text; ``tag`` is the grammar's, empty for a word the grammar does not know."""

    word: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexer:
    """The loaded dictionary and the tags of the grammar's words."""

    jieba: Any
    tags: dict[str, str]


@cache
def lexer() -> Lexer:
    """The tokenizer with the grammar's words; built once (0.5 s), then shared and only read."""
    own = jieba.Tokenizer()
    own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())
    own.initialized = True  # skips the cache file
    for word in grammar.apart():
        own.del_word(word)
    tags: dict[str, str] = {}
    for word, tag in grammar.lexicon():
        if word in tags:
            continue
        tags[word] = tag
        if len(word) > 1:
            own.add_word(word, own.suggest_freq(word) * 2 + 10)
    return Lexer(own, tags)


def tokens(text: str) -> tuple[Token, ...]:
    """Words of ``text`` with tags and offsets; joined, they give the text back."""
    own = lexer()
    tags = own.tags
    found: list[Token] = []
    position = 0
    for word in own.jieba.cut(text, HMM=False):
        end = position + len(word)
        found.append(Token(word, tags.get(word, ""), position, end))
        position = end
    return tuple(found)


def words(text: str) -> list[str]:
    """The words alone, for counting."""
    return list(lexer().jieba.cut(text, HMM=False))
