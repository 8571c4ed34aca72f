"""Learning the weights from annotated texts: the product's own, and those of a developer's machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.learn import cases, examples, left_out, write
from analysis.model import Corpus, Reading
from analysis.pipeline.reading import PROJECT, read_path
from analysis.score.gold import gold_documents

#: Where the weights and the record of documents left out stand, below the project.
WEIGHTS = Path("analysis") / "extract" / "weights_targets.toml"
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
    files: tuple[tuple[Path, str], ...]


def learn(folders: Sequence[Path], corpus: Corpus) -> Learning:
    """Learn from the annotations in ``folders``; texts are those beside them or those of ``corpus``.

    Raises ``InputFault`` when a folder holds no annotations.
    """
    every: list[examples.Annotated] = []
    for folder in folders:
        readings: dict[str, Reading] = {}
        for name, path in gold_documents(folder):
            reading = corpus.reading(name) if path is None else read_path(path)
            if reading is not None:
                readings[name] = reading
        every += examples.annotated(folder, readings)
    made_up = PROJECT / "tests" / "cases" / "targets.toml"
    learnt = left_out.learn(every, cases.labelled_cases(made_up))
    of = write.digest(folders, made_up)
    files = ((WEIGHTS, write.weights_toml(learnt.weights, of)), (RECORD, write.record_json(learnt.documents, of)))
    return Learning(learnt, files)


def keep(learning: Learning) -> None:
    """Write the files of a run below the project."""
    for place, text in learning.files:
        (PROJECT / place).write_text(text, encoding="utf-8")
