"""What is given to whom: subsidies, rewards, shares, titles — with numbers or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from analysis import grammar
from analysis.extract.beneficiary import Beneficiary, beneficiary
from analysis.extract.respective import respective
from analysis.extract.roles import Roles, gifts
from analysis.extract.sentences import Sentence
from analysis.extract.statements import Statement, statements, states
from analysis.model import Incentive, Instrument, Quantity

# Instruments that their words name wherever they stand in the giving parts; the others go by the word next to the sum.
NAMED_ANYWHERE = ("insurance_compensation", "tax", "title", "equity_share", "income_share", "loan", "voucher")


def incentives(found: Sequence[Sentence]) -> tuple[tuple[Incentive, ...], frozenset[int]]:
    """Incentives in the order of the text, and the starts of the numbers they have used."""
    rows: list[Incentive] = []
    used: set[int] = set()
    for statement in statements(found):
        given = gifts(statement)
        sums = [(roles.first or roles.used[0]).start for roles in given]
        for roles, receiver in zip(given, respective(_who(statement), statement, sums) if given else (), strict=True):
            rows.append(_quantified(statement, roles, receiver))
            used.update(quantity.start for quantity in roles.used)
        if given:
            rows = _with_later_cap(rows)
        else:
            rows.extend(_qualitative(statement))
    return tuple(dict.fromkeys(rows)), frozenset(used)


def _who(statement: Statement) -> Beneficiary:
    return beneficiary(statement)


def _quantified(statement: Statement, roles: Roles, who: Beneficiary) -> Incentive:
    patterns = grammar.patterns()
    text = statement.text
    first = roles.first or roles.used[0]
    start = statement.start + len(text) - len(text.lstrip("，；：、 "))
    end = statement.start + len(text.rstrip("，；。、\n "))
    instrument = _instrument(statement, first)
    funder = patterns["funder"].find(text)
    row = _row(statement, who, start, end, instrument, "incentive.number")
    return replace(
        row,
        threshold_wan=roles.threshold,
        rate_comparator=roles.rate_comparator,
        rate_percent=roles.rate,
        rate_base=roles.base or row.rate_base,
        rate_open=row.rate_open and roles.rate is None,
        amount_low_wan=roles.low,
        amount_high_wan=roles.high,
        cap_item_wan=roles.cap_item,
        cap_year_wan=roles.cap_year,
        notes=(*row.notes, f"比例为{roles.rate}%至{roles.rate_high}%") if roles.rate_high else row.notes,
        one_off=patterns["one_off"].find(text) is not None,
        funder=funder["who"] if funder else None,
    )


def _row(statement: Statement, who: Beneficiary, start: int, end: int, instrument: Instrument, rule: str) -> Incentive:
    """A row without numbers: who, by which rule, where, and the rate that the text leaves open."""
    base = grammar.patterns()["base_open"].find(statement.text)
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
        rate_open=grammar.patterns()["open_rate"].find(statement.text) is not None,
        notes=_notes(statement),
        rule=rule,
    )


def _notes(statement: Statement) -> tuple[str, ...]:
    """Conditions that change who can stack what, each as the short words that tables show."""
    found = [note.name for note in grammar.notes() if note.pattern.search(statement.text)]
    if grammar.patterns()["one_side"].find(statement.sentence.text):  # said once for both sides, at the end
        found.append("买卖双方只支持一方")
    if points := grammar.patterns()["points_to"].find(statement.text):
        found.append(f"标准见{points['clause']}")
    return tuple(found)


def _instrument(statement: Statement, first: Quantity) -> Instrument:
    """By the words of giving: special instruments anywhere in the giving parts, else the word next to the sum."""
    cues = {cue.id: cue for cue in grammar.instruments()}
    given = "".join(
        part.text
        for part in statement.parts
        if states(part) or part.start <= first.start < part.end or grammar.patterns()["base_from"].find(part.text)
    )
    for name in NAMED_ANYWHERE:
        if cues[name].hit(given):
            return Instrument(name)
    behind = first.end - statement.start
    for region in (statement.text[behind : behind + 16], statement.text[behind:], statement.text[:behind]):
        hits = [(place, name) for name in ("reward", "subsidy") if (place := cues[name].place(region)) >= 0]
        if hits:
            return Instrument(min(hits)[1])
    return Instrument.TITLE if any(part.tagged("grant") for part in statement.parts) else Instrument.SUBSIDY


def _qualitative(statement: Statement) -> Iterator[Incentive]:
    """Incentives without a number: one for each frame that the words of the statement fill."""
    if any("同比" in part.text for part in statement.parts):
        return
    for frame, pattern in _frames():
        if found := pattern.search(statement.text):
            start, end = _parts_around(statement, found.start(), found.end())
            yield _row(statement, _who(statement), start, end, Instrument(frame.instrument), f"incentive.{frame.id}")


@cache
def _frames() -> tuple[tuple[grammar.Frame, re.Pattern[str]], ...]:
    """Frames with their patterns compiled; * stands for up to 40 characters inside one statement."""
    return tuple(
        (frame, re.compile("|".join(re.escape(words).replace(r"\*", "[^。；]{0,40}?") for words in frame.patterns)))
        for frame in grammar.frames()
    )


def _parts_around(statement: Statement, low: int, high: int) -> tuple[int, int]:
    """From the head of the part where the words begin to the end of the part where they end."""
    start = max(part.start for part in statement.parts if part.start <= statement.start + low)
    end = min(part.end for part in statement.parts if part.end >= statement.start + high)
    return start, start + len(statement.quote(start, end).rstrip("，；。、\n "))


def _with_later_cap(rows: list[Incentive]) -> list[Incentive]:
    """同一企业每年度补助不超过500万元。 caps the gifts before it that have no such cap, and is no gift of its own."""
    last = rows[-1]
    alone = last.rate_percent is None and last.amount_low_wan is None and last.threshold_wan is None
    if not (alone and grammar.patterns()["cap_alone"].find(last.quote)):
        return rows
    if not any(row.clause_index == last.clause_index for row in rows[:-1]):
        return rows
    capped = rows[:-1]
    slot = "cap_year_wan" if last.cap_year_wan is not None else "cap_item_wan"
    for index in range(len(capped) - 1, -1, -1):  # back to the first gift that has such a cap of its own
        row = capped[index]
        if row.clause_index != last.clause_index or not row.quantified or getattr(row, slot) is not None:
            break
        capped[index] = replace(row, **{slot: getattr(last, slot)})
    return capped
