"""Waiting for what must happen, however long a machine takes for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 300.0  # seconds after which it is taken for something that never happens


def wait_for(happened: Callable[[], object]) -> None:
    """Return as soon as ``happened`` says so."""
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.01)


def runs(process: int) -> bool:
    """Whether a process runs; one that has ended and was not asked for its result does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
