"""Every verb from its words to its bytes: the wire format, the rows of trend, files that open, a current reference."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from places import DOCUMENTS, PROJECT

from analysis.cli import VERBS, main
from analysis.cli.generated import reference
from analysis.grammar import grammar
from analysis.pipeline import default_root, load_corpus
from analysis.present import export

RAW = DOCUMENTS / "heilongjiang-2017" / "heilongjiang-2017.txt"

# DESIGN section 4, key by key and in this order.
TARGET_KEYS = [
    "type", "document", "clause", "indicator", "indicator_id", "kind", "comparator", "value", "value_high", "unit",
    "target_year", "baseline_year", "recurring", "start", "end", "quote", "prefix", "suffix", "digest",
    "rule", "probability", "evidence",
]  # fmt: skip
INCENTIVE_KEYS = [
    "type", "document", "clause", "beneficiary", "instrument", "trigger", "threshold_wan", "rate_comparator",
    "rate_percent", "rate_percent_high", "rate_base", "amount_low_wan", "amount_high_wan", "cap_item_wan",
    "cap_year_wan", "start", "end",
    "quote", "prefix", "suffix", "digest", "rule", "probability", "evidence",
]  # fmt: skip
UNPARSED_KEYS = [
    "type", "document", "clause", "reason", "start", "end", "quote", "prefix", "suffix", "digest", "rule",
    "probability", "evidence",
]  # fmt: skip
TREND_KEYS = [
    "document", "indicator", "region", "series", "target_year", "value", "comparator", "baseline_year",
    "baseline_value", "actual_year", "actual_value", "first_reached_year", "status", "implied_growth_percent",
    "required_growth_percent", "note", "start", "end", "quote", "prefix", "suffix", "digest",
]  # fmt: skip


class Said:
    """Runs a command and keeps what it said."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self.capture = capture

    def __call__(self, *words: str) -> bytes:
        code = main(words)
        said = self.capture.readouterr()
        assert (code, said.err) == (0, b"")
        return said.out


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Said:
    return Said(capfdbinary)


def test_extract_speaks_the_wire_format(run: Said) -> None:
    rows = [json.loads(line) for line in run("extract", "heilongjiang-2017", "sichuan-2024").decode().splitlines()]
    assert {row["document"] for row in rows} == {"heilongjiang-2017", "sichuan-2024"}
    for row in rows:
        assert list(row) == (TARGET_KEYS if row["type"] == "target" else INCENTIVE_KEYS)
        for key in ("value", "value_high", "threshold_wan", "rate_percent", "cap_item_wan", "cap_year_wan"):
            assert isinstance(row.get(key), str | None)
            assert row.get(key) is None or Decimal(row[key]).is_finite()
            assert "E" not in (row.get(key) or "")
        for key in ("target_year", "baseline_year", "start", "end"):
            assert type(row.get(key)) in (int, type(None))


def test_a_row_says_why(run: Said) -> None:
    raw = RAW.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in run("extract", str(RAW)).decode().splitlines()]
    assert all(row["rule"] in grammar().rules for row in rows)
    weighed = [row for row in rows if row["probability"] is not None]
    assert weighed
    for row in weighed:
        assert 0 <= row["probability"] <= 1
        assert [list(sign) for sign in row["evidence"]] == [["name", "weight", "start", "end"]] * len(row["evidence"])
        assert all(raw[sign["start"] : sign["end"]].strip() for sign in row["evidence"])


def test_numbers_left_over_come_when_they_are_asked_for(run: Said) -> None:
    plain = run("extract", "sichuan-2024").decode().splitlines()
    every = run("extract", "sichuan-2024", "--all").decode().splitlines()
    assert every[: len(plain)] == plain
    left = [json.loads(line) for line in every[len(plain) :]]
    assert {row["type"] for row in left} == {"unparsed"}
    assert all(list(row) == UNPARSED_KEYS for row in left)
    assert all(row["reason"] == grammar().rules[row["rule"]].title for row in left)
    data = run("extract", "sichuan-2024", "--all", "--format", "csv").decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(data)))
    assert len(table) == len(every)
    assert any(row["evidence"].startswith("支持：") for row in table)


def test_offsets_are_into_the_file_as_received(run: Said) -> None:
    raw = RAW.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in run("extract", str(RAW)).decode().splitlines()]
    goal = next(row for row in rows if row.get("value") == "170")
    assert raw[goal["start"] : goal["end"]].replace(" ", "") == goal["quote"] == "2020年达到170亿元"
    assert (goal["unit"], goal["target_year"], goal["comparator"]) == ("亿元", 2020, "eq")
    assert goal["digest"] == hashlib.sha256(RAW.read_bytes()).hexdigest()
    assert (goal["prefix"], goal["suffix"]) == ("稳较快增长，", "。 到202")


def test_a_file_and_standard_input_give_the_same(run: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    from_file = run("extract", str(RAW)).decode()
    for words in (("extract", "-"), ("extract",)):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: False, buffer=io.BytesIO(RAW.read_bytes())))
        assert run(*words).decode().replace("标准输入", "heilongjiang-2017") == from_file


