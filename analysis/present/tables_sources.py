"""语料与来源: the catalogue of documents, unread files, the data set and the years it covers, a visitor's own files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter, itemgetter

from markupsafe import Markup

from analysis.chinese_words import CARD_FIELDS, STATUSES
from analysis.model import Card, Corpus, Fault, Level, Reading, SeriesCard, SeriesName, Status
from analysis.present import theme
from analysis.present.export import Columns, Table, tabulate
from analysis.present.links import page_link
from analysis.present.markup import render
from analysis.present.names import document_name, known_kind, place
from analysis.present.numbers import THIN_SPACE, date, spaced, with_unit
from analysis.present.theme import Figure, bold, template
from analysis.score import Score
from analysis.store import Entry, Totals
from analysis.trend import Coverage

#: Where what is known of a document comes from, in the order of trust.
ORIGINS = {"card": "卡片", "sidecar": "目录表", "text": "正文"}
_MOST_PATHS = 3
#: How the title of a document begins that was made up to measure or to try the program.
MADE_UP = "【虚构】"


def made_up(documents: int) -> str:
    """What to say of a corpus with made-up documents, plain text; "" where there are none."""
    if not documents:
        return ""
    return f"语料里有 {with_unit(documents, '份')}虚构的文件，题名以“{MADE_UP}”开头，只供测试，不是真实政策。"


def lead(totals: Totals, points: int, result: Score | None) -> Markup:
    """What the corpus holds, how its metadata are known, what could not be read, and how well it is read.

    ``points``: figures of the series.
    """
    known = dict(totals.by_metadata)
    return render(
        "sources.lead",
        totals=totals,
        files=totals.files + totals.unread,
        twice=totals.files - totals.documents - totals.further_editions,
        origins="、".join(f"{name} {with_unit(known[key], '份')}" for key, name in ORIGINS.items() if known.get(key)),
        points=points,
        score=result,
    )


def entries_html(entries: Sequence[Entry], address: Callable[[str, int], str]) -> Markup:
    """One row for each document: what it is, how that is known, what was read, and the files that it came from.

    ``address(slug, edition)`` is where an edition can be had as received; further editions count from 1.
    """
    return render("sources.entries", rows=[_row(entry, address) for entry in entries])


def _row(entry: Entry, address: Callable[[str, int], str]) -> dict[str, object]:
    card, every = entry.card, entry.quantified + entry.qualitative
    stated = f"{with_unit(entry.quantified, '项')}有数额" if entry.quantified else "都没有数额"
    return {
        "card": card,
        "size": _size(entry),
        "status": STATUSES[card.status],
        "origin": ORIGINS.get(entry.metadata_from or "", "不详"),
        "lines": _lines(card),
        "targets": entry.targets,
        "incentives": every,
        "stated": stated if every else "",
        "paths": entry.paths[:_MOST_PATHS],
        "more_paths": len(entry.paths) - _MOST_PATHS,
        "original": address(card.slug, 0),
        "editions": [
            {
                "alike": alike(similarity, extent) or card.editions[number].label,
                "path": path,
                "link": page_link("reader", document=card.slug, edition=number + 1),
                "original": address(card.slug, number),
            }
            for number, (_, path, similarity, extent) in enumerate(entry.editions, start=1)
        ],
    }


def _size(entry: Entry) -> str:
    number = f"{entry.card.doc_number}　" if entry.card.doc_number else ""
    kind = known_kind(entry.card) if entry.card.kind.is_policy else ""
    parts = [*([kind] if kind else []), with_unit(entry.characters, "字")]
    if entry.chapters or entry.articles:
        parts.append(f"{with_unit(entry.chapters, '章')} {with_unit(entry.articles, '条')}")
    return f"{number}{'，'.join(parts)}"


def _lines(card: Card) -> list[str]:
    """Field by field what is known beside title, number and date, the reasons for it, and what nobody says."""
    fields = [
        ("文件类型", known_kind(card)),
        ("发文机关", "、".join(card.issuers)),
        ("有效期", _span(card.valid_from, card.valid_to)),
        ("征求意见", _span(card.comment_from, card.comment_to)),
        ("网页地址", card.source),
        *((CARD_FIELDS.get(key, key), spaced(why)) for key, why in card.inferred),
        ("不详", "、".join(unknown(card))),
    ]
    return [*(f"{name}：{value}" for name, value in fields if value), *map(spaced, card.notes)]


_EXTENTS = {"longer": "，比首个版本长，包含其全文", "shorter": "，比首个版本短，全文都在其中"}


def alike(similarity: float | None, extent: str | None) -> str:
    """How much of an edition is the same as the first one, and whether one of the two holds the other, plain text.

    "" where nobody has compared them: a card says that they are editions of one text.
    """
    return "" if similarity is None else f"{similarity:.0%} 相同{_EXTENTS.get(extent or '', '')}"


def edition_names(every: Sequence[Reading], entries: Sequence[Entry]) -> tuple[str, ...]:
    """What each edition is called in a row of choices: its label or file, and how much of it is the same.

    ``entries``: the one of the document, if the corpus holds it.
    """
    editions = [reading.document.edition for reading in every]
    told_apart = len({edition.label for edition in editions}) == len(editions)
    names = [edition.label if told_apart and edition.label else edition.file for edition in editions]
    shares = [alike(similarity, extent) for entry in entries for _, _, similarity, extent in entry.editions]
    known = ["", *shares, *[""] * len(names)]
    return tuple(f"{name}（{share}）" if share else name for name, share in zip(names, known, strict=False))


def results_html(entries: Sequence[Entry]) -> Markup:
    """A slim list of documents to open: title, region, date, number, what was read."""
    rows = [
        [card, place(card), card, card.doc_number or "", entry.targets, entry.quantified + entry.qualitative]
        for entry in entries
        for card in [entry.card]
    ]
    return render("sources.results", rows=rows)


_CATALOGUE: Columns[Entry] = {
    "代号": lambda entry: entry.card.slug,
    "地区": lambda entry: entry.card.region,
    "标题": lambda entry: entry.card.title,
    "文件类型": lambda entry: known_kind(entry.card),
    "发文字号": lambda entry: entry.card.doc_number,
    "发文机关": lambda entry: "、".join(entry.card.issuers),
    "发布时间": lambda entry: entry.card.issued,
    "依据": lambda entry: ORIGINS.get(entry.metadata_from or ""),
    "逐项依据": lambda entry: "；".join(f"{CARD_FIELDS.get(name, name)}：{why}" for name, why in entry.card.inferred),
    "不详": lambda entry: "、".join(unknown(entry.card)),
    "字数（字）": lambda entry: entry.characters,
    "目标（项）": lambda entry: entry.targets,
    "写明数额的激励（项）": lambda entry: entry.quantified,
    "其余激励（项）": lambda entry: entry.qualitative,
    "文件": lambda entry: "；".join(entry.paths),
    "SHA-256": lambda entry: entry.card.editions[0].sha256,
    "近似的版本": lambda entry: "；".join(
        f"{path}（{alike(similarity, extent)}）" for _, path, similarity, extent in entry.editions
    ),
}


def catalogue_table(entries: Sequence[Entry]) -> Table:
    """One row for each document, with every file."""
    return tabulate("语料文件登记", "语料文件登记", _CATALOGUE, entries, "语料文件夹")


def unread_html(rows: Sequence[Fault]) -> Markup:
    """One row for each file: where it lies, why it could not be read, what to do."""
    return render("sources.unread", rows=[[row, row.problem, row.remedy] for row in rows])


def unread_table(rows: Sequence[Fault]) -> Table:
    """The same to download."""
    fields = {"文件": "file", "位置": "place", "原因": "problem", "怎么办": "remedy"}
    columns: Columns[Fault] = {heading: attrgetter(field) for heading, field in fields.items()}
    return tabulate("未读文件", "没有读进来的文件", columns, rows, "语料文件夹")


def unknown(card: Card) -> tuple[str, ...]:
    """What the card does not say, in Chinese; a draft has no legal force to know of, others no comment period."""
    period = ("comment_from", "comment_to") if card.status is Status.DRAFT else ("valid_from", "valid_to")
    fields = ("doc_number", "issuers", "issued", "source", "status", *period, "level")
    missing = (None, "", (), Status.UNKNOWN, Level.UNKNOWN)
    return tuple(CARD_FIELDS[name] for name in fields if getattr(card, name) in missing)


def _span(first: str | None, last: str | None) -> str | None:
    if not first and not last:
        return None
    return f"{date(first, '不详')}至 {date(last, '不详')}"


def series_sources_html(card: SeriesCard) -> Markup:
    """Where the figures were taken from: name and remark in Chinese, the reference as it was received."""
    remarks = dict(card.remarks)
    rows = [
        [name, title, {"remark": remarks.get(name, ""), "reference": reference}]
        for name, title, reference in card.sources
    ]
    return render("sources.series_sources", rows=rows)


NO_FIGURE = "没有数据"
#: How to read the squares, one line.
KEY = "◐ 只有技术输出　● 技术输出和技术吸纳　◆ 另有合同登记数　空格没有数据"
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
        "textfont": {"size": 11, "color": theme.shades(dark).ink},
        "hovertemplate": template(bold(f"%{{y}} %{{x}}{THIN_SPACE}年"), "%{customdata}"),
        "colorscale": steps,
        "zmin": 0,
        "zmax": 4,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    plain = {"showgrid": False, "showline": False, "ticks": ""}
    layout = {
        "height": _ROW * len(held.regions) + 52,
        "margin": {"l": 58, "r": 4, "t": 28, "b": 8},
        "xaxis": {**plain, "type": "category", "side": "top", "tickangle": 0, "nticks": 7},
        "yaxis": {**plain, "autorange": "reversed", "tickfont": {"size": 12}, "dtick": 1},
    }
    return {"data": [squares], "layout": layout}


def coverage_table(held: Coverage, names: Mapping[SeriesName, str], source: str) -> Table:
    """One row for each region and year, absent figures said to be absent."""
    rows = [(code, region, year) for code, region in held.regions for year in held.years]
    columns: Columns[tuple[str, str, int]] = {
        "地区代码": itemgetter(0),
        "地区": itemgetter(1),
        "年份": itemgetter(2),
        "有哪些口径": lambda row: _named(held.at(row[0], row[2]), names),
    }
    return tabulate("技术合同数据覆盖", "技术合同数据覆盖：地区和年份", columns, rows, source)


def own_line(reading: Reading, checked: int = 0) -> Markup:
    """One file: its title as the way to its words, how it is called on the pages, and what was read from it.

    ``checked``: how many of its rows its owner has checked.
    """
    card = reading.document.card
    return render(
        "sources.own_file", reading=reading, card=card, checked=checked, kind=known_kind(card), region=_region(card)
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
