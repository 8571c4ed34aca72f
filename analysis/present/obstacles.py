"""Many boxes against many lines at once, for the placement of labels. Pure geometry, in pixels.

Boxes are rows of left, top, right, bottom; lines rows of x, y, x, y. A table has a row for each of the first and a
column for each of the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
Table = NDArray[np.bool_]


def rows(found: Iterable[Sequence[float]]) -> Rows:
    """Boxes or lines as rows; none at all is a table without rows."""
    return np.array(list(found), dtype=np.float64).reshape(-1, 4)


def meeting(boxes: Rows, others: Rows) -> Table:
    """Which boxes share any area."""
    left, top, right, bottom = boxes.T[:, :, None]
    found: Table = (left < others[:, 2]) & (others[:, 0] < right) & (top < others[:, 3]) & (others[:, 1] < bottom)
    return found


def cutting(boxes: Rows, lines: Rows) -> Table:
    """Through which boxes the lines pass (Liang and Barsky's clipping)."""
    left, top, right, bottom = boxes.T[:, :, None]
    x, y, to_x, to_y = lines.T
    passes: Table = ((x >= left) | (to_x >= left)) & ((x <= right) | (to_x <= right))
    passes &= ((y >= top) | (to_y >= top)) & ((y <= bottom) | (to_y <= bottom))
    enter, leave = np.zeros(passes.shape), np.ones(passes.shape)
    for start, delta, low, high in ((x, to_x - x, left, right), (y, to_y - y, top, bottom)):
        along = delta == 0  # such a line has no ends here: the test above has said whether it is within
        by = np.where(along, 1.0, delta)
        first, second = (low - start) / by, (high - start) / by
        enter = np.maximum(enter, np.where(along, 0.0, np.minimum(first, second)))
        leave = np.minimum(leave, np.where(along, 1.0, np.maximum(first, second)))
    passes &= enter <= leave
    return passes


def crossing(lines: Rows, others: Rows) -> Table:
    """Which lines properly cross."""
    x, y, to_x, to_y = lines.T[:, :, None]
    other_x, other_y, other_to_x, other_to_y = others.T
    here = (to_x - x) * (other_y - y) - (to_y - y) * (other_x - x)
    there = (to_x - x) * (other_to_y - y) - (to_y - y) * (other_to_x - x)
    wide, high = other_to_x - other_x, other_to_y - other_y
    one = wide * (y - other_y) - high * (x - other_x)
    two = wide * (to_y - other_y) - high * (to_x - other_x)
    found: Table = (here * there < 0) & (one * two < 0)
    return found
