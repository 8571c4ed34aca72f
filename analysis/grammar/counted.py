"""What units count (money, people, places …), from ``counted.toml``: decides what may share an axis."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from analysis.model import Target

_MULTIPLIERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}


@dataclass(frozen=True, slots=True)
class Counted:
    """One kind of counted thing; ``base`` is the unit of its axis."""

    id: str
    name: str
    base: str
    units: tuple[str, ...]
    example: str


@cache
def counted() -> tuple[Counted, ...]:
    """All kinds, in display order; the last one takes every unit that no other has."""
    entries = tomllib.loads((Path(__file__).parent / "counted.toml").read_text(encoding="utf-8"))["counted"]
    return tuple(
        Counted(entry["id"], entry["name"], entry["base"], tuple(entry["units"]), entry["example"]) for entry in entries
    )


def split_unit(unit: str) -> tuple[Decimal, str]:
    """``万家`` -> (10000, 家); ``亿元`` -> (100000000, 元). A unit that is only a multiplier stays as it is."""
    factor = Decimal(1)
    rest = unit
    while len(rest) > 1 and rest[0] in _MULTIPLIERS:
        factor *= _MULTIPLIERS[rest[0]]
        rest = rest[1:]
    return factor, rest


def unit_in_base(unit: str) -> tuple[Decimal, Counted]:
    """What one of ``unit`` is in the base unit of what it counts: 万家 -> 10,000 (家)."""
    factor, rest = split_unit(unit)
    kind = next((entry for entry in counted() if rest in entry.units), counted()[-1])
    return factor / (Decimal(100_000_000) if kind.id == "money" else Decimal(1)), kind


def in_base(target: Target) -> tuple[Decimal, Counted]:
    """The value of a target in the base unit of what it counts: 1.1 万家 -> 11,000 家."""
    factor, kind = unit_in_base(target.unit)
    return target.value * factor, kind
