"""The frame around every page: configuration, style, navigation, and what happens when a page fails."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

# The script runs with pages/ as its folder; the product's root must be importable whatever starts it.
ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from html import escape  # noqa: E402

import streamlit as st  # noqa: E402

from analysis.model import InputFault  # noqa: E402
from analysis.present.links import PAGES, page_link  # noqa: E402
from pages import _ui  # noqa: E402

st.set_page_config(
    page_title="政衡",
    page_icon=str(ROOT / "pages" / "icon.svg"),
    layout="wide",
    menu_items={},
    initial_sidebar_state="collapsed",
)
st.html(ROOT / "pages" / "style.css")

pages = [st.Page(ROOT / "pages" / f"{name}.py", title=title, default=name == "overview") for name, title in PAGES]
page = st.navigation(pages, position="hidden")
with st.container(horizontal=True, key="navigation", gap="small"):
    st.html('<span class="zh-brand">政衡</span>', width="content")
    for each in pages:
        if each == page:
            here = page_link(each.url_path or "overview")
            st.html(
                f'<a class="zh-here" aria-current="page" href="{here}" target="_self">{each.title}</a>', width="content"
            )
        else:
            st.page_link(each, label=each.title, width="content")

try:
    if warning := _ui.made_up():
        _ui.html(f'<p class="zh-second zh-made-up">{escape(warning)}</p>')
    page.run()
except InputFault as problem:
    _ui.fault(str(problem))
except Exception:
    logging.getLogger("zhengheng").exception("page failed: %s", page.title)
    _ui.fault(f"“{page.title}”这一页没有算出来，请刷新后再试；仍然不行，请把网址和时间告诉管理员。")
