"""The catalogue of documents, where what is known of them comes from, and the files that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from markupsafe import Markup

from analysis.chinese_words import CARD_FIELDS, STATUSES
from analysis.model import Card, Reading
from analysis.present import numbers
from analysis.present.export import Columns, Table, tabulate
from analysis.present.links import page_link
from analysis.present.markup import render
from analysis.present.names import known_kind, place
from analysis.present.numbers import spaced, with_unit
from analysis.present.tables_sources import known_lines, read_lead, unknown
from analysis.score import Score
from analysis.store import Entry, Totals

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
        score=read_lead(result) if result else None,
    )


def found(total: int, words: str) -> Markup:
    """How many documents a search found, or what to do when it found none."""
    return render("sources.found", total=total, words=words)


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
    """Field by field what is known, the reason for it, and what nobody says."""
    missing = unknown(card)
    return [
        *known_lines(card),
        *(f"{CARD_FIELDS.get(key, key)}：{spaced(why)}" for key, why in card.inferred),
        *([f"不详：{'、'.join(missing)}"] if missing else []),
        *map(spaced, card.notes),
    ]


_EXTENTS = {"longer": "，比首个版本长，包含其全文", "shorter": "，比首个版本短，全文都在其中"}


def alike(similarity: float | None, extent: str | None) -> str:
    """How much of an edition is the same as the first one, and whether one of the two holds the other, plain text.

    "" where nobody has compared them: a card says that they are editions of one text.
    """
    return "" if similarity is None else f"{similarity:.0%} 相同{_EXTENTS.get(extent or '', '')}"


def chosen(total: int, documents: int) -> Markup:
    """How many of all documents a choice lets through."""
    return render("sources.chosen", total=total, documents=documents)


def newest(total: int) -> Markup:
    """What the list shows before anybody has searched."""
    return render("sources.newest", total=total)


def own_html(cards: Sequence[Card]) -> Markup:
    """A visitor's own files, each the way to its words."""
    return render("sources.own", cards=cards)


def edition_names(every: Sequence[Reading], entries: Sequence[Entry]) -> tuple[str, ...]:
    """What each edition is called in a row of choices: its label or file, and how much of it is the same.

    ``entries``: the one of the document, if the corpus holds it.
    """
    editions = [reading.document.edition for reading in every]
    told_apart = len({edition.label for edition in editions}) == len(editions)
    names = [edition.label if told_apart and edition.label else edition.file for edition in editions]
    shares = [None, *((similarity, extent) for entry in entries for _, _, similarity, extent in entry.editions)]
    return tuple(
        name if share is None or not alike(*share) else f"{name}（{alike(*share)}）"
        for name, share in zip(names, [*shares, *[None] * len(names)], strict=False)
    )


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


class Unread(Protocol):
    """What this module needs of a file that could not be read."""

    @property
    def path(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def problem(self) -> str: ...
    @property
    def remedy(self) -> str: ...


def unread_reason(problem: str, count: int) -> str:
    """The name of a reason with how many files it holds back, plain text: 文件是空的 25."""
    return f"{problem}{numbers.THIN_SPACE}{numbers.figure(count)}"


def unread_heading(total: int) -> str:
    """``100`` -> 没有读进来的 100 个文件; plain text."""
    return f"没有读进来的 {with_unit(total, '个')}文件"


def unread_note(total: int) -> Markup:
    """One line where the answer of a page stands: how many files are missing from it."""
    return render("sources.unread_note", total=total)


def unread_html(rows: Sequence[Unread]) -> Markup:
    """One row for each file: where it lies, why it could not be read, what to do."""
    return render("sources.unread", rows=[[row, row.problem, row.remedy] for row in rows])


def unread_table(rows: Sequence[Unread]) -> Table:
    """The same to download."""
    columns: Columns[Unread] = {
        "文件": lambda row: row.path,
        "位置": lambda row: row.place,
        "原因": lambda row: row.problem,
        "怎么办": lambda row: row.remedy,
    }
    return tabulate("未读文件", "没有读进来的文件", columns, rows, "语料文件夹")
