"""Sums that incentives are counted on, from ``bases.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Base:
    """A kind of sum: ``axis`` is what an axis that counts it is called."""

    id: str  # registered, yearly, contract
    name: str
    axis: str
    forms: tuple[str, ...]
    excluded: tuple[str, ...]

    def matches(self, words: str) -> bool:
        """Whether ``words`` (a stated base, or a trigger) name this kind of sum."""
        return any(form in words for form in self.forms) and not any(other in words for other in self.excluded)


@cache
def bases() -> tuple[Base, ...]:
    """All kinds of sums, most specific first: the first that matches is meant."""
    entries = tomllib.loads((Path(__file__).parent / "bases.toml").read_text(encoding="utf-8"))["base"]
    return tuple(
        Base(entry["id"], entry["name"], entry["axis"], tuple(entry["forms"]), tuple(entry["not"])) for entry in entries
    )
