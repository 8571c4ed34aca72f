"""Opening a collection: its tables as views or in memory, and the small tables that every question starts from."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.grammar import grammar
from analysis.model import Corpus, Fault, InputError, Instrument, Point, Receiver, SeriesCard
from analysis.similar.terms import count_words
from analysis.store.collection import AGAIN, DAMAGED, Collection, Groups, groups_of, stamps, table_paths
from analysis.store.rows import DIGEST_KEY, FORMAT, MANIFEST, TABLES, Row, rows_of

HELD_BYTES = 300_000_000  # of text in a collection that is held in memory: it takes some 1.6 times as much
_MEMORY = "2GB"  # a question that needs more is told so; the tables in memory take 1.3 kB a document

# `rank`: the order of every list, newest first and undated last, as a corpus of cards is ordered.
_DOCUMENTS = """
CREATE TABLE documents AS
SELECT row_number() OVER (ORDER BY issued DESC NULLS LAST, document) AS rank, number, document, title, doc_number,
    region_code, region, province, level, status, kind, issued, year, metadata_from, counted, targets,
    quantified, qualitative, len(paths) AS files
FROM stored.documents WHERE edition_of IS NULL ORDER BY rank;
CREATE TABLE further_editions AS
SELECT number, document, edition_of, similarity, len(paths) AS files
FROM stored.documents WHERE edition_of IS NOT NULL ORDER BY number;
CREATE TABLE indicator_keys AS
SELECT row_number() OVER (ORDER BY key) AS id, key FROM (SELECT DISTINCT key FROM stored.targets);
"""
_ROWS = """
CREATE TABLE targets AS
SELECT t.number, k.id AS key, t.kind, t.kind = 'level' AND t.recurring IS NULL AS plain, t.target_year, u.counted,
    try_cast(t.value AS DOUBLE) * u.factor AS base, t.start, t."end"
FROM stored.targets t JOIN documents USING (number) JOIN indicator_keys k USING (key) LEFT JOIN units u USING (unit)
ORDER BY t.number, t.start;
CREATE TABLE incentives AS
SELECT i.number, i.receiver::receivers AS receiver, i.instrument::instruments AS instrument,
    coalesce(threshold_wan, rate_percent, amount_low_wan, amount_high_wan, cap_item_wan, cap_year_wan) IS NOT NULL
        AS quantified,
    count(*) AS items
