"""Pages run without a browser, and what they show."""

from __future__ import annotations

import re
from html import unescape

from places import PROJECT
from streamlit.testing.v1 import AppTest

#: The links to words: document, start, end.
LINK = re.compile(r"reader\?document=([\w-]+)&amp;at=(\d+)-(\d+)")


def opened(page: str, /, **query: str | list[str]) -> AppTest:
    """A page at an address, run once; nothing was raised."""
    app = AppTest.from_file(str(PROJECT / "pages" / "_frame.py"), default_timeout=600)
    for name, value in query.items():
        app.query_params[name] = value
    if page == "overview":
        app.run()
    else:
        app.switch_page(f"{page}.py").run()
    assert not app.exception
    return app


def sound(page: str, /, **query: str | list[str]) -> AppTest:
    """A page at an address that has no fault to tell."""
    app = opened(page, **query)
    assert "zh-fault" not in markup(app)
    return app


def press(app: AppTest, key: str) -> AppTest:
    """Press a button. ``key`` is a pattern, without the row of a document that a button may be named by."""
    next(button for button in app.button if button.key and re.fullmatch(f"{key}(-[ti].*)?", button.key)).click().run()
    assert not app.exception
    return app


def markup(app: AppTest) -> str:
    """Everything shown as HTML; the style sheet is no part of it."""
    return re.sub(r"<style.*?</style>", "", "\n".join(each.proto.body for each in app.get("html")), flags=re.DOTALL)


def plain(text: str) -> str:
    """The words of markup, without thin spaces."""
    return unescape(re.sub(r"<[^>]*>", "", text)).replace("\u2009", "")


def words(app: AppTest) -> str:
    """What a page says."""
    return plain(markup(app))


def lead(app: AppTest) -> str:
    """The sentence that answers the page's question."""
    found = re.search(r'<p class="zh-lead">(.*?)</p>', markup(app), re.DOTALL)
    assert found
    return plain(found.group(1))


def matrix(app: AppTest) -> str:
    """The markup of the first matrix."""
    found = re.search(r'<table class="zh-table zh-matrix"[^>]*>.*?</table>', markup(app), re.DOTALL)
    assert found, "no matrix on the page"
    return found.group()
