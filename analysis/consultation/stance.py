"""What a comment wants, where its words say so: it supports, opposes, suggests or asks.

The words are in ``stance_patterns``. Each sentence gives signs, each sign a weight; the greatest sum is what the rules
tell. Weights learnt from made-up comments (``stance_weights``) over these signs and the runs of characters decide where
they are surer than the rules. What a comment quotes gives no sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.consultation import stance_patterns as words
from analysis.consultation import stance_word_patterns as everyday
from analysis.consultation.comment_text import DraftWords, as_simple, compared
from analysis.consultation.comments import Stance
from analysis.consultation.stance_weights import SIGN, StanceWeights, runs_of, stance_weights
from analysis.grammar.pattern import Pattern

_LONGEST = 400  # characters of a sentence
_SENTENCE = re.compile(rf"[^。！!？?；;\n]{{1,{_LONGEST}}}[。！!？?；;]*")
_QUOTATION = re.compile(
    r"“[^“”\n]{2,400}”|「[^「」\n]{2,400}」|『[^『』\n]{2,400}』|\"[^\"\n]{2,400}\"|《[^《》\n]{1,80}》"
)
_MARK = "\0"
_WORD = re.compile(r"[^\W_]")
_NAMES = {name: value for name, value in (*vars(words).items(), *vars(everyday).items()) if isinstance(value, Pattern)}

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
_LEAD = 0.5  # logits by which another stance than that of the rules must be likelier
_SURE = 1.5  # lead of the greatest sum of signs from which the rules alone decide
_SAID = {
    Stance.OPPOSE: "REJECTS",
    Stance.SUGGEST: "SUGGESTS",
    Stance.SUPPORT: "OPENS_WITH_APPROVAL",
}
_MANY = 4  # sentences
_LENGTHS = (5, 15, 40, 100)  # characters
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
    seen = noticed(text, draft)
    return Leaning(decided(seen, stance_weights()), seen.support, seen.oppose)


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a text shows of its stance: what the rules tell, how much supports and opposes, signs and runs.

    ``sure``: nothing but the rules decides.
    """

    by_rules: Stance
    sure: bool
    support: float = 0.0
    oppose: float = 0.0
    signs: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()


def decided(seen: Noticed, weights: StanceWeights) -> Stance:
    """The stance by the rules where they are sure, else the likeliest; of what weighs about the same, the rules'."""
    if seen.sure:
        return seen.by_rules
    likely = weights.likely(seen.signs, seen.runs)
    best = max(likely, key=lambda stance: likely[stance])
    lead = _LEAD if seen.by_rules is not Stance.NONE else 0.0  # nothing found is no finding
    return best if likely[best] - likely[seen.by_rules] > lead else seen.by_rules


def noticed(text: str, draft: DraftWords | None = None) -> Noticed:
    """What a text shows of its stance."""
    simple = _without_quotations(as_simple(text), draft)
    if not _WORD.search(simple) and not words.KIND_WORDS.find(simple[:_LONGEST]):
        return Noticed(_by_rules(simple, text, []).stance, sure=True)
    if words.NOTHING_TO_SAY.find(simple[:_LONGEST]):
        return Noticed(Stance.NONE, sure=True)
    hits = [(sentence, _hits(sentence)) for sentence in _sentences(simple)]
    ruled = _by_rules(simple, text, hits)
    support, oppose = ruled.sums[Stance.SUPPORT], ruled.sums[Stance.OPPOSE]
    return Noticed(
        ruled.stance, _is_sure(ruled, hits), support, oppose, _named_signs(simple, hits, ruled), runs_of(simple)
    )


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What the rules tell: the stance, the sum of the signs of each, by how much the greatest sum leads."""

    stance: Stance
    sums: dict[Stance, float]
    lead: float


def _is_sure(ruled: _Ruled, hits: list[tuple[str, frozenset[str]]]) -> bool:
    """Whether the rules lead by far, or the text says in so many words that it rejects, suggests or approves."""
    said = _SAID.get(ruled.stance)
    return ruled.lead >= _SURE or any(said in names for _, names in hits)


def _named_signs(simple: str, hits: list[tuple[str, frozenset[str]]], ruled: _Ruled) -> frozenset[str]:
    """Names of the signs: patterns in any sentence and in the last, what the rules tell, how long the text is."""
    found = {f"{SIGN}any {name}" for _, names in hits for name in names}
    found |= {f"{SIGN}last {name}" for name in (hits[-1][1] if hits else ())}
    found |= {f"{SIGN}rules {ruled.stance}", f"{SIGN}sentences {min(len(hits), _MANY)}"}
    for stance, amount in ruled.sums.items():
        found |= {f"{SIGN}{stance} {least}" for least in (1, 2, 3) if amount >= least}
    found |= {f"{SIGN}longer {length}" for length in _LENGTHS if len(simple) > length}
    return frozenset(found)


def _by_rules(simple: str, text: str, hits: list[tuple[str, frozenset[str]]]) -> _Ruled:
    sums = dict.fromkeys(_ORDER, 0.0)
    for _, names in hits:
        for stance, weight in _signs(names).items():
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
    stance = best if sums[best] > 0 else Stance.NONE
    lead = sums[best] - max(amount for other, amount in sums.items() if other is not best)
    return _Ruled(stance, sums, lead)


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


def _hits(sentence: str) -> frozenset[str]:
    """Names of the patterns found in a sentence."""
    return frozenset(name for name, pattern in _NAMES.items() if pattern.find(sentence))


def _signs(names: frozenset[str]) -> dict[Stance, float]:
    """Weights of the signs in one sentence. Of several of one stance the heaviest counts, of opposition two."""
    by_stance: dict[Stance, list[float]] = {}
    hit = {_NAMES[name] for name in names}
    for pattern, stance, weight in _SIGNS:
        if pattern in hit:
            by_stance.setdefault(stance, []).append(weight)
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
