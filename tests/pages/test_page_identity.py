"""Who may do what on the pages: a login, the file of people, and what nobody gets around. All names are made up."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from own_files import VISITOR, own
from places import PROJECT
from shown_pages import markup, opened, press, words
from streamlit.testing.v1 import AppTest

from analysis import pipeline
from analysis.pipeline import Actor, Consultation, Records, Role
from pages import _identity, _session
from pages._kept import forget_all

LEAD = Actor("张三", Role.LEAD)
TEXT = "我是朱丽华，电话19900001234，建议提高补助比例。"
PEOPLE = """[[person]]
name = "张三"
email = "zhang@example.gov.cn"
role = "lead"
[[person]]
name = "李四"
subject = "li-4"
role = "reviewer"
[[person]]
name = "王五"
email = "wang@example.gov.cn"
role = "reader"
"""
SETTINGS = {
    "redirect_uri": "https://desk.example.gov.cn/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "desk",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example.gov.cn/.well-known/openid-configuration",
}


class Desk:
    """A desk that is served to others; who is logged in can be changed between two clicks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, people: Path) -> None:
        self.people, self.claims, self.settings = people, {}, dict(SETTINGS)
        people.write_text(PEOPLE, "utf-8")
        monkeypatch.setenv("ZHENGHENG_PEOPLE", str(people))
        monkeypatch.setattr(_identity, "_claims", lambda: self.claims)
        monkeypatch.setattr(_identity, "_settings", lambda: self.settings)
        monkeypatch.setattr(_session, "visitor", lambda: VISITOR)

    def log_in(self, subject: str, email: str = "", **more: Any) -> None:
        told = {"is_logged_in": True, "sub": subject, "email": email, "iat": int(time.time()), "nonce": subject}
        self.claims: Mapping[str, Any] = {**told, **more}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("ZHENGHENG_RECORDS", str(tmp_path / "records"))
    forget_all()
    return Desk(monkeypatch, tmp_path / "people.toml")


@pytest.fixture
def records(desk: Desk) -> Records:
    return pipeline.open_records(pipeline.consultations_place())


@pytest.fixture
def held(records: Records) -> Consultation:
    made = pipeline.create_consultation(records, LEAD, "若干措施（征求意见稿）")
    pipeline.take_in(records, LEAD, made.uid, f"姓名,意见内容,联系电话\n朱丽华,{TEXT},19900001234".encode(), "意见.csv")
    return made


def first_comment(held: Consultation, **more: str) -> AppTest:
    return opened("consultation", consultation=held.uid, view="comments", number="1", **more)


def shows_nothing(app: AppTest) -> bool:
    """Whether nothing of any comment is on the page, and nothing on it changes one."""
    shown = markup(app)
    hidden = not any(word in shown for word in ("朱丽华", "补助比例", "19900001234", "若干措施"))
    return hidden and not [one for one in app.button if one.key and one.key.startswith(("decide-", "decision-"))]


def test_without_a_login_nothing_is_seen(desk: Desk, held: Consultation) -> None:
    app = first_comment(held)
    assert "请先登录" in words(app)
    assert [button.label for button in app.button] == ["登录"]
    assert shows_nothing(app)


def test_nobody_who_is_not_in_the_file_is_let_in(desk: Desk, held: Consultation) -> None:
    desk.log_in("x", "x@example.org", name="张三")
    app = first_comment(held)
    assert "人员名单里没有您的账号，请管理员把您写进名单。" in words(app)
    assert [button.label for button in app.button] == ["退出登录"]
    assert shows_nothing(app)


def test_strangers_may_read_where_the_file_says_so(desk: Desk, held: Consultation) -> None:
    desk.people.write_text('others = "reader"\n' + PEOPLE, "utf-8")
    desk.log_in("x", "x@example.org", name="陌生人")
    app = first_comment(held)
    assert "陌生人（查阅人员）" in words(app)
    assert "补助比例" in words(app)


