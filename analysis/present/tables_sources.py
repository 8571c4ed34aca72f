"""Where everything comes from: cards, the data set and the years it covers, a visitor's own files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from markupsafe import Markup

from analysis.chinese_words import CARD_FIELDS
from analysis.model import Card, Corpus, Fault, Level, Reading, SeriesCard, SeriesName, Status
from analysis.present import export, numbers, theme
from analysis.present.markup import render
from analysis.present.names import document_name, known_kind
from analysis.present.numbers import THIN_SPACE
from analysis.present.theme import Figure, bold, template
from analysis.score import Score
from analysis.trend import Coverage


def read_lead(result: Score) -> dict[str, object]:
    """How well the corpus that comes with the product is read."""
    targets, incentives = result.targets, result.incentives
    extra = len(targets.extra) + len(incentives.extra)
    return {"targets": targets.tally(), "incentives": incentives.tally(), "extra": extra}


def unknown(card: Card) -> tuple[str, ...]:
    """What the card does not say, in Chinese; a draft has no legal force to know of, others no comment period."""
    missing = [name for name in ("doc_number", "issuers", "issued", "source") if not getattr(card, name)]
    if card.status is Status.UNKNOWN:
        missing.append("status")
    if card.status is Status.DRAFT:
        missing += [name for name in ("comment_from", "comment_to") if not getattr(card, name)]
    else:
        missing += [name for name in ("valid_from", "valid_to") if not getattr(card, name)]
    if card.level is Level.UNKNOWN:
        missing.append("level")
    return tuple(CARD_FIELDS[name] for name in missing)


def known_lines(card: Card) -> list[str]:
    """What is known of a document beside its title, number and date: one line for each."""
    said = [
        ("文件类型", known_kind(card)),
        ("发文机关", "、".join(card.issuers)),
        ("有效期", _span(card.valid_from, card.valid_to)),
        ("征求意见", _span(card.comment_from, card.comment_to)),
        ("网页地址", card.source),
    ]
    return [f"{name}：{value}" for name, value in said if value]


def _span(first: str | None, last: str | None) -> str | None:
    if not first and not last:
        return None
    return f"{numbers.date(first, '不详')}至 {numbers.date(last, '不详')}"


def faults_html(faults: Sequence[Fault]) -> Markup:
    """One sentence for each part of the corpus that could not be used; "" without any."""
    return render("sources.unusable", sentences=[fault.message for fault in faults]) if faults else Markup()


def series_html(card: SeriesCard) -> Markup:
    """Definitions and gaps of the data set."""
    return render("sources.series", card=card)


def series_sources_html(card: SeriesCard) -> Markup:
    """Where the figures were taken from: name and remark in Chinese, the reference as it was received."""
    remarks = dict(card.remarks)
    rows = [
        [name, title, {"remark": remarks.get(name, ""), "reference": reference}]
        for name, title, reference in card.sources
    ]
    return render("sources.series_sources", rows=rows)


def score_html(result: Score) -> Markup:
    """Where the score is told row by row."""
    return render("sources.score", rows=len(result.gold.targets) + len(result.gold.incentives))


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
    rows = [(code, region, year) for code, region in held.regions for year in held.years]
    columns: export.Columns[tuple[str, str, int]] = {
        "地区代码": itemgetter(0),
        "地区": itemgetter(1),
        "年份": itemgetter(2),
        "有哪些口径": lambda row: _named(held.at(row[0], row[2]), names),
    }
    return export.tabulate("技术合同数据覆盖", "技术合同数据覆盖：地区和年份", columns, rows, source)


def key() -> str:
    """How to read the squares, one line."""
    return "◐ 只有技术输出　● 技术输出和技术吸纳　◆ 另有合同登记数　空格没有数据"


def own_intro(most: int, hours: int) -> Markup:
    """What happens to a file that is dropped, and what is kept of it."""
    return render("sources.own_intro", most=most, hours=hours)


def own_line(reading: Reading, checked: int = 0) -> Markup:
    """One file: its title as the way to its words, how it is called on the pages, and what was read from it.

    ``checked``: how many of its rows its owner has checked.
    """
    card = reading.document.card
    return render(
        "sources.own_file",
        card=card,
        targets=len(reading.targets),
        incentives=len(reading.incentives),
        quantified=sum(incentive.quantified for incentive in reading.incentives),
        checked=checked,
        kind=known_kind(card),
        region=_region(card),
    )


def without_region(corpus: Corpus) -> str:
    """Which of the user's files cannot be held against the figures of a region; "" where there are none."""
    cards = [reading.document.card for reading in corpus.readings]
    names = "、".join(document_name(card) for card in cards if card.own and card.region_code is None)
    return f"{names}没有认出是哪个地区的文件，目标不在这一页；请看“目标对比”。" if names else ""


def _region(card: Card) -> str:
    if card.region is None:
        return "没有认出是哪个地区的文件，不与分省数据对照"
    if card.level in (Level.CITY, Level.DISTRICT):
        return f"认作{card.region}的文件，没有市县一级的数据可对照"
    return f"认作{card.region}的文件，可与该地区数据对照"


def where_to_look() -> Markup:
    """The pages on which the files now stand beside the corpus."""
    pages = (("targets", "目标对比"), ("incentives", "激励对比"), ("trends", "趋势与目标"), ("wording", "用词对比"))
    return render("sources.where_to_look", pages=pages)
