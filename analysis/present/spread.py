"""The targets of many documents: the answer in a sentence, and how far apart the numbers of each indicator lie."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from analysis.present import export, numbers
from analysis.present.links import Address, page_link
from analysis.present.numbers import with_unit
from analysis.present.tables import silent, table, words_anchor
from analysis.store import Spread, Stated

_THIN = numbers.THIN_SPACE
_NAMED = 3  # indicators that the answer names


def lead(documents: int, setting: int, targets: int, rows: Sequence[Spread], *, filtered: bool) -> str:
    """How many of the chosen documents set targets and which most often: markup.

    ``documents`` are chosen, ``setting`` of them set such a target; ``targets`` is their number where nothing is asked
    of targets (``filtered`` false), else it is not told.
    """
    if not setting:
        return "所选条件下没有带数字的目标。"
    if len(rows) == 1 and filtered:
        return _one(rows[0])
    most = ((escape(row.name), with_unit(row.documents, "份")) for row in rows[:_NAMED])
    often = "、".join(f"<strong>{name}</strong>（{documents}）" for name, documents in most)
    others = f"，此外还有 {with_unit(len(rows) - _NAMED, '个')}指标" if len(rows) > _NAMED else ""
    rest = f"定得最多的是{often}{others}"
    if filtered:
        return f"<strong>{with_unit(setting, '份')}文件</strong>有所选条件的目标；{rest}。"
    return (
        f"所选 {with_unit(documents, '份')}文件里，<strong>{with_unit(setting, '份')}</strong>写下 "
        f"<strong>{with_unit(targets, '个')}</strong>带数字的目标；{rest}。"
    )


def _one(row: Spread) -> str:
    """One indicator asked about: how many set it, and from what to what."""
    where = f"{with_unit(row.documents, '份')}文件、{with_unit(row.regions, '个')}地方"
    said = f"{where}为<strong>{escape(row.name)}</strong>定了数"
    if row.lowest is None or row.highest is None or row.middle is None:
        return f"{said}，没有写成总量的可以相比。"
    return (
        f"{said}；其中 {with_unit(row.compared, '份')}写的是总量，最低 {_value(row.lowest, row.unit)}，"
        f"中位 <strong>{_figure(row.middle, row.unit)}</strong>，最高 {_value(row.highest, row.unit)}。"
    )


def _figure(value: Decimal, unit: str | None) -> str:
    return escape(with_unit(value, _short(unit), 1))


def _value(stated: Stated, unit: str | None) -> str:
    return words_anchor(stated.citation, with_unit(stated.value, _short(unit), 1))


def _short(unit: str | None) -> str:
    """A column that counts 家 and 个 alike names the first of them."""
    return (unit or "").split("、")[0]


def spread_html(rows: Sequence[Spread], state: Address) -> str:
    """One row for each indicator: how many documents and places set it; lowest, middle and highest lead to the words.

    ``state``: the filters over documents, as addresses carry them.
    """
    labels = ("指标", "文件", "地方", "最低", "中位", "最高")
    units = ("", "份", "个", "", "", "")
    head = [f'{label} <span class="zh-small">{unit}</span>' for label, unit in zip(labels, units, strict=True)]
    made = []
    for row in rows:
        link = page_link("targets", **state, indicator=row.name)
        name = f'<a href="{escape(link)}" target="_self">{escape(row.name)}</a>'
        few = row.lowest is None or row.highest is None or row.middle is None
        values = (
            [silent("没有总量可比")] + [silent("—")] * 2
            if few
            else [_place(row.lowest, row.unit), _middle(row), _place(row.highest, row.unit)]
        )
        made.append([name, numbers.figure(row.documents), numbers.figure(row.regions), *values])
    return table("", head, labels, made, css="zh-spread")


def _place(stated: Stated | None, unit: str | None) -> str:
    if stated is None:
        return silent("—")
    due = numbers.year(stated.target_year) if stated.target_year else "未写年份"
    return f'{_value(stated, unit)}<div class="zh-small">{escape(stated.region or "地区不详")}，{escape(due)}</div>'


def _middle(row: Spread) -> str:
    if row.middle is None:
        return silent("—")
    of = f'<div class="zh-small">{with_unit(row.compared, "份")}写总量</div>'
    return f"{_figure(row.middle, row.unit)}{of}"


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
