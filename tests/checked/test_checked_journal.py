"""The file beside a document: what was acknowledged outlives a kill, and nobody overwrites anybody."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from checked_samples import WHEN, confirmed, item_of, removed
from places import DOCUMENTS, PROJECT

from analysis import pipeline
from analysis.checked import checks, journal
from analysis.checked.checks import Check, items, standing
from analysis.cli import main
from analysis.learn import left_out
from analysis.model import InputError, Reading
from analysis.pipeline.measuring import gold_in

SLUG = "sichuan-2018"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A corpus of one document that is written into."""
    shutil.copytree(DOCUMENTS / SLUG, tmp_path / "documents" / SLUG)
    shutil.copytree(PROJECT / "policy_corpus" / "series", tmp_path / "series")
    return tmp_path


@pytest.fixture
def reading(root: Path) -> Reading:
    return pipeline.load_corpus(root).readings[0]


def test_what_was_said_is_read_again(root: Path, reading: Reading) -> None:
    first, second = items(reading, ())[:2]
    said = pipeline.record_check(root, confirmed(reading, first), 0)
    said = pipeline.record_check(root, removed(reading, second), len(said))
    assert journal.read(pipeline.checked_path(root, SLUG)) == said
    assert not (root / journal.NAME).exists()
    found, faults = pipeline.read_checks(root)
    assert (found, faults) == ({SLUG: said}, ())
    assert [path.name for path in (root / "documents" / SLUG).glob("*check*")] == [journal.NAME], "nothing else is left"


def test_a_word_changes_what_holds_and_not_what_the_machine_reads(root: Path, reading: Reading) -> None:
    before = pipeline.collection_state(root), pipeline.checked_state(root)
    pipeline.record_check(root, removed(reading, items(reading, ())[0]), 0)
    assert pipeline.collection_state(root) == before[0]
    assert pipeline.checked_state(root) != before[1]
    assert pipeline.load_corpus(root).readings[0] == reading
    now = pipeline.load_checked_corpus(root).readings[0]
    assert len(now.targets) + len(now.incentives) == len(reading.targets) + len(reading.incentives) - 1


def test_two_at_once_are_both_kept_and_only_one_may_have_the_same_row(root: Path, reading: Reading) -> None:
    every = items(reading, ())

    def speak(number: int) -> str:
        try:
            pipeline.record_check(root, confirmed(reading, every[number % 4], f"第{number}人"), 0)
        except InputError as fault:
            return str(fault)
        return ""

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(speak, range(16)))
    kept = journal.read(pipeline.checked_path(root, SLUG))
    assert len(kept) == answers.count("") == 4
    assert {check.row for check in kept} == {item.key for item in every[:4]}
    assert all("刚刚核对过这一行" in answer for answer in answers if answer)


WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from analysis.checked import journal
path = Path(sys.argv[1])
check = journal.checks_of(Path(sys.argv[2]).read_bytes(), "one")[0]
number = 0
while True:
    journal.record(path, replace(check, row=f"t{number}-{number + 1}", quote="换行\\n与“引号”\\"" * 50), number)
    print(number, flush=True)
    number += 1
"""


def test_a_kill_loses_nothing_that_was_acknowledged(root: Path, reading: Reading, tmp_path: Path) -> None:
    path = pipeline.checked_path(root, SLUG)
    one = tmp_path / "one.csv"
    one.write_bytes(journal.file_of([confirmed(reading, items(reading, ())[0])]))
    command = [sys.executable, "-c", WRITER, str(path), str(one)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as writer:
        assert writer.stdout
        for line in writer.stdout:
            if int(line) >= 20:
                break
        writer.send_signal(signal.SIGKILL)
        told = [line, *writer.stdout]  # what it had still said before it was gone
    kept = journal.read(path)
    assert [check.row for check in kept[: int(told[-1]) + 1]] == [f"t{n}-{n + 1}" for n in range(int(told[-1]) + 1)]
    again = replace(kept[0], row="t9999-10000")
    assert journal.record(path, again, len(kept))[-1] == again, "and the file can be gone on with"


def test_a_line_cut_off_is_replaced_by_the_next(root: Path, reading: Reading) -> None:
    path = pipeline.checked_path(root, SLUG)
    first, second = items(reading, ())[:2]
    pipeline.record_check(root, confirmed(reading, first), 0)
    with path.open("ab") as file:
        file.write(journal.line(confirmed(reading, second))[:-9])
    assert len(journal.read(path)) == 1
    said = pipeline.record_check(root, removed(reading, second), 1)
    assert journal.read(path) == said


def test_a_file_of_another_order_of_columns_is_gone_on_with(root: Path, reading: Reading) -> None:
    """As a spreadsheet may leave it."""
    path = pipeline.checked_path(root, SLUG)
    first, second = items(reading, ())[:2]
    one = confirmed(reading, first)
    columns = tuple(reversed(journal.COLUMNS))
    path.write_bytes(",".join(columns).encode() + b"\r\n" + journal.line(one, columns))
    said = pipeline.record_check(root, confirmed(reading, second), 1)
    assert journal.read(path) == said == (one, confirmed(reading, second))


def test_what_is_withdrawn_stays_in_the_file(root: Path, reading: Reading) -> None:
    one = confirmed(reading, items(reading, ())[0])
    pipeline.record_check(root, one, 0)
    said = pipeline.record_check(root, checks.withdrawn(one, WHEN), 1)
    assert standing(said) == {}
    assert len(journal.read(pipeline.checked_path(root, SLUG))) == 2


def test_a_broken_file_is_a_fault_and_the_rest_is_served(root: Path) -> None:
    pipeline.checked_path(root, SLUG).write_text("不是,核对\r\n1,2\r\n", "utf-8")
    corpus = pipeline.load_checked_corpus(root)
    assert corpus.readings
    assert any("checked.csv" in fault.file for fault in corpus.faults)


def test_a_row_that_cannot_be_used_is_named_and_not_dropped(root: Path, reading: Reading) -> None:
    path = pipeline.checked_path(root, SLUG)
    check = confirmed(reading, items(reading, ())[0])
    wrong = replace(check, fields={**check.fields, "value": "许多"})
    path.write_bytes(journal.file_of([check, wrong]))
    with pytest.raises(InputError, match=r"第 3 条.*value 一栏"):
        journal.read(path)
    path.write_bytes(journal.file_of([check]).replace(b'"{""', b'"[""').replace(b'""}"', b'""]"'))
    with pytest.raises(InputError, match="第 2 条"):
        journal.read(path)


@pytest.mark.parametrize("place", ["", "documents", f"documents/{SLUG}", f"documents/{SLUG}/checked.csv"])
def test_score_reads_the_same_file(root: Path, reading: Reading, place: str) -> None:
    said: tuple[Check, ...] = ()
    every = items(reading, ())
    for item in every:
        said = pipeline.record_check(root, confirmed(reading, item), len(said))
    said = pipeline.record_check(
        root, removed(reading, item_of(reading, said, quote=reading.targets[0].quote)), len(said)
    )
    found = pipeline.score_gold(root / place, pipeline.load_corpus(root))
    assert not found.unlocated
    targets = found.targets.tally()
    assert (targets.gold, targets.right) == (len(reading.targets) - 1,) * 2
    assert targets.predicted == len(reading.targets)


def test_learning_reads_the_same_file(root: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGHENG_CORPUS", str(root))
    assert root not in pipeline.annotated_folders()
    pipeline.record_check(root, confirmed(reading, items(reading, ())[0]), 0)
    assert root in pipeline.annotated_folders()
    with gold_in(root, pipeline.load_corpus(root)) as (place, readings):
        (document,) = left_out.annotated(place, readings)
    assert document.name == SLUG
    assert [one.label for one in document.targets].count(True) == 1
    assert not place.exists()


def test_the_command_line_compares_what_people_left(
    root: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("ZHENGHENG_CORPUS", str(root))
    pipeline.record_check(root, removed(reading, items(reading, ())[0]), 0)
    pipeline.record_check(root, confirmed(reading, items(reading, ())[1], "王五"), 1)
    assert main(["compare", "targets"]) == 0
    said = capsysbinary.readouterr().out.decode("utf-8-sig")
    assert said.count("王五") == 1
    assert reading.targets[0].quote not in said
    assert main(["score", str(root / "documents"), "--brief"]) == 0
