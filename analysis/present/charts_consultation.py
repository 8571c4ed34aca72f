"""The charts of 汇总: comments by day, by clause, by theme, by decision, by sender and stance.

Each is a drawing with a link over every row, so that one click leads to the comments behind it. Sizes are pixels. What
waits for a decision is hollow and said in words: colour is never the only sign.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil
from typing import Any

from markupsafe import Markup

from analysis.present import theme
from analysis.present.label_placement import Box, text_width
from analysis.present.markup import render
from analysis.present.numbers import figure, spaced

NARROW = 520
_SIZE, _SMALL = 14, 12
_ROW, _HIGH_ROW, _BAR = 27.0, 47.0, 13.0
_LABELS = 0.36  # share of the width that labels have
_INDENT = 16.0
_GAP = 10.0
#: Fills by what a part of a bar stands for, light and dark; "open" is hollow.
_FILLS: Mapping[str, tuple[str, str]] = {
    "decided": ("#1f5f8b", "#74b3de"),
    "open": ("none", "none"),
    "suggest": ("#1f5f8b", "#74b3de"),
    "support": ("#3d7a4a", "#83c08f"),
    "ask": ("#8a867c", "#a5a29b"),
    "oppose": ("#a8660a", "#e0ab5e"),
    "none": ("#dedbd5", "#3a3936"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, the parts of its bar (count, what it stands for), what is said beside it, where it leads."""

    label: str
    parts: tuple[tuple[int, str], ...]
    said: str
    href: str = ""
    depth: int = 0
    heading: bool = False
    below: str = ""  # a second line

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(count for count, _ in self.parts)


def bars_chart(rows: Sequence[Bar], width: float, dark: bool, alt: str) -> Markup:
    """Rows with bars on one scale from 0; on a narrow page each name stands above its bar."""
    narrow = width < NARROW
    labels = 0.0 if narrow else min(max((_label_width(row) for row in rows), default=0.0), width * _LABELS) + _GAP
    said = max((text_width(spaced(row.said), _SMALL) for row in rows if row.total), default=0.0) + _GAP
    most = max((row.total for row in rows), default=0) or 1
    scale = max(width - labels - said, 60.0) / most
    drawn: list[dict[str, Any]] = []
    y = 0.0
    for row in rows:
        drawn.append(_bar(row, y, labels, scale, width, dark))
        y += drawn[-1]["height"]
    svg = render("charts.bars", width=width, height=y + 2, rows=drawn, colours=theme.shades(dark))
    links = [
        {
            "href": row.href,
            "name": spaced(f"{row.label}：{row.said}，看这些意见"),
            "title": f"看这些意见：{row.label}",
            "again": False,
            "box": Box(0, each["y"], width, each["y"] + each["height"]),
        }
        for row, each in zip(rows, drawn, strict=True)
        if row.href
    ]
    return _picture(svg, width, y + 2, f"{alt}：" + "；".join(f"{row.label} {row.said}" for row in rows), links)


def _label_width(row: Bar) -> float:
    return text_width(row.label, _SIZE) + row.depth * _INDENT


def _bar(row: Bar, y: float, labels: float, scale: float, width: float, dark: bool) -> dict[str, Any]:
    indent = row.depth * _INDENT
    above = labels == 0.0
    beside = 0.0 if row.total or not above else text_width(spaced(row.said), _SMALL) + _GAP
    room = (width if above else labels - _GAP) - indent - beside
    left = indent if above else labels
    step = scale * (width - indent) / width if above else scale
    baseline = y + 15
    at = baseline + 7 if above and row.total else y + 4
    ends = [left, *(left + total * step for total in accumulate(count for count, _ in row.parts))]
    parts = [
        {
            "x": start,
            "width": max(end - start, 1.0),
            "fill": _FILLS[what][dark],
            "hollow": what == "open",
        }
        for (count, what), start, end in zip(row.parts, ends, ends[1:], strict=False)
        if count
    ]
    lines = 1 + (above and bool(row.total)) + bool(row.below)
    height = {1: _ROW, 2: _HIGH_ROW, 3: _HIGH_ROW + 18}[lines]
    return {
        "y": y,
        "height": height,
        "label": _cut(row.label, _SIZE, room),
        "label_x": indent,
        "label_y": baseline,
        "heading": row.heading,
        "link": bool(row.href),
        "bar_y": at,
        "bar": _BAR,
        "parts": parts,
        "said": spaced(row.said),
        "said_x": ends[-1] + 6 if row.total else (width if above else left),
        "said_y": at + 11 if row.total else baseline,
        "said_end": above and not row.total,
        "below": _cut(spaced(row.below), _SMALL, width - left),
        "below_x": left,
        "below_y": at + _BAR + 15,
    }


