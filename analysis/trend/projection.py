"""Extrapolation of a line: its mean growth carried on from the last figure, with an interval. Not a forecast.

Growth is taken year by year, in logarithms, over the last unbroken years; the interval (80 %) is that of a sum of
further years drawn from the same growth, its mean being known only from the years seen. It says what would come if
the next years were like those, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt

from analysis.trend.series import Observation

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
