"""What is made once for all visitors: kept in memory, bounded, under a name that tells all that it is made from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import streamlit as st

Made = TypeVar("Made")


def once(make: Callable[[], Made], *key: Hashable) -> Made:
    """What ``make`` gives, made once for each ``key``.

    The key holds the digest of the collection and everything else that the answer depends on; what holds anything of a
    visitor's own is never kept here. What comes back is shared: nobody changes it.
    """
    made: Made = _kept(make, key)
    return made


@st.cache_resource(show_spinner=False, max_entries=400)
def _kept(_make: Callable[[], Any], key: tuple[Hashable, ...]) -> Any:
    return _make()
