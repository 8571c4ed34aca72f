"""Comments that come in: from a file of any kind to its comments, read within bounds of time and memory.

LibreOffice and the readers of other formats run first, each in a process of its own; what they give is read in the
reading process (:func:`analysis.pipeline.reading.in_reading_process`), and so is the draft. Nothing of it is written to
the disk.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.consultation.comment_columns import Mapping, SheetMapping, unknown
from analysis.consultation.comments import ConsultedDraft, Received
from analysis.consultation.draft_clauses import consulted_draft
from analysis.consultation.receive import Preview, SheetPreview, prepared, previewed, received
from analysis.corpus.formats import text_of
from analysis.corpus.formats.spreadsheet import Sheet
from analysis.model import InputError
from analysis.pipeline.reading import in_reading_process


def receive_file(
    data: bytes, name: str, mapping: Mapping | None = None, progress: Callable[[int, int], None] | None = None
) -> Received:
    """The comments of a file and the rows that are none; ``mapping`` as :func:`preview_comments` gives it, or changed.

    ``progress`` is told rows done, of how many. Raises ``InputError``: it cannot be read, is beyond a limit, takes too
    long, or no column of it holds opinions.
    """
    return in_reading_process(name, received, *prepared(data, name), name, mapping, progress=progress)


def preview_comments(data: bytes, name: str, mapping: Mapping | None = None) -> Preview:
    """How a file is read: its first rows, what its columns hold, what it comes to. Raises as :func:`receive_file`."""
    return in_reading_process(name, previewed, *prepared(data, name), name, mapping)


def unknown_columns(sheet: SheetPreview) -> SheetMapping:
    """A sheet that was not taken for a table of comments, for a person to name its columns."""
    return unknown(Sheet(sheet.sheet, sheet.rows))


def draft_of_file(data: bytes, name: str) -> ConsultedDraft:
    """A draft of any format with its clauses; of a Word file with the automatic numbers as they are shown.

    Raises ``InputError``: it cannot be read, or has no clause.
    """
    return draft_of_words(text_of(data, name), name)


def draft_of_words(raw: str, name: str) -> ConsultedDraft:
    """The same of a text at hand."""
    draft = in_reading_process(name, consulted_draft, raw, name)
    if not draft.clauses:
        raise InputError(name, "", "没有读到条文", "请检查是不是选错了文件")
    return draft
