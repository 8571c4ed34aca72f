"""新旧条文对照表 as a Word file: two versions side by side with what is to be said of each provision.

Words that differ inside a provision are struck through in the old version and bold and underlined in the new one, so
that a copy in black and white tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analysis.word.paragraphs import W

HEADINGS = ("原条文", "新条文", "说明")
_SHARES = (9, 9, 5)
_SIZE = 10.5  # points
_POINT = 12_700  # in the units of python-docx


class Mark(StrEnum):
    """How words are set."""

    PLAIN = "plain"
    NUMBER = "number"  # bold
    GONE = "gone"  # struck through
    COME = "come"  # bold and underlined


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one kind; a line end in them begins a new paragraph."""

    text: str
    mark: Mark = Mark.PLAIN


Side = Sequence[Words]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of the table; ``remarks``: one paragraph each."""

    old: Side
    new: Side
    remarks: Sequence[str]


def comparison_docx(title: str, lead: Sequence[str], rows: Sequence[ComparedRow]) -> bytes:
    """The table on landscape A4: title, what is to be read first, and the rows under headings that repeat."""
    # Here, so that nobody waits for it who writes no Word file.
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    from analysis.word.tables import add_table, add_text, legal, new_document, saved

    document = new_document(title, landscape=True)
    for sentence in lead:
        add_text(document, sentence)
    table = add_table(document, HEADINGS, [], _SHARES, size=_SIZE)
    for heading in table.rows[0].cells:
        heading.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    widths = [cell.width for cell in table.rows[0].cells]
    for each in rows:
        remarks = [Words("\n".join(each.remarks))]
        for cell, words, width in zip(table.add_row().cells, (each.old, each.new, remarks), widths, strict=True):
            cell.width = width
            _fill(cell.paragraphs[0], [Words(legal(run.text), run.mark) for run in words])
    return saved(document)


def _fill(paragraph: Any, side: Side) -> None:
    """Write words into a cell, from its first paragraph on."""
    _plain(paragraph)
    for words in side:
        for number, line in enumerate(words.text.split("\n")):
            if number:
                following = paragraph._parent.add_paragraph()
                _plain(following)
                paragraph = following
            if line:
                _add(paragraph, line, words.mark)


def _plain(paragraph: Any) -> None:
    paragraph.paragraph_format.space_after = 0


def _add(paragraph: Any, line: str, mark: Mark) -> None:
    run = paragraph.add_run(line)
    run.font.size = int(_SIZE * _POINT)
    if mark is Mark.GONE:
        run.font.strike = True
    elif mark is not Mark.PLAIN:
        run.bold = True
        run.underline = True if mark is Mark.COME else None
    # Marks that Chinese and Latin share, “” and —, are set as Chinese.
    run._r.get_or_add_rPr().get_or_add_rFonts().set(f"{W}hint", "eastAsia")
