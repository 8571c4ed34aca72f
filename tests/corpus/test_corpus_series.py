"""The contract series: complete, sourced, and refused with a clear sentence when a cell is wrong."""

from __future__ import annotations

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from places import PROJECT

from analysis.corpus.series import read_series
from analysis.grammar import grammar
from analysis.model import InputError, SeriesName

FOLDER = PROJECT / "policy_corpus" / "series" / "technology-contracts"
HEADER = "region_code,region,year,series,value_yi,contracts,source,note\n"
ROW = "510000,四川,2023,output,1951.6,32000,yearbook,备注\n"
SOURCES = "source,title,reference\nyearbook,年鉴,第 1 页\n"


def _folder(root: Path, data: str, sources: str = SOURCES, card: str | None = None) -> Path:
    folder = root / "contracts"
    folder.mkdir()
    (folder / "data.csv").write_text(data, encoding="utf-8")
    (folder / "sources.csv").write_text(sources, encoding="utf-8")
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (data, sources)]
    card = card or (
        'title = "技术合同"\nunit = "亿元"\n[[definitions]]\nseries = "output"\nname = "技术输出"\n'
        'definition = "按卖方"\n'
        '[sha256]\n"data.csv" = "{}"\n"sources.csv" = "{}"\n'
    )
    (folder / "card.toml").write_text(card.format(*digests), encoding="utf-8")
    return folder


def test_the_series_is_whole() -> None:
    card, points = read_series(FOLDER)
    assert {series for series, _, _ in card.definitions} == set(SeriesName)
    provinces = {point.region_code for point in points} - {"000000"}
    assert len(provinces) == 31
    assert provinces == set(grammar().regions) - {"000000", "710000", "810000", "820000"}
    assert all(name and definition for _, name, definition in card.definitions)


def test_nothing_is_lost_on_the_way() -> None:
    _, points = read_series(FOLDER)
    rows = list(csv.DictReader((FOLDER / "data.csv").open(encoding="utf-8")))
    assert [
        (point.region_code, point.region, str(point.year), point.series.value, point.source, point.note)
        for point in points
    ] == [tuple(row[key] for key in ("region_code", "region", "year", "series", "source", "note")) for row in rows]
    assert [point.value_yi for point in points] == [Decimal(row["value_yi"]) for row in rows]
    assert [point.contracts for point in points] == [
        int(row["contracts"]) if row["contracts"] else None for row in rows
    ]


def test_digests_on_the_card() -> None:
    card, _ = read_series(FOLDER)
    for file, digest in card.sha256:
        assert hashlib.sha256((FOLDER / file).read_bytes()).hexdigest() == digest


def test_the_gaps_the_card_states_are_the_gaps_there_are() -> None:
    card, points = read_series(FOLDER)
    stated = "".join(card.gaps)
    years = {
        series: {point.year for point in points if point.series is series and point.region_code != "000000"}
        for series in SeriesName
    }
    span = set(range(2005, 2025))
    assert span - years[SeriesName.OUTPUT] == {2006, 2007, 2008, 2009, 2024}
    assert "2006—2009 年和 2024 年" in stated
    assert years[SeriesName.OUTPUT] - years[SeriesName.ABSORBED] == {2011}
    assert all(point.contracts is None for point in points if point.year == 2011 and point.region_code != "000000")
    assert "2011 年只有技术输出，没有项数" in stated
    tibet = {point.year for point in points if point.region == "西藏" and point.series is SeriesName.OUTPUT}
    assert min(tibet) == 2017
    assert "西藏" in stated
    registered = {point.region for point in points if point.series is SeriesName.REGISTERED}
    assert registered == {"北京", "四川", "黑龙江"}
    assert {2006, 2024} <= {point.year for point in points if point.region_code == "000000"}


def test_a_good_row(tmp_path: Path) -> None:
    card, points = read_series(_folder(tmp_path, HEADER + ROW))
    assert card.slug == "contracts"
    assert card.sources == (("yearbook", "年鉴", "第 1 页"),)
    assert (points[0].value_yi, points[0].contracts, points[0].note) == (Decimal("1951.6"), 32000, "备注")


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("1951.6", "一千", ("data.csv", "第 2 行", "一千")),
        ("1951.6", "NaN", ("第 2 行", "NaN")),
        ("1951.6", "", ("第 2 行", "不是数字")),
        ("1951.6", "-3", ("第 2 行", "-3")),
        ("32000", "3.5", ("第 2 行", "项数", "3.5")),
        ("510000", "990000", ("第 2 行", "990000")),
        ("四川", "北京", ("第 2 行", "四川", "北京")),
        ("2023", "23", ("第 2 行", "年份", "23")),
        ("output", "sold", ("第 2 行", "sold", "output")),
        ("yearbook", "book", ("第 2 行", "book", "sources.csv")),
        (",备注", "", ("第 2 行", "8 栏", "7 栏")),
        ("备注\n", "备注\n" + ROW, ("第 3 行", "第 2 行")),
        ("region_code,region", "code,region", ("第 1 行", "表头")),
    ],
)
def test_a_wrong_cell_is_told_in_one_sentence(tmp_path: Path, old: str, new: str, parts: tuple[str, ...]) -> None:
    data = (HEADER + ROW).replace(old, new, 1)
    assert data != HEADER + ROW
    with pytest.raises(InputError) as caught:
        read_series(_folder(tmp_path, data))
    message = str(caught.value)
    assert all(part in message for part in parts), message
    assert message.endswith("。")
    assert message.count("。") == 1


def test_a_changed_file_a_missing_file_a_wrong_card(tmp_path: Path) -> None:
    folder = _folder(tmp_path, HEADER + ROW)
    (folder / "data.csv").write_text(HEADER + ROW.replace("1951", "1952"), encoding="utf-8")
    with pytest.raises(InputError, match="校验值不符"):
        read_series(folder)
    (folder / "data.csv").unlink()
    with pytest.raises(InputError, match=r"data\.csv.*找不到"):
        read_series(folder)
    (folder / "card.toml").unlink()
    with pytest.raises(InputError, match=r"card\.toml"):
        read_series(folder)


def test_a_source_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sources\.csv（第 3 行）"):
        read_series(_folder(tmp_path, HEADER + ROW, SOURCES + "yearbook,又,x\n"))
