"""Targets as a reader sees them: the matrix, the sentence that answers the page, the table to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Protocol

from analysis.compare import CellState, TargetMatrix, key, shared
from analysis.compare.targets import NOT_APPLICABLE, NOT_STATED, Key, TargetCell, TargetRow, baseline
from analysis.model import Card, Comparator, Target, TargetKind, Verdict
from analysis.present import export, numbers
from analysis.present.links import page_link
from analysis.present.names import (
    check_text,
    clause_name,
    document_name,
    names_before_words,
    picked_spans,
    place,
    source,
)
from analysis.present.reasons import BY_RULE, SURE_NOTE, rule_title
from analysis.present.tables import FILTERED, column_head, mark_html, quotes_html, silent, table, words_anchor
from analysis.wording import TARGET_KINDS, VERDICT_SIGNS, VERDICTS


class Judged(Protocol):
    """What this module needs of a trend row."""

    @property
    def status(self) -> Verdict: ...
    @property
    def first_reached_year(self) -> int | None: ...
    @property
    def note(self) -> str: ...


Verdicts = Mapping[Key, Judged]


def target_figure(target: Target) -> str:
    """The figure of a target in plain text: ``≥8,000 人``, ``新增 ≥30 家``, ``每年增长 ≥8%``, ``较 2023 年 2 倍``."""
    sign = "" if target.comparator is Comparator.EQ else numbers.comparator_sign(target.comparator)
    text = numbers.with_unit(target.value, target.unit)
    if target.value_high is not None:
        text = f"{numbers.figure(target.value)}–{numbers.with_unit(target.value_high, target.unit)}"
    thin = numbers.THIN_SPACE
    match target.kind:
        case TargetKind.INCREMENT:
            return f"新增{thin}{sign}{text}"
        case TargetKind.GROWTH:
            return f"{'每年' if target.recurring else ''}增长{thin}{sign}{text}"
        case TargetKind.MULTIPLE if target.baseline_year is not None:
            return f"{numbers.year(target.baseline_year)}的{thin}{sign}{text}"
        case _:
            return f"{sign}{text}"


def verdict_of(target: Target, verdicts: Verdicts) -> Verdict:
    """The verdict on a target; one that no series can answer is not comparable."""
    judged = verdicts.get(key(target))
    return judged.status if judged else Verdict.NOT_COMPARABLE


def verdict_words(judged: Judged) -> str:
    """``◆ 已达成（2019 年首次达到）``."""
    text = f"{VERDICT_SIGNS[judged.status]} {VERDICTS[judged.status]}"
    if judged.first_reached_year is None:
        return text
    first = "首次达到" if judged.status is Verdict.REACHED else "曾达到"
    return f"{text}（{numbers.year(judged.first_reached_year)}{first}）"


def matrix_html(matrix: TargetMatrix, verdicts: Verdicts) -> str:
    """Indicators × documents as a table that turns into cards; every figure links to its words."""
    head = ["指标", *(column_head(card) for card in matrix.cards)]
    labels = ["指标", *(document_name(card) for card in matrix.cards)]
    rows = []
    for row in matrix.rows:
        cells = [_cell_html(row, cell, card, verdicts) for cell, card in zip(row.cells, matrix.cards, strict=True)]
        rows.append([_row_head(row), *cells])
    return table("", head, labels, rows, css="zh-matrix")


def _row_head(row: TargetRow) -> str:
    note = f'<div class="zh-small">{escape(row.note)}</div>' if row.note else ""
    return f"{escape(row.name)}{note}"


def _cell_html(row: TargetRow, cell: TargetCell, card: Card, verdicts: Verdicts) -> str:
    match cell.state:
        case CellState.STATED:
            written = [row.name, *(target.indicator for target in cell.targets)]
            rest = f"另{numbers.THIN_SPACE}{cell.hidden}{numbers.THIN_SPACE}个{FILTERED}" if cell.hidden else ""
            return "".join(
                _target_html(target, verdicts, new_name=target.indicator not in (row.name, written[place_]))
                for place_, target in enumerate(cell.targets)
            ) + (silent(rest) if rest else "")
        case CellState.FILTERED:
            return silent(FILTERED)
        case CellState.NAMED_ONLY if cell.mention is not None:
            words = f"提到{numbers.THIN_SPACE}{cell.mentions}{numbers.THIN_SPACE}处，未定数"
            return f'<span class="zh-silent">{words_anchor(cell.mention, words)}</span>'
        case _:
            return silent()


def _target_html(target: Target, verdicts: Verdicts, *, new_name: bool) -> str:
    figure = words_anchor(target.citation, target_figure(target), target.quote)
    written = f"写作“{target.indicator}”" if new_name else ""
    clause = clause_name(target.clause)
    parts = [numbers.year(target.target_year), clause, *([written] if written else [])]
    small = " · ".join(each for each in (*map(escape, parts), mark_html(target.checked)) if each)
    lines = f'<div class="zh-big">{figure}</div><div class="zh-small">{small}</div>'
    judged = verdicts.get(key(target))
    if judged is not None:
        address = escape(page_link("trends"))
        words, note = escape(verdict_words(judged)), escape(judged.note)
        lines += f'<div class="zh-small"><a href="{address}" target="_self" title="{note}">{words}</a></div>'
    return f'<div class="zh-item">{lines}</div>'


def lead(matrix: TargetMatrix, verdicts: Verdicts, total: int) -> str:
    """The answer of the page as markup: how many targets, who set them, what is comparable, what became of them."""
    targets = matrix.targets
    if not targets:
        return "所选条件下没有带数字的目标。"
    thin = numbers.THIN_SPACE
    counts = Counter(target.document for target in targets)
    listed = "、".join(
        f"{escape(names_before_words([card]))}有{thin}<strong>{counts[card.slug]}</strong>{thin}个"
        for card in matrix.cards
        if counts[card.slug]
    )
    none = escape(names_before_words([card for card in matrix.cards if not counts[card.slug]]))
    chosen = "" if len(targets) == total else f"（全部{thin}{total}{thin}个中选出）"
    count = f"<strong>{thin}{len(targets)}{thin}个</strong>"
    text = f"{len(matrix.cards)}{thin}份文件写下{count}带数字的目标{chosen}：{listed}"
    text += f"；{none}一个也没有。" if none else "。"
    return text + _comparable(matrix) + _outcome(targets, verdicts)


def _comparable(matrix: TargetMatrix) -> str:
    if len({card.region_code or card.slug for card in matrix.cards}) < 2:
        return ""
    rows = shared(matrix)
    if not rows:
        return "没有一个指标是两地都定了数的。"
    thin = numbers.THIN_SPACE
    names = "、".join(escape(row.name) for row in rows)
    rest = len(matrix.rows) - len(rows)
    tail = f"，其余{thin}{rest}{thin}个只有一地定数" if rest else ""
    return f"两地以上都定了数、可以比的指标有<strong>{thin}{len(rows)}{thin}个</strong>：{names}{tail}。"


def _outcome(targets: Sequence[Target], verdicts: Verdicts) -> str:
    judged: Counter[Verdict] = Counter(
        verdict for target in targets if (verdict := verdict_of(target, verdicts)) is not Verdict.NOT_COMPARABLE
    )
    if not judged:
        return ""
    thin = numbers.THIN_SPACE
    parts = [f"{VERDICTS[verdict]}{thin}{judged[verdict]}{thin}个" for verdict in Verdict if judged[verdict]]
    address = escape(page_link("trends"))
    return (
        f"能与技术合同数据对照的目标有{thin}{sum(judged.values())}{thin}个：{'，'.join(parts)}"
        f'（<a href="{address}" target="_self">趋势与目标</a>）。'
    )


def target_export(matrix: TargetMatrix, verdicts: Verdicts) -> export.Table:
    """The targets shown, one a row, ready for CSV and Excel, each with its quote and the address of its words."""
    columns = (
        export.Column("region", "地区"),
        export.Column("title", "文件"),
        export.Column("measure", "指标"),
        export.Column("indicator", "原文写作"),
        export.Column("kind", "类型"),
        export.Column("comparator", "关系"),
        export.Column("value", "目标值"),
        export.Column("value_high", "目标值上限"),
        export.Column("unit", "单位"),
        export.Column("year", "目标年"),
        export.Column("baseline", "基年"),
        export.Column("status", "状态"),
        export.Column("note", "说明"),
        export.Column("clause", "条款"),
        export.Column("quote", "原文"),
        export.Column("checked", "核对"),
        export.Column("rule", "规则"),
        export.Column("sure", "把握"),
        export.Column("link", "链接"),
    )
    cards = {card.slug: card for card in matrix.cards}
    rows = tuple(_export_row(row, target, cards, verdicts) for row in matrix.rows for target in row.targets)
    notes = ("“文件未写”指文件没有写，不等于零；“不适用”指这类目标不需要此项。", SURE_NOTE)
    return export.Table("政衡-目标对比", "目标对比", columns, rows, source(matrix.cards), notes)


def _export_row(
    row: TargetRow, target: Target, cards: Mapping[str, Card], verdicts: Verdicts
) -> Mapping[str, export.Cell]:
    card = cards[target.document]
    judged = verdicts.get(key(target))
    base = baseline(target)
    return {
        "region": place(card),
        "title": card.title,
        "measure": row.name,
        "indicator": target.indicator,
        "kind": TARGET_KINDS[target.kind],
        "comparator": numbers.comparator_word(target.comparator),
        "value": target.value,
        "value_high": NOT_APPLICABLE if target.value_high is None else target.value_high,
        "unit": target.unit,
        "year": NOT_STATED if target.target_year is None else target.target_year,
        "baseline": NOT_STATED if base is None else base,
        "status": VERDICTS[verdict_of(target, verdicts)],
        "note": judged.note if judged else row.note,
        "clause": clause_name(target.clause),
        "quote": target.quote,
        "checked": check_text(target.checked),
        "rule": rule_title(target.rule),
        "sure": BY_RULE if target.probability is None else target.probability,
        "link": target.citation,
    }


def picked_html(matrix: TargetMatrix, selection: Any) -> str:
    """The words of the targets whose dots were clicked; empty when none was."""
    cards = {card.slug: card for card in matrix.cards}
    spans = picked_spans(selection)
    return quotes_html(
        [
            (cards[target.document], target)
            for target in matrix.targets
            if (target.document, target.start, target.end) in spans
        ]
    )
