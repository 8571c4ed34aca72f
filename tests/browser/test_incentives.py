"""激励对比 in a real browser: two clicks to the words, a contract of one's own, labels apart, files that open."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import combinations
from urllib.parse import unquote

import openpyxl
import pytest
from harness import PATIENCE, settle
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def test_the_answer_about_buyers_leads_to_its_words(open_page: Open) -> None:
    page = open_page("incentives")
    page.locator(".zh-lead a").first.click()
    page.wait_for_url("**/reader?document=*")
    settle(page)
    expect(page.locator("mark").first).to_be_visible(timeout=PATIENCE)
    assert "100万元" in "".join(page.locator("mark").all_inner_texts())


def test_a_contract_of_ones_own_changes_table_and_address(open_page: Open) -> None:
    page = open_page("incentives")
    box = page.get_by_role("spinbutton")
    box.fill("200")
    box.press("Enter")
    page.wait_for_url("**contract=200**")
    settle(page)
    expect(page.locator(".zh-rules")).to_contain_text("60\u2009万元", timeout=PATIENCE)
    page.reload()
    settle(page)
    expect(page.locator(".zh-rules")).to_contain_text("60\u2009万元", timeout=PATIENCE)


def test_a_chosen_receiver_is_in_the_address_and_answered(open_page: Open) -> None:
    page = open_page("incentives")
    page.get_by_role("button", name="技术转移机构", exact=True).click()
    page.wait_for_url("**receiver=**")
    settle(page)
    assert "receiver=技术转移机构" in unquote(page.url)
    said = page.locator(".zh-lead").inner_text()
    assert said.startswith("技术转移机构")
    page.reload()
    settle(page)
    expect(page.locator(".zh-lead")).to_have_text(said, timeout=PATIENCE)


def test_a_narrow_screen_leaves_silent_cells_out_and_names_their_documents_once(open_page: Open) -> None:
    silent = ".zh-receivers td > .zh-silent"
    page = open_page("incentives", width=390)
    assert page.locator(silent).count() > 0
    assert not any(page.locator(silent).nth(at).is_visible() for at in range(page.locator(silent).count()))
    expect(page.locator(".zh-receivers .zh-narrow").first).to_contain_text("文件未载：")
    wide = open_page("incentives")
    expect(wide.locator(silent).first).to_be_visible(timeout=PATIENCE)
    expect(wide.locator(".zh-receivers .zh-narrow").first).to_be_hidden(timeout=PATIENCE)


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_labels_of_curves_never_lie_on_each_other(open_page: Open, width: int) -> None:
    page = open_page("incentives", width=width)
    expect(page.locator(".js-plotly-plot .annotation-text-g")).to_have_count(3, timeout=PATIENCE)
    boxes = page.locator(".js-plotly-plot .annotation-text-g").evaluate_all(
        "all => all.map(one => { const b = one.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; })"
    )
    for one, other in combinations(boxes, 2):
        assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
    assert all(box[0] >= 0 and box[1] <= width for box in boxes)


def test_the_workbook_opens_with_numbers_as_numbers(open_page: Open) -> None:
    page = open_page("incentives")
    with page.expect_download() as waiting:
        page.locator(".st-key-downloads-incentives-table").get_by_role("button", name="Excel").click()
    sheet = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes())).active
    assert sheet is not None
    names = [cell.value for cell in sheet[3]]
    caps = [row[names.index("单项封顶（万元）")].value for row in sheet.iter_rows(min_row=4)]
    assert 100 in caps
    assert "不适用" in caps
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(text.startswith("来源：") for text in said)
