"""Which edition of a text 原文 shows: what the address asks for, and the choice where there are several."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.model import Reading
from analysis.present import reader
from pages import _ui

#: The place of the edition that is shown, what the address points at in it, and what is to be said of that.
Opened = tuple[int, reader.Focus | None, str]

_KEY = "reader_edition"


def opened(every: Sequence[Reading]) -> Opened:
    """What the address opens of the editions of a text."""
    return reader.focus(every, _asked(len(every)), _ui.query)


def _asked(editions: int) -> int:
    """The place of the edition that the address asks for, from 0 on; the first one, said so, where it has none such."""
    said = _ui.query("edition", "1")
    chosen = int(said) - 1 if said.isdecimal() and len(said) < 4 else -1
    if 0 <= chosen < editions:
        return chosen
    _ui.fault(f"这份文件没有第“{said[:20]}”个版本，下面显示第 1 个。")
    return 0


def control(slug: str, names: Sequence[str], chosen: int) -> None:
    """The editions of a document to choose from, by their names; nothing where there is one."""
    if len(names) < 2:
        return
    st.session_state[_KEY] = chosen
    st.segmented_control(
        "版本",
        range(len(names)),
        format_func=names.__getitem__,
        key=_KEY,
        on_change=_choose,
        args=(slug,),
        required=True,
    )


def _choose(slug: str) -> None:
    """Another edition of the same text; offsets differ, so a span goes from the address."""
    st.query_params.from_dict({"document": slug, "edition": str(st.session_state[_KEY] + 1)})
