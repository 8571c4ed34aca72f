"""Technology-contract series, and targets held against them. Pure functions over ``analysis.model`` values.

``series``: lines, growth and breaks. ``rows``: each target on contract value against what happened.
``projection``: an extrapolation with an interval, never called a forecast.
"""

from analysis.trend.contract_lines import (
    Basis,
    Break,
    Measure,
    Observation,
    Projection,
    breaks,
    counted_year,
    growth,
    line,
    project,
    registered,
)
from analysis.trend.row import TrendRow
from analysis.trend.target_rows import trend_rows
from analysis.trend.view import RegionLine, TrendView, regions, view
