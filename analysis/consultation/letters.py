"""Letters, forms and lists of opinions as comments; what belongs to no comment is kept beside them with its reason.

``row`` counts the pieces of a file: a comment, a signature, the mail that is answered. A letter is one comment, however
many points it has; a list whose items are numbered and that nobody signs is one comment for each item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.consultation.comment_columns import Column, label
from analysis.consultation.comment_patterns import (
    CLOSING,
    ITEM,
    LETTER_CONTACT,
    LETTER_DAY,
    LETTER_SENDER,
    NO_WORDS,
    SALUTATION,
)
from analysis.consultation.comments import Comment, Received, Rejected
from analysis.corpus.formats.spreadsheet import Sheet
from analysis.grammar.pattern import Pattern

BEFORE_LIST = "列表前的说明"
NO_WORDS_THERE = "没有意见内容"
_LONGEST_LINE = 2_000
_FORM_ROWS = 200
_TITLE = 80  # characters

Piece = Comment | Rejected  # their rows are given when all are known


def letters(text: str) -> Received:
    """The comments of a text without a table."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    labelled = _labelled(lines)
    if labelled:
        return in_order(labelled)
    items = _items(lines)
    return in_order(_listed(lines, items) if items else [letter(lines)])


def form(sheet: Sheet) -> Piece | None:
    """The comment of a form whose labels stand beside or above the answers, rejected where the answer is missing.

    None where a sheet is no such form.
    """
    found: dict[Column, list[str]] = {}
    rows = [[cell.strip() for cell in row] for row in sheet.rows[:_FORM_ROWS]]
    for at, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        open_label: Column | None = None
        for cell in filled:
            named = label(cell)
            if open_label is None or (named and open_label not in (Column.TEXT, Column.REASON)):
                open_label = named
            else:
                found.setdefault(open_label, []).append(cell)
                open_label = None
        below = [cell for cell in rows[at + 1] if cell] if at + 1 < len(rows) else []
        if open_label and len(filled) == 1 and len(below) == 1 and label(below[0]) is None:
            found.setdefault(open_label, []).append(below[0])
        elif open_label is Column.TEXT:
            found.setdefault(open_label, [])
    if Column.TEXT not in found or len(found) < 2:
        return None
    cells = tuple(cell for row in rows for cell in row if cell)
    return _of_form(found, sheet.name) or Rejected(1, NO_WORDS_THERE, cells, sheet.name)


def _of_form(found: dict[Column, list[str]], sheet: str = "") -> Comment | None:
    """The comment of what stands beside the labels; None without an opinion or with nothing else."""
    text = "\n".join(found.get(Column.TEXT, ())).strip()
    if len(found) < 2 or NO_WORDS.find(text):
        return None

    def words(*columns: Column) -> str:
        return " ".join(dict.fromkeys(cell for column in columns for cell in found.get(column, ()))).strip()

    return Comment(
        row=1,
        text=text,
        sender=words(Column.UNIT, Column.SENDER),
        title=words(Column.TITLE),
        reason=words(Column.REASON),
        clause=words(Column.CLAUSE, Column.ORIGINAL),
        contact=words(Column.CONTACT),
        submitted=words(Column.SUBMITTED),
        sender_kind=words(Column.KIND),
        sheet=sheet,
    )


def _labelled(lines: Sequence[str]) -> list[Piece]:
    """The comments of lines such as 姓名：…, 意见：…; a label that comes again begins the next. None: no such lines."""
    forms: list[dict[Column, list[str]]] = [{}]
    before: list[str] = []
    last: Column | None = None
    for line in lines:
        first, mark, rest = line.replace("：", ":", 1).partition(":") if "：" in line[:24] else line.partition(":")
        named = label(first.strip()) if mark and first.strip() else None
        if named:
            last = named
            if named in forms[-1] and Column.TEXT in forms[-1]:
                forms.append({})
            forms[-1].setdefault(named, []).append(rest.strip())
        elif last:
            forms[-1][last].append(line.rstrip())
        elif line.strip():
            before.append(line.strip())
    made = [_of_form({column: ["\n".join(filter(None, words))] for column, words in each.items()}) for each in forms]
    if len(before) > 2 or not all(made):
        return []
    pieces: list[Piece] = [Rejected(0, BEFORE_LIST, ("\n".join(before),))] if before else []
    return [*pieces, *filter(None, made)]


