"""Words over many documents: how often groups of them use each term, and where any string stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from analysis.citation import cite
from analysis.grammar import grammar
from analysis.model import Card, Clause, Document, Edition, Reading
from analysis.similar import Context, GroupBy, TermCounts, contexts, period_name
from analysis.similar.terms import by_word, count_words, word_terms
from analysis.store.choice import Choice, condition
from analysis.store.collection import Collection, columns, fetch, rows, storable
from analysis.store.entries import rows_by_number
from analysis.store.rows import Row, from_row, offsets_of

NO_REGION = "地区不详"
_GROUPED = {GroupBy.REGION: "coalesce(province, region)", GroupBy.PERIOD: "year", GroupBy.DOCUMENT: "document"}


def word_table(
    collection: Collection, choice: Choice, by: GroupBy, as_of: date | None = None, also: Sequence[Reading] = ()
) -> TermCounts:
    """How often each group of the chosen documents uses each term; one row a group, in the order of the documents.

    Regions are provincial units, their cities included. Names of the regions of the documents are left out. Documents
    are groups only where few are chosen: every group has a count of every word. Texts in ``also`` that are in no table
    follow, each a row of its own.
    """
    met = condition(collection, choice, as_of)
    where = met.sql()
    seen = met.ask(
        f"SELECT {_GROUPED[by]} AS part, sum(counted)::BIGINT FROM documents WHERE {where} "
        "GROUP BY ALL ORDER BY min(rank)"
    )
    names = {part: _name(part, by) for part, _ in seen}
    groups = list(dict.fromkeys(names.values()))
    characters = np.zeros(len(groups), dtype=np.int64)
    for part, counted in seen:
        characters[groups.index(names[part])] += counted
    sql = f"""
        SELECT part, word::VARCHAR AS word, term, count FROM (
            SELECT l.part, w.word, bool_or(w.term) AS term, sum(w.count)::BIGINT AS count
            FROM word_counts w
            JOIN (SELECT number, {_GROUPED[by]} AS part FROM documents WHERE {where}) l USING (number)
            GROUP BY l.part, w.word
        )
    """
    found = columns(collection, sql, met.bound(sql))
    words = found["word"].combine_chunks().dictionary_encode()
    parts = found["part"].combine_chunks().dictionary_encode(null_encoding="encode")
    group = np.array([groups.index(names[part]) for part in parts.dictionary.to_pylist()], dtype=np.int64)
    at = np.asarray(words.indices)
    counts = np.zeros((len(groups), len(words.dictionary)), dtype=np.int64)
    is_term = np.zeros(len(words.dictionary), dtype=bool)
    if len(found):
        np.add.at(counts, (group[np.asarray(parts.indices)], at), np.asarray(found["count"].combine_chunks()))
        is_term[at[np.asarray(found["term"].combine_chunks().to_numpy(zero_copy_only=False), dtype=bool)]] = True
    regions_named = met.ask(f"SELECT DISTINCT region FROM documents WHERE {where}")
    places = {name for (name,) in regions_named} | {reading.document.card.region for reading in also}
    counted = [count_words(reading) for reading in also]
    known, more = by_word(counted, dict(zip(words.dictionary.to_pylist(), is_term.tolist(), strict=True)))
    wider = np.pad(counts, ((0, 0), (0, len(known) - counts.shape[1])))
    return word_terms(
        [*groups, *(reading.document.id for reading in also)],
        known,
        np.concatenate([wider, more]),
        np.concatenate([characters, [one.characters for one in counted]]).astype(np.int64),
        [place for place in places if place],
    )


def _name(part: Any, by: GroupBy) -> str:
    """What a group is called; several may share a name, as the years of one plan do."""
    if by is GroupBy.PERIOD:
        return period_name(part)
    if part is None:
        return NO_REGION
    known = grammar().regions.get(part) if by is GroupBy.REGION else None
    return known.name if known else str(part)


def find_words(
    collection: Collection,
    choice: Choice,
    words: str,
    limit: int,
    offset: int = 0,
    as_of: date | None = None,
    also: Sequence[Reading] = (),
) -> tuple[int, int, tuple[Context, ...]]:
    """Where ``words`` stand in the chosen documents: all occurrences, documents that have any, and ``limit`` of them.

    Any string of one line, found inside longer words too; occurrences come document by document, newest first, from
    the ``offset``-th on; those in the texts ``also``, which are in no table, come last. An empty string gives nothing.
    """
    if not words or not storable(words):
        return 0, 0, ()
    total, documents, found = _in_tables(collection, choice, words, limit, offset, as_of)
    more = contexts(also, words)
    start = max(offset - total, 0)
    return (
        total + len(more),
        documents + len({one.document for one in more}),
        (*found, *more[start : start + limit - len(found)]),
    )


def _in_tables(
    collection: Collection, choice: Choice, words: str, limit: int, offset: int, as_of: date | None
) -> tuple[int, int, tuple[Context, ...]]:
    met = condition(collection, choice, as_of)
    sql = f"""
        SELECT number, sum((strlen(text) - strlen(replace(text, $sought, ''))) // strlen($sought))::BIGINT
        FROM texts JOIN documents USING (number)
        WHERE contains(text, $sought) AND {met.sql()}
        GROUP BY number, rank ORDER BY rank
    """
    found = met.ask(sql, {"sought": words})
    wanted: list[int] = []
    before = skip = 0
    for number, occurrences in found:
        if before + occurrences > offset and before < offset + limit:
            skip = skip if wanted else offset - before
            wanted.append(number)
        before += occurrences
    clauses = rows_by_number(collection, "clauses", wanted)
    digests = {row["number"]: row["digest"] for row in fetch(collection, "documents", wanted, ("number", "digest"))}
    shown: list[Context] = []
    for number in wanted:  # lexing is slow: no further than what is shown, and only clauses that hold the words
        if len(shown) < skip + limit:
            shown += _in_document(clauses[number], digests[number], words)
    return before, len(found), tuple(shown[skip : skip + limit])


def documents_with(collection: Collection, words: str, most: int) -> tuple[str, ...]:
    """The first documents, newest first, in which these words of one line stand; at most so many."""
    if not words or not storable(words):
        return ()
    sql = """
        SELECT document FROM texts JOIN documents USING (number)
        WHERE contains(text, $words) GROUP BY document, rank ORDER BY rank LIMIT $most
    """
    return tuple(slug for (slug,) in rows(collection, sql, {"words": words, "most": most}))


def _in_document(clauses: list[Row], digest: str, words: str) -> list[Context]:
    """The occurrences in one document, each clause read as a text of its own: words do not cross lines."""
    whole = Document(
        Card(clauses[0]["document"], ""),
        Edition("", "", digest),
        "".join(row["text"] for row in clauses),
        offsets_of(clauses),
        "",
    )
    headed = any(row["level"] > 0 for row in clauses)
    found: list[Context] = []
    for row in clauses:
        if words not in row["text"]:
            continue
        clause = from_row(Clause, row["document"], row)
        alone = replace(clause, start=0, end=clause.end - clause.start)
        document = replace(whole, text=clause.text, offsets=whole.offsets[clause.start : clause.end])
        for one in contexts([Reading(document, (alone,), (), (), ())], words):
            # A clause before the first heading counts only in a text that has no headings at all.
            counted = one.counted and (clause.level > 0 or not headed)
            start, end = one.start + clause.start, one.end + clause.start
            cited = cite(whole, start, end, clause.path)
            found.append(replace(one, start=start, end=end, counted=counted, citation=cited))
    return found
