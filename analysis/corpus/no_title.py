"""Lines above a text that are no title: what cleaning leaves of the site, names of its columns, credits, bylines."""

from __future__ import annotations

from analysis.corpus import metadata_patterns as patterns


def is_no_title(line: str) -> bool:
    """Whether ``line`` belongs to the page and not to the text on it."""
    words = line.strip()
    return any(
        pattern.find(words) is not None
        for pattern in (patterns.NO_TITLE, patterns.NO_TITLE_IN, patterns.COLUMN, patterns.LABEL_LINE)
    )
