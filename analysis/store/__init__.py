"""A collection of any size as Parquet tables, and the questions that DuckDB answers over them."""

from analysis.store.choice import Choice, Chosen, choose
from analysis.store.collection import SIDE_BY_SIDE, Collection
from analysis.store.counts import (
    Facets,
    IncentiveCounts,
    RegionRow,
    Spread,
    Stated,
    Totals,
    facets,
    incentive_counts,
    indicator_spread,
    region_table,
    totals,
)
from analysis.store.entries import LISTED, Entry, catalogue, entries, original_file, part, texts_of, title_of, unread
from analysis.store.opening import is_collection, open_corpus, open_tables, state
from analysis.store.similar_documents import nearest_documents
from analysis.store.word_counts import NO_REGION, documents_with, find_words, word_table