def test_a_reader_reads_without_names_and_contacts(desk: Desk, held: Consultation) -> None:
    desk.log_in("w", "wang@example.gov.cn")
    app = first_comment(held)
    assert "王五（查阅人员）" in words(app)
    assert "您的权限是查阅，不能处理" in words(app)
    assert "补助比例" in words(app)
    assert "朱**" in words(app)
    assert "朱丽华" not in markup(app)
    assert "1990000" not in markup(app)
    assert not [one for one in app.button if one.key and one.key.startswith("decide-")]


def test_a_decision_is_put_down_to_the_login_and_no_name_can_be_typed(
    desk: Desk, records: Records, held: Consultation
) -> None:
    _session.file_store().call(VISITOR, "别人")
    desk.log_in("li-4", "li@example.org", name="别名")
    app = first_comment(held)
    assert not [one for one in app.text_input if one.key == "identity-name"]
    press(app, "decide-adopted")
    app.text_area[0].set_value("采纳。").run()
    press(app, "decision-save")
    assert pipeline.comment_row(records, held.uid, 1).handling.decided_by == "李四"
    assert {one.name for one in pipeline.people_of(records)} == {"张三", "李四", "王五"}


def test_a_reviewer_neither_begins_nor_ends_a_consultation(desk: Desk, records: Records, held: Consultation) -> None:
    desk.log_in("li-4")
    assert not [one for one in opened("consultation").button if one.key == "start-make"]
    closing = opened("consultation", consultation=held.uid, view="closing")
    assert not [one for one in closing.button if one.key == "closing-close"]
    desk.log_in("z", "zhang@example.gov.cn")
    assert [one for one in opened("consultation").button if one.key == "start-make"]


def decided_after(desk: Desk, records: Records, held: Consultation, change: Any) -> AppTest:
    """A reviewer has the form open and filled in, something changes, and then the decision is sent."""
    desk.log_in("li-4")
    app = first_comment(held)
    press(app, "decide-adopted")
    app.text_area[0].set_value("采纳。").run()
    change()
    press(app, "decision-save")
    assert pipeline.comment_row(records, held.uid, 1).handling.decision is None
    assert len(pipeline.entries_of(records, held.uid, "comment")) == 0
    return app


def test_a_role_that_was_taken_away_while_the_page_was_open_is_gone(
    desk: Desk, records: Records, held: Consultation
) -> None:
    reader = PEOPLE.replace('"reviewer"', '"reader"')
    app = decided_after(desk, records, held, lambda: desk.people.write_text(reader, "utf-8"))
    assert "这一步需要办理人员的权限，没有作任何改动" in words(app)


def test_a_person_who_was_taken_off_the_file_while_the_page_was_open_sees_nothing_more(
    desk: Desk, records: Records, held: Consultation
) -> None:
    gone = PEOPLE.replace('"li-4"', '"li-5"')
    assert shows_nothing(decided_after(desk, records, held, lambda: desk.people.write_text(gone, "utf-8")))


def test_a_file_that_was_damaged_lets_nobody_in(desk: Desk, records: Records, held: Consultation) -> None:
    app = decided_after(desk, records, held, lambda: desk.people.write_text("[[person]\n", "utf-8"))
    assert "people.toml（第 1 行）：不符合 TOML 写法" in words(app)
    assert shows_nothing(app)
    desk.people.unlink()
    app = first_comment(held)
    assert "people.toml：找不到这个文件" in words(app)
    assert shows_nothing(app)


def test_a_login_that_is_too_old_changes_nothing(desk: Desk, records: Records, held: Consultation) -> None:
    long_ago = int(time.time()) - 13 * 3600
    app = decided_after(desk, records, held, lambda: desk.log_in("li-4", iat=long_ago))
    assert "这次登录已超过 12 小时，请退出后重新登录" in words(app)
    assert shows_nothing(app)


def test_a_login_that_ended_in_another_window_is_over_here_too(
    desk: Desk, records: Records, held: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_identity.st, "logout", lambda: None)

    def leave_elsewhere() -> None:
        press(first_comment(held), "logout")

    app = decided_after(desk, records, held, leave_elsewhere)
    assert "请先登录" in words(app)
    desk.log_in("li-4", nonce="the next login")
    assert "李四（办理人员）" in words(first_comment(held))


