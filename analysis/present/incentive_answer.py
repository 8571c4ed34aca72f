"""The sentences of 激励对比: who pays whom how much, and what stands round the chart of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from analysis.chinese_words import COMPARATORS, receiver_name
from analysis.compare import Answer, IncentiveMatrix, Rule, rule_benefit, saturation, window
from analysis.compare.benefit import cap, counts_excess_only
from analysis.compare.incentive_matrix import RATE_OPEN, Payment
from analysis.model import Card, Comparator, Incentive
from analysis.present import export, numbers
from analysis.present.charts_incentives import round_sums
from analysis.present.incentive_text import incentive_figure, threshold_text, wan
from analysis.present.markup import render
from analysis.present.names import document_name, names_before_words, source
from analysis.present.tables_incentives import rule_name

SAID = 3  # rules of one document that the sentence names; the table below has them all


def leads(answers: Sequence[Answer], matrix: IncentiveMatrix) -> Markup | str:
    """The answer of the page: one sentence for each class of receivers asked about."""
    if not matrix.rows:
        return "所选条件下没有激励。"
    if not answers:
        thin = numbers.THIN_SPACE
        return f"所选条件下有{thin}{len(matrix.incentives)}{thin}项激励，没有给买方的。"
    return render("incentives.answers", told=[_told(answer) for answer in answers])


def lead(answer: Answer) -> Markup:
    """Who pays the receivers, from what sum, how much and up to what, each rule a link to its words."""
    return render("incentives.answer", told=_told(answer))


def _told(answer: Answer) -> dict[str, object]:
    by_card: dict[str, list[Payment]] = {}
    for payment in answer.payments:
        by_card.setdefault(payment.card.slug, []).append(payment)
    ratio = answer.threshold_ratio
    return {
        "who": receiver_name(answer.receiver),
        "paying": [_payments(listed) for listed in by_card.values()],
        "cap": wan(answer.same_cap_wan) if answer.same_cap_wan is not None else "",
        "ratio": numbers.figure(ratio, 1) if ratio is not None and ratio > 1 else "",
        "unquantified": names_before_words(answer.unquantified),
        "silent": names_before_words(answer.silent),
    }


def _payments(payments: Sequence[Payment]) -> tuple[str, list[dict[str, object]], int]:
    """What one document pays: its name, its first rules, and how many there are where not all are named."""
    said: list[dict[str, object]] = [
        {"row": payment.incentive, "said": _terms(payment.incentive)} for payment in payments[:SAID]
    ]
    return document_name(payments[0].card), said, len(payments) if len(payments) > SAID else 0


def _terms(incentive: Incentive) -> str:
    """From what sum, how much and up to what."""
    thin = numbers.THIN_SPACE
    threshold = threshold_text(incentive).replace("≥", "")
    start = f"{threshold}起" if threshold else ""
    if counts_excess_only(incentive):
        start = incentive.rate_base or ""
    amount = incentive_figure(incentive) if incentive.amount_high_wan is not None else ""
    most = f"最高{thin}{wan(incentive.cap_item_wan)}" if incentive.cap_item_wan is not None else ""
    yearly = f"每年最高{thin}{wan(incentive.cap_year_wan)}" if incentive.cap_year_wan is not None else ""
    return "，".join(part for part in (start, _share(incentive), amount, most, yearly) if part)


def _share(incentive: Incentive) -> str:
    """The rate in words: 给 30%, 给不超过 30%, 给不低于 70%, 比例未定."""
    if incentive.rate_percent is None:
        return RATE_OPEN if incentive.rate_open else ""
    bound = incentive.rate_comparator
    word = "" if bound in (None, Comparator.EQ) else COMPARATORS[bound]
    return f"给{word}{numbers.THIN_SPACE}{numbers.with_unit(incentive.rate_percent, '%')}"


def benefit_export(rules: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal) -> export.Table:
    """The data of the chart at round sums, every corner and the chosen contract: one row a rule and sum."""
    sums = {*round_sums(*window(rules)), contract_wan}
    rows = [
        (rule, contract)
        for rule in rules
        for contract in sorted(sums | {tier.threshold_wan for tier in rule.tiers if tier.threshold_wan is not None})
    ]
    columns: export.Columns[tuple[Rule, Decimal]] = {
        "文件": lambda row: document_name(cards[row[0].first.document]),
        "对象": lambda row: receiver_name(row[0].first.receiver),
        f"{rules[0].base.axis}（万元）": lambda row: row[1],
        "可得（万元）": lambda row: rule_benefit(*row),
        "性质": lambda row: _bound(row[0]),
        "条款": lambda row: row[0].first.clause,
        "原文": lambda row: row[0].first.quote,
    }
    shown = [cards[slug] for slug in dict.fromkeys(rule.first.document for rule in rules)]
    notes = ("按条文计算的是一份合同单独可得的金额，未计每家每年的总额限制以外的其他条件。",)
    return export.tabulate("政衡-一份合同能得多少", "一份合同能得多少", columns, rows, source(shown), notes)


def _bound(rule: Rule) -> str:
    """Whether the sums of a rule are what it gives or the most that it can give."""
    if rule.first.rate_open:
        return "上限（条文未写比例）"
    return "上限" if rule.ceiling else "按条文计算"


def chart_heading(drawn_rules: Sequence[Rule]) -> str:
    """``一份合同能得多少``, or what else the money is counted on."""
    return f"{drawn_rules[0].base.name.removesuffix('的金额')}能得多少"


def axis_name(drawn_rules: Sequence[Rule]) -> str:
    """What the horizontal axis counts, with its unit."""
    return f"{drawn_rules[0].base.axis}（万元）"


def subtitle(drawn_rules: Sequence[Rule]) -> str:
    """What the vertical axis counts: plain text."""
    dotted = "（虚线：条文未写比例或只写最高比例，只能给出上限）" if any(rule.ceiling for rule in drawn_rules) else ""
    return f"可得金额，万元{dotted}"


def chart_notes(
    drawn_rules: Sequence[Rule], others: Sequence[Rule], unnamed: Sequence[str], cards: Mapping[str, Card]
) -> tuple[str, ...]:
    """What the reader of the chart must know: what is dotted, whose sums differ, what is not drawn or not named."""
    said = []
    if unnamed:
        said.append(f"图上放不下名称的线：{'、'.join(unnamed)}；指着线可看，数在上表。")
    if any(rule.ceiling for rule in drawn_rules):
        said.append("虚线是上限，实际所得可能更少。")
    bases = list(dict.fromkeys(rule.first.rate_base for rule in drawn_rules if rule.first.rate_base))
    if len(bases) > 1:
        said.append(f"各文件计算的基数不同（{'、'.join(bases)}），横轴按全额到账的合同画。")
    return (*said, *elsewhere(others, cards))


def elsewhere(rules: Sequence[Rule], cards: Mapping[str, Card]) -> tuple[str, ...]:
    """One sentence for each rule that is counted on another sum and so has no place on the chart."""
    thin = numbers.THIN_SPACE
    said = []
    for rule in rules:
        first = rule.first
        example = max((tier.threshold_wan or Decimal(0) for tier in rule.tiers), default=Decimal(0)) * 2
        sentence = f"{rule_name(rule, cards)}按{rule.base.name}计，不是一份合同的金额，未画入上图"
        money = rule_benefit(rule, example) if example else None
        if money:
            sentence += f"：{wan(example)}时得{thin}{wan(money, 2)}"
        full = _saturation_text(rule)
        said.append(f"{sentence}{full}。" if first.rate_percent is not None else f"{sentence}。")
    return tuple(said)


def _saturation_text(rule: Rule) -> str:
    """``，到 334.3 亿元才拿满 100 万元``; empty where no cap binds."""
    full, most = saturation(rule.tiers[-1]), cap(rule.tiers[-1])
    return (
        ""
        if full is None or most is None
        else f"，到{numbers.THIN_SPACE}{wan(full, 1)}才拿满{numbers.THIN_SPACE}{wan(most)}"
    )
