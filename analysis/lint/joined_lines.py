"""Lines that a page has cut, joined to paragraphs again, with every mark and blank as it was received.

Cleaning knows where a paragraph goes on, but it also widens marks, closes up blanks and takes out page numbers: faults
that a drafter wants to see. Here its paragraphs are made from the characters of the text as received. Rows of a table
whose columns are parted by blanks stay lines of their own.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.model import Document

_GAP = re.compile(r"[ \u3000]{2,}|\t")
_NO_CELL = re.compile("[，。；：？！]|^第[^，。；]{1,9}[章节条]$|^[年月日]$")
_LONGEST_CELL = 24  # characters
_MIDDLE = "至于自从与和及或、，（《"  # what no paragraph ends with
_FEWEST, _SHARE = 5, 0.15  # lines that go on another one, at least; by far the most do where a page has cut them
_BLANK = " \t\u3000\u00a0"


@dataclass(frozen=True, slots=True)
class Joined:
    """Joined text and, for each of its characters, where it stands in the text as received, in order."""

    text: str
    offsets: Sequence[int]


def cells_of(text: str) -> list[str]:
    """The cells of a row whose columns are parted by two blanks or more; none where it is no such row."""
    if len(text) > 400 or not _GAP.search(text):
        return []
    pieces = _GAP.split(text.strip(_BLANK))
    fit = len(pieces) > 2 and all(0 < len(piece) <= _LONGEST_CELL and not _NO_CELL.search(piece) for piece in pieces)
    return pieces if fit else []


def joined(document: Document) -> Joined | None:
    """The raw text of a document with the line ends inside its paragraphs, and what interrupts them, left out.

    None where its lines are paragraphs already: hardly one goes on over the end of its line.
    """
    raw, clean = document.raw, document.text
    kept: list[tuple[int, int, bool]] = []  # span without what is left out, and whether it goes on the line before
    offset, last, former_row = 0, -1, False
    for whole in raw.split("\n"):
        span = document.clean_span(offset, offset + len(whole))
        row = bool(cells_of(whole))
        together = (
            span is not None
            and last >= 0
            and not clean[span[0]].isspace()
            and ("\n" not in clean[last : span[0]] or (clean[last] in _MIDDLE and not whole.startswith(tuple(_BLANK))))
        )
        goes_on = together and not row and not former_row
        if goes_on:
            while kept and kept[-1][0] > document.offsets[last]:
                kept.pop()  # a page number, or nothing, between the halves of a paragraph
            lead = len(whole) - len(whole.lstrip(_BLANK))
            kept.append((offset + lead, offset + len(whole), True))
        else:
            kept.append((offset, offset + len(whole), False))
        if span is not None:
            last, former_row = span[1] - 1, row
            if clean[last] == "\n":
                last -= 1
        offset += len(whole) + 1
    gone_on, words = sum(goes_on for *_, goes_on in kept), sum(bool(line.strip()) for line in raw.split("\n"))
    return _put_together(raw, kept) if gone_on >= _FEWEST and gone_on >= _SHARE * words else None


def _put_together(raw: str, kept: Sequence[tuple[int, int, bool]]) -> Joined:
    pieces: list[str] = []
    offsets: array[int] = array("q")
    for at, (start, end, goes_on) in enumerate(kept):
        if at and not goes_on:
            pieces.append("\n")
            offsets.append(start - 1)
        piece = raw[start:end]
        if at + 1 < len(kept) and kept[at + 1][2]:
            piece = piece.rstrip(_BLANK)
        if goes_on and _both_latin(pieces, piece):
            pieces.append(" ")
            offsets.append(start - 1)
        pieces.append(piece)
        offsets.extend(range(start, start + len(piece)))
    return Joined("".join(pieces), offsets)


def _both_latin(pieces: Sequence[str], piece: str) -> bool:
    """Whether words of letters meet where two lines are joined."""
    before = pieces[-1][-1:] if pieces else ""
    return bool(re.fullmatch("[A-Za-z,;]", before) and re.match("[A-Za-z]", piece))
