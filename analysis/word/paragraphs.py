"""The words of a Word file with the place of each: what offsets into a checked draft mean.

The text is that of the body's paragraphs and table cells in document order, joined by line ends. Tracked insertions
are read, tracked deletions are not; hidden words, headers, footers, footnotes and text boxes are no part of it.
Automatic numbers stand in no text and are given beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.corpus.formats.docx import Numbers, numbers
from analysis.corpus.formats.limits import MAX_CHARACTERS, Parts, broken, local
from analysis.corpus.formats.word_parts import word_parts
from analysis.model import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHAT = "docx 文档"
_CONTAINERS = frozenset(["sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple"])
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Cell:
    """Table, row and column of a cell, each counted from 0 in the order of the file."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one element (``w:t``, ``w:tab`` …) of a paragraph: ``start``–``end`` in the text of the file."""

    element: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its element, its span in the text, its automatic number, its cell, its words piece by piece."""

    element: Any
    start: int
    end: int
    label: str
    cell: Cell | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class WordText:
    """``text`` and, for each of its lines, the automatic number ("" for none) and the cell it stands in."""

    text: str
    labels: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    paragraphs: tuple[Paragraph, ...]


def word_text(data: bytes, name: str) -> WordText:
    """The words of a docx. Raises InputError: broken, encrypted, a bomb, declaring entities, or without words."""
    fault = broken(name, _WHAT)
    whole = word_parts(Parts(data, name, _WHAT), fault)
    found = of_document(whole.root(whole.main), numbers(whole.related("numbering"), whole.related("styles")), fault)
    if not found.text.strip():
        raise InputError(name, "", "文档里没有文字，可能只有图片", "请提交有文字的版本")
    if len(found.text) > MAX_CHARACTERS:
        most = MAX_CHARACTERS // 10_000
        raise InputError(name, "", f"正文超过 {most} 万字的上限", "请只保留政策正文，拆分后再提交")
    return found


def of_document(document: Any, lists: Numbers, fault: InputError) -> WordText:
    """The same from the root of its main part. Raises ``fault`` where it has no body."""
    body = document.find(f"{W}body")
    if body is None:
        raise fault
    paragraphs: list[Paragraph] = []
    words: list[str] = []
    offset = 0
    for element, cell in _paragraphs(body):
        text, pieces = _words(element, offset)
        label = lists.of(element) if text.strip() else ""
        paragraphs.append(Paragraph(element, offset, offset + len(text), label, cell, pieces))
        words.append(text)
        offset += len(text) + 1
    labels: list[str] = []
    cells: list[Cell | None] = []
    for paragraph, text in zip(paragraphs, words, strict=True):
        lines = text.count("\n") + 1
        labels += [paragraph.label, *[""] * (lines - 1)]
        cells += [paragraph.cell] * lines
    return WordText("\n".join(words), tuple(labels), tuple(cells), tuple(paragraphs))


def _paragraphs(body: Any) -> Iterator[tuple[Any, Cell | None]]:
    """Every paragraph of the body in document order, with the innermost cell it stands in."""
    tables = -1
    stack: list[tuple[Any, Cell | None]] = [(child, None) for child in reversed(body)]
    while stack:
        node, cell = stack.pop()
        tag = local(node)
        if tag == "p":
            yield node, cell
        elif tag == "tbl":
            tables += 1
            inner = [
                (child, Cell(tables, at_row, at_column))
                for at_row, row in enumerate(_inside(node, "tr"))
                for at_column, each in enumerate(_inside(row, "tc"))
                for child in each
            ]
            stack += reversed(inner)
        elif tag in _CONTAINERS:
            stack += [(child, cell) for child in reversed(node)]


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls."""
    stack = list(reversed(parent))
    while stack:
        node = stack.pop()
        if local(node) == tag:
            yield node
        elif local(node) in _CONTAINERS:
            stack.extend(reversed(node))


def _words(paragraph: Any, offset: int) -> tuple[str, tuple[Piece, ...]]:
    """The text of a paragraph and the element that each stretch of it comes from."""
    words: list[str] = []
    pieces: list[Piece] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        tag = local(node)
        text = node.text or "" if tag == "t" else _MARKS.get(tag, "")
        if text:
            pieces.append(Piece(node, offset, offset + len(text)))
            words.append(text)
            offset += len(text)
        elif (tag == "r" and not hidden(node)) or tag in _CONTAINERS:
            stack.extend(reversed(node))
    return "".join(words), tuple(pieces)


def hidden(run: Any) -> bool:
    """Whether a run holds hidden words."""
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and (vanish.get(f"{W}val") or "true") not in ("0", "false", "off")
