"""A person's own files: dropped on 语料与来源, shown beside the corpus, followed to their words, gone when removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import formats_samples
import pytest
from harness import PATIENCE, barriers, settle
from own_files import MEASURES
from playwright.sync_api import Page, expect

Open = Callable[..., Page]

PLAN = ("江苏省技术市场建设方案", "苏政发〔2022〕8号", "一、目标", "到2025年，全省技术合同成交额达到4500亿元。")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "措施.txt"
    path.write_text(MEASURES, "gb18030")
    return path


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "方案.docx"
    path.write_bytes(formats_samples.word(PLAN))
    return path


def dropped(page: Page, *paths: Path, kept: int) -> None:
    """Drop files and wait until ``kept`` of them are listed."""
    page.locator(".stFileUploader input[type=file]").set_input_files([str(path) for path in paths])
    expect(page.locator(".zh-own")).to_have_count(kept, timeout=PATIENCE)
    settle(page)


def test_own_files_stand_beside_the_corpus_and_lead_to_their_words(open_page: Open, text: Path, word: Path) -> None:
    page = open_page("sources")
    dropped(page, text, word, kept=2)
    assert "湖南省促进技术转移若干措施" in page.locator(".zh-own").first.inner_text()
    assert page.get_by_role("button", name="选择文件").count() == 1
    assert not barriers(page)
    page.locator("[data-testid=stMain]").get_by_role("link", name="目标对比").first.click()
    page.wait_for_url("**/targets")
    settle(page)
    assert "本次会话" in page.locator("table.zh-matrix").first.inner_text()
    page.locator("table.zh-matrix a", has_text="6,000").first.click()
    page.wait_for_url("**/reader?document=own-*")
    marked = page.locator("mark").first
    marked.wait_for()
    settle(page)
    assert "6000亿元" in page.locator(".zh-text").inner_text()
    assert page.locator(".zh-fault").count() == 0
    page.reload()
    settle(page)
    assert page.locator("mark").count()


def test_a_long_name_keeps_to_its_column(open_page: Open, word: Path, tmp_path: Path) -> None:
    long = tmp_path / "关于某开发区管理委员会支持科技创新若干措施的通知（网页另存）.txt"
    long.write_text("一、目标\n到2027年，培育技术经理人300名。", "utf-8")
    page = open_page("sources")
    dropped(page, long, word, kept=2)
    page.locator("[data-testid=stMain]").get_by_role("link", name="目标对比").first.click()
    page.wait_for_url("**/targets")
    settle(page)
    heads = page.locator("table.zh-matrix").first.locator("thead th")
    assert heads.count() >= 7
    assert heads.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length") == 0


def test_own_targets_are_held_against_the_figures(open_page: Open, word: Path) -> None:
    page = open_page("sources")
    dropped(page, word, kept=1)
    page.locator("[data-testid=stMain]").get_by_role("link", name="趋势与目标").first.click()
    page.wait_for_url("**/trends")
    settle(page)
    assert "江苏（本次会话）" in page.locator("[data-testid=stMain]").inner_text()


def test_nobody_else_sees_them_and_their_address_says_so(open_page: Open, text: Path) -> None:
    page = open_page("sources")
    dropped(page, text, kept=1)
    address = page.locator(".zh-own a").first.get_attribute("href")
    assert address
    other = open_page(address)
    assert "别人或以前会话" in other.locator(".zh-fault").first.inner_text()
    assert "本次会话" not in open_page("targets").locator("[data-testid=stMain]").inner_text()


def test_removed_is_gone_everywhere(open_page: Open, text: Path) -> None:
    page = open_page("sources")
    dropped(page, text, kept=1)
    page.get_by_role("button", name="移除").click()
    expect(page.locator(".zh-own")).to_have_count(0, timeout=PATIENCE)
    settle(page)
    page.locator(".st-key-navigation").get_by_text("目标对比", exact=True).click()
    settle(page)
    assert "本次会话" not in page.locator("[data-testid=stMain]").inner_text()


def test_what_cannot_be_read_is_one_chinese_sentence_each(open_page: Open, text: Path, tmp_path: Path) -> None:
    empty, picture, again = tmp_path / "空.txt", tmp_path / "图.docx", tmp_path / "同一份.txt"
    empty.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(200)))
    again.write_bytes(text.read_bytes())
    page = open_page("sources")
    dropped(page, text, empty, picture, again, kept=1)
    expect(page.locator(".zh-fault")).to_have_count(3, timeout=PATIENCE)
    said = page.locator(".zh-fault").all_inner_texts()
    for name, sentence in zip(("空.txt", "图.docx", "同一份.txt"), said, strict=True):
        assert sentence.startswith(name)
        assert sentence.endswith("。")
        assert "Traceback" not in sentence
    assert "内容相同" in said[2]


def test_a_file_over_the_limit_is_refused_in_chinese(open_page: Open, tmp_path: Path) -> None:
    large = tmp_path / "大.txt"
    large.write_bytes("政策".encode() * 2_000_000)
    page = open_page("sources")
    page.locator(".stFileUploader input[type=file]").set_input_files(str(large))
    chip = page.locator(".stFileChip[aria-invalid=true]")
    chip.wait_for()
    assert "must be" not in page.locator("[data-testid=stMain]").inner_text()
    assert "超过 10 MB" in chip.evaluate("chip => getComputedStyle(chip, '::after').content")