FROM stored.incentives i JOIN documents USING (number) GROUP BY ALL ORDER BY i.number;
CREATE TABLE verdicts (as_of INTEGER, number BIGINT, start INTEGER, "end" INTEGER, kind VARCHAR, status VARCHAR);
"""
# Pages show rows of these; a few rows out of a file take ten milliseconds, wherever they lie. Clauses are too long.
_SHOWN = ("documents", "targets", "incentives", "unparsed")
# What is searched whole: in memory where there is room, for reading it out of the files takes twice as long.
_SEARCHED = """
CREATE VIEW texts AS SELECT number, text FROM stored.clauses;
CREATE VIEW word_counts AS SELECT number, word, count, term FROM stored.words;
"""
_HELD = """
CREATE TYPE vocabulary AS ENUM (SELECT DISTINCT word FROM stored.words);
CREATE TABLE texts AS SELECT number, text FROM stored.clauses;
CREATE TABLE word_counts AS SELECT number::INTEGER AS number, word::vocabulary AS word, count, term FROM stored.words;
"""
_UNITS = pa.schema({"unit": pa.string(), "factor": pa.float64(), "counted": pa.string()})
_LOCKED = """
SET enable_external_access = false;
SET lock_configuration = true;
"""


def is_collection(root: Path) -> bool:
    """Whether ``root`` holds the tables of a collection."""
    return (root / MANIFEST).is_file()


def state(root: Path) -> str:
    """A digest that changes when a table of the collection does; cheap enough for every run of a page."""
    return hashlib.sha256(repr(stamps(root)).encode()).hexdigest()


def open_tables(
    root: Path, series: SeriesCard | None, points: tuple[Point, ...], faults: tuple[Fault, ...] = ()
) -> Collection:
    """Open the tables in ``root``, which may be read by any number of processes at once.

    Raises ``InputError`` when a table is missing or damaged, or when another version of the program wrote them.
    """
    seen = stamps(root)
    manifest = _manifest(root)
    connection = _connect()
    try:
        paths = list(table_paths(root.resolve()))
        patterns = [_pattern(path) for path in paths]  # what a pattern matches is asked for as well as the pattern
        connection.execute("SET allowed_paths = $paths", {"paths": [*paths, *patterns]})
        connection.execute("SET parquet_metadata_cache = true")
        for name, pattern in zip(TABLES, patterns, strict=False):
            quoted = pattern.replace("'", "''")
            connection.execute(f"CREATE VIEW stored.{name} AS SELECT * FROM read_parquet('{quoted}')")
            _check_columns(connection, name, root)
        groups = {name: groups_of(root / f"{name}.parquet") for name in TABLES if name != "unread"}
        small = _text_bytes(groups["clauses"]) <= HELD_BYTES
        held = {name: _held(root, name) for name in _SHOWN} if small else {}
        _prepare(connection, held=small)
    except (duckdb.Error, OSError, pa.ArrowException) as error:
        raise InputError(str(root), "", DAMAGED, AGAIN) from error
    digests = {(metadata.metadata or {}).get(DIGEST_KEY, b"").decode() for metadata, _ in groups.values()}
    if stamps(root) != seen or digests != {manifest.get("digest")}:
        raise InputError(str(root), "", "语料正在更新", "请稍后刷新页面")
    folder = manifest.get("folder")
    return Collection(
        digest=hashlib.sha256(f"{manifest.get('digest')}{seen}".encode()).hexdigest(),
        folder=root,
        sources=Path(folder) if isinstance(folder, str) else None,
        documents=_count(connection, "documents"),
        unread=_count(connection, "stored.unread"),
        faults=faults,
        series=series,
        points=points,
        connection=connection,
        files=seen,
        groups=groups,
        held=held,
    )


def open_corpus(corpus: Corpus, root: Path, digest: str) -> Collection:
    """The same tables in memory for a corpus that was read from its cards below ``root``.

    What is wrong with its series are the faults of the collection; documents that could not be read are ``unread``.
    """
    connection = _connect()
    for name, table in tables_of(corpus, root).items():
        _create(connection, f"stored.{name}", table)
    _prepare(connection, held=False)  # they are in memory already
    return Collection(
        digest=digest,
        folder=root,
        sources=root,
        documents=len(corpus.readings),
        unread=_count(connection, "stored.unread"),
        faults=tuple(fault for fault in corpus.faults if _of_series(fault, root)),
        series=corpus.series,
        points=corpus.points,
        connection=connection,
    )


def _connect() -> duckdb.DuckDBPyConnection:
    # Nothing is fetched, spilled or read beyond the tables; two cores serve many visitors better than many threads do.
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": str(min(os.cpu_count() or 1, 4)),
            "memory_limit": _MEMORY,
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        },
    )
    connection.execute("CREATE SCHEMA stored")
    return connection


def _pattern(path: str) -> str:
    """A path as DuckDB takes it, as a pattern in which every sign stands for itself."""
    return re.sub(r"([\[*?])", r"[\1]", path)


def _manifest(root: Path) -> Mapping[str, Any]:
    try:
        manifest = json.loads((root / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(str(root / MANIFEST), "", "读不出语料的清单", AGAIN) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError(str(root / MANIFEST), "format", "语料表是另一个版本的程序写的", AGAIN)
    return manifest


def _check_columns(connection: duckdb.DuckDBPyConnection, name: str, root: Path) -> None:
    there = [column[0] for column in connection.execute(f"SELECT * FROM stored.{name} LIMIT 0").description or ()]
    if set(TABLES[name].names) - set(there):
        raise InputError(str(root / f"{name}.parquet"), "", "语料表的列与本程序不符", AGAIN)


def _held(root: Path, name: str) -> pa.Table:
    columns = [column for column in TABLES[name].names if column != "raw"]
    return pq.read_table(root / f"{name}.parquet", columns=columns, use_threads=False).combine_chunks()


def _text_bytes(clauses: Groups) -> int:
    """How much text there is, as the file says of itself."""
    metadata, _ = clauses
    at = metadata.schema.names.index("text")
    return sum(metadata.row_group(group).column(at).total_uncompressed_size for group in range(metadata.num_row_groups))


def _prepare(connection: duckdb.DuckDBPyConnection, *, held: bool) -> None:
    connection.execute(_DOCUMENTS)
    connection.execute(_HELD if held else _SEARCHED)
    for name, members in (("receivers", Receiver), ("instruments", Instrument)):  # grouped twice as fast as words are
        listed = ", ".join(f"'{member}'" for member in members)
        connection.execute(f"CREATE TYPE {name} AS ENUM ({listed})")
    units = [unit for (unit,) in connection.execute("SELECT DISTINCT unit FROM stored.targets").fetchall()]
    known = [grammar().in_base(Decimal(1), unit) for unit in units]
    factors, kinds = [float(factor) for factor, _ in known], [kind.id for _, kind in known]
    _create(connection, "units", pa.table([units, factors, kinds], _UNITS))
    connection.execute(_ROWS)
    connection.execute(_LOCKED)


def _create(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("arriving", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
    connection.unregister("arriving")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0]) if found else 0


def _of_series(fault: Fault, root: Path) -> bool:
    return Path(fault.file).is_relative_to(root / "series")


def tables_of(corpus: Corpus, root: Path) -> dict[str, pa.Table]:
    """All tables of a corpus of cards below ``root``, as an ingest would write them."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    first = {reading.document.id for reading in corpus.readings}
    further: dict[str, int] = {}
    for number, reading in enumerate((*corpus.readings, *corpus.editions)):
        slug = reading.document.id
        path = f"documents/{slug}/{reading.document.edition.file}"
        more: Row = {"paths": [path], "bytes": _size(root / path), "metadata_from": "card"}
        if number >= len(corpus.readings) and slug in first:
            further[slug] = further.get(slug, 1) + 1
            card = replace(reading.document.card, slug=f"{slug}#{further[slug]}")
            reading = replace(reading, document=replace(reading.document, card=card))
            more |= {"edition_of": slug}
        made = rows_of(reading, count_words(reading), number)
        made["documents"][0].update(more)
        for name, some in made.items():
            rows[name] += some
    rows["unread"] = [
        {"path": fault.file, "place": fault.place, "problem": fault.problem, "remedy": fault.remedy}
        for fault in corpus.faults
        if not _of_series(fault, root)
    ]
    return {name: pa.Table.from_pylist(some, TABLES[name]) for name, some in rows.items()}


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
