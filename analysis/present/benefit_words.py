"""What stands round the chart of rules: its heading, its notes, what it leaves out, its data to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from analysis.compare import Rule, rule_benefit, saturation, window
from analysis.compare.benefit import cap
from analysis.model import Card
from analysis.present import export, numbers
from analysis.present.charts_incentives import round_sums
from analysis.present.incentive_text import wan
from analysis.present.names import document_name, source
from analysis.present.tables_incentives import rule_name
from analysis.wording import receiver_name


def benefit_export(rules: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal) -> export.Table:
    """The data of the chart at round sums, every corner and the chosen contract: one row a rule and sum."""
    low, high = window(rules)
    columns = (
        export.Column("document", "文件"),
        export.Column("receiver", "对象"),
        export.Column("contract", rules[0].base.axis, "万元"),
        export.Column("money", "可得", "万元"),
        export.Column("bound", "性质"),
        export.Column("clause", "条款"),
        export.Column("quote", "原文"),
    )
    rows: list[Mapping[str, export.Cell]] = []
    for rule in rules:
        corners = {tier.threshold_wan for tier in rule.tiers if tier.threshold_wan is not None}
        for sum_ in sorted({*round_sums(low, high), contract_wan, *corners}):
            money = rule_benefit(rule, sum_)
            rows.append(
                {
                    "document": document_name(cards[rule.first.document]),
                    "receiver": receiver_name(rule.first.receiver),
                    "contract": sum_,
                    "money": money,
                    "bound": "上限（条文未写比例）"
                    if rule.first.rate_open
                    else "上限"
                    if rule.ceiling
                    else "按条文计算",
                    "clause": rule.first.clause,
                    "quote": rule.first.quote,
                }
            )
    shown = [cards[slug] for slug in dict.fromkeys(rule.first.document for rule in rules)]
    notes = ("按条文计算的是一份合同单独可得的金额，未计每家每年的总额限制以外的其他条件。",)
    return export.Table("政衡-一份合同能得多少", "一份合同能得多少", columns, tuple(rows), source(shown), notes)


def heading(drawn_rules: Sequence[Rule]) -> str:
    """``一份合同能得多少``, or what else the money is counted on."""
    return f"{drawn_rules[0].base.name.removesuffix('的金额')}能得多少"


def axis_name(drawn_rules: Sequence[Rule]) -> str:
    """What the horizontal axis counts, with its unit."""
    return f"{drawn_rules[0].base.axis}（万元）"


def subtitle(drawn_rules: Sequence[Rule]) -> str:
    """What the vertical axis counts: plain text."""
    dotted = "（虚线：条文未写比例或只写最高比例，只能给出上限）" if any(rule.ceiling for rule in drawn_rules) else ""
    return f"可得金额，万元{dotted}"


def notes(
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
