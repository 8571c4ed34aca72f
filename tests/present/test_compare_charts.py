"""The two charts: what is drawn and left out, and labels that keep their place at every width."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from html import unescape
from itertools import combinations

import plotly.graph_objects as go
import pytest
from compare_seeds import readings

from analysis.compare import Rule, incentive_matrix, rule_benefit, rules, target_matrix
from analysis.model import Comparator, Incentive, Instrument, Receiver
from analysis.present import charts_compare, tables_incentives, theme
from analysis.present.label_placement import text_width

READINGS = readings()
MATRIX = target_matrix(READINGS)
CARDS = {card.slug: card for card in MATRIX.cards}
RULES = rules(incentive_matrix(READINGS).incentives)
DRAWN, ELSEWHERE = charts_compare.one_axis(RULES)
WIDTHS = [326, 358, 672, 1184]


def test_contracts_share_an_axis_and_registered_sums_are_said_in_words() -> None:
    assert {rule.base.id for rule in DRAWN} == {"contract"}
    (said,) = tables_incentives.elsewhere(ELSEWHERE, CARDS)
    assert "登记" in said
    assert "334.3" in said  # (100 / 0.003 % + 10,000) 万元 = 334.3 亿元


def test_registered_sums_are_drawn_when_nothing_else_is_asked_for() -> None:
    drawn, rest = charts_compare.one_axis(ELSEWHERE)
    assert drawn == ELSEWHERE
    assert rest == ()
    figure = go.Figure(charts_compare.benefit_chart(drawn, CARDS, Decimal(500), width=1184).figure)
    assert max(figure.data[0].y) == pytest.approx(5.7)  # 200,000 万元: (200,000 - 10,000) × 0.003 %


def test_same_terms_of_one_text_are_one_line() -> None:
    lines = charts_compare.drawn(DRAWN, CARDS, Decimal(10), Decimal(5000))
    assert [len(line.rules) for line in lines] == [1, 2, 1] or sorted(len(line.rules) for line in lines) == [1, 1, 2]
    assert "买方" in next(line.name for line in lines if len(line.rules) == 2)


def test_an_open_rate_is_dotted_and_named_a_ceiling() -> None:
    figure = go.Figure(charts_compare.benefit_chart(DRAWN, CARDS, Decimal(500), width=1184).figure)
    dotted = [trace for trace in figure.data if trace.mode == "lines" and trace.line.dash != "solid"]
    assert len(dotted) == 1
    assert "上限" in dotted[0].name
    assert "虚线" in tables_incentives.subtitle(DRAWN)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_curve_of_the_seeds_is_named_and_no_label_lies_on_another(width: int) -> None:
    figure = go.Figure(charts_compare.benefit_chart(DRAWN, CARDS, Decimal(500), width=width).figure)
    lines = charts_compare.drawn(DRAWN, CARDS, Decimal(10), Decimal(5000))
    assert len(figure.layout.annotations) == len(lines)
    inner = width - charts_compare.LEFT - charts_compare.RIGHT
    low, high = figure.layout.xaxis.range
    top = figure.layout.yaxis.range[1]
    height = figure.layout.height - charts_compare.TOP - charts_compare.BOTTOM
    boxes = []
    for note in figure.layout.annotations:
        parts = note.text.replace("<b>", "").replace("</b>", "").split("<br>")
        half = max(text_width(part, note.font.size) for part in parts) / 2
        x = (note.x - low) / (high - low) * inner + note.ax
        y = (1 - note.y / top) * height + note.ay
        tall = len(parts) * note.font.size * 1.35 / 2
        boxes.append((x - half, x + half, y - tall, y + tall))
    for one, other in combinations(boxes, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart, (one, other)
    assert all(box[0] >= 0 and box[1] <= inner + charts_compare.RIGHT for box in boxes)


def test_many_rules_of_many_places_never_break_the_chart() -> None:
    """Fourteen rules of other provinces with every shape: tiers, maxima, fixed sums, no cap."""
    shapes = [
        {"rate_percent": Decimal(5), "rate_comparator": Comparator.LE, "cap_item_wan": Decimal(100)},
        {"rate_percent": Decimal(20), "cap_year_wan": Decimal(500)},
        {"threshold_wan": Decimal(100), "amount_low_wan": Decimal(10), "amount_high_wan": Decimal(10)},
        {"rate_percent": Decimal(1)},
        {"rate_open": True, "cap_item_wan": Decimal(30)},
        {"threshold_wan": Decimal(500), "rate_percent": Decimal(2), "cap_item_wan": Decimal(50)},
        {"rate_percent": Decimal("0.5"), "cap_item_wan": Decimal(20)},
    ]
    given = [
        Incentive(
            document=slug, clause_index=place, clause="一", beneficiary="企业", receiver=receiver,
            instrument=Instrument.SUBSIDY, trigger="", start=place, end=place + 1, quote="词",
            rate_base="技术合同成交额", **shape,
        )
        for slug in ("beijing-2022", "sichuan-2018")
        for place, (shape, receiver) in enumerate(zip(shapes, Receiver, strict=False))
    ]  # fmt: skip
    many = rules(given)
    assert len(many) == 14
    for width in WIDTHS:
        chart = charts_compare.benefit_chart(many, CARDS, Decimal(500), width=width)
        figure = go.Figure(chart.figure)
        lines = [trace.name for trace in figure.data if trace.mode == "lines"]
        assert len(lines) == 14
        # A curve is named on the chart or in the notes under it.
        assert len(figure.layout.annotations) + len(chart.unnamed) >= len(set(lines))
    assert tables_incentives.benefit_export(many, CARDS, Decimal(500)).rows


def test_the_data_of_the_chart_are_the_rules_own_numbers() -> None:
    table = tables_incentives.benefit_export(DRAWN, CARDS, Decimal(777))
    contract = f"{DRAWN[0].base.axis}（万元）"
    assert any(row[contract] == 777 for row in table.rows)
    by_name: dict[tuple[str, str], Rule] = {(rule.first.quote, rule.first.clause): rule for rule in DRAWN}
    for row in table.rows:
        rule = by_name[str(row["原文"]), str(row["条款"])]
        assert row["可得（万元）"] == rule_benefit(rule, Decimal(str(row[contract])))


def test_targets_stand_only_beside_their_like() -> None:
    for panel in charts_compare.panels(MATRIX):
        assert {entry.target.unit.lstrip("万亿") for entry in panel.entries} <= set(panel.kind.units)
        assert len(panel.entries) > 1
    drawn = sum(len(panel.entries) for panel in charts_compare.panels(MATRIX))
    assert drawn + charts_compare.left_out(MATRIX) == len(MATRIX.targets)


@pytest.mark.parametrize("width", WIDTHS)
def test_labels_of_targets_end_inside_the_chart(width: int) -> None:
    figure = go.Figure(charts_compare.targets_chart(MATRIX, width=width))
    inner = width - charts_compare.MARGIN_RIGHT
    dots = [trace for trace in figure.data if trace.mode == "markers+text"]
    for trace in dots:
        axis = figure.layout["xaxis" + trace.xaxis.removeprefix("x")]
        for place, text in zip(trace.x, trace.text, strict=True):
            value = float(Decimal(str(place)).log10()) if axis.type == "log" else place
            at = (value - axis.range[0]) / (axis.range[1] - axis.range[0]) * inner
            label = unescape(text).strip()
            assert at + charts_compare.LABEL_GAP + text_width(label, charts_compare.LABEL_SIZE) <= inner + 1
    drawn = sum(len(panel.entries) for panel in charts_compare.panels(MATRIX))
    assert sum(len(trace.x) for trace in dots) == drawn


def test_one_target_alone_gives_no_chart() -> None:
    alone = dataclasses.replace(READINGS[0], targets=READINGS[0].targets[:1])
    assert charts_compare.panels(target_matrix([alone])) == ()


def test_hover_text_cannot_become_markup() -> None:
    made = theme.template(theme.bold("<i>%"), theme.folded("<b>" * 40), theme.literal("%{x}<a>"))
    assert not re.findall("<(?!/?b>|br>|/?extra>)", made)
    assert "%{" not in made
