"""意见处理, 结项: the tables and the archive to take away; the archive of another installation to open."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis import pipeline
from analysis.model import InputError
from analysis.pipeline import Consultation, CountLine, Records, Revision, Role
from analysis.present import consultation_closing, consultation_tables
from analysis.present.consultation_tables import MOST_IN_WORD, Handled, Preset
from analysis.present.export import CSV_TYPE, XLSX_TYPE, Tell
from analysis.present.markup import render
from analysis.present.version_table import DOCX_TYPE
from pages import _consultation, _session, _ui
from pages._consultation import actor, records
from pages._files import let_go
from pages._kept import kept

_ZIP_TYPE = "application/zip"
_CHECK, _TOGETHER, _OPENED = "public-check", "public-together", "archive-opened"
_LISTED = 60  # comments to read before publishing


def tables(here: Consultation, line: CountLine, revision: Revision | None) -> None:
    """The three tables, each as Word, Excel and CSV, made when they are asked for."""
    _ui.section("带走的表", "公示表隐去反馈人和联系方式；每张表都写着条数等式。")
    together = st.checkbox("公示表里相同意见合并答复", key=_TOGETHER)
    with st.container(key="closing-tables"):
        for preset, title in consultation_tables.TITLES.items():
            _table(here, preset, title, line, revision, together and preset is Preset.PUBLIC)
    if line.received > MOST_IN_WORD:
        _ui.say(consultation_tables.too_long_for_word(line.received), "zh-second")
    _check(here)


def _table(
    here: Consultation, preset: Preset, title: str, line: CountLine, revision: Revision | None, together: bool
) -> None:
    def made(make: Callable[[Preset, Handled, Tell], bytes]) -> Callable[[], bytes]:
        def file() -> bytes:
            return pipeline.made_apart(title, make, preset, _handled(here, preset, revision, together))

        return file

    with st.container(horizontal=True, key=f"table-{preset.value}", gap="small", vertical_alignment="center"):
        _ui.html_inline(render("page.downloads", what=title))
        if line.received <= MOST_IN_WORD:
            _ui.download("Word", made(consultation_tables.comment_docx), f"{title}.docx", DOCX_TYPE)
        _ui.download("Excel", made(consultation_tables.comment_xlsx), f"{title}.xlsx", XLSX_TYPE)
        _ui.download("CSV", made(consultation_tables.comment_csv), f"{title}.csv", CSV_TYPE)


def _handled(here: Consultation, preset: Preset, revision: Revision | None, together: bool) -> Handled:
    order = pipeline.CommentField.CLAUSE if preset is Preset.STANDARD else pipeline.CommentField.NUMBER
    return Handled(
        here,
        tuple(pipeline.every_row(records(), here.uid, order)),
        pipeline.count_line(records(), here.uid),
        {each.number: each for each in pipeline.batches_of(records(), here.uid)},
        revision.words if revision else {},
        together,
    )


def _check(here: Consultation) -> None:
    """Words of the public table by which somebody may still be known; a person reads them before publishing."""
    with st.container(horizontal=True, key="public-check-row", gap="small", vertical_alignment="center"):
        _ui.say_inline("程序认不出句子里别人的名字，公布前请通读一遍。", "zh-second")
        st.button("先看可能认出人的地方", key="public-check-go", type="tertiary", on_click=_ask_check)
    if st.session_state.get(_CHECK) != here.uid:
        return
    try:
        with st.spinner("正在查看公示表里的话"):
            found = _doubtful(records(), here, pipeline.last_change(records(), here.uid))
    except InputError as fault:
        _ui.fault(str(fault))
        return
    _ui.say(consultation_tables.doubtful_words(len(found), _LISTED))
    rows = [
        {"number": number, "words": words, "address": _consultation.address(here, "comments", number=number)}
        for number, words in found[:_LISTED]
    ]
    _ui.html(render("closing.doubtful", rows=rows))


def _ask_check() -> None:
    st.session_state[_CHECK] = _ui.query("consultation")


@kept(most=4)
def _doubtful(held: Records, here: Consultation, change: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    rows = tuple(pipeline.every_row(held, here.uid))
    return pipeline.made_apart(here.title, consultation_tables.doubtful_rows, rows)


# The archive ------------------------------------------------------------------------------------------------------


def archive(here: Consultation) -> None:
    """All of a consultation as one file, for a lead."""
    if not actor().role.covers(Role.LEAD):
        return
    _ui.section("归档", "一个文件装着全部意见、处理、修改记录和文稿，带校验值；在别处的“意见处理”里可以打开和查验。")
    with st.container(horizontal=True, key="closing-archive", gap="small", vertical_alignment="center"):
        _ui.html_inline(render("page.downloads", what="全部内容"))
        name = consultation_tables.file_name("归档", here, "zip")
        _ui.download("归档文件", lambda: pipeline.archive(records(), here.uid), name, _ZIP_TYPE)


def open_archive() -> None:
    """An archive is brought: verified, told, and taken in where a lead asks for it."""
    with st.expander("打开归档", key="archive-fold"):
        _ui.say(consultation_closing.archive_limit(st.get_option("server.maxUploadSize")), "zh-second")
        dropped = st.file_uploader("归档文件", type=["zip"], key="archive-file", label_visibility="collapsed")
        if dropped is not None:
            data, name = dropped.getvalue(), _session.clean_name(dropped.name)
            let_go(dropped)
            try:
                with st.spinner("正在查验"):
                    st.session_state[_OPENED] = (name, data, pipeline.verify(data, name))
            except InputError as fault:
                st.session_state.pop(_OPENED, None)
                _ui.fault(str(fault))
        if (held := st.session_state.get(_OPENED)) is None:
            return
        name, data, found = held
        if found.problems:
            _ui.fault(consultation_closing.archive_words(name, found))
            return
        _ui.html(render("page.status", sentence=consultation_closing.archive_words(name, found)))
        st.button("收进本机的意见库", key="archive-take", type="primary", on_click=_take_archive, args=(name, data))


def _take_archive(name: str, data: bytes) -> None:
    opened: list[str] = []
    if _consultation.attempt(lambda: opened.extend(pipeline.open_archive(records(), actor(), data, name))):
        st.session_state.pop(_OPENED, None)
        st.query_params.update({"consultation": opened[0], "view": "comments"})
