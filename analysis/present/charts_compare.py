"""The charts of both comparisons: one line for each target, and what one contract yields under each rule.

Targets are grouped by what is counted, so that only like stands beside like. The width in pixels is an argument: labels
are placed by their real size, so that none is cut off, and none of a rule lies on a line or on another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import log10
from typing import Any

from markupsafe import escape

from analysis.chinese_words import receiver_name
from analysis.compare import Rule, TargetMatrix, curve, rule_benefit, window
from analysis.grammar import grammar
from analysis.grammar.vocabularies import Counted
from analysis.model import Card, Target, TargetKind
from analysis.present import numbers, theme
from analysis.present.incentive_text import condition, incentive_figure, rule_name
from analysis.present.label_placement import Box, Label, Line, Placed, place, text_width
from analysis.present.names import document_name
from analysis.present.names import place as place_name
from analysis.present.numbers import round_numbers
from analysis.present.tables_targets import target_figure
from analysis.present.theme import Figure, bold, folded, lines, literal, template

NARROW = 640  # px; below it axes name fewer numbers, and labels of curves are a size smaller
Part = dict[str, Any]  # of a figure

# Targets -----------------------------------------------------------------------------------------------------------

ENTRY = 23  # pixels for one target
GAP = 76  # pixels between panels: ticks of the upper one, name of the lower one
MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM = 34, 8, 40
LABEL_SIZE = 13
LABEL_GAP = 14  # pixels between the middle of a dot and its label
ABSOLUTE = (TargetKind.LEVEL, TargetKind.INCREMENT, TargetKind.SHARE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A target on the axis of its panel; ``at``: its line, from the top."""

    at: int
    target: Target
    value: Decimal


@dataclass(frozen=True, slots=True)
class Panel:
    """Targets of one kind on an axis of their own, below the names of their indicators, which stand in lines too."""

    kind: Counted
    entries: tuple[Entry, ...]
    names: Mapping[int, str]

    @property
    def height(self) -> int:
        """Pixels."""
        return (len(self.entries) + len(self.names)) * ENTRY

    @property
    def linear(self) -> bool:
        """Counts and money stand on logarithmic axes (10 and 2,000 on one axis), shares on a linear one."""
        return self.kind.id == "rate"

    @property
    def low(self) -> Decimal:
        """Where the axis begins: at a round number at most half of the least, so that its dot stands clear of it."""
        if self.linear:
            return Decimal(0)
        half = min(entry.value for entry in self.entries) / 2
        return round_numbers(Decimal(1).scaleb(half.adjusted()), half)[-1]

    def place(self, value: Decimal) -> float:
        """A value as the axis counts it."""
        return float(value) if self.linear else float(value.log10())


def panels(matrix: TargetMatrix) -> tuple[Panel, ...]:
    """What each panel shows. Growth rates and multiples have no common axis and are left out."""
    by_kind: dict[str, list[tuple[str, list[tuple[Decimal, Target]]]]] = {}
    for row in matrix.rows:
        found: dict[str, list[tuple[Decimal, Target]]] = {}
        for target in row.targets:
            if target.kind in ABSOLUTE and target.value > 0:
                value, kind = grammar().in_base(target.value, target.unit)
                found.setdefault(kind.id, []).append((value, target))
        for kind_id, valued in found.items():
            by_kind.setdefault(kind_id, []).append((row.name, valued))
    made = (_panel(kind, by_kind.get(kind.id, ())) for kind in grammar().counted)
    # A single target on an axis of its own compares nothing.
    return tuple(panel for panel in made if len(panel.entries) > 1)


def _panel(kind: Counted, groups: Sequence[tuple[str, list[tuple[Decimal, Target]]]]) -> Panel:
    names: dict[int, str] = {}
    entries: list[Entry] = []
    for name, valued in groups:
        names[len(names) + len(entries)] = name
        for value, target in sorted(valued, key=lambda each: each[0], reverse=True):
            entries.append(Entry(len(names) + len(entries), target, value))
    return Panel(kind, tuple(entries), names)


def left_out(matrix: TargetMatrix) -> int:
    """How many targets shown in the table have no place on an axis of sums or counts."""
    return len(matrix.targets) - sum(len(panel.entries) for panel in panels(matrix))


def targets_notes(matrix: TargetMatrix) -> tuple[str, ...]:
    """What the reader of the chart must know: hollow dots, and what has no place on it."""
    said = []
    if any(target.kind is TargetKind.INCREMENT for target in matrix.targets):
        said.append("空心点是新增数，不是总量，不能与实心点直接比大小。")
    if missing := left_out(matrix):
        thin = numbers.THIN_SPACE
        said.append(f"增速、倍数和没有同类可比的目标{thin}{missing}{thin}个不上图，只列在上表。")
    return tuple(said)


