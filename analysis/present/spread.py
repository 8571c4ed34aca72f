"""The targets of many documents: the answer in a sentence, and how far apart the numbers of each indicator lie."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from analysis.present import export, numbers
from analysis.present.html import render
from analysis.present.links import Address, page_link
from analysis.present.numbers import with_unit
from analysis.store import Spread, Stated

_NAMED = 3  # indicators that the answer names


def lead(documents: int, setting: int, targets: int, rows: Sequence[Spread], *, filtered: bool) -> Markup | str:
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
