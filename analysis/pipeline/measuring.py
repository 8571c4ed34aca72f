"""How far the reading can be trusted: what people said of its rows, scores, sentences read wrongly, documents left out.

What people said is kept and applied here, and so are the weights learnt.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from analysis import store
from analysis.checked import journal
from analysis.checked.annotations import gold_files
from analysis.checked.checks import Check, apply, items
from analysis.corpus.documents import CARD, anonymous_card, document
from analysis.extract.weigh import weights
from analysis.learn import incentive_roles, left_out, record
from analysis.learn.left_out import LeftOut
from analysis.learn.record import read_kinds, read_record
from analysis.learn.unseen import Fresh, Unseen, read_fresh, unseen
from analysis.model import Checked, Corpus, Fault, Incentive, InputError, Reading, Target, fault_of
from analysis.pipeline.reading import (
    PROJECT,
    default_root,
    full_readings,
    load_corpus,
    open_collection,
    read,
    read_folder,
    read_path,
    state_of,
)
from analysis.records.record_values import Actor, NotAllowed, Role
from analysis.score import Score, Tally, score
from analysis.score.gold import FRAME, Known, gold_documents, holds_gold, known_failures, read_gold, rows_read
from analysis.score.score_report import recorded

CHECKING_VARIABLE, DEVELOPMENT_VARIABLE = "ZHENGHENG_CHECKING", "ZHENGHENG_DEVELOPMENT"
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
    paths = checked_paths(root)
    return state_of(root, paths) if paths else ""


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


def record_check(root: Path, check: Check, seen: int, actor: Actor | None = None) -> tuple[Check, ...]:
    """Keep a word on a document of the corpus; see :func:`analysis.checked.journal.record`.

    ``actor``: who is logged in; None where whoever asks has the folder anyway. Raises ``NotAllowed``, with nothing
    written, where the role does not cover checking, or the check is put down to somebody else.
    """
    if actor is not None and not (actor.name and actor.name == check.who and actor.role.covers(Role.REVIEWER)):
        raise NotAllowed(actor, Role.REVIEWER)
    return journal.record(checked_path(root, check.document), check, seen)


def removed_rows(reading: Reading, said: Sequence[Check]) -> tuple[tuple[Target | Incentive, Checked], ...]:
    """The rows of the machine that people took out, each with who did."""
    return tuple(
        (item.machine, item.check.mark)
        for item in (items(reading, said) if said else ())
        if item.check and item.machine and item.row is None
    )


def load_checked_corpus(root: Path) -> Corpus:
    """The corpus as people left it: read by the machine, with ``checked.csv`` beside the documents applied.

    Further editions stay as the machine reads them.
    """
    corpus = load_corpus(root)
    said, faults = read_checks(root)
    readings = tuple(apply(reading, said.get(reading.document.id, ())) for reading in corpus.readings)
    return replace(corpus, readings=readings, faults=(*corpus.faults, *faults))


def part_with_checks(collection: store.Collection, part: Corpus, said: Said) -> Corpus:
    """The same for a part of a large collection: what has words is read anew, for tables lack the way to the file."""
    readings = tuple(
        apply(full_readings(collection, reading.document.id)[0], said[reading.document.id])
        if reading.document.id in said
        else reading
        for reading in part.readings
    )
    return replace(part, readings=readings) if said else part


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


def score_gold(folder: Path, corpus: Corpus) -> Score:
    """Score the reading against the annotations in ``folder``.

    The texts are those of ``corpus``, or those beside the annotations. Texts that cannot be read are left out.
    ``folder`` may also be a ``checked.csv``, or a folder with such files beside its documents: then the machine is held
    against what people said. Raises ``InputError`` when ``folder`` holds no annotations.
    """
    with gold_in(folder, corpus) as (place, readings):
        found = score(place, readings, PROJECT / "tests" / "gold" / "receivers.csv")
    return replace(found, gold=replace(found.gold, folder=folder))


def gold_folder() -> Path | None:
    """The annotations that come with the product, or None where they do not."""
    folder = PROJECT / "tests" / "gold"
    return folder if folder.is_dir() else None


def development_gold() -> Path | None:
    """Annotated texts that the reading was developed with, where this machine has them; they are other people's.

    The folder is ``$ZHENGHENG_DEVELOPMENT``, else the one kept beside a developer's checkout.
    """
    chosen = os.environ.get(DEVELOPMENT_VARIABLE)
    folder = Path(chosen) if chosen else PROJECT.parent / "shared" / "gold" / "dev"
    return folder if (folder / "index.csv").is_file() else None


def recorded_development() -> dict[str, Tally] | None:
    """Counts of the last recorded run over the texts of development, by part; None where none was recorded."""
    return recorded(PROJECT / "tests" / "gold" / "dev_baseline.json")


def known_wrong() -> tuple[tuple[Known, tuple[tuple[str, ...], ...]], ...]:
    """Sentences that are still read wrongly, each with what is read from it now, row by row."""
    path = PROJECT / "tests" / "cases" / "known_failures.toml"
    card = anonymous_card("句子")
    now = (
        (known, rows_read(known, read(document(card, card.editions[0], f"{FRAME}{known.text}"))))
        for known in known_failures(path)
    )
    return tuple((known, rows) for known, rows in now if rows != known.rows)


def unseen_texts(gold: Path) -> Unseen | None:
    """What leaving out one document at a time gave, as last recorded in the folder of annotations that comes with the
    product; its own corpus, for which the rules were written, is not counted. Kinds are as annotated, where they are.
    None where nothing is recorded.

    Raises ``InputError`` when the record is broken.
    """
    documents = read_record(gold / RECORD.name)
    if documents is None:
        return None
    kinds = read_kinds(gold / "kinds.csv")
    others = [replace(one, kind=kinds.get(one.document, one.kind)) for one in elsewhere(documents, gold)]
    return unseen(others, weights("targets").threshold) if others else None


def elsewhere(documents: Sequence[LeftOut], gold: Path) -> tuple[LeftOut, ...]:
    """Those of ``documents`` that are not of the product's own corpus, whose annotations are in ``gold``."""
    own = {name for name, _ in gold_documents(gold)}
    return tuple(one for one in documents if one.document not in own)


