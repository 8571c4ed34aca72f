"""What the framework's server does below the pages; no browser is needed to see it."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

from harness import serving

APP = '''
import os, socket
import streamlit as st
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route


def health(_):
    return PlainTextResponse("ok")


def options(request):
    """TCP_NODELAY of each connection that somebody has to this server."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            with socket.socket(fileno=os.dup(int(name))) as one:
                if one.getsockname()[1] == request.url.port and one.getpeername():
                    found.append(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        except (OSError, IndexError, TypeError):
            pass  # a file, another socket, or the one that listens
    return JSONResponse(found)


app = st.App("page.py", routes=[Route("/health", health), Route("/options", options)])
'''


def test_a_page_does_not_wait_for_acknowledgements(tmp_path: Path) -> None:
    """Each of a page's many small messages is sent at once (TCP_NODELAY)."""
    (tmp_path / "app.py").write_text(APP, "utf-8")
    (tmp_path / "page.py").write_text("", "utf-8")
    with serving(folder=tmp_path) as address, urllib.request.urlopen(f"{address}/options") as answer:
        found = json.load(answer)
    assert found
    assert set(found) == {1}
