"""Incentives as a reader sees them: the matrix by receiver, the answering sentence, the rules, the list of the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape

from analysis.compare import Answer, IncentiveMatrix, Rule, by_instrument, rule_benefit, saturation
from analysis.compare.benefit import base_of, counts_excess_only
from analysis.compare.incentives import RATE_OPEN, IncentiveCell, Payment, cap_field, rate_field
from analysis.compare.targets import NOT_APPLICABLE, NOT_STATED
from analysis.grammar import bounds
from analysis.model import Card, Incentive
from analysis.present import export, numbers
from analysis.present.links import words_link
from analysis.present.tables import (
    clause_name,
    column_head,
    document_name,
    instrument_name,
    names_before_words,
    place,
    receiver_name,
    silent,
    source,
    table,
    words_anchor,
)

WAN = "万元"
LONGEST_MEASURE = 18  # characters; longer words before a threshold are a condition, not the name of a sum
LEAST_TELLING, LONGEST_BENEFICIARY = 3, 26  # 企业 says no more than its row; a long name is read in the text


def wan(value: Decimal | None, decimals: int | None = None) -> str:
    """A sum in 万元 as people write it: ``100 万元``, from 1 亿元 on ``1.2 亿元``."""
    if value is not None and value >= 10_000:
        return numbers.with_unit(value / 10_000, "亿元", 2 if decimals is None else decimals)
    return numbers.with_unit(value, WAN, decimals)


def rate_text(incentive: Incentive) -> str:
    """``30%``, ``≥70%``; empty without a rate."""
    if incentive.rate_percent is None:
        return ""
    sign = numbers.comparator_sign(incentive.rate_comparator) if incentive.rate_comparator else ""
    return f"{sign}{numbers.with_unit(incentive.rate_percent, '%')}"


def incentive_figure(incentive: Incentive) -> str:
    """The large line of a cell, plain text: what is given. ``30%，最高 100 万元``; without a sum the instrument."""
    thin = numbers.THIN_SPACE
    parts = []
    if incentive.amount_high_wan is not None:
        low, high = incentive.amount_low_wan, incentive.amount_high_wan
        parts.append(wan(high) if low in (None, high) else f"{numbers.figure(low)}–{wan(high)}")
    rate = rate_text(incentive)
    if rate and base_of(incentive) is None and incentive.rate_base:
        rate = f"{incentive.rate_base}{thin}{rate}"
    if rate:
        parts.append(rate)
    if incentive.cap_item_wan is not None:
        parts.append(f"最高{thin}{wan(incentive.cap_item_wan)}")
    elif incentive.cap_year_wan is not None and not parts:
        parts.append(f"每年最高{thin}{wan(incentive.cap_year_wan)}")
    return "，".join(parts) or instrument_name(incentive.instrument)


def threshold_text(incentive: Incentive) -> str:
    """``单个技术合同成交额 ≥1,000 万元``: what is counted, as far as the text says, and from where on."""
    if incentive.threshold_wan is None or counts_excess_only(incentive):
        return ""
    least = f"≥{wan(incentive.threshold_wan)}"
    counted = _counted(incentive)
    return f"{counted}{numbers.THIN_SPACE}{least}" if counted else least


def _counted(incentive: Incentive) -> str:
    """What the threshold counts: the stated base where the trigger names it, else the trigger's words before it."""
    if incentive.rate_base and incentive.rate_base in incentive.trigger:
        return incentive.rate_base
    before = re.split(r"[0-9０-９]", incentive.trigger, maxsplit=1)
    words = re.split(r"[，、；：]", before[0])[-1] if len(before) > 1 else ""
    for bound in bounds():
        if bound.place == "before":
            words = words.removesuffix(bound.form)
    return words if len(words) <= LONGEST_MEASURE else ""


