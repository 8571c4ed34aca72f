"""The page 用词对比: its figures agree with the texts, its state is in the address."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from shown_pages import markup, opened, plain
from term_tables import count_terms

from analysis import pipeline
from analysis.model import Citation, Corpus
from analysis.present.export import to_csv
from analysis.present.tables_wording import (
    both_ends,
    contexts_export,
    contexts_html,
    frequency_export,
    keyness_chart,
    keyness_export,
    ratio,
)
from analysis.similar import Context, KeyTerm


def test_every_context_shown_is_in_its_text(real_corpus: Corpus) -> None:
    html = markup(opened("wording", term="概念验证"))
    count = sum(reading.document.text.count("概念验证") for reading in real_corpus.readings)
    assert f"共 {count}" in plain(html)
    links = set(re.findall(r"reader\?document=([\w-]+)&amp;at=(\d+)-(\d+)", html))
    assert len(links) == count
    for slug, start, end in links:
        reading = real_corpus.reading(slug)
        assert reading is not None
        assert reading.document.raw[int(start) : int(end)] == "概念验证"


def test_the_address_chooses_group_and_focus() -> None:
    app = opened("wording", group="地区", focus="北京", count="连同长词之内", least="3", top="15")
    html = markup(app)
    assert "哪些词把北京与" in html
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert sum(len(trace["y"]) for trace in chart["data"]) <= 30
    assert max(len(trace["y"]) for trace in chart["data"]) > 10


def test_periods_group_the_texts() -> None:
    assert "“十三五”（2016—2020）" in plain(markup(opened("wording", group="时期")))


def test_one_text_alone_has_nothing_to_be_compared_with() -> None:
    html = markup(opened("wording", documents="北京 2022"))
    assert "没有可以相比的另一组" in html
    assert "没有哪个把一组文件与其余明显分开" in plain(html)
    assert "技术经理人" in html  # the frequencies are there


def test_any_string_can_be_looked_up() -> None:
    assert "所选文件里没有“没有这个词”" in plain(markup(opened("wording", term="没有这个词")))
    html = markup(opened("wording", term='<img src=x onerror="x">'))
    assert "<img" not in html


@pytest.mark.parametrize(
    "query", [{"focus": "火星"}, {"group": "x"}, {"least": "-1"}, {"top": "999999"}, {"documents": "x"}, {"count": "?"}]
)
def test_an_address_that_makes_no_sense_falls_back(query: dict[str, str]) -> None:
    assert "各地的文件在说什么" in markup(opened("wording", **query))


TERMS = (
    KeyTerm("技术经理人", 1.5, 1.0, 2.0, 42, 38, 150.0, 20.0),
    KeyTerm("企业", 0.1, -0.4, 0.6, 5, 5, 10.0, 9.0),
    KeyTerm("农业", -1.2, -2.5, 0.1, 1, 7, 2.0, 5.0),
)


def test_both_ends_keep_their_side() -> None:
    assert [term.term for term in both_ends(TERMS, 1)] == ["技术经理人", "农业"]
    assert both_ends(TERMS, 5) == TERMS


def test_dots_are_filled_only_where_the_interval_leaves_out_no_difference() -> None:
    chart = go.Figure(keyness_chart(TERMS, "北京", "其余", colour="#123456"))
    right, left = chart.data
    assert list(right.marker.color) == ["#123456", "#ffffff"]
    assert list(left.marker.color) == ["#ffffff"]
    low, high = chart.layout.xaxis.range
    assert low < -2.5
    assert high > 2.0
    assert all(low <= tick <= high for tick in chart.layout.xaxis.tickvals)


@pytest.mark.parametrize(
    ("low", "high", "named"),
    [
        (-4.5, 4.5, ["1/64", "1/8", "相同", "8倍", "64倍"]),
        (-0.3, 2.5, ["相同", "2倍", "4倍"]),
        (-0.3, 0.25, ["0.83倍", "相同", "1.2倍"]),
        (-0.02, 0.01, ["相同"]),
    ],
)
def test_the_axis_names_ratios_whatever_its_width(low: float, high: float, named: list[str]) -> None:
    term = replace(TERMS[0], low=low, high=high, log_odds=(low + high) / 2)
    axis = keyness_chart([term], "北京", "其余", colour="#123456")["layout"]["xaxis"]
    assert [text.replace("\u2009", "") for text in axis["ticktext"]] == named


def test_an_empty_chart_is_drawn() -> None:
    assert go.Figure(keyness_chart((), "北京", "其余", colour="#123456")).layout.height > 0


def test_ratios_are_said_with_two_figures() -> None:
    assert [ratio(value) for value in (0.0, 0.6931, -0.6931, 3.0)] == ["1", "2", "0.5", "20"]


def test_tables_leave_with_numbers_and_a_source(real_corpus: Corpus) -> None:
    table = keyness_export(TERMS, "北京", "其余", "来源文件")
    assert to_csv(table).decode("utf-8-sig").splitlines()[1].startswith("技术经理人,42,38,150.00,20.00,4.5,1.500")
    counts = count_terms(real_corpus.readings)
    groups = tuple(reading.document.id for reading in real_corpus.readings)
    rows = pipeline.term_frequencies(counts, groups, inside=False, least=5)
    export = frequency_export(rows, groups, "来源文件")
    assert len(export.rows) == len(rows)
    assert all(row["合计（次）"] == sum(row[f"{group}次数（次）"] for group in groups) for row in export.rows)  # type: ignore[misc]


def test_words_of_documents_are_escaped_in_contexts() -> None:
    hit = Context("x", 0, "一", 3, 5, "<b>", "<i>", "&", "", True, True, Citation("x", "", 3, 5, "<i>"))
    html = contexts_html([hit], {"x": "<文件>"})
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;文件&gt;" in html
    assert contexts_export("<i>", [hit], {"x": "文件"}, "来源").rows[0]["起始字符位置"] == 3
