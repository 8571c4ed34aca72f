"""A document's head, where its editions differ, and what cleaning took out of the file, in words and HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date as Date
from html import escape

from analysis.model import Card, Reading
from analysis.present.highlight import Mark, MarkKind, inline
from analysis.present.names import known_kind
from analysis.present.numbers import THIN_SPACE, date, figure
from analysis.segment import Gap
from analysis.similar import Difference, EditionComparison
from analysis.wording import STATUSES

_AROUND = 18
_SHOWN = 400


def meta(card: Card) -> str:
    """One line about a document, plain text: kind, issuers, number, date, status, comment period."""
    parts = [known_kind(card)] if known_kind(card) else []
    parts.append("；".join(card.issuers) or "发布机关不详")
    if card.doc_number:
        parts.append(card.doc_number)
    parts.append(f"{date(card.issued)} 发布" if card.issued else "发布时间不详")
    parts.append(STATUSES[card.status])
    if card.comment_from and card.comment_to:
        parts.append(f"征求意见 {date(card.comment_from)}至 {date(card.comment_to)}{_days(card)}")
    return "\u3000".join(parts)


def _days(card: Card) -> str:
    """Length of the comment period, both days counted, where both dates are known to the day."""
    if not (card.comment_from and card.comment_to and len(card.comment_from) == len(card.comment_to) == 10):
        return ""
    days = (Date.fromisoformat(card.comment_to) - Date.fromisoformat(card.comment_from)).days + 1
    return f"（{days}{THIN_SPACE}日）"


def summary(reading: Reading, chapters: int, articles: int, missing: Sequence[Gap]) -> str:
    """What the text holds, in one sentence of HTML."""
    quantified = sum(given.quantified for given in reading.incentives)
    silent = len(reading.incentives) - quantified
    divided = f"{chapters}{THIN_SPACE}章 {articles}{THIN_SPACE}条" if articles else f"{chapters}{THIN_SPACE}章"
    parts = [
        f"全文 {divided}，读出目标 <strong>{len(reading.targets)}</strong>{THIN_SPACE}项、"
        f"激励 <strong>{len(reading.incentives)}</strong>{THIN_SPACE}项"
        + (f"（其中 {silent}{THIN_SPACE}项没有数额）" if silent else "")
    ]
    if missing:
        numbers = "".join("".join(gap.missing) for gap in missing)
        parts.append(f'编号缺<span class="zh-wrong">{escape(numbers)}</span>，文件原样如此')
    parts.append(_who(reading))
    return "；".join(parts) + "。"


def _who(reading: Reading) -> str:
    named = len({clause.path for clause in reading.clauses if clause.bodies})
    return f"{named}{THIN_SPACE}条写明责任单位" if named else "全文未写责任单位"


def comparison_html(comparison: EditionComparison, first: Reading, second: Reading) -> str:
    """Whether two editions say the same, and every place where they do not."""
    names = [escape(reading.document.edition.label or reading.document.edition.file) for reading in (first, second)]
    if comparison.same_body:
        lead = (
            f"“{names[0]}”与“{names[1]}”的正文逐字一致：{comparison.clauses_first}{THIN_SPACE}个条目、"
            f"{figure(comparison.characters)}{THIN_SPACE}字，没有差别。"
        )
    else:
        lead = (
            f"“{names[0]}”与“{names[1]}”的正文有 {len(comparison.body)}{THIN_SPACE}处不同"
            f"（{comparison.clauses_first} 与 {comparison.clauses_second}{THIN_SPACE}个条目）："
        )
    body = "".join(_difference(difference, first, second, names) for difference in comparison.body)
    front = "".join(_difference(difference, first, second, names) for difference in comparison.front)
    if front:
        front = f"<h3>正文之前</h3>{front}"
    return f"<p>{lead}</p>{body}{front}"


def _difference(difference: Difference, first: Reading, second: Reading, names: Sequence[str]) -> str:
    rows = []
    for name, reading, start, end in (
        (names[0], first, difference.first_start, difference.first_end),
        (names[1], second, difference.second_start, difference.second_end),
    ):
        text = reading.document.text
        stop = min(end, start + _SHOWN)
        mark = [Mark(start, stop, MarkKind.CHANGED)]
        words = inline(text, mark, max(0, start - _AROUND), min(len(text), stop + (_AROUND if stop == end else 0)))
        more = f"……（共 {figure(end - start)}{THIN_SPACE}字）" if stop < end else ""
        words = f"{words}{more}" if end > start else '<span class="zh-silent">此处没有这些字</span>'
        rows.append(f'<div><dt>{name}</dt><dd class="zh-serif">{words}</dd></div>')
    return f'<dl class="zh-difference">{"".join(rows)}</dl>'


def removals_html(reading: Reading) -> str:
    """What cleaning took out, by kind: how often, and the words themselves where they are more than white space."""
    removed = reading.document.removed
    kinds = Counter(cut.reason for cut in removed)
    raw = reading.document.raw
    rows = []
    for kind, count in kinds.most_common():
        worded = [cut for cut in removed if cut.reason == kind and cut.words.strip()]
        shown = "；".join(
            f"第{THIN_SPACE}{raw.count(chr(10), 0, cut.start) + 1}{THIN_SPACE}行“{' '.join(cut.words.split())[:40]}”"
            for cut in worded[:6]
        )
        more = f"；另 {len(worded) - 6}{THIN_SPACE}处" if len(worded) > 6 else ""
        rows.append(
            f'<tr><th scope="row">{escape(kind)}</th><td data-label="处数" class="zh-num">{figure(count)}</td>'
            f'<td data-label="原文字样">{escape(shown + more) or "空白"}</td></tr>'
        )
    if not rows:
        return "<p>原文件没有需要去掉的内容。</p>"
    return (
        '<table class="zh-table zh-removals"><thead><tr><th>去掉的内容</th><th class="zh-num">处数</th>'
        f"<th>原文字样</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
