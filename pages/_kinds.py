"""News and reports of work done stay out of counts of policies unless the visitor asks for them."""

from __future__ import annotations

import streamlit as st

from analysis import pipeline
from analysis.model import Corpus
from analysis.present.names import NEWS_TOGGLE, left_out
from pages import _pager, _ui


def counted(corpus: Corpus) -> Corpus:
    """What a page counts of a corpus that stands side by side.

    The control is drawn where it is called, inside ``_ui.controls``, if there is anything to ask; the stylesheet puts
    it behind the other widgets of its line.
    """
    left = pipeline.left_out(corpus)
    if not left or asked():
        return corpus
    said(left)
    return pipeline.policies(corpus)


def asked() -> bool:
    """The control itself, drawn where it is called: whether reports are counted; kept in the address."""
    return st.toggle(NEWS_TOGGLE, key="news", bind="query-params", on_change=_pager.first_page)


def address() -> dict[str, str]:
    """The control as links to other pages carry it."""
    return {"news": "true"} if st.session_state.get("news") else {}


def said(number: int) -> None:
    """How many reports are left out, beside the control."""
    if number:
        _ui.html_inline(f'<span class="zh-small zh-left-out">{left_out(number)}</span>')
