"""意见处理: a text of a consultation is brought: the draft, the notice that invites comments, the revised draft."""

from __future__ import annotations

import streamlit as st

from analysis import pipeline
from analysis.model import InputError
from analysis.pipeline import Consultation, DraftKind
from pages import _session, _ui
from pages._consultation import actor, records
from pages._files import let_go


def upload(here: Consultation, kind: DraftKind, label: str) -> None:
    """A place for one file; what is brought is read and kept at once, and what cannot be read is said."""
    key = f"draft-{kind.value}"
    with st.expander(label, key=f"{key}-fold"), st.container(key=f"{key}-intake"):
        dropped = st.file_uploader(label, key=f"{key}-file", label_visibility="collapsed")
    taken = st.session_state.setdefault(f"{key}-taken", set())
    if dropped is None or dropped.file_id in taken:
        return
    taken.add(dropped.file_id)
    try:
        with st.spinner("正在读取条文"):
            draft = pipeline.draft_of_file(dropped.getvalue(), _session.clean_name(dropped.name))
            pipeline.add_draft(records(), actor(), here.uid, draft, kind)
    except InputError as fault:
        _ui.fault(str(fault))
        return
    finally:
        let_go(dropped)
    st.rerun()
