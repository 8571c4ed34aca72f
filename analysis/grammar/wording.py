"""Words and classes of words that the comparison of wording leaves out (``wording.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What does not count as a term: words, and tags of the lexer."""

    words: frozenset[str]
    tags: frozenset[str]


@cache
def left_out() -> LeftOut:
    """The stop list as data."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return LeftOut(
        frozenset(form for entry in entries["word"] for form in entry["forms"]),
        frozenset(form for entry in entries["tag"] for form in entry["forms"]),
    )