def targets_chart(matrix: TargetMatrix, *, width: int, dark: bool = False) -> Figure:
    """A dot for each target on the axis of its kind, labelled with text, region and year; customdata: slug, start, end.

    ``width``: pixels; the axis ends where the longest label still has room.
    """
    shown = panels(matrix)
    inner = sum(panel.height for panel in shown) + GAP * (len(shown) - 1)
    cards = {card.slug: card for card in matrix.cards}
    traces: list[Part] = []
    annotations: list[Part] = []
    layout: Part = {
        "annotations": annotations,
        "height": inner + MARGIN_TOP + MARGIN_BOTTOM,
        "margin": {"l": 0, "r": MARGIN_RIGHT, "t": MARGIN_TOP, "b": MARGIN_BOTTOM},
    }
    top = inner
    for number, panel in enumerate(shown, start=1):
        bottom = top - panel.height
        axis = str(number) if number > 1 else ""
        layout[f"xaxis{axis}"] = _across(panel, cards, width) | {"anchor": f"y{axis}"}
        layout[f"yaxis{axis}"] = {
            "range": [panel.height / ENTRY - 0.4, -0.6], "visible": False, "anchor": f"x{axis}",
            "domain": [bottom / inner, top / inner],
        }  # fmt: skip
        traces += _dots(panel, cards, axis, dark)
        annotations += _names(panel, axis, dark)
        top = bottom - GAP
    return {"data": traces, "layout": layout}


def _across(panel: Panel, cards: Mapping[str, Card], width: int) -> Part:
    """The axis of a panel."""
    dots = [(panel.place(entry.value), target_label(entry.target, cards)) for entry in panel.entries]
    most = max(entry.value for entry in panel.entries)
    if panel.linear:
        ticks = [Decimal(tick) for tick in (25, 50, 75, 100)]
    else:
        # Up to beyond the largest dot; only powers of ten on a narrow screen.
        factors = (1, 2, 5) if width >= NARROW else (1,)
        ticks = [tick for tick in round_numbers(panel.low, most * Decimal("1.3"), factors) if tick > panel.low]
    low = panel.place(panel.low)
    return {
        "type": "linear" if panel.linear else "log", "range": [low, axis_end(dots, low, width)],
        "tickvals": [float(tick) for tick in ticks], "ticktext": [numbers.figure(tick) for tick in ticks],
        **theme.BASELINE,
    }  # fmt: skip


def _names(panel: Panel, axis: str, dark: bool) -> list[Part]:
    """The name of the panel, and of each indicator above its targets."""
    across = {"xref": f"x{axis} domain", "x": 0, "xanchor": "left", "yanchor": "middle"}
    font = {"size": 13, "color": theme.shades(dark).ink}
    scale = f"{panel.kind.base}{'' if panel.linear else '，对数刻度'}"
    above = {
        "y": 1, "yref": f"y{axis} domain", "yshift": 18, "text": f"{panel.kind.name}（{scale}）",
        "font": {"size": 12, "color": theme.shades(dark).second},
    }  # fmt: skip
    indicators = ({"y": at, "yref": f"y{axis}", "text": bold(name), "font": font} for at, name in panel.names.items())
    return [across | one for one in (*indicators, above)]


def axis_end(dots: Sequence[tuple[float, str]], low: float, width: int) -> float:
    """Where an axis of ``width`` pixels from ``low`` must end so that each label fits to the right of its dot.

    ``dots``: place on the axis (logarithm where it is logarithmic) and label.
    """
    inner = width - MARGIN_RIGHT
    # Never less than a quarter of the width for the dots themselves: a longer label would have to be cut anyway.
    room = [max(inner - text_width(label, LABEL_SIZE) - LABEL_GAP, inner / 4) for _, label in dots]
    return low + inner * max((place - low) / free for (place, _), free in zip(dots, room, strict=True))


def target_label(target: Target, cards: Mapping[str, Card]) -> str:
    """``四川 2027  ≥8,000 人``."""
    due = "未写年份" if target.target_year is None else str(target.target_year)
    return f"{place_name(cards[target.document])} {due}  {target_figure(target)}"


