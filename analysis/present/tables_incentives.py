"""激励对比: who pays whom how much, by receiver, the rules, the words without a number, shares over many documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

from markupsafe import Markup

from analysis.chinese_words import COMPARATORS, SIGNS, instrument_name, receiver_name
from analysis.compare import Answer, IncentiveMatrix, Rule, by_instrument, rule_benefit, saturation, window
from analysis.compare.benefit import cap, counts_excess_only
from analysis.compare.incentive_matrix import RATE_OPEN, IncentiveCell, IncentiveRow, Payment, cap_field, rate_field
from analysis.compare.target_matrix import NOT_APPLICABLE, NOT_STATED
from analysis.model import Card, Comparator, Incentive, Instrument, Receiver
from analysis.present import export
from analysis.present.export import PROOF_COLUMNS, SURE_NOTE, stated
from analysis.present.incentive_text import (
    conditions,
    incentive_figure,
    rule_details,
    rule_name,
    threshold_text,
    wan,
)
from analysis.present.links import Address, page_link
from analysis.present.markup import render
from analysis.present.names import document_name, names_before_words, place, source
from analysis.present.numbers import THIN_SPACE, figure, round_numbers, with_unit
from analysis.store import IncentiveCounts, Totals

_RULES_NAMED = 3  # rules of one document that the sentence names; the table below has them all


def leads(answers: Sequence[Answer], matrix: IncentiveMatrix) -> Markup | str:
    """The answer of the page: one sentence for each class of receivers asked about."""
    if not matrix.rows:
        return "所选条件下没有激励。"
    if not answers:
        return f"所选条件下有{THIN_SPACE}{len(matrix.incentives)}{THIN_SPACE}项激励，没有给买方的。"
    return render("incentives.answers", answers=[_parts(answer) for answer in answers])


def lead(answer: Answer) -> Markup:
    """Who pays the receivers, from what sum, how much and up to what, each rule a link to its words."""
    return render("incentives.answer", **_parts(answer))


def _parts(answer: Answer) -> dict[str, object]:
    by_card: dict[str, list[Payment]] = {}
    for payment in answer.payments:
        by_card.setdefault(payment.card.slug, []).append(payment)
    ratio = answer.threshold_ratio
    return {
        "who": receiver_name(answer.receiver),
        "paying": [_payments(listed) for listed in by_card.values()],
        "cap": wan(answer.same_cap_wan) if answer.same_cap_wan is not None else "",
        "ratio": figure(ratio, 1) if ratio is not None and ratio > 1 else "",
        "unquantified": names_before_words(answer.unquantified),
        "silent": names_before_words(answer.silent),
    }


def _payments(payments: Sequence[Payment]) -> tuple[str, list[dict[str, object]], int]:
    """What one document pays: its name, its first rules, and how many there are where not all are named."""
    shown: list[dict[str, object]] = [
        {"row": payment.incentive, "terms": _terms(payment.incentive)} for payment in payments[:_RULES_NAMED]
    ]
    return document_name(payments[0].card), shown, len(payments) if len(payments) > _RULES_NAMED else 0


def _terms(incentive: Incentive) -> str:
    """From what sum, how much and up to what."""
    threshold = threshold_text(incentive).replace("≥", "")
    start = f"{threshold}起" if threshold else ""
    if counts_excess_only(incentive):
        start = incentive.rate_base or ""
    amount = incentive_figure(incentive) if incentive.amount_high_wan is not None else ""
    most = f"最高{THIN_SPACE}{wan(incentive.cap_item_wan)}" if incentive.cap_item_wan is not None else ""
    yearly = f"每年最高{THIN_SPACE}{wan(incentive.cap_year_wan)}" if incentive.cap_year_wan is not None else ""
    return "，".join(part for part in (start, _share(incentive), amount, most, yearly) if part)


def _share(incentive: Incentive) -> str:
    """The rate in words: 给 30%, 给不超过 30%, 给不低于 70%, 比例未定."""
    if incentive.rate_percent is None:
        return RATE_OPEN if incentive.rate_open else ""
    bound = incentive.rate_comparator
    word = "" if bound in (None, Comparator.EQ) else COMPARATORS[bound]
    return f"给{word}{THIN_SPACE}{with_unit(incentive.rate_percent, '%')}"


def benefit_export(rules: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal) -> export.Table:
    """The data of the chart at round sums, every corner and the chosen contract: one row a rule and sum."""
    sums = {*round_numbers(*window(rules)), contract_wan}
    rows = [
        (rule, contract)
        for rule in rules
        for contract in sorted(sums | {tier.threshold_wan for tier in rule.tiers if tier.threshold_wan is not None})
    ]
    columns: export.Columns[tuple[Rule, Decimal]] = {
        "文件": lambda row: document_name(cards[row[0].first.document]),
        "对象": lambda row: receiver_name(row[0].first.receiver),
        axis_name(rules): lambda row: row[1],
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
    notes = []
    if unnamed:
        notes.append(f"图上放不下名称的线：{'、'.join(unnamed)}；指着线可看，数在上表。")
    if any(rule.ceiling for rule in drawn_rules):
        notes.append("虚线是上限，实际所得可能更少。")
    bases = list(dict.fromkeys(rule.first.rate_base for rule in drawn_rules if rule.first.rate_base))
    if len(bases) > 1:
        notes.append(f"各文件计算的基数不同（{'、'.join(bases)}），横轴按全额到账的合同画。")
    return (*notes, *elsewhere(others, cards))


def elsewhere(rules: Sequence[Rule], cards: Mapping[str, Card]) -> tuple[str, ...]:
    """One sentence for each rule that is counted on another sum and so has no place on the chart."""
    sentences = []
    for rule in rules:
        example = max((tier.threshold_wan or Decimal(0) for tier in rule.tiers), default=Decimal(0)) * 2
        words = f"{rule_name(rule, cards)}按{rule.base.name}计，不是一份合同的金额，未画入上图"
        if example and (money := rule_benefit(rule, example)):
            words += f"：{wan(example)}时得{THIN_SPACE}{wan(money, 2)}"
        full, most = saturation(rule.tiers[-1]), cap(rule.tiers[-1])
        if rule.first.rate_percent is not None and full is not None and most is not None:
            words += f"，到{THIN_SPACE}{wan(full, 1)}才拿满{THIN_SPACE}{wan(most)}"
        sentences.append(f"{words}。")
    return tuple(sentences)


MANY_ROWS, SHOWN_ROWS = 10, 8  # more classes of receivers than MANY_ROWS are folded behind the first SHOWN_ROWS


def matrix_html(matrix: IncentiveMatrix) -> Markup:
    """Receivers × documents; every figure links to its words. Beyond the most frequent receivers the rest is folded."""
    rows = [[_receiver(row, matrix.cards), *(_cell(cell) for cell in row.cells)] for row in matrix.rows]
    shown = len(rows) if len(rows) <= MANY_ROWS else SHOWN_ROWS
    return render("incentives.matrix", cards=matrix.cards, shown=rows[:shown], more=rows[shown:])


def _receiver(row: IncentiveRow, cards: Sequence[Card]) -> dict[str, object]:
    """The class, and for narrow screens, which leave silent cells out, the documents that say nothing of it."""
    quiet = [document_name(card) for card, cell in zip(cards, row.cells, strict=True) if cell.silent]
    return {"name": receiver_name(row.receiver), "quiet": "、".join(quiet)}


def _cell(cell: IncentiveCell) -> dict[str, object] | None:
    """What a document gives a class of receivers; None where it says nothing of it."""
    if cell.silent:
        return None
    items = [
        {"row": incentive, "figure": incentive_figure(incentive), "line": line}
        for incentive, line in zip(cell.quantified, conditions(cell.quantified), strict=True)
    ]
    return {"quantified": items, "unquantified": cell.qualitative}


def rules_html(drawn: Sequence[Rule], cards: Mapping[str, Card], contract_wan: Decimal) -> Markup:
    """The rules of the chart as a table: from what sum, where the cap is reached, what the chosen contract yields."""
    contract = "的合同" if drawn and drawn[0].base.id == "contract" else ""
    head = ["规则", "怎么算", "起点", f"多大{contract}拿满", f"{wan(contract_wan)}{contract}可得"]
    rows = [
        [
            {"name": rule_name(rule, cards), "detail": detail},
            {"how": _how(rule), "row": rule.first},
            "文件未写" if rule.first.threshold_wan is None else wan(rule.first.threshold_wan),
            _reached(rule),
            _yield(rule, contract_wan),
        ]
        for rule, detail in zip(drawn, rule_details(drawn, cards), strict=True)
    ]
    return render("incentives.rules", head=head, labels=["规则", "怎么算", "起点", "拿满", "可得"], rows=rows)


def _how(rule: Rule) -> str:
    how = "；".join(incentive_figure(tier) for tier in rule.tiers)
    return f"{RATE_OPEN}，{how}" if rule.first.rate_open else how


def _reached(rule: Rule) -> str:
    """From what sum on the cap binds."""
    full = saturation(rule.tiers[-1])
    return wan(full, 1) if full is not None else "算不出" if rule.first.rate_open else "未写封顶"


def _yield(rule: Rule, contract_wan: Decimal) -> str:
    """What the chosen contract yields."""
    if rule.first.threshold_wan is not None and contract_wan < rule.first.threshold_wan:
        return "不到起点"
    money = rule_benefit(rule, contract_wan)
    return f"最多{THIN_SPACE}{wan(money, 2)}" if rule.ceiling and money else wan(money, 2)


def qualitative_html(matrix: IncentiveMatrix) -> Markup:
    """Incentives without a number as instruments × documents: the words themselves, who receives, where they stand."""
    rows = [
        [tool, *([item for item in items if item.document == card.slug] for card in matrix.cards)]
        for tool, items in by_instrument(item for item in matrix.incentives if not item.quantified)
    ]
    return render("incentives.without_numbers", cards=matrix.cards, rows=rows) if rows else Markup()


def incentive_export(matrix: IncentiveMatrix) -> export.Table:
    """The incentives shown, one a row, with every number of the model; three kinds of absence in words."""
    cards = {card.slug: card for card in matrix.cards}
    columns: export.Columns[Incentive] = {
        "地区": lambda item: place(cards[item.document]),
        "文件": lambda item: cards[item.document].title,
        "对象": lambda item: receiver_name(item.receiver),
        "原文对象": lambda item: item.beneficiary,
        "方式": lambda item: instrument_name(item.instrument),
        "条件": lambda item: item.trigger or NOT_STATED,
        "起点（万元）": lambda item: stated(item.threshold_wan),
        "比例关系": lambda item: SIGNS[item.rate_comparator] if item.rate_comparator else "",
        "比例（%）": lambda item: stated(rate_field(item)),
        "计算基数": lambda item: (
            item.rate_base or (NOT_APPLICABLE if rate_field(item) == NOT_APPLICABLE else NOT_STATED)
        ),
        "金额下限（万元）": lambda item: stated(item.amount_low_wan),
        "金额上限（万元）": lambda item: stated(item.amount_high_wan),
        "单项封顶（万元）": lambda item: stated(cap_field(item, item.cap_item_wan)),
        "每年封顶（万元）": lambda item: stated(cap_field(item, item.cap_year_wan)),
        "一次性": lambda item: "是" if item.one_off else "",
        "出资": lambda item: item.funder or NOT_STATED,
        "备注": lambda item: "；".join(item.notes),
        **PROOF_COLUMNS,
    }
    notes = (
        "金额统一为万元。“文件未写”不等于零；“比例未定”指条文写了按一定比例而没有数；“不适用”指这类激励不用此项。",
        SURE_NOTE,
    )
    return export.tabulate("政衡-激励对比", "激励对比", columns, matrix.incentives, source(matrix.cards), notes)


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


def shares_lead(totals: Totals, giving: int, rows: Sequence[Row], *, asked: Sequence[str]) -> Markup | str:
    """How many of the chosen documents give something, and to whom most often.

    ``totals`` of the chosen documents, ``giving`` of which meet what is ``asked`` of receivers and instruments (names).
    """
    if not giving:
        return "所选条件下没有激励。"
    return render(
        "incentives.shares_lead",
        documents=totals.documents,
        giving=giving,
        share=with_unit(100 * giving / totals.documents, "%", 0) if totals.documents else "",
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
    rows = [("给谁", *row) for row in receivers(counts)] + [("怎么给", *row) for row in instruments(counts)]
    columns: export.Columns[tuple[str, str, int]] = {
        "分类": itemgetter(0),
        "名称": itemgetter(1),
        "写了的文件（份）": itemgetter(2),
    }
    notes = ("一份文件可以有几类。",)
    return export.tabulate("激励给谁怎么给", "激励给谁、怎么给", columns, rows, "各文件原文", notes)
