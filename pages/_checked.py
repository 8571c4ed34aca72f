"""The filter of a comparison by what people checked; nothing where nobody has checked anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from analysis.model import Checked, Incentive, Target
from analysis.present.names import CHECK_STATES


def chosen(rows: Iterable[Target | Incentive]) -> tuple[str, ...]:
    """The states chosen, drawn where it is called, inside ``_ui.controls``; none chosen means all."""
    if not any(row.checked for row in rows):
        return ()
    return tuple(
        st.pills("核对", list(CHECK_STATES), selection_mode="multi", key="checked", bind="query-params", wrap=True)
        or ()
    )


def marks(states: Iterable[str]) -> list[Callable[[Checked | None], bool]]:
    """The same as questions on a row."""
    return [CHECK_STATES[state] for state in states]
