"""A collection of any size as Parquet tables, and the questions that DuckDB answers over them."""

from analysis.store.catalogue import LISTED, Entry, Unread, catalogue, entries, original_file, title_of, unread
from analysis.store.choice import Choice, Chosen, choose
from analysis.store.collection import SIDE_BY_SIDE, Collection
from analysis.store.facets import Facets, Gifts, Totals, facets, gifts, totals
from analysis.store.opening import is_collection, open_corpus, open_tables, state
from analysis.store.parts import part, texts_of
from analysis.store.spread import RegionRow, Spread, Stated, indicator_spread, region_table
from analysis.store.words import NO_REGION, find_words, word_table

__all__ = [
    "LISTED",
    "NO_REGION",
    "SIDE_BY_SIDE",
    "Choice",
    "Chosen",
    "Collection",
    "Entry",
    "Facets",
    "Gifts",
    "RegionRow",
    "Spread",
    "Stated",
    "Totals",
    "Unread",
    "catalogue",
    "choose",
    "entries",
    "facets",
    "find_words",
    "gifts",
    "indicator_spread",
    "is_collection",
    "open_corpus",
    "open_tables",
    "original_file",
    "part",
    "region_table",
    "state",
    "texts_of",
    "title_of",
    "totals",
    "unread",
    "word_table",
]
