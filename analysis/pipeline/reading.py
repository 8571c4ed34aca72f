"""From files to readings: one text, everything below a corpus folder, or the tables of a corpus of any size."""

from __future__ import annotations

import hashlib
import os
import pickle
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from analysis import store
from analysis.checked.journal import NAME as CHECKS
from analysis.citation import How, cited, probes, surest
from analysis.corpus.documents import anonymous_card, document, read_card, read_documents, read_edition
from analysis.corpus.files import read_bytes as file_bytes
from analysis.corpus.formats import text_of
from analysis.corpus.formats.limits import MEMORY
from analysis.corpus.metadata import introduced, with_kind
from analysis.corpus.process import Answer, Message, Process, Say, limit_memory
from analysis.corpus.series import read_series
from analysis.extract import Explained, extract
from analysis.extract import explain as every_number
from analysis.grammar import grammar
from analysis.model import (
    Card,
    Citation,
    Corpus,
    Document,
    Edition,
    Fault,
    InputError,
    Point,
    Reading,
    SeriesCard,
    TextKind,
    fault_of,
)
from analysis.segment import Gap, counts, gaps, segment
from analysis.tokenise import lexer

Result = TypeVar("Result")
ROOT_VARIABLE = "ZHENGHENG_CORPUS"
PROJECT = Path(__file__).resolve().parents[2]
UPLOAD_SECONDS = 60.0
UPLOAD_READER = "analysis.pipeline.reading:upload_reader"
_ELSEWHERE = 8  # documents that are looked through for cited words
_at_once = threading.Semaphore(2)  # uploads that are read; a process that waits for the next one holds 0.2 GB
_idle: list[Process] = []


def product_root() -> Path:
    """The folder of the corpus that comes with the product."""
    return PROJECT / "policy_corpus"


def default_root() -> Path:
    """The folder of the corpus: ``$ZHENGHENG_CORPUS``, else ``policy_corpus`` beside the package."""
    chosen = os.environ.get(ROOT_VARIABLE)
    return Path(chosen) if chosen else product_root()


def read(text: Document) -> Reading:
    """Everything the program understands in one cleaned document. Pure."""
    return extract(text, segment(text))


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a file of any format that is no part of the corpus; ``name`` is what tables and faults call it.

    Raises ``InputError`` when the bytes hold no readable text.
    """
    return _read_alone(anonymous_card(name, data), text_of(data, name))


def _read_alone(card: Card, text: str) -> Reading:
    """The reading of a text whose card is to be read from its own words."""
    return read(introduced(document(card, card.editions[0], text)))


def read_upload(data: bytes, name: str) -> Reading:
    """As :func:`read_bytes`, for a server: whatever the file holds, it takes bounded time and memory of others.

    Raises ``InputError`` as :func:`in_reading_process` does.
    """
    return in_reading_process(name, _read_alone, anonymous_card(name, data), text_of(data, name))


def in_reading_process(
    name: str, work: Callable[..., Result], *given: Any, progress: Callable[[int, int], None] | None = None
) -> Result:
    """What ``work`` (a function of a module) makes of ``given``, in a process of its own within bounds.

    With ``progress``, ``work`` gets one more argument to tell how far it is (done, of how many), and so does this side.
    The bounds are ``UPLOAD_SECONDS`` and the memory of a reader of formats; ``name`` is what faults call the file.
    Raises ``InputError`` where that is not enough, and the one that ``work`` raises, under that name.
    """
    with _at_once:
        process = _idle.pop() if _idle else Process(UPLOAD_READER, errors=None)
        try:
            process.ask({"data": pickle.dumps((work, given)), "tells": progress is not None}, UPLOAD_SECONDS)
            while "done" in (said := process.hear(UPLOAD_SECONDS)):
                if progress:
                    progress(said["done"], said["of"])
        except InputError as fault:
            raise InputError(name, fault.place, fault.problem, fault.remedy) from None
        except TimeoutError:
            raise InputError(name, "", f"读取超过 {UPLOAD_SECONDS:g} 秒", "请拆分，或只保留政策正文后再提交") from None
        except EOFError:
            raise InputError(name, "", "读取这个文件时程序意外结束", "请只保留政策正文后再提交") from None
        finally:
            _idle.append(process)  # one that has ended starts anew when it is asked again
    result: Result = pickle.loads(said["data"])  # from our own program, whatever file it has seen
    return result


def upload_reader() -> Answer:
    """In the process of :func:`in_reading_process`: leaves the processor to those who show pages."""
    limit_memory(MEMORY)
    if hasattr(os, "nice"):
        os.nice(10)
    lexer()

    def answer(request: Message, say: Say) -> Message:
        work, given = pickle.loads(request["data"])  # from our own program

        def tell(done: int, of: int) -> None:
            say({"done": done, "of": of})

        return {"data": pickle.dumps(work(*given, tell) if request["tells"] else work(*given))}

    return answer


def read_path(path: Path) -> Reading:
    """Read a file of any format that is no part of the corpus. Raises ``InputError`` when it cannot be read."""
    data = file_bytes(path, str(path))
    return _read_alone(anonymous_card(path.name, data), text_of(data, str(path)))


def read_folder(folder: Path) -> Reading:
    """The first edition of the document in a folder with a card. Raises ``InputError`` when it cannot be read."""
    card = read_card(folder)
    return read(document(card, card.editions[0], read_edition(folder, card.editions[0])))


def filed(reading: Reading, card: Card, edition: Edition) -> Reading:
    """The reading under another card: every row of it is the new document's."""
    document = replace(reading.document, card=card, edition=edition)
    return replace(
        reading,
        document=document,
        clauses=tuple(replace(row, document=card.slug) for row in reading.clauses),
        targets=cited(document, (replace(row, document=card.slug) for row in reading.targets)),
        incentives=cited(document, (replace(row, document=card.slug) for row in reading.incentives)),
        unparsed=tuple(replace(row, document=card.slug) for row in reading.unparsed),
    )


