"""Bringing a place of the page into view once it is drawn: browsers look for an anchor before there is one."""

from __future__ import annotations

import json

import streamlit as st

# What is drawn later above the place would push it away again: it is held for some seconds, until the reader moves.
_SCRIPT = """<script>
(() => {
  const [name, block] = %s;
  const until = Date.now() + 3000;
  let free = true;
  for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(act, () => { free = false; }, { once: true, passive: true, capture: true });
  }
  const look = () => {
    if (!free || Date.now() > until) return;
    const place = document.getElementById(name);
    if (place) { place.scrollIntoView({ block }); }
    setTimeout(look, place ? 150 : 50);
  };
  look();
})();
</script>"""


def into_view(name: str, block: str = "center") -> None:
    """Scroll to the element with id ``name`` (our own word, never a user's). The same call again does nothing."""
    st.html(_SCRIPT % json.dumps([name, block]), unsafe_allow_javascript=True)
