"""How far the reading can be trusted: scores against annotations, and sentences still read wrongly."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.checked.values import Check
from analysis.corpus.documents import anonymous_card, document
from analysis.model import Corpus, Reading
from analysis.pipeline.checking import checked_documents, write_gold
from analysis.pipeline.reading import PROJECT, read, read_path
from analysis.score import Score, Tally, gold_documents, holds_gold, score
from analysis.score.baseline import recorded
from analysis.score.known import FRAME, Known, known_failures, rows_read

DEVELOPMENT_VARIABLE = "ZHENGHENG_DEVELOPMENT"


def score_gold(folder: Path, corpus: Corpus) -> Score:
    """Score the reading against the annotations in ``folder``.

    The texts are those of ``corpus``, or those beside the annotations. Texts that cannot be read are left out.
    ``folder`` may also be a ``checked.csv``, or a folder with such files beside its documents: then the machine is held
    against what people said. Raises ``InputFault`` when ``folder`` holds no annotations.
    """
    if folder.is_file() or not holds_gold(folder):
        checked = checked_documents(folder)
        if checked:
            return _score_checked(folder, checked)
    readings: dict[str, Reading] = {}
    for name, path in gold_documents(folder):
        reading = corpus.reading(name) if path is None else _read_if_there(path)
        if reading is not None:
            readings[name] = reading
    return score(folder, readings)


def _score_checked(folder: Path, checked: Sequence[tuple[Reading, tuple[Check, ...]]]) -> Score:
    with tempfile.TemporaryDirectory() as place:
        write_gold(checked, Path(place))
        found = score(Path(place), {reading.document.id: reading for reading, _ in checked})
    return replace(found, gold=replace(found.gold, folder=folder))


def _read_if_there(path: Path) -> Reading | None:
    return read_path(path) if path.is_file() else None


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
