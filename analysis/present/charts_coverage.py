"""方格图: which region has which figures in which year. Squares, no map: no outline to draw and none to approve."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.coverage import Coverage
from analysis.model import SeriesName
from analysis.present import export, theme
from analysis.present.chart_text import bold, template
from analysis.present.numbers import THIN_SPACE
from analysis.present.theme import Figure

NO_FIGURE = "没有数据"
# Shape and shade together: nothing, half (sold), full (sold and bought), full with a reported registered value.
_SIGNS = ("", "◐", "●", "◆")
_SHADES = (("#f6f4f0", "#d7e3ec", "#a7c4d9", "#e6cf9f"), ("#1f1f1d", "#24384a", "#315a7a", "#6b5224"))
_ROW = 19  # px


def _level(series: frozenset[SeriesName]) -> int:
    if SeriesName.REGISTERED in series:
        return 3
    if SeriesName.ABSORBED in series:
        return 2
    return 1 if series else 0


def _named(series: frozenset[SeriesName], names: Mapping[SeriesName, str]) -> str:
    return "、".join(names.get(one, str(one)) for one in SeriesName if one in series) or NO_FIGURE


def coverage_chart(held: Coverage, names: Mapping[SeriesName, str], dark: bool = False) -> Figure:
    """Regions in rows, years in columns; ``names``: Chinese names of the series."""
    cells = [[held.at(code, year) for year in held.years] for code, _ in held.regions]
    shades = _SHADES[1 if dark else 0]
    steps = [(place / 4 + shift, shade) for place, shade in enumerate(shades) for shift in (0.0, 0.25)]
    squares = {
        "type": "heatmap",
        "x": [str(year) for year in held.years],
        "y": [name for _, name in held.regions],
        "z": [[_level(cell) for cell in row] for row in cells],
        "text": [[_SIGNS[_level(cell)] for cell in row] for row in cells],
        "customdata": [[_named(cell, names) for cell in row] for row in cells],
        "texttemplate": "%{text}",
        "textfont": {"size": 11, "color": theme.ink(dark)},
        "hovertemplate": template(bold(f"%{{y}} %{{x}}{THIN_SPACE}年"), "%{customdata}"),
        "colorscale": steps,
        "zmin": 0,
        "zmax": 4,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    plain = {"showgrid": False, "showline": False, "ticks": "", "fixedrange": True}
    layout = {
        "height": _ROW * len(held.regions) + 52,
        "margin": {"l": 58, "r": 4, "t": 28, "b": 8},
        "xaxis": {**plain, "type": "category", "side": "top", "tickangle": 0, "nticks": 7},
        "yaxis": {**plain, "autorange": "reversed", "tickfont": {"size": 12}, "dtick": 1},
    }
    return {"data": [squares], "layout": layout}


def coverage_table(held: Coverage, names: Mapping[SeriesName, str], source: str) -> export.Table:
    """One row for each region and year, absent figures said to be absent."""
    rows: tuple[Mapping[str, export.Cell], ...] = tuple(
        {"code": code, "region": region, "year": year, "series": _named(held.at(code, year), names)}
        for code, region in held.regions
        for year in held.years
    )
    columns = (
        export.Column("code", "地区代码"),
        export.Column("region", "地区"),
        export.Column("year", "年份"),
        export.Column("series", "有哪些口径"),
    )
    return export.Table("技术合同数据覆盖", "技术合同数据覆盖：地区和年份", columns, rows, source=source)


def key() -> str:
    """How to read the squares, one line."""
    return "◐ 只有技术输出　● 技术输出和技术吸纳　◆ 另有合同登记数　空格没有数据"
