"""Many documents by region, in words and markup: how many there are, and one slim row for each region."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from analysis.model import Card
from analysis.present import export, numbers
from analysis.present.html import render
from analysis.present.links import Address
from analysis.present.numbers import with_unit
from analysis.store import RegionRow, Totals

_THIN = numbers.THIN_SPACE
NATION = "全国"
_NAMED = 3  # that many regions are named, more are counted
_HALVES = 12  # more regions than this stand in two columns
_SEARCHED = 60  # characters; what the search box takes


def lead(totals: Totals, every: int, provinces: Sequence[str], series: str) -> Markup | str:
    """How much there is to read.

    ``every``: documents of the whole corpus; ``provinces``: the names of the provincial units that the documents are
    of, 全国 first; ``series`` stands at the end.
    """
    if not totals.documents:
        return f"所选条件下没有文件，全部有 {with_unit(every, '份')}。"
    return render(
        "overview.lead",
        where=_where(provinces, totals.places),
        documents=totals.documents,
        every=every,
        drafts=totals.drafts,
        targets=totals.targets,
        incentives=totals.quantified + totals.qualitative,
        numbered=totals.quantified,
        series=series,
    )


def _where(provinces: Sequence[str], places: int) -> str:
    more = f"（连同市县 {numbers.figure(places)}{_THIN}个地方）" if places > len(provinces) else ""
    if len(provinces) <= _NAMED:
        return f"{'、'.join(provinces) or '地区不详的'}{more}"
    nation = NATION in provinces
    told = f"{'全国和 ' if nation else ''}{numbers.figure(len(provinces) - nation)}{_THIN}个省级地区"
    return f"{told}{more}"


def regions_html(rows: Sequence[RegionRow], state: Address, *, by_place: bool = False) -> Markup:
    """One slim row for each region, in two columns where there are many; each figure leads to the page of its own.

    ``state``: the other filters, as addresses carry them; ``by_place``: the rows are places within a province.
    """
    lines = [
        {
            "name": row.name or "地区不详",
            "only": {**state, "place" if by_place else "province": row.name} if row.name and row.code else {},
            "documents": row.documents,
            "newest": row.newest[:7] if row.newest else "",
            "targets": row.targets,
            "incentives": row.quantified + row.qualitative,
            "quantified": row.quantified,
        }
        for row in rows
    ]
    middle = -(-len(rows) // 2) if len(rows) > _HALVES else len(rows)
    halves = [half for half in (lines[:middle], lines[middle:]) if half]
    return render("overview.regions", halves=halves, first="地方" if by_place else "地区")


def of_document(card: Card) -> dict[str, str]:
    """The search that leaves this document alone among many, as pages carry it in their addresses."""
    return {"search": (card.doc_number or card.title)[:_SEARCHED]}


def regions_table(rows: Sequence[RegionRow], by_place: bool) -> export.Table:
    """The same as a file."""
    columns = (
        export.Column("region", "地方" if by_place else "地区"),
        export.Column("documents", "文件", "份"),
        export.Column("drafts", "征求意见稿", "份"),
        export.Column("newest", "最新"),
        export.Column("targets", "目标", "项"),
        export.Column("quantified", "写明金额或比例的激励", "项"),
        export.Column("qualitative", "没有写明的激励", "项"),
    )
    made = tuple(
        {
            "region": row.name or "地区不详",
            "documents": row.documents,
            "drafts": row.drafts,
            "newest": row.newest,
            "targets": row.targets,
            "quantified": row.quantified,
            "qualitative": row.qualitative,
        }
        for row in rows
    )
    return export.Table("各地文件一览", "各地文件一览", columns, made, "各文件原文", ("省级地区连同其市县。",))
