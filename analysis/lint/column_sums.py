"""Totals in tables: rows and columns called 合计, and columns of yearly growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.lint.findings import Found, Severity
from analysis.lint.grids import Box, Grid, number_in
from analysis.lint.passages import rounded

_TOTAL = re.compile(r"(?:合|总|共)计(?:数|金额)?(?:[（(][^）)]{0,8}[）)])?|总和|总数|总额|合计[:：]")
_PARTIAL = re.compile(r"小计(?:[（(][^）)]{0,8}[）)])?")
_AMONG = re.compile("其中|#")
_NO_SUM = re.compile(r"序号|编号|年份|年度|率|比例|平均|均|增速|增幅|增长|排名|位次|单价|电话|标准|时间|日期|文号|代码")
_SHARE = re.compile("占比|比重|比例|权重|份额|构成")
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_GROWTH = re.compile(r"年均(?:复合)?(?:增长|增速|增幅)率?")
_EXACT = 6  # so few parts of a plan are usually given exactly
_EMPTY = ("", "—", "-", "－", "——", "/", "--", "…")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column as numbers are added along it: what it is called, and its boxes by their places."""

    name: str
    label: Box
    boxes: dict[int, Box]


def table_sums(grid: Grid) -> Iterator[Found]:
    """Totals of a table that are not the sum of their parts, down its columns and along its rows."""
    rows = [_row(each, len(grid.header)) for each in grid.rows]
    yield from _down(rows, [box.text for box in grid.header])
    yield from _along(grid, rows)
    yield from _among(rows, [box.text for box in grid.header])
    yield from _growth(grid)


def _row(boxes: Sequence[Box], width: int) -> _Line:
    """A row whose first cells may be merged: its last box stands in the last column."""
    label = next((box for box in boxes if box.text), boxes[0])
    shift = width - len(boxes) if len(boxes) > 1 and _TOTAL.fullmatch(label.text) else 0
    return _Line(label.text, label, {at + shift: box for at, box in enumerate(boxes)})


def _down(rows: list[_Line], headers: list[str]) -> Iterator[Found]:
    columns = [at for at, header in enumerate(headers) if not _NO_SUM.search(header) or _SHARE.search(header)]
    shares = {at for at in columns if _SHARE.search(headers[at])}
    last = last_partial = 0
    for at, row in enumerate(rows):
        total, partial = _called(row, _TOTAL), _called(row, _PARTIAL)
        if not at or not (total or partial):
            continue
        parts = rows[max(last, last_partial) + 1 : at] if partial else rows[last + 1 : at] if at > 1 else rows[2:]
        for column in columns:
            yield from _checked(row, column, parts, share=column in shares)
        last, last_partial = (at, last_partial) if total else (last, at)


def _called(row: _Line, name: re.Pattern[str]) -> bool:
    return any(name.fullmatch(box.text) for box in list(row.boxes.values())[:3])


def _checked(total: _Line, column: int, parts: Sequence[_Line], *, share: bool) -> Iterator[Found]:
    """One total against its parts. Where subtotals are among them, these and what is behind the last may come out."""
    box = total.boxes.get(column)
    stated = number_in(box) if box else None
    if box is None or stated is None:
        return
    numbers: list[tuple[Decimal, Box]] = []
    partial, behind = Decimal(0), Decimal(0)  # subtotals, and what stands behind the last of them
    for part in parts:
        cell = part.boxes.get(column)
        if cell is None or cell.text in _EMPTY or _AMONG.search(part.name):
            continue
        number = number_in(cell)
        if number is None or number.unit != stated.unit:
            return
        if _called(part, _PARTIAL):
            partial, behind = partial + number.value, Decimal(0)
        else:
            numbers.append((number.value, cell))
            behind += number.value
    summed = sum((value for value, _ in numbers), Decimal(0))
    allowed = _allowed([value for value, _ in numbers]) if share or "." in box.text else Decimal(0)
    if len(numbers) < 2 or stated.value in (summed, partial + behind):
        return
    rounding = abs(summed - stated.value) <= allowed
    if rounding and (share or len(numbers) > _EXACT):
        return  # shares, and long columns, are rounded one by one
    added = "+".join(rounded(value) for value, _ in numbers[:8]) + ("+…" if len(numbers) > 8 else "")
    message = f"{added}={rounded(summed)}，表中{total.name}是{box.text}"
    places = ((total.label.start, total.label.end), *((cell.start, cell.end) for _, cell in numbers))
    grave = Severity.INFO if rounding else None  # it may be due to rounding of the parts
    yield Found(box.start, box.end, message, "核对各行与合计，改正其中一个", places, severity=grave)


