"""The navigation: groups of pages, and the first page under its own name."""

from __future__ import annotations

import asyncio

import pytest
from places import PROJECT
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import Message
from streamlit.testing.v1 import AppTest

from analysis.present import links
from pages import _headers


def drawn() -> AppTest:
    app = AppTest.from_file(str(PROJECT / "pages" / "_frame.py"), default_timeout=120)
    app.switch_page("quality.py").run()
    assert not app.exception
    return app


def groups(app: AppTest) -> list[str]:
    shown = [element.proto.body for element in app.get("html")]
    return [each.split(">")[1].split("<")[0] for each in shown if each.startswith('<span class="zh-group">')]


def labels(app: AppTest) -> list[str]:
    return [element.proto.label for element in app.get("page_link")]


def test_pages_are_shown_in_their_groups() -> None:
    app = drawn()
    assert groups(app) == ["比较", "起草", "征求意见", "资料"]
    # 资料 is the current group and 抽取质量 the current page: neither leads anywhere.
    assert labels(app) == [
        "比较",
        "起草",
        "征求意见",
        *(title for name, title in links.PAGES if name != "quality"),
    ]


def test_a_group_without_pages_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "NAVIGATION", {**links.NAVIGATION, "征求意见": ()})
    assert groups(drawn()) == ["比较", "起草", "资料"]


def test_a_group_appears_as_soon_as_a_page_is_listed_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {
        "比较": (("overview", "总览"),),
        "起草": (("targets", "草案检查"), ("trends", "新旧对照")),
        "征求意见": (("quality", "意见处理"),),
        "资料": (("reader", "原文"),),
    }
    monkeypatch.setattr(links, "NAVIGATION", listed)
    app = drawn()
    assert groups(app) == list(listed)
    assert labels(app) == ["比较", "起草", "资料", "总览", "草案检查", "新旧对照", "原文"]


def asked_for(path: str, query: bytes = b"") -> tuple[int, dict[str, str]]:
    """Status and headers of the answer to a browser; behind the house's own there is no page at all."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query,
        "headers": [(b"accept", b"text/html")],
    }
    asyncio.run(Starlette(middleware=[Middleware(_headers.ResponseHeaders)])(scope, receive, send))
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize("path", ["/overview", "/overview/"])
def test_the_first_page_opens_under_its_own_name(path: str) -> None:
    status, headers = asked_for(path)
    assert (status, headers["location"]) == (307, "/")
    status, headers = asked_for(path, b"province=%E5%9B%9B%E5%B7%9D&news=true&x=a%0d%0ab")
    assert (status, headers["location"]) == (307, "/?province=%E5%9B%9B%E5%B7%9D&news=true&x=a%0d%0ab")


def test_the_first_page_opens_under_its_own_name_below_another_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_headers, "_BASE", "/policy")
    status, headers = asked_for("/policy/overview", b"news=true")
    assert (status, headers["location"]) == (307, "/policy/?news=true")
