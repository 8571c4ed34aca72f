"""Learning the weights from annotated texts: the product's own, and those of a developer's machine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from analysis.learn import cases, examples, gifts, left_out, write
from analysis.model import Corpus
from analysis.pipeline.checking import checked_paths, gold_in
from analysis.pipeline.reading import PROJECT, default_root
from analysis.score.gold import read_gold

#: Where the weights and the record of documents left out stand, below the project.
WEIGHTS = Path("analysis") / "extract" / "weights_targets.toml"
GIFT_WEIGHTS = Path("analysis") / "extract" / "weights_gifts.toml"
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
    gifts: gifts.LearntGifts
    files: tuple[tuple[Path, str], ...]


def learn(folders: Sequence[Path], corpus: Corpus) -> Learning:
    """Learn from the annotations in ``folders``; texts are those beside them or those of ``corpus``.

    Folders as :func:`analysis.pipeline.checking.gold_in` takes them. Raises ``InputFault`` when one holds none.
    """
    every: dict[tuple[str, str], examples.Annotated] = {}
    made_up = PROJECT / "tests" / "cases" / "targets.toml"
    with ExitStack() as held:
        opened = [held.enter_context(gold_in(folder, corpus)) for folder in folders]
        for place, readings in opened:
            for document in examples.annotated(place, readings):
                # Annotated by hand goes before checked.
                every.setdefault((document.name, document.reading.document.raw), document)
        learnt = left_out.learn(list(every.values()), cases.labelled_cases(made_up))
        given = gifts.learn_gifts([gifts.examples(one.gold, one.reading) for one in every.values()])
        of = write.digest([place for place, _ in opened], made_up)
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
    every = []
    for folder in folders:
        with gold_in(folder, corpus) as (place, readings):
            every += [gifts.examples(read_gold(place, {name: reading}), reading) for name, reading in readings.items()]
    return gifts.compare_roles(every)


def keep(learning: Learning) -> None:
    """Write the files of a run below the project."""
    for place, text in learning.files:
        (PROJECT / place).write_text(text, encoding="utf-8")
