"""The parts of an ingest become the tables of a collection.

A part is a folder with a file for each table of :mod:`analysis.store.rows`; there ``number`` is the place within the
part, ``document`` a name that need not be unique, and ``edition_of`` says what a card says: the name of the first
edition, which lies in the same folder. A first pass over a few columns decides which rows stay and what they are
called; a second one copies, a few rows at a time.

The tables are written aside and put in place by renaming, the manifest last: a crash leaves the old collection, and
who has an old table open keeps it. Manifest and tables carry the collection's digest, so that a mixture (a crash
between two renames) is recognised.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.ingest.merge import Issue, Kept, Place, Seen, Signature, merge, sentences, signature
from analysis.ingest.part_tables import sync
from analysis.model import InputError, Status
from analysis.store.rows import DIGEST_KEY, FORMAT, MANIFEST, ROW_GROUP, TABLES, Row

_LIGHT = (
    *("number", "document", "digest", "paths", "edition_of", "metadata_from", "status"),
    *("region_code", "region", "year", "doc_number"),
)
_ABOUT_ALL = ("number", "document")
_ABOUT_DOCUMENTS = (*_ABOUT_ALL, "paths", "edition_of", "similarity", "extent")
_ANY_GROUP = 50_000
_GROUP_BYTES = 64_000_000


def finish(out: Path, parts: Sequence[Path], facts: Mapping[str, Any], unread: Sequence[Row]) -> dict[str, Any]:
    """Write the tables of ``parts`` and the manifest into ``out``; return the manifest.

    ``facts`` (folder, program, seconds, …) go into the manifest as they are; ``unread`` are rows that no part holds.
    Parts beside the given ones are removed. Raises ``InputError`` when a part cannot be read; the old tables stay.
    """
    begun = time.monotonic()
    rows = _unread(parts, unread)
    aside = out / "work" / "finish"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        seen = [row for at, part in enumerate(parts) for row in _seen(at, part)]
        signatures = _signatures(parts, seen)
        kept = merge(
            seen, lambda row: signatures.get(row.digest), lambda row: sentences(_text(parts[row.part], row.place))
        )
        digest = _digest([part.name for part in parts], kept, rows)
        counted = {
            name: _write_table(aside / f"{name}.parquet", name, parts, kept, digest)
            for name in TABLES
            if name != "unread"
        }
        with _Writer(aside / "unread.parquet", "unread", digest) as writer:
            writer.add(pa.Table.from_pylist(rows, TABLES["unread"]))
        counted["unread"] = writer.rows
        firsts = sum(row.edition_of is None for row in kept.values())
        manifest = {
            "format": FORMAT,
            "digest": digest,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "documents": firsts,
            "further_editions": len(kept) - firsts,
            "files": sum(len(row.paths) for row in kept.values()),
            "unread": len(rows),
            "tables": {
                name: {"rows": counted[name], "bytes": (aside / f"{name}.parquet").stat().st_size} for name in TABLES
            },
            "merging_seconds": round(time.monotonic() - begun, 1),
            **facts,
        }
        _put_in_place(aside, out, manifest)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _remove_others(parts)
    return manifest


def _digest(keys: Sequence[str], kept: Mapping[Place, Kept], unread: Sequence[Row]) -> str:
    """Names the content: a part's name is a digest of its files and of the program that read them."""
    text = json.dumps([FORMAT, list(keys), [astuple(row) for row in kept.values()], list(unread)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _unread(parts: Sequence[Path], more: Sequence[Row]) -> list[Row]:
    names = TABLES["unread"].names
    found = [row for part in parts for group in _groups(part, "unread") for row in group.to_pylist()]
    unique = {tuple(row.get(name) or "" for name in names) for row in (*found, *more)}
    return [dict(zip(names, row, strict=True)) for row in sorted(unique)]


def _groups(part: Path, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """A table of a part, a row group at a time; these are small. Raises InputError when it cannot be read."""
    try:
        with pq.ParquetFile(part / f"{name}.parquet") as file:
            for group in range(file.num_row_groups):
                yield file.read_row_group(group, columns=columns, use_threads=False)
    except (FileNotFoundError, pa.ArrowInvalid) as error:
        raise InputError(
            str(part), f"{name}.parquet", "已读的部分缺失或损坏", "请删去这个文件夹，再运行一次同一命令"
        ) from error


def _seen(at: int, part: Path) -> Iterator[Seen]:
    for group in _groups(part, "documents", _LIGHT):
        for row in group.to_pylist():
            yield Seen(
                at,
                row["number"],
                row["document"],
                row["digest"],
                tuple(sorted(row["paths"])),
                row["edition_of"],
                row["metadata_from"],
                row["status"] == Status.DRAFT,
                Issue(
                    row["region_code"],
                    row["region"],
                    row["year"],
                    row["doc_number"],
                    settled=row["metadata_from"] == "card",
                ),
            )


def _signatures(parts: Sequence[Path], seen: Sequence[Seen]) -> dict[str, Signature]:
    """Signatures by digest, of every text once; the texts are put together from their clauses."""
    digests = {(row.part, row.place): row.digest for row in seen}
    found: dict[str, Signature] = {}
    for at, part in enumerate(parts):
        for place, text in _texts(part):
            digest = digests[at, place]
            if digest not in found and (made := signature(text)):
                found[digest] = made
    return found


def _texts(part: Path) -> Iterator[tuple[int, str]]:
    """Place and cleaned text of every document of a part."""
    now: int | None = None
    pieces: list[str] = []
    for group in _groups(part, "clauses", ("number", "text")):
        for number, text in zip(group["number"].to_pylist(), group["text"].to_pylist(), strict=True):
            if number != now and now is not None:
                yield now, "".join(pieces)
                pieces = []
            now = number
            pieces.append(text)
    if now is not None:
        yield now, "".join(pieces)


def _text(part: Path, place: int) -> str:
    """The cleaned text of one document of a part."""
    clauses = pq.read_table(part / "clauses.parquet", columns=["text"], filters=[("number", "=", place)])
    return "".join(clauses["text"].to_pylist())


def _write_table(path: Path, name: str, parts: Sequence[Path], kept: Mapping[Place, Kept], digest: str) -> int:
    """The rows of one table that stay, with their documents' names and numbers; returns how many."""
    by_part: defaultdict[int, dict[int, Kept]] = defaultdict(dict)
    for (at, place), row in kept.items():
        by_part[at][place] = row
    with _Writer(path, name, digest) as writer:
        for at, part in enumerate(parts):
            rows = by_part[at]
            for group in _groups(part, name):
                writer.add(_renamed(group, rows, name))
    return writer.rows


def _renamed(table: pa.Table, rows: Mapping[int, Kept], name: str) -> pa.Table:
    """The rows of documents that stay; ``rows`` by the number that they have in ``table``."""
    places = pa.array(sorted(rows), pa.int64())
    at = pc.index_in(table["number"], places)
    table, at = table.filter(at.is_valid()), at.drop_null()
    order = [rows[place] for place in places.to_pylist()]
    columns = _ABOUT_DOCUMENTS if name == "documents" else _ABOUT_ALL
    for column in columns:
        field = TABLES[name].field(column)
        values = pa.array([getattr(row, column) for row in order], field.type)
        table = table.set_column(table.schema.get_field_index(column), field, values.take(at))
    return table


class _Writer:
    """A Parquet file with row groups of even size, or fewer rows where they are long. Same rows, same bytes."""

    def __init__(self, path: Path, name: str, digest: str) -> None:
        self.rows = 0
        self._group = ROW_GROUP.get(name, _ANY_GROUP)
        self._waiting: list[pa.Table] = []
        self._path = path
        self._schema = TABLES[name].with_metadata({DIGEST_KEY: digest})
        self._file = pq.ParquetWriter(path, self._schema, compression="zstd")

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._file:
            if kind is None:
                self._flush(1)
        sync(self._path)

    def add(self, table: pa.Table) -> None:
        self.rows += table.num_rows
        self._waiting.append(table.select(self._schema.names).cast(self._schema))
        if sum(each.nbytes for each in self._waiting) >= _GROUP_BYTES:
            self._flush(1)
        elif sum(each.num_rows for each in self._waiting) >= self._group:
            self._flush(self._group)

    def _flush(self, least: int) -> None:
        """Write full groups, and what is left if it has ``least`` rows."""
        table = pa.concat_tables([self._schema.empty_table(), *self._waiting])
        while table.num_rows >= least:
            self._file.write_table(table.slice(0, self._group), row_group_size=self._group)
            table = table.slice(self._group)
        self._waiting = [table.combine_chunks()] if table.num_rows else []


def _put_in_place(aside: Path, out: Path, manifest: Mapping[str, Any]) -> None:
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (aside / MANIFEST).write_text(text, "utf-8")
    sync(aside / MANIFEST)
    for name in TABLES:
        (aside / f"{name}.parquet").replace(out / f"{name}.parquet")
    (aside / MANIFEST).replace(out / MANIFEST)
    sync(out)


def _remove_others(parts: Sequence[Path]) -> None:
    """Parts that the plan no longer names; the others make the next run cheap."""
    named = set(parts)
    for folder in {part.parent for part in parts}:
        for other in folder.iterdir():
            if other not in named:
                shutil.rmtree(other, ignore_errors=True)
