"""Where the labels of a chart go so that none lies on another, on a line or outside. Pure geometry, in pixels.

Origin top left, y downwards. Each label has its texts from the fullest to the shortest; a shorter one is used where
it spares a long way or a crossing. A label that fits nowhere is left out: the caller says what it would have said
somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from analysis.present.numbers import THIN_SPACE

Point = tuple[float, float]
Line = tuple[Point, Point]

GAPS = range(8, 190, 9)  # px between anchor and nearest edge of the label
DIRECTIONS = tuple((cos(2 * pi * step / 16), sin(2 * pi * step / 16)) for step in range(16))
CLEAR = 3.0  # px kept free round a label
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

    def grown(self, by: float) -> Box:
        """The box with ``by`` more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def inside(self, other: Box) -> bool:
        """Whether this box lies within the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def cut_by(self, line: Line) -> bool:
        """Whether the line passes through the box (Liang and Barsky's clipping)."""
        (x0, y0), (x1, y1) = line
        # Most lines are far off: say so before the arithmetic.
        if (x0 < self.left and x1 < self.left) or (x0 > self.right and x1 > self.right):
            return False
        if (y0 < self.top and y1 < self.top) or (y0 > self.bottom and y1 > self.bottom):
            return False
        enter, leave = 0.0, 1.0
        across = (x1 - x0, self.left - x0, self.right - x0)
        down = (y1 - y0, self.top - y0, self.bottom - y0)
        for delta, low, high in (across, down):
            if delta == 0:
                if low > 0 or high < 0:
                    return False
                continue
            first, last = sorted((low / delta, high / delta))
            enter, leave = max(enter, first), min(leave, last)
            if enter > leave:
                return False
        return True


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
    placed: list[Placed] = []
    leaders: list[Line] = []
    for label in labels:
        taken = [one.box for one in placed]
        tried = [_best(label, text, bounds, lines, faint, boxes, taken, leaders) for text in label.texts]
        fits = [
            (cost + SHORTER * step, step, box)
            for step, (cost, box) in enumerate(tried)
            if box is not None and cost <= label.most
        ]
        if fits:
            _, step, box = min(fits, key=lambda one: one[:2])
            one = Placed(label, label.texts[step], box)
            placed.append(one)
            leaders.append((label.anchor, one.centre))
    return tuple(placed)


def _best(
    label: Label,
    text: tuple[str, ...],
    bounds: Box,
    lines: Sequence[Line],
    faint: Sequence[Line],
    boxes: Sequence[Box],
    taken: Sequence[Box],
    leaders: Sequence[Line],
) -> tuple[float, Box | None]:
    best: Box | None = None
    least = float("inf")
    for distance, box in _candidates(label, text):
        if distance >= least or distance > label.most:
            break
        free = box.grown(CLEAR)
        if not box.inside(bounds) or any(free.meets(other) for other in (*boxes, *taken)):
            continue
        if any(free.cut_by(line) for line in (*lines, *leaders)):
            continue
        leader = (label.anchor, ((box.left + box.right) / 2, (box.top + box.bottom) / 2))
        if any(other.cut_by(leader) for other in taken):
            continue
        crossings = sum(_cross(leader, line) for line in lines if label.anchor not in line)
        crossings += sum(other.cut_by(leader) and not _holds(other, label.anchor) for other in boxes)
        cost = distance + CROSSING * crossings + FAINT * sum(free.cut_by(line) for line in faint)
        if cost < least:
            best, least = box, cost
    return least, best


def _candidates(label: Label, text: tuple[str, ...]) -> Iterator[tuple[float, Box]]:
    """Boxes round the anchor with what their place costs, cheapest first."""
    width = max(text_width(line, label.size) for line in text)
    height = len(text) * label.size * LINE_HEIGHT
    made = []
    for gap in GAPS:
        for x, y in DIRECTIONS:
            away = 0.0 if label.side is None else 40 * (1 - (x * label.side[0] + y * label.side[1]))
            # The nearest edge, not the middle, is at ``gap``.
            centre_x = label.anchor[0] + x * gap + _sign(x) * width / 2
            centre_y = label.anchor[1] + y * gap + _sign(y) * height / 2
            box = Box(centre_x - width / 2, centre_y - height / 2, centre_x + width / 2, centre_y + height / 2)
            made.append((gap + away, box))
    return iter(sorted(made, key=lambda one: one[0]))


def _sign(value: float) -> float:
    """Direction as -1, 0 or 1, with the slanting ones in between, so that labels sit beside or above their anchor."""
    return 0.0 if abs(value) < 0.1 else (1.0 if value > 0 else -1.0) * min(1.0, abs(value) * 1.5)


def _holds(box: Box, point: Point) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom


def _cross(one: Line, other: Line) -> bool:
    """Whether two lines properly cross."""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return (
        side(one[0], one[1], other[0]) * side(one[0], one[1], other[1]) < 0
        and side(other[0], other[1], one[0]) * side(other[0], other[1], one[1]) < 0
    )


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
