"""The rules of agreement, pairing and counting, on hand-made rows: the scorer must be right before it judges."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from from_text import document_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import GOLD

from analysis.model import (
    Comparator,
    Document,
    Incentive,
    InputError,
    Instrument,
    Reading,
    Receiver,
    Target,
    TargetKind,
)
from analysis.score import score
from analysis.score.agree import found as agrees
from analysis.score.agree import in_base_unit, names_agree
from analysis.score.agree import right as agrees_wholly
from analysis.score.count import ReceiverAgreement, agreement
from analysis.score.gold import NOT_FOUND, GoldRow, locate
from analysis.score.score_report import changes, read_baseline, snapshot, text, values
from analysis.segment import segment

TEXT = "到2020年，培育技术转移机构100家以上、技术经纪人600名。按合同成交额的3%给予最高30万元补助。目前已有机构50家。\n"

TARGET_HEAD = (
    "document,clause,indicator,kind,comparator,value,value_high,unit,target_year,baseline_year,recurring,"
    "ambiguous,note,quote,char_start,char_end"
)
INCENTIVE_HEAD = (
    "document,clause,beneficiary,instrument,trigger,threshold_wan,rate_comparator,rate_percent,rate_base,"
    "amount_low_wan,amount_high_wan,cap_item_wan,cap_year_wan,ambiguous,note,quote,char_start,char_end"
)


def make(raw: str = TEXT, name: str = "甲") -> Document:
    return document_of(raw, f"{name}.txt")


def target(words: str, value: str, unit: str, indicator: str, **more: object) -> Target:
    start = TEXT.index(words)
    at = words.index(value)
    made = Target(
        "甲", 0, "", indicator, None, TargetKind.LEVEL, Comparator.EQ, Decimal(value), None, unit, 2020, None, None,
        start, start + len(words), start + at, start + at + len(value) + len(unit), words,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


INSTITUTIONS = target("培育技术转移机构100家以上", "100", "家", "技术转移机构", comparator=Comparator.GE)
BROKERS = target("技术经纪人600名", "600", "名", "技术经纪人")
EXISTING = target("目前已有机构50家", "50", "家", "机构", target_year=None)
SUBSIDY = Incentive(
    "甲", 0, "", "机构", Receiver.AGENCY, Instrument.SUBSIDY, "", TEXT.index("按合同"), TEXT.index("。目前"),
    "按合同成交额的3%给予最高30万元补助", rate_percent=Decimal(3), cap_item_wan=Decimal(30),
)  # fmt: skip

GOLD_TARGETS = (
    "甲,,技术转移机构,,ge,100,,家,2020,,,,,培育技术转移机构100家以上,7,21",
    "甲,,技术经纪人,,eq,600,,名,2020,,,1,,技术经纪人600名,22,31",
)
GOLD_INCENTIVES = ("甲,,机构,subsidy,,,,3,合同成交额,,,30,,,,按合同成交额的3%给予最高30万元补助,32,51",)


def reading(*targets: Target, incentives: tuple[Incentive, ...] = (SUBSIDY,), raw: str = TEXT) -> Reading:
    made = make(raw)
    return Reading(made, segment(made), (), targets, incentives)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def put(file: str, head: str, *rows: str) -> None:
        (tmp_path / file).write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")

    put("index.csv", "document,region,negative", "甲,某地,")
    put("targets.csv", TARGET_HEAD, *GOLD_TARGETS)
    put("incentives.csv", INCENTIVE_HEAD, *GOLD_INCENTIVES)
    put("not_targets.csv", "document,quote,why", "甲,已有机构50家,past fact", "甲,最高30万元,CAP sentence")
    return tmp_path


def test_a_perfect_reading_scores_one(folder: Path) -> None:
    result = score(folder, {"甲": reading(INSTITUTIONS, BROKERS)})
    for part in (result.targets, result.incentives):
        tally = part.tally()
        assert tally.rates(tally.found) == tally.rates(tally.right) == (1.0, 1.0, 1.0)
    assert not result.taken
    assert not result.unlocated


def test_missing_and_extra_rows_cost_recall_and_precision(folder: Path) -> None:
    result = score(folder, {"甲": reading(INSTITUTIONS, EXISTING)})
    tally = result.targets.tally()
    assert tally.rates(tally.found) == (0.5, 0.5, 0.5)
    assert [row.fields["indicator"] for row in result.targets.missed] == ["技术经纪人"]
    assert [row.fields["quote"] for row, _ in result.taken] == ["已有机构50家"]


def test_without_ambiguous_rows_neither_they_nor_their_predictions_count(folder: Path) -> None:
    result = score(folder, {"甲": reading(INSTITUTIONS, BROKERS)})
    assert result.targets.tally().gold == 2
    without = result.targets.tally(ambiguous=False)
    assert (without.gold, without.predicted, without.found) == (1, 1, 1)


@pytest.mark.parametrize(
    ("change", "found", "right"),
    [
        ({}, 1, 1),
        ({"target_year": None}, 1, 0),
        ({"comparator": Comparator.EQ}, 1, 0),
        ({"indicator": "高新技术企业"}, 1, 0),
        ({"indicator": "全省技术转移机构"}, 1, 1),
        ({"value": Decimal("0.01"), "unit": "万家"}, 1, 1),
        ({"value": Decimal(101)}, 0, 0),
        ({"unit": "名"}, 0, 0),
        ({"value_high": Decimal(200)}, 0, 0),
    ],
)
def test_found_needs_value_and_unit_right_also_year_comparator_indicator(
    folder: Path, change: dict[str, object], found: int, right: int
) -> None:
    result = score(folder, {"甲": reading(replace(INSTITUTIONS, **change))})  # type: ignore[arg-type]
    assert (result.targets.tally().found, result.targets.tally().right) == (found, right)


def test_spans_must_overlap(folder: Path) -> None:
    elsewhere = replace(INSTITUTIONS, start=EXISTING.start, end=EXISTING.end)
    assert score(folder, {"甲": reading(elsewhere)}).targets.tally().found == 0


def test_a_row_is_paired_once_and_the_better_prediction_wins(folder: Path) -> None:
    worse = replace(INSTITUTIONS, target_year=None)
    result = score(folder, {"甲": reading(worse, INSTITUTIONS)})
    tally = result.targets.tally()
    assert (tally.found, tally.right, tally.predicted) == (1, 1, 2)
    assert result.targets.extra == (worse,)


VARIANTS = [
    replace(one, **change)  # type: ignore[arg-type]
    for one in (INSTITUTIONS, BROKERS, EXISTING)
    for change in ({}, {"target_year": 2021}, {"value": Decimal(7)}, {"indicator": "别的"})
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.sampled_from(VARIANTS), max_size=8))
def test_counts_add_up_whatever_is_predicted(folder: Path, predicted: list[Target]) -> None:
    part = score(folder, {"甲": reading(*predicted)}).targets
    tally = part.tally()
    assert 0 <= tally.right <= tally.found <= min(tally.gold, tally.predicted)
    assert (tally.gold, tally.predicted) == (2, len(predicted))
    assert len({id(pair.gold) for pair in part.pairs}) == len(part.pairs)
    wanted = {row.fields["indicator"] for row in part.missed}
    assert ("技术转移机构" in wanted) != any(one.value == 100 for one in predicted)


def test_what_counts_neither_way_is_no_extra_row(folder: Path) -> None:
    cap = replace(SUBSIDY, rate_percent=None, quote="最高30万元", start=TEXT.index("最高30"), end=TEXT.index("补助"))
    result = score(folder, {"甲": reading(INSTITUTIONS, BROKERS, incentives=(SUBSIDY, cap))})
    assert result.incentives.tally().predicted == 1


def _row(**fields: str) -> GoldRow:
    return GoldRow("甲", 2, {"instrument": "subsidy", **fields}, 0, 10)


@pytest.mark.parametrize(
    ("gold", "change", "found", "right"),
    [
        ({"rate_percent": "3", "cap_item_wan": "30"}, {}, True, True),
        ({"rate_percent": "3"}, {}, True, False),  # a cap that the gold does not state
        ({"rate_percent": "3", "cap_item_wan": "40"}, {}, False, False),  # one agrees, one disagrees
        ({"rate_percent": "3", "cap_item_wan": "30", "threshold_wan": "50"}, {}, True, False),
        ({"rate_percent": "3.0", "cap_item_wan": "30"}, {"instrument": Instrument.REWARD}, True, False),
        ({"amount_low_wan": "5"}, {}, False, False),  # nothing that both state
        ({"threshold_wan": "5000"}, {"threshold_wan": Decimal(5000)}, True, False),
        (
            {"threshold_wan": "5000"},
            {"threshold_wan": Decimal(5000), "rate_percent": None, "cap_item_wan": None},
            True,
            True,
        ),
    ],
)
def test_incentive_agreement(gold: dict[str, str], change: dict[str, object], found: bool, right: bool) -> None:
    one = replace(SUBSIDY, **change)  # type: ignore[arg-type]
    assert (agrees(_row(**gold), one), agrees_wholly(_row(**gold), one)) == (found, right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("1.1", "万家"), ("11000", "家")),
        (("1", "亿元"), ("10000", "万元")),
        (("3", "億元"), ("3", "亿元")),
        (("2", "万分之"), ("0.02", "%")),
        (("6", "‰"), ("0.6", "％")),
        (("1", "个百分点"), ("1", "百分点")),
    ],
)
def test_units_that_mean_the_same(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert in_base_unit(Decimal(one[0]), one[1]) == in_base_unit(Decimal(other[0]), other[1])


def test_a_percentage_is_no_percentage_point() -> None:
    assert in_base_unit(Decimal(3), "%") != in_base_unit(Decimal(3), "个百分点")


@given(st.decimals("0.01", "9999", places=2), st.sampled_from(["元", "家", "平方米"]), st.sampled_from("千万亿"))
def test_a_scale_in_the_unit_multiplies(value: Decimal, unit: str, scale: str) -> None:
    assert in_base_unit(value, scale + unit) == (value * {"千": 10**3, "万": 10**4, "亿": 10**8}[scale], unit)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("技术合同成交额", "全省技术合同成交额", True),
        ("技术合同成交额", "技术合同成交金额", True),
        ("高新技术企业总数", "技术合同成交额", False),
        ("", "", True),
        ("机构", "", False),
    ],
)
def test_names(one: str, other: str, agree: bool) -> None:
    assert names_agree(one, other) is agree
    assert names_agree(other, one) is agree


@given(st.text("技术合同成交额机构企业", max_size=8))
def test_a_name_agrees_with_itself(name: str) -> None:
    assert names_agree(name, name)


def test_quotes_are_found_across_widths_spaces_and_omissions() -> None:
    raw = "到2025年,全省\n技术 合同成交额突破300亿元。另外突破300亿元。\n"
    made = make(raw)
    start, end = locate("到2025年，…合同成交额突破300亿元", made)
    assert raw[start:end].startswith("到2025年")
    assert raw[start:end].endswith("300亿元")
    start, end = locate("另外突破[[300亿元]]", made)
    assert (raw[start:end], raw[start - 2 : start]) == ("300亿元", "突破")
    assert locate("没有这句话", made) == NOT_FOUND


def test_a_quote_that_is_not_in_the_text_is_reported_and_never_found(folder: Path) -> None:
    (folder / "targets.csv").write_text(
        f"{TARGET_HEAD}\n甲,,机构,,eq,7,,家,2020,,,,,没有这句话7家,,\n", encoding="utf-8"
    )
    result = score(folder, {"甲": reading(INSTITUTIONS)})
    assert [row.fields["quote"] for row in result.unlocated] == ["没有这句话7家"]
    assert result.targets.tally().found == 0


def test_a_document_that_must_give_nothing(folder: Path) -> None:
    (folder / "index.csv").write_text("document,region,negative\n甲,某地,1\n", encoding="utf-8")
    assert score(folder, {"甲": reading(INSTITUTIONS)}).not_empty == ("甲",)
    assert score(folder, {"甲": reading(incentives=())}).not_empty == ()


def test_a_baseline_names_rows_gained_and_lost_without_words(folder: Path, tmp_path: Path) -> None:
    before = snapshot(score(folder, {"甲": reading(INSTITUTIONS)}))
    after = score(folder, {"甲": reading(BROKERS, EXISTING)})
    found = {(change.part, change.list): change for change in changes(after, before)}
    assert len(found["targets", "found"].gained) == len(found["targets", "found"].lost) == 1
    assert len(found["targets", "extra"].gained) == 1
    assert ("incentives", "found") not in found
    assert "机构" not in str(before)
    bad = tmp_path / "bad.json"
    bad.write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="不是基线文件"):
        read_baseline(bad)


def test_the_report_shows_rates_and_the_rows_at_fault(folder: Path) -> None:
    result = score(folder, {"甲": reading(replace(INSTITUTIONS, target_year=2021), EXISTING)})
    words = text(result, ())
    assert "0.500" in words
    assert "漏读目标：甲 第 3 行 “技术经纪人600名”" in words
    assert "多读目标：甲" in words
    assert "target_year 应为 2020，读作 2021" in words
    assert "与基线相同" in words
    plain = values(result)
    assert plain["targets"]["total"]["found"] == {"rows": 1, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert plain["targets"]["fields"] == {"target_year": 1}


def test_class_and_name_of_the_receiver_are_measured_and_change_no_other_count(folder: Path) -> None:
    named = {"甲": reading(INSTITUTIONS, BROKERS, incentives=(replace(SUBSIDY, beneficiary="高校"),))}
    result = score(folder, named)  # 机构 alone is a plain unit: neither the class nor the name agrees
    assert {one.field for one in result.incentives.pairs[0].differences} >= {"receiver", "beneficiary"}
    assert result.incentives.tally().right == 1
    plain = values(result)["receivers"]["total"]
    assert plain == {"found": 1, "class": {"rows": 0, "share": 0.0}, "name": {"rows": 0, "share": 0.0}}
    (folder / "receivers.csv").write_text("document,line,receiver\n甲,2,agency\n", encoding="utf-8")
    annotated = score(folder, {"甲": reading(INSTITUTIONS, BROKERS)})
    assert agreement(annotated.incentives.pairs) == ReceiverAgreement(found=1, same_class=1, same_name=1)
    assert "激励对象：找到的 1 条中，类别相符 1（1.000），名称相符 1（1.000）" in text(annotated)
    assert values(score(folder, {"甲": reading(incentives=())}))["receivers"]["total"]["class"]["share"] is None


def test_classes_may_lie_elsewhere_and_must_be_known(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "classes.csv"
    kept.write_text("document,line,receiver\n甲,2,agency\n", encoding="utf-8")
    assert score(folder, {"甲": reading()}, kept).gold.incentives[0].fields["receiver"] == "agency"
    kept.write_text("document,line,receiver\n甲,2,nobody\n", encoding="utf-8")
    with pytest.raises(InputError, match="对象类别"):
        score(folder, {"甲": reading()}, kept)


def test_rates_over_nothing_are_unknown(folder: Path) -> None:
    (folder / "targets.csv").write_text(f"{TARGET_HEAD}\n", encoding="utf-8")
    tally = score(folder, {"甲": reading()}).targets.tally()
    assert tally.rates(tally.found) == (None, None, None)


def test_a_broken_gold_file_is_one_sentence(folder: Path) -> None:
    (folder / "targets.csv").write_text(f"{TARGET_HEAD}\n甲,,机构,,eq,许多,,家,2020,,,,,培育,7,21\n", encoding="utf-8")
    with pytest.raises(InputError, match="许多"):
        score(folder, {"甲": reading(INSTITUTIONS)})
    with pytest.raises(InputError, match="找不到这个文件夹"):
        score(folder / "nowhere", {})
    (folder / "index.csv").unlink()
    with pytest.raises(InputError, match="不是标注文件夹"):
        score(folder, {})


def test_gold_files_of_the_project_have_the_columns_the_scorer_reads() -> None:
    with (GOLD / "targets.csv").open(encoding="utf-8") as lines:
        assert {"document", "clause", "indicator", "comparator", "value", "unit", "quote"} <= set(
            next(csv.reader(lines))
        )