def condition(incentive: Incentive) -> str:
    """The small line of a cell, plain text: who, base, threshold, what is open, the cap of a year, notes."""
    thin = numbers.THIN_SPACE
    parts = []
    who = incentive.beneficiary
    if LEAST_TELLING < len(who) <= LONGEST_BENEFICIARY and who != receiver_name(incentive.receiver):
        parts.append(who)
    threshold = threshold_text(incentive)
    if threshold:
        parts.append(threshold)
    if incentive.rate_base and base_of(incentive) is not None and incentive.rate_base not in threshold:
        parts.append(f"按{incentive.rate_base}")
    if incentive.rate_open:
        parts.append(RATE_OPEN)
    if incentive.cap_year_wan is not None and not incentive_figure(incentive).startswith("每年最高"):
        parts.append(f"每年{thin}≤{wan(incentive.cap_year_wan)}")
    if incentive.one_off:
        parts.append("一次性")
    # A note that the base already says in other words adds nothing.
    parts.extend(
        note for note in incentive.notes if not (incentive.rate_base or "").endswith(note.removeprefix("超过"))
    )
    return "；".join(parts)


def matrix_html(matrix: IncentiveMatrix) -> str:
    """Receivers × documents; every figure links to its words."""
    head = ["对象", *(column_head(card) for card in matrix.cards)]
    labels = ["对象", *(document_name(card) for card in matrix.cards)]
    rows = [[escape(receiver_name(row.receiver)), *(_cell_html(cell) for cell in row.cells)] for row in matrix.rows]
    return table("", head, labels, rows, css="zh-matrix")


def _cell_html(cell: IncentiveCell) -> str:
    if cell.silent:
        return silent()
    items = [_item_html(incentive) for incentive in cell.quantified]
    if cell.qualitative:
        links = "、".join(
            words_anchor(item.document, item.start, item.end, instrument_name(item.instrument), item.quote)
            for item in cell.qualitative
        )
        lead_in = "另有：" if cell.quantified else ""
        items.append(f'<div class="zh-item">{lead_in}{links}<div class="zh-small">条文不带数字</div></div>')
    return "".join(items)


def _item_html(incentive: Incentive) -> str:
    clause = words_anchor(
        incentive.document, incentive.start, incentive.end, clause_name(incentive.clause), incentive.quote
    )
    return (
        f'<div class="zh-item"><div class="zh-big">{strong_figures(escape(incentive_figure(incentive)))}</div>'
        f'<div class="zh-small">{escape(condition(incentive))} {clause}</div></div>'
    )


def strong_figures(text: str) -> str:
    """Escaped text with its figures in bold: digits with their separators and the percent sign."""
    pieces: list[str] = []
    run = ""
    for char in text:
        if char.isdigit() or (run and char in ",.–%"):
            run += char
            continue
        if run:
            pieces.append(f"<strong>{run}</strong>")
            run = ""
        pieces.append(char)
    return "".join(pieces) + (f"<strong>{run}</strong>" if run else "")


def leads(answers: Sequence[Answer], matrix: IncentiveMatrix) -> str:
    """The answer of the page: one sentence for each class of receivers asked about."""
    if not matrix.rows:
        return "所选条件下没有激励。"
    if not answers:
        thin = numbers.THIN_SPACE
        return f"所选条件下有{thin}{len(matrix.incentives)}{thin}项激励，没有给买方的。"
    return "<br>".join(lead(told) for told in answers)


def lead(told: Answer) -> str:
    """Who pays the receivers, from what sum, how much and up to what: markup, each rule a link to its words."""
    who = escape(receiver_name(told.receiver))
    others = _others(told)
    if not told.payments:
        return f"所选文件都没有给{who}写明金额或比例。{others}"
    text = "；".join(_payment(payment) for payment in told.payments)
    thin = numbers.THIN_SPACE
    texts = len({payment.card.slug for payment in told.payments})
    compared = []
    if told.same_cap_wan is not None:
        compared.append(f"封顶都是<strong>{thin}{wan(told.same_cap_wan)}</strong>")
    if told.threshold_ratio is not None and told.threshold_ratio > 1:
        compared.append(f"起点相差<strong>{thin}{numbers.figure(told.threshold_ratio, 1)}{thin}倍</strong>")
    contrast = f"{'，'.join(compared)}。" if compared else ""
    return f"{who}能从{thin}{texts}{thin}份文件拿到钱：{text}。{contrast}{others}"


