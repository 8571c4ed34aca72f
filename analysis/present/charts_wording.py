"""The chart of terms that set a group of texts apart: a dot for the ratio, a line for its 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import Any

from analysis.present import theme
from analysis.present.chart_text import bold, lines, template
from analysis.present.numbers import THIN_SPACE, figure
from analysis.present.theme import Figure
from analysis.similar import KeyTerm

LINE = 24  # pixels for one term
MARGIN_TOP, MARGIN_BOTTOM = 48, 48
# Ratios that the axis names on both sides of 1, of which the coarsest pair serves that leaves three ticks in sight.
_LADDERS = ((8, 64), (4, 16), (2, 4), (1.5, 2), (1.2, 1.5), (1.1, 1.2))
_EMPTY = log(4)  # the axis of a chart without terms, on both sides


def both_ends(terms: Sequence[KeyTerm], top: int) -> tuple[KeyTerm, ...]:
    """The ``top`` most typical and the ``top`` most avoided terms, most typical first, none on the wrong side."""
    more = [term for term in terms if term.log_odds > 0][:top]
    less = [term for term in terms if term.log_odds < 0][-top:]
    return (*more, *less)


def keyness_chart(shown: Sequence[KeyTerm], focus: str, rest: str, *, colour: str, dark: bool = False) -> Figure:
    """Terms from top to bottom, most typical of ``focus`` first; customdata: the term.

    A filled dot has an interval that leaves out 1 (no difference); a hollow one may be chance.
    """
    other = theme.second_ink(dark)
    more, less = ([term for term in shown if (term.log_odds > 0) == side] for side in (True, False))
    low, high = _extent(shown)
    ticks = axis_ticks(low, high)
    layout = {
        "height": len(shown) * LINE + MARGIN_TOP + MARGIN_BOTTOM,
        "margin": {"l": 0, "r": 12, "t": MARGIN_TOP, "b": MARGIN_BOTTOM},
        "dragmode": False,
        "xaxis": {
            "tickvals": [log(value) for value in ticks],
            "ticktext": [_times(value) for value in ticks],
            "title": {"text": "用词之比（横线为 95% 区间）", "standoff": 8},
            "range": [low, high],
            "tickangle": 0,
            "tickfont": {"size": 12},
            "zeroline": True,
            "zerolinewidth": 1.5,
            "zerolinecolor": other,
            "fixedrange": True,
        },
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": [term.term for term in reversed(shown)],
            "range": [-0.6, len(shown) - 0.4],
            "automargin": True,
            "ticksuffix": "  ",
            "tickfont": {"color": theme.ink(dark)},
            "showgrid": False,
            "fixedrange": True,
        },
        # One above the other, so that they never meet on a narrow screen.
        "annotations": [
            _side(f"{focus}说得更多 →", 1, "right", 20, colour),
            _side("← 其余说得更多", 0, "left", 2, other),
        ],
    }
    dots = [_dots(terms, focus, rest, tint, dark) for terms, tint in ((more, colour), (less, other))]
    return {"data": dots, "layout": layout}


def _dots(terms: Sequence[KeyTerm], focus: str, rest: str, tint: str, dark: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [term.log_odds for term in terms],
        "y": [term.term for term in terms],
        "mode": "markers",
        "marker": {
            "size": 10,
            "color": [tint if term.clear else theme.ground(dark) for term in terms],
            "line": {"color": tint, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [term.high - term.log_odds for term in terms],
            "arrayminus": [term.log_odds - term.low for term in terms],
            "color": tint,
            "thickness": 1.5,
            "width": 0,
        },
        "customdata": [[term.term, hover(term, focus, rest)] for term in terms],
        "hovertemplate": template("%{customdata[1]}"),
    }


def _side(text: str, x: int, edge: str, shift: int, tint: str) -> dict[str, Any]:
    """What an end of the axis means, above it."""
    return {
        "x": x, "xref": "paper", "xanchor": edge, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": shift,
        "text": bold(text), "showarrow": False, "font": {"color": tint, "size": 13},
    }  # fmt: skip


def _extent(shown: Sequence[KeyTerm]) -> tuple[float, float]:
    """Ends of the axis: every interval and "no difference" with a little room; one tick each side when empty."""
    low = min((term.low for term in shown), default=-_EMPTY)
    high = max((term.high for term in shown), default=_EMPTY)
    room = 0.04 * (max(high, 0) - min(low, 0))
    return min(low, 0) - room, max(high, 0) + room


def axis_ticks(low: float, high: float) -> tuple[float, ...]:
    """The ratios that an axis from ``low`` to ``high`` (natural logarithms) names, ascending, 1 among them."""
    for near, far in _LADDERS:
        ticks = tuple(value for value in (1 / far, 1 / near, 1, near, far) if low <= log(value) <= high)
        if len(ticks) >= 3:
            break
    return ticks


def _times(value: float) -> str:
    """A ratio on the axis: 1/4, 相同, 4 倍; 0.83 倍 where no whole number will do."""
    if value == 1:
        return "相同"
    if value < 1 and round(1 / value, 6).is_integer():
        return f"1/{figure(round(1 / value))}"
    return f"{ratio(log(value))}{THIN_SPACE}倍"


def hover(term: KeyTerm, focus: str, rest: str) -> str:
    """What a dot says: counts and rates on both sides, the ratio with its interval."""
    return lines(
        bold(term.term),
        f"{focus} {term.count} 次，每万字 {figure(term.rate, 1)}",
        f"{rest} {term.count_rest} 次，每万字 {figure(term.rate_rest, 1)}",
        f"用词之比 {ratio(term.log_odds)}（{ratio(term.low)} 至 {ratio(term.high)}）",
        "" if term.clear else "区间含“相同”，可能是偶然",
    )


def ratio(log_odds: float) -> str:
    """A natural logarithm as a ratio: 0.69 -> 2.0, -0.69 -> 0.5; two significant figures below 10."""
    value = exp(log_odds)
    return figure(value, 0 if value >= 10 else 1 if value >= 1 else 2)
