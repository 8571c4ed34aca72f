"""原文 in a real browser: a link brings its words into view, the tree jumps, the choice of text is in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from harness import PATIENCE, barriers, settle
from playwright.sync_api import Page, expect

from analysis import pipeline
from analysis.present.links import words_link

Open = Callable[..., Page]
IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= window.innerHeight;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_brings_its_words_into_view(open_page: Open, width: int) -> None:
    reading = pipeline.load_corpus(pipeline.default_root()).readings[0]
    target = reading.targets[-1]
    page = open_page(f"reader?document={reading.document.id}&at={target.value_start}-{target.value_end}", width=width)
    words = page.locator("#words")
    expect(words).to_be_in_viewport(ratio=1, timeout=PATIENCE)
    marked = "".join(page.locator(".zh-m-cited").all_inner_texts())
    assert marked == reading.document.text[target.value_start : target.value_end]


@pytest.mark.parametrize("width", [1280, 390])
def test_what_became_of_cited_words_stands_in_view_beside_them(open_page: Open, width: int) -> None:
    target = pipeline.load_corpus(pipeline.default_root()).readings[0].targets[-1]
    assert target.citation is not None
    page = open_page(words_link(replace(target.citation, digest="0" * 64)), width=width)
    expect(page.locator("#words")).to_be_in_viewport(ratio=1, timeout=PATIENCE)
    notice = page.get_by_role("status").filter(has_text="文件在链接发出后改过")
    expect(notice).to_be_in_viewport(ratio=1, timeout=PATIENCE)
    assert notice.inner_text().endswith("已在下面标出。")


def test_the_tree_jumps_to_its_clause_and_stays_in_sight(open_page: Open) -> None:
    page = open_page("reader?document=sichuan-2024")
    link = page.locator("nav.zh-tree a").nth(9)
    clause = page.locator(f".zh-clause{link.get_attribute('href')}")
    assert not clause.evaluate(IN_VIEW)
    link.click()
    page.wait_for_function(
        "id => document.querySelector(id).getBoundingClientRect().top < window.innerHeight",
        arg=link.get_attribute("href"),
    )
    assert page.locator("nav.zh-tree a").first.evaluate(IN_VIEW)


def test_another_text_is_in_the_address_and_comes_back(open_page: Open) -> None:
    page = open_page("reader?document=sichuan-2024&at=400-410")
    page.get_by_role("radio", name="黑龙江 2017").click()
    page.wait_for_url("**document=heilongjiang-2017*")
    settle(page)
    assert "at=" not in page.url
    title = page.inner_text("h1")
    assert "黑龙江" in title
    page.reload()
    settle(page)
    assert page.inner_text("h1") == title


def test_search_marks_its_hits_and_is_in_the_address(open_page: Open) -> None:
    page = open_page("reader?document=sichuan-2024")
    page.get_by_label("查找").fill("技术经理人")
    page.keyboard.press("Enter")
    page.wait_for_selector(".zh-m-found")
    page.wait_for_url("**find=*")
    count = page.locator(".zh-m-found").count()
    page.reload()
    page.wait_for_selector(".zh-m-found")
    assert page.locator(".zh-m-found").count() == count > 1


def test_on_a_narrow_screen_the_tree_folds_above_the_text(open_page: Open) -> None:
    page = open_page("reader?document=heilongjiang-2017", width=390)
    assert not page.locator("nav.zh-tree").is_visible()
    fold = page.locator("details.zh-tree-fold")
    assert not fold.locator("a").first.is_visible()
    fold.locator("summary").click()
    assert fold.locator("a").first.is_visible()


def test_a_bad_address_is_one_sentence(open_page: Open) -> None:
    page = open_page("reader?document=sichuan-2024&at=abc")
    assert page.locator(".zh-fault").count() == 1
    assert page.locator(".zh-clause").count() > 10


@pytest.mark.parametrize("width", [1280, 390])
def test_a_note_unfolds_to_its_reasons_by_keyboard(open_page: Open, width: int) -> None:
    page = open_page("reader?document=sichuan-2024", width=width)
    why = page.locator(".zh-note-target .zh-why").first
    expect(why.locator("summary")).to_contain_text("把握")
    expect(why.locator("p")).to_be_hidden()
    why.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(why.locator("p")).to_be_visible()
    assert set(why.locator("li b").all_inner_texts()) <= {"支持", "反对"}
    assert not barriers(page)
