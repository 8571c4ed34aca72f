"""The chart that compares rules: what one contract yields, by its size, under each rule of each text.

The width in pixels is an argument: labels are placed by their real size, so that none lies on a line or another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import pairwise

import plotly.graph_objects as go

from analysis.compare import Rule, curve, rule_benefit, saturation, window
from analysis.compare.benefit import cap
from analysis.model import Card
from analysis.present import export, numbers, theme
from analysis.present.label_placement import Box, Label, Line, Placed, needs_leader, place
from analysis.present.tables import document_name, receiver_name, source
from analysis.present.tables import place as place_name
from analysis.present.tables_incentives import condition, incentive_figure, rule_name, wan

HEIGHT = 380
LEFT, RIGHT, TOP, BOTTOM = 44, 24, 16, 52
TICKS = (1, 2, 5)  # on each power of ten
NARROW = 640  # px; below it 2, 20, 200 would touch their neighbours, and labels are a size smaller
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


def benefit_chart(
    rules: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal, *, width: int, dark: bool = False
) -> go.Figure:
    """Curves on a logarithmic axis; ceilings dotted; a thin line at the chosen contract. ``width``: pixels."""
    low, high = window(rules)
    lines = drawn(rules, low, high)
    top = max((money for line in lines for _, money in line.points), default=Decimal(1)) * HEADROOM or Decimal(1)
    space = _Space(float(low.log10()), float(high.log10()), float(top), width)
    figure = go.Figure()
    for line in sorted(lines, key=lambda line: line.ceiling):
        _add_curve(figure, line, cards, dark)
    _add_contract(figure, lines, cards, contract_wan, low, high, dark)
    for one in _labels(lines, cards, contract_wan, space):
        figure.add_annotation(_annotation(one, lines[int(one.label.key)], cards, space, dark))
    ticks = [tick for tick in _ticks(low, high) if width >= NARROW or tick.as_tuple().digits[0] != 2]
    figure.update_xaxes(
        type="log",
        range=[space.low, space.high],
        tickvals=[float(tick) for tick in ticks],
        ticktext=[numbers.figure(tick) for tick in ticks],
        title_text=f"{rules[0].base.axis}（万元，对数刻度）",
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        ticks="outside",
        showline=True,
    )
    figure.update_yaxes(
        range=[0, float(top)], rangemode="tozero", fixedrange=True, nticks=7, zeroline=False, tickformat=",~f"
    )
    figure.update_layout(
        height=HEIGHT, margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM}, hovermode="closest", hoverdistance=30
    )
    return figure


@dataclass(frozen=True, slots=True)
class _Space:
    """Data to pixels of the plot area, origin top left."""

    low: float
    high: float
    top: float
    width: int

    @property
    def label_size(self) -> int:
        return 13 if self.width >= NARROW else 12

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)

    def pixels(self, place: Decimal, money: Decimal) -> tuple[float, float]:
        across = (float(place.log10()) - self.low) / (self.high - self.low)
        return across * self.box.right, (1 - float(money) / self.top) * self.box.bottom


def _ticks(low: Decimal, high: Decimal) -> list[Decimal]:
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
        segments.extend(pairwise(corners[::8] + corners[-1:]))
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


def _anchor(line: Drawn) -> tuple[Decimal, Decimal]:
    """Where the line first has its greatest value: the corner at the cap; for a ceiling a little to the right of it."""
    most = max(money for _, money in line.points)
    reached = [point for point in line.points if point[1] == most]
    return reached[len(reached) // 3] if line.ceiling else reached[0]


def _annotation(placed: Placed, line: Drawn, cards: Mapping[str, Card], space: _Space, dark: bool) -> dict[str, object]:
    colour = theme.region_colour(cards[line.rules[0].first.document].region_code, dark)
    x, y = placed.label.anchor
    centre_x, centre_y = placed.centre
    head, *rest = (escape(text) for text in placed.text)
    place_, money = _anchor(line)
    return {
        "x": float(place_.log10()),
        "y": float(money),
        "ax": centre_x - x,
        "ay": centre_y - y,
        "text": "<br>".join([f"<b>{head}</b>", *rest]),
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "standoff": 3,
        "arrowcolor": theme.second_ink(dark) if needs_leader(placed) else "rgba(0,0,0,0)",
        "font": {"size": placed.label.size, "color": colour},
        "align": "left",
    }


def _add_curve(figure: go.Figure, line: Drawn, cards: Mapping[str, Card], dark: bool) -> None:
    first = line.rules[0].first
    card = cards[first.document]
    words = "<br>".join(
        escape(part) for part in (rule_name(line.rules[0], cards), incentive_figure(first), condition(first)) if part
    )
    said = "最多" if line.ceiling else "可得"
    figure.add_trace(
        go.Scatter(
            x=[float(place_) for place_, _ in line.points],
            y=[float(money) for _, money in line.points],
            mode="lines",
            line={
                "color": theme.region_colour(card.region_code, dark),
                "width": 1.6 if line.ceiling else 2.2,
                "dash": "3px,3px" if line.ceiling else "solid",
            },
            customdata=[[first.document, first.start, first.end]] * len(line.points),
            hovertemplate=f"{words}<br>%{{x:,.6~g}} 万元：{said} %{{y:,.2~f}} 万元<extra></extra>",
            name=label_text(line, cards),
        )
    )


def _add_contract(
    figure: go.Figure,
    lines: Sequence[Drawn],
    cards: Mapping[str, Card],
    contract_wan: Decimal,
    low: Decimal,
    high: Decimal,
    dark: bool,
) -> None:
    """The chosen contract: a thin line and a dot on each curve it meets."""
    if not low <= contract_wan <= high:
        return
    figure.add_vline(x=float(contract_wan), line={"color": theme.rule(dark), "width": 1}, layer="below")
    for line in lines:
        money = rule_benefit(line.rules[0], contract_wan)
        if money:
            colour = theme.region_colour(cards[line.rules[0].first.document].region_code, dark)
            figure.add_trace(
                go.Scatter(
                    x=[float(contract_wan)],
                    y=[float(money)],
                    mode="markers",
                    hoverinfo="skip",
                    marker={
                        "size": 8,
                        "color": theme.ground(dark) if line.ceiling else colour,
                        "line": {"color": colour, "width": 1.6},
                    },
                )
            )


def benefit_export(rules: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal) -> export.Table:
    """The data of the chart at round sums, every corner and the chosen contract: one row a rule and sum."""
    low, high = window(rules)
    columns = (
        export.Column("document", "文件"),
        export.Column("receiver", "对象"),
        export.Column("contract", rules[0].base.axis, "万元"),
        export.Column("money", "可得", "万元"),
        export.Column("bound", "性质"),
        export.Column("clause", "条款"),
        export.Column("quote", "原文"),
    )
    rows: list[Mapping[str, export.Cell]] = []
    for rule in rules:
        corners = {tier.threshold_wan for tier in rule.tiers if tier.threshold_wan is not None}
        for sum_ in sorted({*_ticks(low, high), contract_wan, *corners}):
            money = rule_benefit(rule, sum_)
            rows.append(
                {
                    "document": document_name(cards[rule.first.document]),
                    "receiver": receiver_name(rule.first.receiver),
                    "contract": sum_,
                    "money": money,
                    "bound": "上限（条文未写比例）"
                    if rule.first.rate_open
                    else "上限"
                    if rule.ceiling
                    else "按条文计算",
                    "clause": rule.first.clause,
                    "quote": rule.first.quote,
                }
            )
    shown = [cards[slug] for slug in dict.fromkeys(rule.first.document for rule in rules)]
    notes = ("按条文计算的是一份合同单独可得的金额，未计每家每年的总额限制以外的其他条件。",)
    return export.Table("政衡-一份合同能得多少", "一份合同能得多少", columns, tuple(rows), source(shown), notes)


def heading(drawn_rules: Sequence[Rule]) -> str:
    """``一份合同能得多少``, or what else the money is counted on."""
    return f"{drawn_rules[0].base.name.removesuffix('的金额')}能得多少"


def axis_name(drawn_rules: Sequence[Rule]) -> str:
    """What the horizontal axis counts, with its unit."""
    return f"{drawn_rules[0].base.axis}（万元）"


def subtitle(drawn_rules: Sequence[Rule]) -> str:
    """What the vertical axis counts: plain text."""
    dotted = "（虚线：条文未写比例，只能给出上限）" if any(rule.ceiling for rule in drawn_rules) else ""
    return f"可得金额，万元{dotted}"


def notes(drawn_rules: Sequence[Rule], others: Sequence[Rule], cards: Mapping[str, Card]) -> tuple[str, ...]:
    """What the reader of the chart must know: what is dotted, whose sums differ, what is not drawn."""
    said = []
    if any(rule.ceiling for rule in drawn_rules):
        said.append("虚线是上限，实际所得可能更少。")
    bases = list(dict.fromkeys(rule.first.rate_base for rule in drawn_rules if rule.first.rate_base))
    if len(bases) > 1:
        said.append(f"各文件计算的基数不同（{'、'.join(bases)}），横轴按全额到账的合同画。")
    return (*said, *elsewhere(others, cards))


def elsewhere(rules: Sequence[Rule], cards: Mapping[str, Card]) -> tuple[str, ...]:
    """One sentence for each rule that is counted on another sum and so has no place on the chart."""
    thin = numbers.THIN_SPACE
    said = []
    for rule in rules:
        first = rule.first
        example = max((tier.threshold_wan or Decimal(0) for tier in rule.tiers), default=Decimal(0)) * 2
        sentence = f"{rule_name(rule, cards)}按{rule.base.name}计，不是一份合同的金额，未画入上图"
        money = rule_benefit(rule, example) if example else None
        if money:
            sentence += f"：{wan(example)}时得{thin}{wan(money, 2)}"
        full = saturation_text(rule)
        said.append(f"{sentence}{full}。" if first.rate_percent is not None else f"{sentence}。")
    return tuple(said)


def saturation_text(rule: Rule) -> str:
    """``，到 334.3 亿元才拿满 100 万元``; empty where no cap binds."""
    full, most = saturation(rule.tiers[-1]), cap(rule.tiers[-1])
    return (
        ""
        if full is None or most is None
        else f"，到{numbers.THIN_SPACE}{wan(full, 1)}才拿满{numbers.THIN_SPACE}{wan(most)}"
    )