def _allowed(values: Sequence[Decimal]) -> Decimal:
    """What rounding of each part may add up to."""
    places = max((-min(int(value.as_tuple().exponent), 0) for value in values), default=0)
    return (Decimal(len(values)) * Decimal("0.5")).scaleb(-places) if places else Decimal(0)


def _along(grid: Grid, rows: list[_Line]) -> Iterator[Found]:
    """A column called 合计 against the other columns of numbers, each named by a year or nothing else."""
    at = next((place for place, box in enumerate(grid.header) if _TOTAL.fullmatch(box.text)), None)
    if at is None:
        return
    columns = [place for place, box in enumerate(grid.header) if place != at and not _NO_SUM.search(box.text)]
    for row in rows[1:]:
        total = row.boxes.get(at)
        if total is None or _AMONG.search(row.name):
            continue
        parts = [_Line("", row.boxes[place], {0: row.boxes[place]}) for place in columns if place in row.boxes]
        parts = [part for part in parts if number_in(part.label) is not None]
        named = _Line("合计", total, {0: total})
        yield from _checked(named, 0, parts, share=False)


def _among(rows: list[_Line], headers: list[str]) -> Iterator[Found]:
    """Rows called 其中 that are more than the row they are among."""
    whole: _Line | None = None
    for row in rows[1:]:
        if not _AMONG.match(row.name):
            whole = row
            continue
        for at, box in row.boxes.items():
            above = whole.boxes.get(at) if whole is not None else None
            part, all_ = number_in(box), number_in(above) if above is not None else None
            if (
                above is None
                or part is None
                or all_ is None
                or _NO_SUM.search(headers[at] if at < len(headers) else "")
            ):
                continue
            if part.unit == all_.unit and part.value > all_.value:
                message = f"{row.name}{box.text}，多于它所属的{whole.name if whole else ''}{above.text}"
                yield Found(box.start, box.end, message, "核对其中项与总数", ((above.start, above.end),))


def _growth(grid: Grid) -> Iterator[Found]:
    """A column of yearly growth against the first and the last year of its row."""
    years = [(at, int(year[1])) for at, box in enumerate(grid.header) if (year := _YEAR.match(box.text))]
    rates = [at for at, box in enumerate(grid.header) if _GROWTH.match(box.text)]
    if len(years) < 2 or not rates:
        return
    (one, first), (two, last) = years[0], years[-1]
    for row in grid.rows[1:]:
        if max(one, two, rates[0]) >= len(row) or last <= first:
            continue
        begin, end, rate = (number_in(row[at]) for at in (one, two, rates[0]))
        if begin is None or end is None or rate is None or begin.value <= 0 or end.value <= 0:
            continue
        actual = ((end.value / begin.value) ** (Decimal(1) / (last - first)) - 1) * 100
        if abs(actual - rate.value) > max(_allowed([rate.value]), Decimal("0.6"), rate.value * Decimal("0.03")):
            box = row[rates[0]]
            message = f"{first}年{row[one].text}到{last}年{row[two].text}，年均增长{rounded(actual)}%，表中是{box.text}"
            places = ((row[one].start, row[one].end), (row[two].start, row[two].end))
            yield Found(box.start, box.end, message, "核对各年数值与年均增长率", places)
