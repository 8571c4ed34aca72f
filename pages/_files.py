"""Files on 语料与来源: those of the corpus, each to be saved as received; those that could not be read; one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis import pipeline
from analysis.model import Fault, InputError
from analysis.pipeline import Choice, Chosen, Collection
from analysis.present import tables_sources
from analysis.present.links import NAVIGATION, page_link
from analysis.present.markup import render
from analysis.present.numbers import THIN_SPACE, figure, with_unit
from pages import _choice, _corpus, _session, _ui
from pages._kept import forget_private, kept

ORIGINAL = "house/original"  # where files are saved from
UNREAD = 10  # files that could not be read, on a page
_KEY = "unread"
Listed = tuple[int, tuple[tuple[str, int], ...], tuple[Fault, ...]]  # as pipeline.unread gives it


# Documents of the corpus --------------------------------------------------------------------------------------------


def documents(held: Collection) -> None:
    """Filters, pager, one row for each document, and all that were chosen to download."""
    _ui.section("文件")
    with _ui.controls("documents"):
        choice = _choice.listing(held)
    chosen, markup = listed(held, choice, _ui.page_number())
    if not chosen.total:
        _choice.empty(held, choice, {"kinds": "类型"})
        return
    if choice != Choice():
        _ui.say(render("sources.chosen", total=chosen.total, documents=held.documents), "zh-found")
    _ui.pager(chosen.total, chosen.page, pipeline.LISTED)
    _ui.html(markup)
    _ui.download_row(
        "语料文件登记",
        lambda: tables_sources.catalogue_table(pipeline.catalogue(held, choice, 1, chosen.total)[1]),
        key="cards",
        what=_ui.ALL,
    )


@kept()
def listed(held: Collection, choice: Choice, number: int) -> tuple[Chosen, Markup]:
    """A page of the chosen documents, and its markup."""
    chosen, entries = pipeline.catalogue(held, choice, number)
    return chosen, tables_sources.entries_html(entries, _address)


def _address(slug: str, edition: int) -> str:
    return page_link(ORIGINAL, document=slug, edition=edition)


async def original(request: Request) -> Response:
    """The file of ``?document=<slug>&edition=<0 for the first>`` as an attachment; 404 where there is none."""
    slug, edition = request.query_params.get("document", ""), request.query_params.get("edition", "0")
    number = int(edition) if edition.isdecimal() and edition.isascii() and len(edition) < 4 else -1
    try:
        found = await asyncio.to_thread(_found, slug, number)
    except InputError as fault:
        return PlainTextResponse(str(fault), 503)
    if found is None:
        return PlainTextResponse("没有这份文件，可能已经移走；请回到“语料与来源”查看。", 404)
    name, data = found
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _found(slug: str, number: int) -> tuple[str, bytes] | None:
    collection = _corpus.collection()
    found = pipeline.entries(collection, (slug,))
    editions = found[0].card.editions if found else ()
    if not 0 <= number < len(editions):
        return None
    data = pipeline.original_file(collection, slug, editions[number])
    return None if data is None else (editions[number].file, data)


# Files that could not be read -----------------------------------------------------------------------------------------


def unread(collection: Collection) -> None:
    """Heading, reasons to choose from, the files, pager and downloads; nothing where everything was read."""
    said = _ui.query("reason")
    number = _ui.page_number(_KEY)
    total, reasons, rows = listed_unread(collection, number, said)
    counts = dict(reasons)
    if not counts:
        return
    if said and said not in counts:
        said = ""
        total, reasons, rows = listed_unread(collection, number, said)
    every = sum(counts.values())
    _ui.section(f"没有读进来的 {with_unit(every, '个')}文件")
    with _ui.controls("unread"):
        st.session_state.unread_reason = said or None
        st.pills(
            "原因",
            list(counts),
            format_func=lambda problem: f"{problem}{THIN_SPACE}{figure(counts[problem])}",
            key="unread_reason",
            on_change=_choose,
            wrap=True,
        )
    number = min(number, ceil(total / UNREAD))
    _ui.pager(total, number, UNREAD, key=_KEY, unit="个")
    _ui.html(tables_sources.unread_html(rows))
    _ui.download_row(
        "未读文件",
        lambda: tables_sources.unread_table(pipeline.unread(collection, 1, every)[2]),
        key="unread-table",
        what=_ui.ALL,
    )


@kept()
def listed_unread(collection: Collection, number: int, problem: str) -> Listed:
    """A page of the files that could not be read, those with ``problem`` unless it is ""."""
    return pipeline.unread(collection, number, UNREAD, problem)


def _choose() -> None:
    _ui.first_page(_KEY)
    if chosen := st.session_state.unread_reason:
        st.query_params["reason"] = chosen
    else:
        st.query_params.pop("reason", None)


# Files of the visitor's own -------------------------------------------------------------------------------------------


def own(known: Callable[[str], str | None]) -> None:
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
        let_go(upload)
    progress.empty()
    st.session_state.upload_under_way = False


def let_go(upload: Any) -> None:
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
