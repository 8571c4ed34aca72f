"""The trends page in a real browser: labels clear of each other, a diamond opens its words, the state comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from harness import settle
from openpyxl import load_workbook
from playwright.sync_api import Page

Open = Callable[..., Page]
MORE = "&".join(f"add={quote(name)}" for name in ("广东", "江苏", "上海"))

# Pairs of labels of the chart whose boxes share area, as drawn.
_OVERLAPS = """() => {
  const labels = [...document.querySelectorAll('.js-plotly-plot .annotation-text-g')].map(label => {
    const box = label.getBoundingClientRect();
    const [left, right, top, bottom] = [box.left + 1, box.right - 1, box.top + 1, box.bottom - 1];
    return { text: label.textContent, left, right, top, bottom };
  });
  const found = [];
  labels.forEach((one, index) => labels.slice(index + 1).forEach(other => {
    if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
      found.push(`${one.text} / ${other.text}`);
  }));
  return [labels.length, found];
}"""


@pytest.mark.parametrize("query", ["", MORE, f"{MORE}&extrapolate={quote('开')}", f"scale={quote('线性')}"])
@pytest.mark.parametrize("width", [1280, 800, 390])
def test_labels_as_drawn_do_not_overlap(open_page: Open, query: str, width: int) -> None:
    page = open_page(f"trends?{query}", width=width)
    page.wait_for_selector(".js-plotly-plot .annotation")
    number, overlaps = page.evaluate(_OVERLAPS)
    assert number >= 6
    assert not overlaps


def test_a_diamond_opens_its_words(open_page: Open) -> None:
    page = open_page("trends")
    # The diamonds are the last traces; the plot catches the mouse, so the click goes to their place on the screen.
    diamond = page.locator(".js-plotly-plot .scatterlayer .trace").last.locator("path.point")
    diamond.scroll_into_view_if_needed()
    box = diamond.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 30, y)
    page.mouse.move(x, y, steps=5)
    page.wait_for_selector(".hoverlayer .hovertext")
    page.mouse.click(x, y)
    link = page.locator("a", has_text="在原文中看这句话")
    link.wait_for()
    words = page.locator(".zh-quote").first.inner_text().strip("“”")
    link.click()
    page.wait_for_url("**/reader?**")
    settle(page)
    marked = "".join(page.locator("mark.zh-m-cited").all_inner_texts())
    assert re.sub(r"\s", "", marked) == re.sub(r"\s", "", words)


def test_a_row_of_the_table_opens_its_words(open_page: Open) -> None:
    page = open_page("trends")
    page.locator(".zh-trend-table a", has_text="170").click()
    page.wait_for_url("**/reader?document=heilongjiang-2017&at=*")
    settle(page)
    assert "170亿元" in "".join(page.locator("mark.zh-m-cited").all_inner_texts())


def test_the_state_is_in_the_address_and_comes_back(open_page: Open) -> None:
    page = open_page("trends")
    page.locator("[data-testid=stButtonGroup]").get_by_text("净输出", exact=True).click()
    page.wait_for_url("**basis=*")
    settle(page)
    answer = page.locator(".zh-lead").inner_text()
    assert "净输出" in answer
    assert "basis=净输出" in unquote(page.url)
    page.reload()
    settle(page)
    assert page.locator(".zh-lead").inner_text() == answer


def test_the_targets_open_in_excel(open_page: Open, tmp_path: Path) -> None:
    page = open_page("trends")
    with page.expect_download() as waiting:
        page.locator(".st-key-downloads-trend-targets").get_by_text("Excel", exact=True).click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    sheet = load_workbook(path).active
    assert sheet is not None
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "黑龙江" in cells
    assert 170 in cells
