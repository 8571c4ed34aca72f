"""Every number that could be a target, with the signs that speak for and against it.

A sign is a name with a place: ``year.lead.firm`` (the year stands in the lead of the section) … What a rule of the
grammar says against a number is a sign (``against.<rule>``), and so is how many of its sisters in the sentence, the
paragraph and the text the rules take, so that a list is judged together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from analysis.extract import target_patterns as patterns
from analysis.extract.naming import Name, own_name
from analysis.extract.scope import Scope, Tense, respective_years
from analysis.extract.sentences import COUNTED, Mention, Sentence
from analysis.extract.target_rules import (
    RAISING,
    SET_AGAINST,
    VERBS,
    bound,
    in_goal_section,
    measured,
    missing,
    objections,
    refusal,
)
from analysis.extract.weigh import Seen
from analysis.grammar import grammar
from analysis.model import Comparator, TextKind


@dataclass(frozen=True, slots=True)
class Candidate(Mention):
    """A number that could be a target. ``against``: rules that speak against it; empty where the grammar takes it."""

    scope: Scope
    refused: str | None  # the rule of hard grammar that refuses it; nothing is weighed then
    against: tuple[str, ...]
    name: Name
    overtaken: bool = False  # another number of its sentence is for a later year

    @property
    def by_rule(self) -> bool:
        """Whether the grammar's rules alone would take it."""
        return not self.refused and not self.against


def candidates(found: Sequence[Sentence], used: AbstractSet[int], scoped: Mapping[int, Scope]) -> tuple[Candidate, ...]:
    """All numbers of the sentences that could be targets, in the order of the text.

    ``used``: starts of the numbers that incentives hold. ``scoped``: the scope of each part by its start.
    """
    result: list[Candidate] = []
    for sentence in found:
        listed = False
        # The latest year that something is set out for: 2024年成交额1500亿元，2027年力争达到2500亿元.
        set_out = [part for part in sentence.parts if part.quantities and part.tagged(*VERBS, "mood")]
        latest = max((scoped[part.start].year or 0 for part in set_out), default=0)
        for part in sentence.parts:
            answers = respective_years(part)
            for quantity in part.quantities:
                if quantity.dimension not in COUNTED or quantity.start in used:
                    continue
                scope, answer = scoped[part.start], answers.get(quantity.start)
                scope = scope.naming(answer) if answer else scope
                overtaken = _overtaken(scope, latest)
                number = Mention(quantity, part, sentence)
                refused = refusal(number)
                if overtaken and not (scope.firm or bound(number) in RAISING or part.tagged(*VERBS, "mood")):
                    refused = refused or "baseline"
                against: tuple[str, ...] = ()
                if not refused:
                    lacks = missing(number, scope, listed=listed)
                    against = (*objections(number, scope), *([lacks] if lacks else ()))
                name = own_name(number)
                result.append(Candidate(quantity, part, sentence, scope, refused, against, name, overtaken))
                listed = listed or result[-1].by_rule
    return tuple(result)


def _overtaken(scope: Scope, latest: int) -> bool:
    """Whether something is set out for a later year, and this one is not known to lie ahead of the text."""
    issued = scope.text.issued
    return scope.year is not None and scope.year < latest and (issued is None or scope.year < issued)


def signs(every: Sequence[Candidate]) -> Iterator[list[Seen]]:
    """The signs of each candidate, in the same order; none for those that hard grammar refuses."""
    weighed = [one for one in every if not one.refused]
    shares = [Counter(kind(one) for one in weighed) for kind in PLACES.values()]
    taken = [Counter(kind(one) for one in weighed if one.by_rule) for kind in PLACES.values()]
    latest: dict[int, int] = {}  # the latest deadline of each paragraph
    for one in every:
        if one.scope.year and one.scope.firm:
            latest[one.sentence.paragraph] = max(one.scope.year, latest.get(one.sentence.paragraph, 0))
    for one in every:
        if one.refused:
            yield []
            continue
        here = (one.quantity.start, one.quantity.end)
        seen: list[Seen] = [(name, *here) for name in _plain(one)]
        for (name, kind), numbers, by_rule in zip(PLACES.items(), shares, taken, strict=True):
            place = kind(one)
            share = _share(by_rule[place] - one.by_rule, numbers[place] - 1)
            if share != "none":  # that no rule takes a sister says more of the rules than of the number
                seen.append((f"sisters.{name}.{share}", *here))
        yield list(dict.fromkeys((*seen, *_year(one, latest.get(one.sentence.paragraph, 0)), *_tagged(one))))


#: Where the sisters of a number stand: what their places are called, and what tells one place from another.
PLACES: Mapping[str, Callable[[Candidate], int]] = {
    "sentence": lambda one: one.sentence.start,
    "paragraph": lambda one: one.sentence.paragraph,
    "text": lambda one: 0,
}


def beside(every: Sequence[Candidate], logits: Sequence[float]) -> list[tuple[float, float]]:
    """The mean logit of the sisters of each candidate in its sentence and in its paragraph.

    Where it has no sisters, it is its own.
    """

    def means(kind: Callable[[Candidate], int]) -> Iterator[float]:
        sums: dict[int, float] = {}
        counts: Counter[int] = Counter()
        for one, logit in zip(every, logits, strict=True):
            if not one.refused:
                sums[kind(one)] = sums.get(kind(one), 0.0) + logit
                counts[kind(one)] += 1
        for one, own in zip(every, logits, strict=True):
            others = 0 if one.refused else counts[kind(one)] - 1
            yield (sums[kind(one)] - own) / others if others else own

    return list(zip(means(PLACES["sentence"]), means(PLACES["paragraph"]), strict=True))


