"""目标对比 in a real browser: filters in the address, from a figure or a dot to its words, files that open."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

import openpyxl
from harness import PATIENCE, settle
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def test_a_figure_leads_to_its_words(open_page: Open) -> None:
    page = open_page("targets")
    page.get_by_role("link", name="每年增长").first.click()
    page.wait_for_url("**/reader?document=*")
    settle(page)
    expect(page.locator("mark").first).to_be_visible(timeout=PATIENCE)
    assert "每年以8%以上" in "".join(page.locator("mark").all_inner_texts()).replace(" ", "")


def test_a_chosen_filter_is_in_the_address_and_comes_back(open_page: Open) -> None:
    page = open_page("targets")
    page.get_by_role("button", name="黑龙江", exact=True).click()
    page.get_by_role("button", name="2025", exact=True).click()
    page.wait_for_url("**year=2025**")
    settle(page)
    assert "province=黑龙江" in unquote(page.url)
    said = page.locator(".zh-lead").inner_text()
    assert ">300" in page.locator(".zh-matrix").inner_text()
    page.reload()
    settle(page)
    expect(page.locator(".zh-lead")).to_have_text(said, timeout=PATIENCE)
    assert page.locator(".zh-matrix .zh-big").count() == 1


def test_a_clicked_dot_shows_its_words(open_page: Open) -> None:
    page = open_page("targets")
    page.locator(".js-plotly-plot .scatterlayer .point").first.scroll_into_view_if_needed()
    # Plotly's own layer lies over the dots and takes the click at the dot's place.
    box = page.locator(".js-plotly-plot .scatterlayer .point").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".hoverlayer .hovertext")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("link", name="在原文中看这句话")).to_be_visible(timeout=PATIENCE)


def test_the_downloads_open_with_chinese_intact(open_page: Open) -> None:
    page = open_page("targets")
    row = page.locator(".st-key-downloads-targets-table")
    with page.expect_download() as waiting:
        row.get_by_role("button", name="Excel").click()
    sheet = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes())).active
    assert sheet is not None
    names = [cell.value for cell in sheet[3]]
    values = [row[names.index("目标值")].value for row in sheet.iter_rows(min_row=4)]
    assert 8000 in values
    with page.expect_download() as waiting:
        row.get_by_role("button", name="CSV").click()
    data = waiting.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert any(line["指标"] == "技术合同成交额" and line["目标值"] == "170" for line in rows)


def test_cards_on_a_phone_name_their_document(open_page: Open) -> None:
    page = open_page("targets", width=390)
    cell = page.locator(".zh-matrix td[data-label]").first
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "四川" in label
    assert page.locator(".zh-matrix thead").bounding_box()["height"] <= 2  # type: ignore[index]