@pytest.mark.parametrize("claims", [{"sub": "li-4", "is_logged_in": "true"}, {"sub": "li-4"}, {"is_logged_in": True}])
def test_half_a_login_is_none(desk: Desk, held: Consultation, claims: dict[str, Any]) -> None:
    desk.claims = {"iat": int(time.time()), **claims}
    assert shows_nothing(first_comment(held))


def test_the_address_says_nothing_of_who_somebody_is(desk: Desk, held: Consultation) -> None:
    claimed = {"role": "lead", "name": "张三", "sub": "li-4", "email": "zhang@example.gov.cn", "is_logged_in": "true"}
    assert shows_nothing(first_comment(held, **claimed))
    desk.log_in("w", "wang@example.gov.cn")
    assert "王五（查阅人员）" in words(first_comment(held, **claimed))


def test_after_a_login_the_page_from_which_it_began_is_opened_once(
    desk: Desk, held: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(_identity.st, "login", asked.append)
    press(first_comment(held), "login-")
    assert asked == [None]
    assert _identity.back_to() is None, "not before the login"
    desk.log_in("li-4")
    page, state = _identity.back_to() or ("", {})
    assert (page, state["consultation"], state["number"]) == ("consultation", held.uid, "1")
    assert _identity.back_to() is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda settings: settings.clear(), "[auth]）：这里供别人访问，还没有配置登录，意见处理没有打开，请管理员"),
        (lambda settings: settings.pop("client_secret"), "[auth] client_secret）：缺少这一项"),
        (lambda settings: settings.pop("redirect_uri"), "[auth] redirect_uri）：缺少这一项"),
        (lambda settings: settings.update(cookie_secret="short"), "[auth] cookie_secret）：不足 32 个字符"),
        (
            lambda settings: settings.update(own={"client_id": "x", "client_secret": "y"}),
            "[auth.own] server_metadata_url）：缺少这一项",
        ),
    ],
)
def test_a_login_that_is_not_whole_is_said_and_the_desk_stays_shut(
    desk: Desk, held: Consultation, change: Any, sentence: str
) -> None:
    change(desk.settings)
    desk.log_in("li-4")
    app = first_comment(held)
    assert sentence in words(app)
    assert shows_nothing(app)


def test_several_providers_are_offered_by_name(desk: Desk, held: Consultation) -> None:
    own = {key: desk.settings.pop(key) for key in ("client_id", "client_secret", "server_metadata_url")}
    desk.settings |= {"one": own, "two": own}
    assert [button.label for button in first_comment(held).button] == ["用 one 登录", "用 two 登录"]


