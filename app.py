"""The server: the frame of pages, a health route, our scripts, and a warm-up before the first visitor."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from analysis import pipeline
from analysis.grammar import grammar
from analysis.model import InputError, TargetStatus
from analysis.pipeline import Choice, GroupBy
from analysis.present.markup import compile_templates
from pages import _choice, _corpus, _files, _find, _logs, _wording
from pages._headers import SCRIPTS, ResponseHeaders
from pages._uploads import BoundedUploads, uploads

COLLECT_EVERY = 20.0  # seconds

_logs.keep_words_out()

try:
    grammar()
except InputError as fault:  # nothing can be read: whoever starts the server is told, and no visitor
    print(fault, file=sys.stderr)
    sys.exit(2)


def first_answers() -> None:
    """Templates, dictionary, corpus, score, and what the pages ask first. Raises ``InputError`` without a corpus."""
    compile_templates()
    held = _corpus.collection()
    first = _choice.unasked(held)
    _choice.totals(held, first)
    _files.listed(held, Choice(), 1)
    _find.shown(held, "", 1)
    _files.listed_unread(held, 1, "")
    for by in (GroupBy.REGION, GroupBy.PERIOD):
        _wording.counts(_wording.first(held, by))
    # Whoever asks for a verdict first has all of them given: a second for every ten thousand documents.
    pipeline.choose(held, Choice(verdicts=(TargetStatus.REACHED,)), as_of=date.today())
    _corpus.score()
    _corpus.made_up()


def warm_up() -> None:
    """Make the first answers of the pages, then freeze all that they rest on: that costs the collector nothing."""
    with suppress(InputError):  # the pages say it to whoever comes
        first_answers()
    gc.collect()
    gc.freeze()


def start_reader() -> None:
    """Have the process ready that reads what visitors bring: the first of them would wait some seconds for it."""
    with suppress(InputError):
        pipeline.check_file("一、目标".encode(), "目标.txt")


async def collect_now_and_then() -> None:
    """Free what visitors left behind, also in circles, and folders of conversions whose process was killed.

    Streamlit would collect after every rerun. With answers kept for all visitors there is much to look through: that
    took half of the time of fifty visitors.
    """
    while True:
        await asyncio.sleep(COLLECT_EVERY)
        uploads.drop()
        pipeline.remove_left_folders()
        gc.collect()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first request is answered."""
    await asyncio.to_thread(warm_up)
    pipeline.remove_left_folders()
    Thread(target=start_reader, daemon=True).start()
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
        Route(f"/{_files.ORIGINAL}", _files.original),
    ],
    lifespan=lifespan,
    middleware=[Middleware(ResponseHeaders), Middleware(BoundedUploads)],
)
