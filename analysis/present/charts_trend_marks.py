"""The marks of the trend chart: lines with open gaps, registered points, projections, paths, diamonds, breaks.

Each comes as the traces that draw it, in the order they lie over each other; none where there is nothing to draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.model import TargetStatus
from analysis.present import theme
from analysis.present.trend_text import break_hover, point_hover, projection_hover, registered_hover, row_hover
from analysis.trend import Break, RegionLine, TrendRow, TrendView

Trace = dict[str, Any]
UNFADED = {"marker": {"opacity": 1}}  # a click on a diamond takes nothing from the rest
SYMBOLS = {
    TargetStatus.REACHED: "diamond",
    TargetStatus.MISSED: "diamond",
    TargetStatus.NOT_DUE: "diamond-open",
    TargetStatus.NO_DATA: "diamond-open-dot",
}


def figures(line: RegionLine, view: TrendView, dark: bool, start: int) -> Iterator[Trace]:
    """One line, open where years are missing, with the registered figures apart."""
    colour = theme.region_colour(line.region_code, dark)
    seen = [one for one in line.observations if one.year >= start]
    x: list[int] = []
    y: list[float | None] = []
    texts: list[str] = []
    for last, one in zip([None, *seen[:-1]], seen, strict=True):
        if last is not None and one.year != last.year + 1:
            # A year without a figure: the line stops and starts again.
            x, y, texts = [*x, last.year + 1], [*y, None], [*texts, ""]
        x, y, texts = [*x, one.year], [*y, float(one.value)], [*texts, point_hover(line, one, view)]
    yield {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines+markers",
        "cliponaxis": False,
        "name": line.region,
        "connectgaps": False,
        "hovertext": texts,
        "hoverinfo": "text",
        "line": {"color": colour, "width": 2.2},
        "marker": {"color": colour, "size": 5.5},
        "unselected": UNFADED,
    }
    apart = [one for one in line.registered if one.year >= start]
    if apart:
        yield {
            "type": "scatter",
            "x": [one.year for one in apart],
            "y": [float(one.value) for one in apart],
            "mode": "markers",
            "name": f"{line.region} 登记",
            "hovertext": [registered_hover(line, one, view) for one in apart],
            "hoverinfo": "text",
            "marker": {"color": colour, "size": 11, "symbol": "square-open", "line": {"width": 1.3}},
            "unselected": UNFADED,
        }


def projection(line: RegionLine, view: TrendView, dark: bool) -> Iterator[Trace]:
    """The extrapolation and its interval."""
    ahead = line.projection
    if ahead is None or not ahead.years:
        return
    colour = theme.region_colour(line.region_code, dark)
    last = line.observations[-1]
    x = [last.year, *ahead.years]
    end = float(last.value)
    yield {
        "type": "scatter",
        "x": [*x, *reversed(x)],
        "y": [end, *ahead.high, *reversed(ahead.low), end],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": _faded(colour, 0.12),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "name": f"{line.region} 外推区间",
    }
    yield {
        "type": "scatter",
        "x": x,
        "y": [end, *ahead.middle],
        "mode": "lines",
        "line": {"color": colour, "width": 1.4, "dash": "6px,4px"},
        "hovertext": ["", *projection_hover(line, view)],
        "hoverinfo": "text",
        "name": f"{line.region} 外推",
    }


def path(row: TrendRow, dark: bool) -> Iterator[Trace]:
    """The dotted path a target implies."""
    points = implied_path(row)
    if points:
        yield {
            "type": "scatter",
            "x": [year for year, _ in points],
            "y": [value for _, value in points],
            "mode": "lines",
            "hoverinfo": "skip",
            "name": "隐含路径",
            "line": {"color": theme.region_colour(row.region_code, dark), "width": 1.4, "dash": "2px,3px"},
        }


def implied_path(row: TrendRow) -> list[tuple[int, float]]:
    """The constant growth from the baseline to the target, year by year."""
    start, base, year = row.baseline_year, row.baseline_value, row.target_year
    if start is None or base is None or year is None or year <= start or base <= 0 or row.value <= 0:
        return []
    ratio = (float(row.value) / float(base)) ** (1 / (year - start))
    return [(start + step, float(base) * ratio**step) for step in range(year - start + 1)]


def diamond(index: int, row: TrendRow, view: TrendView, dark: bool) -> Trace:
    """One diamond; ``index`` is its customdata."""
    colour = theme.region_colour(row.region_code, dark)
    return {
        "type": "scatter",
        "x": [row.target_year],
        "y": [float(row.value)],
        "mode": "markers",
        "cliponaxis": False,
        "customdata": [[index]],
        "name": "目标",
        "hovertext": [row_hover(row, view)],
        "hoverinfo": "text",
        "marker": {
            "symbol": SYMBOLS[row.status],
            "size": 14,
            "color": colour,
            "opacity": 1,
            "line": {"width": 2, "color": colour},
        },
        "unselected": UNFADED,
    }


def shown_breaks(line: RegionLine, start: int) -> list[tuple[RegionLine, Break]]:
    """The breaks of a line in years that are drawn."""
    known = {seen.year for seen in line.observations}
    return [(line, one) for one in line.breaks if one.year >= start and one.year in known]


def breaks(marks: Sequence[tuple[RegionLine, Break]], view: TrendView, dark: bool) -> Iterator[Trace]:
    """A red circle round each break."""
    if marks:
        yield {
            "type": "scatter",
            "x": [one.year for _, one in marks],
            "y": [figure_of(line, one.year) for line, one in marks],
            "mode": "markers",
            "cliponaxis": False,
            "hovertext": [break_hover(line, one, view) for line, one in marks],
            "hoverinfo": "text",
            "name": "断点",
            "marker": {"symbol": "circle-open", "size": 16, "color": theme.wrong(dark), "line": {"width": 1.8}},
            "unselected": UNFADED,
        }


def figure_of(line: RegionLine, year: int) -> float:
    """The figure of a year that the line has."""
    return next(float(seen.value) for seen in line.observations if seen.year == year)


def _faded(colour: str, alpha: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
