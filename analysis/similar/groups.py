"""Which texts are read together: by region, by five-year plan, or each on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from analysis.model import Card

UNDATED = "时间不详"
_PLANS = ("十二", "十三", "十四", "十五", "十六", "十七")
_FIRST_YEAR = 2011  # the twelfth plan began in 2011


class GroupBy(StrEnum):
    """What joins texts into a group."""

    REGION = "region"
    PERIOD = "period"
    DOCUMENT = "document"


def period_name(year: int | None) -> str:
    """The five-year plan a year lies in: 2017 -> “十三五”（2016—2020）; plain years outside the known plans."""
    if year is None:
        return UNDATED
    plan = (year - _FIRST_YEAR) // 5
    start = _FIRST_YEAR + plan * 5
    years = f"{start}—{start + 4}"
    return f"“{_PLANS[plan]}五”（{years}）" if 0 <= plan < len(_PLANS) else years


def group_names(
    cards: Sequence[Card], by: GroupBy, years: Mapping[str, int | None], names: Mapping[str, str]
) -> tuple[str, ...]:
    """The group of each card. ``years`` and ``names`` are by slug: the year a text counts from, and its short name."""
    match by:
        case GroupBy.REGION:
            # A user's own file is told apart from the corpus, whatever place it is about.
            return tuple((not card.own and card.region) or names[card.slug] for card in cards)
        case GroupBy.PERIOD:
            return tuple(period_name(years[card.slug]) for card in cards)
        case GroupBy.DOCUMENT:
            return tuple(names[card.slug] for card in cards)
