"""Figures of the contract series: lines of a region, growth, breaks, extrapolation, coverage; when a text came out.

Values are ``Decimal``: 亿元 for money, 项 for contracts, 万元 for money per contract. Nothing is filled in: a year
without a figure is a year without an observation, and a drawn line has to leave the gap open.

Extrapolation is no forecast: growth is taken year by year, in logarithms, over the last unbroken years; the interval
(80 %) is that of a sum of further years drawn from the same growth, its mean being known only from the years seen. It
says what would come if the next years were like those, no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from math import exp, log, sqrt

from analysis.model import Card, Point, SeriesName, Status

#: A year-on-year ratio outside this band, with contracts moving the other way, is called a break.
BAND = (Decimal("0.5"), Decimal(2))
#: Words in a data note that call the year a break.
BREAK_WORDS = ("断点", "大幅跳动")


class Basis(StrEnum):
    """Whose contracts: sold from the region, bought into it, or the first less the second."""

    OUTPUT = "output"
    ABSORBED = "absorbed"
    NET = "net"


class Measure(StrEnum):
    """What is counted: 亿元, 项, or 万元 per contract."""

    VALUE = "value"
    CONTRACTS = "contracts"
    PER_CONTRACT = "per_contract"


@dataclass(frozen=True, slots=True)
class Observation:
    """One year of a line. ``value`` in the unit of the measure; ``note`` in the words of the data."""

    year: int
    value: Decimal
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A year whose figure does not continue the year before.

    ``before`` and ``after`` in 亿元 (``before`` is None where only a note names it and the year before has no
    figure); ``words`` says it in Chinese.
    """

    region_code: str
    region: str
    series: SeriesName
    year: int
    before: Decimal | None
    after: Decimal
    words: str


def growth(first: Decimal, last: Decimal, years: int) -> Decimal | None:
    """Compound growth in percent a year from ``first`` to ``last`` over ``years`` years.

    None where it has no meaning: no year between them, or a value that is not positive.
    """
    if years < 1 or first <= 0 or last <= 0:
        return None
    return ((last / first) ** (Decimal(1) / Decimal(years)) - 1) * 100


def by_series(points: Sequence[Point]) -> dict[tuple[str, SeriesName], dict[int, Point]]:
    """The points of each region and series by year, in the order of the years."""
    found: dict[tuple[str, SeriesName], dict[int, Point]] = {}
    for point in points:
        found.setdefault((point.region_code, point.series), {})[point.year] = point
    return {key: dict(sorted(some.items())) for key, some in found.items()}


def _measured(point: Point, measure: Measure) -> Decimal | None:
    if measure is Measure.VALUE:
        return point.value_yi
    if point.contracts is None:
        return None
    if measure is Measure.CONTRACTS:
        return Decimal(point.contracts)
    return point.value_yi * 10000 / point.contracts if point.contracts else None


def observed(
    points: Sequence[Point], region_code: str, series: SeriesName, measure: Measure = Measure.VALUE
) -> tuple[Observation, ...]:
    """The figures of one series of one region, oldest first; years without a figure are left out."""
    chosen = by_series(points).get((region_code, series), {}).values()
    measured = ((point, _measured(point, measure)) for point in chosen)
    return tuple(
        Observation(point.year, value, point.source, point.note) for point, value in measured if value is not None
    )


def line(
    points: Sequence[Point], region_code: str, basis: Basis, measure: Measure = Measure.VALUE
) -> tuple[Observation, ...]:
    """Observations of one region on one basis, oldest first.

    Net is output less absorbed in the years that have both; net money per contract has no meaning and is empty.
    """
    if basis is Basis.NET:
        if measure is Measure.PER_CONTRACT:
            return ()
        sold = line(points, region_code, Basis.OUTPUT, measure)
        bought = {seen.year: seen for seen in line(points, region_code, Basis.ABSORBED, measure)}
        return tuple(_less(seen, bought[seen.year]) for seen in sold if seen.year in bought)
    return observed(points, region_code, SeriesName(basis.value), measure)


def _less(sold: Observation, bought: Observation) -> Observation:
    source = sold.source if sold.source == bought.source else f"{sold.source}; {bought.source}"
    note = "；".join(dict.fromkeys(note for note in (sold.note, bought.note) if note))
    return Observation(sold.year, sold.value - bought.value, source, note)


def breaks(points: Sequence[Point]) -> tuple[Break, ...]:
    """Years in which a yearly series of a region breaks, in the order of the points' regions, series and years.

    A year is a break when its note says so (:data:`BREAK_WORDS`), or when its value is outside :data:`BAND` of the
    year before while the number of contracts moved the other way. Registered values are single reports, not a
    yearly series, so only a note can make them one.
    """
    found = []
    for chosen in by_series(points).values():
        for year, point in chosen.items():
            broken = _break(point, chosen.get(year - 1))
            if broken is not None:
                found.append(broken)
    return tuple(found)


