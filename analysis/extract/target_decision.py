"""Whether a number is a target: the weights decide on its signs, all numbers of a text together.

A sign is a name with a place: ``year.lead.firm`` (the year stands in the lead of the section) … What a rule of the
grammar says against a number is a sign (``against.<rule>``), and so is how many of its sisters in the sentence, the
paragraph and the text the rules take, so that a list is judged together. What is left over keeps its reason and its
signs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.extract import target_patterns as patterns
from analysis.extract.naming import indicator_name
from analysis.extract.scope import Tense, YearFrom, base_year
from analysis.extract.sentences import COUNTED, MOST_NUMBERS, Mention
from analysis.extract.target_rules import SET_AGAINST, VERBS, Candidate, bound, in_goal_section, measured, overtaken_by
from analysis.extract.weigh import Seen, Weights
from analysis.grammar import grammar
from analysis.model import Comparator, Sign, Target, TargetKind, TextKind, Unparsed


def targets(every: Sequence[Candidate], weights: Weights | None) -> tuple[tuple[Target, ...], tuple[Unparsed, ...]]:
    """Targets among the candidates of a text, and the numbers left over with the reason.

    Without ``weights`` the rules of the grammar alone decide, as they did before there were any.
    """
    decided = [_by_rule(one) for one in every] if weights is None else _weighed(every, weights)
    taken: list[Target] = []
    left: list[Unparsed] = []
    named: tuple[str, ...] = ()
    place: str | None = None
    paragraph = -1
    for one, decision in zip(every, decided, strict=True):
        if one.sentence.paragraph != paragraph:
            paragraph, named, place = one.sentence.paragraph, (), None
        here, name = indicator_name(one, one.name, named, place)
        if decision.taken and name:
            taken.append(_target(one, decision, name, here))
        else:
            left.append(_unparsed(one, decision if not decision.taken else replace(decision, rule="target.nameless")))
        if (decision.taken and name) or grammar().indicator_of(name):  # 2024年成交额1500亿元，2027年力争达到2500亿元
            named, place = (*named, name)[-MOST_NUMBERS:], here
    restating = {target.value_start for target, following in pairwise(taken) if _restates(target, following)}
    left += [_restated(target) for target in taken if target.value_start in restating]
    kept = tuple(target for target in taken if target.value_start not in restating)
    return kept, tuple(sorted(left, key=lambda row: row.start))


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a number is a target, by which rule, how sure, and on which signs."""

    taken: bool
    rule: str
    probability: float | None = None
    evidence: tuple[Sign, ...] = ()


def _by_rule(one: Candidate) -> Decision:
    return Decision(one.by_rule, "target.rule" if one.by_rule else f"target.{one.refused or one.against[0]}")


def _weighed(every: Sequence[Candidate], weights: Weights) -> list[Decision]:
    """The decision on each number: its rule is the grammar's where the weights agree with it.

    In statutes the grammar's rules alone are better than the weights (``make learn`` prints both), so they decide.
    """
    result = []
    seen = list(signs(every))
    logits = list(map(weights.logit, seen))
    for one, its, logit, sisters in zip(every, seen, logits, beside(every, logits), strict=True):
        if one.refused or one.scope.text.kind is TextKind.STATUTE:
            result.append(_by_rule(one))
            continue
        probability = weights.probability(logit, *sisters)
        taken = probability >= weights.threshold
        rule = _by_rule(one).rule if taken == one.by_rule else "target.weighed" if taken else "target.outweighed"
        result.append(Decision(taken, rule, probability, weights.evidence(its)))
    return result


def _target(one: Candidate, decision: Decision, name: str, place: str | None) -> Target:
    quantity, part = one.quantity, one.part
    known = grammar().indicator_of(name)
    yearly = patterns.YEARLY.find(part.text) is not None
    end = max(quantity.end, part.start + len(part.text.rstrip("，；。、;,：:\n")))
    return Target(
        document=one.sentence.clause.document,
        clause_index=one.sentence.clause.index,
        clause=one.sentence.clause.path,
        indicator=name,
        indicator_id=known.id if known else None,
        kind=_kind(one, name),
        comparator=_comparator(one),
        value=quantity.value,
        value_high=quantity.value_high,
        unit=quantity.unit,
        target_year=None if yearly and one.scope.year_from is YearFrom.TITLE else one.scope.year,
        baseline_year=base_year(part),
        recurring="yearly" if yearly else None,
        start=part.start,
        end=end,
        value_start=quantity.start,
        value_end=quantity.end,
        quote=part.text[: end - part.start],
        scope=place,
        steps=quantity.steps,
        rule=decision.rule,
        probability=decision.probability,
        evidence=decision.evidence,
    )


def _kind(number: Mention, name: str) -> TargetKind:
    dimension = number.quantity.dimension
    if dimension == "multiple":
        return TargetKind.MULTIPLE
    if dimension == "percent":
        growing = patterns.GROWTH.find(number.part.text) and not patterns.RATIO_NAME.find(name)
        return TargetKind.GROWTH if growing else TargetKind.SHARE
    if dimension == "points" or patterns.INCREMENT.find(number.before):
        return TargetKind.INCREMENT
    return TargetKind.LEVEL


def _comparator(number: Mention) -> Comparator:
    """How the number binds. 分别达到8%、4.2%和3.2%以上: the last number, or the first, binds the whole list."""
    own = bound(number)
    if own is Comparator.GT and not number.before and patterns.ACHIEVES.find(number.behind):
        return Comparator.EQ  # 突破60项关键核心技术
    if "分别" in number.part.text and own is Comparator.EQ:
        alike = number.alike()
        bounds = (bound(each) for each in (alike[-1], alike[0]))
        return next((each for each in bounds if each is not Comparator.EQ), own)
    return own


def _restates(target: Target, following: Target) -> bool:
    """翻一番，达到1600亿元: where the level follows and no base year is named, the doubling only restates it."""
    return (
        target.kind is TargetKind.MULTIPLE
        and target.baseline_year is None
        and (following.clause_index, following.indicator) == (target.clause_index, target.indicator)
    )


def _restated(target: Target) -> Unparsed:
    """A doubling left over, since the level behind it says what is aimed at."""
    quote = target.quote[target.value_start - target.start : target.value_end - target.start]
    place = (target.document, target.clause_index, target.value_start, target.value_end)
    rule = grammar().rules["target.restated"]
    return Unparsed(*place, quote, rule.title, rule.id, target.probability, target.evidence)


def _unparsed(one: Candidate, decision: Decision) -> Unparsed:
    quantity, clause, rule = one.quantity, one.sentence.clause, grammar().rules[decision.rule]
    place = (clause.document, clause.index, quantity.start, quantity.end)
    return Unparsed(*place, quantity.quote, rule.title, rule.id, decision.probability, decision.evidence)


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
        ("year.overtaken", one.overtaken or (not scope.firm and overtaken_by(scope, latest))),
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