def load_corpus(root: Path) -> Corpus:
    """Read every document and series below ``root``.

    One broken folder never stops the rest: its fault goes to ``Corpus.faults``. Raises ``InputError`` only when
    ``root`` itself is no folder, or holds the tables of a collection (:func:`open_collection` opens those).
    """
    if not root.is_dir():
        raise InputError(str(root), "", "语料文件夹不存在", f"请检查路径或环境变量 {ROOT_VARIABLE}")
    if store.is_collection(root):
        remedy = "请用 make run CORPUS=… 打开，或给出原来的语料文件夹"
        raise InputError(str(root), "", "这里是 ingest 写出的表，不是语料文件夹", remedy)
    grammar()  # a slip in a vocabulary is said once, not once for each text
    found, faults = read_documents(root / "documents")
    readings: list[Reading] = []
    for card, edition, raw in found:
        try:
            readings.append(read(with_kind(document(card, edition, raw))))
        except InputError as fault:
            faults.append(fault_of(fault))
    first = {reading.document.id: reading for reading in reversed(readings)}
    by_slug = sorted(first.values(), key=lambda reading: reading.document.id)
    newest_first = sorted(by_slug, key=lambda reading: reading.document.card.issued or "", reverse=True)
    further = tuple(reading for reading in readings if reading is not first[reading.document.id])
    series, points, more = read_series_below(root / "series")
    return Corpus(tuple(newest_first), further, series, points, (*faults, *more))


def read_series_below(folder: Path) -> tuple[SeriesCard | None, tuple[Point, ...], tuple[Fault, ...]]:
    """The first readable series folder; a second one would need a name in ``Corpus``."""
    faults: list[Fault] = []
    for place in sorted(entry for entry in folder.glob("*") if entry.is_dir()):
        try:
            return *read_series(place), tuple(faults)
        except InputError as fault:
            faults.append(fault_of(fault))
    return None, (), tuple(faults)


