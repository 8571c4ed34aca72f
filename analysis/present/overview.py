"""The overview in words and markup: the lead, one row for each document, and the differences to know first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from analysis.compare.targets import TargetRow
from analysis.model import Card, Corpus
from analysis.overview import Glance, Overview, most_for_one
from analysis.present import export, numbers
from analysis.present.incentive_answer import lead as who_pays
from analysis.present.incentive_text import wan
from analysis.present.links import page_link
from analysis.present.names import clause_name, document_name, known_kind, place
from analysis.present.numbers import spaced
from analysis.present.tables import kind_mark, silent, table, words_anchor
from analysis.present.tables_targets import target_figure
from analysis.present.trend_text import aim, verdict
from analysis.trend import TrendRow
from analysis.wording import STATUSES

NOTHING_READ = "语料里还没有可读的文件，请看“语料与来源”页的说明，也可以在那里放入自己的文件。"
_THIN = numbers.THIN_SPACE


def lead(view: Overview, every: int | None = None) -> str:
    """How much there is to read and to compare: markup. ``every``: documents of the whole corpus."""
    if not view.rows:
        return NOTHING_READ
    drafts = f"，其中 {view.drafts}{_THIN}份是征求意见稿" if view.drafts else ""
    chosen = f"（全部 {every}{_THIN}份中选出）" if every not in (None, len(view.rows)) else ""
    targets = sum(row.targets for row in view.rows)
    numbered = sum(row.quantified for row in view.rows)
    given = numbered + sum(row.qualitative for row in view.rows)
    return (
        f"{escape('、'.join(view.regions))}共 <strong>{len(view.rows)}{_THIN}份文件</strong>{chosen}{drafts}，"
        f"读出 <strong>{targets}{_THIN}项目标</strong>和 <strong>{given}{_THIN}项激励</strong>"
        f"（{numbered}{_THIN}项写明金额或比例）。{series_words(view)}"
    )


def series_words(view: Overview) -> str:
    """What figures there are to hold the targets against: markup, "" where there are none."""
    if view.first_year is None:
        return ""
    return (
        f"另有全国和 {view.series_regions}{_THIN}个省份 {view.first_year}{_THIN}年到 {view.last_year}{_THIN}年的"
        "技术合同数据，可以对照后来做到多少。"
    )


Only = Callable[[Card], Mapping[str, str]]  # what in an address leaves the document alone, or with its region's


def of_region(card: Card) -> dict[str, str]:
    """The filter by region, as pages carry it in their addresses."""
    return {"province": place(card)}


def documents_html(view: Overview, only: Only = of_region) -> str:
    """One row for each document; every figure leads to its words or its page, there filtered by ``only``."""
    labels = ["文件", "时间与性质", "目标", "目标后来", "激励", "单项最高", "责任单位"]
    rows = [
        [
            *(_name(row), _when(row.card), _targets(row, only), _outcome(row)),
            *(_given(row, only), _largest(row), _bodies(row)),
        ]
        for row in view.rows
    ]
    return table("", [escape(label) for label in labels], labels, rows, css="zh-glance")


def _name(row: Glance) -> str:
    address = escape(page_link("reader", document=row.card.slug))
    size = f"{row.chapters}{_THIN}章 {row.articles}{_THIN}条" if row.articles else f"{row.chapters}{_THIN}章"
    return (
        f"<strong>{escape(place(row.card))}</strong>{kind_mark(row.card)}"
        f'<div><a href="{address}" target="_self">{escape(row.card.title)}</a></div>'
        f'<div class="zh-small">{size}</div>'
    )


def _when(card: Card) -> str:
    status = STATUSES[card.status]
    said = [card.doc_number or "", "、".join(card.issuers[:1]) + (" 等" if len(card.issuers) > 1 else "")]
    small = "<br>".join(escape(part) for part in said if part)
    return f'{escape(numbers.date(card.issued))}，{status}<div class="zh-small">{small}</div>'


def _targets(row: Glance, only: Only) -> str:
    if not row.targets:
        return silent("没有带数字的目标")
    address = escape(page_link("targets", **only(row.card)))
    return f'<a href="{address}" target="_self"><strong>{row.targets}</strong>{_THIN}项</a>'


def _outcome(row: Glance) -> str:
    binding = [one for one in row.judged if one.binding]
    if not binding:
        return silent("无序列可比")
    return "".join(f'<div class="zh-small">{_judged(one)}</div>' for one in binding)


def _judged(row: TrendRow) -> str:
    words = f"{row.target_year}{_THIN}年 {aim(row)}"
    return f"{words_anchor(row.citation, words, row.quote)}：{escape(verdict(row))}"


def _given(row: Glance, only: Only) -> str:
    total = row.quantified + row.qualitative
    if not total:
        return silent("没有激励")
    address = escape(page_link("incentives", **only(row.card)))
    small = f"{row.quantified}{_THIN}项写明金额或比例" if row.quantified else "都没有写明金额或比例"
    return (
        f'<a href="{address}" target="_self"><strong>{total}</strong>{_THIN}项</a><div class="zh-small">{small}</div>'
    )


def _largest(row: Glance) -> str:
    given = row.largest
    if given is None:
        return silent("没有写金额")
    figure = words_anchor(given.citation, wan(most_for_one(given)), given.quote)
    return f'{figure}<div class="zh-small">给{escape(given.beneficiary)}</div>'


def _bodies(row: Glance) -> str:
    if not row.assigned:
        return silent("全文未写")
    return f'{row.assigned}{_THIN}条写明<div class="zh-small">{len(row.bodies)}{_THIN}家单位</div>'


def differences_html(view: Overview, *, brief: bool = False) -> str:
    """The differences worth knowing first, each a sentence with links into the words; "" where nothing differs.

    ``brief``: of many documents, name the indicators that are shared and leave their numbers to 目标对比.
    """
    found = [
        *([("谁给买方钱", who_pays(view.buyers), "incentives", "激励对比")] if view.buyers else []),
        *_results(view),
        *_shared(view, brief),
        *_assigned(view),
        *_breaks(view),
        *_gaps(view),
    ]
    items = "".join(
        f"<li><h3>{escape(head)}</h3><p>{words} "
        f'<a class="zh-more" href="{escape(page_link(page))}" target="_self">{escape(name)}</a></p></li>'
        for head, words, page, name in found
    )
    return f'<ol class="zh-first">{items}</ol>' if items else ""


Item = tuple[str, str, str, str]  # head, markup, page, the page's name


def _results(view: Overview) -> list[Item]:
    told = [
        f"<strong>{escape(document_name(row.card))}</strong>{_THIN}"
        + "，".join(_judged(one) for one in row.judged if one.binding)
        for row in view.rows
        if row.judged
    ]
    return [("定下的成交额后来做到没有", f"{'；'.join(told)}。", "trends", "趋势与目标")] if told else []


def _shared(view: Overview, brief: bool) -> list[Item]:
    if not view.shared:
        return []
    if brief:
        names = "、".join(escape(row.name) for row in view.shared)
        count = f"<strong>{len(view.shared)}</strong>{_THIN}个"
        return [("能放在一起比的目标", f"两地以上都定了数的指标有 {count}：{names}。", "targets", "目标对比")]
    cards = {row.card.slug: row.card for row in view.rows}
    told = "".join(f"<br><strong>{escape(row.name)}</strong>：{_values(row, cards)}。" for row in view.shared)
    words = f"两地以上都定了数的指标有 <strong>{len(view.shared)}</strong>{_THIN}个。{told}"
    return [("能放在一起比的目标", words, "targets", "目标对比")]


def _values(row: TargetRow, cards: Mapping[str, Card]) -> str:
    return "；".join(
        f"{escape(document_name(cards[cell.document]))}{_THIN}"
        + "、".join(
            words_anchor(target.citation, _value(target_figure(target), target.target_year)) for target in cell.targets
        )
        for cell in row.cells
        if cell.targets
    )


def _value(figure: str, year: int | None) -> str:
    return f"{figure}（{numbers.year(year)}）"


def _assigned(view: Overview) -> list[Item]:
    naming = [row for row in view.rows if row.assigned]
    without = [row for row in view.rows if not row.assigned]
    if not naming or not without:
        return []
    told = "，".join(
        f"{escape(document_name(row.card))}{_THIN}有 <strong>{row.assigned}</strong>{_THIN}条写到"
        f"{_THIN}{len(row.bodies)}{_THIN}家单位"
        for row in naming
    )
    none = "、".join(escape(document_name(row.card)) for row in without)
    return [("任务落到谁头上", f"{told}；{none}{_THIN}通篇没有写责任单位。", "reader", "原文")]


def _breaks(view: Overview) -> list[Item]:
    told = [
        f"{escape(one.region)} {one.year}{_THIN}年技术输出由 {numbers.figure(one.before, 1)} 变为"
        f" <strong>{numbers.with_unit(one.after, '亿元', 1)}</strong>"
        for one in view.breaks
        if one.before is not None
    ]
    words = f"{'；'.join(told)}。这是年鉴原值，未作平滑，跨过这一年的增速不宜直接比较。"
    return [("数据自己的断点", words, "trends", "趋势与目标")] if told else []


def _gaps(view: Overview) -> list[Item]:
    told = [
        f"{escape(document_name(row.card))}{_THIN}的{escape(clause_name(gap.before.path))}之后直接是"
        + words_anchor(clause, clause_name(gap.after.path))
        + f"，缺{escape(''.join(gap.missing))}"
        for row in view.rows
        for gap, clause in row.gaps
    ]
    return [("条款编号有缺口", f"{'；'.join(told)}。原文如此，不是读漏。", "reader", "原文")] if told else []


def source(corpus: Corpus) -> str:
    """The source line: how many originals, and the data set."""
    data = f"；{corpus.series.title}（各年来源见“语料与来源”）" if corpus.series else ""
    return spaced(f"{len(corpus.readings)} 份政策原文{data}")


def export_table(view: Overview) -> export.Table:
    """The documents at a glance as a file."""
    columns = (
        export.Column("region", "地区"),
        export.Column("title", "文件"),
        export.Column("kind", "文件类型"),
        export.Column("number", "文号"),
        export.Column("issued", "时间"),
        export.Column("status", "性质"),
        export.Column("chapters", "章"),
        export.Column("articles", "条"),
        export.Column("targets", "目标", "项"),
        export.Column("quantified", "写明金额或比例的激励", "项"),
        export.Column("qualitative", "没有写明的激励", "项"),
        export.Column("largest", "单项最高", "万元"),
        export.Column("receiver", "单项最高给谁"),
        export.Column("assigned", "写明责任单位的条", "条"),
        export.Column("bodies", "责任单位"),
        export.Column("link", "单项最高的原文位置"),
    )
    rows = tuple(
        {
            "region": row.card.region,
            "title": row.card.title,
            "kind": known_kind(row.card),
            "number": row.card.doc_number,
            "issued": row.card.issued,
            "status": STATUSES[row.card.status],
            "chapters": row.chapters,
            "articles": row.articles,
            "targets": row.targets,
            "quantified": row.quantified,
            "qualitative": row.qualitative,
            "largest": most_for_one(row.largest) if row.largest else None,
            "receiver": row.largest.beneficiary if row.largest else None,
            "assigned": row.assigned,
            "bodies": "、".join(row.bodies),
            "link": row.largest.citation if row.largest else None,
        }
        for row in view.rows
    )
    return export.Table(
        "政策文件一览", "政策文件一览", columns, rows, source="各文件原文", notes=("空格表示文件没有写。",)
    )
