"""When a text came out, as far as its card knows: the year that baselines are counted from, the place on the axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.model import Card, Status


@dataclass(frozen=True, slots=True)
class Issue:
    """When a text came out.

    ``year`` with its fraction, None where the card has no date; ``exact`` False where the day is not known.
    ``name``: the number of the text, else region, year and kind.
    """

    document: str
    name: str
    region_code: str | None
    year: float | None
    exact: bool


def counted_year(card: Card | None) -> tuple[int | None, str]:
    """Year of issue, and in Chinese why it is only inferred ("" where the text gives it).

    A card without a date whose ``inferred`` explains the year in its slug (``sichuan-2018``) counts from that year:
    the year is good enough to say which figures came before the text, and the row's note says where it is from.
    """
    if card is None:
        return None, ""
    reasons = dict(card.inferred)
    return card.counted_year, reasons.get("issued" if card.issued else "slug", "") if card.counted_year else ""


def issue(card: Card) -> Issue:
    """Place of a text on the axis of years; a month or a year alone stands for its middle."""
    year, _ = counted_year(card)
    kind = "征求意见稿" if card.status is Status.DRAFT else "文件"
    name = card.doc_number or f"{card.region or ''}{year or ''}{kind}"
    parts = [int(part) for part in (card.issued or "").split("-") if part]
    return Issue(card.slug, name, card.region_code, _fraction(parts), len(parts) == 3)


def _fraction(parts: list[int]) -> float | None:
    match parts:
        case [year]:
            return year + 0.5
        case [year, month, *rest]:
            day = date(year, month, rest[0] if rest else 15)
            return year + (day - date(year, 1, 1)).days / 365
    return None
