"""意见处理, 汇总: how many comments came in, when, on what, from whom, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from analysis import pipeline
from analysis.pipeline import Consultation, ConsultedDraft, Records, Summary
from analysis.present import consultation_summary as words
from analysis.present.charts_consultation import Bar, bars_chart, days_chart
from analysis.present.export import Table
from analysis.present.markup import render
from pages import _consultation, _ui
from pages._consultation import records
from pages._kept import kept


def view(here: Consultation) -> None:
    """The answer, then by day, by clause, by theme with typical comments, by decision, by sender."""
    found = _summary(records(), here.uid, pipeline.last_change(records(), here.uid))
    draft = _consultation.draft_of(here)
    _ui.header(words.headline(found), words.lead(found, draft))
    if not found.line.received:
        return

    def link(**state: str) -> str:
        return _consultation.address(here, "comments", **state)

    _days(here, found)
    _clauses(here, found, draft, link)
    _themes(here, found, link)
    with st.container(key="summary-pair"):
        with st.container(key="summary-left"):
            _ui.section("处理到哪一步了？", words.decisions_heading(found.line))
            _bars(
                "decisions",
                words.decision_bars(found.line, link),
                "意见的处理情况",
                words.decisions_table(here, found.line),
                2,
            )
        with st.container(key="summary-right"):
            _ui.section("谁在说，态度如何？", words.senders_heading(found))
            _bars("stances", words.sender_bars(found, link), "反馈人与态度", words.stances_table(here, found), 2)
    _ui.foot(source=f"意见库中的“{here.title}”", notes=words.notes(here, found))


@kept(most=8)
def _summary(held: Records, uid: str, change: int) -> Summary:
    return pipeline.summary(held, uid)


def _days(here: Consultation, found: Summary) -> None:
    shown = words.days(here, found)
    if shown is None:
        _ui.section("什么时候来的？")
        _ui.say("意见都没有写明时间。", "zh-second")
        return
    _ui.section("什么时候来的？", words.days_heading(here, shown))
    _ui.drawing(
        days_chart(shown, _ui.chart_width(), _ui.is_dark()),
        key="summary-days",
        table=words.days_table(here, found),
        notes=words.days_notes(found, shown),
    )


def _clauses(here: Consultation, found: Summary, draft: ConsultedDraft | None, link: Callable[..., str]) -> None:
    _ui.section("落在哪些条款？", words.clauses_heading(found, draft))
    rows = words.clause_bars(found, draft, link)
    _bars("clauses", rows, "各条款的意见", words.clauses_table(here, found), notes=(words.HOLLOW,))


def _themes(here: Consultation, found: Summary, link: Callable[..., str]) -> None:
    _ui.section("在说什么事？", words.themes_heading(found))
    _bars("themes", words.theme_bars(found, link), "各主题的意见", words.themes_table(here, found))
    examples = words.theme_examples(found, lambda number: _consultation.address(here, "comments", number=number))
    _ui.html(render("closing.examples", themes=examples))


def _bars(name: str, rows: Sequence[Bar], alt: str, table: Table, columns: int = 1, notes: Sequence[str] = ()) -> None:
    """A drawing of bars over the whole width, or over its share of it."""
    width = _ui.chart_width()
    if columns > 1 and width >= _TWO_COLUMNS:
        width = (width - _BETWEEN * (columns - 1)) // columns
    _ui.drawing(bars_chart(rows, width, _ui.is_dark(), alt), key=f"summary-{name}", table=table, notes=notes)


_TWO_COLUMNS, _BETWEEN = 800, 48  # pixels, as the stylesheet has them
