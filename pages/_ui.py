"""What every page uses: the corpus, the head and foot of a page, figures and downloads.

Pages hold no computation: they call ``analysis.pipeline``, hand the result to ``analysis.present`` and show it here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis import pipeline
from analysis.model import Corpus, Fault
from analysis.present import catalogue, theme
from analysis.present.export import CSV_TYPE, XLSX_TYPE, Table, to_csv, to_xlsx
from analysis.present.links import site
from analysis.present.theme import Figure
from pages import _session
from pages._shared import Made, once
from pages._still import Still

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

ALL = "全部"  # what a download holds where only a page of a list is shown


def corpus() -> Corpus:
    """The corpus with the files that this visitor brought, as every page shows it."""
    return _session.with_own(shared_corpus())


def shared_corpus() -> Corpus:
    """The corpus alone as people left it, shared by all sessions; of a large one only what belongs to no document."""
    held = collection()
    state = checks_state()
    if not state:
        return as_read()
    return once(lambda: _as_left(as_read(), _read_checks(state)), held.digest, state, "checked", held.large)


def _as_left(corpus: Corpus, read: tuple[pipeline.Said, tuple[Fault, ...]]) -> Corpus:
    said, faults = read
    return replace(pipeline.with_checks(corpus, said), faults=(*corpus.faults, *faults))


def as_read() -> Corpus:
    """The corpus alone as the machine reads it; of a large one only what belongs to no document."""
    held = collection()
    return once(lambda: pipeline.part(held, ()), held.digest, "series") if held.large else _whole(held, held.digest)


def checks() -> pipeline.Said:
    """What people said of the rows of the corpus, by document."""
    state = checks_state()
    return _read_checks(state)[0] if state else {}


def unusable_checks(slug: str) -> str:
    """Why what people said of a document cannot be used, in one sentence; "" where it can, or nobody said anything."""
    state = checks_state()
    file = str(pipeline.checked_path(pipeline.default_root(), slug))
    faults = _read_checks(state)[1] if state else ()
    return next((fault.message for fault in faults if fault.file == file), "")


def _read_checks(state: str) -> tuple[pipeline.Said, tuple[Fault, ...]]:
    root = pipeline.default_root()
    return once(lambda: pipeline.read_checks(root), "checks", str(root), state)


def checks_state() -> str:
    """What names all that people said of the corpus; "" where nobody said anything."""
    return _looked_up(pipeline.default_root(), pipeline.checked_state)


def record(check: pipeline.Check, seen: int) -> tuple[pipeline.Check, ...]:
    """Keep a word on a document of the corpus; every answer that follows knows of it. Gives back all that was said.

    Raises ``InputFault``, see :func:`analysis.pipeline.record_check`.
    """
    root = pipeline.default_root()
    try:
        return pipeline.record_check(root, check, seen)
    finally:
        _states.pop((root, pipeline.checked_state), None)


@st.cache_resource(show_spinner=False, max_entries=2)
def _whole(_collection: pipeline.Collection, digest: str) -> Corpus:
    return pipeline.whole(_collection)


def collection() -> pipeline.Collection:
    """The corpus as questions are asked of it, of any size; opened once for each state, shared by all."""
    return _collection_at(pipeline.default_root())


def _collection_at(root: Path) -> pipeline.Collection:
    return _open(str(root), _state(root))


@st.cache_resource(show_spinner=False, max_entries=2)
def _open(root: str, state: str) -> pipeline.Collection:
    return pipeline.open_collection(Path(root))


def shared(make: Callable[[], Made], *key: Hashable, own: bool = False) -> Made:
    """What ``make`` gives, made once for all sessions while the corpus stays as it is; ``key`` names it.

    With ``own`` a visitor's own files go into it: whoever brought some has it made for himself, and it is not kept.
    """
    if own and _session.files():
        return make()
    return once(make, collection().digest, checks_state(), *key)


# When each folder was last looked at, for what, and what was found then.
_states: dict[tuple[Path, Callable[[Path], str]], tuple[float, str]] = {}


def _state(root: Path) -> str:
    """What names the state of the corpus."""
    return _looked_up(root, pipeline.collection_state)


def _looked_up(root: Path, look: Callable[[Path], str]) -> str:
    """What ``look`` says of a folder; looked up once a second at most, for each click asks for it many times."""
    now = time.monotonic()
    at, state = _states.get((root, look), (-2.0, ""))
    if now - at > 1:
        state = look(root)
        _states[root, look] = now, state
    return state


def made_up() -> str:
    """What every page says above all else of a corpus with made-up documents; "" where there are none."""
    choice = pipeline.Choice(words=catalogue.MADE_UP)
    return shared(lambda: catalogue.made_up(pipeline.choose(collection(), choice).total), "made up")


def product_corpus() -> Corpus:
    """The corpus that comes with the product, whichever is open: the annotations are of its texts."""
    held = _collection_at(pipeline.product_root())
    return _whole(held, held.digest)


def score() -> pipeline.Score | None:
    """How well the corpus is read, against the annotations that come with the product; None without them."""
    root = pipeline.product_root()
    return _score(_state(root))


@st.cache_resource(show_spinner=False, max_entries=2)
def _score(state: str) -> pipeline.Score | None:
    folder = pipeline.gold_folder()
    return pipeline.score_gold(folder, product_corpus()) if folder else None


def development_score() -> pipeline.Score | None:
    """How well the texts are read that the reading was developed with; None on machines without them."""
    folder = pipeline.development_gold()
    return _development_score(str(folder), _state(folder)) if folder else None


@st.cache_resource(show_spinner="正在与开发用文本的标注逐条对照", max_entries=1)
def _development_score(folder: str, state: str) -> pipeline.Score:
    return pipeline.score_gold(Path(folder), product_corpus())


def html(markup: str) -> None:
    """Show markup, or nothing where there is none. What came from a document or a user must already be escaped."""
    if markup:
        st.html(markup)


def html_inline(markup: str) -> None:
    """Markup as wide as its words, for a horizontal row."""
    st.html(markup, width="content")


def header(question: str, answer_html: str) -> None:
    """The question as title, and its computed answer under it (markup, already escaped)."""
    html(f'<header class="zh-header"><h1>{escape(question)}</h1><p class="zh-lead">{answer_html}</p></header>')


def controls(key: str = "controls") -> DeltaGenerator:
    """One quiet line for the widgets of a page: ``with _ui.controls(): st.pills(…)``; labels stand before their words.

    Give select boxes and inputs a ``width`` in pixels; several lines need several keys.
    """
    return st.container(horizontal=True, key=f"controls-{key}", gap="medium", vertical_alignment="center")


def foot(*, source: str, notes: Sequence[str] = ()) -> None:
    """Source line and notes at the end of a page or a part of it (plain text, escaped here)."""
    lines = "".join(f"<p>{escape(note)}</p>" for note in notes)
    html(f'<footer class="zh-foot">{lines}<p>来源：{escape(source)}</p></footer>')


def small_print(lines: Sequence[str]) -> None:
    """Small print under a figure or a table (plain text, escaped here)."""
    html('<div class="zh-notes">' + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</div>")


def figure(
    fig: Figure | Callable[[], Figure],
    *,
    key: str,
    alt: str,
    table: Table,
    notes: Sequence[str] = (),
    on_select: bool = False,
    kept: tuple[Hashable, ...] | None = None,
) -> Any:
    """Draw a figure in house style with its picture and data to download; notes stand under it.

    ``kept`` names all that the figure is made from beside the corpus and a visitor's own files (see :func:`shared`).
    Returns the selection state when ``on_select`` is true (clicked points with their customdata), else None.
    """
    config = _PLOTLY_CONFIG | {"toImageButtonOptions": {"format": "png", "scale": 2, "filename": table.name}}

    def styled() -> Still:
        return Still(theme.styled(fig() if callable(fig) else fig, is_dark()))

    # key is also a CSS class: pictures.js finds the chart by it.
    chart = st.plotly_chart(
        styled() if kept is None else shared(styled, "figure", key, *kept, is_dark(), own=True),
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


def downloads(table: Table, *, key: str) -> None:
    """One quiet row: 下载 数据 CSV · Excel."""
    download_row(table.name, lambda: table, key=key)


def download(label: str, data: bytes | Callable[[], bytes], name: str, mime: str, *, key: str | None = None) -> None:
    """One file to download, as a quiet word; a function makes it only when it is asked for."""
    st.download_button(
        label, data=data, file_name=name, mime=mime, key=key or f"download-{name}", on_click="ignore", type="tertiary"
    )


def download_row(name: str, make: Callable[[], Table], *, key: str, what: str = "数据", beside: str = "") -> None:
    """One quiet row: 下载, ``what`` it is, CSV · Excel, and markup ``beside`` it.

    ``make`` is called when a file is asked for, not before: of a list that is shown page by page it gives the whole.
    What it gives may be shared by all visitors; the address of links is that of this one.
    """
    address = site(st.context.url or "")
    with st.container(horizontal=True, key=f"downloads-{key}", gap="small", vertical_alignment="center"):
        html_inline(f'<span class="zh-downloads-label"><strong>下载</strong> {escape(what)}</span>')
        download("CSV", lambda: to_csv(make(), address=address), f"{name}.csv", CSV_TYPE, key=f"download-{key}-csv")
        download(
            "Excel", lambda: to_xlsx(make(), address=address), f"{name}.xlsx", XLSX_TYPE, key=f"download-{key}-xlsx"
        )
        if beside:
            html_inline(beside)


def _picture_buttons(table: Table, key: str) -> str:
    said = "\n".join([f"来源：{table.source}", *table.notes])
    buttons = "".join(
        f'<button type="button" class="zh-picture" data-picture="{escape(key)}" data-format="{kind}" '
        f'data-name="{escape(table.name)}" data-title="{escape(table.title)}" data-source="{escape(said)}">'
        f"{kind.upper()}</button>"
        for kind in ("png", "svg")
    )
    return f'<span class="zh-downloads-label">图</span>{buttons}'


def fault(sentence: str) -> None:
    """One Chinese sentence in place of what could not be shown."""
    html(f'<p class="zh-fault" role="alert">{escape(sentence)}</p>')


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
