"""The frame around every page: configuration, style, navigation, and what happens when a page fails."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from pathlib import Path

# The script runs with pages/ as its folder; the product's root must be importable whatever starts it.
ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


import streamlit as st  # noqa: E402
from streamlit.navigation.page import StreamlitPage  # noqa: E402

from analysis.model import InputError  # noqa: E402
from analysis.present.links import NAVIGATION, page_link  # noqa: E402
from analysis.present.markup import render  # noqa: E402
from pages import _corpus, _identity, _ui  # noqa: E402


def draw_navigation(groups: Mapping[str, list[StreamlitPage]], current: StreamlitPage) -> None:
    """Groups of pages above every page, in two levels; ``current`` is the page that is open.

    On a wide screen every page stands in one line behind the name of its group. On a narrow one the names of the
    groups are links to their first pages, and under them stand the pages of the current group alone; the stylesheet
    chooses.
    """
    with st.container(horizontal=True, key="navigation", gap="small"):
        _ui.say_inline("政衡", "zh-brand")
        with st.container(horizontal=True, key="groups", width="content", gap="small"):
            for name, pages in groups.items():
                if current in pages:
                    _ui.say_inline(name, "zh-group-here")
                else:
                    st.page_link(pages[0], label=name, width="content")
        for number, (name, pages) in enumerate(groups.items()):
            with st.container(horizontal=True, key=f"group-{number}", width="content", gap="small"):
                _ui.say_inline(name, "zh-group")
                for page in pages:
                    if page == current:
                        address = page_link(page.url_path or "overview")
                        _ui.html_inline(render("page.here", address=address, title=page.title))
                    else:
                        st.page_link(page, label=page.title, width="content")


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
draw_navigation(groups, page)
if waiting := _identity.back_to():
    st.switch_page(ROOT / "pages" / f"{waiting[0]}.py", query_params=waiting[1])

try:
    if warning := _corpus.made_up():
        _ui.say(warning, "zh-second zh-made-up")
    page.run()
except InputError as problem:
    _ui.fault(str(problem))
except Exception:
    logging.getLogger("zhengheng").exception("page failed: %s", page.title)
    _ui.fault(f"“{page.title}”这一页没有算出来，请刷新后再试；仍然不行，请把网址和时间告诉管理员。")
