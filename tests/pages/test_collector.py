"""The server frees what visitors left behind, but not after every click."""

from __future__ import annotations

import asyncio

import pytest
import streamlit as st

import app


def test_garbage_is_collected_now_and_then_and_not_after_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(app, "COLLECT_EVERY", 0.01)
    monkeypatch.setattr(app, "warm_up", lambda: None)
    monkeypatch.setattr(app.gc, "collect", lambda *_: collected.append(1))

    async def served() -> None:
        async with app.lifespan(app.app):
            await asyncio.sleep(0.2)

    asyncio.run(served())
    assert 1 < len(collected) < 25
    assert st.get_option("runner.postScriptGC") is False
