"""The first run over texts that were annotated before it, in words and tables."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from analysis.learn.fresh import Fresh
from analysis.present import export
from analysis.present.quality_unseen import both, estimates_html, estimates_table
from analysis.present.tables import silent
from analysis.present.trend_text import spaced

_WEB = ("http://", "https://")
SOURCE = "tests/gold/fresh：来源见 sources.csv，收集和标注的经过见 README.md"


def heading(result: Fresh) -> str:
    """When they were collected, and in which order."""
    return f"全新文本（{result.collected} 收集，先标注后运行）"


def fresh_html(result: Fresh) -> str:
    """Counts and rates with their intervals: markup."""
    empty = (
        f"其中 {result.empty} 份什么也没有，一共多读出 <strong>{result.empty_rows}</strong> 项。"
        if result.empty
        else ""
    )
    told = spaced(
        f"{result.documents} 份文本，先由人标注并存下摘要，再第一次运行；没有一条规则、一项权重见过它们。{empty}"
        "存疑的条目计入。"
    )
    table = estimates_html(both(result.targets, result.incentives))
    return f"<h2>{escape(heading(result))}</h2><p>{told}</p>{table}"


def sources_html(result: Fresh) -> str:
    """Where the texts come from, folded: markup."""
    if not result.texts:
        return ""
    rows = "".join(
        f"<li>{escape('　'.join(part for part in (one.region, one.title, one.issued) if part))}　{_address(one.source)}"
        f"{'　' + silent('什么也没有') if one.negative else ''}</li>"
        for one in result.texts
    )
    head = spaced(f"{len(result.texts)} 份文本从哪里来")
    return f'<details class="zh-why"><summary>{head}</summary><ul>{rows}</ul></details>'


def _address(source: str) -> str:
    """Where it was found; a link only where it is one."""
    if not source.startswith(_WEB):
        return f'<span class="zh-path">{escape(source)}</span>'
    address = source.split(" ")[0]
    return f'<a class="zh-path" href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(source)}</a>'


def fresh_table(result: Fresh) -> export.Table:
    """Counts and rates as a file."""
    return estimates_table(both(result.targets, result.incentives), "全新文本", SOURCE)


def sources_table(result: Fresh) -> export.Table:
    """Where the texts come from as a file."""
    columns = (
        export.Column("document", "文本"),
        export.Column("region", "地区"),
        export.Column("title", "标题"),
        export.Column("issued", "时间"),
        export.Column("source", "网页地址"),
        export.Column("negative", "应为空"),
    )
    rows: tuple[Mapping[str, export.Cell], ...] = tuple(
        {
            "document": one.document,
            "region": one.region,
            "title": one.title,
            "issued": one.issued,
            "source": one.source,
            "negative": one.negative,
        }
        for one in result.texts
    )
    return export.Table("全新文本的来源", "全新文本的来源", columns, rows, SOURCE)
