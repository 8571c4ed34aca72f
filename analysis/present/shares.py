"""The incentives of many documents: who gets something and how, each with the number of documents that give it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from analysis.model import Instrument, Receiver
from analysis.present import export, numbers
from analysis.present.html import render
from analysis.present.links import Address, page_link
from analysis.store import IncentiveCounts, Totals
from analysis.wording import instrument_name, receiver_name

_MANY, _SHOWN = 12, 10  # a list of more than _MANY classes is folded behind its first _SHOWN
_NAMED = 3  # receivers that the answer names
Row = tuple[str, int]  # name, documents


def receivers(counts: IncentiveCounts) -> tuple[Row, ...]:
    """Who receives, most documents first; the rest class last."""
    found = sorted(counts.receivers, key=lambda pair: (pair[0] is Receiver.OTHER, -pair[1]))
    return tuple((receiver_name(receiver), documents) for receiver, documents in found)


def instruments(counts: IncentiveCounts) -> tuple[Row, ...]:
    """How it is given, most documents first; the rest class last."""
    found = sorted(counts.instruments, key=lambda pair: (pair[0] is Instrument.OTHER, -pair[1]))
    return tuple((instrument_name(tool), documents) for tool, documents in found)


def lead(totals: Totals, giving: int, rows: Sequence[Row], *, asked: Sequence[str]) -> Markup | str:
    """How many of the chosen documents give something, and to whom most often.

    ``totals`` of the chosen documents, ``giving`` of which meet what is ``asked`` of receivers and instruments (names).
    """
    if not giving:
        return "所选条件下没有激励。"
    return render(
        "incentives.shares_lead",
        documents=totals.documents,
        giving=giving,
        share=numbers.with_unit(100 * giving / totals.documents, "%", 0) if totals.documents else "",
        asked="、".join(asked),
        often=rows[:_NAMED],
        every=totals.quantified + totals.qualitative,
        quantified=totals.quantified,
    )


def shares_html(counts: IncentiveCounts, state: Address) -> Markup:
    """Receivers on the left, instruments on the right, most documents first; each name leads to the documents.

    ``state``: the filters over documents, as addresses carry them.
    """
    whom = _half("给谁", receivers(counts), state, "receiver")
    how = _half("怎么给", instruments(counts), state, "instrument")
    return render("incentives.shares", halves=(whom, how))


def _half(head: str, rows: Sequence[Row], state: Address, parameter: str) -> dict[str, object]:
    most = max((number for _, number in rows), default=1)
    lines = [
        {
            "name": name,
            "number": number,
            "width": f"{100 * number / most:.1f}",
            "address": page_link("incentives", **{**state, parameter: name}),
        }
        for name, number in rows
    ]
    shown = len(lines) if len(lines) <= _MANY else _SHOWN
    return {"head": head, "rows": lines[:shown], "folded": lines[shown:]}


def shares_table(counts: IncentiveCounts) -> export.Table:
    """The same as a file."""
    columns = (
        export.Column("kind", "分类"),
        export.Column("name", "名称"),
        export.Column("documents", "写了的文件", "份"),
    )
    made: tuple[dict[str, export.Cell], ...] = tuple(
        {"kind": kind, "name": name, "documents": number}
        for kind, rows in (("给谁", receivers(counts)), ("怎么给", instruments(counts)))
        for name, number in rows
    )
    return export.Table("激励给谁怎么给", "激励给谁、怎么给", columns, made, "各文件原文", ("一份文件可以有几类。",))