def open_collection(root: Path) -> store.Collection:
    """Open the tables that ``ingest`` wrote, or read a corpus folder of cards.

    Raises ``InputError`` when ``root`` is neither, or when its tables are damaged or of another version.
    """
    if store.is_collection(root):
        return store.open_tables(root, *read_series_below(product_root() / "series"))
    return store.open_corpus(load_corpus(root), root, collection_state(root))


def collection_state(root: Path) -> str:
    """A digest over names, sizes and times of the files: cheap, and another one when a file has changed.

    What people say of the rows changes no text and is left out: :func:`analysis.pipeline.measuring.checked_state`.
    """
    if store.is_collection(root):
        return store.state(root)
    return state_of(root, (path for path in root.rglob("*") if path.name != CHECKS and path.is_file()))


def state_of(root: Path, paths: Iterable[Path]) -> str:
    """A digest over the names, sizes and times of files below ``root``."""
    stats = [(path.relative_to(root).as_posix(), path.stat()) for path in sorted(paths)]
    stamps = "".join(f"{name}|{stat.st_size}|{stat.st_mtime_ns}\n" for name, stat in stats)
    return hashlib.sha256(stamps.encode(errors="surrogateescape")).hexdigest()


def full_readings(collection: store.Collection, slug: str) -> tuple[Reading, ...]:
    """All editions of a document with the way back to the files, the first one first; empty when there is none."""
    return tuple(read(document(*text)) for text in store.texts_of(collection, slug))


def cited_among(readings: Sequence[Reading], citation: Citation) -> Reading | None:
    """Of several texts the one in which cited words are found most surely; None where they are in none."""
    if not readings:
        return None
    place, located = surest(citation, [reading.document for reading in readings])
    return readings[place] if located.how is not How.GONE else None


def cited_elsewhere(collection: store.Collection, citation: Citation) -> tuple[Reading, ...]:
    """The editions of the document that the cited words now stand in, where their own is gone; empty if there is none.

    A file without a card is named by its bytes: when it changes, its document gets another name.
    """
    for words in probes(citation):
        found = [full_readings(collection, slug) for slug in store.documents_with(collection, words, _ELSEWHERE)]
        first = cited_among([editions[0] for editions in found], citation)
        if first:
            return next(editions for editions in found if editions[0] is first)
    return ()


#: The kinds that are counted as policies, and those that are not.
POLICIES = tuple(kind for kind in TextKind if kind.is_policy)
REPORTS = tuple(kind for kind in TextKind if not kind.is_policy)


def policies(corpus: Corpus) -> Corpus:
    """The corpus without its reports; a user's own file stays, for it was asked for."""
    kept = tuple(one for one in corpus.readings if one.document.card.own or one.document.card.kind.is_policy)
    slugs = {reading.document.id for reading in kept}
    return replace(corpus, readings=kept, editions=tuple(one for one in corpus.editions if one.document.id in slugs))


def left_out(corpus: Corpus) -> int:
    """How many documents of the corpus :func:`policies` leaves out."""
    return len(corpus.readings) - len(policies(corpus).readings)


def structure(reading: Reading) -> tuple[int, int, tuple[Gap, ...]]:
    """Chapters, articles and the numbers that are skipped."""
    return (*counts(reading.clauses), gaps(reading.clauses))


def explain(reading: Reading, at: int | None = None) -> tuple[Explained, ...]:
    """Every number of a reading with the decision on it, or the one at offset ``at`` of the file as received.

    Raises ``InputError`` when no number stands there.
    """
    every = every_number(reading)
    if at is None:
        return every
    spans = [reading.document.raw_span(one.quantity.start, one.quantity.end) for one in every]
    found = tuple(one for one, (start, end) in zip(every, spans, strict=True) if start <= at < end)
    if found:
        return found
    remedy = "请去掉 --at 列出全部数字"
    if every:
        nearest, (start, _) = min(zip(every, spans, strict=True), key=lambda pair: abs(pair[1][0] - at))
        remedy = f"最近的数字是第 {start} 个字符处的“{nearest.quantity.quote}”"
    raise InputError(reading.document.edition.file, f"第 {at} 个字符", "这里没有数字", remedy)
