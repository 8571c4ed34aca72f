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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
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
        by_part: list[dict[int, Kept]] = [{} for _ in parts]
        for (at, place), row in kept.items():
            by_part[at][place] = row
        counted = {
            name: _write_table(
                aside / f"{name}.parquet",
                name,
                [pa.Table.from_pylist(rows, TABLES[name])] if name == "unread" else _renamed(parts, by_part, name),
                digest,
            )
            for name in TABLES
        }
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
                part=at,
                place=row["number"],
                document=row["document"],
                digest=row["digest"],
                paths=tuple(sorted(row["paths"])),
                edition_of=row["edition_of"],
                metadata_from=row["metadata_from"],
                draft=row["status"] == Status.DRAFT,
                issue=Issue(
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
    groups = _groups(part, "clauses", ("number", "text"))
    rows = (row for group in groups for row in zip(*(column.to_pylist() for column in group.columns), strict=True))
    for place, some in groupby(rows, itemgetter(0)):
        yield place, "".join(text for _, text in some)


def _text(part: Path, place: int) -> str:
    """The cleaned text of one document of a part."""
    clauses = pq.read_table(part / "clauses.parquet", columns=["text"], filters=[("number", "=", place)])
    return "".join(clauses["text"].to_pylist())


def _renamed(parts: Sequence[Path], by_part: Sequence[Mapping[int, Kept]], name: str) -> Iterator[pa.Table]:
    """The rows of one table that stay, with their documents' names and numbers.

    ``by_part`` has the documents by the number that they have in each part.
    """
    columns = _ABOUT_DOCUMENTS if name == "documents" else _ABOUT_ALL
    for part, rows in zip(parts, by_part, strict=True):
        places = pa.array(sorted(rows), pa.int64())
        named = [rows[place] for place in places.to_pylist()]
        for table in _groups(part, name):
            at = pc.index_in(table["number"], places)
            table, at = table.filter(at.is_valid()), at.drop_null()
            for column in columns:
                field = TABLES[name].field(column)
                values = pa.array([getattr(row, column) for row in named], field.type)
                table = table.set_column(table.schema.get_field_index(column), field, values.take(at))
            yield table


def _write_table(path: Path, name: str, tables: Iterable[pa.Table], digest: str) -> int:
    """Write row groups of even size, or fewer rows where they are long; how many rows. Same rows, same bytes."""
    schema = TABLES[name].with_metadata({DIGEST_KEY: digest})
    size = ROW_GROUP.get(name, _ANY_GROUP)
    rows, waiting = 0, [schema.empty_table()]
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for table in tables:
            rows += table.num_rows
            waiting.append(table.select(schema.names).cast(schema))
            long = sum(each.nbytes for each in waiting) >= _GROUP_BYTES
            if long or sum(each.num_rows for each in waiting) >= size:
                waiting = [_write_groups(file, waiting, size, 1 if long else size)]
        _write_groups(file, waiting, size, 1)
    sync(path)
    return rows


def _write_groups(file: pq.ParquetWriter, waiting: Sequence[pa.Table], size: int, least: int) -> pa.Table:
    """Write full groups, and what is left if it has ``least`` rows; what is not written."""
    table = pa.concat_tables(waiting)
    while table.num_rows >= least:
        file.write_table(table.slice(0, size), row_group_size=size)
        table = table.slice(size)
    return table.combine_chunks()


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
