"""用词对比: what sets groups apart as a chart, frequencies, terms in their contexts, and the same to download."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from math import exp, log
from typing import Any

from markupsafe import Markup

from analysis.model import Card
from analysis.present import theme
from analysis.present.export import Cell, Columns, Table, tabulate
from analysis.present.links import page_link
from analysis.present.markup import render
from analysis.present.numbers import THIN_SPACE, figure
from analysis.present.theme import Figure, bold, lines, template
from analysis.similar import Context, KeyTerm, TermRow

LINE = 24  # pixels for one term
MARGIN_TOP, MARGIN_BOTTOM = 48, 48
# Ratios that the axis names on both sides of 1, of which the coarsest pair serves that leaves three ticks in sight.
_LADDERS = ((8, 64), (4, 16), (2, 4), (1.5, 2), (1.2, 1.5), (1.1, 1.2))
_EMPTY = log(4)  # the axis of a chart without terms, on both sides


def both_ends(terms: Sequence[KeyTerm], top: int) -> tuple[KeyTerm, ...]:
    """The ``top`` most typical and the ``top`` most avoided terms, most typical first, none on the wrong side."""
    more = [term for term in terms if term.log_odds > 0][:top]
    less = [term for term in terms if term.log_odds < 0][-top:]
    return (*more, *less)


def keyness_chart(shown: Sequence[KeyTerm], focus: str, rest: str, *, colour: str, dark: bool = False) -> Figure:
    """Terms from top to bottom, most typical of ``focus`` first; customdata: the term.

    A filled dot has an interval that leaves out 1 (no difference); a hollow one may be chance.
    """
    other = theme.shades(dark).second
    more, less = ([term for term in shown if (term.log_odds > 0) == side] for side in (True, False))
    low, high = _extent(shown)
    ticks = axis_ticks(low, high)
    layout = {
        "height": len(shown) * LINE + MARGIN_TOP + MARGIN_BOTTOM,
        "margin": {"l": 0, "r": 12, "t": MARGIN_TOP, "b": MARGIN_BOTTOM},
        "dragmode": False,
        "xaxis": {
            "tickvals": [log(value) for value in ticks],
            "ticktext": [_times(value) for value in ticks],
            "title": {"text": "用词之比（横线为 95% 区间）", "standoff": 8},
            "range": [low, high],
            "tickangle": 0,
            "tickfont": {"size": 12},
            "zeroline": True,
            "zerolinewidth": 1.5,
            "zerolinecolor": other,
        },
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": [term.term for term in reversed(shown)],
            "range": [-0.6, len(shown) - 0.4],
            "automargin": True,
            "ticksuffix": "  ",
            "tickfont": {"color": theme.shades(dark).ink},
            "showgrid": False,
        },
        # One above the other, so that they never meet on a narrow screen.
        "annotations": [
            _side(f"{focus}说得更多 →", 1, "right", 20, colour),
            _side("← 其余说得更多", 0, "left", 2, other),
        ],
    }
    dots = [_dots(terms, focus, rest, tint, dark) for terms, tint in ((more, colour), (less, other))]
    return {"data": dots, "layout": layout}


def _dots(terms: Sequence[KeyTerm], focus: str, rest: str, tint: str, dark: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [term.log_odds for term in terms],
        "y": [term.term for term in terms],
        "mode": "markers",
        "marker": {
            "size": 10,
            "color": [tint if term.clear else theme.shades(dark).ground for term in terms],
            "line": {"color": tint, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [term.high - term.log_odds for term in terms],
            "arrayminus": [term.log_odds - term.low for term in terms],
            "color": tint,
            "thickness": 1.5,
            "width": 0,
        },
        "customdata": [[term.term, hover(term, focus, rest)] for term in terms],
        "hovertemplate": template("%{customdata[1]}"),
    }


def _side(text: str, x: int, edge: str, shift: int, tint: str) -> dict[str, Any]:
    """What an end of the axis means, above it."""
    return {
        "x": x, "xref": "paper", "xanchor": edge, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": shift,
        "text": bold(text), "font": {"color": tint, "size": 13},
    }  # fmt: skip


def _extent(shown: Sequence[KeyTerm]) -> tuple[float, float]:
    """Ends of the axis: every interval and "no difference" with a little room; one tick each side when empty."""
    low = min((term.low for term in shown), default=-_EMPTY)
    high = max((term.high for term in shown), default=_EMPTY)
    room = 0.04 * (max(high, 0) - min(low, 0))
    return min(low, 0) - room, max(high, 0) + room


def axis_ticks(low: float, high: float) -> tuple[float, ...]:
    """The ratios that an axis from ``low`` to ``high`` (natural logarithms) names, ascending, 1 among them."""
    for near, far in _LADDERS:
        ticks = tuple(value for value in (1 / far, 1 / near, 1, near, far) if low <= log(value) <= high)
        if len(ticks) >= 3:
            break
    return ticks


def _times(value: float) -> str:
    """A ratio on the axis: 1/4, 相同, 4 倍; 0.83 倍 where no whole number will do."""
    if value == 1:
        return "相同"
    if value < 1 and round(1 / value, 6).is_integer():
        return f"1/{figure(round(1 / value))}"
    return f"{ratio(log(value))}{THIN_SPACE}倍"


def hover(term: KeyTerm, focus: str, rest: str) -> str:
    """What a dot says: counts and rates on both sides, the ratio with its interval."""
    return lines(
        bold(term.term),
        f"{focus} {term.count} 次，每万字 {figure(term.rate, 1)}",
        f"{rest} {term.count_rest} 次，每万字 {figure(term.rate_rest, 1)}",
        f"用词之比 {ratio(term.log_odds)}（{ratio(term.low)} 至 {ratio(term.high)}）",
        "" if term.clear else "区间含“相同”，可能是偶然",
    )


def ratio(log_odds: float) -> str:
    """A natural logarithm as a ratio: 0.69 -> 2.0, -0.69 -> 0.5; two significant figures below 10."""
    value = exp(log_odds)
    return figure(value, 0 if value >= 10 else 1 if value >= 1 else 2)


COUNTED = (
    "词频只计正文：不含首个标题之前的公告、标题和文号，也不含条末括号里的责任单位；地名、虚词、数字和通用动词不列。"
)
INTERVAL = (
    "用词之比是带信息性狄利克雷先验的对数优势比（蒙罗等，2008），先验取全部所选文件的用词、强度 500 词；"
    "实心点的 95% 区间不含“相同”，空心点的含。同时比较的词很多，仍会有少数实心点出于偶然；"
    "词在文中成串出现，实际误差比区间略大。"
)


def lead(found: Mapping[str, Sequence[KeyTerm]], least: int) -> Markup | str:
    """What each group says clearly more often than the others, in one sentence."""
    groups = [
        (f"{group}{THIN_SPACE}" if group[-1:].isdigit() else group, clear)
        for group, terms in found.items()
        if (clear := [term.term for term in terms if term.clear and term.log_odds > 0][:3])
    ]
    if not groups:
        return f"出现 {least}{THIN_SPACE}次以上的词里，没有哪个把一组文件与其余明显分开。"
    return render("wording.lead", groups=groups)


def keyness_export(terms: Sequence[KeyTerm], focus: str, rest: str, source: str) -> Table:
    """Every compared term with counts, rates and the ratio with its interval."""
    columns: Columns[KeyTerm] = {
        "词": lambda term: term.term,
        f"{focus}次数（次）": lambda term: term.count,
        f"{rest}次数（次）": lambda term: term.count_rest,
        f"{focus}（次/万字）": lambda term: _rounded(term.rate, 2),
        f"{rest}（次/万字）": lambda term: _rounded(term.rate_rest, 2),
        "用词之比": lambda term: ratio(term.log_odds),
        "对数优势比": lambda term: _rounded(term.log_odds, 3),
        "95%区间下限": lambda term: _rounded(term.low, 3),
        "95%区间上限": lambda term: _rounded(term.high, 3),
        "区间不含0": lambda term: term.clear,
    }
    title = f"把{focus}与{rest}区分开的词"
    return tabulate(f"区分用词-{focus}", title, columns, terms, source, (INTERVAL, COUNTED))


def frequency_html(rows: Sequence[TermRow], groups: Sequence[str], state: Mapping[str, str], chosen: str) -> Markup:
    """Terms by groups: occurrences per 10,000 characters with a bar on one scale, and the count small."""
    highest = max((rate for row in rows for rate in row.rates), default=1) or 1
    lines = [
        {
            "term": row.term,
            "address": page_link("wording", **{**state, "term": row.term}),
            "current": row.term == chosen,
            "cells": [_bar(rate, highest, count) for rate, count in zip(row.rates, row.counts, strict=True)],
        }
        for row in rows
    ]
    return render("wording.frequency", groups=groups, rows=lines)


def _bar(rate: float, highest: float, count: int) -> dict[str, object] | None:
    if not count:
        return None
    return {"width": f"{max(rate / highest * 100, 1):.1f}", "rate": f"{rate:,.1f}", "count": count}


def frequency_export(rows: Sequence[TermRow], groups: Sequence[str], source: str) -> Table:
    """Terms by groups, counts and rates as numbers."""
    columns: dict[str, Callable[[TermRow], Cell]] = {"词": lambda row: row.term, "合计（次）": lambda row: row.total}
    for at, group in enumerate(groups):
        columns[f"{group}（次/万字）"] = lambda row, at=at: _rounded(row.rates[at], 2)  # type: ignore[misc]
        columns[f"{group}次数（次）"] = lambda row, at=at: row.counts[at]  # type: ignore[misc]
    return tabulate("词频", "各组文件的词频", columns, rows, source, (COUNTED,))


def contexts_summary(words: str, found: Sequence[Context]) -> Markup | str:
    """How many occurrences, and how they split: counted as a word, hidden in longer words, outside what counts."""
    if not found:
        return f"所选文件里没有“{words}”；可以试试更短的词，或放宽文件筛选。"
    documents = len({hit.document for hit in found})
    longer = Counter(hit.longer for hit in found if hit.longer and hit.counted)
    whole = sum(hit.whole and hit.counted for hit in found)
    outside = sum(not hit.counted for hit in found)
    across = len(found) - whole - outside - longer.total()
    parts = [f"单独成词 {whole}{THIN_SPACE}处"] if whole else []
    if longer:
        named = "、".join(f"“{word}”{count}" for word, count in longer.most_common(3))
        more = "等" if len(longer) > 3 else ""
        parts.append(f"含在更长的词里 {longer.total()}{THIN_SPACE}处（{named}{more}）")
    if across:
        parts.append(f"由几个词连成 {across}{THIN_SPACE}处")
    if outside:
        parts.append(f"在标题、公告或责任单位中 {outside}{THIN_SPACE}处，不计入词频")
    return render("wording.summary", words=words, total=len(found), documents=documents, parts=parts)


def many_summary(words: str, total: int, documents: int) -> Markup | str:
    """How often a string stands in many texts, which are listed a page at a time."""
    if not total:
        return contexts_summary(words, ())
    return render("wording.summary", words=words, total=total, documents=documents, parts=())


def many_source(documents: int) -> str:
    """What was counted, where the documents are too many to be named."""
    return f"语料中所选的 {figure(documents)}{THIN_SPACE}份文件，见“语料与来源”"


def contexts_html(found: Sequence[Context], names: Mapping[str, str]) -> Markup:
    """Occurrences aligned on the words; the words and the clause lead to the text."""
    width = min(max((len(hit.words) for hit in found), default=2), 14) + 2
    return render("wording.contexts", hits=[(hit, names[hit.document]) for hit in found], width=width)


def contexts_export(words: str, found: Sequence[Context], names: Mapping[str, str], source: str) -> Table:
    """Every occurrence with its place."""
    columns: Columns[Context] = {
        "文件": lambda hit: names[hit.document],
        "条目": lambda hit: hit.clause,
        "前文": lambda hit: hit.before,
        "词": lambda hit: hit.words,
        "后文": lambda hit: hit.after,
        "所在的更长词": lambda hit: hit.longer,
        "计入词频": lambda hit: hit.counted,
        "起始字符位置": lambda hit: hit.start,
        "链接": lambda hit: hit.citation,
    }
    return tabulate(f"上下文-{words[:20]}", f"“{words}”的上下文", columns, found, source, (COUNTED,))


def source(cards: Sequence[Card]) -> str:
    """The documents that were counted, by title."""
    return "；".join(card.title for card in cards)


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(f"{value:.{digits}f}")
