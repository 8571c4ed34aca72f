"""Every page stands any query: names of its own and of others, of wrong types, twice, empty, huge, unknown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from places import PROJECT
from streamlit.testing.v1 import AppTest

from analysis import pipeline
from analysis.present import links

PAGES = PROJECT / "pages"
# Names that addresses carry, as the pages' own code has them, and names that mean something inside a program.
NAMES = sorted(
    {
        name
        for file in PAGES.glob("*.py")
        for found in re.findall(
            r'key="(\w+)"|query\("(\w+)"|whole_number\("(\w+)"|_KEY = "(\w+)"|add\("(\w+)"', file.read_text("utf-8")
        )
        for name in found
        if name
    }
    | {"page", "at", "start", "end", "clause", "check", "edition", "self", "state", "query", "key", "default", "没有"}
)
ODD: dict[str, str | list[str]] = {
    "empty": "",
    "zero": "0",
    "below nothing": "-1",
    "a number": "2",
    "huge": "9" * 5000,
    "long": "字" * 20_000,
    "twice": ["2", "四川", "四川", ""],
    "hostile": "\"><script>alert(1)</script>'; DROP TABLE x; --%00\u202e",
    "infinite": "1e999",
    "not a number": "nan",
    "no digit": "²½x1e9NaN",
    "a span": "5-1",
    "half a sign": "\ufffd\x00\ufeff",  # what %ED%A0%80 arrives as
    "true": "true",
}


@pytest.fixture(params=["few", "many"], autouse=True)
def corpus(request: pytest.FixtureRequest, large_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "many":
        monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(large_root))


def test_the_names_are_known() -> None:
    assert {"province", "page", "contract", "document", "term", "reason", "least"} <= set(NAMES)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("page", [name for name, _ in links.PAGES])
def test_a_page_stands_odd_values(page: str, odd: str) -> None:
    assert_stands(page, dict.fromkeys(NAMES, ODD[odd]))


@pytest.mark.parametrize("page", [name for name, _ in links.PAGES])
def test_a_page_stands_names_of_programs(page: str) -> None:
    assert_stands(page, {"page": "2", "start": "1", "name": "x", "args": "y", "__class__": "z", "None": "", "": "w"})


def test_a_link_carries_any_state() -> None:
    state = {"page": "2", "self": "x", "half": "\ud800", "two": ["a", "四"], "none": None}
    assert links.page_link("wording", **state) == "wording?page=2&self=x&half=%3F&two=a&two=%E5%9B%9B"


def assert_stands(page: str, query: dict[str, str | list[str]]) -> None:
    app = AppTest.from_file(str(PAGES / "_frame.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(f"{page}.py").run()
    assert not app.exception
    shown = "".join(element.proto.body for element in app.get("html"))
    assert "没有算出来" not in shown
    assert "<h1>" in shown or "zh-fault" in shown
    assert "<script>alert" not in shown
