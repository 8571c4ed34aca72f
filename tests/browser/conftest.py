"""Fixtures of browser tests.

``server``     address of the running product, one for each process of tests
``open_page``  ``open_page("targets?region=510000", width=390, dark=True) -> Page``, at rest; the test fails at its end
               if any page it opened had a console error, a page error or a request that left the machine
``settle``     from ``harness``: wait for a rerun to end after a click
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness import CHROMIUM, FLAGS, PATIENCE, missing_parts, serving, settle, watch
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
LONGEST = HERE / "test_pages.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test and comes last: Playwright keeps an event loop until the end.

    The longest file comes first of them, so that processes end at the same time.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: (HERE in item.path.parents, HERE in item.path.parents and item.path != LONGEST))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The product, running."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    missing = missing_parts()
    if missing:
        pytest.fail(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(server: str, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address of the product in a fresh browser context; see the head of this module."""
    faults: list[str] = []
    contexts = []

    def opened(path: str = "", *, width: int = 1280, height: int = 900, dark: bool = False, base: str = "") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch(page, faults)
        page.goto(f"{base or server}/{path}")
        settle(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)
