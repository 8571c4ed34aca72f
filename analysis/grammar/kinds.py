"""What tells the kind of a text, from ``kinds.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis import grammar
from analysis.model import TextKind


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: words at a place (title, head, text) that speak for a kind with a weight."""

    id: str
    kind: TextKind
    where: str
    weight: int
    regex: re.Pattern[str]
    examples: tuple[str, ...]
    negatives: tuple[str, ...]


@cache
def cues() -> tuple[Cue, ...]:
    """Every cue, in the order of the file."""
    return tuple(
        Cue(
            entry["id"],
            TextKind(entry["kind"]),
            entry["where"],
            entry["weight"],
            re.compile(entry["regex"]),
            tuple(entry["examples"]),
            tuple(entry.get("not", ())),
        )
        for entry in grammar.load("kinds")["cue"]
    )
