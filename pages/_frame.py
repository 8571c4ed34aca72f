"""The frame around every page: configuration, style, navigation, and what happens when a page fails."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

# The script runs with pages/ as its folder; the product's root must be importable whatever starts it.
ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


import streamlit as st  # noqa: E402

from analysis.model import InputError  # noqa: E402
from analysis.present.links import NAVIGATION  # noqa: E402
from pages import _corpus, _navigation, _ui  # noqa: E402

st.set_page_config(
    page_title="政衡",
    page_icon=str(ROOT / "pages" / "icon.svg"),
    layout="wide",
    menu_items={},
    initial_sidebar_state="collapsed",
)
st.html(ROOT / "pages" / "style.css")

groups = {
    group: [st.Page(ROOT / "pages" / f"{name}.py", title=title, default=name == "overview") for name, title in pages]
    for group, pages in NAVIGATION.items()
    if pages
}
page = st.navigation(groups, position="hidden")
_navigation.draw(groups, page)

try:
    if warning := _corpus.made_up():
        _ui.say(warning, "zh-second zh-made-up")
    page.run()
except InputError as problem:
    _ui.fault(str(problem))
except Exception:
    logging.getLogger("zhengheng").exception("page failed: %s", page.title)
    _ui.fault(f"“{page.title}”这一页没有算出来，请刷新后再试；仍然不行，请把网址和时间告诉管理员。")
