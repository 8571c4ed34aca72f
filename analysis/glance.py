"""What is in the corpus at a glance, and where its texts differ most: the facts, without words or markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analysis.citation import cite
from analysis.compare import Answer, answer, incentive_matrix, shared, target_matrix
from analysis.compare.target_matrix import TargetRow
from analysis.model import (
    OWN_MARK,
    Card,
    Citation,
    Corpus,
    Incentive,
    Reading,
    Receiver,
    SeriesName,
    Status,
    TargetStatus,
)
from analysis.segment import Gap, counts, gaps
from analysis.trend import Break, TrendRow, breaks, target_statuses


@dataclass(frozen=True, slots=True)
class Glance:
    """One document in one row. ``largest``: the incentive with the highest stated sum for one item, if any.

    ``assigned``: clauses that name responsible bodies; ``bodies``: the bodies named, each once, in order of the text.
    """

    card: Card
    chapters: int
    articles: int
    targets: int
    quantified: int
    qualitative: int
    largest: Incentive | None
    assigned: int
    bodies: tuple[str, ...]
    gaps: tuple[tuple[Gap, Citation], ...]  # with the words of the clause after each
    judged: tuple[TrendRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The corpus at a glance, and the differences worth knowing first. Empty or None where there is none to tell."""

    rows: tuple[Glance, ...]
    regions: tuple[str, ...]  # of the documents, each once
    drafts: int
    series_regions: int  # regions with figures, the nation not counted
    first_year: int | None
    last_year: int | None
    buyers: Answer | None
    shared: tuple[TargetRow, ...]  # indicators that two regions or more set a number for
    breaks: tuple[Break, ...]  # of the output series, in regions that have a document


def overview(corpus: Corpus, as_of: date) -> Overview:
    """The corpus at a glance and the differences worth knowing first, as of a date."""
    outcomes = tuple(target_statuses(corpus, as_of).values())
    incentives = incentive_matrix(corpus.readings)
    rows = tuple(_glance(reading, outcomes) for reading in corpus.readings)
    cards = [row.card for row in rows]
    codes = {card.region_code for card in cards}
    years = [point.year for point in corpus.points]
    buyer = next((row for row in incentives.rows if row.receiver is Receiver.BUYER), None)
    return Overview(
        rows=rows,
        regions=tuple(dict.fromkeys(f"{card.region or card.title}{OWN_MARK if card.own else ''}" for card in cards)),
        drafts=sum(card.status is Status.DRAFT for card in cards),
        series_regions=len({point.region_code for point in corpus.points} - {"000000"}),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        buyers=answer(buyer, incentives.cards) if buyer else None,
        shared=shared(target_matrix(corpus.readings)),
        breaks=breaks(
            [point for point in corpus.points if point.series is SeriesName.OUTPUT and point.region_code in codes]
        ),
    )


def _glance(reading: Reading, outcomes: Sequence[TrendRow]) -> Glance:
    chapters, articles = counts(reading.clauses)
    quantified = sum(incentive.quantified for incentive in reading.incentives)
    assigned = [clause for clause in reading.clauses if clause.bodies]
    name = reading.document.id
    return Glance(
        card=reading.document.card,
        chapters=chapters,
        articles=articles,
        targets=len(reading.targets),
        quantified=quantified,
        qualitative=len(reading.incentives) - quantified,
        largest=largest(reading.incentives),
        assigned=len(assigned),
        bodies=tuple(dict.fromkeys(body for clause in assigned for body in clause.bodies)),
        gaps=tuple(
            (gap, cite(reading.document, gap.after.start, gap.after.end, gap.after.path))
            for gap in gaps(reading.clauses)
        ),
        judged=tuple(row for row in outcomes if row.document == name and row.status is not TargetStatus.NOT_COMPARABLE),
    )


def largest(incentives: Sequence[Incentive]) -> Incentive | None:
    """The incentive with the highest stated sum for one item; the first in the text where several share it."""
    stated = [incentive for incentive in incentives if most_for_one(incentive) is not None]
    return max(stated, key=lambda incentive: most_for_one(incentive) or 0, default=None)


def most_for_one(incentive: Incentive) -> Decimal | None:
    """The most that one project, contract or receiver can get at a time, in 万元; None where the text names no sum."""
    if incentive.amount_high_wan is not None:
        return incentive.amount_high_wan
    return incentive.cap_item_wan
