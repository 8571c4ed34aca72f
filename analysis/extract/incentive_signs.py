"""Every number of a statement that gives, with its role by the grammar and the signs of which role it has.

Roles: none (a condition that is bound on both sides, a report, a fund), threshold, rate, sum, item (ceiling for one
item), year (ceiling for one receiver and year). The grammar decides the role: left out one document at a time it does
better than the signs (``python -m analysis learn --roles``). The signs say how sure an incentive is; so they hold the
verdicts on the numbers beside it and not the one on the number itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.extract import incentive_patterns as patterns
from analysis.extract.incentive_terms import NOT_GIVEN
from analysis.extract.quantities import looks_counted
from analysis.extract.sentences import Mention
from analysis.extract.statements import Statement, states
from analysis.extract.terms_of_statement import StatementTerms, countable
from analysis.extract.weigh import Seen
from analysis.model import Comparator, TextKind

ROLES = ("none", "threshold", "rate", "sum", "item", "year")
NAMED = {"low": "sum", "high": "sum", "cap_item": "item", "cap_year": "year"}


@dataclass(frozen=True, slots=True)
class Judged(Mention):
    """A number of a giving statement with its role by the grammar (of ROLES) and the rule that refused it."""

    role: str
    refused: str = ""

    @property
    def given(self) -> bool:
        """Whether the grammar says that it is given."""
        return self.role not in NOT_GIVEN


def judged(statement: Statement, given: StatementTerms) -> tuple[Judged, ...]:
    """The numbers of the statement that could be given, in order."""
    placed = [(number, role) for incentive in given.terms for number, role in incentive.placed if role != "none"]
    roles = {number.quantity.start: NAMED.get(role, role) for number, role in placed}
    refused = {number.quantity.start: rule for number, rule in given.refused}
    return tuple(
        Judged(
            number.quantity,
            number.part,
            statement.sentence,
            roles.get(number.quantity.start, "none"),
            refused.get(number.quantity.start, ""),
        )
        for number in countable(statement)
    )


def signs(statement: Statement, every: Sequence[Judged], kind: TextKind) -> list[list[Seen]]:
    """The signs of each number, in the same order."""
    told = [name for name, pattern in patterns.TOLD.items() if pattern.find(statement.text)]
    shared = [*(f"gift.text.{name}" for name in told), f"kind.{kind}", *_cases(statement)]
    result: list[list[Seen]] = []
    for at, one in enumerate(every):
        here = (one.quantity.start, one.quantity.end)
        names = [*shared, *_own(one), *_beside(every, at)]
        result.append([*((name, *here) for name in names), *_words_of_giving(one)])
    return result


def _cases(statement: Statement) -> Iterator[str]:
    if any(patterns.OPENING.find(part.text) for part in statement.parts):
        yield "gift.case.opening"
    if any(part.text.endswith("的，") for part in statement.parts):
        yield "gift.case.of"
    for tag in ("past", "forecast", "oblige"):
        if any(part.tagged(tag) for part in statement.parts):
            yield f"gift.tag.{tag}"


def verdict(one: Judged) -> Seen:
    """The grammar's own verdict as a sign, for comparisons."""
    return (f"gift.rule.{one.refused or one.role}", one.quantity.start, one.quantity.end)


def _own(one: Judged) -> Iterator[str]:
    number, before, rest = one.quantity, one.before, one.behind
    yield f"number.{number.dimension}"
    money = number.dimension == "money"
    told = (
        (f"bound.{number.comparator}", number.comparator is not Comparator.EQ),
        ("number.range", number.value_high is not None),
        ("number.counted" if looks_counted(number.value) else "number.round", money),
        ("number.large", money and "亿" in number.unit),
        *((f"gift.before.{name}", pattern.find(before)) for name, pattern in patterns.BEFORE.items()),
        *((f"gift.behind.{name}", pattern.find(rest)) for name, pattern in patterns.BEHIND.items()),
        ("gift.behind.of", rest.startswith("的")),
        ("gift.part.of", one.part.text.endswith("的，")),
        ("gift.part.states", states(one.part)),
        ("part.opens", not before),
    )
    yield from (name for name, there in told if there)


def _beside(every: Sequence[Judged], at: int) -> Iterator[str]:
    """What the grammar says of the numbers before and behind, and of all."""
    yield f"gift.previous.{every[at - 1].role}" if at else "gift.previous.nothing"
    yield f"gift.next.{every[at + 1].role}" if at + 1 < len(every) else "gift.next.nothing"
    if all(one.role == "none" for one in every):
        yield "gift.all.none"


def _words_of_giving(one: Judged) -> Iterator[Seen]:
    """The nearest word of giving before and behind the number in its part, and how near."""
    number = one.quantity
    before = one.tagged_before("give", "grant")[-1:]
    behind = one.tagged_behind("give", "grant")[:1]
    for token in (*before, *behind):
        side, gap = ("before", number.start - token.end) if token in before else ("behind", token.start - number.end)
        near = "next" if gap == 0 else "near" if gap <= 6 else "far"
        yield (f"gift.give.{side}.{near}", token.start, token.end)
    if not before and not behind:
        yield ("gift.give.none", number.start, number.end)
