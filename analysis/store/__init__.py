"""A collection of any size as Parquet tables, and the questions that DuckDB answers over them."""

from analysis.store.catalogue import LISTED, Entry, Unread, catalogue, entries, original_file, title_of, unread
from analysis.store.choice import Choice, Chosen, choose
from analysis.store.collection import SIDE_BY_SIDE, Collection
from analysis.store.facets import Facets, Totals, facets, totals
from analysis.store.opening import is_collection, open_corpus, open_tables, state
from analysis.store.parts import part, texts_of

__all__ = [
    "LISTED",
    "SIDE_BY_SIDE",
    "Choice",
    "Chosen",
    "Collection",
    "Entry",
    "Facets",
    "Totals",
    "Unread",
    "catalogue",
    "choose",
    "entries",
    "facets",
    "is_collection",
    "open_corpus",
    "open_tables",
    "original_file",
    "part",
    "state",
    "texts_of",
    "title_of",
    "totals",
    "unread",
]
