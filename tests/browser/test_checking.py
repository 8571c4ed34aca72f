"""核对 in a real browser: an unknown file is worked through by keyboard, and what rests on it follows."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import formats_samples
import pytest
from harness import PATIENCE, barriers, serving, settle
from playwright.sync_api import Page, expect

from analysis import pipeline

Open = Callable[..., Page]
ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "云岭省促进技术转移若干措施",
    "云政办发〔2026〕12号",
    "一、主要目标",
    "到2030年，全省技术合同成交额达到6000亿元，培育技术经理人700名以上，建成中试平台20个。",
    "截至2025年底，全省已有中试服务机构45家。",
    "二、支持措施",
    "对购买技术的企业，按技术合同实际成交额的10%给予补助，单个企业每年最高不超过80万元。",
    "云岭省人民政府办公厅",
    "2026年5月6日",
)
MARK = """([from, to]) => {
  const walk = document.createTreeWalker(document.querySelector(".zh-text"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let node; (node = walk.nextNode());) nodes.push(node);
  const whole = nodes.map((node) => node.data).join("");
  const at = (place) => {
    for (const node of nodes) { if (place <= node.length) return [node, place]; place -= node.length; }
  };
  const range = document.createRange();
  range.setStart(...at(whole.indexOf(from)));
  range.setEnd(...at(whole.indexOf(to) + to.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "若干措施.docx"
    path.write_bytes(formats_samples.word(TEXT))
    return path


def progress(page: Page) -> str:
    return page.locator(".st-key-check-panel .zh-progress").inner_text()


def press(page: Page, key: str) -> None:
    page.keyboard.press(key)
    settle(page)


def field(page: Page, label: str, value: str) -> None:
    page.locator(".st-key-check-form").get_by_label(label, exact=True).fill(value)


def checking(page: Page, word: Path) -> None:
    """Drop the file and open it for checking."""
    page.locator(".stFileUploader input[type=file]").set_input_files(str(word))
    expect(page.locator(".zh-own")).to_have_count(1, timeout=PATIENCE)
    settle(page)
    page.locator(".zh-own a").first.click()
    page.wait_for_url("**/reader?document=own-*")
    settle(page)
    page.get_by_role("button", name="核对这份文件").click()
    page.wait_for_url("**check=*")
    settle(page)
    page.get_by_role("radio", name="按原文顺序").click()
    page.wait_for_url("**order=*")
    settle(page)


def test_an_unknown_file_is_worked_through_by_keyboard(open_page: Open, word: Path) -> None:
    page = open_page("sources")
    checking(page, word)
    total = int(re.search(r"/ (\d+)", progress(page))[1])  # type: ignore[index]
    assert total == 4
    assert progress(page) == f"已核对 0 / {total}"

    # One key for: right, next. A name may be typed first; then the keys are for the rows again.
    page.get_by_label("核对人").fill("李明")
    press(page, "Enter")
    assert "技术合同成交额" in page.locator(".zh-check-fields").inner_text()
    press(page, "y")
    assert progress(page) == f"已核对 1 / {total}"

    # The second row is changed: keys typed into a field do nothing else.
    assert "技术经理人" in page.locator(".zh-check-fields").inner_text()
    press(page, "e")
    expect(page.locator(".st-key-check-form").get_by_label("指标", exact=True)).to_be_focused()
    page.keyboard.type("yxu", delay=0)
    assert not barriers(page)
    field(page, "指标", "技术经理人")
    field(page, "数值", "很多")
    press(page, "Enter")
    assert "“数值”要填数字" in page.locator(".zh-fault").inner_text()
    field(page, "数值", "９00")
    press(page, "Enter")
    assert progress(page).startswith(f"已核对 2 / {total}，已更正")

    # The third too; Escape leaves a form without a trace.
    press(page, "e")
    field(page, "目标年", "2027")
    press(page, "Escape")
    assert page.locator(".st-key-check-form").count() == 0
    press(page, "e")
    field(page, "目标年", "2029")
    press(page, "Enter")
    assert progress(page).startswith(f"已核对 3 / {total}")

    # The incentive is removed, that is undone, and it is confirmed.
    press(page, "x")
    assert "都核对过了" in page.locator(".st-key-check-panel").inner_text()
    press(page, "u")
    assert progress(page).startswith(f"已核对 3 / {total}")
    press(page, "y")
    assert progress(page).startswith(f"已核对 4 / {total}")

    # A row is added from words marked in the text; its number is read by the machine.
    page.evaluate(MARK, ["截至2025年底", "机构45家"])
    expect(page.locator(".zh-marking")).to_be_visible()
    page.keyboard.press("a")
    page.locator(".st-key-check-form").wait_for()
    settle(page)
    assert page.locator(".st-key-check-form").get_by_label("数值", exact=True).input_value() == "45"
    assert page.locator(".st-key-check-form").get_by_label("目标年", exact=True).input_value() == "2025"
    field(page, "指标", "中试服务机构")
    press(page, "Enter")
    assert progress(page).startswith(f"已核对 5 / {total + 1}")

    # The state survives a reload, and the link leads back to the same row.
    address = page.url
    page.goto(address)
    settle(page)
    assert "中试服务机构" in page.locator(".zh-check-fields").inner_text()
    follows_in_comparison(page)
    page.goto(address)
    settle(page)
    follows_in_score(page)


def follows_in_comparison(page: Page) -> None:
    """The comparison and its export have the checked rows, marked."""
    page.locator(".st-key-navigation").get_by_text("目标对比", exact=True).click()
    page.wait_for_url("**/targets")
    settle(page)
    said = page.locator("table.zh-matrix").first.inner_text()
    for words in ("≥900", "2029\u2009年", "中试服务机构", "✓ 已更正", "✓ 人工补充", "✓ 已核对"):
        assert words in said, words
    assert "≥700\u2009名" not in said
    with page.expect_download() as download:
        page.locator(".st-key-downloads-targets-table").get_by_role("button", name="CSV").click()
    rows = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert sum("已更正（李明，" in row for row in rows) == 2
    assert sum("人工补充（李明，" in row for row in rows) == 1


def follows_in_score(page: Page) -> None:
    """What is taken away is what was said, and as annotations it shows what the machine got wrong."""
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = Path(download.value.path()).read_text("utf-8-sig")
    assert len(rows.splitlines()) == 1 + 7  # four rows, one removed and that withdrawn, one added
    with page.expect_download() as download:
        page.get_by_role("button", name="标注").click()
    place = Path(download.value.path()).with_suffix(".gold")
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as packed:
        packed.extractall(place)
    found = pipeline.score_gold(place, pipeline.load_corpus(pipeline.default_root()))
    targets = found.targets.tally()
    assert (targets.gold, targets.predicted, targets.found, targets.right) == (4, 3, 2, 1)
    assert found.incentives.tally().right == 1


@pytest.fixture
def checked_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """The product over a corpus of its own, where the operator has switched checking on."""
    shutil.copytree(ROOT / "policy_corpus", tmp_path / "corpus")
    monkeypatch.setenv("ZHENGHENG_CHECKING", "1")
    with serving(tmp_path / "corpus") as address:
        yield address, tmp_path / "corpus"


def named(page: Page, name: str) -> None:
    page.get_by_label("核对人").fill(name)
    press(page, "Enter")


def test_two_people_on_one_document(checked_server: tuple[str, Path], open_page: Open) -> None:
    address, corpus = checked_server
    first = open_page("reader?document=sichuan-2018&check=1", base=address)
    press(first, "y")
    assert "请先在“核对人”一栏写上姓名" in first.locator(".zh-fault").inner_text()
    named(first, "甲")
    second = open_page("reader?document=sichuan-2018&check=1", base=address)
    named(second, "乙")
    press(first, "y")
    assert progress(first).startswith("已核对 1 /")
    press(second, "x")
    assert "甲刚刚核对过这一行" in second.locator(".zh-fault").inner_text()
    said = pipeline.read_checks(corpus)[0]["sichuan-2018"]
    assert [(check.who, check.verdict.value) for check in said] == [("甲", "confirmed")]
    press(second, "n")
    press(second, "x")
    assert progress(second).startswith("已核对 2 /")
    assert [check.who for check in pipeline.read_checks(corpus)[0]["sichuan-2018"]] == ["甲", "乙"]
    reader = open_page("reader?document=sichuan-2018", base=address)
    assert "✓ 已删除" in reader.locator(".zh-note-removed").inner_text()


def test_checking_is_off_unless_the_operator_switches_it_on(open_page: Open) -> None:
    page = open_page("reader?document=sichuan-2018&check=1")
    assert page.locator(".st-key-check-panel").count() == 0
    assert "核对这份文件" not in page.locator("[data-testid=stMain]").inner_text()
    assert page.locator(".zh-clause-side").count()