def _break(point: Point, last: Point | None) -> Break | None:
    before = last.value_yi if last else None
    if any(word in point.note for word in BREAK_WORDS):
        words = point.note
    elif last is not None and point.series is not SeriesName.REGISTERED and _contrary(point, last):
        words = _contrary_words(point, last)
    else:
        return None
    return Break(point.region_code, point.region, point.series, point.year, before, point.value_yi, words)


def _contrary(point: Point, last: Point) -> bool:
    if not last.value_yi or point.contracts is None or last.contracts is None:
        return False
    ratio = point.value_yi / last.value_yi
    return (ratio < BAND[0] and point.contracts > last.contracts) or (
        ratio > BAND[1] and point.contracts < last.contracts
    )


def _contrary_words(point: Point, last: Point) -> str:
    change = (point.value_yi / last.value_yi - 1) * 100
    way, other = ("降", "升") if change < 0 else ("升", "降")
    return f"断点（按规则判定）：较{last.year}年{last.value_yi:,.2f}{way}{abs(change):.0f}%，合同项数却{other}"


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


def issue(card: Card) -> Issue:
    """Place of a text on the axis of years; a month or a year alone stands for its middle."""
    kind = "征求意见稿" if card.status is Status.DRAFT else "文件"
    name = card.doc_number or f"{card.region or ''}{card.counted_year or ''}{kind}"
    issued, year = card.issued or "", card.issued_year
    place = None if year is None else year + 0.5
    if year is not None and len(issued) > len("2022"):
        day = date.fromisoformat(f"{issued}-15"[: len("2022-09-23")])
        place = year + (day - date(year, 1, 1)).days / 365
    return Issue(card.slug, name, card.region_code, place, len(issued) == len("2022-09-23"))


FEWEST, MOST = 5, 11  # years, so 4 to 10 rates of growth
LEVEL = 80  # percent
#: 0.9 quantile of Student's t for 3 … 9 degrees of freedom: rates of growth less one.
T90 = {3: 1.638, 4: 1.533, 5: 1.476, 6: 1.440, 7: 1.415, 8: 1.397, 9: 1.383}


@dataclass(frozen=True, slots=True)
class Projection:
    """Years after the last figure with middle, low and high in the unit of the line; ``reason`` why there is none.

    ``first``, ``last``: the years the growth is taken from. ``percent``: that growth, percent a year.
    """

    years: tuple[int, ...] = ()
    middle: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    first: int | None = None
    last: int | None = None
    percent: float | None = None
    reason: str = ""


def project(observations: Sequence[Observation], until: int, broken: Sequence[int] = ()) -> Projection:
    """Extrapolate to the year ``until``.

    ``broken``: years that break the line; only the run of consecutive years from the last of them on is used.
    No projection, with the reason in Chinese, where fewer than five such years are left or a value is not positive.
    """
    run = _last_run(observations, broken)
    if len(run) < FEWEST:
        return Projection(reason=f"最近的断点或缺年之后只有{len(run)}年数据，不足{FEWEST}年，不外推")
    if any(seen.value <= 0 for seen in run):
        return Projection(reason="有零或负值，不外推")
    run = run[-MOST:]
    rates = [log(two.value / one.value) for one, two in pairwise(run)]
    n, mean = len(rates), sum(rates) / len(rates)
    sigma = sqrt(sum((rate - mean) ** 2 for rate in rates) / (n - 1))
    start = log(run[-1].value)
    ahead = range(1, until - run[-1].year + 1)
    middle = [start + mean * step for step in ahead]
    margin = [T90[n - 1] * sigma * sqrt(step + step * step / n) for step in ahead]
    return Projection(
        years=tuple(run[-1].year + step for step in ahead),
        middle=tuple(exp(value) for value in middle),
        low=tuple(exp(value - by) for value, by in zip(middle, margin, strict=True)),
        high=tuple(exp(value + by) for value, by in zip(middle, margin, strict=True)),
        first=run[0].year,
        last=run[-1].year,
        percent=(exp(mean) - 1) * 100,
    )


def _last_run(observations: Sequence[Observation], broken: Sequence[int]) -> list[Observation]:
    """The consecutive years at the end of the line, none of them joined across a break."""
    run: list[Observation] = []
    for seen in observations:
        if run and (seen.year != run[-1].year + 1 or seen.year in broken):
            run = []
        run.append(seen)
    return run
