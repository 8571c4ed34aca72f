"""Relative addresses of pages and words. Relative, so that the product works under any base path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote, urlencode

from analysis.model import Citation

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
    "起草": (("check", "草案检查"), ("versions", "新旧对照")),
    "征求意见": (("consultation", "意见处理"),),
    "资料": (
        ("reader", "原文"),
        ("sources", "语料与来源"),
        ("quality", "抽取质量"),
    ),
}
PAGES = tuple(page for pages in NAVIGATION.values() for page in pages)

_DIGEST = 12  # hex digits of a file's SHA-256 that a link carries
_LONGEST = 80  # characters of words or neighbours that are read from an address; ours are shorter
_SITE = re.compile(
    r"(?P<host>https?://(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?)(?P<path>(?:/[A-Za-z0-9._~-]{1,100}){0,10}/?)"
)
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


def words_link(citation: Citation) -> str:
    """Address that opens the reader at the words of a citation, with the words marked."""
    return page_link(
        "reader",
        document=citation.document,
        at=f"{citation.start}-{citation.end}",
        file=citation.digest[:_DIGEST],
        exact=citation.exact,
        prefix=citation.prefix or None,
        suffix=citation.suffix or None,
    )


def in_words(citation: Citation) -> str:
    """A citation for people: document, clause, words, place in the file as received and the head of its digest."""
    clause = f" {citation.clause}" if citation.clause else ""
    place = f"原文件第 {citation.start + 1}–{citation.end} 个字符，SHA-256 {citation.digest[:_DIGEST]}"
    return f"{citation.document}{clause}“{citation.exact}”（{place}）"


def site(url: str) -> str:
    """The address of all pages, with a slash at its end, from that of one of them; "" where it is none.

    The address comes from a browser or a proxy: nothing but a scheme, a host and a plain path is taken over.
    """
    found = _SITE.fullmatch(url)
    if found is None:
        return ""
    path = found["path"].rstrip("/").split("/")
    if path[-1] in dict(PAGES):
        path.pop()
    return f"{found['host']}{'/'.join(path)}/"


def span_of(at: str) -> tuple[int, int] | None:
    """``12-40`` -> (12, 40); None for anything else."""
    found = _SPAN.fullmatch(at)
    return (int(found[1]), int(found[2])) if found else None


def citation_of(query: Callable[[str], str]) -> Citation | None:
    """The citation that an address carries, of any values; None where it carries none, as the first links did."""
    digest, exact, prefix, suffix = (query(name)[:_LONGEST] for name in ("file", "exact", "prefix", "suffix"))
    if not (digest or exact):
        return None
    start, end = span_of(query("at")) or (0, 0)
    return Citation(query("document"), digest, start, end, exact, prefix, suffix)


def page_link(page: str, /, **query: str | int | Sequence[str] | None) -> str:
    """Address of a page (``overview``, ``targets`` …) with its state; ``None`` values are left out."""
    # The default page is served at the root: its own path is ignored by the framework.
    path = "./" if page == "overview" else page
    known = {name: value for name, value in query.items() if value is not None}
    state = urlencode(known, True, errors="replace", quote_via=quote)
    return f"{path}?{state}" if state else path
