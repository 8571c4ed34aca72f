"""Everything the question 目标定了多少，后来做到多少 is answered with, for a choice of regions and measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.model import Corpus, SeriesName
from analysis.trend.contract_lines import (
    Basis,
    Break,
    Issue,
    Measure,
    Observation,
    Projection,
    breaks,
    issue,
    line,
    observed,
    project,
)
from analysis.trend.row_notes import TrendRow
from analysis.trend.target_rows import target_outcomes

NATION = "000000"
AHEAD = 3  # years of extrapolation where no target lies further out


@dataclass(frozen=True, slots=True)
class RegionLine:
    """What is drawn for one region. ``registered`` are separate points; ``projection`` is None when not asked for."""

    region_code: str
    region: str
    observations: tuple[Observation, ...]
    registered: tuple[Observation, ...]
    breaks: tuple[Break, ...]
    projection: Projection | None = None


@dataclass(frozen=True, slots=True)
class TrendView:
    """Lines, targets and texts of the chosen regions, in the order they were chosen."""

    basis: Basis
    measure: Measure
    as_of: date
    lines: tuple[RegionLine, ...]
    rows: tuple[TrendRow, ...]  # by output
    registered_rows: tuple[TrendRow, ...]
    issues: tuple[Issue, ...]
    titles: Mapping[str, str]  # of the sources, by id

    def source_of(self, seen: Observation) -> str:
        """Titles of the sources of a figure; the id where the card has no title."""
        return "；".join(self.titles.get(part, part) for part in seen.source.split("; "))

    def name_of(self, document: str) -> str:
        """Number or short name of a document."""
        return next((one.name for one in self.issues if one.document == document), document)

    @property
    def judged(self) -> bool:
        """Whether the targets can be set against these lines: they are money by output."""
        return self.basis is Basis.OUTPUT and self.measure is Measure.VALUE


def regions(corpus: Corpus) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """(code, name) of the regions that have a document, in the order of the documents, and of all others with figures.

    A region with a document and no figures is among the first: what it aims at is shown, though nothing is drawn.
    """
    named = dict.fromkeys((point.region_code, point.region) for point in corpus.points)
    names = dict(named)
    cards = [reading.document.card for reading in corpus.readings]
    own = dict.fromkeys(
        (card.region_code, names.get(card.region_code, card.region or card.region_code))
        for card in cards
        if card.region_code
    )
    others = sorted(pair for pair in named if pair not in own)
    return tuple(own), tuple(sorted(others, key=lambda pair: pair[0] != NATION))


def trend_view(
    corpus: Corpus,
    region_codes: Sequence[str],
    *,
    basis: str = Basis.OUTPUT,
    measure: str = Measure.VALUE,
    as_of: date,
    extrapolate: bool = False,
) -> TrendView:
    """What was aimed at and what came of it, for a choice of regions and measure, as of a date."""
    near = [reading for reading in corpus.readings if reading.document.card.region_code in region_codes]
    rows = target_outcomes(replace(corpus, readings=tuple(near)), as_of)
    until = max((row.target_year for row in rows if row.target_year), default=0) if extrapolate else None
    held = {point.region_code for point in corpus.points}
    return TrendView(
        basis=Basis(basis),
        measure=Measure(measure),
        as_of=as_of,
        lines=tuple(
            _line(corpus, code, Basis(basis), Measure(measure), until)
            for code in dict.fromkeys(region_codes)
            if code in held
        ),
        rows=tuple(row for row in rows if row.series is SeriesName.OUTPUT),
        registered_rows=tuple(row for row in rows if row.series is SeriesName.REGISTERED),
        issues=tuple(issue(reading.document.card) for reading in near),
        titles={key: title for key, title, _ in corpus.series.sources} if corpus.series else {},
    )


def _line(corpus: Corpus, code: str, basis: Basis, measure: Measure, until: int | None) -> RegionLine:
    points = [point for point in corpus.points if point.region_code == code]
    seen = line(points, code, basis, measure)
    wanted = (SeriesName.OUTPUT, SeriesName.ABSORBED) if basis is Basis.NET else (SeriesName(basis.value),)
    # A break is one of money: the number of contracts goes on beside it.
    broken = tuple(one for one in breaks(points) if one.series in wanted and measure is not Measure.CONTRACTS)
    ahead = None
    if until is not None and seen:
        if basis is Basis.NET:
            ahead = Projection(reason="净输出是两个数之差，不外推")
        else:
            ahead = project(seen, max(until, seen[-1].year + AHEAD), [one.year for one in broken])
    return RegionLine(
        region_code=code,
        region=points[0].region,
        observations=seen,
        registered=observed(points, code, SeriesName.REGISTERED, measure) if basis is Basis.OUTPUT else (),
        breaks=broken,
        projection=ahead,
    )
