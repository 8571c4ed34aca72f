"""用词对比 in a real browser: a dot and a word lead to contexts, a context to its clause; files open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from harness import settle
from openpyxl import load_workbook
from playwright.sync_api import Page

Open = Callable[..., Page]


def test_a_dot_opens_the_contexts_of_its_word(open_page: Open) -> None:
    page = open_page("wording")
    dot = page.locator(".js-plotly-plot .scatterlayer .point").nth(2)
    box = dot.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**term=*")
    settle(page)
    word = page.get_by_label("查词").input_value()
    assert word
    assert set(page.locator(".zh-kwic tbody .zh-kwic-words").all_inner_texts()) == {word}


def test_a_context_leads_to_its_words(open_page: Open) -> None:
    page = open_page("wording?term=概念验证")
    page.locator(".zh-kwic-words a").first.click()
    page.wait_for_selector("#words")
    assert "".join(page.locator(".zh-m-cited").all_inner_texts()) == "概念验证"


def test_a_word_of_the_table_keeps_the_state(open_page: Open) -> None:
    page = open_page("wording?focus=北京&least=10")
    link = page.locator(".zh-frequency tbody a").nth(1)
    word = link.inner_text()
    link.click()
    page.wait_for_url("**term=*")
    settle(page)
    assert page.get_by_label("查词").input_value() == word
    assert page.get_by_role("radio", name="北京", exact=True).is_checked()
    assert page.get_by_role("radio", name="10", exact=True).first.is_checked()


def test_the_choice_is_in_the_address_and_comes_back(open_page: Open) -> None:
    page = open_page("wording")
    page.get_by_role("radio", name="黑龙江", exact=True).click()
    page.wait_for_url("**focus=*")
    settle(page)
    title = page.locator("h2").first.inner_text()
    assert "黑龙江" in title
    page.reload()
    settle(page)
    assert page.locator("h2").first.inner_text() == title


def test_the_frequencies_open_in_excel(open_page: Open, tmp_path: Path) -> None:
    page = open_page("wording")
    with page.expect_download() as waiting:
        page.locator(".st-key-downloads-frequency").get_by_text("Excel").click()
    file = tmp_path / "words.xlsx"
    waiting.value.save_as(file)
    sheet = load_workbook(file).active
    assert sheet is not None
    assert sheet.cell(3, 1).value == "词"
    assert isinstance(sheet.cell(4, 2).value, int)
