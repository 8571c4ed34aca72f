"""Cells of files that a spreadsheet may open: words that it could take for a formula are guarded, and taken back.

Documents and uploads are other people's words, and a spreadsheet would run them.
"""

from __future__ import annotations

import re

# Excel reads the full-width signs as formula starts too where the system language is East Asian.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_GUARD = "'"


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could take ``text`` for a formula; a plain number like ``-5.2`` is none."""
    if _PLAIN_NUMBER.fullmatch(text):
        return False
    return text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)


def guarded(text: str) -> str:
    """``=1+1`` -> ``'=1+1``; a text that begins with the guard itself gets one more, so that it comes back whole."""
    return f"{_GUARD}{text}" if text.startswith(_GUARD) or starts_formula(text) else text


def unguarded(cell: str) -> str:
    """The text that :func:`guarded` made the cell from."""
    rest = cell.removeprefix(_GUARD)
    return rest if rest != cell and guarded(rest) == cell else cell
