"""The overview: the corpus at a glance, region by region, each document, and the differences to know first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from analysis.chinese_words import STATUSES
from analysis.glance import Glance, Overview, most_for_one
from analysis.model import Card, Corpus
from analysis.present import export
from analysis.present.incentive_text import wan
from analysis.present.links import Address, page_link
from analysis.present.markup import render
from analysis.present.names import document_name, known_kind, place
from analysis.present.numbers import THIN_SPACE, figure, spaced, with_unit, year
from analysis.present.tables_incentives import lead as who_pays
from analysis.present.tables_targets import target_figure
from analysis.present.trend_marks import target_words, verdict
from analysis.store import RegionRow, Totals
from analysis.trend import TrendRow

NOTHING_READ = "语料里还没有可读的文件，请看“语料与来源”页的说明，也可以在那里放入自己的文件。"


def lead(view: Overview, every: int | None = None) -> Markup | str:
    """How much there is to read and to compare. ``every``: documents of the whole corpus."""
    if not view.rows:
        return NOTHING_READ
    numbered = sum(row.quantified for row in view.rows)
    return render(
        "overview.lead",
        where="、".join(view.regions),
        documents=len(view.rows),
        every=len(view.rows) if every is None else every,
        drafts=view.drafts,
        targets=sum(row.targets for row in view.rows),
        incentives=numbered + sum(row.qualitative for row in view.rows),
        numbered=numbered,
        series=series_words(view),
    )


def series_words(view: Overview) -> str:
    """What figures there are to hold the targets against: "" where there are none."""
    if view.first_year is None:
        return ""
    return (
        f"另有全国和 {view.series_regions}{THIN_SPACE}个省份 {year(view.first_year)}到 {year(view.last_year)}的"
        "技术合同数据，可以对照后来做到多少。"
    )


Only = Callable[[Card], Mapping[str, str]]  # what in an address leaves the document alone, or with its region's


def of_region(card: Card) -> dict[str, str]:
    """The filter by region, as pages carry it in their addresses."""
    return {"province": place(card)}


def documents_html(view: Overview, only: Only = of_region) -> Markup:
    """One row for each document; every figure leads to its words or its page, there filtered by ``only``."""
    rows = [
        [
            {"card": row.card, "size": _size(row)},
            {"card": row.card, "status": STATUSES[row.card.status], "issuer": _issuer(row.card)},
            _counted("targets", row.targets, "", only(row.card)) or "没有带数字的目标",
            [_judged(one) for one in row.judged if one.binding] or "无序列可比",
            _counted("incentives", row.quantified + row.qualitative, _stated(row), only(row.card)) or "没有激励",
            {"row": row.largest, "figure": wan(most_for_one(row.largest))} if row.largest else "没有写金额",
            {"assigned": row.assigned, "bodies": len(row.bodies)} if row.assigned else "全文未写",
        ]
        for row in view.rows
    ]
    return render("overview.documents", rows=rows)


def _size(row: Glance) -> str:
    chapters = with_unit(row.chapters, "章")
    return f"{chapters} {with_unit(row.articles, '条')}" if row.articles else chapters


def _issuer(card: Card) -> list[str]:
    """Number of a document and who issued it, as far as known."""
    issuers = "、".join(card.issuers[:1]) + (" 等" if len(card.issuers) > 1 else "")
    return [part for part in (card.doc_number, issuers) if part]


def _counted(page: str, count: int, small: str, only: Mapping[str, str]) -> dict[str, object]:
    return {"address": page_link(page, **only), "count": count, "small": small} if count else {}


def _stated(row: Glance) -> str:
    return f"{with_unit(row.quantified, '项')}写明金额或比例" if row.quantified else "都没有写明金额或比例"


def _judged(row: TrendRow) -> dict[str, object]:
    return {"row": row, "words": f"{year(row.target_year)} {target_words(row)}", "verdict": verdict(row)}


def differences_html(view: Overview, *, brief: bool = False) -> Markup:
    """The differences worth knowing first, each a sentence with links into the words; "" where nothing differs.

    ``brief``: of many documents, name the indicators that are shared and leave their numbers to 目标对比.
    """
    found = []
    if view.buyers:
        found.append(("谁给买方钱", who_pays(view.buyers), "incentives"))
    results = [
        {"name": document_name(row.card), "judged": [_judged(one) for one in row.judged if one.binding]}
        for row in view.rows
        if row.judged
    ]
    if results:
        found.append(("定下的成交额后来做到没有", render("overview.results", documents=results), "trends"))
    if view.shared and brief:
        found.append(("能放在一起比的目标", render("overview.named", indicators=view.shared), "targets"))
    elif view.shared:
        names = {row.card.slug: document_name(row.card) for row in view.rows}
        words = render("overview.side_by_side", indicators=view.shared, names=names, figure_of=target_figure)
        found.append(("能放在一起比的目标", words, "targets"))
    naming = [row for row in view.rows if row.assigned]
    without = [document_name(row.card) for row in view.rows if not row.assigned]
    if naming and without:
        found.append(("任务落到谁头上", render("overview.assigned", naming=naming, without=without), "reader"))
    if breaks := [one for one in view.breaks if one.before is not None]:
        found.append(("数据自己的断点", render("overview.breaks", found=breaks), "trends"))
    if gaps := [(document_name(row.card), gap, clause) for row in view.rows for gap, clause in row.gaps]:
        found.append(("条款编号有缺口", render("overview.gaps", found=gaps), "reader"))
    return render("overview.first", found=found) if found else Markup()


def source(corpus: Corpus) -> str:
    """The source line: how many originals, and the data set."""
    data = f"；{corpus.series.title}（各年来源见“语料与来源”）" if corpus.series else ""
    return spaced(f"{len(corpus.readings)} 份政策原文{data}")


_GLANCE: export.Columns[Glance] = {
    "地区": lambda row: row.card.region,
    "文件": lambda row: row.card.title,
    "文件类型": lambda row: known_kind(row.card),
    "文号": lambda row: row.card.doc_number,
    "时间": lambda row: row.card.issued,
    "性质": lambda row: STATUSES[row.card.status],
    "章": lambda row: row.chapters,
    "条": lambda row: row.articles,
    "目标（项）": lambda row: row.targets,
    "写明金额或比例的激励（项）": lambda row: row.quantified,
    "没有写明的激励（项）": lambda row: row.qualitative,
    "单项最高（万元）": lambda row: most_for_one(row.largest) if row.largest else None,
    "单项最高给谁": lambda row: row.largest.beneficiary if row.largest else None,
    "写明责任单位的条（条）": lambda row: row.assigned,
    "责任单位": lambda row: "、".join(row.bodies),
    "单项最高的原文位置": lambda row: row.largest.citation if row.largest else None,
}


def export_table(view: Overview) -> export.Table:
    """The documents at a glance as a file."""
    name = "政策文件一览"
    return export.tabulate(name, name, _GLANCE, view.rows, "各文件原文", ("空格表示文件没有写。",))


NATION = "全国"
_NAMED = 3  # that many regions are named, more are counted
_HALVES = 12  # more regions than this stand in two columns
_SEARCHED = 60  # characters; what the search box takes


def regions_lead(totals: Totals, every: int, provinces: Sequence[str], series: str) -> Markup | str:
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
    more = f"（连同市县 {figure(places)}{THIN_SPACE}个地方）" if places > len(provinces) else ""
    if len(provinces) <= _NAMED:
        return f"{'、'.join(provinces) or '地区不详的'}{more}"
    nation = NATION in provinces
    return f"{'全国和 ' if nation else ''}{figure(len(provinces) - nation)}{THIN_SPACE}个省级地区{more}"


def regions_html(rows: Sequence[RegionRow], state: Address, *, by_place: bool = False) -> Markup:
    """One slim row for each region, in two columns where there are many; each figure leads to the page of its own.

    ``state``: the other filters, as addresses carry them; ``by_place``: the rows are places within a province.
    """
    level = "place" if by_place else "province"
    lines = [(row, {**state, level: row.name} if row.name and row.code else {}) for row in rows]
    middle = -(-len(rows) // 2) if len(rows) > _HALVES else len(rows)
    halves = [half for half in (lines[:middle], lines[middle:]) if half]
    return render("overview.regions", halves=halves, first="地方" if by_place else "地区")


def of_document(card: Card) -> dict[str, str]:
    """The search that leaves this document alone among many, as pages carry it in their addresses."""
    return {"search": (card.doc_number or card.title)[:_SEARCHED]}


def regions_table(rows: Sequence[RegionRow], by_place: bool) -> export.Table:
    """The same as a file."""
    columns: export.Columns[RegionRow] = {
        "地方" if by_place else "地区": lambda row: row.name or "地区不详",
        "文件（份）": lambda row: row.documents,
        "征求意见稿（份）": lambda row: row.drafts,
        "最新": lambda row: row.newest,
        "目标（项）": lambda row: row.targets,
        "写明金额或比例的激励（项）": lambda row: row.quantified,
        "没有写明的激励（项）": lambda row: row.qualitative,
    }
    name = "各地文件一览"
    return export.tabulate(name, name, columns, rows, "各文件原文", ("省级地区连同其市县。",))
