"""Targets as a reader sees them: side by side, in one sentence, as a file, and over many documents how far apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from markupsafe import Markup

from analysis.chinese_words import TARGET_KINDS, TARGET_STATUSES, VERDICT_SIGNS
from analysis.compare import CellState, TargetMatrix, key, shared
from analysis.compare.target_matrix import NOT_APPLICABLE, NOT_STATED, Key, TargetCell, TargetRow, baseline
from analysis.model import Card, Comparator, Target, TargetKind, TargetStatus
from analysis.present import export, numbers
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
from analysis.present.reasons import PROOF_COLUMNS, SURE_NOTE, proof_cells
from analysis.store import Spread, Stated

SILENT = "文件未载"
FILTERED = "不在筛选内"


class Judged(Protocol):
    """What this module needs of a trend row."""

    @property
    def status(self) -> TargetStatus: ...
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


def verdict_of(target: Target, verdicts: Verdicts) -> TargetStatus:
    """The verdict on a target; one that no series can answer is not comparable."""
    judged = verdicts.get(key(target))
    return judged.status if judged else TargetStatus.NOT_COMPARABLE


def verdict_words(judged: Judged) -> str:
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
        "said": (numbers.year(target.target_year), clause_name(target.clause), *written),
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
        *PROOF_COLUMNS,
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
        "status": TARGET_STATUSES[verdict_of(target, verdicts)],
        "note": judged.note if judged else row.note,
        **proof_cells(target),
    }


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
    of targets (``filtered`` false), else it is not told.
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


def spread_table(rows: Sequence[Spread]) -> export.Table:
    """The same as a file, every indicator."""
    columns = (
        export.Column("indicator", "指标"),
        export.Column("documents", "定数的文件", "份"),
        export.Column("regions", "定数的地方", "个"),
        export.Column("compared", "写总量的文件", "份"),
        export.Column("unit", "单位"),
        export.Column("lowest", "最低"),
        export.Column("lowest_region", "最低在"),
        export.Column("lowest_link", "最低的原文位置"),
        export.Column("middle", "中位"),
        export.Column("highest", "最高"),
        export.Column("highest_region", "最高在"),
        export.Column("highest_link", "最高的原文位置"),
    )
    made: list[dict[str, export.Cell]] = [
        {
            "indicator": row.name,
            "documents": row.documents,
            "regions": row.regions,
            "compared": row.compared,
            "unit": row.unit,
            "middle": row.middle,
            **_cells("lowest", row.lowest),
            **_cells("highest", row.highest),
        }
        for row in rows
    ]
    notes = ("最低、中位、最高只比写成总量、单位同类的目标；不比新增、增速、占比和每年的数。空格表示没有可比的。",)
    return export.Table("各指标的目标", "各指标的目标", columns, tuple(made), "各文件原文", notes)


def _cells(name: str, stated: Stated | None) -> dict[str, export.Cell]:
    if stated is None:
        return {name: None, f"{name}_region": None, f"{name}_link": None}
    return {name: stated.value, f"{name}_region": stated.region, f"{name}_link": stated.citation}