def _share(taken: int, others: int) -> str:
    """How many of the other numbers the grammar's rules take."""
    if not others or not taken:
        return "none" if others else "alone"
    return "all" if taken == others else "most" if 2 * taken >= others else "some"


def _plain(one: Candidate) -> Iterator[str]:
    """Signs of the number itself and of its place, which have no words of their own."""
    quantity, part, sentence, name = one.quantity, one.part, one.sentence, one.name
    tail = one.behind.strip("，；。、;,：:\n")
    comparator = bound(one)
    counted = (each for piece in sentence.parts for each in piece.quantities if each.dimension in COUNTED)
    yield from (f"against.{rule}" for rule in one.against)
    yield f"kind.{one.scope.text.kind}"
    yield f"tense.{one.scope.tense}"
    yield f"number.{quantity.dimension}"
    signs = (
        (f"bound.{comparator}", comparator is not Comparator.EQ),
        ("number.range", quantity.value_high is not None),
        ("number.counted" if measured(quantity) else "number.round", quantity.dimension in ("count", "money")),
        ("number.small", quantity.value < 10 and quantity.dimension == "count"),
        ("heading.goal", in_goal_section(sentence)),
        ("name.before", name.before),
        ("name.label", name.label and not name.before),
        ("name.behind", name.behind and not (name.before or name.label)),
        ("name.none", not (name.before or name.label or name.behind)),
        ("name.known", grammar().indicator_of(name.own)),
        ("tail.none" if not tail else "tail.de" if tail.startswith("的") else "tail.words", True),
        ("tail.work", patterns.OF_WORK.find(tail)),
        ("part.opens", not one.before),
        ("sentence.first", quantity is next(counted)),
        ("paragraph.first", sentence.start == sentence.paragraph),
        ("yearly", patterns.YEARLY.find(part.text)),
        ("growth", patterns.GROWTH.find(part.text)),
        ("past.narrated", patterns.NARRATED.find(sentence.text)),
        ("sentence.asks", sentence.parts[-1].text.rstrip().endswith(("？", "?"))),
    )
    yield from (sign for sign, there in signs if there)


def _year(one: Candidate, latest: int) -> Iterator[Seen]:
    """Where the year stands, how firmly, and how it lies to the text's own."""
    scope = one.scope
    span = (scope.start, scope.end) if scope.end else (one.quantity.start, one.quantity.end)
    firmness = "" if scope.year is None else ".firm" if scope.firm else ".named"
    yield (f"year.{scope.year_from}{firmness}", *span)
    for piece in one.sentence.parts:
        found = patterns.WITHIN_YEARS.find(piece.text) if piece.start <= one.part.start else None
        if found:
            yield ("year.within", piece.start + found.start(), piece.start + found.end())
    issued = scope.text.dated or scope.text.plan
    if scope.year and issued:
        side = "before" if scope.year < issued else "after" if scope.year > issued else "same"
        yield (f"year.{side}", *span)
    tells = scope.text.kind in (TextKind.NEWS, TextKind.SUMMARY) and scope.tense is not Tense.PLAN
    told = (
        ("year.overtaken", one.overtaken or (not scope.firm and _overtaken(scope, latest))),
        ("year.counted", scope.counted),
        ("kind.plans", scope.text.plan),
        ("kind.tells", tells),
    )
    yield from ((name, *span) for name, there in told if there)


def _tagged(one: Candidate) -> Iterator[Seen]:
    """Words of the grammar around the number: verbs before it and how near, words of will, duty, past, forecast."""
    quantity, part = one.quantity, one.part
    verbs = one.tagged_before(*VERBS)
    if verbs:
        last = verbs[-1]
        between = sum(last.end <= token.start < quantity.start for token in part.tokens)
        near = "next" if between == 0 else "near" if between <= 4 else "far"
        yield (f"verb.{last.tag}.{near}", last.start, last.end)
        if len(verbs) > 1:
            yield (f"verb.{verbs[0].tag}.first", verbs[0].start, verbs[0].end)
    else:
        yield ("verb.none", quantity.start, quantity.end)
    before, earlier = one.before, one.sentence.text[: part.start - one.sentence.start]
    for name, pattern, words, at in (
        ("will.part", patterns.WILL, before, part.start),
        ("verb.has", patterns.HAS, before, part.start),
        ("past.recent", patterns.RECENT, part.text, part.start),
        ("will.before", patterns.SET_ON, earlier, one.sentence.start),
    ):
        if found := pattern.find(words):
            yield (name, at + found.start(), at + found.end())
    for token in one.tagged_behind(*VERBS)[:1]:
        yield (f"verb.{token.tag}.behind", token.start, token.end)
    yield from _spoken(one)


def _spoken(one: Candidate) -> Iterator[Seen]:
    """Words of will, duty, past, forecast and giving, up to the part of the number."""
    quantity, part = one.quantity, one.part
    for piece in one.sentence.parts:
        if piece.start > part.end:
            break
        where = "part" if piece is part else "before" if piece.start < part.start else "behind"
        for token in piece.tagged("mood", "oblige", "past", "forecast", "give", "grant"):
            if where == "part" and token.start > quantity.end and token.tag != "past":
                continue
            tag = "compared" if token.word in SET_AGAINST else token.tag
            yield (f"{tag}.{where}", token.start, token.end)
