"""What became of each number of a text and why."""

from __future__ import annotations

from analysis.extract.explaining import Explained
from analysis.extract.explaining import explain as every_number
from analysis.model import InputFault, Reading


def explain(reading: Reading, at: int | None = None) -> tuple[Explained, ...]:
    """Every number of a reading with the decision on it, or the one at offset ``at`` of the file as received.

    Raises ``InputFault`` when no number stands there.
    """
    every = every_number(reading)
    if at is None:
        return every
    spans = [reading.document.raw_span(one.quantity.start, one.quantity.end) for one in every]
    found = tuple(one for one, (start, end) in zip(every, spans, strict=True) if start <= at < end)
    if found:
        return found
    remedy = "请去掉 --at 列出全部数字"
    if every:
        nearest, (start, _) = min(zip(every, spans, strict=True), key=lambda pair: abs(pair[1][0] - at))
        remedy = f"最近的数字是第 {start} 个字符处的“{nearest.quantity.quote}”"
    raise InputFault(reading.document.edition.file, f"第 {at} 个字符", "这里没有数字", remedy)
