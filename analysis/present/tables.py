"""Links into the words and the HTML of a table, for pages whose markup does not come from templates yet."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.model import Card, Checked, Citation, Target
from analysis.present.html import render
from analysis.present.links import words_link
from analysis.present.names import clause_name, document_line, document_name, needs_two_lines, place

SILENT = "文件未载"
FILTERED = "不在筛选内"


def kind_mark(card: Card) -> str:
    """A quiet mark for a report in a list; nothing for policies."""
    return render("shared.kind_mark", card=card)


def mark_html(mark: Checked | None) -> str:
    """Who stands for a row."""
    return render("shared.checked", mark=mark)


def words_anchor(citation: Citation | None, text: str, title: str = "") -> str:
    """A link that opens the reader at the words, mere ``text`` where they are unknown; text and title are escaped."""
    if citation is None:
        return escape(text)
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(words_link(citation))}" target="_self"{hint}>{escape(text)}</a>'


def column_head(card: Card) -> str:
    """Region in bold and the line of the document under it."""
    line = f'<span class="zh-small">{escape(document_line(card))}</span>'
    return f"<strong>{escape(place(card))}</strong>{kind_mark(card)} {line}"


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


def _tall(label: str) -> str:
    """On a card a label wider than its 76 pixels takes two lines, which a short cell must leave room for."""
    return ' class="zh-tall"' if needs_two_lines(label) else ""


def quotes_html(quotes: Sequence[tuple[Card, Target]]) -> str:
    """The words behind clicked points, with the way to them."""
    return "".join(
        f'<p class="zh-quote">“{escape(target.quote)}”</p><p class="zh-small">{escape(document_name(card))} '
        f"{escape(clause_name(target.clause))}　{words_anchor(target.citation, '在原文中看这句话')}</p>"
        for card, target in quotes
    )
