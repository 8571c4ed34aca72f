"""The page 目标对比: its numbers are the readings' own, its state is in the address, its links lead to the words."""

from __future__ import annotations

import json
import re

import pytest
from shown_pages import LINK, lead, markup, matrix, plain, sound

from analysis.model import Corpus


def test_every_target_of_the_corpus_is_shown_and_leads_to_its_words(real_corpus: Corpus) -> None:
    shown = {(slug, int(start), int(end)) for slug, start, end in LINK.findall(matrix(sound("targets")))}
    for reading in real_corpus.readings:
        for target in reading.targets:
            assert (target.document, *reading.document.raw_span(target.start, target.end)) in shown
            assert reading.document.text[target.start : target.end] == target.quote


def test_the_answer_counts_the_targets_of_the_corpus(real_corpus: Corpus) -> None:
    total = sum(len(reading.targets) for reading in real_corpus.readings)
    assert f"写下{total}个带数字的目标" in lead(sound("targets"))


@pytest.mark.parametrize(
    ("query", "keep"),
    [
        ({"year": "2025"}, lambda card, target: target.target_year == 2025),
        ({"year": "未写年份"}, lambda card, target: target.target_year is None),
        ({"province": "北京"}, lambda card, target: card.region == "北京"),
        ({"indicator": "技术合同成交额"}, lambda card, target: target.indicator_id == "contract_value"),
        (
            {"province": "四川", "year": "2027"},
            lambda card, target: (card.region, target.target_year) == ("四川", 2027),
        ),
    ],
)
def test_filters_come_from_the_address(real_corpus: Corpus, query: dict[str, str], keep) -> None:
    wanted = [t for r in real_corpus.readings for t in r.targets if keep(r.document.card, t)]
    app = sound("targets", **query)
    assert f"写下{len(wanted)}个带数字的目标" in lead(app)
    figures = re.findall(r'<div class="zh-big">', matrix(app))
    assert len(figures) == len(wanted)


def test_status_filter_shows_only_that_verdict() -> None:
    shown = plain(matrix(sound("targets", status="已达成")))
    assert "◆ 已达成" in shown
    assert "未到期" not in shown
    assert "另1个不在筛选内" in shown
    assert "不在筛选内" in plain(
        matrix(sound("targets", status="无数据"))
    )  # what the filter hides is not called silent


def test_filters_that_match_nothing_say_so_and_show_no_table() -> None:
    app = sound("targets", province="北京", year="2020")
    html = markup(app)
    assert "没有目标同时满足" in html
    assert "zh-matrix" not in html


def test_the_trade_value_stands_apart_with_its_note() -> None:
    shown = plain(matrix(sound("targets")))
    assert "技术合同成交额" in shown
    assert "没有分省的技术交易额序列" in shown


def test_three_kinds_of_cells() -> None:
    shown = plain(matrix(sound("targets")))
    for words in ("文件未载", "处，未定数", "未写年份"):
        assert words in shown


def test_the_chart_has_a_dot_for_each_target_it_can_compare() -> None:
    app = sound("targets")
    (chart,) = app.get("plotly_chart")
    traces = [trace for trace in json.loads(chart.proto.spec)["data"] if "text" in trace.get("mode", "")]
    dots = {tuple(point) for trace in traces for point in trace["customdata"]}
    said = re.search(r"不上图|(\d+)个不上图", plain(markup(app)))
    assert said
    total = int(re.search(r"写下(\d+)个", lead(app)).group(1))
    left = int(re.search(r"没有同类可比的目标(\d+)个", plain(markup(app))).group(1))
    assert len(dots) == total - left


def test_unknown_values_in_the_address_do_no_harm() -> None:
    sound("targets", province="火星", year="abc", indicator="没有这个", status="?")
