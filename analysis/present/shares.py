"""The incentives of many documents: who gets something and how, each with the number of documents that give it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.model import Instrument, Receiver
from analysis.present import export, numbers
from analysis.present.links import Address, page_link
from analysis.store import Gifts, Totals
from analysis.wording import instrument_name, receiver_name

_THIN = numbers.THIN_SPACE
_MANY, _SHOWN = 12, 10  # a list of more than _MANY classes is folded behind its first _SHOWN
_NAMED = 3  # receivers that the answer names
Row = tuple[str, int]  # name, documents


def receivers(gifts: Gifts) -> tuple[Row, ...]:
    """Who receives, most documents first; the rest class last."""
    found = sorted(gifts.receivers, key=lambda pair: (pair[0] is Receiver.OTHER, -pair[1]))
    return tuple((receiver_name(receiver), documents) for receiver, documents in found)


def instruments(gifts: Gifts) -> tuple[Row, ...]:
    """How it is given, most documents first; the rest class last."""
    found = sorted(gifts.instruments, key=lambda pair: (pair[0] is Instrument.OTHER, -pair[1]))
    return tuple((instrument_name(tool), documents) for tool, documents in found)


def lead(totals: Totals, giving: int, rows: Sequence[Row], *, asked: Sequence[str]) -> str:
    """How many of the chosen documents give something, and to whom most often: markup.

    ``totals`` of the chosen documents, ``giving`` of which meet what is ``asked`` of receivers and instruments (names).
    """
    if not giving:
        return "所选条件下没有激励。"
    if asked:
        share = f"（{numbers.with_unit(100 * giving / totals.documents, '%', 0)}）" if totals.documents else ""
        named = escape("、".join(asked))
        return f"所选 {_count(totals.documents)}文件里，<strong>{_count(giving)}</strong>{share}写了“{named}”的激励。"
    often = "、".join(f"给<strong>{escape(name)}</strong>的有 {_count(number)}" for name, number in rows[:_NAMED])
    every = totals.quantified + totals.qualitative
    return (
        f"所选 {_count(totals.documents)}文件里，<strong>{_count(giving)}</strong>写下 "
        f"<strong>{numbers.with_unit(every, '项')}</strong>激励，其中 {numbers.with_unit(totals.quantified, '项')}"
        f"写明金额或比例；{often}。"
    )


def _count(value: int) -> str:
    return numbers.with_unit(value, "份")


def shares_html(gifts: Gifts, state: Address) -> str:
    """Receivers on the left, instruments on the right, most documents first; each name leads to the documents.

    ``state``: the filters over documents, as addresses carry them.
    """
    whom = _half("给谁", receivers(gifts), {**state}, "receiver")
    how = _half("怎么给", instruments(gifts), {**state}, "instrument")
    return f'<div class="zh-halves">{whom}{how}</div>'


def _half(head: str, rows: Sequence[Row], state: Address, parameter: str) -> str:
    most = max((number for _, number in rows), default=1)
    lines = [_row(name, number, most, {**state, parameter: name}) for name, number in rows]
    if len(lines) <= _MANY:
        return f"<div>{_table(head, lines)}</div>"
    thin = numbers.THIN_SPACE
    names = "、".join(name for name, _ in rows[_SHOWN:])
    folded = f"<summary>另有{thin}{len(rows) - _SHOWN}{thin}类：{escape(names)}</summary>{_table(head, lines[_SHOWN:])}"
    return f'<div>{_table(head, lines[:_SHOWN])}<details class="zh-fold">{folded}</details></div>'


def _table(head: str, lines: Sequence[str]) -> str:
    return (
        f'<table class="zh-table zh-slim zh-shares"><thead><tr><th scope="col">{head}</th>'
        '<th scope="col" class="zh-num">文件 <span class="zh-small">份</span></th><th></th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def _row(name: str, number: int, most: int, address: Address) -> str:
    link = escape(page_link("incentives", **address))
    bar = f'<span class="zh-share" style="width: {100 * number / most:.1f}%"></span>'
    return (
        f'<tr><th scope="row"><a href="{link}" target="_self">{escape(name)}</a></th>'
        f'<td class="zh-num">{numbers.figure(number)}</td><td aria-hidden="true">{bar}</td></tr>'
    )


def shares_table(gifts: Gifts) -> export.Table:
    """The same as a file."""
    columns = (
        export.Column("kind", "分类"),
        export.Column("name", "名称"),
        export.Column("documents", "写了的文件", "份"),
    )
    made: tuple[dict[str, export.Cell], ...] = tuple(
        {"kind": kind, "name": name, "documents": number}
        for kind, rows in (("给谁", receivers(gifts)), ("怎么给", instruments(gifts)))
        for name, number in rows
    )
    return export.Table("激励给谁怎么给", "激励给谁、怎么给", columns, made, "各文件原文", ("一份文件可以有几类。",))
