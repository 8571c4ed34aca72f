"""Drafts: from a file to what a check finds in it.

Whatever a file holds, it is read and checked in a process of its own, within bounds of time and memory
(:func:`analysis.pipeline.reading.in_reading_process`). Nothing of it is written to the disk.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.corpus.documents import anonymous_card, document
from analysis.corpus.files import check_size
from analysis.corpus.formats import office, text_of
from analysis.corpus.formats.kinds import Kind, kind_of
from analysis.corpus.metadata import introduced
from analysis.lint.draft import Draft, draft_of
from analysis.lint.findings import Finding
from analysis.lint.packs import read_packs
from analysis.lint.registry import rules
from analysis.lint.run import check
from analysis.model import Point, Reading
from analysis.pipeline.reading import in_reading_process, read, read_series_below
from analysis.word.annotate import Correction, Note, annotated
from analysis.word.paragraphs import word_text

AUTHOR = "政衡"  # of comments and tracked changes


@dataclass(frozen=True)
class CheckedDraft:
    """A draft and what was found in it. ``word``: the Word file that offsets and changes refer to; None for others."""

    draft: Draft
    findings: tuple[Finding, ...]
    word: bytes | None


@dataclass(frozen=True, slots=True)
class Against:
    """What a draft is held against: series of contracts, other texts, and the earlier text of its own place.

    ``earlier`` None: the newest of ``others`` that is of the same place, where the draft says which place that is.
    """

    points: tuple[Point, ...] = ()
    others: tuple[Reading, ...] = ()
    earlier: Reading | None = None


def check_file(
    data: bytes, name: str, *, off: Collection[str] = (), packs: Path | None = None, against: Against | None = None
) -> CheckedDraft:
    """Check a draft of any format. ``off``: rules that are switched off; ``packs``: a folder of rules of one's own.

    Of ``against`` the series of the draft's own place are looked at, and those of its texts that are of other places as
    its peers. Raises ``InputError`` when the file cannot be read
    or takes too long.
    """
    opened = _opened(data, name)
    return in_reading_process(name, _checked, name, data, opened, frozenset(off), packs, against or Against())


def open_draft(data: bytes, name: str) -> Draft:
    """A draft of any format, not checked. Raises as :func:`check_file` does."""
    return in_reading_process(name, _draft, name, data, _opened(data, name), Against())


def annotated_word(checked: CheckedDraft, notes: Sequence[Note], corrections: Sequence[Correction]) -> bytes:
    """The Word file of a checked draft with comments and tracked changes. Raises as :func:`check_file` does.

    Only for drafts that have one (``CheckedDraft.word``).
    """
    assert checked.word is not None
    name = checked.draft.name
    return in_reading_process(name, _annotated, checked.word, name, tuple(notes), tuple(corrections), datetime.now(UTC))


def _annotated(
    word: bytes, name: str, notes: tuple[Note, ...], corrections: tuple[Correction, ...], when: datetime
) -> bytes:
    return annotated(word, name, notes, corrections, author=AUTHOR, when=when)


def series_points(root: Path) -> tuple[Point, ...]:
    """The series of contracts of a corpus; none where it has none that can be read."""
    return read_series_below(root / "series")[1]


def _opened(data: bytes, name: str) -> tuple[bytes | None, str]:
    """The Word file, made of an older format where need be, or else the text."""
    check_size(data, name)
    kind = kind_of(data)
    if kind is Kind.DOCX:
        return data, ""
    if kind in (Kind.DOC, Kind.RTF, Kind.ODT):
        return office.to_docx(data, kind, name), ""
    return None, text_of(data, name)


def _checked(
    name: str,
    data: bytes,
    opened: tuple[bytes | None, str],
    off: frozenset[str],
    packs: Path | None,
    against: Against,
) -> CheckedDraft:
    """In the reading process: the draft, and what the rules find."""
    draft = _draft(name, data, opened, against)
    by = (*rules(), *(read_packs(packs) if packs else ()))
    return CheckedDraft(draft, check(draft, off=off, by=by), opened[0])


def _draft(name: str, data: bytes, opened: tuple[bytes | None, str], against: Against) -> Draft:
    """In the reading process: the draft from the file."""
    word, text = opened
    words = word_text(word, name) if word is not None else None
    raw = words.text if words else text
    card = anonymous_card(name, data)
    reading = read(introduced(document(card, card.editions[0], raw)))
    card = reading.document.card
    others = [one for one in against.others if not _same_text(one, reading)]
    same = [one for one in others if card.region_code and one.document.card.region_code == card.region_code]
    same.sort(key=lambda one: one.document.card.issued or "")
    return draft_of(
        name,
        raw,
        reading,
        labels=words.labels if words else (),
        cells=words.cells if words else (),
        points=tuple(point for point in against.points if point.region_code == card.region_code),
        peers=tuple(one for one in others if one not in same and one is not against.earlier),
        earlier=against.earlier or (same[-1] if same else None),
    )


def _same_text(one: Reading, other: Reading) -> bool:
    """Whether two readings are editions of one text: most clauses of the shorter one are in the other."""
    first, second = ({"".join(clause.text.split()) for clause in each.clauses} for each in (one, other))
    return len(first & second) > 0.6 * min(len(first), len(second))
