"""Where everything comes from, and how well the texts were read, in words and markup."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from analysis.model import Card, Fault, Level, SeriesCard, Status
from analysis.present import numbers
from analysis.present.html import render
from analysis.present.names import known_kind
from analysis.score import Score
from analysis.wording import CARD_FIELDS


def read_lead(result: Score) -> dict[str, object]:
    """How well the corpus that comes with the product is read."""
    targets, incentives = result.targets, result.incentives
    extra = len(targets.extra) + len(incentives.extra)
    return {"targets": targets.tally(), "incentives": incentives.tally(), "extra": extra}


def unknown(card: Card) -> tuple[str, ...]:
    """What the card does not say, in Chinese; a draft has no legal force to know of, others no comment period."""
    missing = [name for name in ("doc_number", "issuers", "issued", "source") if not getattr(card, name)]
    if card.status is Status.UNKNOWN:
        missing.append("status")
    if card.status is Status.DRAFT:
        missing += [name for name in ("comment_from", "comment_to") if not getattr(card, name)]
    else:
        missing += [name for name in ("valid_from", "valid_to") if not getattr(card, name)]
    if card.level is Level.UNKNOWN:
        missing.append("level")
    return tuple(CARD_FIELDS[name] for name in missing)


def known_lines(card: Card) -> list[str]:
    """What is known of a document beside its title, number and date: one line for each."""
    said = [
        ("文件类型", known_kind(card)),
        ("发文机关", "、".join(card.issuers)),
        ("有效期", _span(card.valid_from, card.valid_to)),
        ("征求意见", _span(card.comment_from, card.comment_to)),
        ("网页地址", card.source),
    ]
    return [f"{name}：{value}" for name, value in said if value]


def _span(first: str | None, last: str | None) -> str | None:
    if not first and not last:
        return None
    return f"{numbers.date(first, '不详')}至 {numbers.date(last, '不详')}"


def faults_html(faults: Sequence[Fault]) -> Markup:
    """One sentence for each part of the corpus that could not be used; "" without any."""
    return render("sources.unusable", sentences=[fault.message for fault in faults]) if faults else Markup()


def series_html(card: SeriesCard) -> Markup:
    """Definitions and gaps of the data set."""
    return render("sources.series", card=card)


def series_sources_html(card: SeriesCard) -> Markup:
    """Where the figures were taken from: name and remark in Chinese, the reference as it was received."""
    remarks = dict(card.remarks)
    rows = [
        [name, title, {"remark": remarks.get(name, ""), "reference": reference}]
        for name, title, reference in card.sources
    ]
    return render("sources.series_sources", rows=rows)


def score_html(result: Score) -> Markup:
    """Where the score is told row by row."""
    return render("sources.score", rows=len(result.gold.targets) + len(result.gold.incentives))
