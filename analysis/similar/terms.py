"""Terms of the texts: how often each is used, and what sets groups of texts apart.

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

PRIOR_WORDS = 500.0
NORMAL_95 = 1.959964
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
    is_term: Mapping[str, bool],
    counts: NDArray[np.int64],
    characters: NDArray[np.int64],
    places: Collection[str] = (),
) -> TermCounts:
    """Terms from words counted by text or by group of texts: ``counts`` has shape (names, words).

    ``is_term``: each word in the order of the counts, and whether it says something about policy. Words that name one
    of ``places`` are left out, but hold the terms inside them as any other word. Without a single term the arrays have
    no columns.
    """
    named = re.compile("|".join(re.escape(place) for place in sorted(places) if place) or r"(?!)")
    kept = sorted((word, at) for at, word in enumerate(is_term) if is_term[word] and not named.search(word))
    terms = tuple(word for word, _ in kept)
    alone = counts[:, [at for _, at in kept]]
    column = {term: index for index, term in enumerate(terms)}
    holder, held = [], []  # word by word the terms inside it, as often as they stand there
    for at, word in enumerate(is_term):
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


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """How much more (positive) or less (negative) the group uses a term than the other texts.

    ``log_odds`` is a natural logarithm; ``low`` and ``high`` bound its 95 % interval. Rates are per 10,000 characters.
    """

    term: str
    log_odds: float
    low: float
    high: float
    count: int
    count_rest: int
    rate: float
    rate_rest: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0, that is: whether the difference is more than chance would give."""
        return self.low > 0 or self.high < 0


def log_odds(
    focus: NDArray[np.int64], rest: NDArray[np.int64], prior_words: float = PRIOR_WORDS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds ratios of the terms of ``focus`` against ``rest`` and their standard errors, each of shape (terms,).

    The ratio has an informative Dirichlet prior: B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' Words",
    Political Analysis 16 (2008). It spreads ``prior_words`` imagined words over the terms as all texts together use
    them, which draws rare words towards "no difference": a word that one short text has three times and the others
    never is not reported as infinitely typical. Every term must occur at least once in the two together.
    """
    pooled = focus + rest
    prior = prior_words * pooled / pooled.sum()
    first, second = focus + prior, rest + prior
    ratio = np.log(first / (first.sum() - first)) - np.log(second / (second.sum() - second))
    error = np.sqrt(1 / first + 1 / second)
    return ratio, error


def keyness(table: TermCounts, groups: Sequence[str], focus: str, *, inside: bool, least: int) -> tuple[KeyTerm, ...]:
    """Terms used at least ``least`` times in all, most typical of group ``focus`` first, most avoided last.

    Sorted by the ratio over its standard error, so that a well-supported difference stands before a large but shaky
    one. Empty when the group or the rest has no document, or when there are fewer than two terms.
    """
    chosen = np.array([group == focus for group in groups], dtype=bool)
    if not chosen.any() or chosen.all() or len(table.terms) < 2:
        return ()
    counts = table.counts(inside=inside)
    here, there = counts[chosen].sum(axis=0), counts[~chosen].sum(axis=0)
    ratio, error = log_odds(here, there)
    rate = here * 10_000 / max(int(table.characters[chosen].sum()), 1)
    rate_rest = there * 10_000 / max(int(table.characters[~chosen].sum()), 1)
    kept = sorted(np.flatnonzero(here + there >= least), key=lambda at: (-ratio[at] / error[at], table.terms[at]))
    return tuple(
        KeyTerm(
            table.terms[at],
            float(ratio[at]),
            float(ratio[at] - NORMAL_95 * error[at]),
            float(ratio[at] + NORMAL_95 * error[at]),
            int(here[at]),
            int(there[at]),
            float(rate[at]),
            float(rate_rest[at]),
        )
        for at in kept
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
