"""Many documents in words and markup: how many there are, one line each, where what is known of them comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from analysis.model import Card, Reading
from analysis.present import numbers
from analysis.present.export import Cell, Column, Table
from analysis.present.links import page_link
from analysis.present.names import document_name, known_kind, place
from analysis.present.numbers import spaced, with_unit
from analysis.present.sources import known_lines, read_lead, unknown
from analysis.present.tables import kind_mark, silent, table
from analysis.score import Score
from analysis.store import Entry, Totals
from analysis.wording import CARD_FIELDS, STATUSES

_THIN = numbers.THIN_SPACE
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


def lead(totals: Totals, points: int, result: Score | None) -> str:
    """What the corpus holds, how its metadata are known, what could not be read, and how well it is read: markup.

    ``points``: figures of the series.
    """
    further = f"、{with_unit(totals.further_editions, '份')}近似的版本" if totals.further_editions else ""
    twice = totals.files - totals.documents - totals.further_editions
    again = f"（{with_unit(twice, '个')}与别的文件逐字节相同）" if twice > 0 else ""
    where = f"，出自 {with_unit(totals.regions, '个')}省级地区" if totals.regions else ""
    known = dict(totals.by_metadata)
    origins = "、".join(f"{name} {with_unit(known[key], '份')}" for key, name in ORIGINS.items() if known.get(key))
    unread = (
        f"<strong>{with_unit(totals.unread, '个')}文件没有读进来</strong>，原因见下。"
        if totals.unread
        else "没有读不了的文件。"
    )
    files = totals.files + totals.unread
    return (
        f"文件夹里的 {with_unit(files, '个')}文件{again}读成 <strong>{with_unit(totals.documents, '份')}文件</strong>"
        f"{further}{where}。题名、地区和时间的依据：{origins}。{unread}"
        f"一组技术合同数据共 {with_unit(points, '行')}，逐行注明来源。{read_lead(result) if result else ''}"
    )


def found(total: int, words: str) -> str:
    """How many documents a search found, or what to do when it found none; markup."""
    if total:
        return f"题名、文号、地区或年份含“<strong>{escape(words)}</strong>”的有 {with_unit(total, '份')}。"
    return f"没有题名、文号、地区或年份含“{escape(words)}”的文件；可以试试更短的词，几个词之间用空格隔开。"


def entries_html(entries: Sequence[Entry], address: Callable[[str, int], str], *, unfolded: bool = False) -> str:
    """One row for each document: what it is, how that is known, what was read, and the files that it came from.

    ``address(slug, edition)`` is where an edition can be had as received; further editions count from 1. ``unfolded``:
    what is known of each is shown at once.
    """
    labels = ("文件", "发布", "依据", "目标", "激励", "原文件与版本")
    head = "".join(f'<th scope="col"{_number(label)}>{escape(label)}{_unit(label)}</th>' for label in labels)
    body = "".join(_entry(entry, labels, address, unfolded) for entry in entries)
    return (
        '<table class="zh-table zh-catalogue"><colgroup><col style="width:35%"><col style="width:12%">'
        '<col style="width:14%"><col style="width:6%"><col style="width:7%"><col style="width:26%"></colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _number(label: str) -> str:
    return ' class="zh-num"' if label in ("目标", "激励") else ""


def _unit(label: str) -> str:
    return ' <span class="zh-small">项</span>' if label in ("目标", "激励") else ""


def _entry(entry: Entry, labels: Sequence[str], address: Callable[[str, int], str], unfolded: bool) -> str:
    card = entry.card
    cells = (
        _issued(card),
        _origin(entry, unfolded),
        numbers.figure(entry.targets) if entry.targets else silent("没有"),
        _given(entry),
        _files(entry, address),
    )
    row = "".join(
        f'<td data-label="{label}"{_number(label)}>{cell}</td>' for label, cell in zip(labels[1:], cells, strict=True)
    )
    return f'<tr><th scope="row">{_name(card)}{_size(entry)}</th>{row}</tr>'


def _name(card: Card) -> str:
    link = escape(page_link("reader", document=card.slug))
    title = f'<a href="{link}" target="_self">{escape(card.title)}</a>'
    return f"<strong>{escape(place(card))}</strong>{kind_mark(card)}<div>{title}</div>"


def _size(entry: Entry) -> str:
    number = f"{escape(entry.card.doc_number)}　" if entry.card.doc_number else ""
    kind = known_kind(entry.card) if entry.card.kind.is_policy else ""
    parts = [*([kind] if kind else []), with_unit(entry.characters, "字")]
    if entry.chapters or entry.articles:
        parts.append(f"{with_unit(entry.chapters, '章')} {with_unit(entry.articles, '条')}")
    return f'<div class="zh-small">{number}{"，".join(parts)}</div>'


def _issued(card: Card) -> str:
    status = STATUSES[card.status]
    when = numbers.date(card.issued) if card.issued else silent("时间不详")
    return f'{when}<div class="zh-small">{status}</div>'


def _given(entry: Entry) -> str:
    every = entry.quantified + entry.qualitative
    if not every:
        return silent("没有")
    stated = f"{with_unit(entry.quantified, '项')}有数额" if entry.quantified else "都没有数额"
    return f'{numbers.figure(every)}<div class="zh-small">{stated}</div>'


def _origin(entry: Entry, unfolded: bool) -> str:
    """Where the metadata come from, and field by field what is known, the reason for it, and what nobody says."""
    card = entry.card
    name = ORIGINS.get(entry.metadata_from or "", "不详")
    reasons = "".join(
        f"<li>{escape(CARD_FIELDS.get(key, key))}：{escape(spaced(why))}</li>" for key, why in card.inferred
    )
    missing = unknown(card)
    gaps = f"<li>不详：{escape('、'.join(missing))}</li>" if missing else ""
    notes = "".join(f"<li>{escape(spaced(note))}</li>" for note in card.notes)
    said = "".join(f"<li>{line}</li>" for line in known_lines(card))
    if not said + reasons + gaps + notes:
        return name
    return (
        f'{name}<details class="zh-why"{" open" if unfolded else ""}><summary>逐项依据</summary>'
        f"<ul>{said}{reasons}{gaps}{notes}</ul></details>"
    )


def _files(entry: Entry, address: Callable[[str, int], str]) -> str:
    """Where the file lies, its copies, and the texts that are all but the same."""
    slug, lines = entry.card.slug, []
    for number, path in enumerate(entry.paths[:_MOST_PATHS]):
        lines.append(f'{"另在 " if number else ""}<span class="zh-as-received zh-path">{escape(path)}</span>')
    if len(entry.paths) > _MOST_PATHS:
        lines.append(f"另有 {with_unit(len(entry.paths) - _MOST_PATHS, '处')}相同的文件")
    if entry.paths:
        lines.append(_received(address(slug, 0), "下载原件"))
    for number, (_, path, similarity, extent) in enumerate(entry.editions, start=1):
        link = escape(page_link("reader", document=slug, edition=number + 1))
        name = f'<a href="{link}" target="_self" class="zh-as-received zh-path">{escape(path)}</a>'
        lines.append(f"版本，{alike(similarity, extent)}：{name}　{_received(address(slug, number), '下载')}")
    return f'<div class="zh-small">{"".join(f"<div>{line}</div>" for line in lines)}</div>'


def _received(address: str, word: str) -> str:
    return f'<a href="{escape(address)}" download>{word}</a>'


_EXTENTS = {"longer": "，比首个版本长，包含其全文", "shorter": "，比首个版本短，全文都在其中"}


def alike(similarity: float | None, extent: str | None) -> str:
    """How much of an edition is the same as the first one, and whether one of the two holds the other, plain text."""
    return "相似度不详" if similarity is None else f"{similarity:.0%} 相同{_EXTENTS.get(extent or '', '')}"


def chosen(total: int, documents: int) -> str:
    """How many of all documents a choice lets through; markup."""
    return f"{with_unit(documents, '份')}文件里，符合条件的有 <strong>{with_unit(total, '份')}</strong>。"


def newest(total: int) -> str:
    """What the list shows before anybody has searched; markup."""
    held = with_unit(total, "份")
    return f"语料里有 <strong>{held}文件</strong>，从最新的列起；输入题名、文号、地区或年份可以缩小范围。"


def own_html(cards: Sequence[Card]) -> str:
    """A visitor's own files, each the way to its words."""
    links = "、".join(
        f'<a href="{escape(page_link("reader", document=card.slug))}" target="_self">{escape(document_name(card))}</a>'
        for card in cards
    )
    return f'<p class="zh-found">自己放入的文件：{links}</p>'


