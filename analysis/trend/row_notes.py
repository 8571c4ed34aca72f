"""One target held against one series: what the fields of a row mean, when a figure meets a target, and its note.

The note says in Chinese where the row starts, what happened, and what is still needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from analysis.chinese_words import COMPARATORS, reaching
from analysis.model import Checked, Citation, Comparator, SeriesName, Target, TargetKind, TargetStatus
from analysis.trend.contract_lines import Break

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
    region_code: str | None
    series: SeriesName
    target_year: int | None
    value: Decimal
    comparator: Comparator
    unit: str
    kind: TargetKind
    clause: str
    start: int
    end: int
    quote: str
    checked: Checked | None
    citation: Citation | None = field(compare=False, repr=False)
    definition: str
    baseline_year: int | None
    baseline_value: Decimal | None
    actual_year: int | None = None
    actual_value: Decimal | None = None
    first_reached_year: int | None = None
    first_reached_value: Decimal | None = None
    status: TargetStatus = TargetStatus.NOT_COMPARABLE
    implied_growth_percent: Decimal | None = None
    required_growth_percent: Decimal | None = None
    recent_growth: tuple[int, int, Decimal] | None = None
    yearly: tuple[tuple[int, Decimal], ...] = ()
    binding: bool = True
    note: str = ""

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


def figure(value: Decimal) -> str:
    """Two decimals at most, thousands separated: 1,942.15; 700."""
    text = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".")


def percent(value: Decimal) -> str:
    """One decimal: 19.8%."""
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def joined(*parts: str) -> str:
    """The parts that say something, as sentences."""
    return "".join(f"{part.rstrip('。')}。" for part in parts if part)


def origin(year: int | None, inferred: str) -> str:
    """Which year the row starts from, if that is not plain; ``inferred``: why the year of issue is only inferred."""
    if year is None:
        return "发文年份不详或发文前没有数据，没有起点"
    return f"发文年份系推断（{inferred.rstrip('。')}），以此前最近有数的{year}年为起点" if inferred else ""


def converted(row: TrendRow, target: Target) -> str:
    """How a multiple or a growth was turned into 亿元."""
    if target.kind is TargetKind.LEVEL or row.baseline_value is None:
        return ""
    base = f"{row.baseline_year}年{figure(row.baseline_value)}亿元"
    if target.kind is TargetKind.MULTIPLE:
        return f"按{base}的{figure(target.value)}倍折算为{figure(row.value)}亿元"
    return f"按{base}、增长{figure(target.value)}%折算为{figure(row.value)}亿元"


def course(row: TrendRow, values: Mapping[int, Decimal]) -> str:
    """When it was first reached and whether that lasted."""
    first = row.first_reached_year
    if first is None:
        return ""
    already = "发文前已达到" if first == row.baseline_year else "首次达到"
    text = f"{first}年{already}（{figure(values[first])}亿元）"
    until = row.target_year if row.target_year is not None else max(values)  # what comes later decides nothing
    lost = [year for year, value in values.items() if first < year <= until and not row.met_by(value)]
    if not lost:
        return text
    latest = max(year for year in values if year <= until)
    tail = "" if latest in lost else f"，{latest}年又回到{figure(values[latest])}亿元"
    return f"{text}，{lost[0]}年回落到{figure(values[lost[0]])}亿元{tail}"


def outlook(row: TrendRow, as_of: date, breaks: Sequence[Break]) -> str:
    """What is missing or still needed."""
    if row.actual_year is None or row.actual_value is None or row.actual_year == row.target_year:
        return ""
    latest = f"{row.actual_year}年的{figure(row.actual_value)}亿元"
    needed = row.required_growth_percent
    if row.status is TargetStatus.NO_DATA:
        text = f"截至{as_of.isoformat()}没有{row.target_year}年的数据，最近的数据是{latest}"
        return f"{text}，要达到目标须自该年起每年增长{percent(needed)}" if needed else text
    if needed is None:
        return ""
    text = f"{row.target_year}年未到期，自{latest}起还须每年增长{percent(needed)}"
    if row.recent_growth is None:
        return text
    start, end, rate = row.recent_growth
    return f"{text}；此前五年（{start}—{end}年）实际每年{percent(rate)}{_crossed(breaks, start, end)}"


def _crossed(breaks: Sequence[Break], start: int, end: int) -> str:
    """（跨越 2018 年断点） where growth from ``start`` to ``end`` crosses a break, else ""."""
    years = [one.year for one in breaks if start < one.year <= end]
    return f"（跨越{'、'.join(str(year) for year in years)}年断点）" if years else ""


def broken(breaks: Sequence[Break], start: int | None, end: int | None) -> tuple[str, ...]:
    """The breaks between baseline and last figure, in the words of the data."""
    if end is None:
        return ()
    return tuple(
        f"{one.year}年{one.words}" for one in breaks if (start is None or start < one.year) and one.year <= end
    )


def rate_asked(target: Target) -> str:
    """That the value of the row is a growth, not money."""
    return f"目标值是每年增速（{COMPARATORS[target.comparator]}{figure(target.value)}%）"


def year_by_year(rates: Sequence[tuple[int, Decimal]], failed: Sequence[int], unknown: Sequence[int]) -> str:
    """The growth of every year judged."""
    if not rates:
        return "发文以后的年份没有数据"
    listed = "，".join(f"{year}年{percent(rate)}" for year, rate in rates)
    verdict = f"{'、'.join(str(year) for year in failed)}年未达到" if failed else "逐年达到"
    gap = f"；{'、'.join(str(year) for year in unknown)}年没有数据" if unknown else ""
    return f"发文后各整年的增速：{listed}，{verdict}{gap}"


def outbid(row: TrendRow, most: TrendRow) -> str:
    """Why the row does not bind."""
    return (
        f"同一文件对同一年另有{reaching(most.comparator)}{figure(most.value)}亿元，"
        f"高于这里的{figure(row.value)}亿元，以{figure(most.value)}亿元为准"
    )
