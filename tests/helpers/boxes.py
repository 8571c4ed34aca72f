"""Boxes of labels, one beside the other."""

from __future__ import annotations

from analysis.present.label_placement import Box


def meet(one: Box, other: Box) -> bool:
    """Whether the two share any area."""
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
