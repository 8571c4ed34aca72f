"""Targets as a reader sees them: side by side, in one sentence, as a file, and over many documents how far apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from analysis.chinese_words import COMPARATORS, TARGET_KINDS, TARGET_STATUSES, VERDICT_SIGNS
from analysis.compare import CellState, TargetMatrix, key, shared
from analysis.compare.target_matrix import NOT_APPLICABLE, Key, TargetCell, TargetRow, baseline, join_key
from analysis.model import Target, TargetKind, TargetStatus
from analysis.present import export, numbers
from analysis.present.export import PROOF_COLUMNS, SURE_NOTE, stated
from analysis.present.links import Address, page_link
from analysis.present.markup import render
from analysis.present.names import (
    clause_name,
    names_before_words,
    picked_spans,
    place,
    source,
)
from analysis.present.numbers import with_unit
from analysis.store import Spread, Stated
from analysis.trend import TrendRow

SILENT = "文件未载"
FILTERED = "不在筛选内"


Verdicts = Mapping[Key, TrendRow]


def target_figure(target: Target) -> str:
    """The figure of a target in plain text: ``≥8,000 人``, ``新增 ≥30 家``, ``每年增长 ≥8%``, ``较 2023 年 2 倍``."""
    text = f"{numbers.bound_sign(target.comparator)}{numbers.span(target.value, target.value_high, target.unit)}"
    thin = numbers.THIN_SPACE
    match target.kind:
        case TargetKind.INCREMENT:
            return f"新增{thin}{text}"
        case TargetKind.GROWTH:
            return f"{'每年' if target.recurring else ''}增长{thin}{text}"
        case TargetKind.MULTIPLE if target.baseline_year is not None:
            return f"{numbers.year(target.baseline_year)}的{thin}{text}"
        case _:
            return text


def verdict_of(target: Target, verdicts: Verdicts) -> TargetStatus:
    """The verdict on a target; one that no series can answer is not comparable."""
    judged = verdicts.get(key(target))
    return judged.status if judged else TargetStatus.NOT_COMPARABLE


def verdict_words(judged: TrendRow) -> str:
    """``◆ 已达成（2019 年首次达到）``."""
    text = f"{VERDICT_SIGNS[judged.status]} {TARGET_STATUSES[judged.status]}"
    if judged.first_reached_year is None:
        return text
    first = "首次达到" if judged.status is TargetStatus.REACHED else "曾达到"
    return f"{text}（{numbers.year(judged.first_reached_year)}{first}）"


def matrix_html(matrix: TargetMatrix, verdicts: Verdicts) -> Markup:
    """Indicators × documents as a table that turns into cards; every figure links to its words."""
    rows = [
        [{"name": row.name, "note": row.note}, *(_cell(row, cell, verdicts) for cell in row.cells)]
        for row in matrix.rows
    ]
    return render("targets.matrix", cards=matrix.cards, rows=rows)


def _cell(row: TargetRow, cell: TargetCell, verdicts: Verdicts) -> dict[str, object]:
    """Targets, the words for what is not shown, and where the indicator is mentioned without a number."""
    found: list[dict[str, object]] = []
    silent, mention = SILENT, None
    match cell.state:
        case CellState.STATED:
            written = [row.name, *(target.indicator for target in cell.targets)]
            found = [
                _item(target, verdicts, new_name=target.indicator not in (row.name, written[place_]))
                for place_, target in enumerate(cell.targets)
            ]
            silent = f"另{numbers.THIN_SPACE}{cell.hidden}{numbers.THIN_SPACE}个{FILTERED}" if cell.hidden else ""
        case CellState.FILTERED:
            silent = FILTERED
        case CellState.NAMED_ONLY if cell.mention is not None:
            silent, mention = f"提到{numbers.THIN_SPACE}{cell.mentions}{numbers.THIN_SPACE}处，未定数", cell.mention
    return {"targets": found, "silent": silent, "mention": mention}


def _item(target: Target, verdicts: Verdicts, *, new_name: bool) -> dict[str, object]:
    judged = verdicts.get(key(target))
    written = (f"写作“{target.indicator}”",) if new_name else ()
    return {
        "target": target,
        "figure": target_figure(target),
        "facts": (numbers.year(target.target_year), clause_name(target.clause), *written),
        "judged": verdict_words(judged) if judged else "",
        "note": judged.note if judged else "",
    }


def lead(matrix: TargetMatrix, verdicts: Verdicts, total: int) -> Markup | str:
    """The answer of the page: how many targets, who set them, what is comparable, what became of them."""
    targets = matrix.targets
    if not targets:
        return "所选条件下没有带数字的目标。"
    counts = Counter(target.document for target in targets)
    both = shared(matrix)
    places = {card.region_code or card.slug for card in matrix.cards}
    judged = Counter(verdict_of(target, verdicts) for target in targets)
    return render(
        "targets.lead",
        documents=len(matrix.cards),
        targets=len(targets),
        total=total,
        listed=[(names_before_words([card]), counts[card.slug]) for card in matrix.cards if counts[card.slug]],
        without=names_before_words([card for card in matrix.cards if not counts[card.slug]]),
        comparable=both if len(places) > 1 else None,
        rest=len(matrix.rows) - len(both),
        judged=[
            {"word": TARGET_STATUSES[verdict], "count": judged[verdict]}
            for verdict in TargetStatus
            if judged[verdict] and verdict is not TargetStatus.NOT_COMPARABLE
        ],
    )


def target_export(matrix: TargetMatrix, verdicts: Verdicts) -> export.Table:
    """The targets shown, one a row, ready for CSV and Excel, each with its quote and the address of its words."""
    cards = {card.slug: card for card in matrix.cards}
    measures = {row.key: row for row in matrix.rows}

    def note(target: Target) -> str:
        judged = verdicts.get(key(target))
        return judged.note if judged else measures[join_key(target)].note

    columns: export.Columns[Target] = {
        "地区": lambda target: place(cards[target.document]),
        "文件": lambda target: cards[target.document].title,
        "指标": lambda target: measures[join_key(target)].name,
        "原文写作": lambda target: target.indicator,
        "类型": lambda target: TARGET_KINDS[target.kind],
        "关系": lambda target: COMPARATORS[target.comparator],
        "目标值": lambda target: target.value,
        "目标值上限": lambda target: NOT_APPLICABLE if target.value_high is None else target.value_high,
        "单位": lambda target: target.unit,
        "目标年": lambda target: stated(target.target_year),
        "基年": lambda target: stated(baseline(target)),
        "状态": lambda target: TARGET_STATUSES[verdict_of(target, verdicts)],
        "说明": note,
        **PROOF_COLUMNS,
    }
    notes = ("“文件未写”指文件没有写，不等于零；“不适用”指这类目标不需要此项。", SURE_NOTE)
    return export.tabulate("政衡-目标对比", "目标对比", columns, matrix.targets, source(matrix.cards), notes)


def picked_html(matrix: TargetMatrix, selection: Any) -> Markup:
    """The words of the targets whose dots were clicked; empty when none was."""
    cards = {card.slug: card for card in matrix.cards}
    spans = picked_spans(selection)
    found = [
        (cards[target.document], target)
        for target in matrix.targets
        if (target.document, target.start, target.end) in spans
    ]
    return render("shared.quotes", found=found)


_NAMED = 3  # indicators that the answer names


def spread_lead(documents: int, setting: int, targets: int, rows: Sequence[Spread], *, filtered: bool) -> Markup | str:
    """How many of the chosen documents set targets and which most often.

    ``documents`` are chosen, ``setting`` of them set such a target; ``targets`` is their number where nothing is asked
    of targets (``filtered`` false), else it is not shown.
    """
    if not setting:
        return "所选条件下没有带数字的目标。"
    if len(rows) == 1 and filtered:
        lowest, middle, highest = _ends(rows[0])
        return render("targets.one_indicator", row=rows[0], lowest=lowest, middle=middle, highest=highest)
    return render(
        "targets.spread_lead",
        documents=documents,
        setting=setting,
        targets=targets,
        often=rows[:_NAMED],
        others=max(len(rows) - _NAMED, 0),
        filtered=filtered,
    )


def _ends(row: Spread) -> tuple[dict[str, object] | None, str, dict[str, object] | None]:
    """Lowest, middle and highest of an indicator."""
    middle = "" if row.middle is None else _figure(row.middle, row.unit)
    return _stated(row.lowest, row.unit), middle, _stated(row.highest, row.unit)


def _stated(stated: Stated | None, unit: str | None) -> dict[str, object] | None:
    if stated is None:
        return None
    where = f"{stated.region or '地区不详'}，{numbers.year(stated.target_year or None)}"
    return {"citation": stated.citation, "figure": _figure(stated.value, unit), "where": where}


def _figure(value: Decimal, unit: str | None) -> str:
    """A column that counts 家 and 个 alike names the first of them."""
    return with_unit(value, (unit or "").split("、")[0], 1)


def spread_html(rows: Sequence[Spread], state: Address) -> Markup:
    """One row for each indicator: how many documents and places set it; lowest, middle and highest lead to the words.

    ``state``: the filters over documents, as addresses carry them.
    """
    made = []
    for row in rows:
        name = {"name": row.name, "address": page_link("targets", **state, indicator=row.name)}
        lowest, middle, highest = _ends(row)
        cells: tuple[object, ...] = ("没有总量可比", "—", "—")
        if lowest and middle and highest:
            cells = (lowest, {"figure": middle, "compared": f"{with_unit(row.compared, '份')}写总量"}, highest)
        made.append([name, row.documents, row.regions, *cells])
    return render("targets.spread", rows=made)


_SPREAD: export.Columns[Spread] = {
    "指标": lambda row: row.name,
    "定数的文件（份）": lambda row: row.documents,
    "定数的地方（个）": lambda row: row.regions,
    "写总量的文件（份）": lambda row: row.compared,
    "单位": lambda row: row.unit,
    "最低": lambda row: row.lowest.value if row.lowest else None,
    "最低在": lambda row: row.lowest.region if row.lowest else None,
    "最低的原文位置": lambda row: row.lowest.citation if row.lowest else None,
    "中位": lambda row: row.middle,
    "最高": lambda row: row.highest.value if row.highest else None,
    "最高在": lambda row: row.highest.region if row.highest else None,
    "最高的原文位置": lambda row: row.highest.citation if row.highest else None,
}


def spread_table(rows: Sequence[Spread]) -> export.Table:
    """The same as a file, every indicator."""
    notes = ("最低、中位、最高只比写成总量、单位同类的目标；不比新增、增速、占比和每年的数。空格表示没有可比的。",)
    return export.tabulate("各指标的目标", "各指标的目标", _SPREAD, rows, "各文件原文", notes)
