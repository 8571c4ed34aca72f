"""Extrapolation of a line: constant growth fitted to its last unbroken years, with an interval. Not a forecast.

The fit is a straight line through the logarithms; the interval is the usual one for a new observation, at
80 %. It says what would come if the next years scattered round the same growth as the years fitted, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from analysis.trend.series import Observation

FEWEST, MOST = 5, 10  # years fitted
LEVEL = 80  # percent
#: 0.9 quantile of Student's t for 3 … 8 degrees of freedom (FEWEST - 2 … MOST - 2).
T90 = {3: 1.638, 4: 1.533, 5: 1.476, 6: 1.440, 7: 1.415, 8: 1.397}


@dataclass(frozen=True, slots=True)
class Projection:
    """Years after the last figure with middle, low and high in the unit of the line; ``reason`` why there is none.

    ``first``, ``last``: the years fitted. ``percent``: the growth fitted, percent a year.
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

    ``broken``: years that break the line; only the run of consecutive years from the last of them on is fitted.
    No projection, with the reason in Chinese, where fewer than five such years are left or a value is not positive.
    """
    run = _last_run(observations, broken)
    if len(run) < FEWEST:
        return Projection(reason=f"最近的断点或缺年之后只有{len(run)}年数据，不足{FEWEST}年，不外推")
    if any(seen.value <= 0 for seen in run):
        return Projection(reason="有零或负值，不外推")
    run = run[-MOST:]
    years = [seen.year for seen in run]
    logs = [log(seen.value) for seen in run]
    n, mean_year, mean_log = len(run), sum(years) / len(run), sum(logs) / len(run)
    spread = sum((year - mean_year) ** 2 for year in years)
    slope = sum((year - mean_year) * (value - mean_log) for year, value in zip(years, logs, strict=True)) / spread
    residuals = [value - mean_log - slope * (year - mean_year) for year, value in zip(years, logs, strict=True)]
    sigma = sqrt(sum(residual**2 for residual in residuals) / (n - 2))
    ahead = range(years[-1] + 1, until + 1)
    middle = [mean_log + slope * (year - mean_year) for year in ahead]
    margin = [T90[n - 2] * sigma * sqrt(1 + 1 / n + (year - mean_year) ** 2 / spread) for year in ahead]
    return Projection(
        years=tuple(ahead),
        middle=tuple(exp(value) for value in middle),
        low=tuple(exp(value - by) for value, by in zip(middle, margin, strict=True)),
        high=tuple(exp(value + by) for value, by in zip(middle, margin, strict=True)),
        first=years[0],
        last=years[-1],
        percent=(exp(slope) - 1) * 100,
    )


def _last_run(observations: Sequence[Observation], broken: Sequence[int]) -> list[Observation]:
    """The consecutive years at the end of the line, none of them joined across a break."""
    run: list[Observation] = []
    for seen in observations:
        if run and (seen.year != run[-1].year + 1 or seen.year in broken):
            run = []
        run.append(seen)
    return run
