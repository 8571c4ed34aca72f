"""核对: what people say of the rows stands beside what the machine read, survives a file, and holds in a reading."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from checked_samples import WHEN, changed, confirmed, item_of, removed, sample
from hypothesis import given
from hypothesis import strategies as some
from places import GOLD

from analysis import pipeline
from analysis.checked import journal
from analysis.checked.annotations import gold_files
from analysis.checked.checks import Check, added, after, apply, items, last_of, least_sure_first, standing, withdrawn
from analysis.checked.fields import (
    CHOICES,
    FIELDS,
    NUMBERS,
    Part,
    begun,
    fields_of,
    missing_or_wrong,
    place_of,
    starts_formula,
    tidy,
    trimmed,
)
from analysis.learn import left_out
from analysis.model import CheckVerdict, Comparator, InputError, Reading


@pytest.fixture(scope="module")
def reading() -> Reading:
    return sample()


READ = sample()  # for properties, which take no fixture

# A reading with what people said of it ------------------------------------------------------------------------


def test_every_row_is_there_to_check_in_the_order_of_the_text(reading: Reading) -> None:
    found = items(reading, ())
    assert [item.machine for item in found] == [*reading.targets, *reading.incentives]
    assert all(item.row is item.machine and item.check is None and not item.differs for item in found)
    assert len({item.key for item in found}) == len(found)


def test_without_a_word_the_reading_is_the_machines(reading: Reading) -> None:
    assert apply(reading, ()) is reading


def test_each_verdict_holds_and_the_machines_row_stays_visible(reading: Reading) -> None:
    said = (
        confirmed(reading, item_of(reading, value="700")),
        changed(reading, item_of(reading, value="6000"), target_year="2029", comparator="ge"),
        removed(reading, item_of(reading, value="20")),
    )
    now = apply(reading, said)
    assert [
        (target.value, target.target_year, target.checked and target.checked.verdict) for target in now.targets
    ] == [
        (Decimal(6000), 2029, CheckVerdict.CHANGED),
        (Decimal(700), 2030, CheckVerdict.CONFIRMED),
    ]
    assert now.targets[0].comparator is Comparator.GE
    assert now.targets[0].indicator_id == reading.targets[0].indicator_id
    assert now.incentives == reading.incentives
    for item in items(reading, said):
        assert item.machine in (*reading.targets, *reading.incentives)
        if item.check:
            assert item.check.machine == fields_of(item.machine)
            assert (item.check.who, item.check.when) == ("甲", WHEN)
    assert [item.differs for item in items(reading, said)] == [True, False, True, False, False]


def test_a_row_put_back_to_what_the_machine_reads_is_confirmed(reading: Reading) -> None:
    item = item_of(reading, value="700")
    other = changed(reading, item, value="800")
    back = changed(reading, item_of(reading, (other,), value="800"), value="700")
    assert back.verdict is CheckVerdict.CONFIRMED


def test_a_row_is_added_from_marked_words(reading: Reading) -> None:
    span = place_of(reading, "建成 中试平台20个")
    assert span
    part, columns = begun(reading, *span)
    assert part is Part.TARGET
    assert columns[part]["value"] == "20"
    assert columns[part]["unit"] == "个"
    check = added(reading, (), part, span, columns[part] | {"target_year": "2028"}, "乙", WHEN)
    bare = replace(reading, targets=reading.targets[:2])
    now = apply(bare, (check,))
    assert now.targets[2].checked == check.mark
    assert now.targets[2].quote == "建成中试平台20个"
    assert now.document.text[now.targets[2].value_start : now.targets[2].value_end] == "20个"
    assert now.targets[2].target_year == 2028


def test_marked_words_that_give_begin_an_incentive(reading: Reading) -> None:
    span = place_of(reading, "对促成交易的技术转移机构，给予最高30万元奖励")
    assert span
    part, columns = begun(reading, *span)
    assert part is Part.INCENTIVE
    assert columns[part]["cap_item_wan"] == "30"
    assert columns[part]["instrument"] == "reward"


def test_words_that_stand_nowhere_or_twice_have_no_place(reading: Reading) -> None:
    assert place_of(reading, "不在文中") is None
    assert place_of(reading, "技术") is None
    assert place_of(reading, " ") is None
    assert trimmed(reading, 10, 10) is None
    assert trimmed(reading, -5, 10_000) is not None


def test_what_a_person_said_holds_when_the_machine_reads_otherwise(reading: Reading) -> None:
    """A better model drops a row, moves another, and finds the one that a person had added."""
    kept = changed(reading, item_of(reading, value="6000"), target_year="2029")
    gone = confirmed(reading, item_of(reading, value="20"))
    out = removed(reading, item_of(reading, beneficiary="促成交易的技术转移机构"))
    mine = added(reading, (), Part.TARGET, (reading.targets[1].start, reading.targets[1].end),
                     fields_of(reading.targets[1]), "乙", WHEN)  # fmt: skip
    moved = replace(reading.incentives[1], start=reading.incentives[1].start + 1)
    new = replace(reading, targets=reading.targets[:2], incentives=(reading.incentives[0], moved))
    now = apply(new, (kept, gone, out, mine))
    assert [target.value for target in now.targets] == [6000, 700, 20]
    assert [target.checked is not None for target in now.targets] == [True, True, True]
    assert now.targets[0].target_year == 2029
    assert [given.beneficiary for given in now.incentives] == [reading.incentives[0].beneficiary]


def test_a_word_finds_its_place_in_a_file_that_has_moved(reading: Reading) -> None:
    check = changed(reading, item_of(reading, value="6000"), target_year="2029")
    shifted = sample(f"（第一稿）\n{reading.document.raw}")
    now = apply(shifted, (replace(check, document=shifted.document.id),))
    assert now.targets[0].target_year == 2029
    other = sample("云中省的另一份文件\n没有数字。\n")
    assert apply(other, (replace(check, document=other.document.id),)).targets == ()


def test_the_least_sure_come_first_and_those_without_a_figure_last(reading: Reading) -> None:
    sure = [replace(target, probability=share) for target, share in zip(reading.targets, (0.9, 0.4, None), strict=True)]
    found = least_sure_first(items(replace(reading, targets=tuple(sure), incentives=()), ()))
    assert [item.probability for item in found] == [0.4, 0.9, None]


def test_words_on_another_document_change_nothing(reading: Reading) -> None:
    check = replace(removed(reading, item_of(reading, value="700")), document="another")
    assert apply(reading, (check,)).targets == reading.targets


# Which word holds ---------------------------------------------------------------------------------------------


def test_the_last_word_holds_and_undo_takes_it_back(reading: Reading) -> None:
    item = item_of(reading, value="700")
    one, two = confirmed(reading, item), changed(reading, item, who="乙", value="800")
    said = (one, two)
    assert standing(said)[item.key] is two
    assert last_of(said, "甲") is None
    assert last_of(said, "乙") is two
    back = withdrawn(two, WHEN)
    assert standing((*said, back))[item.key] is one
    assert last_of((*said, back), "甲") is one
    assert standing((*said, back, withdrawn(one, WHEN))) == {}


def test_a_key_pressed_too_long_says_one_thing(reading: Reading) -> None:
    check = confirmed(reading, item_of(reading, value="700"))
    assert after((check,), check, 0) == (check,)
    back = withdrawn(check, WHEN)
    assert after((check, back), back, 1) == (check, back)


def test_the_later_of_two_people_is_told_and_nothing_is_written(reading: Reading) -> None:
    item, other = item_of(reading, value="700"), item_of(reading, value="20")
    said = after((), confirmed(reading, item, "甲"), 0)
    with pytest.raises(InputError, match="甲刚刚核对过这一行"):
        after(said, removed(reading, item, "乙"), 0)
    assert len(after(said, removed(reading, other, "乙"), 0)) == 2, "another row is no conflict"
    assert len(after(said, removed(reading, item, "乙"), 1)) == 2, "whoever has seen it may say otherwise"
    with pytest.raises(InputError, match="改短"):
        after((), confirmed(reading, item), 1)


# The file -----------------------------------------------------------------------------------------------------

words = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
digits = some.from_regex(r"-?[0-9]{1,4}(\.[0-9]{1,2})?", fullmatch=True)


@some.composite
def checks(draw: some.DrawFn) -> Check:
    part = draw(some.sampled_from(Part))
    columns = some.dictionaries(some.sampled_from(FIELDS[part]), words.filter(bool) | digits, max_size=5)
    span = draw(some.none() | some.tuples(some.integers(0, 99), some.integers(100, 199)))
    return Check(
        document=draw(words), row=draw(words), part=part, verdict=draw(some.sampled_from(CheckVerdict)),
        who=draw(words), when=draw(words), clause=draw(words), quote=draw(words), start=draw(some.integers(0, 9)),
        end=draw(some.integers(10, 99)), fields=draw(columns), machine=draw(columns),
        machine_start=span[0] if span else None, machine_end=span[1] if span else None, note=draw(words),
    )  # fmt: skip


@given(some.lists(checks(), max_size=4))
def test_a_file_gives_back_what_was_said(said: list[Check]) -> None:
    assert journal.checks_of(journal.file_of(said), "checked.csv") == tuple(said)


@given(some.lists(checks(), min_size=1, max_size=3), some.data())
def test_a_file_cut_off_anywhere_keeps_every_whole_line(said: list[Check], data: some.DataObject) -> None:
    every = journal.file_of(said)
    complete = journal.file_of(said[:-1])
    cut = data.draw(some.integers(len(complete), len(every) - 1))
    assert journal.checks_of(every[:cut], "checked.csv") == tuple(said[:-1])


@given(checks())
def test_no_cell_is_a_formula_to_a_spreadsheet(check: Check) -> None:
    rows = list(csv.reader(io.StringIO(journal.file_of([check]).decode("utf-8-sig"), newline="")))
    assert not any(starts_formula(cell) for row in rows for cell in row)


@given(some.lists(some.tuples(some.integers(0, 4), some.sampled_from("yxue"), some.sampled_from("甲乙")), max_size=12))
def test_any_course_of_checking_holds_after_a_file(course: list[tuple[int, str, str]]) -> None:
    reading = READ
    said: tuple[Check, ...] = ()
    for place, key, who in course:
        item = items(reading, said)[place]
        match key:
            case "y":
                check = confirmed(reading, item, who)
            case "x":
                check = removed(reading, item, who)
            case "e" if item.part is Part.TARGET:
                check = changed(reading, item, who, target_year="2035")
            case "e":
                check = changed(reading, item, who, trigger="另有条件")
            case _:
                last = last_of(said, who)
                if last is None:
                    continue
                check = withdrawn(last, WHEN)
        said = after(said, check, len(said))
    found = items(reading, said)
    assert [item.machine for item in found] == [item.machine for item in items(reading, ())]
    gone = sum(check.verdict is CheckVerdict.REMOVED for check in standing(said).values())
    now = apply(reading, said)
    assert len(now.targets) + len(now.incentives) == len(found) - gone
    assert apply(reading, journal.checks_of(journal.file_of(said), "checked.csv")) == now


def test_a_file_saved_by_a_spreadsheet_is_read_and_a_broken_one_is_explained(reading: Reading) -> None:
    check = confirmed(reading, item_of(reading, value="700"))
    said = journal.file_of([check])
    assert journal.checks_of(said.decode("utf-8-sig").encode("gb18030"), "checked.csv") == (check,)
    with pytest.raises(InputError, match="缺少 document 一列"):
        journal.checks_of("甲,乙\r\n1,2\r\n".encode(), "checked.csv")
    with pytest.raises(InputError, match="第 2 条"):
        journal.checks_of(said.replace(b"confirmed", b"approved"), "checked.csv")


# Columns ------------------------------------------------------------------------------------------------------


def test_columns_are_those_of_the_gold() -> None:
    for part, name in ((Part.TARGET, "targets.csv"), (Part.INCENTIVE, "incentives.csv")):
        head = (GOLD / name).read_text("utf-8-sig").splitlines()[0].split(",")
        assert set(FIELDS[part]) <= set(head)
    assert set(CHOICES) | set(NUMBERS) <= {name for names in FIELDS.values() for name in names}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ("", "")),
        ({"value": "１，０００"}, ("", "")),
        ({"value": ""}, ("value", "needed")),
        ({"value": "很多"}, ("value", "number")),
        ({"value": "NaN"}, ("value", "number")),
        ({"value": "1e999999"}, ("value", "number")),
        ({"value_high": "5"}, ("value_high", "order")),
        ({"target_year": "30"}, ("target_year", "year")),
        ({"target_year": "²"}, ("target_year", "year")),
        ({"comparator": "about"}, ("comparator", "choice")),
        ({"indicator": "  "}, ("indicator", "needed")),
    ],
)
def test_what_cannot_be_kept_is_named(reading: Reading, typed: dict[str, str], wrong: tuple[str, str]) -> None:
    fields = tidy(Part.TARGET, fields_of(reading.targets[0]) | typed)
    assert missing_or_wrong(Part.TARGET, fields) == wrong


@pytest.mark.parametrize("part", [0, 1])
def test_columns_make_the_row_that_they_came_from(reading: Reading, part: int) -> None:
    for item in items(reading, ()):
        check = confirmed(reading, item)
        assert check.verdict is CheckVerdict.CONFIRMED
        row = items(reading, (check,))
        assert next(one.row for one in row if one.key == item.key) == replace(
            item.machine, checked=replace(check.mark, machine=item.machine)
        )


# As annotations -----------------------------------------------------------------------------------------------


def test_the_gold_of_a_checked_text_scores_what_the_machine_got_wrong(reading: Reading, tmp_path: Path) -> None:
    said = [confirmed(reading, item) for item in items(reading, ())]
    said[0] = changed(reading, item_of(reading, value="6000"), target_year="2029")
    said[1] = removed(reading, item_of(reading, value="700"))
    for name, data in gold_files([(reading, said)]).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = pipeline.score_gold(tmp_path, pipeline.load_corpus(pipeline.default_root()))
    assert not found.unlocated
    tally = found.targets.tally()
    assert (tally.gold, tally.predicted, tally.found, tally.right) == (2, 3, 2, 1)
    assert [str(target.value) for _, target in found.taken] == ["700"]
    assert found.incentives.tally().right == len(reading.incentives)


def test_what_nobody_has_looked_at_counts_neither_way(reading: Reading, tmp_path: Path) -> None:
    said = [confirmed(reading, item_of(reading, value="6000"))]
    for name, data in gold_files([(reading, said)]).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = pipeline.score_gold(tmp_path, pipeline.load_corpus(pipeline.default_root()))
    tally = found.targets.tally()
    assert (tally.gold, tally.predicted, tally.found, tally.right) == (1, 1, 1, 1)
    assert found.incentives.tally().predicted == 0
    assert b"partly checked" in gold_files([(reading, said)])["index.csv"]


def test_a_text_that_is_half_done_teaches_only_what_was_checked(reading: Reading, tmp_path: Path) -> None:
    said = [confirmed(reading, item_of(reading, value="6000")), removed(reading, item_of(reading, value="700"))]
    for name, data in gold_files([(reading, said)]).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (learnt,) = left_out.annotated(tmp_path, {reading.document.id: reading})
    labels = {str(one.candidate.quantity.value): one.label for one in learnt.targets}
    assert labels["6000"] is True
    assert labels["700"] is False
    assert labels["20"] is None


def test_an_incentive_without_a_number_is_kept_apart(reading: Reading) -> None:
    bare = changed(reading, item_of(reading, instrument="reward"), cap_item_wan="")
    files = gold_files([(reading, [bare])])
    assert b"reward" in files["qualitative_incentives.csv"]
    assert b"reward" not in files["incentives.csv"]


def test_a_text_of_which_all_was_removed_must_give_nothing(reading: Reading) -> None:
    said = [removed(reading, item) for item in items(reading, ())]
    row = next(csv.DictReader(io.StringIO(gold_files([(reading, said)])["index.csv"].decode())))
    assert row["negative"] == "1"
