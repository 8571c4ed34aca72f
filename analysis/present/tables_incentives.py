"""Incentives as a reader sees them: by receiver, the rules, the words without a number, shares over many documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

from markupsafe import Markup

from analysis.chinese_words import instrument_name, receiver_name
from analysis.compare import IncentiveMatrix, Rule, by_instrument, rule_benefit, saturation
from analysis.compare.incentive_matrix import RATE_OPEN, IncentiveCell, IncentiveRow, cap_field, rate_field
from analysis.compare.target_matrix import NOT_APPLICABLE, NOT_STATED
from analysis.model import Card, Incentive, Instrument, Receiver
from analysis.present import export, numbers
from analysis.present.export import PROOF_COLUMNS, SURE_NOTE, stated
from analysis.present.incentive_text import conditions, incentive_figure, shortened, wan
from analysis.present.links import Address, page_link
from analysis.present.markup import render
from analysis.present.names import document_name, place, source
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
    cards = {card.slug: card for card in matrix.cards}
    columns: export.Columns[Incentive] = {
        "地区": lambda item: place(cards[item.document]),
        "文件": lambda item: cards[item.document].title,
        "对象": lambda item: receiver_name(item.receiver),
        "原文对象": lambda item: item.beneficiary,
        "方式": lambda item: instrument_name(item.instrument),
        "条件": lambda item: item.trigger or NOT_STATED,
        "起点（万元）": lambda item: stated(item.threshold_wan),
        "比例关系": lambda item: numbers.comparator_sign(item.rate_comparator) if item.rate_comparator else "",
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
    rows = [("给谁", *row) for row in receivers(counts)] + [("怎么给", *row) for row in instruments(counts)]
    columns: export.Columns[tuple[str, str, int]] = {
        "分类": itemgetter(0),
        "名称": itemgetter(1),
        "写了的文件（份）": itemgetter(2),
    }
    notes = ("一份文件可以有几类。",)
    return export.tabulate("激励给谁怎么给", "激励给谁、怎么给", columns, rows, "各文件原文", notes)
