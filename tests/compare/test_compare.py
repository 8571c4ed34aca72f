"""Tidy tables and matrices: joins, three kinds of absence, spans that lead back, the answer about buyers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from compare_seeds import readings, rows

from analysis.compare import (
    CellState,
    answer,
    by_instrument,
    incentive_matrix,
    incentive_table,
    key,
    narrow,
    shared,
    target_matrix,
    target_table,
)
from analysis.compare.benefit import is_ceiling, most
from analysis.compare.incentive_matrix import INCENTIVE_COLUMNS, RATE_OPEN, cap_field, rate_field
from analysis.compare.target_matrix import NOT_APPLICABLE, TARGET_COLUMNS, years
from analysis.grammar import grammar, split_unit
from analysis.model import Instrument, Receiver, TargetStatus

READINGS = readings()
SLUGS = [reading.document.id for reading in READINGS]


def cell(matrix, row_key, slug):
    """The cell of a matrix by keys."""
    row = next(row for row in matrix.rows if getattr(row, "key", getattr(row, "receiver", None)) == row_key)
    return row.cells[[card.slug for card in matrix.cards].index(slug)]


def test_tables_hold_every_row_with_its_way_back_to_the_words() -> None:
    texts = {reading.document.id: reading.document.text for reading in READINGS}
    for table, names in ((target_table(READINGS, {}), ("targets.csv",)),
                         (incentive_table(READINGS), ("incentives.csv", "qualitative_incentives.csv"))):  # fmt: skip
        assert len(table) == sum(len(rows(name)) for name in names)
        for row in table.to_dict("records"):
            assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]
            assert row["region"]
            assert row["title"]
            assert row["clause"]


def test_tables_without_readings_keep_their_columns() -> None:
    assert tuple(target_table([], {}).columns) == TARGET_COLUMNS
    assert tuple(incentive_table([]).columns) == INCENTIVE_COLUMNS


def test_numbers_stay_decimal_and_absence_stays_none() -> None:
    table = target_table(READINGS, {})
    assert all(isinstance(value, Decimal) for value in table["value"])
    assert table["target_year"].map(lambda year: year is None or isinstance(year, int)).all()
    assert table["target_year"].isna().sum() == 1  # the 70 % of trained managers has no year


def test_indicators_join_by_canonical_id_and_a_narrower_measure_stays_apart() -> None:
    matrix = target_matrix(READINGS)
    assert len(cell(matrix, "contract_value", "heilongjiang-2017").targets) == 3
    assert len(cell(matrix, "contract_value", "sichuan-2018").targets) == 1
    assert cell(matrix, "contract_value", "sichuan-2024").targets == ()
    trade = next(row for row in matrix.rows if row.key == "trade_value")
    assert trade.note
    assert {target.document for target in trade.targets} == {"sichuan-2024"}


def test_several_targets_in_a_cell_stay_several_in_order_of_years() -> None:
    targets = cell(target_matrix(READINGS), "contract_value", "heilongjiang-2017").targets
    assert [target.target_year for target in targets] == [2020, 2020, 2025]


def test_every_target_is_in_the_matrix_once() -> None:
    matrix = target_matrix(READINGS)
    shown = [key(target) for target in matrix.targets]
    assert len(shown) == len(set(shown)) == len(rows("targets.csv"))


def test_silent_and_named_only_are_different_cells_and_the_mention_leads_to_the_words() -> None:
    matrix = target_matrix(READINGS)
    assert cell(matrix, "技术评价机构", "beijing-2022").state is CellState.SILENT
    named = cell(matrix, "技术经理人", "sichuan-2024")
    assert named.state is CellState.NAMED_ONLY
    text = next(reading.document.text for reading in READINGS if reading.document.id == "sichuan-2024")
    assert named.mention is not None
    assert text[named.mention.start : named.mention.end] == "技术经理人"  # raw as it is clean
    assert named.mentions == text.count("技术经理人")


def test_a_level_needs_no_baseline_and_a_multiple_states_its_own() -> None:
    table = target_table(READINGS, {})
    multiple = table[table["kind"] == "multiple"]
    assert list(multiple["baseline_year"]) == [2023]
    assert set(table[table["kind"] == "level"]["baseline_year"]) == {NOT_APPLICABLE}
    assert set(table[table["kind"] == "increment"]["baseline_year"].map(repr)) == {"None"}


def test_verdicts_go_to_their_targets_and_the_rest_is_not_comparable() -> None:
    target = READINGS[0].targets[0]
    table = target_table(READINGS, {key(target): TargetStatus.NOT_DUE})
    assert (table["status"] == "not_due").sum() == 1
    assert set(table["status"]) == {"not_due", "not_comparable"}


def test_years_come_in_order_with_the_unstated_last() -> None:
    targets = [target for reading in READINGS for target in reading.targets]
    assert years(targets) == (2020, 2025, 2027, None)
    assert years([]) == ()


def test_filtered_is_neither_silent_nor_zero() -> None:
    matrix = target_matrix(READINGS)
    late = narrow(matrix, lambda row, target: target.target_year == 2025)
    assert cell(late, "contract_value", "heilongjiang-2017").state is CellState.STATED
    assert cell(late, "contract_value", "sichuan-2018").state is CellState.FILTERED
    assert cell(late, "contract_value", "beijing-2022").state is CellState.SILENT
    assert {target.target_year for target in late.targets} == {2025}
    one = narrow(matrix, lambda row, target: target.document == "beijing-2022")
    assert one.cards == matrix.cards
    assert {target.document for target in one.targets} == {"beijing-2022"}


def test_only_what_two_regions_set_can_be_compared() -> None:
    """Two texts of one province are no comparison between provinces."""
    rows_shared = shared(target_matrix(READINGS))
    assert {row.key for row in rows_shared} == {"contract_value", "省级技术转移示范机构"}


def test_incentives_align_by_receiver() -> None:
    matrix = incentive_matrix(READINGS)
    assert cell(matrix, Receiver.SELLER, "sichuan-2024").silent
    assert cell(matrix, Receiver.BUYER, "heilongjiang-2017").quantified[0].threshold_wan == 50
    every = [incentive for reading in READINGS for incentive in reading.incentives]
    assert sorted(map(id, matrix.incentives)) == sorted(map(id, every))


def test_filters_keep_order_and_drop_empty_rows() -> None:
    matrix = incentive_matrix(READINGS, [Receiver.SELLER, Receiver.BUYER], [Instrument.REWARD])
    assert [row.receiver for row in matrix.rows] == [Receiver.SELLER]
    assert incentive_matrix(READINGS, []).rows == ()


def test_those_whom_most_documents_name_a_figure_for_come_first_and_the_rest_last() -> None:
    rows = incentive_matrix(READINGS).rows
    stated = [sum(bool(cell.quantified) for cell in row.cells) for row in rows if row.receiver is not Receiver.OTHER]
    assert stated == sorted(stated, reverse=True)
    assert rows[0].receiver is Receiver.BUYER  # equals stand in the order of the model
    assert rows[-1].receiver is Receiver.OTHER


def test_open_not_applicable_and_not_stated_are_three_things() -> None:
    buyer = cell(incentive_matrix(READINGS), Receiver.BUYER, "sichuan-2024").quantified[0]
    title = cell(incentive_matrix(READINGS), Receiver.TECHNOLOGY_MANAGER, "sichuan-2024").quantified[0]
    lump = cell(incentive_matrix(READINGS), Receiver.AGENCY, "heilongjiang-2017").quantified[0]
    assert rate_field(buyer) == RATE_OPEN
    assert rate_field(title) == NOT_APPLICABLE
    assert cap_field(title, title.cap_item_wan) == NOT_APPLICABLE
    assert rate_field(lump) is None
    assert cap_field(lump, lump.cap_item_wan) is None


def test_the_answer_about_buyers() -> None:
    """Issue: which province pays the buyer, from what contract size, how much and up to what?"""
    matrix = incentive_matrix(READINGS)
    told = answer(next(row for row in matrix.rows if row.receiver is Receiver.BUYER), matrix.cards)
    assert [
        (p.card.slug, p.incentive.threshold_wan, p.incentive.rate_percent, most(p.incentive)) for p in told.payments
    ] == [
        ("heilongjiang-2017", 50, 30, 100),
        ("sichuan-2024", 1000, None, 100),
    ]
    assert [is_ceiling(payment.incentive) for payment in told.payments] == [False, True]
    assert told.same_cap_wan == 100
    assert told.threshold_ratio == 20
    assert {card.slug for card in told.silent} == {"beijing-2022", "sichuan-2018"}


def test_one_payer_has_nothing_to_be_compared_with() -> None:
    matrix = incentive_matrix(READINGS)
    told = answer(next(row for row in matrix.rows if row.receiver is Receiver.SELLER), matrix.cards)
    assert len(told.payments) == 1
    assert told.same_cap_wan is None
    assert told.threshold_ratio is None


def test_by_instrument_keeps_everything_once() -> None:
    every = [incentive for reading in READINGS for incentive in reading.incentives]
    grouped = by_instrument(every)
    assert sum(len(items) for _, items in grouped) == len(every)
    assert all(item.instrument is tool for tool, items in grouped for item in items)


@pytest.mark.parametrize("kind", grammar().counted, ids=lambda kind: kind.id)
def test_every_kind_of_unit_has_an_example_it_matches(kind) -> None:
    unit = kind.example.lstrip("0123456789.")
    _, rest = split_unit(unit)
    assert rest in kind.units or kind.id == grammar().counted[-1].id


def test_no_unit_counts_two_kinds_of_things() -> None:
    units = [unit for kind in grammar().counted for unit in kind.units]
    assert len(units) == len(set(units))


def test_multipliers_before_a_unit() -> None:
    assert split_unit("万家") == (10_000, "家")
    assert split_unit("亿元") == (100_000_000, "元")
    assert split_unit("万") == (1, "万")
