"""Terms of the texts, how often each is used, and which texts are read together: by region, by five-year plan, alone.

A long word hides the short one inside it (科技成果转移转化 hides 科技成果): every term is therefore counted twice over,
as a word of its own and inside longer words, and callers choose whether to add the two.

Only the provisions count: what stands before the first numbered heading (letter, title, document number) and the
responsible bodies in the closing brackets of a clause would set texts apart by who signed them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from analysis.grammar import grammar
from analysis.model import Card, Reading
from analysis.tokenise import Token, tokens

LONGEST_WORD = 64  # characters: a longer run of letters or digits is no word that holds others
Lexer = Callable[[str], Sequence[Token]]
_WRITTEN = re.compile(r"[\u3400-\u9fffA-Za-z+\-—]{2,}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Counts of terms: arrays of shape (documents, terms), and the length of what counts of each document."""

    documents: tuple[str, ...]
    terms: tuple[str, ...]
    alone: NDArray[np.int64]  # as a word of its own
    inside: NDArray[np.int64]  # inside longer words
    characters: NDArray[np.int64]  # (documents,), without white space

    def counts(self, *, inside: bool) -> NDArray[np.int64]:
        """Occurrences of their own, with ``inside`` also those within longer words."""
        return self.alone + self.inside if inside else self.alone


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term over groups of documents: occurrences and occurrences per 10,000 characters, in group order."""

    term: str
    counts: tuple[int, ...]
    rates: tuple[float, ...]
    total: int


def is_term(token: Token) -> bool:
    """Whether a word says something about policy: two or more characters, no figure, not in the stop list."""
    words, tags = grammar().left_out
    return _WRITTEN.fullmatch(token.word) is not None and token.tag not in tags and token.word not in words


def counted_spans(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Spans of the text that count, in order: the numbered clauses without the responsible bodies that close them.

    A text without a numbered heading counts as a whole.
    """
    text = reading.document.text
    spans: list[tuple[int, int]] = []
    for clause in reading.clauses:
        if clause.level == 0:
            continue
        bracket = text.rfind("（", clause.start, clause.end) if clause.bodies else -1
        holds_bodies = bracket >= 0 and any(body in text[bracket : clause.end] for body in clause.bodies)
        spans.append((clause.start, bracket if holds_bodies else clause.end))
    return tuple(spans) or ((0, len(text)),)


