"""Incentives as a reader sees them: the matrix by receiver, the rules, the words without a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape

from analysis.compare import IncentiveMatrix, Rule, by_instrument, rule_benefit, saturation
from analysis.compare.incentives import RATE_OPEN, IncentiveCell, IncentiveRow, cap_field, rate_field
from analysis.compare.targets import NOT_APPLICABLE, NOT_STATED
from analysis.model import Card, Incentive
from analysis.present import export, numbers
from analysis.present.incentive_text import WAN, conditions, incentive_figure, shortened, strong_figures, wan
from analysis.present.names import check_text, clause_name, document_name, place, source
from analysis.present.reasons import BY_RULE, SURE_NOTE, rule_title
from analysis.present.tables import column_head, mark_html, silent, table, words_anchor
from analysis.wording import instrument_name, receiver_name

MANY_ROWS, SHOWN_ROWS = 10, 8  # more classes of receivers than MANY_ROWS are folded behind the first SHOWN_ROWS
MANY_ITEMS, SHOWN_ITEMS = 4, 3  # the same for the gifts of one cell: a tall cell leaves the others of its row blank


def matrix_html(matrix: IncentiveMatrix) -> str:
    """Receivers × documents; every figure links to its words. Beyond the most frequent receivers the rest is folded."""
    if len(matrix.rows) <= MANY_ROWS:
        return _rows_html(matrix, matrix.rows)
    shown, folded = matrix.rows[:SHOWN_ROWS], matrix.rows[SHOWN_ROWS:]
    names = "、".join(receiver_name(row.receiver) for row in folded)
    thin = numbers.THIN_SPACE
    return (
        f"{_rows_html(matrix, shown)}"
        f'<details class="zh-fold"><summary>另有{thin}{len(folded)}{thin}类对象：{escape(names)}</summary>'
        f"{_rows_html(matrix, folded)}</details>"
    )


def _rows_html(matrix: IncentiveMatrix, rows: Sequence[IncentiveRow]) -> str:
    head = ["对象", *(column_head(card) for card in matrix.cards)]
    labels = ["对象", *(document_name(card) for card in matrix.cards)]
    cells = [[_row_name(row, matrix.cards), *(_cell_html(cell) for cell in row.cells)] for row in rows]
    return f'<div class="zh-receivers">{table("", head, labels, cells, css="zh-matrix")}</div>'


def _row_name(row: IncentiveRow, cards: Sequence[Card]) -> str:
    """The class, and for narrow screens, which leave silent cells out, the documents that say nothing of it."""
    quiet = [card for card, cell in zip(cards, row.cells, strict=True) if cell.silent]
    names = "、".join(document_name(card) for card in quiet)
    said = f'<div class="zh-small zh-narrow">文件未载：{escape(names)}</div>' if quiet else ""
    return f"{escape(receiver_name(row.receiver))}{said}"


def _cell_html(cell: IncentiveCell) -> str:
    if cell.silent:
        return silent()
    lines = conditions(cell.quantified)
    items = [_item_html(incentive, line) for incentive, line in zip(cell.quantified, lines, strict=True)]
    if len(items) > MANY_ITEMS:
        thin = numbers.THIN_SPACE
        folded = f"<summary>另有{thin}{len(items) - SHOWN_ITEMS}{thin}项</summary>{''.join(items[SHOWN_ITEMS:])}"
        items = [*items[:SHOWN_ITEMS], f'<details class="zh-fold">{folded}</details>']
    if cell.qualitative:
        links = "、".join(
            words_anchor(item.citation, instrument_name(item.instrument), item.quote) for item in cell.qualitative
        )
        lead_in = "另有：" if cell.quantified else ""
        items.append(f'<div class="zh-item">{lead_in}{links}<div class="zh-small">条文不带数字</div></div>')
    return "".join(items)


def _item_html(incentive: Incentive, line: str) -> str:
    clause = words_anchor(incentive.citation, clause_name(incentive.clause), incentive.quote)
    return (
        f'<div class="zh-item"><div class="zh-big">{strong_figures(escape(incentive_figure(incentive)))}</div>'
        f'<div class="zh-small">{escape(line)} {clause} {mark_html(incentive.checked)}</div></div>'
    )


def rule_name(rule: Rule, cards: Mapping[str, Card]) -> str:
    """``四川 2024 买方企业``."""
    return f"{document_name(cards[rule.first.document])} {receiver_name(rule.first.receiver)}"


def rule_details(rules: Sequence[Rule], cards: Mapping[str, Card]) -> tuple[str, ...]:
    """What tells rules of one name apart, in the order of ``rules``: who receives, else in which case; mostly empty."""
    names = [rule_name(rule, cards) for rule in rules]
    often = Counter(names)
    told = [rule.first.beneficiary or rule.first.trigger for rule in rules]
    same = Counter(zip(names, told, strict=True))
    return tuple(
        "" if often[name] == 1 else shortened((rule.first.trigger or who) if same[name, who] > 1 else who)
        for name, who, rule in zip(names, told, rules, strict=True)
    )


def rules_html(drawn: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal) -> str:
    """The rules of the chart as a table: from what sum, where the cap is reached, what the chosen contract yields."""
    thin = numbers.THIN_SPACE
    contract = "的合同" if drawn and drawn[0].base.id == "contract" else ""
    head = ["规则", "怎么算", "起点", f"多大{contract}拿满", f"{wan(contract_wan)}{contract}可得"]
    labels = ["规则", "怎么算", "起点", "拿满", "可得"]
    rows = []
    for rule, detail in zip(drawn, rule_details(drawn, cards), strict=True):
        first = rule.first
        money = rule_benefit(rule, contract_wan)
        most = f"最多{thin}{wan(money, 2)}" if rule.ceiling and money else wan(money, 2)
        if first.threshold_wan is not None and contract_wan < first.threshold_wan:
            most = "不到起点"
        full = saturation(rule.tiers[-1])
        clause = words_anchor(first.citation, clause_name(first.clause), first.quote)
        how = "；".join(incentive_figure(tier) for tier in rule.tiers)
        how = f"{RATE_OPEN}，{how}" if first.rate_open else how
        reached = wan(full, 1) if full is not None else "算不出" if first.rate_open else "未写封顶"
        begins = wan(first.threshold_wan) if first.threshold_wan is not None else "文件未写"
        name = (
            f'{escape(rule_name(rule, cards))}<div class="zh-small">{escape(detail)}</div>'
            if detail
            else escape(rule_name(rule, cards))
        )
        rows.append([name, f"{strong_figures(escape(how))} {clause}", escape(begins),
                     escape(reached), strong_figures(escape(most))])  # fmt: skip
    return table("", [escape(name) for name in head], labels, rows, css="zh-rules")


def qualitative_html(matrix: IncentiveMatrix) -> str:
    """Incentives without a number as instruments × documents: the words themselves, who receives, where they stand."""
    grouped = by_instrument(item for item in matrix.incentives if not item.quantified)
    if not grouped:
        return ""
    rows = []
    for tool, items in grouped:
        cells = []
        for card in matrix.cards:
            mine = [item for item in items if item.document == card.slug]
            cells.append("".join(_words_html(item) for item in mine) or silent())
        rows.append([escape(instrument_name(tool)), *cells])
    labels = ["方式", *(document_name(card) for card in matrix.cards)]
    return table("", ["方式", *(column_head(card) for card in matrix.cards)], labels, rows, css="zh-matrix")


def _words_html(item: Incentive) -> str:
    clause = words_anchor(item.citation, clause_name(item.clause))
    who = escape(receiver_name(item.receiver))
    return (
        f'<div class="zh-item"><span class="zh-quote">{escape(item.quote)}</span>'
        f'<div class="zh-small">{who} {clause} {mark_html(item.checked)}</div></div>'
    )


def incentive_export(matrix: IncentiveMatrix) -> export.Table:
    """The incentives shown, one a row, with every number of the model; three kinds of absence in words."""
    columns = (
        export.Column("region", "地区"),
        export.Column("title", "文件"),
        export.Column("receiver", "对象"),
        export.Column("beneficiary", "原文对象"),
        export.Column("instrument", "方式"),
        export.Column("trigger", "条件"),
        export.Column("threshold", "起点", WAN),
        export.Column("rate_sign", "比例关系"),
        export.Column("rate", "比例", "%"),
        export.Column("base", "计算基数"),
        export.Column("low", "金额下限", WAN),
        export.Column("high", "金额上限", WAN),
        export.Column("cap_item", "单项封顶", WAN),
        export.Column("cap_year", "每年封顶", WAN),
        export.Column("one_off", "一次性"),
        export.Column("funder", "出资"),
        export.Column("notes", "备注"),
        export.Column("clause", "条款"),
        export.Column("quote", "原文"),
        export.Column("checked", "核对"),
        export.Column("rule", "规则"),
        export.Column("sure", "把握"),
        export.Column("link", "链接"),
    )
    cards = {card.slug: card for card in matrix.cards}
    rows = tuple(_export_row(item, cards[item.document]) for item in matrix.incentives)
    notes = (
        "金额统一为万元。“文件未写”不等于零；“比例未定”指条文写了按一定比例而没有数；“不适用”指这类激励不用此项。",
        SURE_NOTE,
    )
    return export.Table("政衡-激励对比", "激励对比", columns, rows, source(matrix.cards), notes)


def _export_row(item: Incentive, card: Card) -> Mapping[str, export.Cell]:
    rate, cap_item, cap_year = (
        rate_field(item),
        cap_field(item, item.cap_item_wan),
        cap_field(item, item.cap_year_wan),
    )
    return {
        "region": place(card),
        "title": card.title,
        "receiver": receiver_name(item.receiver),
        "beneficiary": item.beneficiary,
        "instrument": instrument_name(item.instrument),
        "trigger": item.trigger or NOT_STATED,
        "threshold": _stated(item.threshold_wan),
        "rate_sign": numbers.comparator_sign(item.rate_comparator) if item.rate_comparator else "",
        "rate": _stated(rate),
        "base": item.rate_base or (NOT_APPLICABLE if rate == NOT_APPLICABLE else NOT_STATED),
        "low": _stated(item.amount_low_wan),
        "high": _stated(item.amount_high_wan),
        "cap_item": _stated(cap_item),
        "cap_year": _stated(cap_year),
        "one_off": "是" if item.one_off else "",
        "funder": item.funder or NOT_STATED,
        "notes": "；".join(item.notes),
        "clause": clause_name(item.clause),
        "quote": item.quote,
        "checked": check_text(item.checked),
        "rule": rule_title(item.rule),
        "sure": BY_RULE if item.probability is None else item.probability,
        "link": item.citation,
    }


def _stated(value: Decimal | str | None) -> Decimal | str:
    return NOT_STATED if value is None else value
