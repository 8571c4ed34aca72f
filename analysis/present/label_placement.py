"""Where the labels of a chart go so that none lies on another, on a line or outside. Pure geometry, in pixels.

Origin top left, y downwards. Each label has its texts from the fullest to the shortest; a shorter one is used where
it spares a long way or a crossing. A label that fits nowhere is left out: the caller says what it would have said
somewhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from math import cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray

from analysis.present.numbers import THIN_SPACE

Point = tuple[float, float]
Line = tuple[Point, Point]

GAPS = range(8, 190, 9)  # px between anchor and nearest edge of the label
DIRECTIONS = tuple((cos(2 * pi * step / 16), sin(2 * pi * step / 16)) for step in range(16))
# Gap and direction of every place that is tried.
_AROUND = tuple(np.array([(gap, x, y) for gap in GAPS for x, y in DIRECTIONS]).T)
CLEAR = 3.0  # px kept free round a label
_CLEAR = np.array((-CLEAR, -CLEAR, CLEAR, CLEAR))
CROSSING = 70.0  # cost of a leader crossing a line, in px of distance
FAINT = 45.0  # cost of lying on a faint line
SHORTER = 90.0  # cost of each step to a shorter text
SHIFT = 40.0  # px a head may move aside before it takes a row of its own
NARROW = f"{THIN_SPACE} .,:;"
LINE_HEIGHT = 1.35


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, point: Point, radius: float) -> Box:
        """A square with its middle at ``point``."""
        x, y = point
        return cls(x - radius, y - radius, x + radius, y + radius)


@dataclass(frozen=True, slots=True)
class Label:
    """A label to place at ``anchor``. ``texts``: fullest first, each of one or more lines.

    ``side``: the direction it belongs to, as (x, y) of length 1, or None. ``most``: left out where it would cost more.
    """

    key: str
    anchor: Point
    texts: tuple[tuple[str, ...], ...]
    size: float = 12
    side: Point | None = None
    most: float = float("inf")


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with the text chosen and the place of its box."""

    label: Label
    text: tuple[str, ...]
    box: Box

    @property
    def centre(self) -> Point:
        """Middle of the box."""
        return (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2


def text_width(text: str, size: float) -> float:
    """Width in px, on the safe side: Han and full-width one em, figures and letters 0.58, points and spaces 0.3."""
    return sum(_ems(char) for char in text) * size


def _ems(char: str) -> float:
    if char in NARROW:
        return 0.3
    return 1.0 if ord(char) > 0x2E7F or char in "—→" else 0.58


def place(
    labels: Sequence[Label],
    *,
    bounds: Box,
    lines: Sequence[Line] = (),
    faint: Sequence[Line] = (),
    boxes: Sequence[Box] = (),
) -> tuple[Placed, ...]:
    """Place the labels in the order given (most important first); what fits nowhere is left out.

    ``lines`` and ``boxes`` are never covered, ``faint`` lines only where nothing better is near. No two placed boxes
    overlap, and all lie within ``bounds``.
    """
    around = _Around(astuple(bounds), rows(map(_four, lines)), rows(map(_four, faint)), rows(map(astuple, boxes)))
    placed: list[Placed] = []
    for label in labels:
        taken = rows(astuple(one.box) for one in placed)
        leaders = rows(_four((one.label.anchor, one.centre)) for one in placed)
        least, chosen = np.inf, None
        for step, text in enumerate(label.texts):
            shorter = SHORTER * step  # the fuller text stays unless the shorter one is cheaper with all it costs
            if least - shorter <= GAPS.start:
                break
            cost, box = _best(label, text, around, taken, leaders)
            if box is not None and cost <= label.most and cost + shorter < least:
                least, chosen = cost + shorter, Placed(label, text, box)
        if chosen is not None:
            placed.append(chosen)
    return tuple(placed)


@dataclass(frozen=True, slots=True)
class _Around:
    """What labels must keep off."""

    bounds: tuple[float, ...]  # left, top, right, bottom
    lines: Rows
    faint: Rows
    boxes: Rows


def _four(line: Line) -> tuple[float, float, float, float]:
    return (*line[0], *line[1])


def _best(label: Label, text: tuple[str, ...], around: _Around, taken: Rows, leaders: Rows) -> tuple[float, Box | None]:
    """The cheapest place and its cost; of equal ones the first."""
    costs, boxes = _candidates(label, text)
    x, y = label.anchor
    may = (boxes[:, :2] >= around.bounds[:2]).all(axis=1) & (boxes[:, 2:] <= around.bounds[2:]).all(axis=1)
    may &= ~meeting(boxes + _CLEAR, np.concatenate((around.boxes, taken))).any(axis=1)
    costs, boxes = costs[may], boxes[may]
    may = ~cutting(boxes + _CLEAR, np.concatenate((around.lines, leaders))).any(axis=1)
    costs, boxes = costs[may], boxes[may]
    way = np.column_stack((np.broadcast_to((x, y), (len(boxes), 2)), (boxes[:, :2] + boxes[:, 2:]) / 2))
    starts_here = (around.lines[:, :2] == (x, y)).all(axis=1) | (around.lines[:, 2:] == (x, y)).all(axis=1)
    left, top, right, bottom = around.boxes.T
    holds_anchor = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    costs = costs + FAINT * cutting(boxes + _CLEAR, around.faint).sum(axis=1)
    costs += CROSSING * crossing(way, around.lines[~starts_here]).sum(axis=1)
    costs += CROSSING * cutting(around.boxes[~holds_anchor], way).sum(axis=0)
    costs[cutting(taken, way).any(axis=0)] = np.inf
    if not len(costs):
        return np.inf, None
    at = int(costs.argmin())
    return float(costs[at]), Box(*boxes[at].tolist())


def _candidates(label: Label, text: tuple[str, ...]) -> tuple[NDArray[np.float64], Rows]:
    """What places round the anchor cost, cheapest first, and their boxes."""
    width = max(text_width(line, label.size) for line in text)
    height = len(text) * label.size * LINE_HEIGHT
    gaps, x, y = _AROUND
    side = label.side
    away = 0.0 if side is None else 40 * (1 - (x * side[0] + y * side[1]))
    # The nearest edge, not the middle, is at the gap.
    centre_x = label.anchor[0] + x * gaps + _leaning(x) * width / 2
    centre_y = label.anchor[1] + y * gaps + _leaning(y) * height / 2
    boxes = (centre_x - width / 2, centre_y - height / 2, centre_x + width / 2, centre_y + height / 2)
    order = np.argsort(gaps + away, kind="stable")
    return (gaps + away)[order], np.column_stack(boxes)[order]


def _leaning(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Direction as -1, 0 or 1, with the slanting ones in between, so that labels sit beside or above their anchor."""
    return np.where(np.abs(values) < 0.1, 0.0, np.sign(values) * np.minimum(1.0, np.abs(values) * 1.5))


def needs_leader(placed: Placed, near: float = 16.0) -> bool:
    """Whether the label stands so far off its anchor that a thin line must join them."""
    x, y = placed.label.anchor
    box = placed.box
    return hypot(max(box.left - x, 0, x - box.right), max(box.top - y, 0, y - box.bottom)) > near


def rows_above(labels: Sequence[tuple[str, float, float]], left: float, right: float) -> dict[str, tuple[float, int]]:
    """Place labels of (key, wanted middle, width) in rows above a chart, as few rows as possible.

    Returns for each key its middle, moved aside by at most :data:`SHIFT` (more only where the edges demand it), and
    its row (0 is the lowest).
    """
    ends: list[float] = []
    found = {}
    for key, wanted, width in sorted(labels, key=lambda label: label[1]):
        middle = min(max(wanted, left + width / 2), right - width / 2)
        for row, end in enumerate([*ends, float("-inf")]):
            aside = max(middle, end + 10 + width / 2)
            if aside - middle <= SHIFT and aside + width / 2 <= right + 1e-9:
                ends[row:] = [aside + width / 2, *ends[row + 1 :]]
                found[key] = (aside, row)
                break
    return found


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
