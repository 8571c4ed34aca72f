"""Turning the pages of a list that is longer than what is shown: where one is, and two words to go on."""

from __future__ import annotations

from math import ceil

import streamlit as st

from analysis.present.numbers import THIN_SPACE, figure
from pages import _ui


def page(key: str = "page") -> int:
    """The page that the address asks for, from 1 on; 1 where it asks for none or for nonsense."""
    return _ui.whole_number(key, 1)


def within(total: int, size: int, key: str) -> int:
    """The page that the address asks for of a list, at most its last one."""
    return min(page(key), max(ceil(total / size), 1))


def pager(total: int, number: int, size: int, *, key: str = "page", unit: str = "份") -> None:
    """第 21—40 份，共 3,412 份, with the way back and on. Draws nothing where all fits on one page.

    ``number`` is the page shown, from 1 on; a click writes the next one into the address under ``key``.
    """
    last = ceil(total / size)
    if last < 2:
        return
    first = (number - 1) * size + 1
    shown = f"第 {figure(first)}—{figure(min(first + size - 1, total))}{THIN_SPACE}{unit}"
    with st.container(horizontal=True, key=f"pager-{key}", gap="small", vertical_alignment="center"):
        _ui.say_inline(f"{shown}，共 {figure(total)}{THIN_SPACE}{unit}", "zh-second")
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
