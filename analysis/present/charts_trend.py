"""The chart of contract value against targets: lines, diamonds, implied paths, dates of texts, breaks, projections.

The width in pixels is an argument: labels are placed by their real size (:mod:`label_placement`), so that none lies
on another or on a line. What does not fit is returned with the figure and said under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from analysis.present import theme
from analysis.present.label_placement import (
    Box,
    Label,
    Line,
    Placed,
    place,
    rows_above,
    text_width,
)
from analysis.present.numbers import figure, round_numbers, spaced
from analysis.present.theme import Figure, bold
from analysis.present.theme import lines as lines_of_text
from analysis.present.trend_marks import (
    SYMBOLS,
    Mark,
    break_label,
    breaks,
    diamond,
    figures,
    implied_path,
    path,
    projection,
    row_label,
    shown_breaks,
)
from analysis.trend import Basis, Measure, RegionLine, TrendRow, TrendView

NARROW = 640  # px; below it less is drawn at the sides
ROW_COST = 260.0  # px of way and crossings a target is worth; beyond that it is said under the chart
BREAK_COST = 130.0  # px of way and crossings a break is worth; its circle and the note stay
NARROW_FROM = 2010  # first year drawn there


@dataclass(frozen=True, slots=True)
class TrendChart:
    """The figure, the rows its diamonds stand for (``customdata`` of a diamond is the index), and what was left out.

    ``unlabelled``, ``unnamed``: targets and lines for whose label there was no room; ``hidden_years``: years before
    the first one drawn.
    """

    figure: Figure
    rows: tuple[TrendRow, ...]
    unlabelled: tuple[TrendRow, ...] = ()
    unnamed: tuple[RegionLine, ...] = ()
    hidden_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Space:
    """The plot area in pixels and the ranges it shows; ``y`` in log10 on a logarithmic scale."""

    width: float
    height: float
    first: float
    last: float
    low: float
    high: float
    log: bool

    def up(self, value: float) -> float:
        """A value as the axis counts it."""
        return log10(value) if self.log else value

    def across(self, year: float) -> float:
        """Pixels from the left edge of the plot area."""
        return (year - self.first) / (self.last - self.first) * self.width

    def pixel(self, year: float, value: float) -> tuple[float, float]:
        """Pixels from the top left corner of the plot area."""
        y = (self.high - self.up(value)) / (self.high - self.low) * self.height
        return self.across(year), y


def trend_chart(view: TrendView, *, width: int, log: bool, dark: bool = False) -> TrendChart:
    """Draw the view for a chart ``width`` pixels wide. A logarithmic scale needs positive values throughout."""
    narrow = width < NARROW
    # The targets that are points of the chart: a level in a year, and the one that binds.
    rows = tuple(row for row in view.rows if row.binding and row.status in SYMBOLS and row.unit == "亿元")
    rows = rows if view.judged else ()
    seen = [one for line in view.lines for one in line.observations]
    start = min((one.year for one in seen if not narrow or one.year >= NARROW_FROM), default=NARROW_FROM)
    lines = tuple(_from(start, line) for line in view.lines if line.observations)
    issues = [(issue, issue.year) for issue in view.issues if issue.year is not None and issue.year >= start]
    largest = max((*(one.value for one in seen), *(row.value for row in rows)), default=Decimal(0))
    left, right = round(text_width(figure(largest, 0), 13)) + (14 if narrow else 24), 4 if narrow else 8
    inner = width - left - right
    space = _space(lines, rows, start, inner, narrow, log)
    heads = rows_above(
        [(issue.document, space.across(year), text_width(spaced(issue.name), 11)) for issue, year in issues],
        -left,
        inner + right,
    )
    top = 14 + 17 * (1 + max((row for _, row in heads.values()), default=-1))
    marks = [one for line in lines for one in shown_breaks(line)]
    placed = place(
        list(_labels(view, lines, rows, marks, space, narrow)),
        bounds=Box(0, 0, space.width + right, space.height),
        lines=_line_obstacles(lines, rows, space),
        faint=tuple(((space.across(year), 0.0), (space.across(year), space.height)) for _, year in issues),
        boxes=_point_obstacles(lines, rows, marks, space),
    )
    annotations, shapes = [_annotation(one, space, dark) for one in placed], []
    for issue, year in issues:
        colour = theme.region_colour(issue.region_code, dark)
        shapes.append(theme.upright(year, {"color": colour, "width": 1, "dash": "8px,6px"}, opacity=0.45))
        middle, level = heads[issue.document]
        annotations.append(
            {"x": year, "y": 1, "yref": "paper", "text": spaced(issue.name), "xanchor": "center",
             "yanchor": "bottom", "xshift": middle - space.across(year), "yshift": 2 + 17 * level,
             "font": {"size": 11, "color": colour}}
        )  # fmt: skip
    traces = [
        *(trace for line in lines for trace in projection(line, view, dark)),
        *(trace for row in rows for trace in path(row, dark)),
        *(trace for line in lines for trace in figures(line, view, dark)),
        *breaks(marks, dark),
        *(diamond(index, row, view, dark) for index, row in enumerate(rows)),
    ]
    layout = {
        "xaxis": _years(space, narrow),
        "yaxis": _values(space, theme.shades(dark).second),
        "annotations": annotations,
        "shapes": shapes,
        "height": 480 + top if narrow else 520 + top,
        "margin": {"l": left, "r": right, "t": top, "b": 32, "autoexpand": False},
        "dragmode": False,
    }
    done = {one.label.key for one in placed}
    return TrendChart(
        {"data": traces, "layout": layout},
        rows,
        unlabelled=tuple(row for index, row in enumerate(rows) if f"row:{index}" not in done),
        unnamed=tuple(line for line in lines if f"line:{line.region_code}" not in done),
        hidden_years=tuple(sorted({one.year for one in seen if one.year < start})),
    )


def _from(start: int, line: RegionLine) -> RegionLine:
    """What is drawn of a line: its figures from the year ``start`` on, or the last one of a line that ended before."""
    return replace(
        line,
        observations=tuple(one for one in line.observations if one.year >= start) or line.observations[-1:],
        registered=tuple(one for one in line.registered if one.year >= start),
    )


def _space(
    lines: Sequence[RegionLine], rows: Sequence[TrendRow], start: int, width: float, narrow: bool, log: bool
) -> _Space:
    values = [float(one.value) for line in lines for one in (*line.observations, *line.registered)]
    values += [float(row.value) for row in rows]
    last_year = max((one.year for line in lines for one in line.observations), default=start + 1)
    ends = [last_year, *(row.target_year for row in rows if row.target_year)]
    for line in lines:
        if line.projection and line.projection.years:
            values += [line.projection.low[-1], line.projection.high[-1]]
            ends.append(line.projection.years[-1])
    # Room for the name and figure at the right end of a line, in years.
    room = (78 if narrow else 110) / width * (last_year + 4 - start)
    last = max(max(ends) + 0.6, last_year + room)
    if not values:
        return _Space(width, 446, start - 0.5, last, 0, 1, False)
    height = 448.0 if narrow else 488.0
    if log and min(values) > 0:
        return _Space(width, height, start - 0.6, last, log10(min(values) * 0.72), log10(max(values) * 1.45), True)
    span = max(max(values), 0) - min(min(values), 0) or 1
    low = min(values) - 0.06 * span if min(values) < 0 else -0.025 * span
    return _Space(width, height, start - 0.6, last, low, max(max(values), 0) + 0.09 * span, False)


def _labels(
    view: TrendView,
    lines: Sequence[RegionLine],
    rows: Sequence[TrendRow],
    marks: Sequence[Mark],
    space: _Space,
    narrow: bool,
) -> Iterator[Label]:
    """Most important first: names of the lines, targets, breaks (the latest of a region first)."""
    small = 11 if narrow else 12
    for line in lines:
        last = line.observations[-1]
        latest = figure(last.value, 1 if view.measure is Measure.PER_CONTRACT else 0)
        texts = ((f"{line.region} {latest}",), (line.region,))
        at = space.pixel(last.year, float(last.value))
        yield Label(f"line:{line.region_code}", at, texts, small + 2, (1.0, 0.0))
    for index, row in enumerate(rows):
        at = space.pixel(row.target_year or 0, float(row.value))
        yield Label(f"row:{index}", at, row_label(row), small, most=ROW_COST)
    if view.measure is Measure.VALUE and view.basis is not Basis.NET:
        for line, one, value in sorted(marks, key=lambda mark: -mark[1].year):
            at = space.pixel(one.year, value)
            yield Label(f"break:{line.region_code}:{one.year}", at, break_label(one), small, most=BREAK_COST)


def _line_obstacles(lines: Sequence[RegionLine], rows: Sequence[TrendRow], space: _Space) -> tuple[Line, ...]:
    paths: list[list[tuple[int, float]]] = []
    for line in lines:
        seen = [(one.year, float(one.value)) for one in line.observations]
        paths += [[one, two] for one, two in pairwise(seen) if two[0] == one[0] + 1]
        if line.projection and line.projection.years:
            paths.append([seen[-1], *zip(line.projection.years, line.projection.middle, strict=True)])
    paths += [[at for at in implied_path(row) if at[0] >= space.first] for row in rows]
    return tuple(part for path in paths for part in pairwise(space.pixel(*at) for at in path))


def _point_obstacles(
    lines: Sequence[RegionLine], rows: Sequence[TrendRow], marks: Sequence[Mark], space: _Space
) -> tuple[Box, ...]:
    points = [(one.year, float(one.value), 6) for line in lines for one in line.registered]
    points += [(one.year, float(one.value), 3) for line in lines for one in line.observations]
    points += [(row.target_year or 0, float(row.value), 8) for row in rows]
    points += [(one.year, value, 8) for _, one, value in marks]
    return tuple(Box.around(space.pixel(year, value), radius) for year, value, radius in points)


def _annotation(placed: Placed, space: _Space, dark: bool) -> dict[str, object]:
    kind, _, rest = placed.label.key.partition(":")
    x, y = placed.label.anchor
    has = theme.shades(dark)
    colour = {"row": has.ink, "break": has.wrong}.get(kind) or theme.region_colour(rest, dark)
    if kind == "line":
        name, _, number = placed.text[0].partition(" ")
        text = bold(name) + f" {number}"
    else:
        head, *tail = placed.text
        text = lines_of_text(head, *(bold(line) if kind == "row" else line for line in tail))
    return theme.label(
        placed,
        text,
        (
            space.first + x / space.width * (space.last - space.first),
            space.high - y / space.height * (space.high - space.low),
        ),
        colour,
        has.wrong if kind == "break" else has.second,
        borderpad=0,
        arrowwidth=0.8,
        standoff=7,
        bgcolor=has.ground,
    )


def _years(space: _Space, narrow: bool) -> dict[str, Any]:
    step = 4 if narrow else 2
    years = [year for year in range(ceil(space.first), floor(space.last) + 1) if year % step == 0]
    return {
        "range": [space.first, space.last], "tickvals": years, "ticktext": [str(year) for year in years],
        "automargin": False, **theme.BASELINE,
    }  # fmt: skip


def _values(space: _Space, second: str) -> dict[str, Any]:
    either = {"range": [space.low, space.high], "automargin": False}
    if not space.log:
        zero = {"zeroline": space.low < 0, "zerolinecolor": second, "zerolinewidth": 1}
        return {"type": "linear", "tickformat": ",", "nticks": 8, **zero, **either}
    factors = (1, 2, 5) if space.high - space.low < 4.6 else (1,)
    ticks = round_numbers(Decimal(10**space.low), Decimal(10**space.high), factors)
    return {"type": "log", "tickvals": list(map(float, ticks)), "ticktext": list(map(figure, ticks)), **either}


def positive(view: TrendView) -> bool:
    """Whether a logarithmic scale can show every figure."""
    return all(seen.value > 0 for line in view.lines for seen in line.observations)


def picked(chart: TrendChart, selection: Any) -> tuple[TrendRow, ...]:
    """The rows whose diamonds were clicked, from the selection state of the chart (a mapping, or None)."""
    points = selection["selection"]["points"] if selection else ()
    found = [(point.get("customdata") or [None])[0] for point in points]
    return tuple(chart.rows[index] for index in found if isinstance(index, int) and 0 <= index < len(chart.rows))
