"""What is given to whom: subsidies, rewards, shares, titles — with numbers or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from analysis.extract import incentive_patterns as patterns
from analysis.extract.beneficiary import UNWRITTEN, Beneficiary, beneficiary
from analysis.extract.ceilings import with_later_ceiling
from analysis.extract.incentive_signs import judged, signs
from analysis.extract.incentive_terms import IncentiveTerms
from analysis.extract.instrument import instrument_of, prize_of
from analysis.extract.respective import respective
from analysis.extract.sentences import Sentence
from analysis.extract.statements import Statement, statements
from analysis.extract.terms_of_statement import StatementTerms, terms_of
from analysis.extract.weigh import Seen, Weights
from analysis.grammar import grammar
from analysis.model import Incentive, Instrument, Quantity, Receiver, TextKind

HEAD = 200  # characters within which a headline stands
SHARING = 240  # rows back to which a ceiling may hold; no text at hand has as many
LONG_ENOUGH = 20  # characters that two sentences do not share by chance
# Conditions that change who can stack what, as tables show them.
_NOTES = {
    "超过部分": patterns.PART_ABOVE,
    "非关联交易": patterns.UNRELATED_PARTIES,
    "省内交易": patterns.WITHIN_PROVINCE,
}


class Incentives(NamedTuple):
    """What a text gives, and what became of the numbers of the statements that give."""

    rows: tuple[Incentive, ...]  # in the order of the text
    used: frozenset[int]  # starts of the numbers that the rows hold
    refused: Mapping[int, str]  # start of a number that is no part of what is given, and the rule that says so


def incentives(
    found: Sequence[Sentence], kind: TextKind = TextKind.UNKNOWN, sure_by: Weights | None = None
) -> Incentives:
    """Everything that the sentences give. ``sure_by`` weighs how sure each incentive with a number is."""
    rows: list[Incentive] = []
    used: set[int] = set()
    refused: dict[int, str] = {}
    headlines: set[int] = set()
    for statement in statements(found):
        given, none_of_it = terms_of(statement)
        refused |= {number.start: rule for number, rule in none_of_it}
        seen = _signs(statement, given, none_of_it, kind) if given and sure_by else {}
        leads = [_lead(terms).start for terms in given]
        for terms, receiver in zip(given, respective(_who(statement), statement, leads) if given else (), strict=True):
            row = _quantified(statement, terms, receiver)
            rows.append(_sure(row, seen.get(_lead(terms).start, ()), sure_by) if sure_by else row)
            used.update(quantity.start for quantity in terms.used)
        if given:
            if _is_headline(statement.sentence):
                headlines.update(row.start for row in rows[-len(given) :])
            rows[-SHARING:] = with_later_ceiling(rows[-SHARING:], len(given), statement)
        else:
            rows.extend(_qualitative(statement))
    return Incentives(tuple(_once(rows, headlines)), frozenset(used), refused)


def _signs(
    statement: Statement, given: tuple[IncentiveTerms, ...], refused: tuple[tuple[Quantity, str], ...], kind: TextKind
) -> dict[int, list[Seen]]:
    every = judged(statement, StatementTerms(given, refused))
    return {one.quantity.start: seen for one, seen in zip(every, signs(statement, every, kind), strict=True)}


def _sure(row: Incentive, seen: Sequence[Seen], weights: Weights) -> Incentive:
    return replace(row, probability=weights.probability(weights.logit(seen)), evidence=weights.evidence(seen))


def _lead(terms: IncentiveTerms) -> Quantity:
    """The number that the incentive is about: the first that is given, of a rank the threshold."""
    return terms.first or terms.used[0]


def _once(rows: Sequence[Incentive], headlines: Set[int]) -> Iterator[Incentive]:
    """Rows without those that a whole sentence said again gives, and without headlines that the text says in full."""
    first: dict[str, int] = {}
    for row in rows:
        again = len(row.quote) >= LONG_ENOUGH and first.setdefault(row.quote, row.start) != row.start
        told = row.start in headlines and any(_sums(row) <= _sums(other) for other in rows if other.start > row.end)
        if not again and not told:
            yield row


def _sums(row: Incentive) -> set[Decimal]:
    """The numbers that are given, wherever they stand: a headline says less closely what a ceiling is of."""
    every = (row.rate_percent, row.amount_low_wan, row.amount_high_wan, row.cap_item_wan, row.cap_year_wan)
    return {number for number in every if number is not None}


def _is_headline(sentence: Sentence) -> bool:
    """Whether it stands at the head of the text and ends without a mark."""
    return sentence.start < HEAD and not sentence.text.rstrip().endswith(("。", "；", "：", "！", "？", "，"))


def _who(statement: Statement) -> Beneficiary:
    return beneficiary(statement)


def _quantified(statement: Statement, terms: IncentiveTerms, who: Beneficiary) -> Incentive:
    text = statement.text
    start = statement.start + len(text) - len(text.lstrip("，；：、 "))
    end = statement.start + len(text.rstrip("，；。、\n "))
    instrument = instrument_of(statement, terms)
    if instrument is Instrument.AWARD and who.name == UNWRITTEN:
        name = re.sub("^.*(?:设立|设|将|评选)", "", prize_of(statement, terms))
        who = Beneficiary(name, Receiver.HONOURED, who.trigger)  # a prize goes to whoever wins it
    funder = patterns.FUNDER.find(text)
    row = _row(statement, who, start, end, instrument, _rule(terms))
    return replace(
        row,
        threshold_wan=terms.threshold,
        rate_comparator=terms.rate_comparator,
        rate_percent=terms.rate,
        rate_percent_high=terms.rate_high,
        rate_base=terms.base or row.rate_base,
        rate_open=row.rate_open and terms.rate is None,
        amount_low_wan=terms.low,
        amount_high_wan=terms.high,
        cap_item_wan=terms.cap_item,
        cap_year_wan=terms.cap_year,
        notes=(*row.notes, f"比例为{terms.rate}%至{terms.rate_high}%") if terms.rate_high else row.notes,
        one_off=patterns.ONE_OFF.find(text) is not None,
        funder=funder["who"] if funder else None,
    )


def _row(statement: Statement, who: Beneficiary, start: int, end: int, instrument: Instrument, rule: str) -> Incentive:
    """A row without numbers: who, by which rule, where, and the rate that the text leaves open."""
    base = patterns.BASE_OPEN.find(statement.text)
    clause = statement.sentence.clause
    return Incentive(
        document=clause.document,
        clause_index=clause.index,
        clause=clause.path,
        beneficiary=who.name,
        receiver=who.receiver,
        instrument=instrument,
        trigger=who.trigger,
        start=start,
        end=end,
        quote=statement.quote(start, end),
        rate_base=base["base"] if base else None,
        rate_open=patterns.OPEN_RATE.find(statement.text) is not None,
        notes=_notes(statement),
        rule=rule,
    )


def _notes(statement: Statement) -> tuple[str, ...]:
    """Conditions that change who can stack what, each as the short words that tables show."""
    found = [name for name, pattern in _NOTES.items() if pattern.find(statement.text)]
    if patterns.ONE_SIDE.find(statement.sentence.text):  # said once for both sides, at the end
        found.append("买卖双方只支持一方")
    if points := patterns.POINTS_TO.find(statement.text):
        found.append(f"标准见{points['clause']}")
    return tuple(found)


def _rule(terms: IncentiveTerms) -> str:
    """The id of the decision: what made the incentive of its own, else the number that leads it."""
    if terms.rule:
        return terms.rule
    if terms.rate is not None:
        return "incentive.tier" if terms.threshold is not None else "incentive.rate"
    if terms.low is not None:
        return "incentive.sum"
    return "incentive.cap" if terms.gives else "incentive.rank"


def _qualitative(statement: Statement) -> Iterator[Incentive]:
    """Incentives without a number: one for each frame that the words of the statement fill."""
    if any("同比" in part.text for part in statement.parts):
        return
    for frame in grammar().frames:
        if found := frame.regex.search(statement.text):
            start, end = _parts_around(statement, found.start(), found.end())
            yield _row(statement, _who(statement), start, end, frame.instrument, f"incentive.{frame.id}")


def _parts_around(statement: Statement, low: int, high: int) -> tuple[int, int]:
    """From the head of the part where the words begin to the end of the part where they end."""
    start = max(part.start for part in statement.parts if part.start <= statement.start + low)
    end = min(part.end for part in statement.parts if part.end >= statement.start + high)
    return start, start + len(statement.quote(start, end).rstrip("，；。、\n "))