def in_order(pieces: Sequence[Piece]) -> Received:
    """The pieces of a file in their order, numbered."""
    comments: list[Comment] = []
    refused: list[Rejected] = []
    for row, piece in enumerate(pieces, 1):
        if isinstance(piece, Rejected):
            refused.append(Rejected(row, piece.reason, piece.cells))
        elif NO_WORDS.find(piece.text):
            refused.append(Rejected(row, NO_WORDS_THERE, tuple(filter(None, (piece.sender, piece.title, piece.text)))))
        else:
            comments.append(replace(piece, row=row))
    return Received(tuple(comments), tuple(refused))


def says(pattern: Pattern, line: str) -> bool:
    """Whether a line is what a pattern says; a line that is very long is running text."""
    return len(line) <= _LONGEST_LINE and pattern.find(line) is not None


def letter(lines: Sequence[str]) -> Comment:
    """A letter as one comment: its title, what it says, and below that who wrote it and when."""
    kept = _without_blank_ends(lines)
    title = ""
    if len(kept) > 2 and len(kept[0]) <= _TITLE and _greets(kept[1:4]) and not says(SALUTATION, kept[0]):
        title = kept.pop(0).strip()
    is_letter = any(says(SALUTATION, line) for line in kept[:2]) or any(says(CLOSING, line) for line in kept[-8:])
    day = contact = sender = ""
    while len(kept) > 1:
        line = kept[-1]
        if not day and says(LETTER_DAY, line):
            day = line.strip()
        elif not contact and says(LETTER_CONTACT, line):
            contact = line.strip().strip("（）()")
        elif line.strip():
            break
        kept.pop()
    signed = LETTER_SENDER.find(kept[-1][:_TITLE]) if len(kept) > 1 and (is_letter or day) else None
    if signed and not says(CLOSING, kept[-1]):
        sender = signed["name"].strip()
        kept.pop()
    return Comment(0, "\n".join(_without_blank_ends(kept)), sender, title, contact=contact, submitted=day)


def _without_blank_ends(lines: Sequence[str]) -> list[str]:
    """The lines from the first one with words to the last."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return [line.rstrip() for line in lines[filled[0] : filled[-1] + 1]] if filled else []


def _greets(lines: Sequence[str]) -> bool:
    return any(says(SALUTATION, line) for line in lines)


def _items(lines: Sequence[str]) -> list[int]:
    """The lines where the items of a list begin; none in a letter and in running text."""
    filled = [line for line in lines if line.strip()]
    if _greets(filled[:3]) or any(says(CLOSING, line) or says(LETTER_DAY, line) for line in filled[-4:]):
        return []
    begins: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        match = ITEM.find(line)
        if match:
            kind = next(name for name in ("digits", "brackets", "han", "named") if match[name])
            begins.setdefault(kind, []).append(at)
    outer = min(begins.values(), key=lambda each: (each[0], -len(each)), default=[])
    if len(outer) < 2:
        return []
    first = next(at for at, line in enumerate(lines) if line.strip())
    before = [line for line in lines[first : outer[0]] if line.strip()]
    return outer if len(before) <= 2 else []


def _listed(lines: Sequence[str], items: Sequence[int]) -> list[Piece]:
    """Each item of a list with the lines that belong to it."""
    before = "\n".join(lines[: items[0]]).strip()
    pieces: list[Piece] = [Rejected(0, BEFORE_LIST, (before,))] if before else []
    for start, end in zip(items, [*items[1:], len(lines)], strict=True):
        match = ITEM.find(lines[start])
        first = match["words"] if match else lines[start]
        rest = [line.strip() for line in lines[start + 1 : end] if line.strip()]
        pieces.append(Comment(0, "\n".join([first.strip(), *rest])))
    return pieces
