"""The chart of targets: one line for each target, grouped by what is counted, so that only like stands beside like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.compare import TargetMatrix
from analysis.compare.targets import TargetRow
from analysis.grammar.counted import Counted, counted, in_base
from analysis.model import Card, Target, TargetKind
from analysis.present import numbers, theme
from analysis.present.tables import document_name
from analysis.present.tables_targets import target_figure

LINE = 23  # pixels for one target
GAP = 58  # pixels between panels: ticks of the upper one, name of the lower one
MARGIN_TOP, MARGIN_BOTTOM = 34, 40
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
    return tuple((kind, tuple(grouped[kind.id])) for kind in counted() if kind.id in grouped)


def _lines(row: TargetRow) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = {}
    for target in row.targets:
        if target.kind in ABSOLUTE and target.value > 0:
            value, kind = in_base(target)
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
        said.append(f"增速和倍数目标{thin}{missing}{thin}个没有共同的刻度，只列在上表。")
    return tuple(said)


def targets_chart(matrix: TargetMatrix, *, dark: bool = False) -> go.Figure:
    """A dot for each target on the axis of its kind, labelled with text, region and year; customdata: slug, start, end.

    Counts and money stand on logarithmic axes (10 and 2,000 on one axis), shares on a linear one.
    """
    shown = panels(matrix)
    heights = [len(lines) * LINE for _, lines in shown]
    height = sum(heights) + GAP * max(len(shown) - 1, 0) + MARGIN_TOP + MARGIN_BOTTOM
    inner = max(height - MARGIN_TOP - MARGIN_BOTTOM, 1)
    figure = make_subplots(
        rows=max(len(shown), 1),
        cols=1,
        row_heights=[part / max(sum(heights), 1) for part in heights] or [1],
        vertical_spacing=GAP / inner if len(shown) > 1 else 0,
    )
    cards = {card.slug: card for card in matrix.cards}
    for place, (kind, lines) in enumerate(shown, start=1):
        _panel(figure, place, kind, lines, cards, dark)
    figure.update_layout(
        height=height, margin={"l": 0, "r": 8, "t": MARGIN_TOP, "b": MARGIN_BOTTOM}, hovermode="closest"
    )
    return figure


def _panel(
    figure: go.Figure, place: int, kind: Counted, lines: tuple[Line, ...], cards: Mapping[str, Card], dark: bool
) -> None:
    linear = kind.id == "rate"
    values = [line.value for line in lines if line.target is not None]
    low, high = (Decimal(0), Decimal(100)) if linear else (_decade(min(values)), max(values))
    # A third of the axis stays free on the right: there stand the labels of the largest dots.
    for position, line in enumerate(lines):
        if line.target is None:
            figure.add_annotation(
                x=0, xref="x domain" if place == 1 else f"x{place} domain", y=position,
                yref="y" if place == 1 else f"y{place}", text=f"<b>{escape(line.name)}</b>", showarrow=False,
                xanchor="left", yanchor="middle", font={"size": 13, "color": theme.ink(dark)},
            )  # fmt: skip
            continue
        _dot(figure, place, position, line, cards[line.target.document], low, dark)
    axis = {"showgrid": True, "zeroline": False, "side": "bottom", "fixedrange": True, "ticks": ""}
    if linear:
        figure.update_xaxes(range=[0, 150], tickvals=[0, 25, 50, 75, 100], ticksuffix="%", row=place, col=1, **axis)
    else:
        start, end = low.log10(), high.log10()
        span = max(end - start, Decimal(1))
        ticks = [Decimal(10) ** power for power in range(int(start), int(end) + 1)]
        figure.update_xaxes(
            type="log", range=[float(start), float(start + span * Decimal("1.55"))], tickvals=[float(t) for t in ticks],
            ticktext=[numbers.figure(tick) for tick in ticks], row=place, col=1, **axis,
        )  # fmt: skip
    figure.update_yaxes(
        range=[len(lines) - 0.4, -0.6], visible=False, fixedrange=True, row=place, col=1,
    )  # fmt: skip
    figure.add_annotation(
        x=0, xref="x domain" if place == 1 else f"x{place} domain", y=1,
        yref="y domain" if place == 1 else f"y{place} domain", yshift=18, xanchor="left", yanchor="middle",
        text=f"{kind.name}（{kind.base}{'' if linear else '，对数刻度'}）" if kind.base else kind.name,
        showarrow=False, font={"size": 12, "color": theme.second_ink(dark)},
    )  # fmt: skip


def _dot(figure: go.Figure, place: int, position: int, line: Line, card: Card, low: Decimal, dark: bool) -> None:
    target = line.target
    assert target is not None
    colour = theme.region_colour(card.region_code, dark)
    value = float(line.value)
    # Increments are hollow: they add to a stock that the text does not give and do not stand for a total.
    hollow = target.kind is TargetKind.INCREMENT
    figure.add_trace(
        go.Scatter(x=[float(low), value], y=[position, position], mode="lines", hoverinfo="skip",
                   line={"color": theme.rule(dark), "width": 1}),
        row=place, col=1,
    )  # fmt: skip
    due = "未写年份" if target.target_year is None else str(target.target_year)
    label = f"{document_name(card).split(numbers.THIN_SPACE)[0]} {due}  {target_figure(target)}"
    figure.add_trace(
        go.Scatter(
            x=[value], y=[position], mode="markers+text", text=[f" {escape(label)}"], textposition="middle right",
            textfont={"size": 13, "color": colour}, cliponaxis=False,
            marker={"size": 9, "color": theme.ground(dark) if hollow else colour,
                    "line": {"color": colour, "width": 1.6}},
            customdata=[[target.document, target.start, target.end]],
            hovertemplate=f"{wrapped(target.quote)}<extra></extra>",
        ),
        row=place, col=1,
    )  # fmt: skip


def wrapped(text: str, width: int = 28) -> str:
    """Text for a hover label: broken every ``width`` characters, without the signs Plotly takes for markup."""
    plain = text.replace("&", "＆").replace("<", "＜").replace(">", "＞").replace("%{", "% {")
    return "<br>".join(plain[start : start + width] for start in range(0, len(plain), width))


def _decade(value: Decimal) -> Decimal:
    """The power of ten at or below ``value``; half a step lower would draw a dot upon the axis."""
    power = Decimal(10) ** value.adjusted()
    return power if value > power else power / 10
