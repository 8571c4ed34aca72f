"""The first answers of the pages, made before the first visitor comes: what nobody has narrowed down yet."""

from __future__ import annotations

from analysis import pipeline
from analysis.pipeline import Choice
from pages import _catalogue, _choice, _find, _texts, _ui, _unread


def first_answers() -> None:
    """Dictionary, corpus, score, and what a large corpus is asked first. Raises ``InputFault`` without a corpus."""
    collection = _ui.collection()
    pipeline.term_counts(_ui.product_corpus().readings)  # loads jieba and scikit-learn
    _ui.score()
    _ui.made_up()
    if not collection.large:
        return
    _choice.facets(collection)
    _choice.totals(collection, Choice())
    _catalogue.shown(collection, Choice(), 1)
    _find.shown(collection, "", 1)
    _unread.shown(collection, 1, "")
    _texts.summed(collection, Choice())
