"""Seven documents side by side: heads keep to their columns, and a cell with a dozen entries folds."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from harness import PATIENCE, barriers, serving
from places import DOCUMENTS
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
GIFTS = [
    f"（{numeral}）对年度促成技术交易额达到{number}000万元的技术转移机构，给予{number}0万元奖励。"
    for number, numeral in enumerate("一二三四五六七八九", start=1)
]
TEXT = "\n".join(("湖南省支持技术转移机构若干措施", "一、奖励标准", *GIFTS))


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product over its own four documents, two of them again under other provinces, and one with many gifts."""
    folder = tmp_path_factory.mktemp("seven") / "documents"
    shutil.copytree(DOCUMENTS, folder)
    for name, code, region in (("zhejiang-2018", "330000", "浙江"), ("jiangsu-2018", "320000", "江苏")):
        shutil.copytree(DOCUMENTS / "sichuan-2018", folder / name)
        card = folder / name / "card.toml"
        said = re.sub('region_code = "510000"', f'region_code = "{code}"', card.read_text("utf-8"))
        card.write_text(re.sub('region = "四川"', f'region = "{region}"', said), "utf-8")
    made = folder / "hunan-2030"
    made.mkdir()
    (made / "text.txt").write_text(TEXT, "utf-8")
    (made / "card.toml").write_text(
        'title = "湖南省支持技术转移机构若干措施"\nregion_code = "430000"\nregion = "湖南"\nlevel = "province"\n'
        'status = "draft_for_comment"\nkind = "normative"\n\n[[editions]]\nfile = "text.txt"\nlabel = "全文"\n'
        f'sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"\n',
        "utf-8",
    )
    with serving(folder.parent) as address:
        yield address


@pytest.mark.parametrize("path", ["targets", "incentives"])
def test_heads_keep_to_their_columns(open_page: Open, seven: str, path: str) -> None:
    page = open_page(path, base=seven)
    heads = page.locator(".zh-matrix").first.locator("thead th")
    assert heads.count() == 8
    assert "2018 征求意见稿（年份推定）" in "".join(heads.all_inner_texts())
    beyond = heads.evaluate_all(
        """heads => heads.filter(head => {
          const words = document.createRange();
          words.selectNodeContents(head);
          return words.getBoundingClientRect().right > head.getBoundingClientRect().right;
        }).length"""
    )
    assert beyond == 0


def test_a_cell_with_many_entries_is_folded(open_page: Open, seven: str) -> None:
    page = open_page("incentives", base=seven)
    cell = page.locator(".zh-matrix td", has_text=f"另有\u2009{len(GIFTS) - 3}\u2009项").first
    expect(cell.locator(".zh-item:visible")).to_have_count(3, timeout=PATIENCE)
    cell.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(cell.locator(".zh-item:visible")).to_have_count(len(GIFTS))
    page.keyboard.press("Enter")
    expect(cell.locator(".zh-item:visible")).to_have_count(3)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # as a browser says before it prints
    expect(cell.locator(".zh-item:visible")).to_have_count(len(GIFTS))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(cell.locator(".zh-item:visible")).to_have_count(3)
    assert not barriers(page)
