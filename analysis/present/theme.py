"""The style of the product: colours, type, Plotly layout, and the little markup of texts of charts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from analysis.present.label_placement import Placed, needs_leader


@dataclass(frozen=True, slots=True)
class Shades:
    """The colours that stand for no region, as the stylesheet has them too."""

    ink: str
    second: str  # second text: labels of axes, notes
    rule: str  # thin lines
    ground: str
    wrong: str  # only for what is wrong
    link: str


_LIGHT = Shades("#1d1d1b", "#666666", "#dedbd5", "#ffffff", "#b00020", "#1f5f8b")
_DARK = Shades("#e8e6e1", "#a5a29b", "#3a3936", "#181816", "#ff8a80", "#74b3de")


def shades(dark: bool = False) -> Shades:
    """Those of the light or the dark look."""
    return _DARK if dark else _LIGHT


# ``data`` and ``layout`` as Plotly draws them. Plain, for its Python classes check every property of every trace, which
# takes longer than all else that a chart needs; the tests have them check.
Figure = dict[str, Any]

SANS = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'

_REGION_COLOURS = {"110000": ("#8c2d19", "#e08a72"), "510000": ("#1f5f8b", "#74b3de"), "230000": ("#3d7a4a", "#83c08f")}
_OTHER_COLOURS = (
    ("#7a5195", "#c09ad8"),
    ("#a8660a", "#e0ab5e"),
    ("#00797a", "#5fc4c4"),
    ("#a63a6f", "#e68fb8"),
    ("#5a6b1e", "#b3c46c"),
    ("#4b5d7a", "#a3b5d1"),
    ("#7d4e3b", "#cfa18d"),
)
NATION_COLOURS = ("#4d4d4d", "#bdbdbd")


def region_colour(region_code: str | None, dark: bool = False) -> str:
    """Hex colour of a region by its GB/T 2260 code; unknown and nation are grey."""
    shade = 1 if dark else 0
    if region_code is None or region_code == "000000":
        return NATION_COLOURS[shade]
    if region_code in _REGION_COLOURS:
        return _REGION_COLOURS[region_code][shade]
    return _OTHER_COLOURS[int(region_code[:4]) % len(_OTHER_COLOURS)][shade]


def styled(figure: Figure, dark: bool = False) -> Figure:
    """The figure in the product's style: type, ground, thin lines, no legend.

    The style is a template, so whatever a chart builder set itself wins.
    """
    return figure | {"layout": figure["layout"] | {"template": _template(dark)}}


def upright(at: float, line: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A shape: a line over the whole height of a chart at a place on its x axis, behind everything."""
    ends = {"xref": "x", "x0": at, "x1": at, "yref": "y domain", "y0": 0, "y1": 1}
    return {"type": "line", **ends, "line": line, "layer": "below", **more}


#: Of the axis that a chart stands on.
BASELINE = {"showgrid": False, "showline": True, "ticks": "outside"}


def label(placed: Placed, text: str, at: tuple[float, float], colour: str, leader: str, **more: Any) -> dict[str, Any]:
    """An annotation: a label where it was placed, with a thin line to its anchor where it stands far off.

    ``at``: the anchor as the axes count it.
    """
    (x, y), (to_x, to_y) = placed.label.anchor, placed.centre
    return {
        "x": at[0],
        "y": at[1],
        "ax": to_x - x,
        "ay": to_y - y,
        "text": text,
        "align": "left",
        "showarrow": True,
        "arrowhead": 0,
        "arrowcolor": leader if needs_leader(placed) else "rgba(0,0,0,0)",
        "font": {"size": placed.label.size, "color": colour},
        **more,
    }


@cache
def _template(dark: bool) -> Figure:
    has = shades(dark)
    axis = {
        "gridcolor": has.rule,
        "gridwidth": 1,
        "linecolor": has.second,
        "tickcolor": has.second,
        "zerolinecolor": has.rule,
        "tickfont": {"color": has.second, "size": 13},
        "title": {"font": {"color": has.second, "size": 12}},
        "zeroline": False,
        "fixedrange": True,
    }
    layout = {
        "font": {"family": SANS, "size": 13, "color": has.ink},
        "paper_bgcolor": has.ground,
        "plot_bgcolor": has.ground,
        "hoverlabel": {
            "font": {"family": SANS, "size": 13, "color": has.ink},
            "bgcolor": has.ground,
            "bordercolor": has.second,
            "align": "left",
        },
        "separators": ".,",
        "showlegend": False,
        "hovermode": "closest",
        "annotationdefaults": {"showarrow": False},
        "margin": {"l": 60, "r": 20, "t": 20, "b": 44},
        "xaxis": axis,
        "yaxis": axis,
    }
    return {"layout": layout}


_LINE = 26  # characters of a quote in one line


def bold(text: str) -> Markup:
    """Words in bold."""
    return Markup("<b>{}</b>").format(text)


def lines(*parts: str) -> Markup:
    """Parts one under the other; empty ones are left out."""
    return Markup("<br>").join(part for part in parts if part)


def folded(text: str, width: int = _LINE) -> Markup:
    """Text broken every ``width`` characters."""
    return lines(*(text[at : at + width] for at in range(0, len(text), width)))


def template(*parts: str) -> Markup:
    """Lines as a ``hovertemplate``, in which Plotly fills in ``%{…}``, without its box for the name of the trace."""
    return lines(*parts) + Markup("<extra></extra>")


def literal(text: str) -> str:
    """Words of a document for a ``hovertemplate``: nothing in them is filled in."""
    return escape(text).replace("%{", "% {")
