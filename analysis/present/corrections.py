"""Mechanical corrections of a draft: what stands there and what would, with the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from analysis.lint.draft import Draft
from analysis.lint.findings import Change
from analysis.present.markup import render

_AROUND = 16  # characters shown on each side of words
_LONGEST = 120  # of words shown whole
MOST_SHOWN = 500  # corrections of one finding
_NEAR = 8  # characters between changes that are shown together
_TOGETHER = 6
_BESIDE = 5  # characters shown on each side of a change
_FIRST = 2  # corrections of one finding that are shown at once


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Words with what stands before and behind them in their line."""
    first = max(start - _AROUND, 0)
    first = max(text.rfind("\n", first, start) + 1, first)
    line_end = text.find("\n", end, end + _AROUND)
    last = line_end if line_end >= 0 else end + _AROUND
    words = text[start:end]
    shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]}……{words[-_AROUND:]}"
    return text[first:start], shown, text[end:last]


def changes_html(changes: Sequence[Change], draft: Draft) -> Markup:
    """Corrections, before and after, with the words around them."""
    groups = list(_groups(changes, draft.received))
    shown = [_before_after(group, draft.received) for group in groups]
    return render("drafting.changes", first=shown[:_FIRST], rest=shown[_FIRST:MOST_SHOWN])


def _groups(changes: Sequence[Change], text: str) -> Iterator[list[Change]]:
    """Changes that stand close together in one line."""
    group: list[Change] = []
    for change in sorted(changes, key=lambda each: (each.start, each.end)):
        if group and (
            len(group) == _TOGETHER
            or change.start - group[-1].end > _NEAR
            or "\n" in text[group[-1].end : change.start]
            or change.start < group[-1].end
        ):
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _before_after(group: Sequence[Change], text: str) -> dict[str, object]:
    first, _, _ = around(text, group[0].start, group[0].start)
    _, _, last = around(text, group[-1].end, group[-1].end)
    between = [text[one.end : two.start] for one, two in pairwise(group)]
    parts = [
        {"old": text[change.start : change.end], "new": change.words, "behind": behind}
        for change, behind in zip(group, [*between, ""], strict=True)
    ]
    return {"first": first[-_BESIDE:], "parts": parts, "last": last[:_BESIDE]}
