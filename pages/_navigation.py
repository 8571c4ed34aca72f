"""The navigation above every page: groups of pages, two levels.

On a wide screen every page stands in one line behind the name of its group. On a narrow one the names of the groups
are links to their first pages, and under them stand the pages of the current group alone; the stylesheet chooses.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analysis.present.links import page_link
from analysis.present.markup import render
from pages import _ui


def draw(groups: Mapping[str, list[StreamlitPage]], current: StreamlitPage) -> None:
    """Draw the groups; ``current`` is the page that is open."""
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