def fresh_texts(gold: Path) -> Fresh | None:
    """The first run over the texts that were collected last; None where none is recorded.

    Raises ``InputError`` when its record or the list of sources is broken.
    """
    return read_fresh(gold / "fresh")


#: Where the weights and the record of documents left out stand, below the project.
WEIGHTS = Path("analysis") / "extract" / "weights_targets.toml"
INCENTIVE_WEIGHTS = Path("analysis") / "extract" / "weights_incentives.toml"
RECORD = Path("tests") / "gold" / "left_out.json"


def annotated_folders() -> tuple[Path, ...]:
    """The annotations that the weights are learnt from: the product's own, a developer's where they are kept, and what
    people checked in the corpus."""
    beside = PROJECT.parent / "shared" / "gold"
    folders = (PROJECT / "tests" / "gold", beside / "dev", beside / "dev2")
    checked = (default_root(),) if checked_paths(default_root()) else ()
    return (*(folder for folder in folders if folder.is_dir()), *checked)


@dataclass(frozen=True, slots=True)
class Learning:
    """What a run of learning gives, and the text of the files that keep it, by their place below the project."""

    learnt: left_out.Learnt
    incentives: incentive_roles.LearntIncentives
    files: tuple[tuple[Path, str], ...]


def learn(folders: Sequence[Path], corpus: Corpus) -> Learning:
    """Learn from the annotations in ``folders``; texts are those beside them or those of ``corpus``.

    Folders as :func:`analysis.pipeline.measuring.gold_in` takes them. Raises ``InputError`` when one holds none.
    """
    every: dict[tuple[str, str], left_out.Annotated] = {}
    made_up = PROJECT / "tests" / "cases" / "targets.toml"
    with ExitStack() as held:
        opened = [held.enter_context(gold_in(folder, corpus)) for folder in folders]
        for place, readings in opened:
            for document in left_out.annotated(place, readings):
                # Annotated by hand goes before checked.
                every.setdefault((document.name, document.reading.document.raw), document)
        learnt = left_out.learn(list(every.values()), left_out.labelled_cases(made_up))
        given = incentive_roles.learn_incentives(
            [incentive_roles.examples(one.gold, one.reading) for one in every.values()]
        )
        of = record.digest([place for place, _ in opened], made_up)
    files = (
        (WEIGHTS, record.weights_toml(learnt.weights, of)),
        (INCENTIVE_WEIGHTS, record.weights_toml(given.weights, of)),
        (RECORD, record.record_json(learnt.documents, of)),
    )
    return Learning(learnt, given, files)


def compare_roles(folders: Sequence[Path], corpus: Corpus) -> str:
    """Which role each number of a giving statement has: the grammar against weighed signs, as a table for a terminal.

    Raises ``InputError`` when a folder holds no annotations.
    """
    every = []
    for folder in folders:
        with gold_in(folder, corpus) as (place, readings):
            every += [
                incentive_roles.examples(read_gold(place, {name: reading}), reading)
                for name, reading in readings.items()
            ]
    return incentive_roles.compare_roles(every)


def keep(learning: Learning) -> None:
    """Write the files of a run below the project."""
    for place, text in learning.files:
        (PROJECT / place).write_text(text, encoding="utf-8")
