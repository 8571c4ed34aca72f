"""Which clauses speak of what a comment speaks of, in whatever words.

Words (jieba), pairs of characters and the subjects of ``lay_subjects.toml``, in which everyday words and the terms of
the field meet, are features. A feature weighs by how few clauses of the draft have it and, for words, by how rare it is
in Chinese at large (the table that comes with jieba). A clause answers for the features that it shares with the
comment, more for those of its heading, less where it is long and has everything (BM25).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from analysis.consultation.comments import ConsultedDraft, DraftClause
from analysis.consultation.draft_clauses import TITLE
from analysis.consultation.folded_words import folded
from analysis.extract.quantities import quantities
from analysis.grammar import grammar
from analysis.grammar.vocabularies import Entry, Texts, Vocabulary
from analysis.tokenise import tokens

_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[a-z]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SHORTEST = 40  # characters of its own that a clause needs to stand for itself
_SATURATION, _LENGTH = 1.2, 0.6  # BM25
_HEADING_TIMES = 3
_WEIGHTS = {"w": 1.0, "p": 0.35, "c": 0.3, "s": 1.7, "n": 1.2}  # words, pairs, characters, subjects, amounts
_GENERAL = re.compile("指导思想|基本原则|总体要求|总则|体系布局|工作思路")
_GENERAL_SHARE = 0.7  # of what it answers for: such clauses name everything that comes after them
_ASKED_FOR = 0.05  # what is left of a word with which comments ask for something
_WHOLE, _SAYS_MORE = "whole", 14  # praise or abuse of the whole; characters beside it that say something else
_AT_A_TIME = 4_000
_BARE_SUM = re.compile(r"(?<![\d.第])[\d.零一二三四五六七八九十百千]{1,8}[万亿](?![元人项家名个亩吨次件余多])")
_FEW = 2  # counts up to which a number says nothing


class Subject(Entry, frozen=True):
    """A subject of drafts with the words of senders (``lay``) and of drafts (``terms``)."""

    id: str
    lay: Texts
    terms: Texts
    examples: Texts
    not_: Texts = ()


class Unrelated(Entry, frozen=True):
    """Words of comments that belong to no clause."""

    id: str
    words: Texts
    examples: Texts
    not_: Texts = ()


class Asking(Entry, frozen=True):
    """Words with which comments ask for something."""

    id: str
    words: Texts
    examples: Texts


@dataclass(frozen=True, eq=False)
class LaySubjects:
    """The vocabulary with its expressions compiled, by id."""

    in_comments: dict[str, re.Pattern[str]]
    in_clauses: dict[str, re.Pattern[str]]
    unrelated: dict[str, re.Pattern[str]]
    asking: frozenset[str]


@cache
def lay_subjects() -> LaySubjects:
    """The vocabulary of ``lay_subjects.toml``. Raises InputError where it has a mistake."""
    vocabulary = Vocabulary(Path(str(files(__package__))), "lay_subjects", "subject", "asking", "unrelated")
    subjects = vocabulary.take("subject", Subject)
    return LaySubjects(
        {each.id: re.compile("|".join((*each.lay, *each.terms))) for each in subjects},
        {each.id: re.compile("|".join(each.terms)) for each in subjects},
        {each.id: re.compile("|".join(each.words)) for each in vocabulary.take("unrelated", Unrelated)},
        frozenset(word for each in vocabulary.take("asking", Asking) for word in each.words),
    )


@cache
def _rarity() -> dict[str, float]:
    """How rare a word is in Chinese at large, 0.03 to 1; words that are not listed are the rarest."""
    listed = files("jieba").joinpath("analyse/idf.txt").read_text(encoding="utf-8")
    found = {}
    for line in listed.splitlines():
        word, _, written = line.partition(" ")
        found[word] = min(max((float(written) - 4.0) / 5.0, 0.03), 1.0)
    return found


@dataclass(frozen=True, slots=True)
class Related:
    """A clause that speaks of what a comment speaks of: ``score`` without upper bound, ``words`` in common."""

    clause: DraftClause
    score: float


def words_of(text: str) -> list[str]:
    """The words of a folded text that may say what it is about."""
    return [token.word for token in tokens(text) if _WORD.fullmatch(token.word)]


def features(text: str, subjects: dict[str, re.Pattern[str]]) -> Counter[str]:
    """Words, pairs of characters and subjects of a folded text, with how often each occurs."""
    found: Counter[str] = Counter()
    for word in words_of(text):
        found[f"w{word}"] += 1
    for run in _HAN.findall(text):
        found.update(f"c{character}" for character in run)
        for at in range(len(run) - 1):
            found[f"p{run[at : at + 2]}"] += 1
    found.update(_amounts(text))
    for name, pattern in subjects.items():
        times = len(set(pattern.findall(text)))  # no groups: whole matches
        if times:
            found[f"s{name}"] = times
    return found


def _amounts(text: str) -> set[str]:
    """The numbers of a folded text that say how much, by value and kind: 60万 and 60万元 are the same."""
    spelled = _BARE_SUM.sub(r"\g<0>元", text.replace("半个月", "15日").replace("半年", "6个月"))
    factors = {unit.form: unit.factor for unit in grammar().units.values()}
    found = set()
    for each in quantities(spelled):
        value = (each.value * factors.get(each.unit, 1)).normalize()
        if each.dimension != "count" or value > _FEW:
            found.add(f"n{value:f}{each.dimension}")
    return found


@dataclass(frozen=True, eq=False)
class DraftSubjects:
    """The clauses of a draft by what they speak of."""

    draft: ConsultedDraft

    @cached_property
    def clauses(self) -> list[DraftClause]:
        """Those that can be told by their subject: with words of their own, short items with the clause above."""
        return [clause for clause, _ in self._texts]

    @cached_property
    def _texts(self) -> list[tuple[DraftClause, str]]:
        texts: dict[str, list[str]] = {}
        by_path = self.draft.by_path
        for clause in self.draft.clauses:
            if clause.path == TITLE:
                continue
            own, home = folded(clause.text).text, clause
            while (
                len(own) < _SHORTEST
                and home.parent in by_path
                and by_path[home.parent].text != by_path[home.parent].heading
            ):
                home = by_path[home.parent]
            texts.setdefault(home.path, []).append(own)
        above = {clause.parent for clause in self.draft.clauses}
        alone = [(by_path[path], "\n".join(words)) for path, words in texts.items()]
        return [
            (clause, words)
            for clause, words in alone
            if clause.path not in above or words != folded(clause.heading).text
        ]

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return {feature: at for at, feature in enumerate(sorted(set().union(*self._counts)))}

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        subjects = lay_subjects().in_clauses
        counts = []
        for clause, words in self._texts:
            heading = folded(clause.heading).text
            own = features(words, subjects)
            for feature, times in features(heading, subjects).items():
                own[feature] += times * (_HEADING_TIMES - 1)
            counts.append(own)
        return counts

    @cached_property
    def _weights(self) -> dict[str, float]:
        """What a feature of a comment weighs."""
        number = len(self._counts)
        most = log(1 + (number - 0.5) / 1.5)  # of a feature that one clause has: it weighs 1 in drafts of any length
        seen = Counter(feature for own in self._counts for feature in own)
        weights = {}
        for feature, times in seen.items():
            rare = _rarity().get(feature[1:], 1.0) if feature[0] in "wp" else 1.0
            if feature[1:] in lay_subjects().asking:
                rare = _ASKED_FOR
            weights[feature] = _WEIGHTS[feature[0]] * rare * log(1 + (number - times + 0.5) / (times + 0.5)) / most
        return weights

    @cached_property
    def _answers(self) -> Any:
        """Sparse matrix, clauses by features: what each clause answers for."""
        from scipy.sparse import csr_matrix  # takes half a second to load, which reading need not

        lengths = [sum(times for feature, times in own.items() if feature[0] == "w") for own in self._counts]
        mean = max(sum(lengths) / max(len(lengths), 1), 1.0)
        rows, columns, values = [], [], []
        for row, (own, length) in enumerate(zip(self._counts, lengths, strict=True)):
            share = _GENERAL_SHARE if _GENERAL.search(self.clauses[row].heading) else 1.0
            bound = _SATURATION * (1 - _LENGTH + _LENGTH * length / mean)
            for feature, times in own.items():
                rows.append(row)
                columns.append(self._vocabulary[feature])
                values.append(share * times * (_SATURATION + 1) / (times + bound))
        return csr_matrix((values, (rows, columns)), shape=(len(self._counts), len(self._vocabulary)))

    def related(self, texts: Sequence[str]) -> list[list[Related]]:
        """For each folded text all clauses with anything in common, the nearest first. Linear in the texts."""
        found: list[list[Related]] = []
        for start in range(0, len(texts), _AT_A_TIME):
            found.extend(self._some(texts[start : start + _AT_A_TIME]))
        return found

    def _some(self, texts: Sequence[str]) -> Iterable[list[Related]]:
        from scipy.sparse import csr_matrix

        if not self._vocabulary:
            return [[] for _ in texts]
        rows, columns, values = [], [], []
        for row, text in enumerate(texts):
            for feature, times in features(text, lay_subjects().in_comments).items():
                column = self._vocabulary.get(feature)
                if column is not None:
                    rows.append(row)
                    columns.append(column)
                    values.append(self._weights[feature] * (1 + log(times)))
        asked = csr_matrix((values, (rows, columns)), shape=(len(texts), len(self._vocabulary)))
        scores = (asked @ self._answers.T).toarray()
        order = np.argsort(-scores, axis=1, kind="stable")
        return [
            [Related(self.clauses[at], float(scores[row, at])) for at in order[row] if scores[row, at] > 0]
            for row in range(len(texts))
        ]

    def shared(self, text: str, clause: DraftClause, most: int = 4) -> list[str]:
        """The words of a folded text that tie it to a clause, the weightiest first."""
        own = self._counts[self.clauses.index(clause)]
        words = {word for word in words_of(text) if f"w{word}" in own}
        by_weight = sorted(words, key=lambda word: (-self._weights[f"w{word}"], word))
        named = [
            match[0]
            for name, pattern in lay_subjects().in_comments.items()
            if f"s{name}" in own and (match := pattern.search(text))
        ]
        return list(dict.fromkeys((*by_weight[:most], *named)))[:most]


def unrelated(text: str) -> str:
    """Why a folded comment without any tie belongs to no clause: procedure, whole, everyday; "" where nothing says.

    Praise and abuse of the whole do not count beside words enough to say something else (支持！建议多办培训班……).
    """
    for name, pattern in lay_subjects().unrelated.items():
        if pattern.search(text) and (name != _WHOLE or len("".join(_HAN.findall(pattern.sub("", text)))) < _SAYS_MORE):
            return name
    return ""
