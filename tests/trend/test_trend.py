"""Targets held against the contract series: the examples checked by hand, and properties of growth and breaks.

The figures are those of policy_corpus/series/technology-contracts; the targets are written here as a careful reader
wrote them down, so that these tests do not depend on the extraction.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import PROJECT

from analysis.corpus.series import read_series
from analysis.model import Card, Comparator, Point, SeriesName, Target, TargetKind, TargetStatus
from analysis.trend import (
    Basis,
    Measure,
    Observation,
    TrendRow,
    breaks,
    series_notes,
    trend_rows,
)
from analysis.trend.contract_lines import growth, line, observed, project

SERIES = PROJECT / "policy_corpus/series/technology-contracts"
AS_OF = date(2026, 11, 21)
NARROWER = series_notes()["trade_value"]


@pytest.fixture(scope="module")
def points() -> tuple[Point, ...]:
    return read_series(SERIES)[1]


HEILONGJIANG = Card("heilongjiang-2017", "", region_code="230000", region="黑龙江", issued="2017")
SICHUAN_OLD = Card(
    "sichuan-2018", "", region_code="510000", region="四川", issued="2018", inferred=(("issued", "名称如此"),)
)
SICHUAN = Card("sichuan-2024", "", region_code="510000", region="四川", issued="2024-10-18")


def target(card: Card, value: str, year: int | None, **more: object) -> Target:
    fields: dict[str, object] = {
        "document": card.slug,
        "clause_index": 1,
        "clause": "一",
        "indicator": "技术合同成交额",
        "indicator_id": "contract_value",
        "kind": TargetKind.LEVEL,
        "comparator": Comparator.GE,
        "value": Decimal(value),
        "value_high": None,
        "unit": "亿元",
        "target_year": year,
        "baseline_year": None,
        "recurring": None,
        "start": 10,
        "end": 20,
        "value_start": 15,
        "value_end": 18,
        "quote": f"达到{value}亿元",
    }
    return Target(**{**fields, **more})  # type: ignore[arg-type]


def rows(
    card: Card, *targets: Target, points: tuple[Point, ...], as_of: date = AS_OF, series: str = "output"
) -> tuple[TrendRow, ...]:
    return trend_rows(targets, {card.slug: card}, points, as_of, (SeriesName(series),))


def test_heilongjiang_170_was_reached_a_year_early(points: tuple[Point, ...]) -> None:
    (row,) = rows(HEILONGJIANG, target(HEILONGJIANG, "170", 2020, comparator=Comparator.EQ), points=points)
    assert (row.baseline_year, row.baseline_value) == (2016, Decimal("125.8091"))
    assert (row.actual_year, row.actual_value) == (2020, Decimal("265.2015"))
    assert (row.first_reached_year, row.status) == (2019, TargetStatus.REACHED)
    assert "232.88" in row.note
    assert row.required_growth_percent is None
    assert row.implied_growth_percent == pytest.approx(Decimal("7.82"), abs=Decimal("0.01"))  # (170/125.8091)^(1/4)


def test_heilongjiang_8_percent_held_in_every_year(points: tuple[Point, ...]) -> None:
    aim = target(HEILONGJIANG, "8", 2020, kind=TargetKind.GROWTH, unit="%", recurring="yearly", quote="每年以8%以上")
    (row,) = rows(HEILONGJIANG, aim, points=points)
    assert row.status is TargetStatus.REACHED
    assert [year for year, _ in row.yearly] == [2018, 2019, 2020]
    assert all(rate >= 8 for _, rate in row.yearly)
    (harder,) = rows(
        HEILONGJIANG, target(HEILONGJIANG, "13.5", 2020, kind=TargetKind.GROWTH, unit="%", recurring="yearly"),
        points=points,
    )  # fmt: skip
    assert harder.status is TargetStatus.MISSED
    assert "2018年未达到" in harder.note


def test_heilongjiang_300_was_passed_lost_and_has_no_figure(points: tuple[Point, ...]) -> None:
    (row,) = rows(HEILONGJIANG, target(HEILONGJIANG, "300", 2025, comparator=Comparator.GT), points=points)
    assert (row.status, row.first_reached_year) == (TargetStatus.NO_DATA, 2021)
    assert (row.actual_year, row.actual_value) == (2023, Decimal("112.8827"))
    assert "2023年回落到112.88亿元" in row.note
    assert "断点" in row.note
    assert "没有2025年的数据" in row.note
    (earlier,) = rows(
        HEILONGJIANG, target(HEILONGJIANG, "300", 2025, comparator=Comparator.GT), points=points, as_of=date(2025, 6, 1)
    )
    assert earlier.status is TargetStatus.NOT_DUE


def test_sichuan_700_was_passed_in_2018_at_a_break(points: tuple[Point, ...]) -> None:
    (row,) = rows(SICHUAN_OLD, target(SICHUAN_OLD, "700", 2020), points=points)
    assert (row.status, row.first_reached_year, row.baseline_year) == (TargetStatus.REACHED, 2018, 2017)
    assert "996.7" in row.note
    assert "断点" in row.note
    assert "推断" in row.note


def test_unknown_issue_year_leaves_the_baseline_unknown(points: tuple[Point, ...]) -> None:
    card = Card("sichuan-2018", "", region_code="510000", region="四川")
    (row,) = rows(card, target(card, "700", 2020), points=points)
    assert (row.baseline_year, row.baseline_value, row.implied_growth_percent) == (None, None, None)
    assert (row.status, row.first_reached_year) == (TargetStatus.REACHED, 2018)


def doubling_and_4000() -> tuple[Target, Target]:
    narrow = {"indicator": "技术交易额", "indicator_id": "trade_value"}
    return (
        target(SICHUAN, "2", 2027, kind=TargetKind.MULTIPLE, unit="倍", baseline_year=2023, **narrow),
        target(SICHUAN, "4000", 2027, comparator=Comparator.GT, **narrow),
    )


def test_sichuan_4000_binds_and_the_doubling_does_not(points: tuple[Point, ...]) -> None:
    double, level = rows(SICHUAN, *doubling_and_4000(), points=points)
    assert round(double.value, 1) == Decimal("3884.3")
    assert double.unit == "亿元"
    assert not double.binding
    assert "以4,000亿元为准" in double.note
    assert level.binding
    assert level.status is double.status is TargetStatus.NOT_DUE
    assert (level.baseline_year, level.actual_year) == (2023, 2023)
    assert round(level.required_growth_percent or 0, 1) == Decimal("19.8")
    assert "2018—2023年）实际每年14.3%" in level.note
    assert NARROWER in level.note
    assert NARROWER in double.note


def test_sichuan_doubling_by_registered_value(points: tuple[Point, ...]) -> None:
    double, level = rows(SICHUAN, *doubling_and_4000(), points=points, series="registered")
    assert round(double.value, 1) == Decimal("3903.2")
    assert not double.binding
    assert level.binding


def test_figures_of_a_year_count_once_it_is_over(points: tuple[Point, ...]) -> None:
    aim = target(SICHUAN_OLD, "700", 2020)
    (in_time,) = rows(SICHUAN_OLD, aim, points=points, as_of=date(2020, 12, 31))
    assert (in_time.status, in_time.first_reached_year, in_time.actual_year) == (TargetStatus.NOT_DUE, 2018, 2019)
    assert in_time.required_growth_percent == 0
    (later,) = rows(SICHUAN_OLD, aim, points=points, as_of=date(2021, 1, 1))
    assert later.status is TargetStatus.REACHED


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"target_year": None}, "没有写明到哪一年"),
        ({"unit": "项"}, "单位是项"),
        ({"kind": TargetKind.INCREMENT}, "新增量"),
        ({"kind": TargetKind.MULTIPLE, "unit": "倍"}, "以哪一年为基数"),
        ({"scope": "成都市"}, "目标只管成都市"),
    ],
)
def test_not_comparable_says_why(points: tuple[Point, ...], more: dict[str, object], words: str) -> None:
    (row,) = rows(SICHUAN, target(SICHUAN, "3", 2027, **more), points=points)
    assert row.status is TargetStatus.NOT_COMPARABLE
    assert words in row.note
    assert row.required_growth_percent is None


def test_what_no_series_can_answer(points: tuple[Point, ...]) -> None:
    city = Card("chengdu", "", region_code="510100", region="成都", issued="2023")
    (row,) = rows(city, target(city, "1500", 2025), points=points)
    assert row.status is TargetStatus.NOT_COMPARABLE
    assert "没有成都" in row.note
    (absorbed,) = rows(SICHUAN, target(SICHUAN, "4000", 2027), points=points, series="absorbed")
    assert absorbed.status is TargetStatus.NOT_COMPARABLE
    assert rows(SICHUAN, target(SICHUAN, "100", 2027, indicator_id="agencies"), points=points) == ()


def test_units_of_money_are_one(points: tuple[Point, ...]) -> None:
    in_wan, in_yi = rows(
        SICHUAN, target(SICHUAN, "40000000", 2027, unit="万元"), target(SICHUAN, "4000", 2027), points=points
    )
    assert in_wan.value == in_yi.value == 4000


def test_breaks_by_note_and_by_rule(points: tuple[Point, ...]) -> None:
    found = {(one.region, one.series, one.year): one for one in breaks(points)}
    fall = found["黑龙江", SeriesName.OUTPUT, 2023]
    assert (fall.before, fall.after) == (Decimal("460.1814"), Decimal("112.8827"))
    assert ("四川", SeriesName.OUTPUT, 2018) in found
    shanxi = found["山西", SeriesName.OUTPUT, 2020]  # 109.52 -> 44.98 while contracts rose: only the rule finds it
    assert "按规则判定" in shanxi.words
    assert not any(region == "北京" for region, _, _ in found)


def test_lines_keep_gaps_and_registered_values_apart(points: tuple[Point, ...]) -> None:
    sold = line(points, "510000", Basis.OUTPUT)
    assert [seen.year for seen in sold][:3] == [2005, 2010, 2011]
    assert all(seen.source in ("yearbook", "panel") for seen in sold)
    assert [seen.year for seen in observed(points, "510000", SeriesName.REGISTERED)] == [2016, 2018, 2021, 2023]
    assert 2011 not in [seen.year for seen in line(points, "510000", Basis.OUTPUT, Measure.CONTRACTS)]


def test_net_is_output_less_absorbed_and_may_be_negative(points: tuple[Point, ...]) -> None:
    net = {seen.year: seen.value for seen in line(points, "230000", Basis.NET)}
    assert net[2023] == Decimal("112.8827") - Decimal("256.1497") < 0
    assert 2011 not in net  # no absorbed figure for 2011
    assert line(points, "230000", Basis.NET, Measure.PER_CONTRACT) == ()


def test_money_per_contract_is_in_wan(points: tuple[Point, ...]) -> None:
    each = {seen.year: seen.value for seen in line(points, "510000", Basis.OUTPUT, Measure.PER_CONTRACT)}
    assert each[2023] == pytest.approx(Decimal("685.52"), abs=Decimal("0.01"))  # 1942.1478 亿元 / 28331


def test_no_projection_across_a_break(points: tuple[Point, ...]) -> None:
    seen = line(points, "230000", Basis.OUTPUT)
    assert "不外推" in project(seen, 2027, broken=[2023]).reason
    ahead = project(line(points, "510000", Basis.OUTPUT), 2027, broken=[2018])
    assert (ahead.first, ahead.last, ahead.years) == (2018, 2023, (2024, 2025, 2026, 2027))
    # The mean growth is that of the whole run: 996.70 to 1,942.15 in five years.
    assert ahead.percent == pytest.approx(((1942.1478 / 996.701) ** 0.2 - 1) * 100)
    assert ahead.middle[0] == pytest.approx(1942.1478 * (1942.1478 / 996.701) ** 0.2)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 40))
def test_growth_carries_the_first_value_to_the_last(first: int, last: int, years: int) -> None:
    rate = growth(Decimal(first), Decimal(last), years)
    assert rate is not None
    assert Decimal(first) * (1 + rate / 100) ** years == pytest.approx(Decimal(last), rel=Decimal("1e-15"))


@given(st.integers(-10, 10), st.integers(-10, 10), st.integers(-3, 3))
def test_growth_is_unknown_where_it_means_nothing(first: int, last: int, years: int) -> None:
    rate = growth(Decimal(first), Decimal(last), years)
    assert (rate is None) == (first <= 0 or last <= 0 or years < 1)


@given(st.lists(st.integers(1, 10**6), min_size=5, max_size=14), st.integers(1, 8))
def test_the_interval_holds_the_middle_and_widens(values: list[int], ahead: int) -> None:
    seen = [Observation(2000 + i, Decimal(value), "x") for i, value in enumerate(values)]
    made = project(seen, seen[-1].year + ahead)
    assert len(made.years) == ahead
    ratios = [high / low for low, high in zip(made.low, made.high, strict=True)]
    assert all(low <= middle <= high for low, middle, high in zip(made.low, made.middle, made.high, strict=True))
    assert ratios == sorted(ratios)


@given(st.decimals("0.1", "5000", places=2), st.sampled_from(list(Comparator)), st.integers(2016, 2030))
def test_verdict_and_figure_never_disagree(value: Decimal, comparator: Comparator, year: int) -> None:
    known = {2015: "100", 2016: "150", 2017: "130", 2018: "400", 2020: "380"}
    series = tuple(Point("510000", "四川", y, SeriesName.OUTPUT, Decimal(v), None, "x") for y, v in known.items())
    card = Card("x", "", region_code="510000", region="四川", issued="2016-05")
    (row,) = rows(card, target(card, str(value), year, comparator=comparator), points=series)
    if row.status in (TargetStatus.REACHED, TargetStatus.MISSED):
        assert row.actual_year == year
        assert row.actual_value is not None
        assert row.met_by(row.actual_value) == (row.status is TargetStatus.REACHED)
    else:
        assert row.status is (TargetStatus.NO_DATA if year < AS_OF.year else TargetStatus.NOT_DUE)
        assert str(year) not in known
    assert row.baseline_year == 2015
