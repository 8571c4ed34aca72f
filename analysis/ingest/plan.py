"""What is to be read, in batches: decided once from the tree, its cards and sidecars, before any document is opened.

A batch is a set of files whose paths' digests begin with the same bits, so that a new file makes one batch anew and
leaves all others as they are. The key of a batch is the digest of all that its rows depend on: the files (path, size,
time of change), what is known of them, and the program. A batch whose part is there under its key needs no reading.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus.documents import CARD, read_card
from analysis.corpus.files import read_bytes
from analysis.corpus.formats import office, recogniser_installed
from analysis.ingest.folder import SIDECAR, Found, Known, read_sidecar, refused, shown, unread, walk
from analysis.model import Card, InputError
from analysis.store.rows import Row

MOST = 64  # files in a batch: a second or two of reading; a hundred files still keep two cores busy
PACKAGE = Path(__file__).resolve().parents[1]
# What a part is made by. A test reads documents and looks for modules that are missing here.
_READERS = (
    *("model.py", "citation.py", "grammar", "corpus", "segment.py", "tokenise.py", "extract", "pipeline/reading.py"),
    *("similar/terms.py", "compare/target_matrix.py", "store/rows.py"),
    *("ingest/batch.py", "ingest/part_tables.py"),
)
_LIBRARIES = ("jieba", "lxml", "pypdfium2", "pyarrow")
SCHEMA = pa.schema(
    {
        "file": pa.binary(),  # path as the system has it
        "path": pa.string(),  # path as it is shown
        "size": pa.int64(),
        "mtime_ns": pa.int64(),
        "edition": pa.int32(),  # place on the card, from 0
        "metadata_from": pa.string(),
        "known": pa.string(),  # JSON: the whole card, or the fields that a sidecar knows
    }
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some files and the key of the part that they become."""

    key: str
    rows: tuple[Row, ...]  # of SCHEMA


@dataclass(frozen=True, slots=True)
class Plan:
    """All batches in order, and rows of ``unread`` for what is known already not to be readable."""

    batches: tuple[Batch, ...]
    unread: tuple[Row, ...]

    @property
    def files(self) -> int:
        """How many files are to be read."""
        return sum(len(batch.rows) for batch in self.batches)


def make_plan(folder: Path) -> Plan:
    """Look through ``folder``; nothing but cards and sidecars is opened."""
    found, faults = walk(folder)
    files = {file.path: file for file in found if posixpath.basename(file.path) not in (CARD, SIDECAR)}
    cards = _cards(folder, found, files, faults)
    known = _sidecars(folder, found, files, faults)
    rows = [_row(file, cards.get(path), known.get(path)) for path, file in files.items()]
    program = program_digest()
    return Plan(tuple(Batch(_key(part, program), tuple(part)) for part in _batches(rows)), tuple(faults))


def _cards(
    folder: Path, found: Iterable[Found], files: dict[str, Found], faults: list[Row]
) -> dict[str, tuple[int, Card]]:
    """Place on the card and card by the path of each edition; two folders of one name get two slugs."""
    editions: dict[str, tuple[int, Card]] = {}
    taken: set[str] = set()
    out_of_reach = {row["path"] for row in faults}
    for file in found:
        place, name = posixpath.split(file.path)
        if name != CARD:
            continue
        try:
            card = read_card(folder / place)
        except InputError as fault:
            faults.append(refused(file.path, fault))
            continue
        except Exception:  # what nested tables or numbers without end do to a parser
            faults.append(unread(file.path, "读不出这张卡片", "请对照已有的卡片改正"))
            continue
        slug = shown(posixpath.basename(place) or folder.name)
        if slug in taken:
            slug += f"-{hashlib.sha256(os.fsencode(place)).hexdigest()[:6]}"
        taken.add(slug)
        for number, edition in enumerate(card.editions):
            path = posixpath.join(place, edition.file)
            if path in files:
                editions[path] = (number, replace(card, slug=slug))
            elif shown(path) not in out_of_reach:
                faults.append(unread(path, "卡片写了这个文件，文件夹里没有", "请检查路径和文件名"))
    return editions


def _sidecars(folder: Path, found: Iterable[Found], files: dict[str, Found], faults: list[Row]) -> dict[str, Known]:
    """What sidecars know, by path; of several tables the one nearest to the file counts."""
    known: dict[str, Known] = {}
    tables = [file.path for file in found if posixpath.basename(file.path) == SIDECAR]
    for path in sorted(tables, key=lambda path: (path.count("/"), path)):
        try:
            read, wrong = read_sidecar(read_bytes(folder / path, path), path, files)
        except InputError as fault:
            faults.append(refused(path, fault))
            continue
        known |= read
        faults.extend(wrong)
    return known


def _row(file: Found, card: tuple[int, Card] | None, known: Known | None) -> Row:
    number, whole = card or (None, None)
    return {
        "file": os.fsencode(file.path),
        "path": shown(file.path),
        "size": file.size,
        "mtime_ns": file.mtime_ns,
        "edition": number,
        "metadata_from": "card" if whole else "sidecar" if known else "text",
        "known": _json(asdict(whole)) if whole else _json(known) if known else None,
    }


def _json(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _batches(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows in the order of their paths' digests, cut where a prefix of bits has no more than ``MOST`` of them."""
    hashed = sorted(((int.from_bytes(hashlib.sha256(row["file"]).digest()), row) for row in rows), key=itemgetter(0))
    done: list[list[Row]] = []

    def cut(part: list[tuple[int, Row]], bit: int) -> None:
        if len(part) > MOST:
            cut([one for one in part if not one[0] >> bit & 1], bit - 1)
            cut([one for one in part if one[0] >> bit & 1], bit - 1)
        elif part:
            done.append([row for _, row in part])

    cut(hashed, 255)
    return done


def _key(rows: Sequence[Row], program: str) -> str:
    listed = [[row["file"].hex(), *(row[name] for name in SCHEMA.names[2:])] for row in rows]
    return hashlib.sha256(f"{program}\n{_json(listed)}".encode()).hexdigest()[:32]


def write_plan(plan: Plan, path: Path) -> None:
    """Write the batches, one row group each, so that whoever reads one needs its key and the place of the plan."""
    keys = json.dumps([batch.key for batch in plan.batches])
    with pq.ParquetWriter(path, SCHEMA.with_metadata({"keys": keys})) as file:
        for batch in plan.batches:
            file.write_table(pa.Table.from_pylist(list(batch.rows), SCHEMA), row_group_size=len(batch.rows))


def read_rows(path: Path, key: str) -> tuple[Row, ...]:
    """The rows of one batch. Raises KeyError when the plan has no such batch."""
    with pq.ParquetFile(path) as file:
        keys = json.loads(file.schema_arrow.metadata[b"keys"])
        if key not in keys:
            raise KeyError(key)
        return tuple(file.read_row_group(keys.index(key)).to_pylist())


def readers() -> Iterator[Path]:
    """The modules and vocabularies that make a part."""
    for name in _READERS:
        place = PACKAGE / name
        yield from [place] if place.is_file() else sorted((*place.rglob("*.py"), *place.rglob("*.toml")))


@cache
def program_digest() -> str:
    """SHA-256 over the modules and vocabularies that read, the libraries they read with, and the optional readers."""
    whole = hashlib.sha256()
    for path in readers():
        whole.update(
            f"{path.relative_to(PACKAGE).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode()
        )
    for library in _LIBRARIES:
        whole.update(f"{library} {version(library)}\n".encode())
    whole.update(f"{office.program() is not None} {recogniser_installed()}\n".encode())
    return whole.hexdigest()
