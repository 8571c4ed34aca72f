"""What the framework's server does not do by itself.

ASGI middleware around the framework: security headers, pages in Chinese and the cookie of a visitor
(:class:`ResponseHeaders`), bounds of what is uploaded (:class:`BoundedUploads`). ``app.py`` puts it there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import cast

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from analysis.present.links import PAGES
from analysis.present.markup import render
from pages import _session

# What users bring stays in memory: the parser of uploads would write larger ones to a temporary file.
MultiPartParser.spool_max_size = 64 * 1024 * 1024

# Nothing may leave the machine: the browser itself refuses whatever is not ours.
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; font-src 'self' data:; connect-src 'self' data: blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
_OWN = frozenset(name for name, _ in PAGES) | {"", "health"}
_NO_SUCH_PAGE = render("page.no_such_page")
_BASE = "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")
# A compressed page could not be changed, and one that the browser kept would not bring its cookie.
_NOT_PASSED_ON = (b"accept-encoding", b"if-none-match", b"if-modified-since")
SCRIPTS = ("/house/frame.js", "/house/pictures.js", "/house/marking.js")
# The framework's own page says English to browsers and screen readers before any script has run.
_WORDS = (
    (b"</head>", render("page.head", base=_BASE, scripts=SCRIPTS).encode()),
    (b'<html lang="en">', b'<html lang="zh-CN">'),
    (b"<title>Streamlit</title>", "<title>政衡</title>".encode()),
    (b"You need to enable JavaScript to run this app.", "请在浏览器中启用 JavaScript 后再打开本页。".encode()),
)


class ResponseHeaders:
    """ASGI middleware: security headers on every answer, and Chinese in the page the framework serves."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; only HTML answers are held back until whole."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wanted = [(name, value) for name, value in scope["headers"] if name not in _NOT_PASSED_ON]
        asks_for_page = any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
        if asks_for_page and _unknown(scope["path"]):
            await HTMLResponse(_NO_SUCH_PAGE, status_code=404, headers=_text(_HEADERS))(scope, receive, send)
            return
        if asks_for_page and _step(scope["path"]) == PAGES[0][0]:  # served at the root, and nowhere else
            root = f"{_BASE.rstrip('/')}/?{scope['query_string'].decode('latin-1')}".removesuffix("?")
            await RedirectResponse(root, headers=_text(_HEADERS))(scope, receive, send)
            return
        if asks_for_page:
            scope = {**scope, "headers": wanted}
        start: Message = {}
        body = bytearray()

        async def answer(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *_HEADERS]
                if asks_for_page and _is_html(headers):
                    headers += _cookie(scope)
                    start = {**message, "headers": [pair for pair in headers if pair[0] != b"content-length"]}
                    return
                await send({**message, "headers": headers})
            elif start and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                page = _in_our_words(bytes(body))
                start["headers"].append((b"content-length", str(len(page)).encode()))
                await send(start)
                await send({"type": "http.response.body", "body": page})
            else:
                await send(message)

        await self.app(scope, receive, answer)


def _in_our_words(page: bytes) -> bytes:
    for theirs, ours in _WORDS:
        page = page.replace(theirs, ours)
    return page


def _cookie(scope: Scope) -> list[tuple[bytes, bytes]]:
    """What the browser is to be known by until it is closed; nothing where it has that already."""
    sent = cookie_parser(b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1"))
    if _session.is_token(sent.get(_session.COOKIE, "")):
        return []
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    kept = f"{_session.COOKIE}={_session.new_token()}; Path={_BASE}; HttpOnly; SameSite=Lax{secure}"
    return [(b"set-cookie", kept.encode())]


def _unknown(path: str) -> bool:
    """Whether a path of one step is no page: the framework would say so in English and show another page."""
    step = _step(path)
    return "/" not in step and "." not in step and step not in _OWN


def _step(path: str) -> str:
    """A path below the place where the product is served."""
    return path.removeprefix(_BASE).strip("/")


def _text(headers: tuple[tuple[bytes, bytes], ...]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in headers}


def _is_html(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)


_UPLOADS = _BASE.rstrip("/") + "/_stcore/upload_file/"
_MEGABYTE = 1024 * 1024


class Uploads:
    """Files that browsers have sent and no page has taken yet: in memory, within bounds, gone with their session.

    The framework keeps them for as long as it might take up a session again that has lost its browser, however many.
    ``clock`` gives seconds.
    """

    MOST_OF_ONE, MOST_OF_ALL = 100 * _MEGABYTE, 300 * _MEGABYTE
    MOST_SECONDS = 600.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._arriving: Counter[str] = Counter()  # bytes by session
        self._since: dict[tuple[str, str], float] = {}

    def begin(self, session: str, size: int) -> bool:
        """Make room for a file of a session; False where there is none."""
        self.drop()
        held = self._arriving + Counter(
            {one: sum(len(file.data) for file in list(files.values())) for one, files in self._held()}
        )
        if held[session] + size > self.MOST_OF_ONE or held.total() + size > self.MOST_OF_ALL:
            return False
        self._arriving[session] += size
        return True

    def end(self, session: str, size: int) -> None:
        """The file has come whole, or will not come."""
        self._arriving[session] -= size
        self._arriving += Counter()  # forgets sessions with nothing
        self.drop()

    def drop(self) -> None:
        """Let go of what belongs to no session that has a browser, and of what no page has taken for long."""
        if not runtime.exists():
            return
        server, files_of, now = runtime.get_instance(), _manager(), self._clock()
        kept: dict[tuple[str, str], float] = {}
        for session, files in self._held():
            if not server.is_active_session(session):
                files_of.remove_session_files(session)
                continue
            for file in list(files):
                kept[session, file] = self._since.get((session, file), now)
                if now - kept[session, file] > self.MOST_SECONDS:
                    files_of.remove_file(session, file)
        self._since = kept

    def _held(self) -> list[tuple[str, dict[str, UploadedFileRec]]]:
        if not runtime.exists():
            return []
        return list(_manager().file_storage.items())


def _manager() -> MemoryUploadedFileManager:
    return cast(MemoryUploadedFileManager, runtime.get_instance().uploaded_file_mgr)


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
        elif scope["type"] == "http" and scope["method"] == "PUT" and scope["path"].startswith(_UPLOADS):
            session = scope["path"].removeprefix(_UPLOADS).partition("/")[0]
            length = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
            size = int(length) if length.isdigit() else st.get_option("server.maxUploadSize") * _MEGABYTE
            if not uploads.begin(session, size):
                words = "服务器暂存的文件已满，请过一会儿再试。"
                await PlainTextResponse(words, 413, headers=_text(_HEADERS))(scope, receive, send)
                return
            try:
                await self.app(scope, receive, send)
            finally:
                uploads.end(session, size)
        else:
            await self.app(scope, receive, send)
