"""Real texts to hold rules against: the annotated ones of ``../shared/gold`` and the seeds of ``../shared/corpus``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.corpus.documents import anonymous_card, document
from analysis.corpus.metadata import introduced
from analysis.lint.draft import Draft, draft_of
from analysis.pipeline.drafting import series_points
from analysis.pipeline.reading import product_root, read

SHARED = Path(__file__).resolve().parents[2] / "../shared"
FOLDERS = (SHARED / "gold/dev/texts", SHARED / "gold/dev2/texts", SHARED / "corpus")


def real_draft(path: Path) -> Draft:
    """A file as the check of drafts opens it, with the series of its place."""
    data = path.read_bytes()
    raw = data.decode("utf-8-sig")
    card = anonymous_card(path.name, data)
    reading = read(introduced(document(card, card.editions[0], raw)))
    code = reading.document.card.region_code
    points = tuple(point for point in series_points(product_root()) if point.region_code == code)
    return draft_of(path.name, raw, reading, points=points)


def real_drafts() -> Iterator[Draft]:
    """Each of them, by folder and name."""
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.txt")):
            yield real_draft(path)
