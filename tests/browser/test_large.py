"""More documents than fit side by side, in a real browser: pages turned, a region picked, the words, what is unread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from harness import PATIENCE, barriers, serving, settle
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def large(large_root: Path) -> Iterator[str]:
    """The product over a made-up corpus."""
    with serving(large_root) as address:
        yield address


def test_a_region_is_picked_and_its_pages_turned(open_page: Open, large: str) -> None:
    page = open_page("targets", base=large)
    page.get_by_role("button", name="下一页").last.click()
    page.wait_for_url("**page=2**")
    settle(page)
    expect(page.locator(".st-key-pager-page .zh-second")).to_contain_text("第 7—", timeout=PATIENCE)
    page.get_by_role("combobox", name="地区").click()
    page.keyboard.type("四川")
    page.get_by_role("option", name="四川").click()
    page.wait_for_url("**province=**")
    settle(page)
    assert "province=四川" in unquote(page.url)
    assert "page=2" not in page.url  # another choice begins at its first page
    heads = page.locator(".zh-matrix thead th strong").all_inner_texts()
    assert heads
    assert set(heads) <= {"四川", "成都", "绵阳"}


def test_from_a_region_of_the_overview_to_the_words(open_page: Open, large: str) -> None:
    page = open_page("", base=large)
    page.locator(".zh-slim").get_by_role("link", name="北京").click()
    page.wait_for_url("**province=**")
    settle(page)
    expect(page.locator(".zh-lead")).to_contain_text("中选出", timeout=PATIENCE)
    page.get_by_role("link", name="目标对比").click()
    settle(page)
    page.locator(".zh-spread a[href^='reader']").first.click()
    page.wait_for_url("**/reader?document=*")
    settle(page)
    expect(page.locator("mark").first).to_be_visible(timeout=PATIENCE)


def test_a_tile_leaves_its_province_alone(open_page: Open, large: str) -> None:
    page = open_page("", base=large)
    tile = page.locator(".zh-drawing").get_by_role("link", name="四川：")
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**province=**")
    settle(page)
    expect(page.locator(".zh-lead")).to_contain_text("四川（连同市县", timeout=PATIENCE)
    assert page.locator(".zh-drawing").count() == 0  # one province is no map


def test_files_that_were_not_read_are_listed_with_their_reasons(open_page: Open, large: str) -> None:
    page = open_page("sources", base=large)
    listed = page.locator(".zh-unread")
    expect(listed).to_contain_text("b.txt", timeout=PATIENCE)
    expect(listed).to_contain_text("是空文件")


def test_a_phone_has_the_figures_of_regions_in_lines(open_page: Open, large: str) -> None:
    page = open_page("", width=390, base=large)
    row = page.locator(".zh-slim tbody tr").first.bounding_box()
    assert row is not None
    assert row["height"] < 45
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


LISTS = ("", "targets", "incentives", "trends", "wording?term=技术", "reader", "sources?page=2")


@pytest.mark.parametrize("path", LISTS)
def test_no_page_has_a_barrier(open_page: Open, large: str, path: str) -> None:
    page = open_page(path, width=390 if path in ("", "targets") else 1280, base=large)
    assert not barriers(page)
