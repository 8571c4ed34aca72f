"""Lines of the site around a text: breadcrumbs, log-in, counters, names of columns. None of them is a title."""

from __future__ import annotations

from analysis.grammar.metadata import marks


def is_furniture(line: str) -> bool:
    """Whether ``line`` belongs to the page and not to the text on it."""
    words = line.strip()
    return any(marks()[name].find(words) is not None for name in ("furniture", "furniture_in", "column"))
