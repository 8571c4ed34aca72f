"""What every page uses: the head and foot of a page, figures and downloads, and turning the pages of a list.

Pages hold no computation: they call ``analysis.pipeline``, hand the result to ``analysis.present`` and show it here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from analysis.model import InputError
from analysis.present import numbers, theme
from analysis.present.export import CSV_TYPE, XLSX_TYPE, Table, to_csv, to_xlsx
from analysis.present.links import site
from analysis.present.markup import render
from analysis.present.theme import Figure

_PLOTLY_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "scrollZoom": False,
    "locale": "zh-CN",
    "locales": {
        "zh-CN": {
            "dictionary": {
                "Download plot as a PNG": "下载图片（PNG）",
                "Download plot": "下载图片",
                "Preparing image - this may take a few seconds": "正在生成图片",
                "Image download succeeded": "图片已下载",
                "Sorry, there was a problem downloading your image!": "图片没有生成，请再试一次",
            },
            "format": {},
        }
    },
}

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")  # of ASCII
ALL = "全部"  # what a download holds where only a page of a list is shown


def literal(words: str) -> str:
    """Words as the label of a widget, which the framework would read as Markdown: pictures in it would be fetched."""
    return _PUNCTUATION.sub(r"\\\g<0>", words)


def html(markup: Markup) -> None:
    """Show markup, or nothing where there is none."""
    if markup:
        st.html(markup)


def html_inline(markup: Markup) -> None:
    """Markup as wide as its words, for a horizontal row."""
    st.html(markup, width="content")


def header(question: str, answer: str) -> None:
    """The question as title, and its computed answer under it."""
    html(render("page.header", question=question, answer=answer))


def section(heading: str, body: str = "", *, level: int = 2, name: str = "") -> None:
    """A heading and what stands under it; ``name`` is an id."""
    html(render("page.section", heading=heading, body=body, level=level, name=name))


def say(words: str, css: str = "") -> None:
    """One paragraph."""
    html(render("page.paragraph", words=words, css=css))


def empty(words: str) -> None:
    """What stands in place of a figure or a table that would be empty."""
    say(words, "zh-empty")


def say_inline(words: str, css: str) -> None:
    """Words in a horizontal row."""
    html_inline(render("page.inline", words=words, css=css))


def controls(key: str = "controls") -> DeltaGenerator:
    """One quiet line for the widgets of a page: ``with _ui.controls(): st.pills(…)``; labels stand before their words.

    Give select boxes and inputs a ``width`` in pixels; several lines need several keys.
    """
    return st.container(horizontal=True, key=f"controls-{key}", gap="medium", vertical_alignment="center")


def foot(*, source: str, notes: Sequence[str] = ()) -> None:
    """Source line and notes at the end of a page or a part of it."""
    html(render("page.foot", notes=notes, source=source))


def small_print(lines: Sequence[str]) -> None:
    """Small print under a figure or a table."""
    html(render("shared.notes", lines=lines))


class Still(go.Figure):  # type: ignore[misc]  # the library has no types
    """A figure as plain data for the framework, which would check and copy every part of one of its own."""

    def __init__(self, plain: Figure) -> None:
        super().__init__()
        self._plain = plain

    def to_dict(self) -> Figure:
        """The form that becomes JSON; nobody changes it."""
        return self._plain


def styled(figure: Figure, dark: bool) -> Still:
    """A figure in the product's style, ready to be shown to any number of visitors."""
    return Still(theme.styled(figure, dark))


def figure(
    still: Still, *, key: str, alt: str, table: Table, notes: Sequence[str] = (), on_select: bool = False
) -> Any:
    """Draw a figure with its picture and data to download; notes stand under it.

    Returns the selection state when ``on_select`` is true (clicked points with their customdata), else None.
    """
    config = _PLOTLY_CONFIG | {"toImageButtonOptions": {"format": "png", "scale": 2, "filename": table.name}}
    # key is also a CSS class: pictures.js finds the chart by it.
    chart = st.plotly_chart(
        still,
        width="stretch",
        theme=None,
        key=key,
        config=config,
        alt=alt,
        on_select="rerun" if on_select else "ignore",
        selection_mode=("points",),
    )
    if notes:
        small_print(notes)
    download_row(table.name, lambda: table, key=key, beside=_picture_buttons(table, key))
    return chart if on_select else None


def drawing(picture: Markup, *, key: str, table: Table, notes: Sequence[str] = ()) -> None:
    """Show a picture that is markup, with its picture and data to download; notes stand under it."""
    with st.container(key=key):  # pictures.js finds the drawing by it
        html(picture)
    if notes:
        small_print(notes)
    download_row(table.name, lambda: table, key=key, beside=_picture_buttons(table, key))


def downloads(table: Table, *, key: str) -> None:
    """One quiet row: 下载 数据 CSV · Excel."""
    download_row(table.name, lambda: table, key=key)


