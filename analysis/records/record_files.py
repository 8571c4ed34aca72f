"""Consultations as one file: the archive of one, or the backup of a whole database; written, verified, opened again.

The file is a zip: ``manifest.json`` names what it is and the SHA-256 of each other file; each table is a file with one
JSON object a line. It says nothing of the database that it comes from: a backup of SQLite opens in PostgreSQL.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from analysis.model import InputError
from analysis.records.chain import as_text
from analysis.records.desk_settings import PEOPLE
from analysis.records.record_checks import TABLES, Row, Rows, problems, rows_in, scope_of, scopes
from analysis.records.record_store import Records, allow, lock_scope, no_consultation, portions, reading, transaction
from analysis.records.record_tables import chains, consultations, metadata
from analysis.records.record_values import Actor, Role
from analysis.records.schema import known_revisions, newest

MANIFEST = "manifest.json"
ARCHIVE, BACKUP = "archive", "backup"
_UNREADABLE = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error)
_LARGEST = 4 * 1024**3  # bytes in all files together
_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the same rows make the same file


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a file or a database holds, and what does not hold together in it (Chinese sentences; none: it is whole)."""

    kind: str
    consultations: tuple[tuple[str, str], ...]  # uid, title
    comments: int
    history: int
    problems: tuple[str, ...]


def archive(records: Records, uid: str) -> bytes:
    """All of a consultation as one file. Raises ``InputError``."""
    with reading(records, snapshot=True, least=Role.LEAD) as connection:
        if not scopes(rows_in(connection, uid)):
            raise no_consultation(uid)
        return _packed(rows_in(connection, uid), ARCHIVE)


def backup(records: Records) -> bytes:
    """All of a database as one file, as it is at one moment. Raises ``InputError``."""
    with reading(records, snapshot=True, least=Role.LEAD) as connection:
        return _packed(rows_in(connection), BACKUP)


def verify_records(records: Records) -> RecordFile:
    """Whether a database holds together. Raises ``InputError``."""
    with reading(records, snapshot=True, least=Role.LEAD) as connection:
        return _verified(rows_in(connection), "database")


def verify(data: bytes, name: str) -> RecordFile:
    """Whether a file is as it was written, and holds together. Raises ``InputError`` where it is no such file."""
    manifest, rows = _opened(data, name)
    changed = _changed(data, manifest)
    if changed:
        return RecordFile(manifest["kind"], (), 0, 0, changed)
    return _verified(rows, manifest["kind"])


def open_archive(records: Records, actor: Actor, data: bytes, name: str) -> tuple[str, ...]:
    """Take the consultation of an archive into a database, as it was; a lead does it. Raises ``InputError``."""
    allow(records, actor, Role.LEAD)
    return _loaded(records, data, name, ARCHIVE)


def restore(records: Records, data: bytes, name: str) -> tuple[str, ...]:
    """Take a backup into an empty database; the uids of what is there now. Raises ``InputError``."""
    if records.asked_by is not None:
        allow(records, records.asked_by, Role.LEAD)
    return _loaded(records, data, name, BACKUP)


def _loaded(records: Records, data: bytes, name: str, kind: str) -> tuple[str, ...]:
    manifest, rows = _opened(data, name)
    if manifest["kind"] != kind:
        words = "这是备份，不是归档" if kind == ARCHIVE else "这是归档，不是备份"
        raise InputError(name, "", words, "备份请用 comments restore，归档请用 comments open")
    if found := verify(data, name).problems:
        raise InputError(name, "", f"没有打开，{found[0].rstrip('。')}", "请改用完好的一份")
    with transaction(records) as connection:
        lock_scope(connection, "schema")
        there = set(connection.execute(select(consultations.c.uid)).scalars())
        opened = tuple(uid for uid, _ in scopes(rows))
        if kind == BACKUP and connection.execute(select(chains.c.scope)).first():
            raise InputError(records.name, "", "意见库里已有内容，没有恢复", "请恢复到一个空的文件夹或数据库")
        if both := there.intersection(opened):
            raise InputError(name, "", f"意见库里已有这次征求意见（{min(both)}）", "请直接在列表中打开")
        for table in TABLES:
            _insert(connection, table, rows, {*opened, PEOPLE} if kind == BACKUP else set(opened))
    return opened


