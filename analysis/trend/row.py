"""One target held against one series: what each field means, and when a figure meets a target."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from analysis.model import Checked, Citation, Comparator, SeriesName, TargetKind, TargetStatus

NEAR = Decimal("0.95")  # 左右 counts as reached from 95 % on


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One target against one series. ``None``: not known or without meaning, never 0.

    - value: what is to be reached, in ``unit``: 亿元, or percent a year for a growth target. A multiple (翻番) and a
      total growth on a named year are turned into 亿元 by the figure of that year in this series.
    - baseline_year, baseline_value (亿元): the year the text names, else the last year with a figure before the
      year of issue; None if the text names none and the year of issue is not known.
    - actual_year, actual_value (亿元): the target year if it is over and has a figure, else the latest year with one.
    - first_reached_year: first year from the baseline on whose figure meets the target, with its first_reached_value
      (亿元); None for growth targets.
    - status: not_due until the target year is over, even when the figure was met before; then reached or missed by
      the figure of the target year alone, no_data if there is none. A yearly growth target is judged in every full
      year after the year of issue up to the target year: reached if it held in all of them, missed if it failed in
      one. not_comparable: the series cannot answer the target; the note says why. 达到 (eq) is met at or above its
      number, 左右 (approx) from 95 % of it.
    - implied_growth_percent: growth a year from baseline to target; the target itself for a growth target.
    - required_growth_percent: growth a year from the latest figure to the target, 0 if that figure meets it; None
      once the target year has a figure, and for ceilings and growth targets. Percent are rounded to 0.01.
    - recent_growth: (first year, last year, percent a year) of the five years up to the latest figure, to hold the
      growth still needed against; only for targets that are not due.
    - definition: how the indicator differs from the series, "" if it does not.
    - binding: False where another target of the same document, indicator and year asks for more.
    - yearly: (year, growth in percent) of each year judged, for growth targets.
    - citation: the words of the target.
    - checked: who stands for the target, None where it is the machine's reading alone.
    """

    document: str
    indicator: str
    region: str | None
    series: SeriesName
    target_year: int | None
    value: Decimal
    comparator: Comparator
    baseline_year: int | None
    baseline_value: Decimal | None
    actual_year: int | None
    actual_value: Decimal | None
    first_reached_year: int | None
    status: TargetStatus
    implied_growth_percent: Decimal | None
    required_growth_percent: Decimal | None
    note: str
    unit: str
    kind: TargetKind
    region_code: str | None
    clause: str
    start: int
    end: int
    quote: str
    first_reached_value: Decimal | None = None
    definition: str = ""
    recent_growth: tuple[int, int, Decimal] | None = None
    binding: bool = True
    yearly: tuple[tuple[int, Decimal], ...] = ()
    checked: Checked | None = None
    citation: Citation | None = field(default=None, compare=False, repr=False)

    def met_by(self, value: Decimal) -> bool:
        """Whether a figure in the row's unit meets the target."""
        return holds(self.comparator, value, self.value)


def holds(comparator: Comparator, actual: Decimal, aim: Decimal) -> bool:
    """Whether ``actual`` meets ``aim``; a bare number is met at or above it, 左右 from 95 % of it on."""
    match comparator:
        case Comparator.GT:
            return actual > aim
        case Comparator.LE:
            return actual <= aim
        case Comparator.LT:
            return actual < aim
        case Comparator.APPROX:
            return actual >= aim * NEAR
        case _:
            return actual >= aim
