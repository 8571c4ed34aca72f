"""What the comparison tables share: names of documents and classes, links into the words, the HTML of a table.

Every text that comes from a document is escaped here, once, where it enters markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any

from analysis.grammar import instruments, receivers
from analysis.model import OWN_MARK, Card, Instrument, Receiver, Status
from analysis.present import kinds
from analysis.present.label_placement import text_width
from analysis.present.links import words_link
from analysis.present.numbers import THIN_SPACE

SILENT = "文件未载"
FILTERED = "不在筛选内"
_SHORT = 14  # characters of a title that stand in a column head or on a button
_STATUS = {Status.DRAFT: "征求意见稿", Status.EXPIRED: "已失效"}


@cache
def _receiver_names() -> dict[str, str]:
    return {entry.id: entry.name for entry in receivers()}


@cache
def _instrument_names() -> dict[str, str]:
    return {entry.id: entry.name for entry in instruments()}


def receiver_name(receiver: Receiver) -> str:
    """``Receiver.BUYER`` -> 买方企业, as the grammar names it."""
    return _receiver_names().get(receiver, str(receiver))


def instrument_name(instrument: Instrument) -> str:
    """``Instrument.TITLE`` -> 职称, as the grammar names it."""
    return _instrument_names().get(instrument, str(instrument))


def place(card: Card) -> str:
    """The region of a document, or its title where the region is not known; a user's own file is marked as such."""
    if not card.own:
        return card.region or card.title
    title = card.title if len(card.title) <= _SHORT else f"{card.title[: _SHORT - 1]}…"
    return f"{card.region or title}{OWN_MARK}"


def document_name(card: Card) -> str:
    """Short name for sentences: 四川 2024 (thin space), 四川（年份不详）, 湖南 2021（本次会话）, 四川 2024（新闻）."""
    report = f"（{kinds.short(card)}）" if kinds.short(card) else ""
    if card.own:
        year = f"{THIN_SPACE}{card.counted_year}" if card.counted_year else ""
        return f"{place(card).removesuffix(OWN_MARK)}{year}{report}{OWN_MARK}"
    if card.counted_year:
        return f"{place(card)}{THIN_SPACE}{card.counted_year}{report}"
    return f"{place(card)}（年份不详{'，' if report else ''}{kinds.short(card)}）"


def names_before_words(cards: Sequence[Card]) -> str:
    """Names of documents as markup, to be followed by Han characters: a thin space stands after a closing figure."""
    text = "、".join(document_name(card) for card in cards)
    return escape(f"{text}{THIN_SPACE}" if text[-1:].isdigit() else text)


def document_line(card: Card) -> str:
    """The second line of a column head: number of the document, else year and legal state, as far as known."""
    if card.doc_number:
        return card.doc_number
    year = f"{card.counted_year}" if card.counted_year else "年份不详"
    guessed = "" if card.issued_year or not card.counted_year else "（年份推定）"
    return f"{year} {_STATUS.get(card.status, '')}{guessed}".strip()


def clause_name(path: str) -> str:
    """How a clause is cited: ``四/（九）`` -> 四（九）, ``三/3`` -> 三 3; text before the first heading is 正文."""
    parts = [part for part in path.split("/") if part]
    text = parts[0] if parts else "正文"
    for part in parts[1:]:
        text += part if part.startswith("（") else f"{THIN_SPACE}{part}"
    return text


def words_anchor(document: str, start: int, end: int, text: str, title: str = "") -> str:
    """A link that opens the reader at the words; ``text`` and ``title`` are escaped here."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(words_link(document, start, end))}" target="_self"{hint}>{escape(text)}</a>'


def column_head(card: Card) -> str:
    """Region in bold and the line of the document under it."""
    line = f'<span class="zh-small">{escape(document_line(card))}</span>'
    return f"<strong>{escape(place(card))}</strong>{kinds.mark(card)} {line}"


def silent(words: str = SILENT) -> str:
    """A cell that holds no number, in grey, in words."""
    return f'<span class="zh-silent">{escape(words)}</span>'


def table(
    caption: str, head: Sequence[str], labels: Sequence[str], rows: Sequence[Sequence[str]], css: str = ""
) -> str:
    """A semantic table: first cell of each row is its head. ``head`` and cells are markup, ``labels`` plain text.

    ``labels`` name each cell where the table turns into cards.
    """
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = []
    for row in rows:
        cells = "".join(
            f'<td{_tall(label)} data-label="{escape(label)}">{cell}</td>'
            for label, cell in zip(labels[1:], row[1:], strict=True)
        )
        body.append(f'<tr><th scope="row">{row[0]}</th>{cells}</tr>')
    legend = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="zh-wide"><table class="zh-table {css}" style="--columns: {len(head)}">{legend}'
        f"<thead><tr>{top}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def source(cards: Sequence[Card]) -> str:
    """The source line of a comparison: the texts themselves."""
    return "；".join(f"{card.title}（{card.doc_number}）" if card.doc_number else card.title for card in cards)


def _tall(label: str) -> str:
    """On a card a label wider than its 76 pixels takes two lines, which a short cell must leave room for."""
    return ' class="zh-tall"' if text_width(label, 12) > 76 else ""


def picked_spans(selection: Any) -> tuple[tuple[str, int, int], ...]:
    """(document, start, end) of each clicked point, from a chart's selection state (a mapping, or None)."""
    points = selection["selection"]["points"] if selection else ()
    found = [point.get("customdata") for point in points]
    return tuple(dict.fromkeys((str(data[0]), int(data[1]), int(data[2])) for data in found if data and len(data) > 2))


def quotes_html(quotes: Sequence[tuple[Card, str, str, int, int]]) -> str:
    """The words behind clicked points: (card, clause, quote, start, end) each, with the way to them."""
    return "".join(
        f'<p class="zh-quote">“{escape(quote)}”</p><p class="zh-small">{escape(document_name(card))} '
        f"{escape(clause_name(clause))}　{words_anchor(card.slug, start, end, '在原文中看这句话')}</p>"
        for card, clause, quote, start, end in quotes
    )
