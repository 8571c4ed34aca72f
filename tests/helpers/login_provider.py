"""A desk that is served to others, for tests: a provider of logins and a proxy, both on this machine alone."""

from __future__ import annotations

import json
import secrets
import socket
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

import jinja2
from werkzeug.serving import make_server

_PLAIN = """<!doctype html><html lang="en"><link rel="icon" href="data:,">
<main>{% block content %}{% endblock %}</main></html>
"""


@contextmanager
def provider(claims: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """An OIDC provider that knows people by subject, each with claims; yields its address.

    Its pages are as they come, without the style sheet that they would fetch from the web.
    """
    with warnings.catch_warnings(action="ignore"):  # it still uses what Authlib is about to move
        import oidc_provider_mock
    people = [oidc_provider_mock.User(sub=subject, claims=dict(told)) for subject, told in claims.items()]
    app = oidc_provider_mock.app(user_claims=people)
    app.jinja_loader = jinja2.ChoiceLoader([jinja2.DictLoader({"_base.html": _PLAIN}), app.jinja_loader])
    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Proxy(ThreadingTCPServer):
    """What stands before a server: it says for whom it asks, and passes everything on."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.server_port = 0  # of the server behind, once it is there


class _Passing(BaseRequestHandler):
    """One connection; its first request gets the header. A browser opens a connection of its own for a websocket."""

    server: Proxy

    def handle(self) -> None:
        """Pass both ways until one end is done."""
        head = b""
        while b"\r\n" not in head:
            if not (more := self.request.recv(65536)):
                return
            head += more
        first, _, rest = head.partition(b"\r\n")
        with socket.create_connection(("127.0.0.1", self.server.server_port)) as behind:
            behind.sendall(first + b"\r\nX-Forwarded-For: 10.1.2.3\r\n" + rest)
            back = threading.Thread(target=_pass, args=(behind, self.request), daemon=True)
            back.start()
            _pass(self.request, behind)
            back.join()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def proxy() -> Iterator[Proxy]:
    """A proxy that runs; it is told of the server behind it afterwards."""
    with Proxy() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def secrets_file(folder: Path, address: str, login: str) -> Path:
    """The settings of a login for a desk that people reach at ``address``."""
    values = {
        "redirect_uri": f"{address}/oauth2callback",
        "cookie_secret": secrets.token_hex(32),
        "client_id": "desk",
        "client_secret": secrets.token_hex(8),
        "server_metadata_url": f"{login}/.well-known/openid-configuration",
    }
    path = folder / "secrets.toml"
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    path.write_text("\n".join(["[auth]", *lines, ""]), "utf-8")
    return path
