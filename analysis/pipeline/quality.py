"""How far the reading can be trusted: scores against annotations, and sentences still read wrongly."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from analysis.corpus.documents import anonymous_card, document
from analysis.model import Corpus
from analysis.pipeline.checking import gold_in
from analysis.pipeline.reading import PROJECT, read
from analysis.score import Score, Tally, score
from analysis.score.baseline import recorded
from analysis.score.known import FRAME, Known, known_failures, rows_read

DEVELOPMENT_VARIABLE = "ZHENGHENG_DEVELOPMENT"


def score_gold(folder: Path, corpus: Corpus) -> Score:
    """Score the reading against the annotations in ``folder``.

    The texts are those of ``corpus``, or those beside the annotations. Texts that cannot be read are left out.
    ``folder`` may also be a ``checked.csv``, or a folder with such files beside its documents: then the machine is held
    against what people said. Raises ``InputFault`` when ``folder`` holds no annotations.
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
