"""The overview's facts and words, from small readings made by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import pipeline
from analysis.chinese_words import SIGNS
from analysis.glance import largest, most_for_one
from analysis.model import Citation, Comparator, Corpus, Point, SeriesName
from analysis.present import numbers, tables_overview, tables_sources, theme
from analysis.present.links import PAGES, page_link, words_link
from analysis.trend import coverage

AS_OF = date(2026, 11, 21)


def test_every_sum_and_count_is_a_link_to_words_that_exist(real_corpus: Corpus) -> None:
    view = pipeline.corpus_overview(real_corpus, AS_OF)
    markup = tables_overview.documents_html(view) + tables_overview.differences_html(view)
    spans = re.findall(r"reader\?document=([\w-]+)&amp;at=(\d+)-(\d+)", markup)
    assert spans
    for slug, start, end in spans:
        reading = real_corpus.reading(slug)
        assert reading is not None
        assert reading.document.text[int(start) : int(end)].strip()


def test_largest_sum_is_in_the_words_it_links_to(real_corpus: Corpus) -> None:
    for row in pipeline.corpus_overview(real_corpus, AS_OF).rows:
        if row.largest is not None:
            money = most_for_one(row.largest)
            assert money is not None
            assert f"{money.normalize():f}" in row.largest.quote.replace(",", "")


def test_largest_is_none_where_no_sum_is_named(real_corpus: Corpus) -> None:
    silent = [given for reading in real_corpus.readings for given in reading.incentives if not given.quantified]
    assert largest(silent) is None


def test_a_text_without_anything_says_so_in_words(real_corpus: Corpus) -> None:
    reading = replace(real_corpus.readings[0], targets=(), incentives=(), clauses=())
    view = pipeline.corpus_overview(Corpus((reading,)), AS_OF)
    markup = tables_overview.documents_html(view)
    for words in ("没有带数字的目标", "无序列可比", "没有激励", "没有写金额", "全文未写"):
        assert words in markup
    assert tables_overview.differences_html(view) == ""


def test_an_empty_corpus_is_said_to_be_empty() -> None:
    view = pipeline.corpus_overview(Corpus(()), AS_OF)
    assert "还没有可读的文件" in tables_overview.lead(view)


def test_titles_are_escaped(real_corpus: Corpus) -> None:
    reading = real_corpus.readings[0]
    card = replace(reading.document.card, title="<script>alert(1)</script>", region="<b>")
    sly = replace(reading, document=replace(reading.document, card=card))
    corpus = Corpus((sly,), points=real_corpus.points)
    view = pipeline.corpus_overview(corpus, AS_OF)
    said = tables_overview.lead(view) + tables_overview.documents_html(view) + tables_overview.differences_html(view)
    assert "<script>" not in said


def test_unknown_fields_are_named_not_guessed(real_corpus: Corpus) -> None:
    card = replace(real_corpus.readings[0].document.card, doc_number=None, issuers=(), source=None, issued=None)
    assert {"发文字号", "发文机关", "网页地址", "发布时间"} <= set(tables_sources.unknown(card))


def point(code: str, year: int, series: SeriesName) -> Point:
    return Point(code, {"110000": "北京", "510000": "四川"}[code], year, series, Decimal(1), None, "yearbook")


def test_coverage_keeps_missing_years_in_sight() -> None:
    held = coverage([point("510000", 2010, SeriesName.OUTPUT), point("110000", 2013, SeriesName.ABSORBED)])
    assert held.years == (2010, 2011, 2012, 2013)
    assert held.regions == (("110000", "北京"), ("510000", "四川"))
    assert held.at("510000", 2010) == {SeriesName.OUTPUT}
    assert held.at("510000", 2011) == frozenset()


def test_coverage_table_has_a_row_for_every_square(real_corpus: Corpus) -> None:
    held = pipeline.series_coverage(real_corpus.points)
    table = tables_sources.coverage_table(held, {}, "来源")
    assert len(table.rows) == len(held.regions) * len(held.years)
    absent = [row for row in table.rows if row["有哪些口径"] == tables_sources.NO_FIGURE]
    with_figures = {(one.region_code, one.year) for one in real_corpus.points}
    assert len(table.rows) - len(absent) == len(with_figures)


@pytest.mark.parametrize("dark", [False, True])
def test_coverage_is_drawn_in_house_style(real_corpus: Corpus, dark: bool) -> None:
    """The library checks every property here, of the squares and of the style that all charts have."""
    held = pipeline.series_coverage(real_corpus.points)
    drawn = go.Figure(theme.styled(tables_sources.coverage_chart(held, {}, dark), dark))
    assert len(drawn.data[0].z) == len(held.regions)
    assert drawn.layout.template.layout.font.color == theme.shades(dark).ink


def test_coverage_of_nothing_is_empty() -> None:
    assert coverage([]).years == ()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_figure_loses_nothing(value: Decimal) -> None:
    assert Decimal(numbers.figure(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("1942.10"), "1,942.1"), (0, "0"), (None, "—"), (Decimal("1E+3"), "1,000"), (Decimal("-0.0"), "0")],
)
def test_figure_by_example(value: Decimal | int | None, text: str) -> None:
    assert numbers.figure(value) == text


def test_units_and_dates() -> None:
    assert numbers.with_unit(Decimal(1000), "万元") == "1,000\u2009万元"
    assert numbers.with_unit(30, "%") == "30%"
    assert numbers.with_unit(None, "万元") == "—", "no unit after an unknown figure"
    assert numbers.date("2022-09") == "2022\u2009年\u20099\u2009月"
    assert numbers.period(2020, "yearly") == "每年，至 2020\u2009年"
    assert numbers.period(None, None) == "未写年份"


def test_every_comparator_has_its_own_sign() -> None:
    signs = [SIGNS[comparator] for comparator in Comparator]
    assert len(set(signs)) == len(signs)


def test_links_are_relative_and_escaped() -> None:
    cited = Citation("四 川&", "0123456789abcdef", 1, 2, "\ud800/")
    link = "reader?document=%E5%9B%9B%20%E5%B7%9D%26&at=1-2&file=0123456789ab&exact=%3F%2F"
    assert words_link(cited) == link
    assert page_link("overview") == "./"
    assert page_link("targets", province="四川", year=None) == "targets?province=%E5%9B%9B%E5%B7%9D"
    assert all(not page_link(name).startswith("/") for name, _ in PAGES)


@given(st.from_regex(r"[1-9][0-9]{5}", fullmatch=True), st.booleans())
def test_every_region_has_a_lasting_colour(code: str, dark: bool) -> None:
    assert re.fullmatch(r"#[0-9a-f]{6}", theme.region_colour(code, dark))
    assert theme.region_colour(code, dark) == theme.region_colour(code, dark)


def test_no_other_region_takes_a_colour_that_is_taken() -> None:
    own = {theme.region_colour(code) for code in ("110000", "510000", "230000")}
    others = {theme.region_colour(f"{prefix}0000") for prefix in range(11, 66)} - own
    assert len(own) == 3
    assert others.isdisjoint({theme.shades().wrong, theme.shades().ink})
