"""Whether reports count, asked and answered in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from harness import PATIENCE, serving, settle
from kinds_corpus import with_reports
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product over a corpus with two reports."""
    with serving(with_reports(tmp_path_factory.mktemp("reports") / "corpus")) as address:
        yield address


def test_reports_are_asked_in_and_go_along(open_page: Open, reports: str) -> None:
    page = open_page("", base=reports)
    expect(page.locator(".zh-left-out")).to_contain_text("份新闻与总结未计入", timeout=PATIENCE)
    expect(page.locator(".zh-kind")).to_have_count(0)
    page.get_by_role("switch", name="计入新闻与总结").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**news=true**")
    settle(page)
    expect(page.locator(".zh-kind")).to_have_count(2, timeout=PATIENCE)
    expect(page.locator(".zh-left-out")).to_have_count(0)
    page.locator(".zh-glance a[href*='targets?']").first.click()
    page.wait_for_url("**/targets?**news=true**")
    settle(page)
    expect(page.get_by_role("switch", name="计入新闻与总结")).to_be_checked(timeout=PATIENCE)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["", "targets", "incentives", "wording", "trends"])
def test_the_question_stands_behind_the_filters_and_fits(open_page: Open, reports: str, name: str, width: int) -> None:
    page = open_page(name, base=reports, width=width)
    switch = page.locator(".st-key-news")
    expect(switch).to_be_visible(timeout=PATIENCE)
    box, said = switch.bounding_box(), page.locator(".zh-left-out").bounding_box()
    assert box is not None
    assert said is not None
    assert box["x"] >= 0
    assert said["x"] + said["width"] <= width
    assert said["y"] + said["height"] > box["y"]
    for other in page.locator("[class*='st-key-controls-']:has(.st-key-news) label").all():
        place = other.bounding_box()
        assert place is None or place["y"] <= box["y"] + box["height"]
