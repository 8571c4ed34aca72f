"""Technology-contract series, and targets held against them. Pure functions over ``analysis.model`` values.

``series``: lines, growth and breaks. ``rows``: each target on contract value against what happened.
``projection``: an extrapolation with an interval, never called a forecast.
"""

from analysis.trend.projection import Projection, project
from analysis.trend.rows import TrendRow, trend_rows
from analysis.trend.series import Basis, Break, Measure, Observation, breaks, growth, line, registered

__all__ = [
    "Basis",
    "Break",
    "Measure",
    "Observation",
    "Projection",
    "TrendRow",
    "breaks",
    "growth",
    "line",
    "project",
    "registered",
    "trend_rows",
]
