"""Every page, wide and narrow, light and dark: no fault, no overflow, no barrier, no English, the state comes back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from harness import PATIENCE, barriers, settle
from playwright.sync_api import Browser, Page, expect

from analysis.present import links

Open = Callable[..., Page]
# The first page is served at the root.
PAGES = {"" if place == 0 else name: title for place, (name, title) in enumerate(links.PAGES)}
WIDTHS = (1280, 390)
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(24, 24, 22)"}

# Words in Latin letters that Chinese readers of these pages know or that are names.
ALLOWED = {"CSV", "Excel", "Word", "PNG", "SVG", "PDF", "TXT", "UTF", "Beijing", "Sichuan"}
ALLOWED |= {"sha256", "SHA", "GB", "jieba"}
ALLOWED |= {"JSON", "SARIF", "LibreOffice", "doc", "wps", "docx"}
LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_page_is_whole_open_to_all_and_speaks_no_english(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width, dark=width < 640)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        app = page.locator("[data-testid=stApp]")
        expect(app).to_have_css("background-color", GROUNDS[scheme], timeout=PATIENCE)
        settle(page)
        assert page.locator("h1").count() == 1
        assert page.locator(".zh-fault").count() == 0, page.locator(".zh-fault").first.inner_text()
        assert page.locator("[aria-current=page]").inner_text() == PAGES[path]
        overflow = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{overflow} px too wide"
        assert not barriers(page)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    # Words of documents are quoted as they are; everything else is ours to say in Chinese.
    page.evaluate("document.querySelectorAll('.zh-quote, .zh-serif, .zh-as-received').forEach(e => e.remove())")
    said = page.locator("[data-testid=stMain]").inner_text()
    found = {word for word in LATIN.findall(said) if word not in ALLOWED}
    assert not found, f"English on {path or 'overview'}: {sorted(found)}"


def test_navigation_reaches_every_page(open_page: Open) -> None:
    page = open_page("")
    for title in [*list(PAGES.values())[1:], PAGES[""]]:
        page.locator(".st-key-navigation").get_by_text(title, exact=True).click()
        # For a moment the old page's entry may stand beside the new one.
        expect(page.locator(".zh-here")).to_have_text([title], timeout=PATIENCE)
        settle(page)
        assert page.locator(".zh-fault").count() == 0


def test_unknown_address_says_so_in_chinese(server: str, chromium: Browser) -> None:
    page = chromium.new_page()
    answer = page.goto(f"{server}/no-such-page")
    assert answer is not None
    assert answer.status == 404
    assert page.inner_text("body").startswith("没有这一页")
    page.get_by_text("总览").click()
    settle(page)
    assert page.locator(".zh-fault").count() == 0
    page.close()


def test_first_page_opens_under_its_own_name_with_its_state(open_page: Open) -> None:
    page = open_page("overview?province=%E5%9B%9B%E5%B7%9D")
    assert "/overview" not in page.url
    assert page.url.endswith("?province=%E5%9B%9B%E5%B7%9D")
    assert page.locator("[aria-current=page]").inner_text() == "总览"
    assert page.get_by_role("dialog").count() == 0


def test_a_phone_has_the_groups_and_the_pages_of_the_current_one(open_page: Open) -> None:
    page = open_page("targets", width=390)
    navigation = page.locator(".st-key-navigation")
    assert navigation.inner_text().split() == [
        "政衡",
        "比较",
        "起草",
        "征求意见",
        "资料",
        "总览",
        "目标对比",
        "激励对比",
        "趋势与目标",
        "用词对比",
    ]
    shape = navigation.bounding_box()
    assert shape is not None
    assert shape["height"] < 80
    navigation.get_by_role("link", name="资料").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".zh-here")).to_have_text(["原文"], timeout=PATIENCE)
    settle(page)
    assert navigation.inner_text().split() == [
        "政衡",
        "比较",
        "起草",
        "征求意见",
        "资料",
        "原文",
        "语料与来源",
        "抽取质量",
    ]


def test_keyboard_reaches_the_navigation(open_page: Open) -> None:
    page = open_page("")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.closest('.st-key-navigation') !== null"):
            return
    pytest.fail("six presses of Tab did not reach the navigation")


@pytest.mark.parametrize("path", ["targets", "trends"])
def test_lists_offer_no_english(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.get_by_role("combobox").first.click()
    offered = page.get_by_role("listbox").inner_text()
    assert offered
    assert not set(LATIN.findall(offered)) - ALLOWED


def test_state_comes_back_on_reload(open_page: Open) -> None:
    page = open_page("targets")
    choice = page.locator('[data-testid="stButtonGroup"] button').first
    choice.click()
    settle(page)
    assert "?" in page.url
    address, rows = page.url, page.locator("table.zh-table tr").count()
    page.reload()
    settle(page)
    assert page.url == address
    assert page.locator('[data-testid="stButtonGroup"] button').first.get_attribute("data-selected") == "true"
    assert page.locator("table.zh-table tr").count() == rows


def test_a_mark_of_the_picture_leads_to_its_words_by_keyboard(open_page: Open) -> None:
    page = open_page("", width=390)
    page.get_by_role("link", name=re.compile("四川 2018.*≥700.亿元，2018.年已达成")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reader?document=sichuan-2018*")
    cited = page.locator("mark.zh-m-cited")
    cited.first.wait_for()
    assert "技术合同成交额达到700亿元" in "".join(cited.all_inner_texts())


def test_a_figure_leads_to_its_words(open_page: Open) -> None:
    page = open_page("")
    page.locator(".zh-first a[href*='at=']").first.click()
    page.wait_for_url("**/reader?document=*")
    page.locator("mark").first.wait_for()
    settle(page)