def download(label: str, data: bytes | Callable[[], bytes], name: str, mime: str, *, key: str | None = None) -> None:
    """One file to download, as a quiet word; a function makes it only when it is asked for."""
    st.download_button(
        label,
        data=unnamed(data),
        file_name=name,
        mime=mime,
        key=key or f"download-{name}",
        on_click="ignore",
        type="tertiary",
    )


def unnamed(data: bytes | Callable[[], bytes]) -> bytes | Callable[[], bytes]:
    """What makes a file, which the framework calls and whose faults it logs: without the names of visitors' files."""
    if isinstance(data, bytes):
        return data

    def made() -> bytes:
        try:
            return data()
        except InputError as fault:
            raise RuntimeError(fault.problem) from None

    return made


def download_row(
    name: str, make: Callable[[], Table], *, key: str, what: str = "数据", beside: Markup | None = None
) -> None:
    """One quiet row: 下载, ``what`` it is, CSV · Excel, and markup ``beside`` it.

    ``make`` is called when a file is asked for, not before: of a list that is shown page by page it gives the whole.
    What it gives may be shared by all visitors; the address of links is that of this one.
    """
    address = site(st.context.url or "")
    with st.container(horizontal=True, key=f"downloads-{key}", gap="small", vertical_alignment="center"):
        html_inline(render("page.downloads", what=what))
        download("CSV", lambda: to_csv(make(), address=address), f"{name}.csv", CSV_TYPE, key=f"download-{key}-csv")
        download(
            "Excel", lambda: to_xlsx(make(), address=address), f"{name}.xlsx", XLSX_TYPE, key=f"download-{key}-xlsx"
        )
        if beside:
            html_inline(beside)


def _picture_buttons(table: Table, key: str) -> Markup:
    said = "\n".join([f"来源：{table.source}", *table.notes])
    return render("page.pictures", table=table, key=key, source=said)


def fault(sentence: str) -> None:
    """One Chinese sentence in place of what could not be shown."""
    html(render("page.fault", sentence=sentence))


def is_dark() -> bool:
    """Whether the viewer's theme is dark."""
    return st.context.theme.type == "dark"


def chart_width() -> int:
    """Pixels a figure over the full width gets, so that labels can be placed: from the window's width.

    The frame's script leaves that in a cookie before the first run; without it, a laptop or a phone is assumed.
    """
    said = st.context.cookies.get("zh_width", "")
    phone = "Mobile" in st.context.headers.get("User-Agent", "")
    window = int(said) if said.isdigit() else 390 if phone else 1280
    window = min(max(window, 320), 1280)  # the style sheet's widest page
    return window - (32 if window <= 640 else 96)  # and its margins


def query(name: str, default: str = "") -> str:
    """A value from the address, or the default."""
    return st.query_params.get(name, default)


def whole_number(name: str, default: int) -> int:
    """A number from 1 on in the address, or the default where it has none or nonsense."""
    said = query(name)
    return max(int(said), 1) if said.isdecimal() and said.isascii() and len(said) < 9 else default


def into_view(name: str, block: str = "center") -> None:
    """Scroll to the element with id ``name`` (our own word, never a user's). The same call again does nothing."""
    st.html(render("page.into_view", name=name, block=block), unsafe_allow_javascript=True)


# Turning the pages of a list that is longer than what is shown ------------------------------------------------------


def page_number(key: str = "page") -> int:
    """The page that the address asks for, from 1 on; 1 where it asks for none or for nonsense."""
    return whole_number(key, 1)


def page_within(total: int, size: int, key: str) -> int:
    """The page that the address asks for of a list, at most its last one."""
    return min(page_number(key), max(ceil(total / size), 1))


def pager(total: int, number: int, size: int, *, key: str = "page", unit: str = "份") -> None:
    """第 21—40 份，共 3,412 份, with the way back and on. Draws nothing where all fits on one page.

    ``number`` is the page shown, from 1 on; a click writes the next one into the address under ``key``.
    """
    last = ceil(total / size)
    if last < 2:
        return
    first = (number - 1) * size + 1
    shown = f"第 {numbers.figure(first)}—{numbers.figure(min(first + size - 1, total))}{numbers.THIN_SPACE}{unit}"
    with st.container(horizontal=True, key=f"pager-{key}", gap="small", vertical_alignment="center"):
        say_inline(f"{shown}，共 {numbers.figure(total)}{numbers.THIN_SPACE}{unit}", "zh-second")
        for word, other in (("上一页", number - 1), ("下一页", number + 1)):
            st.button(
                word,
                key=f"{key}-{word}",
                type="tertiary",
                disabled=not 1 <= other <= last,
                on_click=_turn,
                args=(key, other),
            )


def first_page(key: str = "page") -> None:
    """Go back to the first page: for the callback of a filter."""
    st.query_params.pop(key, None)


def _turn(key: str, number: int) -> None:
    if number > 1:
        st.query_params[key] = str(number)
    else:
        first_page(key)
