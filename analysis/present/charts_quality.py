"""The reliability curve: what the reading said of a number, against the share that came true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.learn.learning_report import Bin
from analysis.learn.unseen import Unseen
from analysis.present import export, numbers, theme
from analysis.present.numbers import spaced
from analysis.present.quality_unseen import LEFT_OUT_SOURCE
from analysis.present.theme import Figure, bold, template
from analysis.score.count import interval

HEIGHT = 430
ENOUGH = 15  # numbers in a tenth; what fewer show is chance
_THIN = numbers.THIN_SPACE
_UPPER, _LOWER = (0.27, 1.0), (0.0, 0.17)  # the two panels: the curve, and how many numbers it rests on


def reliability_heading(result: Unseen) -> str:
    """The answer to the question whether it can be believed."""
    if result.error is None:
        return "程序说的把握可信吗"
    return (
        spaced(f"程序说的把握可信：与实际平均相差 {100 * result.error:.1f} 个百分点")
        if result.error < 0.05
        else (spaced(f"程序说的把握还不大可信：与实际平均相差 {100 * result.error:.1f} 个百分点"))
    )


def reliability_words(result: Unseen) -> str:
    """What the curve says, in words; plain text."""
    said = []
    if result.taken is not None:
        said.append(
            f"列为目标的 {result.taken.count} 处，程序平均说有 {_percent(result.taken.said)} 的把握，"
            f"实际 {_percent(result.taken.true)} 确是目标。"
        )
    frequent = [one for one in result.bins if one.count >= ENOUGH]
    if frequent:
        worst = max(frequent, key=lambda one: abs(one.said - one.true))
        way = "低了" if worst.said < worst.true else "高了"
        said.append(
            f"差得最多的是说 {_tenth(worst)} 的一档：{worst.count} 处里 {_percent(worst.true)} 确是目标，说{way}。"
        )
    return spaced("".join(said))


def reliability_chart(result: Unseen, *, dark: bool = False) -> Figure:
    """Points with their intervals about the diagonal; under it how many numbers each point rests on."""
    bins = result.bins
    ink, second = theme.ink(dark), theme.second_ink(dark)
    most = max((one.count for one in bins), default=1)
    layout = {
        "height": HEIGHT,
        "margin": {"l": 48, "r": 30, "t": 34, "b": 52},
        "xaxis": {
            "range": [0, 1],
            "tickvals": [place / 5 for place in range(6)],
            "ticktext": [f"{20 * place}%" for place in range(6)],
            "title": {"text": "程序说的把握"},
            "anchor": "y2",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "ticks": "outside",
        },
        "yaxis": {
            "domain": list(_UPPER),
            "range": [-0.03, 1.03],
            "tickvals": [place / 5 for place in range(6)],
            "ticktext": [f"{20 * place}%" for place in range(6)],
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis2": {
            "domain": list(_LOWER),
            "range": [0, 1.5 * most],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": True,
            "fixedrange": True,
        },
        "shapes": [_threshold(result.threshold, second)],
        "annotations": [
            _words("实际是目标的比例", {"x": 0, "xanchor": "left", "xshift": -40}, second),
            _words("每一档有多少处数字", {"x": 0, "xanchor": "left", "xshift": -40}, second, panel=_LOWER),
            {
                **_words("从这里起列为目标 →", {"x": result.threshold, "xanchor": "left", "xshift": 5}, second),
                "y": 0.02,
                "yref": "y",
                "yanchor": "bottom",
            },
            {
                "x": 0.7,
                "y": 0.7,
                "text": "虚线：两者相等",
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 1,
                "arrowcolor": second,
                "ax": 36,
                "ay": 84,
                "font": {"size": 12, "color": second},
            },
        ],
        "hovermode": "closest",
        "bargap": 0.25,
    }
    return {
        "data": [_diagonal(second), _counts(bins, second, dark), _points(bins, ink, second, dark)],
        "layout": layout,
    }


def _threshold(at: float, colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "y domain",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": {"color": colour, "width": 1, "dash": "2px,3px"},
        "layer": "below",
    }


def _words(text: str, place: Mapping[str, Any], colour: str, panel: tuple[float, float] = _UPPER) -> dict[str, Any]:
    """A label above a panel."""
    return {
        "text": text,
        "y": panel[1],
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "font": {"size": 12, "color": colour},
        **place,
    }


def _diagonal(colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [0, 1],
        "y": [0, 1],
        "mode": "lines",
        "line": {"color": colour, "width": 1, "dash": "6px,4px"},
        "hoverinfo": "skip",
        "name": "两者相等",
    }


def _points(bins: Sequence[Bin], colour: str, second: str, dark: bool) -> dict[str, Any]:
    reach = [_reach(one) for one in bins]
    return {
        "type": "scatter",
        "x": [one.said for one in bins],
        "y": [one.true for one in bins],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - one.true for one, (_, high) in zip(bins, reach, strict=True)],
            "arrayminus": [one.true - low for one, (low, _) in zip(bins, reach, strict=True)],
            "color": second,
            "thickness": 1,
            "width": 3,
        },
        "mode": "lines+markers",
        "line": {"color": colour, "width": 1.6},
        "marker": {
            "size": 9,
            "color": [colour if one.count >= ENOUGH else theme.ground(dark) for one in bins],
            "line": {"color": colour, "width": 1.6},
        },
        "customdata": [
            [_tenth(one), one.count, round(one.count * one.true), *(_percent(end) for end in ends)]
            for one, ends in zip(bins, reach, strict=True)
        ],
        "hovertemplate": template(
            bold("说 %{customdata[0]}"),
            "平均说 %{x:.0%}，实际 %{y:.0%}",
            f"%{{customdata[1]}}{_THIN}处里 %{{customdata[2]}}{_THIN}处确是目标",
            "95% 区间 %{customdata[3]}—%{customdata[4]}",
        ),
        "name": "实际是目标的比例",
    }


def _counts(bins: Sequence[Bin], colour: str, dark: bool) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [(one.low + one.high) / 2 for one in bins],
        "y": [one.count for one in bins],
        "width": [0.07] * len(bins),
        "yaxis": "y2",
        "text": [f"{one.count}" for one in bins],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "textfont": {"size": 12, "color": colour},
        "marker": {"color": theme.rule(dark), "line": {"color": colour, "width": 1}},
        "hoverinfo": "skip",
        "name": "处数",
    }


def _reach(one: Bin) -> tuple[float, float]:
    return interval(round(one.count * one.true), one.count) or (one.true, one.true)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _tenth(one: Bin) -> str:
    return f"{_percent(one.low)}—{_percent(one.high)}"


def reliability_alt(result: Unseen) -> str:
    """The curve for those who do not see it."""
    told = "；".join(f"说 {_tenth(one)} 的 {one.count} 处，实际 {_percent(one.true)}" for one in result.bins)
    return f"可靠性曲线：横轴是程序说的把握，纵轴是实际是目标的比例，虚线是两者相等。{told}。"


def reliability_notes() -> tuple[str, ...]:
    """How to read it, for small print."""
    return (
        spaced(
            "把留出的文本里每一处可能是目标的数字按程序说的把握分成十档，看每一档里实际有多少是目标；点在虚线上方，是说低了。"
            f"竖线是 95% 区间（威尔逊法）。空心的点不足 {ENOUGH} 处，只当参考；相差的平均数按处数加权。"
        ),
    )


def reliability_table(result: Unseen) -> export.Table:
    """The points as a file."""
    columns: export.Columns[Bin] = {
        "把握下端": lambda one: one.low,
        "把握上端": lambda one: one.high,
        "数字（处）": lambda one: one.count,
        "确是目标（处）": lambda one: round(one.count * one.true),
        "平均说的把握": lambda one: one.said,
        "实际是目标的比例": lambda one: one.true,
        "区间下端": lambda one: _reach(one)[0],
        "区间上端": lambda one: _reach(one)[1],
    }
    return export.tabulate("可靠性曲线", "程序说的把握与实际是目标的比例", columns, result.bins, LEFT_OUT_SOURCE)