def _dots(panel: Panel, cards: Mapping[str, Card], axis: str, dark: bool) -> tuple[Part, Part]:
    """The stems of a panel, and its dots with their labels; a point of the second is a target."""
    targets = [entry.target for entry in panel.entries]
    values = [float(entry.value) for entry in panel.entries]
    places = [entry.at for entry in panel.entries]
    colours = [theme.region_colour(cards[target.document].region_code, dark) for target in targets]
    # Increments are hollow: they add to a stock that the text does not give and do not stand for a total.
    fills = [
        theme.shades(dark).ground if target.kind is TargetKind.INCREMENT else colour
        for target, colour in zip(targets, colours, strict=True)
    ]
    axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    stems = {
        "x": [x for value in values for x in (float(panel.low), value, None)],
        "y": [y for at in places for y in (at, at, None)],
        "mode": "lines", "hoverinfo": "skip", "line": {"color": theme.shades(dark).rule, "width": 1},
    }  # fmt: skip
    dots = {
        "x": values, "y": places, "mode": "markers+text",
        "text": [escape(f" {target_label(target, cards)}") for target in targets],
        "textposition": "middle right", "textfont": {"size": LABEL_SIZE, "color": colours}, "cliponaxis": False,
        "marker": {"size": 9, "color": fills, "line": {"color": colours, "width": 1.6}},
        "customdata": [[target.document, target.start, target.end] for target in targets],
        "hovertemplate": [
            template(literal(document_name(cards[target.document])), folded(target.quote.replace("%{", "% {")))
            for target in targets
        ],
    }  # fmt: skip
    return axes | stems, axes | dots


# What one contract yields ------------------------------------------------------------------------------------------

HEIGHT = 380
MORE = 26  # pixels of height for each curve beyond four
LEFT, RIGHT, TOP, BOTTOM = 44, 24, 16, 52
THINNED = 50  # px between points of a curve where labels are kept off it
THIRD = Decimal(1) / 3
HEADROOM = Decimal("1.3")  # room above the highest curve for its label


Points = tuple[tuple[Decimal, Decimal], ...]  # (sum, money), 万元


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rules of one region that give the same at every size, drawn as one line."""

    rules: tuple[Rule, ...]
    card: Card
    points: Points

    @property
    def ceiling(self) -> bool:
        """Whether only an upper bound is known: drawn dotted."""
        return self.rules[0].ceiling

    @property
    def name(self) -> str:
        """``黑龙江 买方企业、卖方``; a ceiling says so."""
        # What stands in brackets explains the class and is read in the table.
        names = "、".join(dict.fromkeys(receiver_name(rule.first.receiver).split("（")[0] for rule in self.rules))
        return f"{place_name(self.card)} {names}{'（上限）' if self.ceiling else ''}"

    @property
    def anchor(self) -> tuple[Decimal, Decimal]:
        """Where it first has its greatest value: the corner at the cap; for a ceiling a third of the way beyond."""
        most = max(money for _, money in self.points)
        reached = [sum_ for sum_, money in self.points if money == most]
        return (reached[0] * (reached[-1] / reached[0]) ** THIRD if self.ceiling else reached[0]), most

    def colour(self, dark: bool) -> str:
        """That of its region."""
        return theme.region_colour(self.card.region_code, dark)


def drawn(rules: Sequence[Rule], cards: Mapping[str, Card], low: Decimal, high: Decimal) -> tuple[Drawn, ...]:
    """One line for each set of rules of one document with the same points: 买方 and 卖方 on the same terms are one."""
    groups: dict[tuple[str, bool, Points], list[Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.first.document, rule.ceiling, curve(rule, low, high)), []).append(rule)
    return tuple(Drawn(tuple(members), cards[slug], points) for (slug, _, points), members in groups.items())


def one_axis(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """(rules to draw, rules counted on another sum). Contracts first; a sum of many contracts is another axis."""
    by_base: dict[str, list[Rule]] = {}
    for rule in rules:
        by_base.setdefault(rule.base.id, []).append(rule)
    chosen = next((by_base[name] for name in ("contract", "yearly", "registered") if name in by_base), [])
    return tuple(chosen), tuple(rule for rule in rules if rule not in chosen)


@dataclass(frozen=True, slots=True)
class BenefitChart:
    """The figure, and the names of curves that found no free place on it."""

    figure: Figure
    unnamed: tuple[str, ...]


def benefit_chart(
    rules: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal, *, width: int, dark: bool = False
) -> BenefitChart:
    """Curves on a logarithmic axis; ceilings dotted; a thin line at the chosen contract. ``width``: pixels."""
    low, high = window(rules)
    lines = drawn(rules, cards, low, high)
    top = max((money for line in lines for _, money in line.points), default=Decimal(1)) * HEADROOM or Decimal(1)
    space = _Space(float(low.log10()), float(high.log10()), float(top), width, HEIGHT + MORE * max(len(lines) - 4, 0))
    traces = [_curve(line, cards, dark) for line in sorted(lines, key=lambda line: line.ceiling)]
    shapes = []
    if low <= contract_wan <= high:
        traces += _meetings(lines, contract_wan, dark)
        shapes.append(theme.upright(float(contract_wan), {"color": theme.shades(dark).rule, "width": 1}))
    placed = _labels(lines, contract_wan, space)
    # On a narrow screen 2, 20, 200 would touch their neighbours.
    ticks = round_numbers(low, high, (1, 2, 5) if width >= NARROW else (1, 5))
    layout = {
        "xaxis": {
            "type": "log",
            "range": [space.low, space.high],
            "tickvals": [float(tick) for tick in ticks],
            "ticktext": [numbers.figure(tick) for tick in ticks],
            "title": {"text": f"{rules[0].base.axis}（万元，对数刻度）"},
            **theme.BASELINE,
        },
        "yaxis": {"range": [0, float(top)], "nticks": 7, "tickformat": ",~f"},
        "annotations": [_annotation(one, lines[int(one.label.key)], dark) for one in placed],
        "shapes": shapes,
        "height": space.height,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        "hoverdistance": 30,
    }
    named = {int(one.label.key) for one in placed}
    missing = (line.name for at, line in enumerate(lines) if at not in named)
    return BenefitChart({"data": traces, "layout": layout}, tuple(dict.fromkeys(missing)))


@dataclass(frozen=True, slots=True)
class _Space:
    """Data to pixels of the plot area, origin top left."""

    low: float
    high: float
    top: float
    width: int
    height: int

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width - LEFT - RIGHT, self.height - TOP - BOTTOM)

    def pixels(self, place: Decimal, money: Decimal) -> tuple[float, float]:
        across = (log10(place) - self.low) / (self.high - self.low)
        return across * self.box.right, (1 - float(money) / self.top) * self.box.bottom


def _labels(lines: Sequence[Drawn], contract_wan: Decimal, space: _Space) -> tuple[Placed, ...]:
    """Each line's name beside the corner where it differs most from the others, else at its end."""
    segments: list[Line] = []
    for line in lines:
        corners = [space.pixels(*point) for point in line.points]
        segments.extend(pairwise(_thinned(corners)))
        segments.extend(pair for pair in pairwise(corners) if pair[0][0] == pair[1][0])
    labels = []
    for at, line in enumerate(lines):
        region, _, names = line.name.partition(" ")
        texts = (
            (line.name, incentive_figure(line.rules[0].first)),
            (region, names),
            (line.name,),
            (region, names.split("（")[0]),
        )
        wide = space.width >= NARROW
        anchor = space.pixels(*line.anchor)
        labels.append(Label(str(at), anchor, texts if wide else texts[1:], 13 if wide else 12, (0.0, -1.0)))
    # The line with the least room (furthest right) chooses first.
    labels.sort(key=lambda label: -label.anchor[0])
    x, _ = space.pixels(contract_wan, Decimal(0))
    # A label may reach into the margin on the right.
    bounds = Box(0, 0, space.box.right + RIGHT - 2, space.box.bottom)
    return place(labels, bounds=bounds, lines=segments, faint=[((x, 0), (x, space.box.bottom))])


