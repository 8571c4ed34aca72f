"""Who sits in front of the page, and what that person may do.

On one's own machine a person gives a name and may do everything. Where the pages are served to others, nobody changes
anything before a login.
"""

from __future__ import annotations

import streamlit as st

from analysis.pipeline import Actor, Role
from pages import _session

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LONGEST = 40


def served_to_others() -> bool:
    """Whether people on other machines reach these pages: by the address that is served, or through a proxy."""
    forwarded = any(st.context.headers.get(name) for name in ("X-Forwarded-For", "Forwarded"))
    return forwarded or st.get_option("server.address") not in _LOOPBACK


def actor() -> Actor:
    """Who acts; without a name nothing can be changed."""
    if served_to_others():
        return Actor("", Role.READER)
    name = _session.file_store().name(_session.visitor())
    return Actor(name, Role.LEAD if name else Role.READER)


def name_field(key: str = "identity-name") -> None:
    """On one's own machine: the name under which decisions are kept."""
    if served_to_others():
        return
    st.session_state[key] = _session.file_store().name(_session.visitor())
    st.text_input(
        "办理人",
        key=key,
        placeholder="填写姓名后才能办理",
        max_chars=_LONGEST,
        width=220,
        on_change=_named,
        args=(key,),
    )


def _named(key: str) -> None:
    _session.file_store().call(_session.visitor(), " ".join(st.session_state[key].split()))
