"""The first answers of the pages, made before the first visitor comes: what nobody has narrowed down yet."""

from __future__ import annotations

from datetime import date

from analysis import pipeline
from analysis.model import TargetStatus
from analysis.pipeline import Choice, GroupBy
from analysis.present.markup import compile_templates
from pages import _catalogue, _choice, _corpus, _find, _unread, _wording


def first_answers() -> None:
    """Templates, dictionary, corpus, score, and what the pages ask first. Raises ``InputError`` without a corpus."""
    compile_templates()
    held = _corpus.collection()
    first = _choice.unasked(held)
    _choice.totals(held, first)
    _catalogue.shown(held, Choice(), 1)
    _find.shown(held, "", 1)
    _unread.shown(held, 1, "")
    for by in (GroupBy.REGION, GroupBy.PERIOD):
        _wording.counts(_wording.first(held, by))
    # Whoever asks for a verdict first has all of them given: a second for every ten thousand documents.
    pipeline.choose(held, Choice(verdicts=(TargetStatus.REACHED,)), as_of=date.today())
    _corpus.score()
    _corpus.made_up()
