"""Many documents by region, in words and markup: how many there are, and one slim row for each region."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.model import Card
from analysis.present import export, numbers
from analysis.present.links import Address, page_link
from analysis.present.numbers import with_unit
from analysis.present.tables import silent
from analysis.store import RegionRow, Totals

_THIN = numbers.THIN_SPACE
NATION = "全国"
_NAMED = 3  # that many regions are named, more are counted
_HALVES = 12  # more regions than this stand in two columns
_SEARCHED = 60  # characters; what the search box takes
COLUMNS = (("文件", "份"), ("最新", ""), ("目标", "项"), ("激励", "项"), ("有数额", "项"))


def lead(totals: Totals, every: int, provinces: Sequence[str], series: str) -> str:
    """How much there is to read: markup.

    ``every``: documents of the whole corpus; ``provinces``: the names of the provincial units that the documents are
    of, 全国 first; ``series`` stands at the end.
    """
    if not totals.documents:
        return f"所选条件下没有文件，全部有 {with_unit(every, '份')}。"
    given = totals.quantified + totals.qualitative
    drafts = f"，其中 {with_unit(totals.drafts, '份')}是征求意见稿" if totals.drafts else ""
    chosen = f"（全部 {with_unit(every, '份')}中选出）" if totals.documents != every else ""
    return (
        f"{escape(_where(provinces, totals.places))}共 <strong>{with_unit(totals.documents, '份')}文件</strong>{chosen}"
        f"{drafts}，读出 <strong>{with_unit(totals.targets, '项')}目标</strong>和 "
        f"<strong>{with_unit(given, '项')}激励</strong>（{with_unit(totals.quantified, '项')}写明金额或比例）。{series}"
    )


def _where(provinces: Sequence[str], places: int) -> str:
    more = f"（连同市县 {numbers.figure(places)}{_THIN}个地方）" if places > len(provinces) else ""
    if len(provinces) <= _NAMED:
        return f"{'、'.join(provinces) or '地区不详的'}{more}"
    nation = NATION in provinces
    told = f"{'全国和 ' if nation else ''}{numbers.figure(len(provinces) - nation)}{_THIN}个省级地区"
    return f"{told}{more}"


def regions_html(rows: Sequence[RegionRow], state: Address, *, by_place: bool = False) -> str:
    """One slim row for each region, in two columns where there are many; each figure leads to the page of its own.

    ``state``: the other filters, as addresses carry them; ``by_place``: the rows are places within a province.
    """
    middle = -(-len(rows) // 2) if len(rows) > _HALVES else len(rows)
    halves = [rows[:middle], rows[middle:]]
    return f'<div class="zh-halves">{"".join(_half(half, state, by_place) for half in halves if half)}</div>'


def _half(rows: Sequence[RegionRow], state: Address, by_place: bool) -> str:
    top = "".join(
        f'<th scope="col" class="zh-num{_spare(name)}">{name} <span class="zh-small">{unit}</span></th>'
        for name, unit in COLUMNS
    )
    body = "".join(_row(row, state, by_place) for row in rows)
    first = f'<th scope="col">{"地方" if by_place else "地区"}</th>'
    return f'<table class="zh-table zh-slim"><thead><tr>{first}{top}</tr></thead><tbody>{body}</tbody></table>'


def _row(row: RegionRow, state: Address, by_place: bool) -> str:
    only = _only(row, state, by_place)
    given = row.quantified + row.qualitative
    newest = numbers.date(row.newest[:7]) if row.newest else silent("不详")
    cells = (
        _linked("overview", only, row.documents),
        newest,
        _linked("targets", only, row.targets),
        _linked("incentives", only, given),
        numbers.figure(row.quantified),
    )
    name = escape(row.name or "地区不详")
    head = f'<a href="{escape(page_link("overview", **only))}" target="_self">{name}</a>' if only else silent(name)
    shown = "".join(
        f'<td class="zh-num{_spare(name)}">{cell}</td>' for (name, _), cell in zip(COLUMNS, cells, strict=True)
    )
    return f'<tr><th scope="row">{head}</th>{shown}</tr>'


def _spare(name: str) -> str:
    """Columns that a narrow screen can do without."""
    return " zh-spare" if name in ("最新", "有数额") else ""


def _only(row: RegionRow, state: Address, by_place: bool) -> dict[str, str | list[str]]:
    """The filters that leave this region alone; empty where none does."""
    if not row.name or not row.code:
        return {}
    return {**state, "place" if by_place else "province": row.name}


def _linked(page: str, only: Address, value: int) -> str:
    shown = numbers.figure(value)
    return f'<a href="{escape(page_link(page, **only))}" target="_self">{shown}</a>' if only and value else shown


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
