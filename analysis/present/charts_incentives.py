"""The chart that compares rules: what one contract yields, by its size, under each rule of each text.

The width in pixels is an argument: labels are placed by their real size, so that none lies on a line or another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import log10
from typing import Any

from analysis.chinese_words import receiver_name
from analysis.compare import Rule, curve, rule_benefit, window
from analysis.model import Card
from analysis.present import numbers, theme
from analysis.present.incentive_text import condition, incentive_figure, rule_name
from analysis.present.label_placement import Box, Label, Line, Placed, place
from analysis.present.names import place as place_name
from analysis.present.theme import Figure, bold, lines, literal, template

HEIGHT = 380
MORE = 26  # pixels of height for each curve beyond four
LEFT, RIGHT, TOP, BOTTOM = 44, 24, 16, 52
TICKS = (1, 2, 5)  # on each power of ten
NARROW = 640  # px; below it 2, 20, 200 would touch their neighbours, and labels are a size smaller
THINNED = 50  # px between points of a curve where labels are kept off it
THIRD = Decimal(1) / 3
HEADROOM = Decimal("1.3")  # room above the highest curve for its label


Points = tuple[tuple[Decimal, Decimal], ...]  # (sum, money), 万元


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rules of one region that give the same at every size, drawn as one line."""

    rules: tuple[Rule, ...]
    points: Points

    @property
    def ceiling(self) -> bool:
        """Whether only an upper bound is known: drawn dotted."""
        return self.rules[0].ceiling


def drawn(rules: Sequence[Rule], low: Decimal, high: Decimal) -> tuple[Drawn, ...]:
    """One line for each set of rules of one document with the same points: 买方 and 卖方 on the same terms are one."""
    groups: dict[tuple[str, bool, Points], list[Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.first.document, rule.ceiling, curve(rule, low, high)), []).append(rule)
    return tuple(Drawn(tuple(members), points) for (_, _, points), members in groups.items())


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
    lines = drawn(rules, low, high)
    top = max((money for line in lines for _, money in line.points), default=Decimal(1)) * HEADROOM or Decimal(1)
    space = _Space(float(low.log10()), float(high.log10()), float(top), width, HEIGHT + MORE * max(len(lines) - 4, 0))
    traces = [_curve(line, cards, dark) for line in sorted(lines, key=lambda line: line.ceiling)]
    shapes = []
    if low <= contract_wan <= high:
        traces += _meetings(lines, cards, contract_wan, dark)
        shapes.append(theme.upright(float(contract_wan), {"color": theme.rule(dark), "width": 1}))
    placed = _labels(lines, cards, contract_wan, space)
    ticks = [tick for tick in round_sums(low, high) if width >= NARROW or tick.as_tuple().digits[0] != 2]
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
        "annotations": [_annotation(one, lines[int(one.label.key)], cards, dark) for one in placed],
        "shapes": shapes,
        "height": space.height,
        "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        "hoverdistance": 30,
    }
    named = {int(one.label.key) for one in placed}
    missing = (label_text(line, cards) for place_, line in enumerate(lines) if place_ not in named)
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
    def label_size(self) -> int:
        return 13 if self.width >= NARROW else 12

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width - LEFT - RIGHT, self.height - TOP - BOTTOM)

    def pixels(self, place: Decimal, money: Decimal) -> tuple[float, float]:
        across = (log10(place) - self.low) / (self.high - self.low)
        return across * self.box.right, (1 - float(money) / self.top) * self.box.bottom


def round_sums(low: Decimal, high: Decimal) -> list[Decimal]:
    """1, 2, 5 times each power of ten from ``low`` to ``high``, in 万元: the ticks, and the rows of the data."""
    powers = range(low.adjusted(), high.adjusted() + 1)
    found = [Decimal(factor).scaleb(power) for power in powers for factor in TICKS]
    return [tick for tick in found if low <= tick <= high]


def label_text(line: Drawn, cards: Mapping[str, Card]) -> str:
    """``黑龙江 买方企业、卖方``; a ceiling says so."""
    # What stands in brackets explains the class and is read in the table.
    names = "、".join(dict.fromkeys(receiver_name(rule.first.receiver).split("（")[0] for rule in line.rules))
    return f"{place_name(cards[line.rules[0].first.document])} {names}{'（上限）' if line.ceiling else ''}"


def _labels(
    lines: Sequence[Drawn], cards: Mapping[str, Card], contract_wan: Decimal, space: _Space
) -> tuple[Placed, ...]:
    """Each line's name beside the corner where it differs most from the others, else at its end."""
    segments: list[Line] = []
    for line in lines:
        corners = [space.pixels(*point) for point in line.points]
        segments.extend(pairwise(_thinned(corners)))
        segments.extend(pair for pair in pairwise(corners) if pair[0][0] == pair[1][0])
    labels = []
    for place_, line in enumerate(lines):
        full = label_text(line, cards)
        detail = incentive_figure(line.rules[0].first)
        region, _, names = full.partition(" ")
        short = ((region, names), (full,), (region, names.split("（")[0]))
        texts = ((full, detail), *short) if space.width >= NARROW else short
        labels.append(Label(str(place_), space.pixels(*_anchor(line)), texts, space.label_size, (0.0, -1.0)))
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


def _anchor(line: Drawn) -> tuple[Decimal, Decimal]:
    """Where the line first has its greatest value: the corner at the cap; for a ceiling a third of the way beyond."""
    most = max(money for _, money in line.points)
    reached = [place_ for place_, money in line.points if money == most]
    return (reached[0] * (reached[-1] / reached[0]) ** THIRD if line.ceiling else reached[0]), most


def _annotation(placed: Placed, line: Drawn, cards: Mapping[str, Card], dark: bool) -> dict[str, object]:
    head, *rest = placed.text
    place_, money = _anchor(line)
    return theme.label(
        placed,
        lines(bold(head), *rest),
        (float(place_.log10()), float(money)),
        _colour(line, cards, dark),
        theme.second_ink(dark),
        arrowwidth=1,
        standoff=3,
    )


def _colour(line: Drawn, cards: Mapping[str, Card], dark: bool) -> str:
    return theme.region_colour(cards[line.rules[0].first.document].region_code, dark)


def _curve(line: Drawn, cards: Mapping[str, Card], dark: bool) -> dict[str, Any]:
    first = line.rules[0].first
    words = (rule_name(line.rules[0], cards), incentive_figure(first), condition(first))
    said = "最多" if line.ceiling else "可得"
    return {
        "x": [float(place_) for place_, _ in line.points],
        "y": [float(money) for _, money in line.points],
        "mode": "lines",
        "line": {
            "color": _colour(line, cards, dark),
            "width": 1.6 if line.ceiling else 2.2,
            "dash": "3px,3px" if line.ceiling else "solid",
        },
        "hovertemplate": template(*map(literal, words), f"%{{x:,.6~g}} 万元：{said} %{{y:,.2~f}} 万元"),
        "name": label_text(line, cards),
    }


def _meetings(
    lines: Sequence[Drawn], cards: Mapping[str, Card], contract_wan: Decimal, dark: bool
) -> Iterator[dict[str, Any]]:
    """A dot on each curve that the chosen contract meets."""
    for line in lines:
        money = rule_benefit(line.rules[0], contract_wan)
        if money:
            colour = _colour(line, cards, dark)
            yield {
                "x": [float(contract_wan)],
                "y": [float(money)],
                "mode": "markers",
                "hoverinfo": "skip",
                "marker": {
                    "size": 8,
                    "color": theme.ground(dark) if line.ceiling else colour,
                    "line": {"color": colour, "width": 1.6},
                },
            }
