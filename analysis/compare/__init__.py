"""Targets and incentives of several texts side by side."""

from analysis.compare.benefit import Rule, curve, rule_benefit, rules, saturation, window
from analysis.compare.incentive_matrix import (
    Answer,
    IncentiveMatrix,
    answer,
    by_instrument,
    incentive_matrix,
    incentive_table,
)
from analysis.compare.target_matrix import (
    CellState,
    TargetMatrix,
    key,
    narrow,
    shared,
    target_matrix,
    target_table,
    years,
)
