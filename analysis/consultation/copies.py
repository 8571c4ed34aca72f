"""Copies of one letter among comments: near-duplicates grouped, and what each has of its own.

Two comments are copies when most of what the shorter one says itself stands in the other: with words added, left out or
changed. What both have from the draft counts for nothing, so two people who quote one sentence are not taken for one.
Two letters of one wording that take opposite sides are not copies.

Each text is held against the few that share a band of its MinHash signature or a whole part between two marks with
it; whether two are copies is then counted and not estimated. The same comments in another order give the same groups.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import chain, pairwise
from typing import Any
from zlib import crc32

from analysis.consultation.comment_text import ComparedText, DraftWords, compared
from analysis.tokenise import tokens

_GRAM = 3  # characters in a row
_BANDS, _ROWS = 40, 3  # two texts that share 0.4 of their grams agree in one band at least but for one pair in 14
_SHORTEST_PART = 8  # characters between two marks that show two texts may be copies
_MOST_LETTERS = 10  # texts of one band or part that the next text is held against
_MOST_COMPARED = 30  # texts that one text is held against
_PARTED = 3  # characters that two stretches of one's own stand apart and are still one
_SEVERAL = 2  # texts of a set that make it a letter of its own
_LONGEST = 20_000  # characters of a comment that are compared

_SHORTEST_WHOLE = 12  # characters of a text that another one may hold whole
_SET_PHRASE = 4  # texts that have a sentence before it can be a set phrase
_BESIDE = 0.4  # of the texts with a sentence that share another one: it is part of a letter
_MOSTLY = 0.8  # of a text that one sentence must be to be a letter of its own
_MOST_SHARED = 12  # sentences of one text that are counted

_SENTENCE_ENDS = re.compile(r"[。；;！!？?\s]")
_PART_ENDS = re.compile(r"[，,。；;！!？?：:、“”\"\s]")
_SAME = 0.75  # Jaccard of the grams of two texts of any length
# Grams in common, and the share of the shorter text's that they must be: the more words, the less is chance.
_HELD = ((24, 0.55), (8, 0.6))


@cache
def _empty_signature() -> Any:
    from datasketch import MinHash  # takes scipy along, which those who only read need not load

    return MinHash(num_perm=_BANDS * _ROWS, seed=1, scheme="affine32", hashfunc=crc32)


@dataclass(frozen=True, slots=True)
class Profile:
    """A text as it is compared: its words without marks, and the grams and parts of what it says itself."""

    words: str
    grams: frozenset[str]
    parts: frozenset[str]
    sentences: Mapping[str, int]  # what each sentence says itself, and how long it is with what it has from the draft

    @property
    def key(self) -> tuple[int, str]:
        """What sorts texts, the longest first."""
        return (-len(self.words), self.words)


def profile(text: str, draft: DraftWords) -> Profile:
    """What copies of a text are found by."""
    text = text[:_LONGEST]
    words = compared(text).words
    sentences = {draft.without(each): len(each) for each in (compared(one).words for one in _SENTENCE_ENDS.split(text))}
    parts = [compared(part).words for part in _PART_ENDS.split(text)]
    own = {draft.without(part) for part in parts}
    pairs = {f"{one}\n{two}" for one, two in pairwise(parts) if len(one) + len(two) >= _SHORTEST_WHOLE}
    return Profile(
        words,
        _grams_of(draft.without(words)),
        frozenset(part for part in own if len(part) >= _SHORTEST_PART) | pairs,
        {sentence: length for sentence, length in sentences.items() if len(sentence) >= _SHORTEST_PART},
    )


def _grams_of(own: str) -> frozenset[str]:
    return frozenset(stretch[at : at + _GRAM] for stretch in own.split("\n") for at in range(len(stretch) - _GRAM + 1))


def likeness(one: Profile, two: Profile) -> float:
    """How sure two texts are copies: 0 (they are none) to 1 (the same words)."""
    if one.words == two.words:
        return 1.0
    small, large = sorted((len(one.grams), len(two.grams)))
    if not small:
        return 0.0
    shared = len(one.grams & two.grams)
    jaccard = shared / (small + large - shared)
    held = shared / small
    shorter, longer = sorted((one.words, two.words), key=len)
    if len(shorter) >= _SHORTEST_WHOLE and shorter in longer:
        return max(held, jaccard)
    if jaccard >= _SAME or any(shared >= enough and held >= share for enough, share in _HELD):
        return max(jaccard, held)
    return 0.0


def groups(profiles: Sequence[Profile], sides: Sequence[int]) -> tuple[int, ...]:
    """For each text the number of its group: texts of one number are copies.

    ``sides`` says of each text whether it is for (1), against (-1) or neither. Groups are numbered in the order of
    their longest texts. Time grows in proportion to the texts.
    """
    profiles = _without_set_phrases(profiles)
    by_words: dict[str, int] = {}
    for at, each in enumerate(profiles):
        by_words.setdefault(each.words, at)
    order = sorted(by_words.values(), key=lambda at: profiles[at].key)
    links = sorted(_links(profiles, order), key=lambda link: (-link[0], link[1], link[2]))
    joined = _Joined(profiles, sides, order, Counter(chain.from_iterable(link[1:] for link in links)))
    for _, one, two in links:
        joined.join(one, two)
    numbers: dict[int, int] = {}
    places = {at: place for place, at in enumerate(order)}
    for place in range(len(order)):
        numbers.setdefault(joined.root(place), len(numbers))
    return tuple(numbers[joined.root(places[by_words[each.words]])] for each in profiles)


def _without_set_phrases(profiles: Sequence[Profile]) -> Sequence[Profile]:
    """The texts without the sentences that many comments have which have nothing else in common.

    Such a sentence stands in several texts, none of which is little more than it, and hardly two of them share another.
    """
    distinct = {each.words: each for each in profiles}.values()
    counts = Counter(sentence for each in distinct for sentence in each.sentences)
    often = {sentence for sentence, count in counts.items() if count >= _SET_PHRASE}
    beside: dict[str, Counter[str]] = {sentence: Counter() for sentence in often}
    letters = set()
    for each in distinct:
        shared = sorted((one for one in each.sentences if counts[one] > 1), key=lambda one: (-counts[one], one))
        for one in shared[:_MOST_SHARED]:
            if one in often:
                beside[one].update(other for other in shared[:_MOST_SHARED] if other != one)
                if each.sentences[one] >= _MOSTLY * len(each.words):
                    letters.add(one)
    phrases = {one for one in often - letters if max(beside[one].values(), default=0) < _BESIDE * counts[one]}
    return [_without(each, phrases & each.sentences.keys()) for each in profiles] if phrases else profiles


def _without(each: Profile, phrases: Iterable[str]) -> Profile:
    gone = frozenset(chain.from_iterable(map(_grams_of, phrases)))
    return replace(each, grams=each.grams - gone) if gone and gone < each.grams else each


def _links(profiles: Sequence[Profile], order: Sequence[int]) -> list[tuple[float, int, int]]:
    """Pairs of copies as places in ``order``, with their likeness."""
    buckets: dict[object, list[int]] = defaultdict(list)
    links: list[tuple[float, int, int]] = []
    for place, at in enumerate(order):
        keys = _keys(profiles[at])
        candidates = Counter(other for key in keys for other in buckets.get(key, ()))
        closest = 0.0
        for other, _ in sorted(candidates.items(), key=lambda item: (-item[1], item[0]))[:_MOST_COMPARED]:
            alike = likeness(profiles[at], profiles[order[other]])
            if alike:
                links.append((alike, other, place))
                closest = max(closest, alike)
        if closest < _SAME or not candidates:
            for key in keys:
                if len(buckets[key]) < _MOST_LETTERS:
                    buckets[key].append(place)
    return links


def _keys(each: Profile) -> list[object]:
    """What two copies have at least one of in common."""
    if not each.grams:
        return []
    signature = _empty_signature().copy()
    signature.update_batch([gram.encode("utf-8", "surrogatepass") for gram in each.grams])
    values = signature.hashvalues
    bands = [(band, bytes(values[band * _ROWS : (band + 1) * _ROWS].tobytes())) for band in range(_BANDS)]
    return [*bands, *sorted(each.parts)]


class _Joined:
    """Sets of texts that are joined two by two: never sets on opposite sides, nor two letters by one who sends both.

    Two sets of several texts are joined where the texts that most others are copies of are copies themselves.
    """

    def __init__(
        self, profiles: Sequence[Profile], sides: Sequence[int], order: Sequence[int], links: Mapping[int, int]
    ) -> None:
        self._profiles = [profiles[at] for at in order]
        self._sides = [sides[at] for at in order]
        self._links = links
        self._above = list(range(len(order)))
        self._sizes = [1] * len(order)
        self._letters = list(range(len(order)))

    def root(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, two: int) -> None:
        one, two = sorted((self.root(one), self.root(two)))
        if one == two or self._sides[one] * self._sides[two] < 0:
            return
        letters = (self._letters[one], self._letters[two])
        several = min(self._sizes[one], self._sizes[two]) >= _SEVERAL
        if several and not likeness(self._profiles[letters[0]], self._profiles[letters[1]]):
            return
        self._above[two] = one
        self._sides[one] = self._sides[one] or self._sides[two]
        self._sizes[one] += self._sizes[two]
        self._letters[one] = max(letters, key=lambda at: (self._links.get(at, 0), -at))


def group_name(members: Iterable[Profile]) -> str:
    """A name of a group that depends on its texts alone."""
    words = "\n".join(sorted({each.words for each in members}))
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:8]


def own_words(texts: Sequence[str], beside: Sequence[str] = ()) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each text of a group the stretches (start, end) that no other has; ``beside`` are words that go with each."""
    read = [compared(text[:_LONGEST]) for text in texts]
    counts: Counter[str] = Counter()
    for at, each in enumerate(read):
        more = _grams(compared(beside[at][:_LONGEST]).words) if beside else ()
        counts.update({*_grams(each.words), *more})
    return tuple(tuple(_own(text, each, counts)) for text, each in zip(texts, read, strict=True))


def _grams(words: str) -> list[str]:
    return [words[at : at + _GRAM] for at in range(len(words) - _GRAM + 1)] or [words]


def _own(text: str, read: ComparedText, counts: Counter[str]) -> Iterator[tuple[int, int]]:
    """Whole words of which no gram is shared, as spans of the text; what only one word parts is one stretch."""
    words = read.words
    shared = bytearray(len(words))
    for at, gram in enumerate(_grams(words)):
        if counts[gram] > 1:
            shared[at : at + _GRAM] = b"\1" * min(_GRAM, len(words) - at)
    spans = [read.place(*match.span()) for match in re.finditer(rb"\0+", bytes(shared))]
    last: tuple[int, int] | None = None
    for start, end in _whole_words(text, spans):
        if last and start <= last[1] + _PARTED:
            last = (last[0], max(end, last[1]))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def _whole_words(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each span grown to the words that it begins and ends in."""
    if not spans:
        return
    edges = [token.start for token in tokens(text)]
    edges.append(len(text))
    for start, end in spans:
        yield edges[bisect_right(edges, start) - 1], edges[bisect_left(edges, end)]
