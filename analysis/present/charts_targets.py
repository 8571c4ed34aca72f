"""The chart of targets: one line for each target, grouped by what is counted, so that only like stands beside like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import escape

from analysis.compare import TargetMatrix
from analysis.compare.target_matrix import TargetRow
from analysis.grammar import grammar
from analysis.grammar.vocabularies import Counted
from analysis.model import Card, Target, TargetKind
from analysis.present import numbers, theme
from analysis.present.label_placement import text_width
from analysis.present.names import document_name
from analysis.present.names import place as place_name
from analysis.present.tables_targets import target_figure
from analysis.present.theme import Figure, bold, folded, literal, template

LINE = 23  # pixels for one target
GAP = 76  # pixels between panels: ticks of the upper one, name of the lower one
MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM = 34, 8, 40
LABEL_SIZE = 13
LABEL_GAP = 14  # pixels between the middle of a dot and its label
NARROW = 640  # pixels; below it the axis names powers of ten only
Part = dict[str, Any]  # of the layout of a figure
ABSOLUTE = (TargetKind.LEVEL, TargetKind.INCREMENT, TargetKind.SHARE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: a target on the axis, or the name of an indicator above its targets."""

    name: str = ""
    target: Target | None = None
    value: Decimal = Decimal(0)


def panels(matrix: TargetMatrix) -> tuple[tuple[Counted, tuple[Line, ...]], ...]:
    """What each panel shows from top to bottom. Growth rates and multiples have no common axis and are left out."""
    grouped: dict[str, list[Line]] = {}
    for row in matrix.rows:
        for kind_id, lines in _lines(row).items():
            grouped.setdefault(kind_id, []).extend([Line(name=row.name), *lines])
    # A single target on an axis of its own compares nothing.
    return tuple(
        (kind, tuple(grouped[kind.id]))
        for kind in grammar().counted
        if sum(line.target is not None for line in grouped.get(kind.id, ())) > 1
    )


def _lines(row: TargetRow) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = {}
    for target in row.targets:
        if target.kind in ABSOLUTE and target.value > 0:
            value, kind = grammar().in_base(target.value, target.unit)
            lines.setdefault(kind.id, []).append(Line(target=target, value=value))
    for found in lines.values():
        found.sort(key=lambda line: line.value, reverse=True)
    return lines


def left_out(matrix: TargetMatrix) -> int:
    """How many targets shown in the table have no place on an axis of sums or counts."""
    return len(matrix.targets) - sum(line.target is not None for _, lines in panels(matrix) for line in lines)


def notes(matrix: TargetMatrix) -> tuple[str, ...]:
    """What the reader of the chart must know: hollow dots, and what has no place on it."""
    said = []
    if any(target.kind is TargetKind.INCREMENT for target in matrix.targets):
        said.append("空心点是新增数，不是总量，不能与实心点直接比大小。")
    missing = left_out(matrix)
    if missing:
        thin = numbers.THIN_SPACE
        said.append(f"增速、倍数和没有同类可比的目标{thin}{missing}{thin}个不上图，只列在上表。")
    return tuple(said)


def targets_chart(matrix: TargetMatrix, *, width: int, dark: bool = False) -> Figure:
    """A dot for each target on the axis of its kind, labelled with text, region and year; customdata: slug, start, end.

    Counts and money stand on logarithmic axes (10 and 2,000 on one axis), shares on a linear one. ``width``: pixels;
    the axis ends where the longest label still has room.
    """
    shown = panels(matrix)
    heights = [len(lines) * LINE for _, lines in shown]
    height = sum(heights) + GAP * max(len(shown) - 1, 0) + MARGIN_TOP + MARGIN_BOTTOM
    inner = max(height - MARGIN_TOP - MARGIN_BOTTOM, 1)
    cards = {card.slug: card for card in matrix.cards}
    traces: list[Part] = []
    annotations: list[Part] = []
    layout: Part = {"annotations": annotations}
    top = inner
    for number, (kind, lines) in enumerate(shown, start=1):
        bottom = top - len(lines) * LINE
        axis = str(number) if number > 1 else ""
        xaxis, yaxis = _axes(kind, lines, cards, width)
        layout[f"xaxis{axis}"] = xaxis | {"anchor": f"y{axis}"}
        layout[f"yaxis{axis}"] = yaxis | {"anchor": f"x{axis}", "domain": [bottom / inner, top / inner]}
        traces += _dots(kind, lines, cards, axis, dark)
        annotations += _names(kind, lines, axis, dark)
        top = bottom - GAP
    margin = {"l": 0, "r": MARGIN_RIGHT, "t": MARGIN_TOP, "b": MARGIN_BOTTOM}
    return {"data": traces, "layout": layout | {"height": height, "margin": margin}}


def _low(kind: Counted, lines: Sequence[Line]) -> Decimal:
    """Where the axis of a panel begins."""
    return Decimal(0) if _linear(kind) else _below(min(line.value for line in lines if line.target is not None))


def _linear(kind: Counted) -> bool:
    return kind.id == "rate"


