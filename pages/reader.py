"""原文: a text with what was understood of it, clause by clause."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.model import Reading
from analysis.present import reader_text
from analysis.present.highlight import reading_marks, search_marks
from analysis.present.markup import render
from analysis.present.names import clause_name
from pages import _check_say, _checking, _find, _ui
from pages._kept import kept
from pages._ui import into_view

st.html(Path(__file__).with_name("reader.css"))


@dataclass(frozen=True, slots=True)
class Text:
    """All editions of a text, the place of the one that is shown, and what people said of its rows."""

    every: tuple[Reading, ...]
    chosen: int
    said: tuple[pipeline.Check, ...]

    @property
    def reading(self) -> Reading:
        """The edition shown."""
        return self.every[self.chosen]

    @property
    def answer_key(self) -> Hashable:
        """What names the text shown and what was said of it."""
        said = tuple((check.row, check.who, check.when, check.verdict) for check in self.said)
        files = tuple(reading.document.edition.sha256 for reading in self.every)
        return self.reading.document.id, files, self.chosen, said

    @property
    def private(self) -> bool:
        """Whether it is a file of the visitor's own."""
        return self.reading.document.card.own


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
    every, chosen, point = opened.every, opened.chosen, opened.point
    reading = every[chosen]
    card = reading.document.card
    chapters, articles, missing = pipeline.structure(reading)
    _ui.header(card.title, reader_text.summary(reading, chapters, articles, missing))
    _ui.say(reader_text.meta(card), "zh-second zh-meta")
    said = _check_say.said_of(reading) if chosen == 0 else ()
    text = Text(every, chosen, said)
    if chosen == 0:
        _checking.switch(reading, said)
    checked = chosen == 0 and _checking.under_way(reading)
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
        _checking.beside_text(reading, said, search_marks(reading.document.text, words))
    else:
        with_notes(text, point, words)
    _ui.html(below(text))
    foot(reading)


def with_notes(text: Text, point: reader_text.Focus | None, words: str) -> None:
    """The tree, the text as people left it, and what was understood beside it."""
    tree, marked = drawn(text, point, words)
    _ui.html(render("page.reader", tree=tree, text=marked))
    if point:
        whole = point.start == point.end
        into_view(f"c{point.clause.index}" if whole else reader_text.WORDS_ID, "start" if whole else "center")


@kept(most=32)  # some half a megabyte each
def drawn(text: Text, point: reader_text.Focus | None, words: str) -> tuple[Markup, Markup]:
    """The tree of clauses and the marked text."""
    reading, said = text.reading, text.said
    held = pipeline.checked_reading(reading, said)
    marks = (*reading_marks(held), *reader_text.cited(point), *search_marks(reading.document.text, words))
    removed = pipeline.removed_rows(reading, said)
    return reader_text.tree(held, pipeline.structure(reading)[2], point), reader_text.text_html(
        held, marks, point, removed
    )


@kept(most=32)
def below(text: Text) -> Markup:
    """Whether the editions agree, and what cleaning took out."""
    every, reading = text.every, text.reading
    compared = [
        reader_text.comparison_html(pipeline.compare_editions(every[0], other), every[0], other) for other in every[1:]
    ]
    return render("page.below_text", compared=compared, removals=reader_text.removals_html(reading))


def foot(reading: Reading) -> None:
    """Where the text is from and how it is shown."""
    source = f"{reading.document.edition.file}；{reading.document.card.source or '出处未记载'}"
    _ui.html(render("page.reader_foot", source=source))


found_text = _find.pick()
if found_text:
    show(found_text)
