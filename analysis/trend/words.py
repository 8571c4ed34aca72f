"""What the note of a trend row says, in Chinese: where it starts, what happened, what is still needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from analysis.chinese_words import COMPARATORS, reaching
from analysis.model import Target, TargetKind, TargetStatus
from analysis.trend.contract_lines import Break
from analysis.trend.row import TrendRow


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


def origin(year: int | None, inferred: str, *, named: bool) -> str:
    """Which year the row starts from, if that is not plain; ``inferred``: why the year of issue is only inferred."""
    if named:
        return ""
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


def course(row: TrendRow, values: Mapping[int, Decimal], met_by: Callable[[Decimal], bool]) -> str:
    """When it was first reached and whether that lasted."""
    first = row.first_reached_year
    if first is None:
        return ""
    already = "发文前已达到" if first == row.baseline_year else "首次达到"
    text = f"{first}年{already}（{figure(values[first])}亿元）"
    until = row.target_year if row.target_year is not None else max(values)  # what comes later decides nothing
    lost = [year for year, value in values.items() if first < year <= until and not met_by(value)]
    if not lost:
        return text
    latest = max(year for year in values if year <= until)
    tail = "" if latest in lost else f"，{latest}年又回到{figure(values[latest])}亿元"
    return f"{text}，{lost[0]}年回落到{figure(values[lost[0]])}亿元{tail}"


def outlook(row: TrendRow, as_of: date, before: tuple[int, int, Decimal] | None, crossing: str) -> str:
    """What is missing or still needed; ``before``: first year, last year, growth; ``crossing``: a break inside."""
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
    if before is None:
        return text
    start, end, rate = before
    return f"{text}；此前五年（{start}—{end}年）实际每年{percent(rate)}{crossing}"


def crossed(breaks: Sequence[Break], start: int, end: int) -> str:
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
