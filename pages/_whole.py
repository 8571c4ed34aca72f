"""A whole list to download where only a page of it is shown: made when it is asked for, not before."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from analysis.present.export import CSV_TYPE, XLSX_TYPE, Table, to_csv, to_xlsx
from pages import _ui


def downloads(name: str, make: Callable[[], Table], *, key: str, most: str = "") -> None:
    """One quiet row: 下载 全部 CSV · Excel; ``most`` stands in place of 全部 where not all fit in."""
    with st.container(horizontal=True, key=f"downloads-{key}", gap="small", vertical_alignment="center"):
        _ui.html_inline(f'<span class="zh-downloads-label"><strong>下载</strong> {escape(most or "全部")}</span>')
        _ui.download("CSV", lambda: to_csv(make()), f"{name}.csv", CSV_TYPE, key=f"download-{key}-csv")
        _ui.download("Excel", lambda: to_xlsx(make()), f"{name}.xlsx", XLSX_TYPE, key=f"download-{key}-xlsx")
