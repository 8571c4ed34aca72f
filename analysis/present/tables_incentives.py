"""Incentives as a reader sees them: by receiver, the rules, the words without a number, shares over many documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from analysis.chinese_words import instrument_name, receiver_name
from analysis.compare import IncentiveMatrix, Rule, by_instrument, rule_benefit, saturation
from analysis.compare.incentive_matrix import RATE_OPEN, IncentiveCell, IncentiveRow, cap_field, rate_field
from analysis.compare.target_matrix import NOT_APPLICABLE, NOT_STATED
from analysis.model import Card, Incentive, Instrument, Receiver
from analysis.present import export, numbers
from analysis.present.incentive_text import WAN, conditions, incentive_figure, shortened, wan
from analysis.present.links import Address, page_link
from analysis.present.markup import render
from analysis.present.names import document_name, place, source
from analysis.present.reasons import PROOF_COLUMNS, SURE_NOTE, proof_cells
from analysis.store import IncentiveCounts, Totals

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
    return f"最多{numbers.THIN_SPACE}{wan(money, 2)}" if rule.ceiling and money else wan(money, 2)


def qualitative_html(matrix: IncentiveMatrix) -> Markup:
    """Incentives without a number as instruments × documents: the words themselves, who receives, where they stand."""
    rows = [
        [tool, *([item for item in items if item.document == card.slug] for card in matrix.cards)]
        for tool, items in by_instrument(item for item in matrix.incentives if not item.quantified)
    ]
    return render("incentives.without_numbers", cards=matrix.cards, rows=rows) if rows else Markup()


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
        *PROOF_COLUMNS,
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
        **proof_cells(item),
    }


def _stated(value: Decimal | str | None) -> Decimal | str:
    return NOT_STATED if value is None else value


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
