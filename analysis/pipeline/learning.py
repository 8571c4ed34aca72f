"""Learning the weights from annotated texts: the product's own, and those of a developer's machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.learn import cases, examples, gifts, left_out, write
from analysis.model import Corpus, Reading
from analysis.pipeline.reading import PROJECT, read_path
from analysis.score.gold import gold_documents, read_gold

#: Where the weights and the record of documents left out stand, below the project.
WEIGHTS = Path("analysis") / "extract" / "weights_targets.toml"
GIFT_WEIGHTS = Path("analysis") / "extract" / "weights_gifts.toml"
RECORD = Path("tests") / "gold" / "left_out.json"


def annotated_folders() -> tuple[Path, ...]:
    """The annotations that the weights are learnt from: the product's own and, where they are kept, a developer's."""
    beside = PROJECT.parent / "shared" / "gold"
    folders = (PROJECT / "tests" / "gold", beside / "dev", beside / "dev2")
    return tuple(folder for folder in folders if folder.is_dir())


@dataclass(frozen=True, slots=True)
class Learning:
    """What a run of learning gives, and the text of the files that keep it, by their place below the project."""

    learnt: left_out.Learnt
    gifts: gifts.LearntGifts
    files: tuple[tuple[Path, str], ...]


def learn(folders: Sequence[Path], corpus: Corpus) -> Learning:
    """Learn from the annotations in ``folders``; texts are those beside them or those of ``corpus``.

    Raises ``InputFault`` when a folder holds no annotations.
    """
    every = [one for folder in folders for one in examples.annotated(folder, _readings(folder, corpus))]
    made_up = PROJECT / "tests" / "cases" / "targets.toml"
    learnt = left_out.learn(every, cases.labelled_cases(made_up))
    given = gifts.learn_gifts([gifts.examples(one.gold, one.reading) for one in every])
    of = write.digest(folders, made_up)
    files = (
        (WEIGHTS, write.weights_toml(learnt.weights, of)),
        (GIFT_WEIGHTS, write.weights_toml(given.weights, of)),
        (RECORD, write.record_json(learnt.documents, of)),
    )
    return Learning(learnt, given, files)


def compare_roles(folders: Sequence[Path], corpus: Corpus) -> str:
    """Which role each number of a giving statement has: the grammar against weighed signs, as a table for a terminal.

    Raises ``InputFault`` when a folder holds no annotations.
    """
    every = [
        gifts.examples(read_gold(folder, {name: reading}), reading)
        for folder in folders
        for name, reading in _readings(folder, corpus).items()
    ]
    return gifts.compare_roles(every)


def _readings(folder: Path, corpus: Corpus) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    for name, path in gold_documents(folder):
        reading = corpus.reading(name) if path is None else read_path(path)
        if reading is not None:
            readings[name] = reading
    return readings


def keep(learning: Learning) -> None:
    """Write the files of a run below the project."""
    for place, text in learning.files:
        (PROJECT / place).write_text(text, encoding="utf-8")
