"""Real texts to hold rules against: the annotated ones of ``../shared/gold`` and the seeds of ``../shared/corpus``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from analysis import pipeline
from analysis.lint.draft import Draft
from analysis.pipeline import drafting

SHARED = Path(__file__).resolve().parents[2] / "../shared"
FOLDERS = (SHARED / "gold/dev/texts", SHARED / "gold/dev2/texts", SHARED / "corpus")


@cache
def against() -> drafting.Against:
    """What a draft is held against on the command line: the corpus and the series of this checkout."""
    root = pipeline.product_root()
    return drafting.Against(drafting.series_points(root), tuple(pipeline.load_corpus(root).readings))


def real_draft(path: Path) -> Draft:
    """A text as the check of drafts opens it, in this process."""
    data = path.read_bytes()
    return drafting._draft(path.name, data, drafting._Received(None, data.decode("utf-8-sig")), against())


def real_drafts() -> Iterator[Draft]:
    """Each of them, by folder and name."""
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.txt")):
            yield real_draft(path)
