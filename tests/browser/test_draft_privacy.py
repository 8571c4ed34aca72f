"""The real server leaves no word of a draft: on no disk, in no folder that is memory, in nothing that it prints."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from formats_samples import word
from harness import PATIENCE, ROOT, serving, settle
from playwright.sync_api import Browser, Page, expect
from traces import SHARED, Watch, files_below, holding, old_word

Open = Callable[..., Page]


def _lines(marker: str) -> list[str]:
    return ["关于技术转移的意见", f"一、{marker}建设平台,培养人才。", f"三、按照一定比例给予{marker}补助。"]


def _taken_away(page: Page, inside: str, marker: str, folder: Path) -> None:
    """Ask for every file that a part of the page offers."""
    for button in page.locator(f"{inside} [data-testid=stDownloadButton] button").all():
        with page.expect_download(timeout=PATIENCE) as waiting:
            button.click()
        waiting.value.save_as(folder / waiting.value.suggested_filename)
    assert holding(marker, set(files_below(folder)))


def _check_and_compare(page: Page, marker: str, given: Path, taken: Path) -> None:
    """All that can be done with a draft, pasted and dropped in two formats, and with two versions."""
    page.locator(".st-key-draft_paste textarea").fill("\n".join(_lines(marker)))
    page.get_by_role("button", name="检查粘贴的文字").click()
    page.locator(".zh-findings").wait_for(timeout=PATIENCE)
    settle(page)
    page.keyboard.press("x")
    page.locator(".st-key-check-form input").first.wait_for(timeout=PATIENCE)
    page.keyboard.type(marker)
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stMain]")).to_contain_text(f"理由：{marker}", timeout=PATIENCE)
    settle(page)
    page.locator(".stCheckbox label").first.click()
    expect(page.locator(".stCheckbox input").first).to_be_checked(timeout=PATIENCE)
    settle(page)
    _taken_away(page, "[data-testid=stMain]", marker, taken)
    for number, name in enumerate(("草案.docx", "草案.doc"), 2):
        page.locator(".stExpander summary").click()
        page.locator(".stFileUploader input[type=file]").set_input_files(str(given / name))
        expect(page.locator(".zh-lead")).to_contain_text(name, timeout=PATIENCE)
        settle(page)
        expect(page.locator(".zh-lead")).to_contain_text(f"{number}")
    expect(page.locator(".stCheckbox input").first).to_be_checked()  # the tick holds for the next version
    _taken_away(page, "[data-testid=stMain]", marker, taken)
    page.goto(page.url.split("/check")[0] + "/versions")
    settle(page)
    for side, name in (("old", "草案.doc"), ("new", "草案.docx")):
        page.locator(f".st-key-upload-{side} input[type=file]").set_input_files(str(given / name))
        expect(page.locator(f".st-key-brought-{side}")).to_be_visible(timeout=PATIENCE)
        settle(page)
    _taken_away(page, ".st-key-downloads-versions", marker, taken)


def test_the_server_leaves_no_word_of_a_draft(chromium: Browser, tmp_path: Path) -> None:
    marker = f"x{secrets.token_hex(12)}"
    given, taken, home, temporary = (tmp_path / name for name in ("given", "taken", "home", "temporary"))
    for folder in (given, taken, home, temporary):
        folder.mkdir()
    (given / "草案.docx").write_bytes(word([*_lines(marker), "四、由科技厅负责。"]))
    (given / "草案.doc").write_bytes(old_word(_lines(marker), tmp_path / "made"))
    shared = [folder for folder in (*SHARED, ROOT) if folder.is_dir() and folder not in tmp_path.parents]
    before = files_below(*shared, depth=4)
    log = tmp_path / "log"
    variables = {
        "HOME": str(home),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
        **{f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "CONFIG", "DATA", "STATE")},
    }
    with Watch(home, temporary) as watch, serving(variables=variables, log=log) as address:
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/check")
        settle(page)
        _check_and_compare(page, marker, given, taken)
        context.close()
        while_it_runs = _left(marker, before, shared, home, temporary)
    assert while_it_runs == _left(marker, before, shared, home, temporary) == []
    assert marker not in log.read_text("utf-8", "replace")
    assert {path.name for path in watch.seen} <= {"jieba.cache"}


def _left(marker: str, before: dict[Path, tuple[int, int]], shared: list[Path], *own: Path) -> list[Path]:
    """The files with the word: those in folders of the server's own, and those that are new in shared ones."""
    after = files_below(*shared, depth=4)
    return holding(marker, {path for path in after if before.get(path) != after[path]} | set(files_below(*own)))
