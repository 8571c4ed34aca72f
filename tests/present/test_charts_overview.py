"""The pictures of 总览: every target a link to its words, one scale for all panels; every province a tile."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from analysis import pipeline
from analysis.grammar import grammar
from analysis.model import Corpus
from analysis.present import charts_overview
from analysis.present.charts_overview import TILES
from analysis.store import RegionRow

AS_OF = date(2026, 11, 21)
WIDTHS = (1184, 608, 358)


def drawn(picture: str) -> str:
    """The SVG of a picture."""
    found = re.search(r"data:image/svg\+xml;base64,([^\"]+)", picture)
    assert found is not None
    return b64decode(found[1]).decode()


def links(picture: str) -> list[dict[str, str]]:
    return [
        {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', each)}
        for each in re.findall(r"<a ([^>]*)>", picture)
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("dark", [False, True])
def test_every_target_is_a_link_to_its_words(real_corpus: Corpus, width: float, dark: bool) -> None:
    regions, view = pipeline.contract_targets(real_corpus, AS_OF)
    found = [each for each in links(charts_overview.targets_chart(view, regions, width, dark)) if "aria-label" in each]
    assert len(found) == sum(row.binding for row in view.rows) == 5
    for each in found:
        asked = parse_qs(urlsplit(each["href"]).query)
        reading = real_corpus.reading(asked["document"][0])
        assert reading is not None
        assert each["title"] in reading.document.text
        assert "看原句" in each["aria-label"]
        place = dict(part.split(": ") for part in each["style"].split("; "))
        assert all(0 <= float(value.rstrip("%")) <= 100 for value in place.values())


@pytest.mark.parametrize("width", WIDTHS)
def test_panels_share_one_scale_and_show_every_year_aimed_at(real_corpus: Corpus, width: float) -> None:
    regions, view = pipeline.contract_targets(real_corpus, AS_OF)
    svg = drawn(charts_overview.targets_chart(view, regions, width, False))
    assert all(name in svg for name in regions.values())
    assert svg.count(">10,000</text>") == len(regions), "each panel has the same scale"
    for row in (row for row in view.rows if row.binding and row.unit == "亿元"):
        assert f"{row.target_year}" in svg
    assert "文件没有定成交额目标" in svg  # 北京


def test_the_heading_answers(real_corpus: Corpus) -> None:
    regions, view = pipeline.contract_targets(real_corpus, AS_OF)
    heading = charts_overview.targets_heading(view, regions).replace("\u2009", "")
    assert heading == "定下的成交额目标有6个：3个已达成，2个未到期，1个无数据；北京没有定"
    assert any("另\u20091\u2009个不画" in note for note in charts_overview.targets_notes(view))
    assert charts_overview.targets_heading(replace(view, rows=()), regions) == "有文件的地方都没有定技术合同成交额目标"


def test_a_region_without_figures_shows_its_targets_alone(real_corpus: Corpus) -> None:
    bare = replace(real_corpus, points=tuple(each for each in real_corpus.points if each.region_code != "230000"))
    regions, view = pipeline.contract_targets(bare, AS_OF)
    svg = drawn(charts_overview.targets_chart(view, regions, 1184, False))
    assert "没有这个地方的成交额数据" in svg
    assert "=170" in svg.replace("\u2009", "")


def test_without_figures_and_targets_there_is_no_picture(real_corpus: Corpus) -> None:
    empty = replace(real_corpus, points=(), readings=tuple(replace(each, targets=()) for each in real_corpus.readings))
    regions, view = pipeline.contract_targets(empty, AS_OF)
    assert charts_overview.targets_chart(view, regions, 1184, False) == ""
    assert charts_overview.targets_chart(replace(view, lines=()), {}, 1184, False) == ""


def test_the_file_holds_figures_and_targets(real_corpus: Corpus) -> None:
    regions, view = pipeline.contract_targets(real_corpus, AS_OF)
    table = charts_overview.targets_table(view, charts_overview.targets_heading(view, regions))
    kinds = {row["口径"] for row in table.rows}
    assert "文件定下的目标" in kinds
    assert len(kinds) > 1


def region_row(code: str | None, name: str | None, documents: int) -> RegionRow:
    return RegionRow(code, name, 1, documents, 0, "2024", 3, 1, 2)


def test_every_province_has_a_tile_of_its_own() -> None:
    provinces = {code for code in grammar().regions if code not in ("000000", "710000", "810000", "820000")}
    assert set(TILES) == provinces
    assert len(set(TILES.values())) == len(TILES) == 31


def test_a_tile_with_documents_is_a_link_and_one_without_is_empty() -> None:
    rows = [
        region_row("000000", "全国", 2),
        region_row("510000", "四川", 1),
        region_row("110000", "北京", 40),
        region_row(None, None, 5),
    ]
    picture = charts_overview.tiles_chart(rows, {"issued": ["2024"]}, 1184, False)
    found = links(picture)
    assert [each["href"] for each in found] == [
        "./?issued=2024&province=%E5%8C%97%E4%BA%AC",
        "./?issued=2024&province=%E5%9B%9B%E5%B7%9D",
    ]
    assert found[0]["aria-label"].replace("\u2009", "") == "北京：40份文件，3项目标，只看北京"
    svg = drawn(picture)
    assert svg.count('fill="none"') == 29 + 1  # and the legend
    assert charts_overview.tiles_heading(rows).replace("\u2009", "") == (
        "31个省份里2个有文件，最多的是北京（40份）、四川（1份）"
    )
    notes = charts_overview.tiles_notes(rows)[0].replace("\u2009", "")
    assert "全国的2份、地区不详的5份不在图上" in notes
    assert "港澳台不在图内" in notes
    assert charts_overview.tiles_heading(rows[:1]) == "文件都不是某个省份的"


@pytest.mark.parametrize("most", [1, 2, 3, 7, 8, 100, 20_000])
def test_the_legend_tells_every_number_once(most: int) -> None:
    svg = drawn(charts_overview.tiles_chart([region_row("510000", "四川", most)], {}, 358, True))
    steps = [each.split("—") for each in re.findall(r">([\d—]+)\u2009份</text>", svg)]
    numbers = [number for each in steps for number in range(int(each[0]), int(each[-1]) + 1)]
    assert numbers == list(range(1, most + 1))
