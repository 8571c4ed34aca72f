"""A document's head, where its editions differ, and what cleaning took out of the file, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date as Date

from markupsafe import Markup

from analysis.model import Card, Reading
from analysis.present.highlight import Mark, MarkKind, inline
from analysis.present.html import render
from analysis.present.names import known_kind
from analysis.present.numbers import THIN_SPACE, date
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


def summary(reading: Reading, chapters: int, articles: int, missing: Sequence[Gap]) -> Markup:
    """What the text holds, in one sentence."""
    return render(
        "reader.summary",
        chapters=chapters,
        articles=articles,
        targets=len(reading.targets),
        incentives=len(reading.incentives),
        silent=sum(not given.quantified for given in reading.incentives),
        missing="".join("".join(gap.missing) for gap in missing),
        named=len({clause.path for clause in reading.clauses if clause.bodies}),
    )


def comparison_html(comparison: EditionComparison, first: Reading, second: Reading) -> Markup:
    """Whether two editions say the same, and every place where they do not."""
    names = [reading.document.edition.label or reading.document.edition.file for reading in (first, second)]
    body, front = (
        [_sides(difference, first, second) for difference in found] for found in (comparison.body, comparison.front)
    )
    return render("reader.comparison", names=names, comparison=comparison, body=body, front=front)


def _sides(difference: Difference, first: Reading, second: Reading) -> list[dict[str, object]]:
    """The words of a difference in both editions; ``characters``: how many there are where only the first are shown."""
    sides: list[dict[str, object]] = []
    for reading, start, end in (
        (first, difference.first_start, difference.first_end),
        (second, difference.second_start, difference.second_end),
    ):
        text = reading.document.text
        stop = min(end, start + _SHOWN)
        mark = [Mark(start, stop, MarkKind.CHANGED)]
        words = inline(text, mark, max(0, start - _AROUND), min(len(text), stop + (_AROUND if stop == end else 0)))
        sides.append({"words": words if end > start else "", "characters": end - start if stop < end else 0})
    return sides


def removals_html(reading: Reading) -> Markup:
    """What cleaning took out, by kind: how often, and the words themselves where they are more than white space."""
    removed = reading.document.removed
    raw = reading.document.raw
    rows = []
    for kind, count in Counter(cut.reason for cut in removed).most_common():
        worded = [cut for cut in removed if cut.reason == kind and cut.words.strip()]
        shown = "；".join(
            f"第{THIN_SPACE}{raw.count(chr(10), 0, cut.start) + 1}{THIN_SPACE}行“{' '.join(cut.words.split())[:40]}”"
            for cut in worded[:6]
        )
        more = f"；另 {len(worded) - 6}{THIN_SPACE}处" if len(worded) > 6 else ""
        rows.append((kind, count, shown + more))
    return render("reader.removals", rows=rows)
