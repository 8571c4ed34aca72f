"""The server frees what visitors left behind, but not after every click."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
import streamlit as st

import app


def test_garbage_is_collected_now_and_then_and_not_after_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    async def pause(seconds: float) -> None:
        done.append(seconds)
        if len(done) == 5:
            raise asyncio.CancelledError

    async def collecting() -> None:
        with suppress(asyncio.CancelledError):
            await app.collect_now_and_then()

    monkeypatch.setattr(app.gc, "collect", lambda: done.append("collected"))
    monkeypatch.setattr(app.asyncio, "sleep", pause)
    asyncio.run(collecting())
    assert done == [app.COLLECT_EVERY, "collected"] * 2 + [app.COLLECT_EVERY]
    assert app.COLLECT_EVERY >= 1
    assert st.get_option("runner.postScriptGC") is False


def test_the_server_collects_while_it_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[bool] = []

    async def collect() -> None:
        started.append(True)

    async def served() -> None:
        async with app.lifespan(app.app):
            await asyncio.sleep(0)

    monkeypatch.setattr(app, "warm_up", lambda: None)
    monkeypatch.setattr(app, "collect_now_and_then", collect)
    asyncio.run(served())
    assert started == [True]
