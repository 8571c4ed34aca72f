"""The rules by family; importing this package registers them all."""

from analysis.lint.families import (
    arithmetic,
    content,
    form,
    layout,
    numbering,
    numerals,
    over_time,
    peers,
    procedure,
    punctuation,
    references,
    residue,
    superior,
    tiers,
    wording,
)

__all__ = [
    "arithmetic",
    "content",
    "form",
    "layout",
    "numbering",
    "numerals",
    "over_time",
    "peers",
    "procedure",
    "punctuation",
    "references",
    "residue",
    "superior",
    "tiers",
    "wording",
]
