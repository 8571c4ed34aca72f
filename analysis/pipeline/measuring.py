"""How far the reading can be trusted: scores, sentences read wrongly, documents left out, and the weights learnt."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.corpus.documents import anonymous_card, document
from analysis.extract.weigh import weights
from analysis.learn import incentive_roles, left_out, record
from analysis.learn.left_out import LeftOut
from analysis.learn.record import read_kinds, read_record
from analysis.learn.unseen import Fresh, Unseen, read_fresh, unseen
from analysis.model import Corpus
from analysis.pipeline.checks import checked_paths, gold_in
from analysis.pipeline.reading import PROJECT, default_root, read
from analysis.score import Score, Tally, score
from analysis.score.gold import FRAME, Known, gold_documents, known_failures, read_gold, rows_read
from analysis.score.score_report import recorded

DEVELOPMENT_VARIABLE = "ZHENGHENG_DEVELOPMENT"


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

    Folders as :func:`analysis.pipeline.checks.gold_in` takes them. Raises ``InputError`` when one holds none.
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
