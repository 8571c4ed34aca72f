"""Files that browsers have sent and no page has taken yet: in memory, within bounds, gone with their session.

The framework keeps them for as long as it might take up a session again that has lost its browser, however many.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

# The parser of uploads would write larger ones to a temporary file.
MultiPartParser.spool_max_size = 64 * 1024 * 1024

_ROUTE = "/_stcore/upload_file/"
_MEGABYTE = 1024 * 1024


class Uploads:
    """What is held of all sessions together, and on its way. ``clock`` gives seconds."""

    MOST_BYTES = 100 * _MEGABYTE
    MOST_SECONDS = 600.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._arriving = 0  # bytes
        self._since: dict[tuple[str, str], float] = {}

    def begin(self, size: int) -> bool:
        """Make room for a file; False where there is none."""
        self.drop()
        held = sum(len(file.data) for files in _held().values() for file in list(files.values()))
        if held + self._arriving + size > self.MOST_BYTES:
            return False
        self._arriving += size
        return True

    def end(self, size: int) -> None:
        """The file has come whole, or will not come."""
        self._arriving -= size
        self.drop()

    def drop(self) -> None:
        """Let go of what belongs to no session that has a browser, and of what no page has taken for long."""
        now, kept = self._clock(), dict[tuple[str, str], float]()
        for session, files in _held().items():
            if not runtime.get_instance().is_active_session(session):
                _manager().remove_session_files(session)
                continue
            for file in list(files):
                kept[session, file] = self._since.get((session, file), now)
                if now - kept[session, file] > self.MOST_SECONDS:
                    _manager().remove_file(session, file)
        self._since = kept


def _manager() -> MemoryUploadedFileManager:
    return cast(MemoryUploadedFileManager, runtime.get_instance().uploaded_file_mgr)


def _held() -> dict[str, dict[str, UploadedFileRec]]:
    return dict(_manager().file_storage) if runtime.exists() else {}


uploads = Uploads()


class BoundedUploads:
    """ASGI middleware: refuses uploads that there is no room for, and drops those of a browser that has gone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but what is refused."""
        if scope["type"] == "websocket":
            try:
                await self.app(scope, receive, send)
            finally:
                uploads.drop()
        elif scope["type"] == "http" and scope["method"] == "PUT" and _ROUTE in scope["path"]:
            length = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
            size = int(length) if length.isdigit() else st.get_option("server.maxUploadSize") * _MEGABYTE
            if not uploads.begin(size):
                await PlainTextResponse("服务器暂存的文件已满，请过一会儿再试。", 413)(scope, receive, send)
                return
            try:
                await self.app(scope, receive, send)
            finally:
                uploads.end(size)
        else:
            await self.app(scope, receive, send)
