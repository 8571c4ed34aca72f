"""意见处理: comments on a draft come in, are sorted, answered one by one, and held against the revised draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from analysis.model import InputError
from analysis.pipeline import Consultation
from pages import (
    _consultation,
    _consultation_closing,
    _consultation_comments,
    _consultation_intake,
    _consultation_sheet,
    _consultation_start,
    _consultation_summary,
    _identity,
    _ui,
)

#: The views of a consultation in the order of the work: what the address calls each, its name, what draws it.
VIEWS: Mapping[str, tuple[str, Callable[[Consultation], None]]] = {
    "sheet": ("征集要求", _consultation_sheet.view),
    "intake": ("收件", _consultation_intake.view),
    "comments": ("逐条处理", _consultation_comments.view),
    "summary": ("汇总", _consultation_summary.view),
    "closing": ("结项", _consultation_closing.view),
}


def page() -> None:
    """The consultation that the address names, in the view that it names; else all of them. For people with a role."""
    if not _identity.gate("consultation"):
        return
    uid = _ui.query("consultation")
    if not uid:
        _consultation_start.view()
        return
    try:
        here = _consultation.opened(uid)
    except InputError as fault:
        _ui.fault(str(fault))
        _consultation_start.view()
        return
    name = _ui.query("view")
    name = name if name in VIEWS else _consultation.first_view(here)
    head = st.container()
    with head:
        _consultation.bar(here, {each: title for each, (title, _) in VIEWS.items()}, name)
    VIEWS[name][1](here)


st.html(Path(__file__).with_name("upload.css"))
st.html(Path(__file__).with_name("consultation.css"))
st.html(Path(__file__).with_name("consultation_closing.css"))
page()