def test_extract_as_a_table_holds_every_row(run: Said) -> None:
    lines = run("extract", "sichuan-2024").decode().splitlines()
    data = run("extract", "sichuan-2024", "--format", "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == len(lines)
    assert set(rows[0]) == set(TARGET_KEYS) | set(INCENTIVE_KEYS)
    assert [row["quote"] for row in rows] == [json.loads(line)["quote"] for line in lines]


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("1.10", "1.1"), ("0.003", "0.003"), ("100", "100"), ("3E-5", "0.00003"), ("0", "0")],
)
def test_decimals_are_plain_digits(value: str, text: str) -> None:
    assert export.decimal(Decimal(value)) == text


def trend(run: Said, *words: str) -> list[dict[str, Any]]:
    return list(json.loads(run("trend", *words)))


def test_trend_gives_the_fields_and_the_checked_examples(run: Said) -> None:
    rows = trend(run, "--series", "output", "--as-of", "2026-11-21")
    assert all(list(row) == TREND_KEYS for row in rows)
    found = {(row["document"], row["value"], row["target_year"]): row for row in rows}
    reached = found["heilongjiang-2017", 170, 2020]
    assert (reached["status"], reached["first_reached_year"], reached["actual_value"]) == ("reached", 2019, 265.2015)
    assert found["heilongjiang-2017", 8, 2020]["status"] == "reached"
    lost = found["heilongjiang-2017", 300, 2025]
    assert (lost["status"], lost["first_reached_year"], lost["actual_year"]) == ("no_data", 2021, 2023)
    early = found["sichuan-2018", 700, 2020]
    assert (early["status"], early["first_reached_year"]) == ("reached", 2018)
    ahead = found["sichuan-2024", 4000, 2027]
    assert (ahead["status"], ahead["required_growth_percent"]) == ("not_due", 19.8)
    assert "技术交易额" in ahead["note"]
    assert round(next(row["value"] for row in rows if row["value"] == pytest.approx(3884.3, abs=0.05)), 1) == 3884.3


def test_what_is_due_depends_on_the_day_that_is_given(run: Said) -> None:
    early = {row["value"]: row["status"] for row in trend(run, "--series", "output", "--as-of", "2019-06-30")}
    assert early[170] == "not_due"


def test_every_series_is_told_apart(run: Said) -> None:
    assert {row["series"] for row in trend(run, "--as-of", "2026-11-21")} == {"output", "registered"}


@pytest.mark.parametrize("words", [("compare", "targets"), ("compare", "incentives"), ("trend",)])
def test_workbooks_open_and_tables_keep_their_chinese(run: Said, tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / "表.xlsx"
    assert run(*words, "--format", "xlsx", "-o", str(path)) == b""
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert any("四川" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    data = run(*words, "--format", "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert "四川" in data.decode("utf-8-sig")


@pytest.mark.parametrize("what", ["targets", "incentives"])
def test_compare_leads_back_to_the_words(run: Said, what: str) -> None:
    corpus = load_corpus(default_root())
    rows = json.loads(run("compare", what, "--format", "json"))
    assert len(rows) == sum(len(getattr(reading, what)) for reading in corpus.readings)
    for row in rows:
        reading = corpus.reading(row["document"])
        assert reading is not None
        # A quote may lose characters in cleaning; its first and last one are where the offsets say.
        words = reading.document.raw[row["start"] : row["end"]]
        assert (words[0], words[-1]) == (row["quote"][0], row["quote"][-1])


def test_a_file_of_ones_own_stands_beside_the_corpus(run: Said, tmp_path: Path) -> None:
    draft = tmp_path / "草案.txt"
    draft.write_text("一、目标\n到2030年，全省技术合同成交额达到5000亿元。\n", encoding="utf-8")
    rows = json.loads(run("compare", "targets", str(draft), "--format", "json"))
    (own,) = (row for row in rows if row["document"] == "草案")
    assert (own["value"], own["region"], own["indicator_id"]) == ("5000", None, "contract_value")


def test_corpus_list_and_verify(run: Said) -> None:
    listed = run("corpus", "list").decode().splitlines()
    assert len(listed) == len(load_corpus(default_root()).readings)
    assert any("时间不详" in line for line in listed)  # unknown stays unknown
    assert json.loads(run("corpus", "verify", "--format", "json"))["faults"] == []
    assert "校验值全部相符" in run("corpus", "verify").decode()


def test_score_prints_one_for_the_seeds(run: Said) -> None:
    printed = run("score", "tests/gold").decode()
    totals = [line for line in printed.splitlines() if line.strip().startswith("合计")]
    assert len(totals) == 2
    assert all(line.split().count("1.000") == 6 for line in totals)
    values = json.loads(run("score", "tests/gold", "--format", "json"))
    assert values["targets"]["total"]["right"]["f1"] == values["incentives"]["total"]["right"]["f1"] == 1.0


def test_score_writes_and_reads_a_baseline(run: Said, tmp_path: Path) -> None:
    path = tmp_path / "基线.json"
    run("score", "tests/gold", "--write-baseline", str(path))
    assert "与基线相同" in run("score", "tests/gold", "--baseline", str(path)).decode()


def test_the_reference_is_current_and_names_every_option() -> None:
    kept = (PROJECT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert kept == reference(), "run: make docs"
    for verb in VERBS:
        assert f"## {verb.name}" in kept
