"""How well texts are read that nobody has tuned for: documents left out one at a time, and texts collected last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.extract.weigh import weights
from analysis.learn.fresh import Fresh, read_fresh
from analysis.learn.left_out import LeftOut
from analysis.learn.record import read_kinds, read_record
from analysis.learn.unseen import Unseen, unseen
from analysis.pipeline.learning import RECORD
from analysis.score.gold import gold_documents


def unseen_texts(gold: Path) -> Unseen | None:
    """What leaving out one document at a time gave, as last recorded in the folder of annotations that comes with the
    product; its own corpus, for which the rules were written, is not counted. Kinds are as annotated, where they are.
    None where nothing is recorded.

    Raises ``InputFault`` when the record is broken.
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

    Raises ``InputFault`` when its record or the list of sources is broken.
    """
    return read_fresh(gold / "fresh")
