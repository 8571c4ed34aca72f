"""What a reader takes away: tables that open in Excel, pictures that say where they come from."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Page

Open = Callable[..., Page]
PAGES = ("", "targets", "incentives", "trends", "wording", "sources")
WITH_FIGURES = ("", "targets", "incentives", "trends", "sources", "quality")


def taken(page: Page, press: Callable[[], None], folder: Path) -> Path:
    """The file that pressing something brings."""
    with page.expect_download() as waiting:
        press()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.parametrize("path", PAGES)
def test_tables_open_in_excel(open_page: Open, tmp_path: Path, path: str) -> None:
    page = open_page(path)
    row = page.locator('[class*="st-key-downloads-"]').first
    book = openpyxl.load_workbook(taken(page, row.get_by_text("Excel", exact=True).click, tmp_path))
    sheet = book.active
    assert sheet is not None
    first = [cell.value for cell in sheet["A"]]
    assert sheet.max_row > 4, "a title, a header, a row and a source line at least"
    assert any(str(value).startswith("来源：") for value in first)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_csv_keeps_its_chinese(open_page: Open, tmp_path: Path) -> None:
    page = open_page("targets")
    row = page.locator('[class*="st-key-downloads-"]').first
    data = taken(page, row.get_by_text("CSV", exact=True).click, tmp_path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert "地区" in rows[0]


@pytest.mark.parametrize("path", WITH_FIGURES)
def test_pictures_are_made_in_the_browser(open_page: Open, tmp_path: Path, path: str) -> None:
    page = open_page(path)
    svg = taken(page, page.locator('[data-format="svg"]').first.click, tmp_path).read_text("utf-8")
    button = page.locator('[data-format="svg"]').first
    assert button.get_attribute("data-title") in svg.replace("</tspan>", "")
    assert "来源：" in svg, "a picture passed on says where it comes from"
    png = taken(page, page.locator('[data-format="png"]').first.click, tmp_path)
    with Image.open(png) as picture:
        assert picture.width > 1000
        assert len(picture.convert("L").getcolors(256) or []) > 10, "a picture with something on it"


def test_originals_come_back_byte_for_byte(open_page: Open, tmp_path: Path) -> None:
    from analysis import pipeline

    page = open_page("sources")
    corpus = pipeline.load_corpus(pipeline.default_root())
    edition = corpus.readings[0].document.edition
    got = taken(page, page.locator('a[href^="house/original"]').first.click, tmp_path)
    assert got.name == edition.file
    kept = pipeline.default_root() / "documents" / corpus.readings[0].document.id / edition.file
    assert got.read_bytes() == kept.read_bytes()


def test_links_of_a_table_open_the_words_from_outside(open_page: Open, tmp_path: Path) -> None:
    page = open_page("targets")
    row = page.locator('[class*="st-key-downloads-"]').first
    data = taken(page, row.get_by_text("CSV", exact=True).click, tmp_path).read_text("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(data)))
    site = page.url.removesuffix("targets")
    assert first["链接"].startswith(f"{site}reader?document=")
    text = open_page(first["链接"].removeprefix(site))
    assert text.locator("mark.zh-m-cited").first.inner_text() in first["原文"]
