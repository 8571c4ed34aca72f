"""Steps that a piece of work takes, which do not depend on the machine.

A step is a line of this program that Python runs (each turn of a loop is one) or twenty characters that a pattern of
the grammar is given to search.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import analysis
from analysis.grammar.pattern import Pattern

OURS = str(Path(analysis.__file__).parent)
MOST = 2.3  # times the steps for twice the text; a quadratic part shows as 4
CHARACTERS = 20  # given to a pattern are a step
SMALL = 5_000  # steps: what is all start-up is not judged


def steps(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """Steps that a piece of work takes, such as the whole reading of a text."""
    lines = characters = 0
    made = vars(Pattern)["find"].func

    def counting(self: Pattern) -> Callable[[str], re.Match[str] | None]:
        find = made(self)

        def found(text: str) -> re.Match[str] | None:
            nonlocal characters
            characters += len(text)
            return find(text)

        return found

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal lines
        if event == "call":
            return trace if frame.f_code.co_filename.startswith(OURS) else None
        lines += event == "line"
        return trace

    before = sys.gettrace()
    with monkeypatch.context() as patch:
        patch.setattr(Pattern, "find", property(counting))
        sys.settrace(trace)
        try:
            work()
        finally:
            sys.settrace(before)
    return lines + characters // CHARACTERS
