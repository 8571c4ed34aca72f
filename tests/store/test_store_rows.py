"""What is written of a reading and made of rows again is what was read."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from analysis.model import Corpus, Reading
from analysis.similar.terms import count_words
from analysis.store.rows import TABLES, card_of, edition_of, reading_of, rows_of


def through_arrow(reading: Reading) -> dict[str, list[dict[str, object]]]:
    """The rows as they come back from tables of the declared schemas; a field too many or of another type fails."""
    rows = rows_of(reading, count_words(reading), 7)
    assert set(rows) == set(TABLES) - {"unread"}
    for name, table in rows.items():
        for row in table:
            assert set(row) == set(TABLES[name].names), name
    return {name: pa.Table.from_pylist(table, TABLES[name]).to_pylist() for name, table in rows.items()}


def test_a_reading_comes_back_as_it_was(real_corpus: Corpus) -> None:
    """All but the file as received, the quantities and the file names of the editions."""
    assert len(real_corpus.readings) >= 4
    for reading in (*real_corpus.readings, *real_corpus.editions):
        rows = through_arrow(reading)
        card = card_of(rows["documents"][0])
        again = reading_of(card, edition_of(rows["documents"][0]), rows)
        assert again.document.text == reading.document.text
        assert again.clauses == reading.clauses
        assert again.targets == reading.targets
        assert again.incentives == reading.incentives
        assert list(again.document.offsets) == list(reading.document.offsets)
        assert [row.citation for row in again.targets] == [row.citation for row in reading.targets]
        assert [row.citation for row in again.incentives] == [row.citation for row in reading.incentives]
        assert again.unparsed == reading.unparsed
        assert replace(card, editions=()) == replace(reading.document.card, editions=())
        assert rows["documents"][0]["raw"] == reading.document.raw


def test_words_are_counted_once_for_all_questions(real_corpus: Corpus) -> None:
    reading = real_corpus.readings[0]
    rows = through_arrow(reading)["words"]
    counted = count_words(reading)
    assert {row["word"]: row["count"] for row in rows if row["term"]} == dict(counted.terms)
    assert {row["word"]: row["count"] for row in rows if not row["term"]} == dict(counted.others)
    assert all(row["number"] == 7 and row["document"] == reading.document.id for row in rows)
