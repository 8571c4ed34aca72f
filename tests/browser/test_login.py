"""A desk that others reach through a proxy: login, roles, logout, a log that names nobody. All names are made up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness import PATIENCE, barriers, serving, settle, watch
from login_provider import provider, proxy, secrets_file
from playwright.sync_api import Browser, BrowserContext, Page, expect

from analysis import pipeline
from analysis.pipeline import Actor, Decision, Records, Role

SENDER, TELEPHONE, OPINION, REASON = "朱丽华", "19900001234", "建议提高补助比例", "比例已经够高"
PEOPLE = """[[person]]
name = "张三丰"
email = "zhang@example.gov.cn"
role = "lead"
[[person]]
name = "李四光"
subject = "li-4"
role = "reviewer"
[[person]]
name = "王五一"
email = "wang@example.gov.cn"
role = "reader"
"""
CLAIMS = {
    "zhang-3": {"email": "zhang@example.gov.cn", "name": "张"},
    "li-4": {"email": "li@example.gov.cn", "name": "张三丰"},  # the name of somebody else
    "wang-5": {"email": "wang@example.gov.cn", "name": "王"},
    "zhao-6": {"email": "zhao@example.org", "name": "赵六七"},
}
# What no log may hold.
PERSONAL = (
    *(SENDER, TELEPHONE, OPINION, REASON, "张三丰", "李四光", "王五一", "赵六七", "example.gov.cn", "example.org"),
    *("li-4", "zhang-3", "wang-5", "eyJ"),  # subjects, and the beginning of every token
)
LEAD = Actor("张三丰", Role.LEAD)


@dataclass
class Desk:
    """A running desk with one consultation, and the ways to look at it."""

    address: str
    people: Path
    records: Records
    uid: str
    log: Path
    context: Callable[..., BrowserContext]

    def page(self, context: BrowserContext | None = None, view: str = "comments") -> Page:
        page = (context or self.context()).new_page()
        page.goto(f"{self.address}/consultation?consultation={self.uid}&view={view}")
        settle(page)
        return page

    def log_in(self, subject: str, view: str = "comments") -> Page:
        """Somebody comes, logs in, and is where the way began."""
        page = self.page(view=view)
        expect(page.locator("h1")).to_have_text("请先登录")
        assert not barriers(page)
        page.get_by_role("button", name="登录", exact=True).click()
        page.get_by_placeholder("sub").fill(subject)
        page.get_by_role("button", name="Authorize", exact=True).click()
        page.wait_for_url(f"**consultation={self.uid}**")
        settle(page)
        return page

    @property
    def printed(self) -> str:
        return self.log.read_text("utf-8", "replace")


@pytest.fixture
def desk(chromium: Browser, tmp_path: Path) -> Iterator[Desk]:
    """The product behind a proxy, with a provider of logins beside it; nothing leaves the machine."""
    people, log, faults = tmp_path / "people.toml", tmp_path / "log", []
    people.write_text(PEOPLE, "utf-8")
    records = pipeline.open_records(str(tmp_path / "records"))
    uid = pipeline.create_consultation(records, LEAD, "若干措施（征求意见稿，虚构）").uid
    table = f"姓名,意见内容,联系电话\n{SENDER},{OPINION}。,{TELEPHONE}\n钱七,支持。,{TELEPHONE}\n"
    pipeline.take_in(records, LEAD, uid, table.encode(), "意见.csv")
    pipeline.sort_again(records, LEAD, uid)
    contexts: list[BrowserContext] = []

    def context(dark: bool = False) -> BrowserContext:
        size, scheme = {"width": 390 if dark else 1440, "height": 900}, "dark" if dark else "light"
        made = chromium.new_context(locale="zh-CN", viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        made.set_default_timeout(PATIENCE)
        made.on("page", lambda page: watch(page, faults))
        contexts.append(made)
        return made

    with provider(CLAIMS) as login, proxy() as before:
        variables = {
            "ZHENGHENG_PEOPLE": str(people),
            "ZHENGHENG_RECORDS": str(tmp_path / "records"),
            "STREAMLIT_SECRETS_FILES": str(secrets_file(tmp_path, before.address, login)),
        }
        with serving(variables=variables, log=log) as behind:
            before.server_port = int(behind.rpartition(":")[2])
            yield Desk(before.address, people, records, uid, log, context)
            for each in contexts:
                each.close()
    assert not faults, "\n".join(faults)


def decided(desk: Desk, number: int) -> tuple[Decision | None, str]:
    handling = pipeline.comment_row(desk.records, desk.uid, number).handling
    return handling.decision, handling.decided_by


def decide(page: Page, reason: str) -> None:
    """Fill the form and send it."""
    page.locator(".st-key-decide-not_adopted button").click()
    settle(page)
    page.locator(".st-key-decision-reason textarea").fill(reason)
    page.locator(".st-key-decision-reason textarea").blur()
    settle(page)
    page.locator(".st-key-decision-save button").click()
    settle(page)


def words(page: Page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def test_from_the_login_to_the_logout(desk: Desk) -> None:
    reviewer = desk.log_in("li-4")
    assert "李四光（办理人员）" in words(reviewer)
    assert SENDER in words(reviewer)
    assert reviewer.get_by_label("办理人").count() == 0, "no name can be typed"
    decide(reviewer, REASON)
    assert decided(desk, 1) == (Decision.NOT_ADOPTED, "李四光")
    assert {person.name for person in pipeline.people_of(desk.records)} == {"张三丰", "李四光", "王五一"}

    reader = desk.log_in("wang-5")
    assert "王五一（查阅人员）" in words(reader)
    assert OPINION in words(reader)
    assert SENDER not in reader.content()
    assert TELEPHONE not in reader.content()
    assert reader.locator("[class*=st-key-decide-]").count() == 0

    # A page that was open when a role was taken away.
    reviewer.goto(f"{desk.address}/consultation?consultation={desk.uid}&view=comments&number=2")
    settle(reviewer)
    desk.people.write_text(PEOPLE.replace('"reviewer"', '"reader"'), "utf-8")
    reviewer.locator(".st-key-decide-adopted button").click()
    settle(reviewer)
    assert "李四光（查阅人员）" in words(reviewer)
    assert decided(desk, 2) == (None, "")
    desk.people.write_text(PEOPLE, "utf-8")
    reviewer.reload()
    settle(reviewer)
    decide(reviewer, "谢谢。")
    assert decided(desk, 2) == (Decision.NOT_ADOPTED, "李四光")

    lead = desk.log_in("zhang-3", view="closing")
    assert "张三丰（负责人）" in words(lead)
    lead.locator(".st-key-closing-close button").click()
    settle(lead)
    assert pipeline.consultation(desk.records, desk.uid).closed_by == "张三丰"

    # Logged out in one window, over in the other; and the copy of a cookie is worth nothing.
    other = desk.page(lead.context, view="closing")
    assert "张三丰（负责人）" in words(other)
    copied = lead.context.cookies()
    lead.locator(".st-key-logout button").click()
    lead.get_by_role("button", name="End session").click()
    lead.wait_for_url(f"{desk.address}/")
    settle(lead)
    other.locator(".st-key-closing-open button").click()
    settle(other)
    expect(other.locator("h1")).to_have_text("请先登录")
    thief = desk.context()
    thief.add_cookies(copied)  # type: ignore[arg-type]  # as they were given
    expect(desk.page(thief).locator("h1")).to_have_text("请先登录")
    assert pipeline.consultation(desk.records, desk.uid).closed_by == "张三丰"

    stranger = desk.log_in("zhao-6")
    assert "人员名单里没有您的账号" in words(stranger)
    assert OPINION not in stranger.content()
    assert not [each for each in PERSONAL if each in desk.printed]


def test_a_forged_cookie_is_no_login(desk: Desk) -> None:
    told = '{"is_logged_in": true, "sub": "li-4", "origin": "ADDRESS", "iat": 4000000000}'.replace(
        "ADDRESS", desk.address
    )
    signed = "InsiaXNfbG9nZ2VkX2luIjogdHJ1ZSwgInN1YiI6ICJsaS00In0i.aR4bZw.k1mKcSuUJQWk8rUzY9a6JQ0o8kM"  # by nobody
    for value in (signed, told.replace('"', "%22").replace(" ", "").replace(",", "%2C")):
        context = desk.context()
        context.add_cookies([{"name": "_streamlit_user", "value": value, "url": desk.address}])
        page = desk.page(context)
        expect(page.locator("h1")).to_have_text("请先登录")
        assert OPINION not in page.content()
    assert decided(desk, 1) == (None, "")
    assert not barriers(desk.page(desk.context(dark=True)))


def broken(desk: Desk) -> None:
    """A row that no page can read: what fails then names the words of a comment in its message."""
    with closing(sqlite3.connect(Path(desk.records.name))) as base, base:
        base.execute("UPDATE proposals SET how = ?", (f"{SENDER} {TELEPHONE} {OPINION}",))


def test_what_goes_wrong_is_logged_without_a_word_of_anybody(desk: Desk) -> None:
    page = desk.log_in("li-4")
    page.locator(".st-key-decide-adopted button").click()
    settle(page)
    page.locator(".st-key-decision-reason textarea").fill(REASON)
    page.locator(".st-key-decision-reason textarea").blur()
    settle(page)
    broken(desk)
    page.locator(".st-key-decision-save button").click()  # fails in what the button calls
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stApp]').dataset.testScriptState.includes('run')"
    )
    page.goto(f"{desk.address}/consultation?consultation={desk.uid}&view=comments")  # fails in the page
    settle(page)
    assert "这一页没有算出来" in words(page)
    printed = desk.printed
    assert "page failed" in printed
    assert "ValueError" in printed
    assert "in _proposal" in printed, "where it failed is told"
    assert not [each for each in PERSONAL if each in printed]