def _axes(kind: Counted, lines: Sequence[Line], cards: Mapping[str, Card], width: int) -> tuple[Part, Part]:
    linear, low = _linear(kind), _low(kind, lines)
    dots = [(line.value, label_text(line.target, cards)) for line in lines if line.target is not None]
    end = axis_end([(_place(value, linear), label) for value, label in dots], _place(low, linear), width)
    most = max(value for value, _ in dots)
    ticks = [Decimal(tick) for tick in (25, 50, 75, 100)] if linear else _ticks(low, most, width)
    across = {
        "type": "linear" if linear else "log", "range": [_place(low, linear), end],
        "tickvals": [float(tick) for tick in ticks], "ticktext": [numbers.figure(tick) for tick in ticks],
        **theme.BASELINE,
    }  # fmt: skip
    return across, {"range": [len(lines) - 0.4, -0.6], "visible": False}


def _names(kind: Counted, lines: Sequence[Line], axis: str, dark: bool) -> list[Part]:
    """The name of the panel, and of each indicator above its targets."""
    across = {"xref": f"x{axis} domain", "x": 0, "xanchor": "left", "yanchor": "middle"}
    font = {"size": 13, "color": theme.ink(dark)}
    scale = f"{kind.base}{'' if _linear(kind) else '，对数刻度'}"
    panel = {
        "y": 1, "yref": f"y{axis} domain", "yshift": 18, "text": f"{kind.name}（{scale}）",
        "font": {"size": 12, "color": theme.second_ink(dark)},
    }  # fmt: skip
    indicators = (
        {"y": position, "yref": f"y{axis}", "text": bold(line.name), "font": font}
        for position, line in enumerate(lines)
        if line.target is None
    )
    return [across | one for one in (*indicators, panel)]


def _place(value: Decimal, linear: bool) -> float:
    return float(value) if linear else float(value.log10())


def axis_end(dots: Sequence[tuple[float, str]], low: float, width: int) -> float:
    """Where an axis of ``width`` pixels from ``low`` must end so that each label fits to the right of its dot.

    ``dots``: place on the axis (logarithm where it is logarithmic) and label.
    """
    inner = width - MARGIN_RIGHT
    # Never less than a quarter of the width for the dots themselves: a longer label would have to be cut anyway.
    room = [max(inner - text_width(label, LABEL_SIZE) - LABEL_GAP, inner / 4) for _, label in dots]
    return low + inner * max((place - low) / free for (place, _), free in zip(dots, room, strict=True))


def _ticks(low: Decimal, high: Decimal, width: int) -> list[Decimal]:
    """1, 2, 5 on each power of ten up to beyond the largest dot; only the powers themselves on a narrow screen."""
    factors = (1, 2, 5) if width >= NARROW else (1,)
    powers = range(low.adjusted(), high.adjusted() + 2)
    ticks = [Decimal(factor).scaleb(power) for power in powers for factor in factors]
    return [tick for tick in ticks if low < tick <= high * Decimal("1.3")]


def label_text(target: Target, cards: Mapping[str, Card]) -> str:
    """``四川 2027  ≥8,000 人``."""
    due = "未写年份" if target.target_year is None else str(target.target_year)
    return f"{place_name(cards[target.document])} {due}  {target_figure(target)}"


def _dots(kind: Counted, lines: Sequence[Line], cards: Mapping[str, Card], axis: str, dark: bool) -> tuple[Part, Part]:
    """The stems of a panel, and its dots with their labels; a point of the second is a target."""
    low = float(_low(kind, lines))
    shown = [(position, line.value, line.target) for position, line in enumerate(lines) if line.target is not None]
    colours = [theme.region_colour(cards[target.document].region_code, dark) for *_, target in shown]
    # Increments are hollow: they add to a stock that the text does not give and do not stand for a total.
    hollow = [target.kind is TargetKind.INCREMENT for *_, target in shown]
    axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    stems = {
        "x": [x for _, value, _ in shown for x in (low, float(value), None)],
        "y": [y for position, *_ in shown for y in (position, position, None)],
        "mode": "lines", "hoverinfo": "skip", "line": {"color": theme.rule(dark), "width": 1},
    }  # fmt: skip
    dots = {
        "x": [float(value) for _, value, _ in shown], "y": [position for position, *_ in shown], "mode": "markers+text",
        "text": [escape(f" {label_text(target, cards)}") for *_, target in shown],
        "textposition": "middle right", "textfont": {"size": LABEL_SIZE, "color": colours}, "cliponaxis": False,
        "marker": {
            "size": 9,
            "color": [theme.ground(dark) if open_ else colour for open_, colour in zip(hollow, colours, strict=True)],
            "line": {"color": colours, "width": 1.6},
        },
        "customdata": [[target.document, target.start, target.end] for *_, target in shown],
        "hovertemplate": [
            template(literal(document_name(cards[target.document])), folded(target.quote.replace("%{", "% {")))
            for *_, target in shown
        ],
    }  # fmt: skip
    return axes | stems, axes | dots


def _below(value: Decimal) -> Decimal:
    """A round number, 1, 2 or 5 times a power of ten, at most half of ``value``: the dot stands clear of the edge."""
    half = value / 2
    power = Decimal(1).scaleb(half.adjusted())
    return next(factor * power for factor in (5, 2, 1) if factor * power <= half)
