"""Tables and sentences on wording: frequencies with bars, terms in their contexts, and the same to download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from analysis.model import Card
from analysis.present.charts_wording import ratio
from analysis.present.export import Cell, Column, Table
from analysis.present.html import render
from analysis.present.links import page_link
from analysis.present.numbers import THIN_SPACE, figure
from analysis.similar import Context, KeyTerm, TermRow

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
    rows: list[Mapping[str, Cell]] = [
        {
            "term": term.term,
            "count": term.count,
            "rest": term.count_rest,
            "rate": _rounded(term.rate, 2),
            "rate_rest": _rounded(term.rate_rest, 2),
            "ratio": ratio(term.log_odds),
            "log": _rounded(term.log_odds, 3),
            "low": _rounded(term.low, 3),
            "high": _rounded(term.high, 3),
            "clear": term.clear,
        }
        for term in terms
    ]
    columns = (
        Column("term", "词"),
        Column("count", f"{focus}次数", "次"),
        Column("rest", f"{rest}次数", "次"),
        Column("rate", focus, "次/万字"),
        Column("rate_rest", rest, "次/万字"),
        Column("ratio", "用词之比"),
        Column("log", "对数优势比"),
        Column("low", "95%区间下限"),
        Column("high", "95%区间上限"),
        Column("clear", "区间不含0"),
    )
    return Table(f"区分用词-{focus}", f"把{focus}与{rest}区分开的词", columns, tuple(rows), source, (INTERVAL, COUNTED))


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
    columns = [Column("term", "词"), Column("total", "合计", "次")]
    for at, group in enumerate(groups):
        columns += [Column(f"rate{at}", group, "次/万字"), Column(f"count{at}", f"{group}次数", "次")]
    cells: list[Mapping[str, Cell]] = []
    for row in rows:
        line: dict[str, Cell] = {"term": row.term, "total": row.total}
        for at, (rate, count) in enumerate(zip(row.rates, row.counts, strict=True)):
            line |= {f"rate{at}": _rounded(rate, 2), f"count{at}": count}
        cells.append(line)
    return Table("词频", "各组文件的词频", tuple(columns), tuple(cells), source, (COUNTED,))


def contexts_summary(words: str, found: Sequence[Context]) -> Markup | str:
    """How many occurrences, and how they split: counted as a word, hidden in longer words, outside what counts."""
    if not found:
        return f"所选文件里没有“{words}”；可以试试更短的词，或放宽文件筛选。"
    documents = len({hit.document for hit in found})
    longer: dict[str, int] = {}
    for hit in found:
        if hit.longer and hit.counted:
            longer[hit.longer] = longer.get(hit.longer, 0) + 1
    whole = sum(hit.whole and hit.counted for hit in found)
    outside = sum(not hit.counted for hit in found)
    across = len(found) - whole - outside - sum(longer.values())
    parts = [f"单独成词 {whole}{THIN_SPACE}处"] if whole else []
    if longer:
        top = sorted(longer.items(), key=lambda pair: -pair[1])
        named = "、".join(f"“{word}”{count}" for word, count in top[:3])
        more = "等" if len(top) > 3 else ""
        parts.append(f"含在更长的词里 {sum(longer.values())}{THIN_SPACE}处（{named}{more}）")
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
    columns = (
        Column("document", "文件"),
        Column("clause", "条目"),
        Column("before", "前文"),
        Column("words", "词"),
        Column("after", "后文"),
        Column("longer", "所在的更长词"),
        Column("counted", "计入词频"),
        Column("start", "起始字符位置"),
        Column("link", "链接"),
    )
    rows: list[Mapping[str, Cell]] = [
        {
            "document": names[hit.document],
            "clause": hit.clause,
            "before": hit.before,
            "words": hit.words,
            "after": hit.after,
            "longer": hit.longer,
            "counted": hit.counted,
            "start": hit.start,
            "link": hit.citation,
        }
        for hit in found
    ]
    return Table(f"上下文-{words[:20]}", f"“{words}”的上下文", columns, tuple(rows), source, (COUNTED,))


def source(cards: Sequence[Card]) -> str:
    """The documents that were counted, by title."""
    return "；".join(card.title for card in cards)


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(f"{value:.{digits}f}")