def edition_names(every: Sequence[Reading], entries: Sequence[Entry]) -> tuple[str, ...]:
    """What each edition is called in a row of choices: its label or file, and how much of it is the same.

    ``entries``: the one of the document, if the corpus holds it.
    """
    editions = [reading.document.edition for reading in every]
    told_apart = len({edition.label for edition in editions}) == len(editions)
    names = [edition.label if told_apart and edition.label else edition.file for edition in editions]
    shares = [None, *((similarity, extent) for entry in entries for _, _, similarity, extent in entry.editions)]
    return tuple(
        name if share is None else f"{name}（{alike(*share)}）"
        for name, share in zip(names, [*shares, *[None] * len(names)], strict=False)
    )


def results_html(entries: Sequence[Entry]) -> str:
    """A slim list of documents to open: title, region, date, number, what was read."""
    rows = [
        [
            f'<a href="{escape(page_link("reader", document=entry.card.slug))}" target="_self">'
            f"{escape(entry.card.title)}</a>{kind_mark(entry.card)}",
            escape(place(entry.card)),
            numbers.date(entry.card.issued) if entry.card.issued else silent("时间不详"),
            escape(entry.card.doc_number or "") or silent("没有文号"),
            numbers.figure(entry.targets) if entry.targets else silent("没有"),
            numbers.figure(given) if (given := entry.quantified + entry.qualitative) else silent("没有"),
        ]
        for entry in entries
    ]
    labels = ["文件", "地区", "发布", "文号", "目标", "激励"]
    return table("", [f"{escape(label)}{_unit(label)}" for label in labels], labels, rows, css="zh-results")


