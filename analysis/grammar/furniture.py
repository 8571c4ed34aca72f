"""What a web page puts around a text, from ``furniture.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis import grammar


@dataclass(frozen=True, slots=True)
class Furniture:
    """One kind of furniture: the pattern, where on a line it stands and what proves it."""

    id: str
    place: str
    source: str
    examples: tuple[str, ...]
    negatives: tuple[str, ...]


@cache
def furniture() -> tuple[Furniture, ...]:
    """All kinds in the order of the file; ``{{name}}`` is replaced by the kind of that name above it."""
    sources: dict[str, str] = {}
    found: list[Furniture] = []
    for entry in grammar.load("furniture")["furniture"]:
        source = entry.get("regex") or "|".join(sorted(map(re.escape, entry["words"]), key=lambda word: -len(word)))
        source = re.sub(r"\{\{(\w+)\}\}", lambda name: sources[name[1]], source)
        sources[entry["id"]] = f"(?:{source})"
        found.append(Furniture(entry["id"], entry["place"], source, tuple(entry["examples"]), tuple(entry["not"])))
    return tuple(found)


@cache
def place(name: str) -> re.Pattern[str]:
    """One pattern for all kinds that stand in this place of a line: line, head or tail."""
    return re.compile("|".join(f"(?:{kind.source})" for kind in furniture() if kind.place == name))
