"""新旧对照: two versions of a text, provision by provision, as a table to look at and to take away."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis.model import InputError
from analysis.pipeline import Collection, Comparison
from analysis.present import version_table
from analysis.present.export import XLSX_TYPE
from analysis.present.markup import render
from pages import _ui, _versions
from pages._corpus import collection
from pages._versions import NEW, OLD, Versions


def page(held: Collection) -> None:
    """Both sides to choose, then what became of each provision."""
    head = st.container()
    documents = _versions.offered(held)
    with st.container(horizontal=True, key="versions-sides", gap="large", vertical_alignment="top"):
        found = []
        for name in (OLD, NEW):
            with st.container(key=f"version-{name}", width=460):
                found.append(_versions.side(name, documents))
    old, new = found
    if old is None or new is None:
        with head:
            _ui.header("新稿改了哪些条文？", "选两份文件，或放入旧稿和新稿，逐条列出改了什么、力度和数值有什么变化。")
        begin(held, _versions.missing(found))
        return
    versions = Versions(old, new)
    try:
        with st.spinner("正在逐条对照"):
            compared = _versions.compared(versions)
    except InputError as fault:
        with head:
            _ui.header("新稿改了哪些条文？", "这两份文件没有对照出来。")
        _ui.fault(str(fault))
        return
    with head:
        _ui.header(version_table.headline(compared), version_table.lead(compared))
    show(versions, compared)


def begin(held: Collection, missing: str) -> None:
    """What stands below while a side is empty."""
    example = _versions.example(held)
    _ui.html(render("versions.begin", missing=missing, example=example))
    _ui.foot(source="所选的两份文件", notes=version_table.PRIVACY)


def show(versions: Versions, compared: Comparison) -> None:
    """Filter, downloads, table, notes."""
    if versions.old.key == versions.new.key:
        _ui.empty("两边是同一份文件，请在一边另选一份。")
        return
    kinds = version_table.offered(compared)
    with _ui.controls("versions"):
        chosen = (
            st.pills("只看", list(kinds), key="kind", bind="query-params", selection_mode="multi", wrap=True)
            if kinds
            else []
        )
        st.button("新旧对调", key="swap-versions", type="tertiary", on_click=_versions.swap)
    downloads(versions, compared)
    fates = tuple(kinds[name] for name in chosen)
    steps(version_table.changes(compared, fates))
    _ui.html(_versions.table(versions, fates))
    _ui.foot(
        source=f"旧稿 {compared.old_name}，新稿 {compared.new_name}",
        notes=(*version_table.NOTES, *(version_table.PRIVACY if versions.private else ())),
    )


def steps(changes: tuple[int, ...]) -> None:
    """The ways to the next change and to the one before, by keyboard too; the change that one has come to is lit."""
    if not changes:
        return
    asked = _ui.query("change")
    place = next((place for place, at in enumerate(changes) if str(at) == asked), None)
    following, former = (0, len(changes) - 1) if place is None else ((place + 1) % len(changes), place - 1)
    with st.container(horizontal=True, key="versions-steps", gap="small", vertical_alignment="center"):
        where = f"{place + 1}/{len(changes)}" if place is not None else f"共 {len(changes)} 处改动"
        _ui.say_inline(where, "zh-second")
        for label, name, key, to in (("下一处", "next", "n", following), ("上一处", "back", "p", former)):
            st.button(label, key=f"change-{name}", type="tertiary", shortcut=key, on_click=_go, args=(changes[to],))
    if place is not None:
        _ui.html(render("versions.lit", name=version_table.anchor(changes[place])))
        _ui.into_view(version_table.anchor(changes[place]))


def _go(change: int) -> None:
    st.query_params["change"] = str(change)


def downloads(versions: Versions, compared: Comparison) -> None:
    """新旧条文对照表 as a Word file and as a workbook."""
    stem = version_table.file_stem(compared)
    with st.container(horizontal=True, key="downloads-versions", gap="small", vertical_alignment="center"):
        _ui.html_inline(render("page.downloads", what=version_table.TITLE))
        _ui.download("Word", lambda: _versions.word_file(versions), f"{stem}.docx", version_table.DOCX_TYPE)
        _ui.download("Excel", lambda: _versions.excel_file(versions), f"{stem}.xlsx", XLSX_TYPE)


st.html(Path(__file__).with_name("upload.css"))
st.html(Path(__file__).with_name("versions.css"))
page(collection())