@pytest.mark.parametrize(
    ("headers", "served"),
    [
        ({"Host": "localhost:8501", "Origin": "http://localhost:8501"}, False),
        ({"Host": "127.0.0.1:8501"}, False),
        ({"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}, False),
        ({}, False),
        ({"Host": "desk.example.gov.cn"}, True),
        ({"Host": "10.1.2.3:8501"}, True),
        ({"Host": "127.0.0.1:8501", "Origin": "https://desk.example.gov.cn"}, True),
        ({"Host": "localhost:8501", "X-Forwarded-For": "10.1.2.3"}, True),
        ({"Host": "localhost:8501", "x-forwarded-proto": "https"}, True),
        ({"Host": "localhost:8501", "Forwarded": "for=10.1.2.3"}, True),
        ({"Host": "localhost:8501", "X-Real-Ip": "10.1.2.3"}, True),
        ({"Host": "localhost.example.org"}, True),
    ],
)
def test_others_are_told_by_the_address_that_they_ask_and_by_what_a_proxy_adds(
    headers: dict[str, str], served: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Context:
        pass

    Context.headers = headers  # type: ignore[attr-defined]
    monkeypatch.setattr(_identity.st, "context", Context)
    assert _identity.served_to_others() is served


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.1.2.3", "", None])
def test_others_are_told_by_the_address_that_is_served(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_identity.st, "get_option", lambda _: address)
    assert _identity.served_to_others()


def test_a_desk_that_is_served_without_a_login_stays_shut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGHENG_RECORDS", str(tmp_path / "records"))
    monkeypatch.delenv("ZHENGHENG_PEOPLE", raising=False)
    monkeypatch.setattr(_identity, "served_to_others", lambda: True)
    app = opened("consultation")
    assert "还没有配置登录，意见处理没有打开，请管理员照 docs/decisions/identity.md 配好登录后重新启动。" in words(app)
    assert not app.button
    assert "zh-fault" not in markup(opened("targets")), "what is no personal data stays open"


# 核对 --------------------------------------------------------------------------------------------------------------

SLUG = "sichuan-2018"


@pytest.fixture
def corpus(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of its own that is open for checking by those who may."""
    shutil.copytree(PROJECT / "policy_corpus", tmp_path / "corpus")
    monkeypatch.setenv("ZHENGHENG_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("ZHENGHENG_CHECKING", "1")
    return tmp_path / "corpus"


def checks(corpus: Path) -> list[tuple[str, str]]:
    return [(one.who, one.verdict.value) for one in pipeline.read_checks(corpus)[0].get(SLUG, ())]


def test_rows_are_checked_under_the_name_of_the_login(desk: Desk, corpus: Path) -> None:
    _session.file_store().call(VISITOR, "别人")
    desk.log_in("li-4", name="别名")
    app = opened("reader", document=SLUG, check="1")
    assert not [one for one in app.text_input if one.label == "核对人"]
    assert "李四（办理人员）" in words(app)
    press(app, "check-yes")
    press(app, "check-back")
    press(app, "check-no")
    press(app, "check-back")
    assert checks(corpus) == [("李四", "confirmed"), ("李四", "removed")]
    assert "修改记录（2）" in words(app)
    assert re.search(r"李四 已删除.*李四 已核对", words(app), re.DOTALL), "the newest first"


def test_rows_are_not_checked_without_a_login_or_by_whoever_only_reads(desk: Desk, corpus: Path) -> None:
    app = opened("reader", document=SLUG, check="1")
    assert "登录后可以核对这份文件" in words(app)
    assert [one.key for one in app.button if one.key] == ["login-"]
    desk.log_in("w", "wang@example.gov.cn")
    app = opened("reader", document=SLUG, check="1")
    assert "您的权限是查阅，不能核对语料" in words(app)
    assert [one.key for one in app.button if one.key] == ["logout"]
    desk.settings.clear()
    app = opened("reader", document=SLUG, check="1")
    assert "核对没有打开。.streamlit/secrets.toml（[auth]）" in words(app)
    assert not [one.key for one in app.button if one.key]


@pytest.mark.parametrize("subject", ["w", "x", None])
def test_whoever_may_no_longer_check_changes_nothing_on_a_page_that_was_open(
    desk: Desk, corpus: Path, subject: str | None
) -> None:
    desk.log_in("li-4")
    app = opened("reader", document=SLUG, check="1")
    if subject is None:
        desk.claims = {}
    else:
        desk.log_in(subject, "wang@example.gov.cn" if subject == "w" else "")
    press(app, "check-yes")
    assert checks(corpus) == []
    assert not [one for one in app.button if one.key and one.key.startswith("check-yes")]


def test_the_function_that_writes_checks_holds_to_the_role_and_the_name(desk: Desk, corpus: Path) -> None:
    reading = next(one for one in pipeline.load_corpus(corpus).readings if one.document.id == SLUG)
    check = pipeline.judged(reading, pipeline.items(reading, ())[0], "李四", "2026-11-29T00:00:00+00:00")
    for actor in (Actor("李四", Role.READER), Actor("李四", Role.NONE), Actor("张三", Role.LEAD), pipeline.NOBODY):
        with pytest.raises(pipeline.NotAllowed):
            pipeline.record_check(corpus, check, 0, actor)
    assert checks(corpus) == []
    pipeline.record_check(corpus, check, 0, Actor("李四", Role.REVIEWER))
    assert checks(corpus) == [("李四", "confirmed")]


def test_a_file_of_ones_own_is_checked_without_a_login(desk: Desk) -> None:
    file = own()
    _session.file_store().put(VISITOR, file)
    app = opened("reader", document=file.reading.document.id, check="1")
    press(app, "check-yes")
    assert [one.who for one in _session.files()[0].said] == ["本人"]
