"""A corpus with a broken part: the rest is served, the fault is said, and no English and no traceback shows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from harness import serving
from playwright.sync_api import Page

from analysis import pipeline

Open = Callable[..., Page]


def test_broken_card_leaves_the_rest(open_page: Open, tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(pipeline.default_root(), root)
    card = sorted(root.glob("documents/*/card.toml"))[0]
    card.write_text(re.sub(r"^title = .*$", "", card.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    with serving(root) as address:
        page = open_page("sources", base=address)
        fault = page.locator("table.zh-unread").inner_text()
        assert card.parent.name in fault
        assert "title" in fault
        assert "Traceback" not in page.inner_text("body")
        other = open_page("targets", base=address)
        assert other.locator("table.zh-table").count() > 0
        # Pages left open would complain when their server ends.
        page.context.close()
        other.context.close()


def test_wrong_query_is_no_fault(open_page: Open) -> None:
    for path in ("reader?document=none&at=5-1", "reader?at=abc", "targets?province=火星", "trends?basis=nonsense"):
        page = open_page(path)
        assert page.locator("h1").count() == 1, path
        assert "没有算出来" not in page.inner_text("body"), path