def _insert(connection: Connection, name: str, rows: Rows, scopes_here: set[str]) -> None:
    """Rows of an older program lack later columns, which then have their first value."""
    table = metadata.tables[name]
    scope = scope_of(table)
    for portion in portions(rows(name)):
        if any((PEOPLE if scope is None else row[scope.name]) not in scopes_here for row in portion):
            raise InputError(f"{name}.jsonl", "", "有不属于本文件的内容，没有打开", "请改用完好的一份")
        known = [{column: value for column, value in row.items() if column in table.c} for row in portion]
        connection.execute(insert(table).returning(*table.primary_key), known)


def _packed(rows: Rows, kind: str) -> bytes:
    out = io.BytesIO()
    files = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in TABLES:
            digest, count = hashlib.sha256(), 0
            with packed.open(_entry(f"{table}.jsonl"), "w", force_zip64=True) as file:
                for row in rows(table):
                    line = as_text(row).encode() + b"\n"
                    digest.update(line)
                    file.write(line)
                    count += 1
            files[f"{table}.jsonl"] = {"sha256": digest.hexdigest(), "rows": count}
        manifest = {"format": 1, "kind": kind, "revision": newest(), "consultations": scopes(rows), "files": files}
        packed.writestr(_entry(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """A file of the archive; what is known of it in advance holds, its compression too."""
    entry = zipfile.ZipInfo(name, _SAME_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _opened(data: bytes, name: str) -> tuple[Mapping[str, Any], Rows]:
    """The manifest, and the rows of each table."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        if sum(each.file_size for each in packed.infolist()) > _LARGEST:
            raise InputError(name, "", "展开后超过 4 GB", "请确认它是本程序写出的归档或备份")
        manifest = json.loads(packed.read(MANIFEST))
        revision, kind, files = manifest["revision"], manifest["kind"], manifest["files"]
        if not isinstance(files, dict) or kind not in (ARCHIVE, BACKUP):
            raise ValueError
    except (*_UNREADABLE, KeyError, ValueError, TypeError):
        raise InputError(name, "", "不是意见库的归档或备份，或已损坏", "请改用完好的一份") from None
    if revision not in known_revisions():
        raise InputError(name, str(revision)[:20], "由更新版本的程序写成，没有打开", "请把本程序升级到同一版本")

    def rows(table: str) -> Iterator[Row]:
        if f"{table}.jsonl" in packed.namelist():
            with packed.open(f"{table}.jsonl") as file:
                yield from map(json.loads, file)

    return manifest, rows


def _changed(data: bytes, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """What differs from the manifest."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    names = sorted(each for each in packed.namelist() if each != MANIFEST)
    if names != sorted(manifest["files"]):
        return ("文件不全，或多出了文件。",)
    found = []
    for name in names:
        digest = hashlib.sha256()
        try:
            with packed.open(name) as file:
                while piece := file.read(1 << 20):
                    digest.update(piece)
        except _UNREADABLE:
            found.append(f"{name} 已损坏。")
            continue
        if digest.hexdigest() != manifest["files"][name]["sha256"]:
            found.append(f"{name} 与校验值不符，写出之后被改动过。")
    return tuple(found)


def _verified(rows: Rows, kind: str) -> RecordFile:
    try:
        counted = [sum(1 for _ in rows(table)) for table in ("comments", "history")]
        return RecordFile(kind, scopes(rows), counted[0], counted[1], problems(rows))
    except (KeyError, TypeError, ValueError, AttributeError):
        return RecordFile(kind, (), 0, 0, ("内容残缺，读不出来。",))
