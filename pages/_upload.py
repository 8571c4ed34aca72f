"""Files of one's own on 语料与来源: the place to drop them, what became of each, and the list of what is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis import pipeline
from analysis.model import InputError
from analysis.present import tables_sources
from analysis.present.links import NAVIGATION
from analysis.present.markup import render
from pages import _session, _ui
from pages._kept import forget_private


def panel(known: Callable[[str], str | None]) -> None:
    """Files of the visitor's own: dropped, read, listed, removed; ``known`` as ``_session.bring`` takes it."""
    st.html(Path(__file__).with_name("upload.css"))
    intro = render("sources.own_intro", most=_session.MOST_FILES, hours=_session.IDLE_HOURS)
    _ui.section("放入自己的文件", intro)
    dropped = st.file_uploader("放入自己的文件", accept_multiple_files=True, key="upload", label_visibility="collapsed")
    if dropped:
        _read(dropped, known)
    for sentence in st.session_state.get("upload_said", ()):
        _ui.fault(sentence)
    held = _session.files()
    for file in held:
        with st.container(horizontal=True, key=f"own-{file.digest[:8]}", gap="medium", vertical_alignment="center"):
            _ui.html_inline(tables_sources.own_line(file.reading, len(pipeline.standing(file.said))))
            st.button(
                "移除",
                key=f"remove-{file.digest[:8]}",
                type="tertiary",
                on_click=_remove,
                args=(file.digest,),
            )
    if held:
        _ui.html(render("sources.where_to_look", pages=NAVIGATION["比较"][1:]))


def _read(dropped: Sequence[Any], known: Callable[[str], str | None]) -> None:
    """Read what was dropped, saying which file is under way, and note what could not be kept.

    A second drop interrupts the first: what is left of it comes again with the next run, so its notes are kept.
    """
    if not st.session_state.get("upload_under_way"):
        st.session_state.upload_said = []
    st.session_state.upload_under_way = True
    progress = st.empty()
    for number, upload in enumerate(dropped, start=1):
        name = _session.clean_name(upload.name)
        progress.progress((number - 1) / len(dropped), text=f"正在读第 {number} 份，共 {len(dropped)} 份：{name}")
        try:
            _session.bring(upload.getvalue(), upload.name, known)
        except InputError as fault:
            st.session_state.upload_said.append(str(fault))
        _let_go(upload)
    progress.empty()
    st.session_state.upload_under_way = False


def _let_go(upload: Any) -> None:
    """Free the bytes that the framework would keep to the end of its session; with them the widget forgets the file.

    Its own way to do so, a new key, would also take away what the browser says of files that it refused.
    """
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=upload.file_id)


def _remove(digest: str) -> None:
    _session.file_store().remove(_session.visitor(), digest)
    forget_private()
    st.session_state.upload_said = []