def _cut(words: str, size: int, room: float) -> str:
    if text_width(words, size) <= room:
        return words
    while words and text_width(f"{words}…", size) > room:
        words = words[:-1]
    return f"{words}…"


# By day -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Days:
    """Counts by day over a stretch of days, with the days on which the period begins and ends where they are known."""

    counts: Mapping[date, int]
    first: date
    last: date
    opens: date | None
    closes: date | None


_TOP, _PLOT, _BOTTOM, _LEFT = 44.0, 150.0, 26.0, 30.0


def days_chart(days: Days, width: float, dark: bool) -> Markup:
    """A bar for each day; the period stands between two lines, and what came after it is hollow."""
    count = (days.last - days.first).days + 1
    step = (width - _LEFT - 4) / count
    most = max(days.counts.values(), default=0) or 1
    steps = _ticks(most)
    rise = _PLOT / max(steps[-1], most)
    every = [days.first + timedelta(days=at) for at in range(count)]
    peak = max(days.counts, key=lambda day: (days.counts[day], day), default=None)
    svg = render(
        "charts.days",
        width=width,
        height=_TOP + _PLOT + _BOTTOM,
        top=_TOP,
        left=_LEFT,
        plot={"width": width - _LEFT, "height": _PLOT},
        bars=[
            {
                "x": at * step + (step - min(step * 0.72, 26)) / 2,
                "width": max(min(step * 0.72, 26), 1.0),
                "height": days.counts[day] * rise,
                "late": bool(days.closes and day > days.closes),
                "said": figure(days.counts[day]) if day == peak or step >= 24 else "",
            }
            for at, day in enumerate(every)
            if days.counts.get(day)
        ],
        ticks=[(_PLOT - each * rise, figure(each)) for each in steps],
        dates=_dates(every, step),
        marks=_marks(days, step, width - _LEFT),
        fill=_FILLS["decided"][dark],
        colours=theme.shades(dark),
    )
    alt = "每天收到的意见：" + "；".join(f"{day.isoformat()} {some}" for day, some in sorted(days.counts.items()))
    return _picture(svg, width, _TOP + _PLOT + _BOTTOM, alt, [])


def _ticks(most: int) -> list[int]:
    """Round numbers up to the most, three or four of them, whole ones only."""
    rough = max(most / 3, 1)
    power = 10 ** (len(str(int(rough))) - 1)
    unit = next(each * power for each in (1, 2, 5, 10) if each * power >= rough)
    return [unit * at for at in range(1, ceil(most / unit) + 1)]


_HALF_DATE = 26.0  # pixels


def _dates(every: Sequence[date], step: float) -> list[tuple[float, str]]:
    """The days that are named: as many as have room, the first of a month among them."""
    apart = ceil(58 / step)
    return [
        (at * step + step / 2, f"{day.month}月{day.day}日")
        for at, day in enumerate(every)
        if at % apart == 0 and (len(every) - at - 0.5) * step >= _HALF_DATE
    ]


def _marks(days: Days, step: float, room: float) -> list[dict[str, Any]]:
    """The first day and the deadline as thin lines with their names."""
    found = []
    for day, words, after in ((days.opens, "公布", 0), (days.closes, "截止", 1)):
        if day is None or not days.first <= day <= days.last:
            continue
        x = ((day - days.first).days + after) * step
        said = f"{words} {day.month}月{day.day}日"
        half = text_width(said, _SMALL) / 2
        anchor = "start" if x < half else "end" if x > room - half - 4 else "middle"
        found.append({"x": x, "said": spaced(said), "anchor": anchor})
    return found


def _picture(svg: Markup, width: float, height: float, alt: str, links: Sequence[Mapping[str, Any]]) -> Markup:
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return render("pictures.picture", address=address, width=width, height=height, alt=alt, links=links)
