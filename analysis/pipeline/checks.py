"""What people said of the rows: where it is kept, the corpus with it, and the same as annotations."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from analysis import store
from analysis.checked import journal
from analysis.checked.annotations import gold_files
from analysis.checked.checks import Check, apply, items
from analysis.corpus.documents import CARD
from analysis.model import Checked, Corpus, Fault, Incentive, InputError, Reading, Target, fault_of
from analysis.pipeline.corpora import full_readings, open_collection
from analysis.pipeline.reading import load_corpus, read_folder, read_path
from analysis.score import gold_documents, holds_gold

CHECKING_VARIABLE = "ZHENGHENG_CHECKING"
Said = Mapping[str, tuple[Check, ...]]  # by document
_EPOCH = (1980, 1, 1, 0, 0, 0)  # in a zip, so that the same words give the same bytes


def checking_on() -> bool:
    """Whether whoever runs this installation lets its visitors check the corpus: ``$ZHENGHENG_CHECKING`` is 1."""
    return os.environ.get(CHECKING_VARIABLE, "") == "1"


def checked_path(root: Path, slug: str) -> Path:
    """The file that holds what was said of a document: beside it, or beside the tables of a collection."""
    return root / journal.NAME if store.is_collection(root) else root / "documents" / slug / journal.NAME


def checked_paths(root: Path) -> tuple[Path, ...]:
    """All such files of a corpus folder or a collection."""
    if store.is_collection(root):
        return tuple(path for path in (root / journal.NAME,) if path.is_file())
    return tuple(sorted((root / "documents").glob(f"*/{journal.NAME}")))


def checked_state(root: Path) -> str:
    """Another one whenever somebody has said something; cheap. "" where nobody has."""
    stamps = []
    for path in checked_paths(root):
        stat = path.stat()
        stamps.append(f"{path}|{stat.st_size}|{stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(stamps).encode()).hexdigest() if stamps else ""


def read_checks(root: Path) -> tuple[Said, tuple[Fault, ...]]:
    """All that people said of the documents of a corpus, and the files that could not be read."""
    said: dict[str, tuple[Check, ...]] = {}
    faults: list[Fault] = []
    for path in checked_paths(root):
        try:
            found = _by_document(journal.read(path))
            beside = path.parent.name  # such a file speaks of its own document alone
            said |= found if path.parent == root else {beside: found[beside]} if beside in found else {}
        except InputError as fault:
            faults.append(fault_of(fault))
    return said, tuple(faults)


def _by_document(said: Iterable[Check]) -> dict[str, tuple[Check, ...]]:
    found: dict[str, list[Check]] = {}
    for check in said:
        found.setdefault(check.document, []).append(check)
    return {slug: tuple(checks) for slug, checks in found.items()}


def record_check(root: Path, check: Check, seen: int) -> tuple[Check, ...]:
    """Keep a word on a document of the corpus; see :func:`analysis.checked.journal.record`."""
    return journal.record(checked_path(root, check.document), check, seen)


def checked_reading(reading: Reading, said: Sequence[Check]) -> Reading:
    """A reading with what people said in place of the machine's rows."""
    return apply(reading, said)


def removed_rows(reading: Reading, said: Sequence[Check]) -> tuple[tuple[Target | Incentive, Checked], ...]:
    """The rows of the machine that people took out, each with who did."""
    return tuple(
        (item.machine, item.check.mark)
        for item in (items(reading, said) if said else ())
        if item.check and item.machine and item.row is None
    )


def with_checks(corpus: Corpus, said: Said) -> Corpus:
    """The corpus with what people said in place of the machine's rows; further editions stay as the machine reads."""
    if not said:
        return corpus
    readings = tuple(apply(reading, said.get(reading.document.id, ())) for reading in corpus.readings)
    return replace(corpus, readings=readings)


def load_checked_corpus(root: Path) -> Corpus:
    """The corpus as people left it: read by the machine, with ``checked.csv`` beside the documents applied."""
    corpus = load_corpus(root)
    said, faults = read_checks(root)
    return replace(with_checks(corpus, said), faults=(*corpus.faults, *faults))


def part_with_checks(collection: store.Collection, part: Corpus, said: Said) -> Corpus:
    """The same for a part of a large collection: what has words is read anew, for tables lack the way to the file."""
    readings = tuple(
        apply(full_readings(collection, reading.document.id)[0], said[reading.document.id])
        if reading.document.id in said
        else reading
        for reading in part.readings
    )
    return replace(part, readings=readings) if said else part


def checks_csv(said: Iterable[Check]) -> bytes:
    """What was said of a document as the file that stands beside it."""
    return journal.file_of(said)


def checks_gold(reading: Reading, said: Sequence[Check]) -> bytes:
    """What was said of a document as annotations: a zip with texts/, index.csv and the rows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in gold_files([(reading, said)]).items():
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def checked_documents(place: Path) -> list[tuple[Reading, tuple[Check, ...]]]:
    """What the machine reads of every document that has a ``checked.csv`` at or below ``place``, with what it says.

    ``place``: such a file, the folder of a document, a corpus, or that of a collection. Empty where there is none.
    Raises ``InputError`` where a document or a file cannot be read.
    """
    path = place if place.is_file() and place.name == journal.NAME else place / journal.NAME
    if store.is_collection(path.parent):
        collection = open_collection(path.parent)
        said = _by_document(journal.read(path))
        return [(readings[0], words) for slug, words in said.items() if (readings := full_readings(collection, slug))]
    files = [path] if path.is_file() else sorted(place.glob(f"**/{journal.NAME}"))
    return [(read_folder(file.parent), journal.read(file)) for file in files if (file.parent / CARD).is_file()]


@contextmanager
def gold_in(folder: Path, corpus: Corpus) -> Iterator[tuple[Path, dict[str, Reading]]]:
    """A folder of annotations and what is read of its texts: those of ``corpus``, or those beside the annotations.

    ``folder`` may also be a ``checked.csv``, or hold such files beside documents: then the annotations are what people
    said, in a folder of their own that goes afterwards. Texts that cannot be read are left out. Raises ``InputError``
    where there is nothing of either kind.
    """
    checked = [] if folder.is_dir() and holds_gold(folder) else checked_documents(folder)
    if checked:
        with tempfile.TemporaryDirectory() as place:
            for name, data in gold_files(checked).items():
                path = Path(place) / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
            yield Path(place), {reading.document.id: reading for reading, _ in checked}
        return
    found = {
        name: corpus.reading(name) if path is None else read_path(path) if path.is_file() else None
        for name, path in gold_documents(folder)
    }
    yield folder, {name: reading for name, reading in found.items() if reading is not None}
