"""The corpus that is open, of any size: its collection, the part that is shown, and what people said of its rows."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analysis import pipeline
from analysis.model import Corpus, Fault, Reading
from analysis.pipeline import Choice, Chosen, Collection
from analysis.present import tables_sources
from pages import _session
from pages._kept import forget, kept


@dataclass(frozen=True, slots=True)
class Shown:
    """The documents of a choice that a page shows side by side, and after them the visitor's own files.

    ``checks`` names what people said of the corpus.
    """

    collection: Collection
    chosen: Chosen
    checks: str
    own: tuple[_session.OwnFile, ...] = ()

    @property
    def answer_key(self) -> Hashable:
        """What names all that is shown."""
        brought = tuple((file.digest, len(file.said)) for file in self.own)
        return self.collection.digest, self.checks, self.chosen, brought

    @property
    def private(self) -> bool:
        """Whether something of one visitor's own is shown."""
        return bool(self.own)

    @property
    def whole(self) -> bool:
        """Whether all chosen documents stand on this one page."""
        return self.chosen.pages == 1

    def beyond_tables(self) -> Shown:
        """What may hold rows that no table knows of: the visitor's own files; all, where people changed rows.

        All of it too where it is shown whole: then it is read in any case.
        """
        if self.whole or self.checks:
            return self
        return replace(self, chosen=replace(self.chosen, documents=()))

    def brought(self) -> Corpus:
        """The visitor's own files alone, beside the series."""
        return _session.with_own(pipeline.part(self.collection, ()), self.own)

    def corpus(self) -> Corpus:
        """The readings of these documents as people left them, and those of the visitor's own files."""
        return _session.with_own(_readings(self.collection, self.chosen.documents, self.checks), self.own)


choose = kept()(pipeline.choose)


def collection() -> Collection:
    """The corpus as questions are asked of it; opened once for each state of its files, shared by all visitors."""
    root = pipeline.default_root()
    return _open(root, _state(root))


def shown(choice: Choice, page: int, as_of: date | None = None, size: int | None = None) -> Shown:
    """A page of the documents that a choice lets through; ``size`` where it is not what fits side by side."""
    held = collection()
    chosen = choose(held, choice, page, size or held.side_by_side, as_of)
    return Shown(held, chosen, checks_state(), _session.files())


@kept(most=16)
def _readings(collection: Collection, slugs: tuple[str, ...], checks: str) -> Corpus:
    said = _checks_at(pipeline.default_root(), checks)[0] if checks else {}
    return pipeline.part_with_checks(collection, pipeline.part(collection, slugs), said)


@kept(most=32)
def full_readings(collection: Collection, slug: str) -> tuple[Reading, ...]:
    """All editions of a document with the way back to their files, as the machine reads them; empty without one."""
    return pipeline.full_readings(collection, slug)


cited_elsewhere = kept(most=32)(pipeline.cited_elsewhere)


def faults() -> tuple[Fault, ...]:
    """What of the corpus could not be used, and of what people said of it."""
    state = checks_state()
    said = _checks_at(pipeline.default_root(), state)[1] if state else ()
    return (*collection().faults, *said)


def made_up() -> str:
    """What every page says above all else of a corpus with made-up documents; "" where there are none."""
    return tables_sources.made_up(choose(collection(), Choice(words=tables_sources.MADE_UP)).total)


@kept(most=2)
def _open(root: Path, state: str) -> Collection:
    return pipeline.open_collection(root)


@kept(most=8, seconds=1)  # each click asks for it many times, and looking at all files of a large folder takes a while
def _state(root: Path) -> str:
    return pipeline.collection_state(root)


# What people said of the rows --------------------------------------------------------------------------------------


def checks() -> pipeline.Said:
    """What people said of the rows of the corpus, by document."""
    state = checks_state()
    return _checks_at(pipeline.default_root(), state)[0] if state else {}


def checks_state() -> str:
    """What names all that people said of the corpus; "" where nobody said anything."""
    return _checks_state(pipeline.default_root())


def unusable_checks(slug: str) -> str:
    """Why what people said of a document cannot be used, in one sentence; "" where it can, or nobody said anything."""
    file = str(pipeline.checked_path(pipeline.default_root(), slug))
    return next((fault.message for fault in faults() if fault.file == file), "")


def record(check: pipeline.Check, seen: int, actor: pipeline.Actor | None) -> tuple[pipeline.Check, ...]:
    """Keep a word on a document of the corpus; every answer that follows knows of it. Gives back all that was said.

    ``actor``: the person of the login, where one is needed.
    Raises ``InputError``, see :func:`analysis.pipeline.record_check`.
    """
    try:
        return pipeline.record_check(pipeline.default_root(), check, seen, actor)
    finally:
        forget(_checks_state)


@kept(most=4)
def _checks_at(root: Path, state: str) -> tuple[pipeline.Said, tuple[Fault, ...]]:
    return pipeline.read_checks(root)


@kept(most=4, seconds=1)
def _checks_state(root: Path) -> str:
    return pipeline.checked_state(root)


# How well it is read ------------------------------------------------------------------------------------------------


def product_corpus() -> Corpus:
    """The corpus that comes with the product, whichever is open: the annotations are of its texts."""
    root = pipeline.product_root()
    return _loaded(root, _state(root))


@kept(most=1)
def _loaded(root: Path, state: str) -> Corpus:
    return pipeline.load_corpus(root)


def score() -> pipeline.Score | None:
    """How well that corpus is read, against the annotations that come with the product; None without them."""
    return _scored(pipeline.gold_folder())


def development_score() -> pipeline.Score | None:
    """How well the texts are read that the reading was developed with; None on machines without them."""
    return _scored(pipeline.development_gold())


def _scored(folder: Path | None) -> pipeline.Score | None:
    return _score(folder, _state(folder), _state(pipeline.product_root())) if folder else None


@kept(most=4)
def _score(folder: Path, annotations: str, corpus: str) -> pipeline.Score:
    return pipeline.score_gold(folder, product_corpus())


def unseen() -> pipeline.Unseen | None:
    """What leaving out one document at a time gave; None where nothing is recorded. Raises ``InputError``."""
    folder = pipeline.gold_folder()
    return _unseen(folder, _state(folder)) if folder else None


@kept(most=2)
def _unseen(folder: Path, state: str) -> pipeline.Unseen | None:
    return pipeline.unseen_texts(folder)


def fresh() -> pipeline.Fresh | None:
    """The first run over the texts that were collected last; None where none is recorded. Raises ``InputError``."""
    folder = pipeline.gold_folder()
    return _fresh(folder, _state(folder)) if folder else None


@kept(most=2)
def _fresh(folder: Path, state: str) -> pipeline.Fresh | None:
    return pipeline.fresh_texts(folder)