def is_counted(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether ``[start, end)`` lies within one of the ``spans``, which are in order."""
    at = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return at >= 0 and end <= spans[at][1]


@dataclass(frozen=True, slots=True)
class WordCount:
    """How often one text uses each word of two characters or more, in what counts of it.

    ``terms`` say something about policy (:func:`is_term`), ``others`` do not but may hold a term inside them.
    """

    terms: Mapping[str, int]
    others: Mapping[str, int]
    characters: int  # of what counts, without white space


def count_words(reading: Reading, lexer: Lexer = tokens) -> WordCount:
    """Count the words of one text. Pure; what a text among others is compared by follows from these counts alone."""
    text, spans = reading.document.text, counted_spans(reading)
    starts = [start for start, _ in spans[1:]] + [len(text)]
    words: list[str] = []
    tags: dict[str, Token] = {}
    at, (low, high) = 0, spans[0]
    for token in lexer(text):
        word, _, start, end = token
        while start >= starts[at]:
            at += 1
            low, high = spans[at]
        if low <= start and end <= high and len(word) > 1:
            words.append(word)
            tags[word] = token
    counts = Counter(words)
    terms = {word for word, token in tags.items() if is_term(token)}
    return WordCount(
        terms={word: count for word, count in counts.items() if word in terms},
        others={word: count for word, count in counts.items() if word not in terms},
        characters=sum(len(_SPACE.sub("", text[start:end])) for start, end in spans),
    )


def count_terms(readings: Sequence[Reading], lexer: Lexer = tokens) -> TermCounts:
    """Count the terms of each text. Names of the regions on the cards are left out."""
    return term_counts(
        [reading.document.id for reading in readings],
        [count_words(reading, lexer) for reading in readings],
        {reading.document.card.region for reading in readings if reading.document.card.region},
    )


def term_counts(names: Sequence[str], counts: Sequence[WordCount], places: Collection[str] = ()) -> TermCounts:
    """The counts of several texts side by side; terms that name one of ``places`` are left out."""
    is_term, table = by_word(counts, {})
    characters = np.array([one.characters for one in counts], dtype=np.int64)
    return word_terms(names, list(is_term), list(is_term.values()), table, characters, places)


def by_word(counts: Sequence[WordCount], known: Mapping[str, bool]) -> tuple[dict[str, bool], NDArray[np.int64]]:
    """Each word, first those ``known``, with whether it is a term of any text; and counts of shape (texts, words)."""
    is_term = dict(known)
    for one in counts:
        is_term |= {word: is_term.get(word, False) for word in one.others} | dict.fromkeys(one.terms, True)
    at = {word: index for index, word in enumerate(is_term)}
    table = np.zeros((len(counts), len(at)), dtype=np.int64)
    for row, one in enumerate(counts):
        for word, count in (*one.terms.items(), *one.others.items()):
            table[row, at[word]] += count
    return is_term, table


def word_terms(
    names: Sequence[str],
    words: Sequence[str],
    is_term: Sequence[bool],
    counts: NDArray[np.int64],
    characters: NDArray[np.int64],
    places: Collection[str] = (),
) -> TermCounts:
    """Terms from words counted by text or by group of texts: ``counts`` has shape (names, words).

    ``is_term`` says of each word whether it says something about policy; those that name one of ``places`` are left
    out, but hold the terms inside them as any other word. Without a single term the arrays have no columns.
    """
    named = re.compile("|".join(re.escape(place) for place in sorted(places) if place) or r"(?!)")
    kept = sorted((word, at) for at, word in enumerate(words) if is_term[at] and not named.search(word))
    terms = tuple(word for word, _ in kept)
    alone = counts[:, [at for _, at in kept]]
    column = {term: index for index, term in enumerate(terms)}
    holder, held = [], []  # word by word the terms inside it, as often as they stand there
    for at, word in enumerate(words):
        if len(word) > LONGEST_WORD:
            continue
        for start in range(len(word) - 1):
            for end in range(start + 2, len(word) + 1):
                if end - start < len(word) and (inner := column.get(word[start:end])) is not None:
                    holder.append(at)
                    held.append(inner)
    inside = np.zeros_like(alone)
    np.add.at(inside.T, held, counts.T[holder])
    return TermCounts(tuple(names), terms, alone, inside, characters)


def frequencies(table: TermCounts, groups: Sequence[str], *, inside: bool, least: int) -> tuple[TermRow, ...]:
    """Terms used at least ``least`` times in all, most frequent first; ``groups[i]`` names the group of document i.

    Counts and rates come in the order in which the groups first appear.
    """
    names = tuple(dict.fromkeys(groups))
    member = np.array([[group == name for group in groups] for name in names], dtype=np.int64)
    counts = member @ table.counts(inside=inside)
    characters = np.maximum(member @ table.characters, 1)
    rates = counts * 10_000 / characters[:, None]
    totals = counts.sum(axis=0)
    order = sorted(np.flatnonzero(totals >= least), key=lambda at: (-int(totals[at]), table.terms[at]))
    return tuple(
        TermRow(
            table.terms[at],
            tuple(int(count) for count in counts[:, at]),
            tuple(float(rate) for rate in rates[:, at]),
            int(totals[at]),
        )
        for at in order
    )


UNDATED = "时间不详"
_PLANS = ("十二", "十三", "十四", "十五", "十六", "十七")
_FIRST_YEAR = 2011  # the twelfth plan began in 2011


class GroupBy(StrEnum):
    """What joins texts into a group."""

    REGION = "region"
    PERIOD = "period"
    DOCUMENT = "document"


def period_name(year: int | None) -> str:
    """The five-year plan a year lies in: 2017 -> “十三五”（2016—2020）; plain years outside the known plans."""
    if year is None:
        return UNDATED
    plan = (year - _FIRST_YEAR) // 5
    start = _FIRST_YEAR + plan * 5
    years = f"{start}—{start + 4}"
    return f"“{_PLANS[plan]}五”（{years}）" if 0 <= plan < len(_PLANS) else years


def group_names(cards: Sequence[Card], by: GroupBy, names: Mapping[str, str]) -> tuple[str, ...]:
    """The group of each card; ``names`` are short names by slug. Periods go by the year a text counts from."""
    match by:
        case GroupBy.REGION:
            # A user's own file is told apart from the corpus, whatever place it is about.
            return tuple((not card.own and card.region) or names[card.slug] for card in cards)
        case GroupBy.PERIOD:
            return tuple(period_name(card.counted_year) for card in cards)
        case GroupBy.DOCUMENT:
            return tuple(names[card.slug] for card in cards)
