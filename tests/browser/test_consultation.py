"""意见处理 in a real browser: from files to the published table, by keyboard, by two people at once, open to all.

All comments, names, firms and numbers are made up.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from harness import PATIENCE, barriers, serving, settle
from playwright.sync_api import Page, expect
from test_pages import ALLOWED, GROUNDS, LATIN

from analysis import pipeline
from analysis.pipeline import CommentFilter, CommentRow, Consultation, Decision, Records

Open = Callable[..., Page]
ROOT = Path(__file__).resolve().parents[2]
COMMENTS = ROOT / "../shared/gold/comments"
FILES = ("sichuan2024-form.xlsx", "sichuan2024-collected.xlsx", "sichuan2024-export.csv")
VIEWS = ("sheet", "intake", "comments", "comments&together=1", "summary", "closing")
FORMATS = {"xlsx", "csv", "docx"}  # names of formats stand as people know them


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Records]]:
    """The product with a database of its own: its address, and the database as this process opens it."""
    folder = tmp_path_factory.mktemp("records")
    with serving(variables={"ZHENGHENG_RECORDS": str(folder)}) as address:
        yield address, pipeline.open_records(str(folder))


@pytest.fixture(scope="module")
def example(desk: tuple[str, Records]) -> Consultation:
    """The made-up example."""
    return pipeline.begin_example(desk[1], pipeline.Actor("甲", pipeline.Role.LEAD))


def named(page: Page, name: str) -> None:
    """Somebody says who they are."""
    field = page.get_by_label("办理人")
    field.fill(name)
    field.press("Enter")
    settle(page)


def shows(page: Page, number: int) -> None:
    """Wait until a comment is open."""
    expect(page.locator(".zh-c-who")).to_contain_text(re.compile(rf"第\s*{number}\s*条"), timeout=PATIENCE)
    settle(page)


def press(page: Page, key: str) -> None:
    page.keyboard.press(key)
    settle(page)


def decide(page: Page, key: str, reason: str) -> None:
    """By keyboard: the decision, the reason, kept."""
    press(page, key)
    expect(page.locator(".st-key-decision-reason textarea")).to_be_focused()
    page.keyboard.type(reason)
    press(page, "Control+Enter")


def held(desk: tuple[str, Records], uid: str, number: int) -> CommentRow:
    return pipeline.comment_row(desk[1], uid, number)


# From import to the published table -------------------------------------------------------------------------------


def begin(page: Page) -> str:
    """A consultation on the draft of the corpus, marked as made up; its uid."""
    page.get_by_role("combobox", name="语料里的征求意见稿").click()
    page.get_by_role("option", name=re.compile("技术经理人")).first.click()
    settle(page)
    page.locator(".st-key-start-make button").click()
    page.wait_for_url("**consultation=*")
    settle(page)
    page.get_by_text("虚构意见，供演示").click()
    expect(page.locator(".zh-made-up")).to_contain_text("都是虚构的")
    settle(page)
    return str(re.search(r"consultation=(\w+)", page.url)[1])  # type: ignore[index]


def bring(page: Page, file: Path) -> None:
    """A file is shown as it would be read, and taken in."""
    page.locator(".st-key-comments-intake input[type=file]").set_input_files(str(file))
    take = page.locator(".st-key-intake-take button")
    take.wait_for()
    settle(page)
    take.click()
    expect(page.locator(".zh-c-ticked")).to_contain_text(f"“{file.name}”收下了", timeout=PATIENCE)
    settle(page)


def two_at_once(desk: tuple[str, Records], uid: str, first: Page, second: Page) -> None:
    """Both have a comment open; the later one is told, keeps what is typed, and overwrites nothing."""
    address = f"{desk[0]}/consultation?consultation={uid}&view=comments&number=5"
    for page, name in ((first, "甲"), (second, "乙")):
        page.goto(f"{desk[0]}/consultation")
        settle(page)
        named(page, name)
        page.goto(address)
        shows(page, 5)
    decide(first, "1", "门槛确实偏高，已调整。")
    shows(first, 6)
    decide(second, "3", "门槛与上级规定一致。")
    told = second.locator(".zh-c-conflict")
    expect(told).to_contain_text("别人先改过")
    expect(told).to_contain_text("甲")
    expect(second.locator(".st-key-decision-reason textarea")).to_have_value("门槛与上级规定一致。")
    row = held(desk, uid, 5)
    assert (row.handling.decision, row.handling.decided_by) == (Decision.ADOPTED, "甲")
    assert row.handling.version == 1
    press(second, "Control+Enter")  # now that it was seen
    row = held(desk, uid, 5)
    assert (row.handling.decision, row.handling.decided_by, row.handling.version) == (Decision.NOT_ADOPTED, "乙", 2)


def everything_else(desk: tuple[str, Records], uid: str, page: Page) -> None:
    """A group together, then all that is left."""
    group = next(
        row for row in pipeline.comment_rows(desk[1], uid, CommentFilter(is_open=True), size=500)
        if row.proposal and row.proposal.group
        and pipeline.how_many(desk[1], uid, CommentFilter(group=row.proposal.group, is_open=True)) > 2
    )  # fmt: skip
    assert group.proposal
    page.goto(f"{desk[0]}/consultation?consultation={uid}&view=comments&number={group.number}")
    shows(page, group.number)
    press(page, "2")
    page.keyboard.type("部分吸收到条文中。")
    press(page, "Escape")
    page.locator(".st-key-decision-group button").click()
    expect(page.locator(".zh-check-said")).to_contain_text("作了处理")
    settle(page)
    assert not pipeline.how_many(desk[1], uid, CommentFilter(group=group.proposal.group, is_open=True))
    page.goto(f"{desk[0]}/consultation?consultation={uid}&view=comments&state=未处理&together=1")
    settle(page)
    page.get_by_role("button", name=re.compile("筛选出的 .* 条全选")).click()
    settle(page)
    press(page, "4")
    page.keyboard.type("已有安排，详见起草说明。")
    press(page, "Control+Enter")
    expect(page.locator(".zh-check-said")).to_contain_text("作了处理")
    settle(page)
    assert not pipeline.how_many(desk[1], uid, CommentFilter(is_open=True))


def closed_with_counts(desk: tuple[str, Records], uid: str, page: Page) -> None:
    """All counts agree, and the lead closes."""
    page.goto(f"{desk[0]}/consultation?consultation={uid}&view=closing")
    settle(page)
    line = pipeline.count_line(desk[1], uid)
    assert line.reconciles
    assert line.received == 145
    said = page.locator(".zh-c-equation").first.inner_text()
    numbers = [int(each.replace(",", "")) for each in re.findall(r"[\d,]+", said)]
    assert numbers[0] == 145 == sum(numbers[1:])
    page.locator(".st-key-closing-close button").click()
    expect(page.locator("h1")).to_contain_text("已经办结", timeout=PATIENCE)
    settle(page)


def published(desk: tuple[str, Records], uid: str, page: Page) -> None:
    """The table for the public: every comment, nobody named or to be reached, the count line, marked as made up."""
    with page.expect_download() as download:
        page.locator(".st-key-table-public").get_by_role("button", name="Excel").click()
    data = Path(download.value.path()).read_bytes()
    sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    cells = [
        [str(cell) for cell in row if cell is not None] for sheet in sheets for row in sheet.iter_rows(values_only=True)
    ]
    whole = "\n".join("\t".join(row) for row in cells)
    rows = tuple(pipeline.every_row(desk[1], uid))
    assert len(rows) == 145
    assert whole.count("已有安排，详见起草说明。") == sum(
        row.handling.reason == "已有安排，详见起草说明。" for row in rows
    )
    assert "收到" in whole
    assert "虚构" in whole
    for row in rows:
        for number in re.findall(r"1\d{10}|[\w.]+@[\w.]+", row.comment.contact):
            assert number not in whole
    head = next(row for row in cells if "反馈人" in row)
    at = head.index("反馈人")
    people = {row.comment.sender for row in rows if re.fullmatch(r"[\u4e00-\u9fff]{2,3}", row.comment.sender)} - {
        "匿名"
    }
    assert len(people) > 10
    assert not people & {row[at] for row in cells if len(row) > at}


@pytest.mark.skipif(not COMMENTS.exists(), reason="../shared/gold/comments is not there")
def test_from_import_to_the_published_table_with_two_reviewers(desk: tuple[str, Records], open_page: Open) -> None:
    first = open_page("consultation", base=desk[0], width=1440)
    named(first, "甲")
    uid = begin(first)
    first.goto(f"{desk[0]}/consultation?consultation={uid}&view=intake")
    settle(first)
    for file in FILES:
        bring(first, COMMENTS / file)
    assert pipeline.how_many(desk[1], uid) == 145
    expect(first.locator(".zh-made-up")).to_contain_text("都是虚构的")
    second = open_page("consultation", base=desk[0], width=1440)
    two_at_once(desk, uid, first, second)
    everything_else(desk, uid, first)
    closed_with_counts(desk, uid, first)
    published(desk, uid, first)


# By keyboard ------------------------------------------------------------------------------------------------------


def test_a_pile_is_worked_through_without_a_mouse_and_without_loading_the_page_anew(
    desk: tuple[str, Records], example: Consultation, open_page: Open
) -> None:
    page = open_page("consultation", base=desk[0], width=1440)
    named(page, "丙")
    page.goto(f"{desk[0]}/consultation?consultation={example.uid}&view=comments")
    shows(page, 1)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if request.resource_type == "document" else None)
    page.locator("[data-comment='4']").first.click()
    shows(page, 4)
    assert "第二十五条" in page.locator(".zh-c-clause .zh-c-missing").first.inner_text()
    press(page, "k")
    shows(page, 3)
    press(page, "j")
    shows(page, 4)
    decide(page, "4", "草案没有第二十五条，请核对后再提。")
    shows(page, 5)
    assert held(desk, example.uid, 4).handling.decision is Decision.EXPLAINED
    assert page.locator("mark.zh-c-shared").count() >= 2  # in the comment and in the clause
    press(page, "u")
    shows(page, 4)
    assert held(desk, example.uid, 4).handling.decision is None
    press(page, "/")
    page.keyboard.type("协会")
    press(page, "Enter")
    expect(page.locator(".zh-c-total")).to_have_text(re.compile(r"^2\s*条$"))
    press(page, "Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert not loaded
    keys = page.locator(".zh-c-keys").inner_text()
    for key in ("J", "K", "/", "1", "6", "U", "Ctrl", "Esc"):
        assert key in keys


def test_another_clause_that_could_be_meant_is_one_click_away(
    desk: tuple[str, Records], example: Consultation, open_page: Open
) -> None:
    rows = pipeline.comment_rows(desk[1], example.uid)
    several = next(row for row in rows if row.proposal and any(point.others for point in row.proposal.points))
    page = open_page("consultation", base=desk[0], width=1440)
    named(page, "丙")
    page.goto(f"{desk[0]}/consultation?consultation={example.uid}&view=comments&number={several.number}")
    shows(page, several.number)
    page.locator(".st-key-clause-choice").get_by_role("button", name=re.compile("^改为")).first.click()
    expect(page.locator(".zh-c-clause")).to_contain_text("条款由人指定", timeout=PATIENCE)
    settle(page)
    assert held(desk, example.uid, several.number).handling.clause
    press(page, "u")
    assert not held(desk, example.uid, several.number).handling.clause


def test_what_senders_wrote_is_never_rendered(
    desk: tuple[str, Records], example: Consultation, open_page: Open
) -> None:
    page = open_page("consultation", base=desk[0], width=1440)
    named(page, "丙")
    for view in ("comments&number=14", "comments&number=14&together=1"):
        page.goto(f"{desk[0]}/consultation?consultation={example.uid}&view={view}")
        settle(page)
        assert "<b>第九条</b>" in page.locator("[data-testid=stMain]").inner_text()
        assert page.locator("[data-testid=stMain] b", has_text="第九条").count() == 0


# Open to all ------------------------------------------------------------------------------------------------------


_APART = """() => {
  for (const each of document.querySelectorAll(".zh-as-received, .zh-serif, kbd, .stCheckbox, q")) each.remove();
  for (const each of document.querySelectorAll("[data-testid=stMain] span")) {
    if (getComputedStyle(each).fontFamily.includes("Material")) each.remove();
  }
}"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_whole_open_to_all_and_speaks_no_english(
    desk: tuple[str, Records], example: Consultation, open_page: Open, view: str, width: int
) -> None:
    page = open_page("consultation", base=desk[0], width=width)
    named(page, "丙")
    page.goto(f"{desk[0]}/consultation?consultation={example.uid}&view={view}")
    settle(page)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.locator("[data-testid=stApp]")).to_have_css("background-color", GROUNDS[scheme], timeout=PATIENCE)
        settle(page)
        assert page.locator("h1").count() == 1
        assert page.locator(".zh-fault").count() == 0, page.locator(".zh-fault").first.inner_text()
        overflow = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{overflow} px too wide"
        assert not barriers(page)
    assert "都是虚构的" in page.locator(".zh-made-up").inner_text()
    # Words of senders and of documents stand as they are, and keys have names.
    page.evaluate(_APART)
    found = set(LATIN.findall(page.locator("[data-testid=stMain]").inner_text())) - ALLOWED - FORMATS
    assert not found, f"English on {view}: {sorted(found)}"
