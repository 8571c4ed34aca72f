"""The server: the frame of pages, a health route, our scripts, and a warm-up before the first visitor."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from analysis.grammar import grammar
from analysis.model import InputError
from pages import _corpus, _originals, _warm
from pages._headers import SCRIPTS, BoundedUploads, ResponseHeaders, uploads

COLLECT_EVERY = 20.0  # seconds

try:
    grammar()
except InputError as fault:  # nothing can be read: whoever starts the server is told, and no visitor
    print(fault, file=sys.stderr)
    sys.exit(2)


def warm_up() -> None:
    """Make the first answers of the pages, then freeze all that they rest on: that costs the collector nothing."""
    with suppress(InputError):  # the pages say it to whoever comes
        _warm.first_answers()
    gc.collect()
    gc.freeze()


async def collect_now_and_then() -> None:
    """Free what visitors left behind, also in circles. Streamlit would do so after every rerun.

    With answers kept for all visitors there is much to look through: that took half of the time of fifty visitors.
    """
    while True:
        await asyncio.sleep(COLLECT_EVERY)
        uploads.drop()
        gc.collect()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first request is answered."""
    await asyncio.to_thread(warm_up)
    collector = asyncio.create_task(collect_now_and_then())
    yield {}
    collector.cancel()


async def health(_: Request) -> JSONResponse:
    """``{"status": "ok"}`` once warmed up, with how much of the corpus is served."""
    try:
        corpus = await asyncio.to_thread(_corpus.collection)
    except InputError as fault:
        return JSONResponse({"status": "no corpus", "fault": str(fault)}, status_code=503)
    return JSONResponse({"status": "ok", "documents": corpus.documents, "faults": len(corpus.faults)})


async def script(request: Request) -> FileResponse:
    """A script of our own that pages load: what the browser does by itself."""
    name = request.url.path.rsplit("/", 1)[-1]  # one of SCRIPTS: no other path leads here
    return FileResponse(Path(__file__).parent / "pages" / name, media_type="text/javascript")


app = st.App(
    "pages/_frame.py",
    routes=[
        Route("/health", health),
        *(Route(path, script) for path in SCRIPTS),
        Route(_originals.PATH, _originals.original),
    ],
    lifespan=lifespan,
    middleware=[Middleware(BoundedUploads), Middleware(ResponseHeaders)],
)
