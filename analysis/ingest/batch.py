"""One batch: paths in, rows out, under guard.

What a batch gives depends on the files, the rows of the plan and the program. It is read by a process of its own, which
is ended when it says nothing for too long. :func:`read_guarded` may run in any thread of any process; each thread keeps
one process for its batches. A file during which the process fell silent is given up on and the batch is read again
without it; so is a file during which the process died twice, once being perhaps the fault of another program that took
the memory.

:func:`reader` runs in that process. Asked with ``{"folder", "out", "key", "given_up": {path: row of unread}, "cut",
"limit"}`` it says ``{"at": path}`` before each file and ``{"at": ""}`` behind the last; its answer comes when the part
is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import convert, to_builtins

from analysis import pipeline
from analysis.corpus.documents import document
from analysis.corpus.files import check_digest, read_bytes
from analysis.corpus.formats import Ask, in_one_process, in_own_process, text_of
from analysis.corpus.formats.limits import SCAN_MEMORY
from analysis.corpus.metadata import propose, with_kind
from analysis.corpus.process import TOO_MUCH_MEMORY, Answer, Message, Process, Say, limit_memory
from analysis.ingest.folder import inside, refused, unread
from analysis.ingest.part_tables import Summary, plan_path, summary_of, write_part
from analysis.ingest.plan import read_rows
from analysis.model import Card, Document, Edition, InputError
from analysis.similar.terms import count_words
from analysis.store.rows import Row, Rows, rows_of
from analysis.tokenise import lexer

LABEL = "原文件"  # of the only edition of a file without a card
LIMIT = 120.0  # seconds for one file; the readers of the formats give up after 60 by themselves
READER = "analysis.ingest.batch:reader"
_PATIENCE = 120.0  # seconds at least for what no file is to blame for: looking into the plan, writing
_DEATHS = 2

_of_thread = threading.local()
_running: set[Process] = set()


def read_guarded(
    folder: Path, out: Path, key: str, limit: float = LIMIT, tell: Callable[[str], None] = lambda path: None
) -> Summary:
    """Read a batch of the plan in ``out`` and write its part, unless it is there already; what became of its files.

    ``limit`` in seconds for one file; ``tell`` hears the path of each file before it is read, and again where the
    batch is read again. Raises ``InputError`` when the part cannot be written or no process stays alive to read,
    ``Stopped`` after :func:`end_readers`.
    """
    given_up: dict[str, Row] = {}
    deaths: Counter[str] = Counter()
    cut = 0
    process = _process_of_thread()
    process.errors = out / "work" / "log"
    while (done := summary_of(out, key)) is None:
        request = {"folder": str(folder), "out": str(out), "key": key, "given_up": given_up, "cut": cut, "limit": limit}
        path = ""
        try:
            process.ask(request, max(limit, _PATIENCE))
            while "at" in (said := process.hear(limit if path else max(limit, _PATIENCE))):
                path = said["at"]
                if path:
                    tell(path)
        except TimeoutError:
            cut += 1
            given_up[path] = unread(path, f"读取超过 {limit:g} 秒", "请拆分，或另存为 txt 后再读")
        except EOFError:
            deaths[path] += 1
            if deaths[path] >= _DEATHS:
                given_up[path] = unread(path, "读取这个文件时程序意外结束", "请另存为 txt 后再读")
        if "" in given_up:  # no file was to blame
            raise InputError(str(out / "work" / "log"), "", "读取文件的进程起不来", "请看这个文件里的出错信息")
    return done


def _process_of_thread() -> Process:
    if not hasattr(_of_thread, "process"):
        _of_thread.process = Process(READER)
        _running.add(_of_thread.process)
    process: Process = _of_thread.process
    return process


def end_readers() -> None:
    """End the reading processes of all threads; whoever waits for one gets ``Stopped``."""
    for process in tuple(_running):
        process.kill()


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
            yield {"unread": [refused(path, fault)]}
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
    known: Row = json.loads(row["known"] or "{}")
    about: Row = {"paths": [path], "bytes": len(data), "metadata_from": row["metadata_from"]}
    if row["metadata_from"] == "card":
        card = convert(known, Card)
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


def _introduced(text: Document, known: Row) -> Document:
    """``text`` with the card that its words propose; what a sidecar knows stands."""
    given = convert(to_builtins(text.card) | known, Card)
    card = propose(replace(text, card=given))
    inferred = tuple((field, why) for field, why in card.inferred if field not in known)
    stands = {field: getattr(given, field) for field in known}
    return replace(text, card=replace(card, **stands, inferred=inferred))


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
