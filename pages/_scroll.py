"""Bringing a place of the page into view once it is drawn: browsers look for an anchor before there is one."""

from __future__ import annotations

import json

import streamlit as st

_SCRIPT = """<script>
(() => {
  const [name, block] = %s;
  let tries = 0;
  const look = () => {
    const place = document.getElementById(name);
    if (place) { place.scrollIntoView({ block }); }
    else if (++tries < 60) { setTimeout(look, 50); }
  };
  look();
})();
</script>"""


def into_view(name: str, block: str = "center") -> None:
    """Scroll to the element with id ``name`` (our own word, never a user's). The same call again does nothing."""
    st.html(_SCRIPT % json.dumps([name, block]), unsafe_allow_javascript=True)
