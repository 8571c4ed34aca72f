"""新旧对照 in a real browser: two files dropped, the kinds of change, both files to take away, a narrow screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
from harness import PATIENCE, barriers, settle
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from two_versions import NEW, OLD

Open = Callable[..., Page]


def drop(page: Page, side: str, path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    page.locator(f".st-key-upload-{side} input[type=file]").set_input_files(str(path))
    expect(page.locator(f".st-key-brought-{side}")).to_be_visible(timeout=PATIENCE)
    settle(page)


def test_two_files_are_dropped_looked_at_and_taken_away(open_page: Open, tmp_path: Path) -> None:
    page = open_page("versions")
    drop(page, "old", tmp_path / "旧稿.txt", OLD)
    drop(page, "new", tmp_path / "新稿.txt", NEW)
    expect(page.locator("h1")).to_contain_text("新稿改了 3 条、删了 1 条", timeout=PATIENCE)
    assert page.locator(".zh-versions del", has_text="可以").count() == 1
    assert not barriers(page)

    page.locator(".zh-v-kept summary").first.press("Enter")  # by keyboard
    expect(page.locator(".zh-v-kept details").first).to_have_attribute("open", "")
    page.get_by_role("button", name="新增", exact=True).click()
    page.wait_for_url("**kind=*")
    settle(page)
    assert page.locator(".zh-versions tbody tr").count() == 1

    for word, name in (("Word", "表.docx"), ("Excel", "表.xlsx")):
        with page.expect_download() as waiting:
            page.locator(".st-key-downloads-versions").get_by_text(word).click()
        assert waiting.value.suggested_filename.startswith("新旧条文对照表-某省技术转移机构奖励补助办法")
        waiting.value.save_as(tmp_path / name)
    assert docx.Document(str(tmp_path / "表.docx")).tables[0].rows[0].cells[0].text == "原条文"
    assert load_workbook(tmp_path / "表.xlsx").active is not None


def test_changes_are_gone_through_by_keyboard(open_page: Open) -> None:
    page = open_page("versions?old=sichuan-2018&new=sichuan-2024")
    expect(page.locator("h1")).to_contain_text("新稿改了", timeout=PATIENCE)
    settle(page)
    rows, steps = page.locator(".zh-versions tbody tr[id]"), page.locator(".st-key-versions-steps")
    for place, key in ((1, "n"), (2, "n"), (3, "n"), (2, "p")):
        page.keyboard.press(key)
        expect(steps).to_contain_text(f"{place}/{rows.count()}", timeout=PATIENCE)
        settle(page)
        expect(rows.nth(place - 1)).to_be_in_viewport()
        assert steps.bounding_box()["y"] >= 0  # type: ignore[index]
        assert rows.nth(place - 1).get_attribute("id") in page.url.replace("change=", "v")
    assert not barriers(page)


def test_on_a_narrow_screen_each_change_is_a_card(open_page: Open) -> None:
    page = open_page("versions?old=sichuan-2018&new=sichuan-2024", width=390, dark=True)
    expect(page.locator("h1")).to_contain_text("新稿改了", timeout=PATIENCE)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    row = page.locator(".zh-v-changed").first
    old, new = (row.locator(f"td[data-label={name}]").bounding_box() for name in ("原条文", "新条文"))
    assert old
    assert new
    assert old["y"] + old["height"] <= new["y"] + 1
    assert not barriers(page)