def catalogue_table(entries: Sequence[Entry]) -> Table:
    """One row for each document, with every file."""
    columns = (
        Column("slug", "代号"),
        Column("region", "地区"),
        Column("title", "标题"),
        Column("kind", "文件类型"),
        Column("number", "发文字号"),
        Column("issuers", "发文机关"),
        Column("issued", "发布时间"),
        Column("origin", "依据"),
        Column("inferred", "逐项依据"),
        Column("unknown", "不详"),
        Column("characters", "字数", "字"),
        Column("targets", "目标", "项"),
        Column("quantified", "写明数额的激励", "项"),
        Column("qualitative", "其余激励", "项"),
        Column("paths", "文件"),
        Column("sha256", "SHA-256"),
        Column("editions", "近似的版本"),
    )
    rows: list[dict[str, Cell]] = [
        {
            "slug": entry.card.slug,
            "region": entry.card.region,
            "title": entry.card.title,
            "kind": known_kind(entry.card),
            "number": entry.card.doc_number,
            "issuers": "、".join(entry.card.issuers),
            "issued": entry.card.issued,
            "origin": ORIGINS.get(entry.metadata_from or ""),
            "inferred": "；".join(f"{CARD_FIELDS.get(name, name)}：{why}" for name, why in entry.card.inferred),
            "unknown": "、".join(unknown(entry.card)),
            "characters": entry.characters,
            "targets": entry.targets,
            "quantified": entry.quantified,
            "qualitative": entry.qualitative,
            "paths": "；".join(entry.paths),
            "sha256": entry.card.editions[0].sha256,
            "editions": "；".join(
                f"{path}（{alike(similarity, extent)}）" for _, path, similarity, extent in entry.editions
            ),
        }
        for entry in entries
    ]
    return Table("语料文件登记", "语料文件登记", columns, tuple(rows), "语料文件夹")
