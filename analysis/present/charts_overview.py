"""The two pictures of 总览, with a link over each mark: what each province aimed at, and where documents are from.

Sizes are pixels of the page, for labels are placed by their real size (:mod:`label_placement`).
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from markupsafe import Markup

from analysis.chinese_words import TARGET_STATUSES
from analysis.grammar import grammar
from analysis.model import TargetStatus
from analysis.present import numbers, theme
from analysis.present.charts_trend import NARROW_FROM
from analysis.present.export import Table
from analysis.present.label_placement import Box, Label, Line, Point, needs_leader, place, text_width
from analysis.present.links import Address, page_link, words_link
from analysis.present.markup import render
from analysis.present.numbers import spaced
from analysis.present.tables_trend import series_table
from analysis.present.trend_marks import implied_path, row_label, target_words, verdict
from analysis.store import RegionRow
from analysis.trend import RegionLine, TrendRow, TrendView

# Contract value, one panel a province ------------------------------------------------------------------------------

LEAST_WIDTH, GAP = 330.0, 32.0  # of a panel, and between two
TOP, BOTTOM, LEFT, RIGHT, PLOT = 48.0, 24.0, 46.0, 10.0, 190.0  # round the plot, and its height
LINE = 17.0  # height of a line of words above the plot
MOST_LINES = 3  # growth targets told above a plot


@dataclass(frozen=True, slots=True)
class _Scale:
    """Years and values on the plot of every panel; values as powers of ten."""

    first: int
    last: int
    low: float
    high: float
    width: float

    def point(self, year: float, value: float) -> Point:
        """Pixels from the top left corner of the plot."""
        across = (year - self.first + 0.5) / (self.last - self.first + 1) * self.width
        return across, (self.high - log10(value)) / (self.high - self.low) * PLOT


def targets_heading(view: TrendView, regions: Mapping[str, str]) -> str:
    """The answer as a heading: how many targets there are on contract value, and what became of them."""
    if not view.rows:
        return "有文件的地方都没有定技术合同成交额目标"
    states = Counter(row.status for row in view.rows)
    told = "，".join(f"{states[state]} 个{TARGET_STATUSES[state]}" for state in TargetStatus if states[state])
    without = [name for code, name in regions.items() if code not in {row.region_code for row in view.rows}]
    rest = f"；{'、'.join(without)}没有定" if without else ""
    return spaced(f"定下的成交额目标有 {len(view.rows)} 个：{told}{rest}")


def targets_chart(view: TrendView, regions: Mapping[str, str], width: float, dark: bool) -> Markup:
    """Small multiples of contract value with the targets of each region's documents on them; "" where nothing is.

    ``regions``: code and name of each region that has a document, in the order of the panels. All share one scale.
    """
    lines = {line.region_code: line for line in view.lines}
    rows = [row for row in view.rows if row.binding]
    values = [(one.year, float(one.value)) for line in lines.values() for one in _seen(line)]
    values += [(row.target_year or 0, float(row.value)) for row in rows if _is_point(row)]
    if not values:
        return Markup("")
    columns = int(min(max((width + GAP) // (LEAST_WIDTH + GAP), 1), len(regions)))
    panel = (width - GAP * (columns - 1)) / columns
    scale = _Scale(
        min(year for year, _ in values),
        max(year for year, _ in values),
        log10(min(value for _, value in values) * 0.6),
        log10(max(value for _, value in values) * 1.6),
        panel - LEFT - RIGHT,
    )
    told = {code: [row for row in rows if row.region_code == code] for code in regions}
    above = TOP + LINE * max(min(sum(not _is_point(row) for row in each), MOST_LINES) for each in told.values())
    height = above + PLOT + BOTTOM + GAP / 2
    panels = [
        {"across": (number % columns) * (panel + GAP), "down": (number // columns) * height}
        | _panel(name, code, lines.get(code), told[code], view, scale, dark)
        for number, (code, name) in enumerate(regions.items())
    ]
    size = (width, ceil(len(regions) / columns) * height)
    svg = render(
        "pictures.targets",
        width=size[0],
        height=size[1],
        panels=panels,
        above=above,
        left=LEFT,
        plot={"width": scale.width, "height": PLOT},
        ticks=[
            (scale.point(scale.first, 10.0**power)[1], 10**power)
            for power in range(ceil(scale.low), floor(scale.high) + 1)
        ],
        years=[(scale.point(year, 1)[0], year) for year in range(scale.first, scale.last + 1) if year % 5 == 0],
        colours=theme.shades(dark),
        line=LINE,
    )
    return _picture(svg, size, _aims_alt(panels), [link for panel in panels for link in _links(panel, above)])


def _picture(svg: str, size: tuple[float, float], alt: str, links: Sequence[Mapping[str, Any]]) -> Markup:
    """The drawing as an image, with a link over each ``box``, in pixels, that has somewhere to lead to."""
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    leading = [link for link in links if link["href"]]
    return render("pictures.picture", address=address, width=size[0], height=size[1], alt=alt, links=leading)


def _links(panel: Mapping[str, Any], above: float) -> Iterator[dict[str, Any]]:
    """A link over each target of a panel: over its diamond and its label, or over each where they stand apart."""
    for number, each in enumerate(panel["growth"]):
        top = panel["down"] + 36 + LINE * (number + bool(panel["silent"])) - 13
        left = panel["across"]
        yield each | {"box": Box(left, top, left + text_width(each["said"], 12), top + LINE)}
    for each in panel["targets"]:
        x, y = panel["across"] + LEFT, panel["down"] + above
        sign = Box.around((x + each["x"], y + each["y"]), 9)
        if each["label"] is None:
            yield each | {"box": sign}
            continue
        box = each["label"].box
        words = Box(box.left + x, box.top + y, box.right + x, box.bottom + y)
        if each["leader"]:
            yield each | {"box": words}
            yield each | {"box": sign, "again": True}
        else:
            ends = (min(words.left, sign.left), min(words.top, sign.top))
            yield each | {"box": Box(*ends, max(words.right, sign.right), max(words.bottom, sign.bottom))}


def targets_notes(view: TrendView) -> tuple[str, ...]:
    """What the marks of the picture mean."""
    broken = any(one.year >= NARROW_FROM for line in view.lines for one in line.breaks)
    lower = sum(not row.binding for row in view.rows)
    highest = f"同一份文件同一年定了几个数的，只画要求最高的一个，另 {lower} 个不画。" if lower else ""
    return (
        "各图共用一把对数刻度，单位亿元，按技术输出口径。◆ 已到期的目标　◇ 未到期或没有数据可对照　"
        "┈ 发文前最近一年到目标的等速路径" + ("　○ 断点，说明见“趋势与目标”" if broken else "") + "。点标记看原句。",
        spaced(f"{highest}{NARROW_FROM} 年以前的数字、其他口径和按增速写的目标怎样判定，见“趋势与目标”。"),
    )


def targets_table(view: TrendView, heading: str) -> Table:
    """All that the picture shows as a file: the figures of each year, and under them the targets."""
    figures = series_table(view)
    targets = [
        (
            row.region,
            row.target_year,
            "文件定下的目标",
            row.value if row.unit == "亿元" else None,
            view.name_of(row.document),
            spaced(f"{target_words(row)}：{verdict(row)}。“{row.quote}”"),
        )
        for row in view.rows
        if row.binding
    ]
    rows = (*figures.rows, *(dict(zip(figures.headings, cells, strict=True)) for cells in targets))
    return replace(figures, name="成交额与目标", title=heading, rows=rows, notes=targets_notes(view))


def _seen(line: RegionLine) -> list[Any]:
    return [one for one in line.observations if one.year >= NARROW_FROM and one.value > 0]


def _is_point(row: TrendRow) -> bool:
    """Whether a target is a sum in a year, and not a rate of growth."""
    return bool(row.target_year) and row.unit == "亿元" and row.value > 0


def _panel(
    name: str, code: str, line: RegionLine | None, rows: Sequence[TrendRow], view: TrendView, scale: _Scale, dark: bool
) -> dict[str, Any]:
    seen = _seen(line) if line else []
    path = [(one.year, scale.point(one.year, float(one.value))) for one in seen]
    drawn = [row for row in rows if _is_point(row)]
    marks = [scale.point(row.target_year or 0, float(row.value)) for row in drawn]
    ways = [[scale.point(*at) for at in implied_path(row) if at[0] >= scale.first] for row in drawn]
    broken = {one.year for one in line.breaks} if line else set()
    circles = [point for year, point in path if year in broken]
    joined: list[Line] = [(one, two) for (year, one), (after, two) in pairwise(path) if after == year + 1]
    placed = place(
        [Label(str(number), mark, row_label(row)) for number, (row, mark) in enumerate(zip(drawn, marks, strict=True))],
        bounds=Box(0, -4, scale.width + RIGHT, PLOT),
        lines=[*joined, *(part for way in ways for part in pairwise(way))],
        boxes=[Box.around(at, 8) for at in (*marks, *circles)],
    )
    labels = {int(one.label.key): one for one in placed}
    growth = [row for row in rows if row not in drawn][:MOST_LINES]
    silent = "文件没有定成交额目标" if not rows else "" if seen else "没有这个地方的成交额数据"
    latest = spaced(f"{numbers.figure(seen[-1].value, 0)} 亿元（{seen[-1].year} 年）") if seen else ""
    return {
        "name": name,
        "colour": theme.region_colour(code, dark),
        "latest": latest,
        "silent": silent,
        "line": " ".join(
            f"{'L' if number and year == path[number - 1][0] + 1 else 'M'}{x:.1f},{y:.1f}"
            for number, (year, (x, y)) in enumerate(path)
        ),
        "dots": [point for _, point in path],
        "circles": circles,
        "growth": [
            _link(row, view) | {"said": spaced(f"{_until(row)}{target_words(row)}：{verdict(row)}")} for row in growth
        ],
        "targets": [
            _link(row, view)
            | {
                "x": mark[0],
                "y": mark[1],
                "hollow": row.status not in (TargetStatus.REACHED, TargetStatus.MISSED),
                "way": " ".join(f"{x:.1f},{y:.1f}" for x, y in way),
                "label": labels.get(number),
                "leader": number in labels and needs_leader(labels[number]),
            }
            for number, (row, mark, way) in enumerate(zip(drawn, marks, ways, strict=True))
        ],
    }


def _until(row: TrendRow) -> str:
    return f"{row.target_year} 年 " if row.target_year else ""


def _link(row: TrendRow, view: TrendView) -> dict[str, Any]:
    """Where a mark leads, and its name for who cannot see it."""
    named = f"{view.name_of(row.document)}：{_until(row)}{target_words(row)}，{verdict(row)}，看原句"
    return {
        "href": words_link(row.citation) if row.citation else "",
        "name": spaced(named),
        "title": row.quote,
        "again": False,
    }


def _aims_alt(panels: Sequence[Mapping[str, Any]]) -> str:
    """What the picture shows, for who cannot see it; the names of the links tell the targets."""
    latest = "；".join(f"{panel['name']} {panel['latest'] or '没有数据'}" for panel in panels)
    return f"各地技术合同成交额和文件定下的目标，每地一图。最近的数字：{latest}"


# The provinces as tiles --------------------------------------------------------------------------------------------

#: Column and row of each provincial unit, roughly where it lies; Hong Kong, Macau and Taiwan are left out.
TILES = {
    "230000": (6, 0), "650000": (0, 1), "150000": (4, 1), "210000": (5, 1), "220000": (6, 1), "620000": (1, 2),
    "640000": (2, 2), "140000": (3, 2), "130000": (4, 2), "110000": (5, 2), "120000": (6, 2), "540000": (0, 3),
    "630000": (1, 3), "610000": (2, 3), "410000": (3, 3), "370000": (4, 3), "510000": (1, 4), "500000": (2, 4),
    "420000": (3, 4), "340000": (4, 4), "320000": (5, 4), "310000": (6, 4), "530000": (1, 5), "520000": (2, 5),
    "430000": (3, 5), "360000": (4, 5), "330000": (5, 5), "450000": (3, 6), "440000": (4, 6), "350000": (5, 6),
    "460000": (3, 7),
}  # fmt: skip
COLUMNS, ROWS = 7, 8
WIDEST = 560.0
_SHADES = ("#e4eef5", "#b9d3e6", "#7fadcf", "#1f5f8b")
_DARK_SHADES = ("#22323d", "#2f5068", "#4f8fb8", "#8cc4ea")
_NATION = "000000"


def tiles_heading(rows: Sequence[RegionRow]) -> str:
    """The answer as a heading: how many provinces have documents, and which have the most."""
    having = sorted((row for row in rows if row.code in TILES), key=lambda row: -row.documents)
    if not having:
        return "文件都不是某个省份的"
    most = "、".join(f"{row.name}（{numbers.figure(row.documents)} 份）" for row in having[:3])
    return spaced(f"{len(TILES)} 个省份里 {len(having)} 个有文件，最多的是{most}")


def tiles_chart(rows: Sequence[RegionRow], state: Address, width: float, dark: bool) -> Markup:
    """The provincial units as equal tiles, by how many documents there are; each that has some leads to its own.

    ``state``: the other filters, as addresses carry them.
    """
    found = {row.code: row for row in rows if row.code in TILES}
    size = min(width, WIDEST) / COLUMNS
    tall = max(size * 0.72, 44.0)
    edges = _edges(max((row.documents for row in found.values()), default=1))
    shades = _DARK_SHADES if dark else _SHADES
    tiles = []
    for code, (column, line) in TILES.items():
        row, x, y = found.get(code), column * size, line * tall
        name = grammar().regions[code].name
        shade = sum(row.documents > edge for edge in edges) if row else None
        tiles.append(
            {
                "x": x,
                "y": y,
                "box": Box(x, y, x + size - 4, y + tall - 4),
                "short": name,
                "name": spaced(f"{name}：{row.documents} 份文件，{row.targets} 项目标，只看{name}") if row else "",
                "title": f"只看{name}",
                "again": False,
                "row": row,
                "fill": "none" if shade is None else shades[shade],
                "ink": _on_shade(shade, dark),
                "href": page_link("overview", **{**state, "province": row.name}) if row and row.name else "",
            }
        )
    steps = [(low + 1, high) for low, high in pairwise((0, *edges)) if high > low]
    below = tall * 6 + 6  # no tile stands there
    whole = (size * COLUMNS, max(tall * ROWS, below + (len(steps) + 1) * 20))
    svg = render(
        "pictures.tiles",
        width=whole[0],
        height=whole[1],
        tiles=tiles,
        size={"width": size - 4, "height": tall - 4},
        legend=[
            (shades[sum(high > edge for edge in edges)], f"{low}—{high}" if high > low else f"{low}")
            for low, high in steps
        ],
        legend_at=(0, below),
        colours=theme.shades(dark),
    )
    return _picture(svg, whole, "各省份有多少文件，每格一个省份", [tile for tile in tiles if tile["row"]])


def tiles_notes(rows: Sequence[RegionRow]) -> tuple[str, ...]:
    """What the tiles are, and what is not on them."""
    nation = sum(row.documents for row in rows if row.code == _NATION)
    unknown = sum(row.documents for row in rows if row.code not in TILES and row.code != _NATION)
    apart = [f"全国的 {numbers.figure(nation)} 份"] if nation else []
    apart += [f"地区不详的 {numbers.figure(unknown)} 份"] if unknown else []
    rest = f"{'、'.join(apart)}不在图上，列在下表。" if apart else ""
    return (
        spaced(
            "每格一个省级地区，大小相同，大致按方位排列，不是地图；港澳台不在图内。数字是文件份数，连同市县；没有文件的格子空着。"
            f"点一格只看这个地方。{rest}"
        ),
    )


def _edges(most: int) -> tuple[int, int, int, int]:
    """The largest numbers of documents of the four shades: an eighth, a quarter, half of the most, and the most."""
    return ceil(most / 8), ceil(most / 4), ceil(most / 2), most


def _on_shade(shade: int | None, dark: bool) -> str:
    """The colour of words on a tile."""
    colours = theme.shades(dark)
    if shade is None:
        return colours.second
    return colours.ground if shade == 3 or (dark and shade == 2) else colours.ink
