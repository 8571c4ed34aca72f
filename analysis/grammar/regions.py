"""Regions by code and name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Region:
    """A provincial unit, or the nation (code 000000)."""

    code: str
    name: str
    full: str


@cache
def regions() -> dict[str, Region]:
    """All regions by code, in the order of the standard."""
    text = files("analysis.grammar").joinpath("regions.toml").read_text("utf-8")
    return {entry["code"]: Region(**entry) for entry in tomllib.loads(text)["region"]}


def region_of(code: str) -> Region | None:
    """The provincial unit that a six-digit code belongs to (a city's code gives its province); None if unknown."""
    if len(code) != 6 or not code.isdecimal():
        return None
    return regions().get(code) or regions().get(f"{code[:2]}0000")
