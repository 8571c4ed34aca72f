"""Which of many documents stand on the trends page, and where the others are, in words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from analysis.present.html import render
from analysis.present.numbers import with_unit
from analysis.store import Chosen


def shown_html(shown: Chosen, cities: int, silent: Sequence[str]) -> Markup:
    """One line: how many documents of the chosen regions set such a target, and what is not on the page.

    ``cities``: documents of cities and districts with such a target; ``silent``: regions with no such target.
    """
    which = ""
    if shown.total > len(shown.documents):
        first, last = shown.first, shown.first + len(shown.documents) - 1
        which = f"最新的 {with_unit(last, '份')}" if first == 1 else f"第 {first}—{with_unit(last, '份')}"
    return render("trends.shown", total=shown.total, which=which, silent=silent, cities=cities)
