"""Ceilings that are said once and hold for the incentives before them.

同一企业每年度补助不超过500万元。 behind an incentive caps it, and so does an item of its
list: （六）同一单位补贴不超过5万元.
A ceiling for one receiver and year at the end of a sentence holds for every incentive of the sentence, back to its 对….
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.extract import incentive_patterns as patterns
from analysis.extract.statements import Statement
from analysis.model import Incentive

SHORT = 60  # characters: a sentence that only caps says little else


def with_later_ceiling(rows: list[Incentive], given: int, statement: Statement) -> list[Incentive]:
    """``rows``, of which the last ``given`` come from ``statement``, with what its ceilings do to those before."""
    rows = _at_announced_rate(rows, given, statement)
    if given == 1 and patterns.IN_DETAIL.find(statement.text):
        return _rated(rows, statement)
    last = rows[-1]
    if given == 1 and last.rate_percent is None and last.amount_low_wan is None and last.threshold_wan is None:
        return _capped(rows, statement)
    if last.cap_year_wan is not None and _goes_on(statement) and _caps_receiver(statement):
        return _sharing_year(rows, statement)
    if len(rows) > 1 and any(patterns.CAPS_ABOVE.find(part.text) for part in statement.parts):
        return _sharing_all(rows, statement)
    return rows


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
    lead = next(
        (row for row in rows[:-given] if row.start >= statement.sentence.start and row.rate_percent in announced), None
    )
    if lead is None or any(row.rate_percent is not None or row.amount_low_wan is not None for row in rows[-given:]):
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
    if not bare or last.rate_percent is None or not here:
        return rows
    if any(row.rate_percent is not None or row.amount_low_wan is not None for row in here):
        return rows
    return [_with_rate_of(last, row) if row in here else row for row in rows[:-1]]


def _sharing_all(rows: list[Incentive], statement: Statement) -> list[Incentive]:
    """以上补助最高1000万元: the ceilings of the last row in all rows of its sentence that have none."""
    last = rows[-1]
    return [
        replace(
            row,
            cap_item_wan=last.cap_item_wan if row.cap_item_wan is None else row.cap_item_wan,
            cap_year_wan=last.cap_year_wan if row.cap_year_wan is None else row.cap_year_wan,
        )
        if row.start >= statement.sentence.start and row.quantified
        else row
        for row in rows
    ]


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
    near = [row for row in capped if row.start >= since and _together(row, last) and row.quantified]
    fixed = len(near) > 1 and all(row.rate_percent is None and row.amount_low_wan is not None for row in near)
    if fixed and last.cap_year_wan is None and patterns.SUMMED_UP.find(re.split(r"\d", last.quote)[0]):
        return capped  # 累计不超过60万元 behind fixed sums is of none of them
    for slot in ("cap_item_wan", "cap_year_wan"):
        if getattr(last, slot) is None:
            continue
        for index in range(len(capped) - 1, -1, -1):  # back to the first incentive that has such a cap of its own
            row = capped[index]
            if row.start < since or not _together(row, last) or not row.quantified:
                break
            if getattr(row, slot) is not None:
                break
            capped[index] = replace(row, **{slot: getattr(last, slot)})
    return capped if capped != rows[:-1] else rows


def _together(row: Incentive, last: Incentive) -> bool:
    """Of one clause, or both items of one list."""
    if row.clause_index == last.clause_index:
        return True
    above, item = _item(row)
    return bool(item) and (above, bool(item)) == (_item(last)[0], bool(_item(last)[1]))


def _item(row: Incentive) -> tuple[str, str]:
    """The path above an item of a list and the item: 第四章/第十八条/（六）."""
    above, _, item = row.clause.rpartition("/")
    return above, item if item[:1] in "（(" else ""


def _goes_on(statement: Statement) -> bool:
    """Whether the statement goes on with what the sentence began: no new 对… behind ；."""
    first = statement.parts[0]
    return bool(statement.before) and not (first.opens and patterns.OPENING.find(first.text))


def _caps_receiver(statement: Statement) -> bool:
    return any(patterns.CAP_ALONE.find(part.text) for part in statement.parts[1:])


def _sharing_year(rows: list[Incentive], statement: Statement) -> list[Incentive]:
    """The yearly ceiling of the last row in the rows of its sentence, back to where it says for whom."""
    heads = [part.start for part in statement.before if part.opens and patterns.OPENING.find(part.text)]
    since = heads[-1] if heads else statement.sentence.start
    year = rows[-1].cap_year_wan
    return [
        replace(row, cap_year_wan=year) if row.start >= since and row.cap_year_wan is None and row.quantified else row
        for row in rows
    ]
