"""Which figures are at hand: for each region and year, the series that have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.model import Point, SeriesName


@dataclass(frozen=True, slots=True)
class Coverage:
    """Regions (code, name) in order of code, the nation first; years without a gap; the series at hand by both."""

    regions: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    cells: Mapping[tuple[str, int], frozenset[SeriesName]]

    def at(self, region_code: str, year: int) -> frozenset[SeriesName]:
        """The series that have a figure; empty where none has."""
        return self.cells.get((region_code, year), frozenset())


def coverage(points: Sequence[Point]) -> Coverage:
    """Coverage of ``points``; empty without points."""
    cells: dict[tuple[str, int], set[SeriesName]] = {}
    for point in points:
        cells.setdefault((point.region_code, point.year), set()).add(point.series)
    years = [point.year for point in points]
    return Coverage(
        regions=tuple(sorted({(point.region_code, point.region) for point in points})),
        years=tuple(range(min(years), max(years) + 1)) if years else (),
        cells={place: frozenset(series) for place, series in cells.items()},
    )
