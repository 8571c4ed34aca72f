"""Files that could not be read, on 语料与来源: by reason, a page at a time, and all of them to download."""

from __future__ import annotations

from math import ceil

import streamlit as st

from analysis import pipeline
from analysis.present import tables_sources
from analysis.present.numbers import THIN_SPACE, figure, with_unit
from pages import _pager, _ui
from pages._kept import kept

SIZE = 10
_KEY = "unread"
Listed = tuple[int, tuple[tuple[str, int], ...], tuple[pipeline.Unread, ...]]  # as pipeline.unread gives it


def panel(collection: pipeline.Collection) -> None:
    """Heading, reasons to choose from, the files, pager and downloads; nothing where everything was read."""
    said = _ui.query("reason")
    number = _pager.page(_KEY)
    total, reasons, rows = shown(collection, number, said)
    counts = dict(reasons)
    if not counts:
        return
    if said and said not in counts:
        said = ""
        total, reasons, rows = shown(collection, number, said)
    every = sum(counts.values())
    _ui.section(f"没有读进来的 {with_unit(every, '个')}文件")
    with _ui.controls("unread"):
        st.session_state.unread_reason = said or None
        st.pills(
            "原因",
            list(counts),
            format_func=lambda problem: f"{problem}{THIN_SPACE}{figure(counts[problem])}",
            key="unread_reason",
            on_change=_choose,
            wrap=True,
        )
    number = min(number, ceil(total / SIZE))
    _pager.pager(total, number, SIZE, key=_KEY, unit="个")
    _ui.html(tables_sources.unread_html(rows))
    _ui.download_row(
        "未读文件",
        lambda: tables_sources.unread_table(pipeline.unread(collection, 1, every)[2]),
        key="unread-table",
        what=_ui.ALL,
    )


@kept()
def shown(collection: pipeline.Collection, number: int, problem: str) -> Listed:
    """A page of the files that could not be read, those with ``problem`` unless it is ""."""
    return pipeline.unread(collection, number, SIZE, problem)


def _choose() -> None:
    _pager.first_page(_KEY)
    if chosen := st.session_state.unread_reason:
        st.query_params["reason"] = chosen
    else:
        st.query_params.pop("reason", None)
