"""What is given to whom, a row for each incentive: subsidies, rewards, shares, titles, with numbers or without.

Ceilings that are said once hold for the incentives before them: 同一企业每年度补助不超过500万元。 behind an incentive
caps it, and so does an item of its list (（六）同一单位补贴不超过5万元). A ceiling for one receiver and year at the end
of a sentence holds for every incentive of the sentence, back to its 对….

The grammar decides the role of each number: left out one document at a time it does better than the signs
(``python -m analysis learn --roles``). The signs say how sure an incentive is; so they hold the verdicts on the numbers
beside it and not the one on the number itself.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from analysis.extract import incentive_patterns as patterns
from analysis.extract.incentive_terms import NOT_GIVEN, IncentiveTerms, instrument_of, prize_of
from analysis.extract.quantities import looks_counted
from analysis.extract.receivers import UNWRITTEN, Beneficiary, beneficiary, respective
from analysis.extract.sentences import Mention, Part, Sentence
from analysis.extract.statements import Statement, statements, states
from analysis.extract.terms_of_statement import StatementTerms, countable, terms_of
from analysis.extract.weigh import Seen, Weights
from analysis.grammar import grammar
from analysis.model import Comparator, Incentive, Instrument, Receiver, TextKind

HEAD = 200  # characters within which a headline stands
SHARING = 240  # rows back to which a ceiling may hold; no text at hand has as many
LONG_ENOUGH = 20  # characters that two sentences do not share by chance
SHORT = 60  # characters: a sentence that only caps says little else
# none: a condition bound on both sides, a report, a fund; item, year: a ceiling for one item, for one receiver and year
ROLES = ("none", "threshold", "rate", "sum", "item", "year")
NAMED = {"low": "sum", "high": "sum", "cap_item": "item", "cap_year": "year"}


class Incentives(NamedTuple):
    """What a text gives, and what became of the numbers of the statements that give."""

    rows: tuple[Incentive, ...]  # in the order of the text
    used: frozenset[int]  # starts of the numbers that the rows hold
    refused: Mapping[int, str]  # start of a number that is no part of what is given, and the rule that says so


def incentives(found: Sequence[Sentence], kind: TextKind, sure_by: Weights) -> Incentives:
    """Everything that the sentences give. ``sure_by`` weighs how sure each incentive with a number is."""
    rows: list[Incentive] = []
    used: set[int] = set()
    refused: dict[int, str] = {}
    headlines: set[int] = set()
    for statement in statements(found):
        given = terms_of(statement)
        refused |= {number.quantity.start: rule for number, rule in given.refused}
        if not given.terms:
            rows.extend(_qualitative(statement))
            continue
        every = judged(statement, given)
        leads = [terms.lead.quantity.start for terms in given.terms]
        seen = signs(statement, every, kind, leads)
        receivers = respective(beneficiary(statement), statement, leads)
        for terms, lead, who in zip(given.terms, leads, receivers, strict=True):
            own = seen.get(lead, [])
            sure = sure_by.probability(sure_by.logit(own))
            rows.append(replace(_quantified(statement, terms, who), probability=sure, evidence=sure_by.evidence(own)))
            used.update(number.quantity.start for number, _ in terms.placed)
        if _is_headline(statement.sentence):
            headlines.update(row.start for row in rows[-len(leads) :])
        rows[-SHARING:] = _with_later_ceiling(rows[-SHARING:], len(leads), statement)
    return Incentives(tuple(_once(rows, headlines)), frozenset(used), refused)


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
    found = [name for name, pattern in patterns.NOTES.items() if pattern.find(statement.text)]
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
    for frame in grammar().frames if grammar().any_frame.search(statement.text) else ():
        if found := frame.regex.search(statement.text):
            start, end = _parts_around(statement, found.start(), found.end())
            yield _row(statement, beneficiary(statement), start, end, frame.instrument, f"incentive.{frame.id}")


def _parts_around(statement: Statement, low: int, high: int) -> tuple[int, int]:
    """From the head of the part where the words begin to the end of the part where they end."""
    start = max(part.start for part in statement.parts if part.start <= statement.start + low)
    end = min(part.end for part in statement.parts if part.end >= statement.start + high)
    return start, start + len(statement.quote(start, end).rstrip("，；。、\n "))


def _with_later_ceiling(rows: list[Incentive], given: int, statement: Statement) -> list[Incentive]:
    """``rows``, of which the last ``given`` come from ``statement``, with what its ceilings do to those before."""
    rows = _at_announced_rate(rows, given, statement)
    if given == 1 and patterns.IN_DETAIL.find(statement.text):
        return _rated(rows, statement)
    last = rows[-1]
    if given == 1 and _only_caps(last) and last.threshold_wan is None:
        return _capped(rows, statement)
    start, heads = statement.sentence.start, [part for part in statement.before if _says_for_whom(part)]
    goes_on = statement.before and not _says_for_whom(statement.parts[0])
    caps = goes_on and any(patterns.CAP_ALONE.find(part.text) for part in statement.parts[1:])
    if caps and last.cap_year_wan is not None:
        return _sharing(rows, heads[-1].start if heads else start, "cap_year_wan")
    if any(patterns.CAPS_ABOVE.find(part.text) for part in statement.parts):  # 以上补助最高1000万元
        return _sharing(rows, start, "cap_item_wan", "cap_year_wan")
    return rows


def _only_caps(row: Incentive) -> bool:
    return row.rate_percent is None and row.amount_low_wan is None


def _says_for_whom(part: Part) -> bool:
    return part.opens and patterns.OPENING.find(part.text) is not None


def _sharing(rows: list[Incentive], since: int, *slots: str) -> list[Incentive]:
    """The ceilings of the last row in the rows from ``since`` on that have none of their own."""
    own = {slot: getattr(rows[-1], slot) for slot in slots}
    return [
        replace(row, **{slot: cap for slot, cap in own.items() if getattr(row, slot) is None})
        if row.start >= since and row.quantified
        else row
        for row in rows
    ]


def _at_announced_rate(rows: list[Incentive], given: int, statement: Statement) -> list[Incentive]:
    """按研发费用的30%予以资助：…的，最高50万元；…的，最高80万元: the rate before ： holds for every ceiling."""
    colons = [part.start for part in statement.before if part.text.endswith(("：", ":"))]
    announced = [
        number.value
        for part in statement.before
        if colons and part.start <= colons[-1]
        for number in part.quantities
        if number.dimension == "percent"
    ]
    here = (row for row in rows[:-given] if row.start >= statement.sentence.start)
    lead = next((row for row in here if row.rate_percent in announced), None)
    if lead is None or not all(map(_only_caps, rows[-given:])):
        return rows
    return [*rows[:-given], *(_with_rate_of(lead, row) for row in rows[-given:])]


def _with_rate_of(one: Incentive, row: Incentive) -> Incentive:
    """``row`` with the rate of ``one``: both ends, how it binds, what it is taken of."""
    return replace(
        row,
        rate_percent=one.rate_percent,
        rate_percent_high=one.rate_percent_high,
        rate_comparator=one.rate_comparator,
        rate_base=one.rate_base,
    )


def _rated(rows: list[Incentive], statement: Statement) -> list[Incentive]:
    """最高不超过100万元。具体按销售额的5%核定。: the rate of the ceilings before it in its paragraph."""
    last = rows[-1]
    here = [row for row in rows[:-1] if row.start >= statement.sentence.paragraph and row.quantified]
    bare = last.cap_item_wan is None and last.cap_year_wan is None and last.amount_low_wan is None
    if not bare or last.rate_percent is None or not here or not all(map(_only_caps, here)):
        return rows
    return [_with_rate_of(last, row) if row in here else row for row in rows[:-1]]


def _capped(rows: list[Incentive], statement: Statement) -> list[Incentive]:
    """The last row, a ceiling alone, moves into the rows before it that have no such ceiling.

    Where it names no receiver (最高不超过100万元。) it holds for its own sentence only.
    """
    last = rows[-1]
    if len(last.quote) > SHORT or not patterns.CAP_ALONE.find(last.quote):
        return rows
    anybody = patterns.EACH_RECEIVER.find(last.quote) or patterns.EACH_ITEM.find(last.quote)
    # alone in its paragraph it holds for those before, behind incentives of its own paragraph for these
    here = statement.sentence.paragraph
    since = (here if any(row.start >= here for row in rows[:-1]) else 0) if anybody else statement.sentence.start
    if not any(_together(row, last) and row.start >= since for row in rows[:-1]):
        return rows
    capped = rows[:-1]
    held = [row for row in capped if row.start >= since and _together(row, last) and row.quantified]
    fixed = len(held) > 1 and all(row.rate_percent is None and row.amount_low_wan is not None for row in held)
    if fixed and last.cap_year_wan is None and patterns.SUMMED_UP.find(re.split(r"\d", last.quote)[0]):
        return capped  # 累计不超过60万元 behind fixed sums is of none of them
    for slot in ("cap_item_wan", "cap_year_wan"):
        if getattr(last, slot) is None:
            continue
        for index in range(len(capped) - 1, -1, -1):  # back to the first incentive that has such a cap of its own
            row = capped[index]
            near = row.start >= since and _together(row, last) and row.quantified
            if not near or getattr(row, slot) is not None:
                break
            capped[index] = replace(row, **{slot: getattr(last, slot)})
    return capped if capped != rows[:-1] else rows


def _together(row: Incentive, last: Incentive) -> bool:
    """Of one clause, or both items of one list."""
    (above, _, item), (above_last, _, item_last) = row.clause.rpartition("/"), last.clause.rpartition("/")
    listed = item.startswith(("（", "(")) and item_last.startswith(("（", "("))  # 第四章/第十八条/（六）
    return row.clause_index == last.clause_index or (listed and above == above_last)


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

    def one(number: Mention) -> Judged:
        start = number.quantity.start
        return Judged(number.quantity, number.part, number.sentence, roles.get(start, "none"), refused.get(start, ""))

    return tuple(map(one, countable(statement)))


def signs(
    statement: Statement, every: Sequence[Judged], kind: TextKind, wanted: Container[int] | None = None
) -> dict[int, list[Seen]]:
    """The signs of each number by its start, or of those that start at ``wanted``."""
    told = [name for name, pattern in patterns.TOLD.items() if pattern.find(statement.text)]
    shared = [*(f"gift.text.{name}" for name in told), f"kind.{kind}", *_cases(statement)]
    result: dict[int, list[Seen]] = {}
    for at, one in enumerate(every):
        start, end = one.quantity.start, one.quantity.end
        if wanted is None or start in wanted:
            names = (*shared, *_own(one), *_beside(every, at))
            result[start] = [*((name, start, end) for name in names), *_words_of_giving(one)]
    return result


def _cases(statement: Statement) -> Iterator[str]:
    if any(patterns.OPENING.find(part.text) for part in statement.parts):
        yield "gift.case.opening"
    if any(part.text.endswith("的，") for part in statement.parts):
        yield "gift.case.of"
    for tag in ("past", "forecast", "oblige"):
        if any(part.tagged(tag) for part in statement.parts):
            yield f"gift.tag.{tag}"


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