def _payment(payment: Payment) -> str:
    incentive, thin = payment.incentive, numbers.THIN_SPACE
    start = threshold_text(incentive).replace("≥", "") + "起" if threshold_text(incentive) else ""
    if counts_excess_only(incentive):
        start = incentive.rate_base or ""
    rate = rate_text(incentive)
    share = f"给{thin}{rate}" if rate else RATE_OPEN if incentive.rate_open else ""
    amount = incentive_figure(incentive) if incentive.amount_high_wan is not None else ""
    most = f"最高{thin}{wan(incentive.cap_item_wan)}" if incentive.cap_item_wan is not None else ""
    yearly = f"每年最高{thin}{wan(incentive.cap_year_wan)}" if incentive.cap_year_wan is not None else ""
    said = "，".join(part for part in (start, share, amount, most, yearly) if part)
    name = escape(document_name(payment.card))
    link = words_anchor(incentive.document, incentive.start, incentive.end, said, incentive.quote)
    return f"<strong>{name}</strong> {link}"


def _others(told: Answer) -> str:
    parts = []
    if told.unquantified:
        parts.append(f"{names_before_words(told.unquantified)}有支持但没有写金额")
    if told.silent:
        parts.append(f"{names_before_words(told.silent)}文件未载")
    return f"{'；'.join(parts)}。" if parts else ""


def rule_name(rule: Rule, cards: Mapping[str, Card]) -> str:
    """``四川 2024 买方企业``."""
    return f"{document_name(cards[rule.first.document])} {receiver_name(rule.first.receiver)}"


def rules_html(drawn: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal) -> str:
    """The rules of the chart as a table: from what sum, where the cap is reached, what the chosen contract yields."""
    thin = numbers.THIN_SPACE
    contract = "的合同" if drawn and drawn[0].base.id == "contract" else ""
    head = ["规则", "怎么算", "起点", f"多大{contract}拿满", f"{wan(contract_wan)}{contract}可得"]
    labels = ["规则", "怎么算", "起点", "拿满", "可得"]
    rows = []
    for rule in drawn:
        first = rule.first
        money = rule_benefit(rule, contract_wan)
        most = f"最多{thin}{wan(money, 2)}" if rule.ceiling and money else wan(money, 2)
        if first.threshold_wan is not None and contract_wan < first.threshold_wan:
            most = "不到起点"
        full = saturation(rule.tiers[-1])
        clause = words_anchor(first.document, first.start, first.end, clause_name(first.clause), first.quote)
        how = "；".join(incentive_figure(tier) for tier in rule.tiers)
        how = f"{RATE_OPEN}，{how}" if first.rate_open else how
        reached = wan(full, 1) if full is not None else "算不出" if first.rate_open else "不封顶"
        begins = wan(first.threshold_wan) if first.threshold_wan is not None else "不设起点"
        rows.append([escape(rule_name(rule, cards)), f"{strong_figures(escape(how))} {clause}", escape(begins),
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
    clause = words_anchor(item.document, item.start, item.end, clause_name(item.clause))
    who = escape(receiver_name(item.receiver))
    return (
        f'<div class="zh-item"><span class="zh-quote">{escape(item.quote)}</span>'
        f'<div class="zh-small">{who} {clause}</div></div>'
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
        export.Column("link", "链接"),
    )
    cards = {card.slug: card for card in matrix.cards}
    rows = tuple(_export_row(item, cards[item.document]) for item in matrix.incentives)
    notes = (
        "金额统一为万元。“文件未写”不等于零；“比例未定”指条文写了按一定比例而没有数；“不适用”指这类激励不用此项。",
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
        "link": words_link(item.document, item.start, item.end),
    }


def _stated(value: Decimal | str | None) -> Decimal | str:
    return NOT_STATED if value is None else value
