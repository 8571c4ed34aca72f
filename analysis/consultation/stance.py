"""What a comment wants, where its words say so: it supports, opposes, suggests or asks.

The words are in ``stance_patterns``. Each sentence gives signs, each sign a weight; the greatest sum is the stance of
the comment. What a comment quotes gives no sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.consultation import stance_patterns as words
from analysis.consultation.comment_text import DraftWords, as_simple, compared
from analysis.consultation.comments import Stance
from analysis.grammar.pattern import Pattern

_LONGEST = 400  # characters of a sentence
_SENTENCE = re.compile(rf"[^。！!？?；;\n]{{1,{_LONGEST}}}[。！!？?；;]*")
_QUOTATION = re.compile(
    r"“[^“”\n]{2,400}”|「[^「」\n]{2,400}」|『[^『』\n]{2,400}』|\"[^\"\n]{2,400}\"|《[^《》\n]{1,80}》"
)
_MARK = "\0"

# Signs in one sentence: what is found, the stance it is a sign of, its weight.
_SIGNS: tuple[tuple[Pattern, Stance, float], ...] = (
    (words.REJECTS, Stance.OPPOSE, 3.0),
    (words.OTHERS_REJECT, Stance.OPPOSE, 1.2),
    (words.KEEPS_OUT, Stance.OPPOSE, 1.5),
    (words.BLAMES, Stance.OPPOSE, 1.6),
    (words.RHETORICAL, Stance.OPPOSE, 2.0),
    (words.APPROVES, Stance.SUPPORT, 2.0),
    (words.PRAISES, Stance.SUPPORT, 1.5),
    (words.NOT_AGAINST, Stance.SUPPORT, 1.5),
    (words.HASTENS, Stance.SUPPORT, 1.5),
    (words.SUGGESTS, Stance.SUGGEST, 2.0),
    (words.CHANGES, Stance.SUGGEST, 1.2),
    (words.TOO, Stance.SUGGEST, 1.0),
    (words.CAN_IT, Stance.SUGGEST, 2.0),
    (words.REQUESTS, Stance.SUGGEST, 1.3),
    (words.NEEDS, Stance.SUGGEST, 0.9),
    (words.INQUIRES, Stance.ASK, 1.5),
    (words.QUESTION, Stance.ASK, 1.4),
)
_ORDER = (Stance.OPPOSE, Stance.SUGGEST, Stance.ASK, Stance.SUPPORT)  # of equal weight the first counts
_MOST_OPPOSED = 3.0  # in one sentence
_FAINT = 0.5  # what tells the stance of a text that has no other sign
_SHORTEST_COMPLAINT = 8  # characters
_PRAISE_IN_QUESTION = 0.5  # what praise counts in a sentence that asks: 技术很好，怎么引进来？
_BUT = 0.4  # what praise counts that a 但 takes back


@dataclass(frozen=True, slots=True)
class Leaning:
    """The stance of a text, and how much of it supports and opposes."""

    stance: Stance
    support: float
    oppose: float

    @property
    def side(self) -> int:
        """1 for, -1 against, 0 neither or both."""
        if min(self.support, self.oppose) * 2 > max(self.support, self.oppose):
            return 0
        return (self.support > self.oppose) - (self.oppose > self.support)


def stance_of(text: str, draft: DraftWords | None = None) -> Stance:
    """What a comment or a point of one wants. With the words of the draft, what repeats them gives no sign."""
    return leaning_of(text, draft).stance


def leaning_of(text: str, draft: DraftWords | None = None) -> Leaning:
    """The stance of a text with the weights behind it."""
    simple = _without_quotations(as_simple(text), draft)
    if words.NOTHING_TO_SAY.find(simple[:_LONGEST]):
        return Leaning(Stance.NONE, 0.0, 0.0)
    sums = dict.fromkeys(_ORDER, 0.0)
    for sentence in _sentences(simple):
        for stance, weight in _signs(sentence).items():
            sums[stance] += weight
    but = words.BUT.find(simple)
    if but and sums[Stance.SUGGEST] + sums[Stance.OPPOSE] > 0:
        sums[Stance.SUPPORT] *= _BUT
    elif but and words.COMPLAINS.find(simple[but.end() :]):
        sums[Stance.SUPPORT] *= _BUT
        sums[Stance.SUGGEST] = 1.0
    if not any(sums.values()):
        sums |= _faint(simple[:_LONGEST], as_simple(text[:_LONGEST]))
    best = max(_ORDER, key=lambda stance: sums[stance])
    return Leaning(best if sums[best] > 0 else Stance.NONE, sums[Stance.SUPPORT], sums[Stance.OPPOSE])


def _faint(simple: str, whole: str) -> dict[Stance, float]:
    """Of a text without any other sign: a complaint wants something changed; approval that opens it is its writer's."""
    if words.OPENS_WITH_APPROVAL.find(whole):
        return {Stance.SUPPORT: _FAINT}
    if words.KIND_WORDS.find(simple) and not words.COMPLAINS.find(simple):
        return {Stance.SUPPORT: _FAINT}
    if len(compared(simple).words) >= _SHORTEST_COMPLAINT and words.COMPLAINS.find(simple):
        return {Stance.SUGGEST: _FAINT}
    return {}


def _without_quotations(simple: str, draft: DraftWords | None) -> str:
    blank = _QUOTATION.sub(lambda found: _MARK * len(found.group()), simple)
    if draft is None:
        return blank
    text = compared(blank.replace(_MARK, " "))
    for start, end in draft.quoted(text.words):
        first, last = text.place(start, end)
        blank = blank[:first] + _MARK * (last - first) + blank[last:]
    return blank


def _sentences(simple: str) -> Iterator[str]:
    for found in _SENTENCE.finditer(simple):
        if sentence := found.group().strip():
            yield sentence


def _signs(sentence: str) -> dict[Stance, float]:
    """Weights of the signs in one sentence. Of several of one stance the heaviest counts, of opposition two."""
    by_stance: dict[Stance, list[float]] = {}
    hit = {pattern: weight for pattern, _, weight in _SIGNS if pattern.find(sentence)}
    for pattern, stance, _ in _SIGNS:
        if pattern in hit:
            by_stance.setdefault(stance, []).append(hit[pattern])
    found = {stance: max(weights) for stance, weights in by_stance.items()}
    if Stance.OPPOSE in found:
        found[Stance.OPPOSE] = min(sum(sorted(by_stance[Stance.OPPOSE])[-2:]), _MOST_OPPOSED)
    if words.RHETORICAL in hit or words.CAN_IT in hit:
        found.pop(Stance.ASK, None)  # a question that wants no answer
    if words.QUESTION in hit and words.PRAISES in hit and words.APPROVES not in hit:
        found[Stance.SUPPORT] = _PRAISE_IN_QUESTION
    if (words.REJECTS in hit or words.OTHERS_REJECT in hit) and words.NOT_AGAINST not in hit:
        found.pop(Stance.SUPPORT, None)
    if words.HASTENS in hit and words.TOO not in hit:
        found.pop(Stance.SUGGEST, None)
    if words.NOT_AGAINST in hit:
        found.pop(Stance.OPPOSE, None)
        found.pop(Stance.ASK, None)
    return found
