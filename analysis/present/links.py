"""Relative addresses of pages and words. Relative, so that the product works under any base path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

#: What an address says of a page: its query, by name.
Address = Mapping[str, str | list[str]]

#: The pages of the product as the navigation groups them: path and title of each. The first is served at the root.
#: A group without pages is not shown: it waits for its first one.
NAVIGATION: dict[str, tuple[tuple[str, str], ...]] = {
    "比较": (
        ("overview", "总览"),
        ("targets", "目标对比"),
        ("incentives", "激励对比"),
        ("trends", "趋势与目标"),
        ("wording", "用词对比"),
    ),
    "起草": (),
    "征求意见": (),
    "资料": (
        ("reader", "原文"),
        ("sources", "语料与来源"),
        ("quality", "抽取质量"),
    ),
}
PAGES = tuple(page for pages in NAVIGATION.values() for page in pages)


def words_link(document: str, start: int, end: int) -> str:
    """Address that opens the reader at clean offsets ``start``–``end`` of a document, with the words marked."""
    return f"reader?document={quote(document, safe='')}&at={start}-{end}"


def page_link(page: str, /, **query: str | int | Sequence[str] | None) -> str:
    """Address of a page (``overview``, ``targets`` …) with its state; ``None`` values are left out."""
    # The default page is served at the root: its own path is ignored by the framework.
    path = "./" if page == "overview" else page
    said = {name: value for name, value in query.items() if value is not None}
    state = urlencode(said, True, errors="replace", quote_via=quote)
    return f"{path}?{state}" if state else path
