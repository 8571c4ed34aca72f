"""Lines above a text that are no title: what cleaning leaves of the site, names of its columns, credits, bylines."""

from __future__ import annotations

from analysis.grammar.metadata import marks


def is_no_title(line: str) -> bool:
    """Whether ``line`` belongs to the page and not to the text on it."""
    words = line.strip()
    return any(marks()[name].find(words) is not None for name in ("no_title", "no_title_in", "column", "label_line"))