def _thinned(corners: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Fewer points of a curve, none where it bends sharply left out: there one of its neighbours is far away."""
    kept = list(corners[:1])
    for point, after in pairwise(corners[1:]):
        if max(point[0] - kept[-1][0], after[0] - point[0]) >= THINNED:
            kept.append(point)
    return [*kept, *corners[1:][-1:]]


def _annotation(placed: Placed, line: Drawn, dark: bool) -> dict[str, object]:
    head, *rest = placed.text
    at, text = (float(line.anchor[0].log10()), float(line.anchor[1])), lines(bold(head), *rest)
    return theme.label(placed, text, at, line.colour(dark), theme.shades(dark).second, arrowwidth=1, standoff=3)


def _curve(line: Drawn, cards: Mapping[str, Card], dark: bool) -> Part:
    first = line.rules[0].first
    words = (rule_name(line.rules[0], cards), incentive_figure(first), condition(first))
    said = "最多" if line.ceiling else "可得"
    return {
        "x": [float(sum_) for sum_, _ in line.points],
        "y": [float(money) for _, money in line.points],
        "mode": "lines",
        "line": {
            "color": line.colour(dark),
            "width": 1.6 if line.ceiling else 2.2,
            "dash": "3px,3px" if line.ceiling else "solid",
        },
        "hovertemplate": template(*map(literal, words), f"%{{x:,.6~g}} 万元：{said} %{{y:,.2~f}} 万元"),
        "name": line.name,
    }


def _meetings(lines: Sequence[Drawn], contract_wan: Decimal, dark: bool) -> Iterator[Part]:
    """A dot on each curve that the chosen contract meets."""
    for line in lines:
        if money := rule_benefit(line.rules[0], contract_wan):
            fill = theme.shades(dark).ground if line.ceiling else line.colour(dark)
            yield {
                "x": [float(contract_wan)],
                "y": [float(money)],
                "mode": "markers",
                "hoverinfo": "skip",
                "marker": {"size": 8, "color": fill, "line": {"color": line.colour(dark), "width": 1.6}},
            }
