"""Technology-contract series, and targets held against them. Pure functions over ``analysis.model`` values.

``contract_lines``: lines, breaks, coverage, and an extrapolation with an interval, never called a forecast.
``target_rows``: each target on contract value against what happened, one row of ``row_notes`` each. ``view``: all of
it for a choice of regions.
"""

from analysis.trend.contract_lines import (
    Basis,
    Break,
    Coverage,
    Measure,
    Observation,
    Projection,
    breaks,
    coverage,
)
from analysis.trend.row_notes import TrendRow
from analysis.trend.target_rows import series_notes, target_outcomes, target_statuses, trend_rows
from analysis.trend.view import RegionLine, TrendView, regions, trend_view
