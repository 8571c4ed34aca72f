"""The page 趋势与目标: what it answers for each choice, and that no choice breaks it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import combinations, product
from typing import Any

import plotly.graph_objects as go
import pytest
from boxes import meet
from shown_pages import markup, opened, plain

from analysis import pipeline
from analysis.model import Corpus, TargetStatus
from analysis.present import charts_trend, tables_trend
from analysis.present.label_placement import LINE_HEIGHT, Box, text_width
from analysis.trend import TrendView, regions

AS_OF = date(2026, 11, 21)
SEEDS = ("510000", "110000", "230000")


def seen(real_corpus: Corpus, *codes: str, **more: Any) -> TrendView:
    return pipeline.trend_view(real_corpus, codes or SEEDS, **{"as_of": AS_OF, **more})


def test_the_page_answers_its_question_from_the_data() -> None:
    app = opened("trends", asof="2026-11-21")
    text = plain(markup(app))
    assert "目标定了多少，后来做到多少？" in text
    assert "共 6项" in text
    assert "3项已达成" in text
    assert "每年增长 19.8%；此前五年实际每年 14.3%" in text
    assert "北京的文件没有写" in text
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert {trace["name"] for trace in chart["data"]} >= {"四川", "北京", "黑龙江", "目标", "断点", "四川 登记"}


def test_the_answer_follows_the_choice() -> None:
    text = plain(markup(opened("trends", region="北京")))
    assert "没有写技术合同成交额目标" in text
    assert "四川要在" not in text
    text = plain(markup(opened("trends", basis="净输出")))
    assert "目标写的是成交额，按输出口径核对" in text
    assert "线性刻度（有负值或零，不能用对数刻度）" in text


def test_a_province_without_a_document_is_not_said_to_be_silent(real_corpus: Corpus) -> None:
    answer = tables_trend.answer_html(seen(real_corpus, *SEEDS, "440000"))
    assert "广东" not in answer
    assert "北京的文件没有写" in answer


@pytest.mark.parametrize("query", [{"asof": "去年"}, {"asof": "2020-13-01"}, {"region": "火星"}, {"basis": "x"}])
def test_no_address_breaks_the_page(query: dict[str, str]) -> None:
    text = markup(opened("trends", **query))
    assert "<h1>" in text
    assert ("读不懂" in text) == ("asof" in query)


def test_net_money_per_contract_is_said_to_have_no_meaning() -> None:
    assert "没有这项指标的数据" in markup(opened("trends", basis="净输出", measure="每项金额"))


def test_every_target_leads_to_its_words(real_corpus: Corpus) -> None:
    view = seen(real_corpus)
    links = re.findall(r'href="reader\?document=([^&"]+)&amp;at=(\d+)-(\d+)&amp;', tables_trend.targets_html(view))
    assert len(links) == len(view.rows) == 6
    for (document, start, end), row in zip(links, view.rows, strict=True):
        reading = real_corpus.reading(document)
        assert reading is not None
        assert (int(start), int(end)) == reading.document.raw_span(row.start, row.end)


def test_registered_values_are_points_and_gaps_stay_open(real_corpus: Corpus) -> None:
    chart = charts_trend.trend_chart(seen(real_corpus), width=1184, log=True)
    traces = {trace.name: trace for trace in go.Figure(chart.figure).data}
    assert traces["四川 登记"].mode == "markers"
    years = dict(zip(traces["四川"].x, traces["四川"].y, strict=True))
    assert years[2006] is None  # between 2005 and 2010 there is no line
    assert traces["四川"].connectgaps is False


def test_diamonds_say_by_their_shape_what_is_due(real_corpus: Corpus) -> None:
    chart = charts_trend.trend_chart(seen(real_corpus), width=1184, log=True)
    shapes = {
        chart.rows[trace.customdata[0][0]].target_year: trace.marker.symbol
        for trace in go.Figure(chart.figure).data
        if trace.name == "目标"
    }
    assert shapes == {2020: "diamond", 2025: "diamond-open-dot", 2027: "diamond-open"}
    assert all(row.binding for row in chart.rows)


def test_a_clicked_diamond_gives_its_row(real_corpus: Corpus) -> None:
    chart = charts_trend.trend_chart(seen(real_corpus), width=1184, log=True)
    clicked = {"selection": {"points": [{"customdata": [1]}, {"x": 2018}]}}
    assert charts_trend.picked(chart, clicked) == (chart.rows[1],)
    assert charts_trend.picked(chart, {"selection": {"points": [{"customdata": [99]}]}}) == ()
    assert charts_trend.picked(chart, None) == ()


def label_boxes(chart: go.Figure, width: int) -> tuple[Box, ...]:
    """Where the labels of a finished chart stand, in pixels of its plot area; heads above it are left out."""
    layout = chart.layout
    (first, last), (low, high) = layout.xaxis.range, layout.yaxis.range
    across = width - layout.margin.l - layout.margin.r
    down = layout.height - layout.margin.t - layout.margin.b
    found = []
    for one in layout.annotations:
        if one.showarrow:
            x = (one.x - first) / (last - first) * across + one.ax
            y = (high - one.y) / (high - low) * down + one.ay
            lines = [unescape(line) for line in re.sub("</?b>", "", one.text).split("<br>")]
            half = max(text_width(line, one.font.size) for line in lines) / 2
            tall = len(lines) * one.font.size * LINE_HEIGHT / 2
            found.append(Box(x - half, y - tall, x + half, y + tall))
    return tuple(found)


CHOICES = [
    SEEDS,
    (*SEEDS, "440000", "320000", "310000"),
    (*SEEDS, "500000", "450000", "460000"),
]


@pytest.mark.parametrize(("codes", "width", "log"), list(product(CHOICES, (358, 720, 1184), (True, False))))
def test_labels_never_overlap_in_any_size(real_corpus: Corpus, codes: tuple[str, ...], width: int, log: bool) -> None:
    view = seen(real_corpus, *codes, extrapolate=width > 700)
    chart = charts_trend.trend_chart(view, width=width, log=log)
    boxes = label_boxes(go.Figure(chart.figure), width)
    assert len(boxes) + len(chart.unlabelled) + len(chart.unnamed) >= len(view.lines) + len(chart.rows)
    for one, other in combinations(boxes, 2):
        assert not meet(one, other)


def test_what_finds_no_room_is_said_under_the_chart(real_corpus: Corpus) -> None:
    view = seen(real_corpus)
    said = "".join(tables_trend.notes(view, unlabelled=view.rows[:1], unnamed=view.lines[:1]))
    assert "挤不下标注的目标：四川" in said.replace("\u2009", "")
    assert "挤不下名称的线：四川" in said


def test_breaks_and_definitions_are_in_the_notes(real_corpus: Corpus) -> None:
    said = "".join(tables_trend.notes(seen(real_corpus))).replace("\u2009", "")
    assert "黑龙江2023年断点：较2022年460.18骤降75%" in said.replace(" ", "")
    assert "技术交易额" in said


def test_an_earlier_date_uses_earlier_figures_and_says_so(real_corpus: Corpus) -> None:
    view = seen(real_corpus, as_of=date(2019, 6, 1))
    assert not any(row.status in (TargetStatus.REACHED, TargetStatus.MISSED) for row in view.rows)
    assert "结论只用2019年以前" in plain("".join(tables_trend.notes(view)))


def test_the_tables_hold_what_the_page_shows(real_corpus: Corpus) -> None:
    view = seen(real_corpus)
    figures = tables_trend.series_table(view)
    drawn = sum(len(line.observations) + len(line.registered) for line in view.lines)
    assert len(figures.rows) == drawn
    outcome = tables_trend.target_table(view)
    assert len(outcome.rows) == len(view.rows) + len(view.registered_rows)


def test_gaps_are_named_by_years_and_places(real_corpus: Corpus) -> None:
    said = plain("".join(tables_trend.notes(seen(real_corpus, basis="absorbed"))))
    assert "2006—2009年没有吸纳数据" in said
    assert "2011年没有吸纳数据" in said
    said = plain("".join(tables_trend.notes(seen(real_corpus, *SEEDS, "540000"))))
    assert "四川、北京、黑龙江2006—2009年没有输出数据" in said  # 西藏 begins later


def test_a_break_of_money_does_not_break_the_number_of_contracts(real_corpus: Corpus) -> None:
    view = seen(real_corpus, "230000", measure="contracts", extrapolate=True)
    assert not view.lines[0].breaks
    assert view.lines[0].projection is not None
    assert view.lines[0].projection.years


def test_nothing_chosen_asks_for_a_choice() -> None:
    app = opened("trends", region="")
    text = markup(app)
    assert "请在下面选一个或几个" in text
    assert not app.get("plotly_chart")
    assert "目标引自" not in text


def test_a_region_without_figures_still_shows_its_targets(real_corpus: Corpus) -> None:
    reading = next(one for one in real_corpus.readings if one.document.id == "sichuan-2018")
    card = replace(reading.document.card, slug="city-2018", region_code="510100", region="成都")
    targets = tuple(replace(one, document="city-2018") for one in reading.targets)
    city = replace(reading, document=replace(reading.document, card=card), targets=targets)
    wider = replace(real_corpus, readings=(*real_corpus.readings, city))
    assert ("510100", "成都") in regions(wider)[0]
    view = seen(wider, "510100")
    assert not view.lines
    assert [row.status for row in view.rows] == [TargetStatus.NOT_COMPARABLE]
    assert "1 项无法对照" in plain(tables_trend.answer_html(view)).replace("1项", "1 项")
    assert "没有成都" in plain(tables_trend.targets_html(view))
