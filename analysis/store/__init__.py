"""A collection of any size as Parquet tables, and the questions that DuckDB answers over them."""

from analysis.store.choice import Choice, Chosen, choose
from analysis.store.collection import SIDE_BY_SIDE, Collection
from analysis.store.facets import Facets, Totals, facets, totals
from analysis.store.opening import is_collection, open_corpus, open_tables, state
from analysis.store.parts import part, texts_of

__all__ = [
    "SIDE_BY_SIDE",
    "Choice",
    "Chosen",
    "Collection",
    "Facets",
    "Totals",
    "choose",
    "facets",
    "is_collection",
    "open_corpus",
    "open_tables",
    "part",
    "state",
    "texts_of",
    "totals",
]
