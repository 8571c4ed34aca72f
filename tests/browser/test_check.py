"""草案检查 in a real browser: a Word draft is dropped, gone through by keyboard, corrected, taken away annotated."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from harness import PATIENCE, barriers, settle
from places import PROJECT
from playwright.sync_api import Page, expect

from analysis.corpus.formats import office
from analysis.word.paragraphs import W

Open = Callable[..., Page]
SICHUAN = PROJECT / "policy_corpus" / "documents" / "sichuan-2024" / "sichuan-2024-notice.txt"


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """The draft of Sichuan of 2024 as a Word file."""
    document = docx.Document()
    for line in SICHUAN.read_text("utf-8").split("\n"):
        document.add_paragraph(line)
    path = tmp_path / "四川草案.docx"
    document.save(str(path))
    return path


def checked(page: Page, path: Path) -> None:
    """Drop a file and wait for its findings."""
    page.locator(".stFileUploader input[type=file]").set_input_files(str(path))
    page.locator(".zh-findings").wait_for(timeout=PATIENCE)
    settle(page)


def ticked(page: Page, number: int) -> None:
    page.locator(".stCheckbox label").nth(number).click()
    expect(page.locator(".stCheckbox input").nth(number)).to_be_checked(timeout=PATIENCE)
    settle(page)


def downloaded(page: Page, key: str) -> bytes:
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.locator(f".st-key-{key} button").click()
    return Path(waiting.value.path()).read_bytes()


def commented(document: Any) -> dict[str, str]:
    """The words of the draft that each comment stands at, by its text."""
    said = {str(comment.comment_id): comment.text for comment in document.comments}
    at: dict[str, list[str]] = {}
    open_now: set[str] = set()
    for each in document.element.body.iter():
        if each.tag == f"{W}commentRangeStart":
            open_now.add(each.get(f"{W}id"))
        elif each.tag == f"{W}commentRangeEnd":
            open_now.discard(each.get(f"{W}id"))
        elif each.tag in (f"{W}t", f"{W}delText") and each.getparent().getparent().tag != f"{W}ins":
            for comment in open_now:
                at.setdefault(comment, []).append(each.text or "")
    return {said[comment]: "".join(words) for comment, words in at.items()}


def test_a_draft_is_read_corrected_and_taken_away(open_page: Open, word: Path) -> None:
    page = open_page("check")
    checked(page, word)
    assert re.match(r"这份草案还有 \d+ 处错误", page.locator("h1").inner_text().replace("\u2009", " "))
    first = page.locator(".zh-findings li").first.inner_text()
    assert "缺（十二）至（十三）" in first
    assert page.locator(".zh-draft mark.zh-m-error", has_text="(十四)").count()
    assert not barriers(page)
    for number in range(3):
        ticked(page, number)
    document = docx.Document(io.BytesIO(downloaded(page, "download-word")))
    places = commented(document)
    gap = next(words for text, words in places.items() if "缺（十二）至（十三）" in text)
    assert gap == "(十四)"
    assert next(words for text, words in places.items() if "一定比例" in text) == "一定比例"
    body = document.element.body
    assert "，" in {"".join(node.text or "" for node in each.iter(f"{W}t")) for each in body.iter(f"{W}ins")}
    assert any("".join(node.text or "" for node in each.iter(f"{W}delText")) == "," for each in body.iter(f"{W}del"))
    found = json.loads(downloaded(page, "download-json"))
    assert {each["rule"] for each in found["findings"]} >= {"N2", "V1"}


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_saves_what_was_taken_away_with_the_comments_at_their_words(
    open_page: Open, word: Path
) -> None:
    page = open_page("check")
    checked(page, word)
    for number in range(3):
        ticked(page, number)
    made = downloaded(page, "download-word")
    before = commented(docx.Document(io.BytesIO(made)))
    saved = docx.Document(io.BytesIO(office.to_docx(made, office.Kind.ODT, "批注稿.docx")))
    after = commented(saved)
    assert len(before) > 10
    assert {text: words.replace("\xa0", " ") for text, words in after.items()} == before
    assert len(list(saved.element.body.iter(f"{W}ins"))) >= 3


def test_findings_are_gone_through_by_keyboard(open_page: Open, word: Path) -> None:
    page = open_page("check")
    checked(page, word)
    count = page.locator(".zh-findings li").count()
    head, here = page.locator(".st-key-check-panel .zh-check-head"), page.locator(".zh-findings a[aria-current]")
    expect(head).to_contain_text(re.compile(rf"1.?/.?{count}"))
    page.keyboard.press("n")
    expect(head).to_contain_text(re.compile(rf"2.?/.?{count}"), timeout=PATIENCE)
    settle(page)
    assert "finding=" in page.url
    page.keyboard.press("p")
    expect(head).to_contain_text(re.compile(rf"1.?/.?{count}"), timeout=PATIENCE)
    settle(page)
    page.keyboard.press("x")
    field = page.locator(".st-key-check-form input").first
    expect(field).to_be_focused(timeout=PATIENCE)
    assert not barriers(page)
    page.keyboard.type("原文如此")
    page.keyboard.press("Enter")
    expect(page.locator(".zh-findings li")).to_have_count(count - 1, timeout=PATIENCE)
    settle(page)
    assert "理由：原文如此" in page.locator("[data-testid=stMain]").inner_text()
    # The draft and what was decided are still there after a reload: they are kept beside the session.
    page.reload()
    page.locator(".zh-findings").wait_for(timeout=PATIENCE)
    settle(page)
    assert page.locator(".zh-findings li").count() == count - 1
    page.keyboard.press("u")
    expect(page.locator(".zh-findings li")).to_have_count(count, timeout=PATIENCE)
    settle(page)
    assert "缺（十二）至（十三）" in here.inner_text()


def test_keys_go_on_after_a_tick_and_a_reason_that_was_not_given(open_page: Open, word: Path) -> None:
    page = open_page("check")
    checked(page, word)
    head = page.locator(".st-key-check-panel .zh-check-head").first
    ticked(page, 0)
    page.keyboard.press("n")
    expect(head).to_contain_text(re.compile(r"2.?/"), timeout=PATIENCE)
    settle(page)
    page.keyboard.press("x")
    form = page.locator(".st-key-check-form")
    form.locator("input").first.wait_for(timeout=PATIENCE)
    settle(page)
    page.keyboard.type("np")
    page.keyboard.press("Escape")
    expect(form).to_have_count(0, timeout=PATIENCE)
    settle(page)
    expect(head).to_contain_text(re.compile(r"2.?/"))
    page.keyboard.press("n")
    expect(head).to_contain_text(re.compile(r"3.?/"), timeout=PATIENCE)


def test_words_in_the_text_open_their_finding(open_page: Open, word: Path) -> None:
    page = open_page("check")
    checked(page, word)
    page.locator(".zh-draft mark", has_text="一定比例").first.click()
    expect(page.locator(".zh-f-message")).to_contain_text("一定比例", timeout=PATIENCE)
    settle(page)
    page.locator(".zh-findings a", has_text="征求意见期").click()
    expect(page.locator(".zh-f-message")).to_contain_text("31", timeout=PATIENCE)
    assert page.locator(".zh-draft").count() == 1


def test_the_next_version_keeps_the_decisions_and_the_record_is_loaded_elsewhere(
    open_page: Open, word: Path, tmp_path: Path
) -> None:
    page = open_page("check")
    checked(page, word)
    page.keyboard.press("x")
    page.locator(".st-key-check-form").get_by_text("本地惯例").click()
    expect(page.locator("[data-testid=stMain]")).to_contain_text("理由：本地惯例", timeout=PATIENCE)
    settle(page)
    record = tmp_path / "取舍.json"
    record.write_bytes(downloaded(page, "download-record"))
    document = docx.Document(str(word))
    document.paragraphs[0].add_run("本意见按照有关规定执行。")
    document.save(str(word))
    page.locator(".stExpander summary").click()
    page.locator(".stFileUploader input[type=file]").set_input_files(str(word))
    expect(page.locator(".zh-lead")).to_contain_text(re.compile("第.?2.?稿"), timeout=PATIENCE)
    settle(page)
    assert "缺（十二）" not in page.locator(".zh-findings").inner_text()
    other = open_page("check")
    other.locator(".stFileUploader input[type=file]").set_input_files([str(record), str(word)])
    other.locator(".zh-findings").wait_for(timeout=PATIENCE)
    settle(other)
    assert "缺（十二）" not in other.locator(".zh-findings").inner_text()
    assert "理由：本地惯例" in other.locator("[data-testid=stMain]").inner_text()


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_nothing_is_too_wide_and_all_can_be_done(open_page: Open, word: Path, dark: bool) -> None:
    page = open_page("check", width=390, dark=dark)
    checked(page, word)
    overflow = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert overflow <= 0, f"{overflow} px too wide"
    assert not barriers(page)
    page.get_by_role("button", name="下一处").click()
    expect(page.locator(".zh-check-head").first).to_contain_text(re.compile(r"2.?/"), timeout=PATIENCE)
    settle(page)
    head, text = page.locator(".st-key-check-panel").bounding_box(), page.locator(".zh-draft").bounding_box()
    assert head
    assert text
    assert head["y"] < text["y"]


def test_nobody_else_sees_the_draft(open_page: Open, word: Path) -> None:
    page = open_page("check")
    checked(page, word)
    assert open_page("check").locator(".zh-draft").count() == 0


def test_a_broken_file_is_one_sentence(open_page: Open, tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04" + bytes(range(200)))
    page = open_page("check")
    page.locator(".stFileUploader input[type=file]").set_input_files(str(broken))
    fault = page.locator(".zh-fault")
    fault.wait_for(timeout=PATIENCE)
    assert fault.inner_text().startswith("坏.docx")
    assert fault.inner_text().endswith("。")
