"""Plain sums given to one named receiver, as levels: 对新认定的省级示范机构，给予50万元奖励.

Only what is stated as one sum, or one ceiling, without rate and threshold counts; in tiers one receiver has several.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from analysis.extract.quantities import in_wan
from analysis.lint.draft import Draft
from analysis.lint.levels import Level
from analysis.model import Comparator, Incentive, Instrument

_NOT_NAMES = re.compile(r"[^\u4e00-\u9fff]")
_SPECIFIC = 6  # characters from which a receiver is named: 企业 and 高校 are not
_PLAIN = (Instrument.REWARD, Instrument.SUBSIDY)


def awards(draft: Draft) -> Iterator[Level]:
    """The plain sums of a draft; receivers of more than one sum in one clause are left out."""
    given = [each for each in draft.reading.incentives if each.instrument in _PLAIN]
    by_clause: dict[tuple[str, int], int] = {}
    for each in given:
        by_clause[_key(each), each.clause_index] = by_clause.get((_key(each), each.clause_index), 0) + 1
    starts = [quantity.start for quantity in draft.reading.quantities]
    for each in given:
        alone = by_clause[_key(each), each.clause_index] == 1
        if alone and len(_NOT_NAMES.sub("", each.beneficiary)) >= _SPECIFIC:
            yield from _award(draft, each, starts)


def _key(incentive: Incentive) -> str:
    named = [_NOT_NAMES.sub("", words) for words in (incentive.beneficiary, incentive.trigger)]
    return f"{'/'.join(named)}/{incentive.instrument}"


def _award(draft: Draft, incentive: Incentive, starts: list[int]) -> Iterator[Level]:
    amount, comparator = incentive.amount_high_wan, Comparator.EQ
    if amount is None:
        amount, comparator = incentive.cap_item_wan, Comparator.LE
    ranged = incentive.amount_low_wan is not None and incentive.amount_low_wan != amount
    if amount is None or ranged or incentive.rate_percent is not None or incentive.threshold_wan is not None:
        return
    numbers = draft.reading.quantities[bisect_left(starts, incentive.start) : bisect_left(starts, incentive.end)]
    same = [each for each in numbers if each.dimension == "money" and in_wan(each) == amount]
    if len(same) != 1:
        return
    start, end = draft.text_span(same[0].start, same[0].end)
    yield Level(
        name=f"{incentive.beneficiary}的奖补金额",
        key=f"{_key(incentive)}/{comparator}",
        year=0,
        named=True,
        value=amount * Decimal(10_000),
        base="元",
        dimension="money",
        comparator=comparator,
        yearly=False,
        words=same[0].quote,
        start=start,
        end=end,
        sentence=incentive.clause_index,
        deed=True,
    )
