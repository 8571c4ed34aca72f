"""What the framework's answers lack: security headers, pages in Chinese, and the cookie of a visitor."""

from __future__ import annotations

import streamlit as st
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.present.links import PAGES
from analysis.present.markup import render
from pages import _session

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
_OWN = frozenset(name for name, _ in PAGES) | {"", "health", "oauth2callback"}
_NO_SUCH_PAGE = render("page.no_such_page")
_BASE = "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")
# A compressed page could not be changed, and one that the browser kept would not bring its cookie.
_NOT_PASSED_ON = (b"accept-encoding", b"if-none-match", b"if-modified-since")
SCRIPTS = ("/house/frame.js", "/house/pictures.js", "/house/marking.js", "/house/asked.js")
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
