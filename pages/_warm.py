"""The first answers of the pages, made before the first visitor comes: what nobody has narrowed down yet."""

from __future__ import annotations

from datetime import date

from analysis import pipeline
from analysis.model import Verdict
from analysis.pipeline import Choice, GroupBy
from pages import _catalogue, _choice, _find, _texts, _ui, _unread


def first_answers() -> None:
    """Dictionary, corpus, score, and what a large corpus is asked first. Raises ``InputFault`` without a corpus."""
    collection = _ui.collection()
    pipeline.term_counts(_ui.product_corpus().readings)  # loads jieba and scikit-learn
    _ui.score()
    _ui.made_up()
    if not collection.large:
        return
    first = _choice.unasked(collection)
    _choice.totals(collection, first)
    _catalogue.shown(collection, Choice(), 1)
    _find.shown(collection, "", 1)
    _unread.shown(collection, 1, "")
    for by in (GroupBy.REGION, GroupBy.PERIOD):
        _texts.summed(collection, first, by)
    # Whoever asks for a verdict first has all of them given: a second for every ten thousand documents.
    pipeline.choose(collection, Choice(verdicts=(Verdict.REACHED,)), as_of=date.today())
