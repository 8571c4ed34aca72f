"""原文: a text with what was understood of it, clause by clause."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.model import Reading
from analysis.present import reader_text
from analysis.present.highlight import Mark, reading_marks, search_marks
from analysis.present.markup import render
from analysis.present.names import clause_name
from pages import _checking, _find, _ui
from pages._kept import kept
from pages._ui import into_view

st.html(Path(__file__).with_name("reader.css"))


def found(reading: Reading, words: str) -> None:
    """How often a string occurs and in which clauses, each a jump into the text."""
    hits = search_marks(reading.document.text, words)
    places: dict[str, list[str]] = {}
    for hit in hits:
        clause = reading.clause_at(hit.start)
        places.setdefault(clause_name(clause.path) if clause.level else "文首", []).append(hit.anchor)
    _ui.html(render("page.found", words=words, count=len(hits), places=list(places.items())))


def show(opened: _find.Opened) -> None:
    """Head, tree, text with notes, editions, what cleaning removed."""
    reading, point, first = opened.reading, opened.point, opened.chosen == 0
    card = reading.document.card
    chapters, articles, missing = pipeline.structure(reading)
    _ui.header(card.title, reader_text.summary(reading, chapters, articles, missing))
    _ui.say(reader_text.meta(card), "zh-second zh-meta")
    if first:
        _checking.switch(reading, opened.said)
    checked = first and _checking.under_way(reading)
    notice = opened.notice or (point.notice if point and checked else "")  # beside the text, where it is not checked
    if notice:
        _ui.fault(notice)
    if point:
        place = reader_text.raw_lines(reading, point.start, max(point.end, point.start + 1))
        target = reader_text.WORDS_ID if point.end > point.start else f"c{point.clause.index}"
        clause = reader_text.clause_title(point.clause)
        _ui.html(render("page.pointed", anchor=target, clause=clause, place=place, file=reading.document.edition.file))
    words = _ui.query("find").strip()
    if words:
        found(reading, words)
    if checked:
        _checking.beside_text(reading, opened.said, search_marks(reading.document.text, words))
    else:
        with_notes(opened, words)
    _ui.html(below(opened))
    foot(reading)


def with_notes(opened: _find.Opened, words: str) -> None:
    """The tree, the text as people left it, and what was understood beside it."""
    point = opened.point
    tree, marked = drawn(opened, point, words)
    _ui.html(render("page.reader", tree=tree, text=marked))
    if point:
        whole = point.start == point.end
        into_view(f"c{point.clause.index}" if whole else reader_text.WORDS_ID, "start" if whole else "center")


def drawn(opened: _find.Opened, point: reader_text.Focus | None, words: str) -> tuple[Markup, Markup]:
    """The tree of clauses and the marked text; only the clauses that the address points at are laid out anew."""
    held, missing = left(opened), pipeline.structure(opened.reading)[2]
    laid = dict(zip((clause.index for clause in held.clauses), sections(opened, words), strict=True))
    if touched := reader_text.touched(held, point):
        marks = (*marked(held, words), *reader_text.cited(point))
        removed = pipeline.removed_rows(opened.reading, opened.said)
        anew = reader_text.sections(held, touched, marks, point, removed)
        laid |= zip((clause.index for clause in touched), anew, strict=True)
    return reader_text.tree(held, missing, point), Markup().join(laid.values())


@kept(most=32)  # some half a megabyte each
def sections(opened: _find.Opened, words: str) -> tuple[Markup, ...]:
    """The text clause by clause, with nothing pointed at."""
    held = left(opened)
    removed = pipeline.removed_rows(opened.reading, opened.said)
    return reader_text.sections(held, held.clauses, marked(held, words), None, removed)


def left(opened: _find.Opened) -> Reading:
    """The text as people left it."""
    return pipeline.checked_reading(opened.reading, opened.said)


def marked(held: Reading, words: str) -> tuple[Mark, ...]:
    """What was understood of a text, and the words searched for in it."""
    return *reading_marks(held), *search_marks(held.document.text, words)


@kept(most=32)
def below(opened: _find.Opened) -> Markup:
    """Whether the editions agree, and what cleaning took out."""
    first, reading = opened.every[0], opened.reading
    compared = [
        reader_text.comparison_html(pipeline.compare_editions(first, other), first, other) for other in opened.every[1:]
    ]
    return render("page.below_text", compared=compared, removals=reader_text.removals_html(reading))


def foot(reading: Reading) -> None:
    """Where the text is from and how it is shown."""
    source = f"{reading.document.edition.file}；{reading.document.card.source or '出处未记载'}"
    _ui.html(render("page.reader_foot", source=source))


found_text = _find.pick()
if found_text:
    show(found_text)
