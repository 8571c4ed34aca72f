"""Reading one batch: paths in, rows out. What it gives depends on the files, the rows of the plan and the program.

:func:`reader` runs in the processes that :mod:`analysis.ingest.guard` watches. Asked with ``{"folder", "out", "key",
"given_up": {path: row of unread}, "cut", "limit"}`` it says ``{"at": path}`` before each file and ``{"at": ""}`` behind
the last; its answer comes when the part is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis import pipeline
from analysis.corpus.documents import document
from analysis.corpus.files import check_digest, read_bytes
from analysis.corpus.formats import Ask, in_one_process, in_own_process, text_of
from analysis.corpus.formats.limits import SCAN_MEMORY
from analysis.corpus.metadata import propose, with_kind
from analysis.corpus.process import TOO_MUCH_MEMORY, Answer, Message, Say, limit_memory
from analysis.ingest.part_tables import plan_path, write_part
from analysis.ingest.plan import read_rows
from analysis.ingest.walk import inside, unread
from analysis.model import Card, Document, Edition, InputError, Level, Status, TextKind
from analysis.similar.terms import count_words
from analysis.store.rows import Row, Rows, rows_of
from analysis.tokenise import lexer

LABEL = "原文件"  # of the only edition of a file without a card
_ENUMERATED: dict[str, Callable[[Any], Any]] = {"level": Level, "status": Status, "kind": TextKind, "issuers": tuple}


def reader() -> Answer:
    """In a reading process: reads a batch of the plan and writes its part."""
    limit_memory(SCAN_MEMORY)
    lexer()
    ask = in_one_process()

    def answer(request: Message, say: Say) -> Message:
        out, key = Path(request["out"]), request["key"]

        def at(path: str) -> None:
            say({"at": path})

        def found() -> Iterator[Rows]:
            yield from read_batch(Path(request["folder"]), read_rows(plan_path(out), key), request["given_up"], at, ask)
            at("")  # from here on no file is to blame

        try:
            write_part(out, key, found(), request["cut"], request["limit"])
        except OSError as problem:
            traceback.print_exc()
            reason = problem.strerror or str(problem)
            remedy = "请检查磁盘空间和写入权限，再运行同一命令"
            raise InputError(str(out), "", f"写不进去（{reason}）", remedy) from None
        return {}

    return answer


def read_batch(
    folder: Path,
    rows: Sequence[Row],
    given_up: Mapping[str, Row],
    at: Callable[[str], None],
    ask: Ask = in_own_process,
) -> Iterator[Rows]:
    """The rows of each file, in order; a file that cannot be read gives one row of ``unread``.

    ``rows`` as the plan has them. Files named in ``given_up`` are not opened: their rows of ``unread`` are given.
    ``at`` hears the path of each file before it is opened. ``number`` counts the documents of the batch from 0. The
    same bytes under two paths are two documents here; they become one when all parts are put together.
    """
    number = 0
    for row in rows:
        path = row["path"]
        if path in given_up:
            yield {"unread": [given_up[path]]}
            continue
        at(path)
        try:
            found = read_file(folder, row, number, ask)
        except InputError as fault:
            yield {"unread": [unread(path, fault.problem, fault.remedy, fault.place)]}
        except MemoryError:
            yield {"unread": [unread(path, *TOO_MUCH_MEMORY)]}
        except Exception as problem:  # whatever one file does, the others are read
            traceback.print_exc()
            words = f"读取时程序出错（{type(problem).__name__}），详情见 work/log"
            yield {"unread": [unread(path, words, "请把这个文件发给维护者")]}
        else:
            number += 1
            yield found


def read_file(folder: Path, row: Row, number: int, ask: Ask = in_own_process) -> Rows:
    """The rows of one file as document ``number``. Raises InputError when it cannot be read."""
    path = row["path"]
    data = _bytes(folder, row)
    digest = hashlib.sha256(data).hexdigest()
    known: dict[str, Any] = json.loads(row["known"] or "{}")
    about: Row = {"paths": [path], "bytes": len(data), "metadata_from": row["metadata_from"]}
    if row["metadata_from"] == "card":
        card = _card(known)
        edition = card.editions[row["edition"]]
        check_digest(data, edition.sha256, path, "sha256")
        if row["edition"]:
            about |= {"edition_of": card.slug, "similarity": 1.0}
            card = replace(card, slug=f"{card.slug}-edition-{row['edition'] + 1}")
        text = with_kind(document(card, edition, _text(data, path, ask)))
    else:
        edition = Edition(path, LABEL, digest)
        slug = f"d{digest[:12]}"
        title = Path(path).stem or path
        text = _introduced(document(Card(slug, title, editions=(edition,)), edition, _text(data, path, ask)), known)
    reading = pipeline.read(text)
    found = rows_of(reading, count_words(reading), number)
    found["documents"][0] |= about | {"digest": digest}
    return found


def _introduced(text: Document, known: Mapping[str, Any]) -> Document:
    """``text`` with the card that its words propose; what a sidecar knows stands."""
    fields = {field: _ENUMERATED.get(field, str)(value) for field, value in known.items()}
    card = propose(replace(text, card=replace(text.card, **fields)))
    inferred = tuple((field, why) for field, why in card.inferred if field not in fields)
    return replace(text, card=replace(card, **fields, inferred=inferred))


def _card(values: dict[str, Any]) -> Card:
    """A card as it was before it became JSON."""
    made: dict[str, Any] = {
        "editions": tuple(Edition(**edition) for edition in values["editions"]),
        "inferred": tuple((field, why) for field, why in values["inferred"]),
        "notes": tuple(values["notes"]),
        **{field: read(values[field]) for field, read in _ENUMERATED.items() if field in values},
    }
    return Card(**(values | made))


def _text(data: bytes, path: str, ask: Ask) -> str:
    text = text_of(data, path, ask)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(path, "", "正文里有不完整的字符，读不出来", "请另存为 UTF-8 编码的 .txt 文件") from None
    return text


def _bytes(folder: Path, row: Row) -> bytes:
    """The bytes of a file of the plan, which may have been put in the place of another since. Raises InputError."""
    place = folder / os.fsdecode(row["file"])
    if not inside(os.path.realpath(place), os.path.realpath(folder)):
        raise InputError(row["path"], "", "链接指向文件夹之外，没有读取", "如需读取，请把原文件放进文件夹")
    return read_bytes(place, row["path"])
