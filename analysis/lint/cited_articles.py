"""Articles that a text cites, and whether they still say what they said in an earlier version of it (N8).

A reference is followed from the version in which it was written: there the article that it means is found, and in the
draft what became of that article. References of new provisions are left alone: nobody knows what they meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.corpus.headings_and_days import ordinal
from analysis.lint.changed_words import runs, written_anew
from analysis.lint.draft import Draft, draft_of
from analysis.lint.provisions import Provision, folded, provisions
from analysis.lint.versions import compare_provisions
from analysis.model import Reading

_DIGITS = "〇零一二三四五六七八九十百"
_OWN_KINDS = "办法|细则|规定|条例|意见|方案|措施|规划|通知|计划|规则"
ARTICLE = re.compile(
    rf"(?:(?P<own>本(?:{_OWN_KINDS}))|(?P<verb>依照|按照|根据|依据|违反|符合|适用|执行))"
    rf"第(?P<article>[{_DIGITS}]{{1,7}}|\d{{1,4}})条(?:第(?P<paragraph>[{_DIGITS}]{{1,3}})款)?"
    rf"(?:第?（(?P<item>[{_DIGITS}]{{1,4}})）项?|第(?P<bare>[{_DIGITS}]{{1,3}})项)?"
)
_AROUND = 6  # characters on each side by which a reference is known again
_MOST_TEXT = 200_000  # characters of both versions together that are compared


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference of a draft whose article is another one now, or says something else.

    ``start``–``end`` are its words in the draft and ``number`` the article that it names. ``meant`` is the article of
    the earlier version, ``now`` what became of that in the draft (None: nothing), ``stands`` the article that has the
    number now.
    """

    start: int
    end: int
    number: int
    meant: Provision
    now: Provision | None
    stands: Provision
    anew: bool  # ``now`` was written anew


@dataclass(frozen=True, slots=True)
class _Reference:
    number: int
    start: int  # in the text of the draft
    end: int
    provision: int
    around: str


@dataclass(frozen=True, slots=True)
class _Version:
    """A version by its provisions; ``articles`` are those that are the first of their number."""

    provisions: Sequence[Provision]
    articles: Mapping[int, Provision]
    references: Sequence[_Reference]


def changed_since(draft: Draft, earlier: Reading) -> Iterator[Cited]:
    """The references of a draft to articles that moved, are gone or were rewritten since an earlier version."""
    if len(draft.text) + len(earlier.document.text) > _MOST_TEXT or not ARTICLE.search(earlier.document.text):
        return
    new = _version(draft)
    old = _version(_as_draft(earlier)) if new.references else None
    if old is None or not old.references:
        return
    rows = compare_provisions(old.provisions, new.provisions)
    became = {one.index: row.new for row in rows for one in row.old}
    was = {one.index: row.old for row in rows for one in row.new}
    for reference in new.references:
        before = _same_reference(reference, new, old, [one.index for one in was.get(reference.provision, ())])
        meant = old.articles.get(before.number) if before is not None else None
        stands = new.articles.get(reference.number)
        if meant is None or stands is None:
            continue
        now = next((one for one in became.get(meant.index, ()) if _number(one) is not None), None)
        if now is None or now.index != stands.index or _whole(old, meant) != _whole(new, now):
            anew = now is not None and written_anew(*runs(_whole(old, meant), _whole(new, now)))
            yield Cited(reference.start, reference.end, reference.number, meant, now, stands, anew)


def _as_draft(reading: Reading) -> Draft:
    """An earlier version as a draft, by its cleaned text: of some readings no more is at hand."""
    text = reading.document.text
    return draft_of("", text, replace(reading, document=replace(reading.document, raw=text, offsets=range(len(text)))))


def _version(draft: Draft) -> _Version:
    every = provisions(draft)
    articles: dict[int, Provision] = {}
    for one in every:
        number = _number(one)
        if number is not None:
            articles.setdefault(number, one)
    return _Version(every, articles, tuple(_references(draft, every)))


def _number(one: Provision) -> int | None:
    """The number of an article; None for other provisions."""
    return ordinal(one.number) if one.number.startswith("第") and one.number.endswith("条") else None


def _references(draft: Draft, every: Sequence[Provision]) -> Iterator[_Reference]:
    at = 0
    for line in draft.lines:
        for match in ARTICLE.finditer(line.text):
            start, end = line.span(match)
            received, _ = draft.received_span(start, end)
            while at < len(every) and every[at].end <= received:
                at += 1
            number = ordinal(match["article"])
            if number is None or at == len(every) or received < every[at].start:
                continue
            before, after = (
                line.text[max(match.start("article") - 1 - _AROUND, 0) : match.start("article")],
                match.end(),
            )
            around = folded(before + line.text[after : after + _AROUND])
            yield _Reference(number, start, end, at, around)


def _same_reference(reference: _Reference, new: _Version, old: _Version, partners: Sequence[int]) -> _Reference | None:
    """The reference as it stood in the earlier version: between the same words, or the same number in its turn."""
    there = [each for each in old.references if each.provision in partners]
    here = [each for each in new.references if each.provision == reference.provision]
    same = [each for each in there if each.around == reference.around]
    if len(same) == 1:
        return same[0]
    in_turn = there[here.index(reference)] if len(there) == len(here) else None
    return in_turn if in_turn is not None and in_turn.number == reference.number else None


def _whole(version: _Version, article: Provision) -> str:
    """An article with its items, as it is compared."""
    below = version.provisions[article.index :]
    own = [one for one in below[:60] if one is article or one.path.startswith(f"{article.path}/")]
    return "\n".join(folded(one.text) for one in own)
