"""Figures with their sources: a card, ``data.csv`` and ``sources.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from analysis.corpus.files import check_digest, decode, read_bytes, read_toml
from analysis.grammar import grammar
from analysis.model import InputError, Point, SeriesCard, SeriesName

CARD, DATA, SOURCES = "card.toml", "data.csv", "sources.csv"
_DATA_COLUMNS = ("region_code", "region", "year", "series", "value_yi", "contracts", "source", "note")
_SOURCE_COLUMNS = ("source", "title", "reference")


def read_series(folder: Path) -> tuple[SeriesCard, tuple[Point, ...]]:
    """Card and points of a data set, in the order of the file.

    Raises InputError at the first thing that is wrong: key, digest, column, number, region, series, source, duplicate.
    """
    card_name = f"{folder.name}/{CARD}"
    section = read_toml(folder / CARD, card_name)
    section.only(("title", "unit", "definitions", "gaps", "sha256", "source_names", "source_remarks"))
    digests = section.pairs("sha256")
    texts: dict[str, str] = {}
    for file in (DATA, SOURCES):
        name = f"{folder.name}/{file}"
        data = read_bytes(folder / file, name)
        if file not in dict(digests):
            raise InputError(card_name, f"sha256.{file}", "缺少校验值", "请在 [sha256] 下补上")
        check_digest(data, dict(digests)[file], name, "sha256")
        texts[file] = decode(data, name)
    names = dict(section.pairs("source_names"))
    sources: dict[str, tuple[str, str, str]] = {}
    for place, row in _rows(texts[SOURCES], f"{folder.name}/{SOURCES}", _SOURCE_COLUMNS):
        if row["source"] in sources:
            raise InputError(*place, f"来源“{row['source']}”重复", "请删去一行或改名")
        sources[row["source"]] = (row["source"], names.get(row["source"], row["title"]), row["reference"])
    definitions = tuple(
        (part.member("series", SeriesName), part.text("name"), part.text("definition"))
        for part in section.sections("definitions")
    )
    defined = [series.value for series, _, _ in definitions]
    card = SeriesCard(
        slug=folder.name,
        title=section.text("title"),
        unit=section.text("unit"),
        definitions=definitions,
        sources=tuple(sources.values()),
        gaps=section.texts("gaps"),
        sha256=digests,
        remarks=section.pairs("source_remarks"),
    )
    return card, _points(texts[DATA], f"{folder.name}/{DATA}", set(sources), defined)


def _points(text: str, name: str, sources: set[str], defined: list[str]) -> tuple[Point, ...]:
    points: list[Point] = []
    seen: dict[tuple[str, str, str], str] = {}
    for place, row in _rows(text, name, _DATA_COLUMNS):
        key = (row["region_code"], row["year"], row["series"])
        points.append(_point(row, place, sources, defined))
        if key in seen:
            words = f"{row['region']} {row['year']} 年 {row['series']} 已在{seen[key]}出现"
            raise InputError(*place, words, "请只保留一行")
        seen[key] = place[1]
    return tuple(points)


def _point(row: dict[str, str], place: tuple[str, str], sources: set[str], defined: list[str]) -> Point:
    region = grammar().regions.get(row["region_code"])
    if region is None:
        raise InputError(*place, f"不认识地区代码“{row['region_code']}”", "请按 GB/T 2260 填六位省级代码")
    if region.name != row["region"]:
        problem = f"代码 {region.code} 是{region.name}，不是“{row['region']}”"
        raise InputError(*place, problem, "请改正代码或地区名")
    if row["series"] not in defined:
        raise InputError(*place, f"不认识口径“{row['series']}”", f"请改为下列之一：{'、'.join(defined)}")
    if row["source"] not in sources:
        raise InputError(*place, f"来源“{row['source']}”没有登记", f"请在 {SOURCES} 里补上这个来源")
    year = row["year"]
    if not (len(year) == 4 and year.isascii() and year.isdecimal() and year > "1900"):
        raise InputError(*place, f"年份“{year}”不是四位数字", "请改正")
    try:
        value = Decimal(row["value_yi"])
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise InputError(*place, f"成交额“{row['value_yi']}”不是数字", "请填以亿元计的数字，没有数据就删去这一行")
    contracts = row["contracts"]
    if contracts and not (contracts.isascii() and contracts.isdecimal()):
        raise InputError(*place, f"项数“{contracts}”不是整数", "请填整数，没有数据就留空")
    return Point(
        region_code=region.code,
        region=region.name,
        year=int(year),
        series=SeriesName(row["series"]),
        value_yi=value,
        contracts=int(contracts) if contracts else None,
        source=row["source"],
        note=row["note"],
    )


def _rows(text: str, name: str, columns: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    """Place (file and line) and cells of every row of a CSV text, whose header must be ``columns``."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(reader, [])
        if tuple(header) != columns:
            raise InputError(name, "第 1 行", "表头不对", f"请改为 {','.join(columns)}")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(columns):
                problem = f"应有 {len(columns)} 栏，实有 {len(cells)} 栏"
                raise InputError(name, f"第 {reader.line_num} 行", problem, "请检查逗号和引号")
            yield (name, f"第 {reader.line_num} 行"), dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    except csv.Error:
        raise InputError(name, f"第 {reader.line_num} 行", "不符合 CSV 写法", "请检查引号是否成对") from None
