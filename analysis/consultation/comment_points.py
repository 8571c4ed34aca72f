"""The points that one comment makes, with their places in its text.

A point begins where the comment numbers it (1. （1） 一是 …), where it goes on to something else (另外, 此外), and
where a sentence begins with another place of the draft than the one before. What opens and closes a letter (各位领导好,
此致敬礼) and a number itself belong to no point. Every other character belongs to exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from analysis.consultation.comment_text import as_simple
from analysis.consultation.point_patterns import COURTESY, FURTHER, ORDINAL, PLACE

MOST_POINTS = 60  # of one comment: what follows belongs to the last
_SENTENCE = re.compile(r"(?<=[。！？!?；;\n])[^\S\n]*")
_WORDS = re.compile(r"[^\W_]")
_BLANK = re.compile(r"\s*")
_LONGEST_COURTESY = 60  # characters
_CHINESE = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the simplified text: its span, and where its words begin behind spaces."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class _Ordinal:
    """A number with which a sentence begins: its kind, its value, and where what it numbers begins."""

    kind: str
    value: int
    end: int


def points_of(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the points of a comment, in order and apart; none where the text has no word."""
    simple = as_simple(text)
    sentences = [each for each in _sentences(simple) if not _is_courtesy(simple, each)]
    begins = _begins(simple, sentences)
    spans: list[tuple[int, int]] = []
    for sentence in sentences:
        at = begins.get(sentence.start)
        if at is not None and len(spans) < MOST_POINTS and _WORDS.search(simple, at, sentence.end):
            spans.append((at, sentence.end))
        elif spans:
            spans[-1] = (spans[-1][0], sentence.end)
        else:
            spans.append((sentence.words, sentence.end))
    trimmed = (_trimmed(text, start, end) for start, end in spans)
    return tuple(span for span in trimmed if _WORDS.search(simple, *span))


def _sentences(simple: str) -> Iterator[_Sentence]:
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(simple)), len(simple)]
    for start, end in pairwise(cuts):
        if start < end:
            found = _BLANK.match(simple, start, end)
            yield _Sentence(start, end, found.end() if found else start)


def _is_courtesy(simple: str, sentence: _Sentence) -> bool:
    words = simple[sentence.words : sentence.end]
    return len(words) <= _LONGEST_COURTESY and COURTESY.find(words.strip()) is not None


def _begins(simple: str, sentences: list[_Sentence]) -> dict[int, int]:
    """For each sentence with which a point begins (by its start): where the point's own words begin."""
    begins = _numbered(simple, sentences)
    place = ""
    for sentence in sentences:
        if sentence.start in begins:
            found = PLACE.regex.match(simple, begins[sentence.start], sentence.end)
            place = _place(found["place"]) if found else ""
            continue
        if FURTHER.regex.match(simple, sentence.words, sentence.end):
            begins[sentence.start] = sentence.words
        found = PLACE.regex.match(simple, sentence.words, sentence.end)
        if found is None:
            continue
        if place and _place(found["place"]) != place:
            begins[sentence.start] = sentence.words
        place = _place(found["place"])
    return begins


def _place(words: str) -> str:
    return re.sub(r"[\s（）()]", "", words)


def _numbered(simple: str, sentences: list[_Sentence]) -> dict[int, int]:
    """Sentences numbered 1, 2, 3 …: of the kind of number that comes first; （九） alone is a place of the draft."""
    ordinals = {sentence.start: _ordinal(simple, sentence) for sentence in sentences}
    found: dict[int, int] = {}
    for kind in dict.fromkeys(each.kind for each in ordinals.values() if each is not None):
        run = [(start, each) for start, each in ordinals.items() if each is not None and each.kind == kind]
        rising = _rising(run)
        if len(rising) > 1:
            found |= {start: each.end for start, each in rising}
    return found


def _rising(run: list[tuple[int, _Ordinal]]) -> list[tuple[int, _Ordinal]]:
    """The numbers that count from 1 without a gap; one that starts over is counted again."""
    kept: list[tuple[int, _Ordinal]] = []
    expected = 1
    for start, each in run:
        if each.value == expected or (each.value == 1 and expected > 1):
            kept.append((start, each))
            expected = each.value + 1
    return kept


def _ordinal(simple: str, sentence: _Sentence) -> _Ordinal | None:
    match = ORDINAL.regex.match(simple, sentence.words, sentence.end)
    if match is None or match.lastgroup is None:
        return None
    return _Ordinal(match.lastgroup, _value(match.group()), match.end())


def _value(words: str) -> int:
    if "①" <= words[0] <= "⒛":
        return (ord(words[0]) - ord("①")) % 20 + 1
    digits = re.search(r"[0-9]+", words)
    if digits:
        return int(digits.group())
    figures = re.search(f"[{_CHINESE}]+", words)
    return _small(figures.group()) if figures else 0


def _small(words: str) -> int:
    """一 to 九十九.

    >>> [_small(words) for words in ("三", "十", "十二", "二十", "三十四")]
    [3, 10, 12, 20, 34]
    """
    if "十" not in words:
        return _CHINESE.index(words[-1]) + 1
    tens, _, ones = words.partition("十")
    return 10 * (_CHINESE.index(tens[-1]) + 1 if tens else 1) + (_CHINESE.index(ones[-1]) + 1 if ones else 0)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, start + len(words.strip()))
