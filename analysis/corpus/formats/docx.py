"""Word documents: body, tables, automatic numbers, footnotes, text boxes; tracked changes read as accepted.

Headers and footers, comments, hidden words and deleted words are no part of the text. A footnote becomes a line after
the paragraph that calls it (注：…), so that the sentence around its mark stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.corpus.formats import tables
from analysis.corpus.formats.limits import Parts, broken, local, parse
from analysis.corpus.formats.numbering import Numbers, numbers
from analysis.model import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHAT = "docx 文档"
# What holds words that are not there once changes are accepted, or that stand in the text a second time.
_LEFT_OUT = frozenset(
    ["del", "moveFrom", "Fallback", "rt", "pPr", "rPr", "sectPr", "instrText", "delText", "commentReference"]
)
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(data: bytes, name: str) -> str:
    """The text of a Word document, a line for each paragraph and table row. Raises InputError: broken, empty, bomb."""
    parts = Parts(data, name, _WHAT)
    fault = broken(name, _WHAT)

    def root(part: str) -> Any | None:
        return parse(parts.read(part), fault) if part in parts.names else None

    document = root("word/document.xml")
    body = document.find(f"{_W}body") if document is not None else None
    if body is None:
        raise fault
    notes = {kind: _notes(root(f"word/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}
    text = "\n".join(_Reader(numbers(root("word/numbering.xml"), root("word/styles.xml")), notes).lines(body))
    if not text.strip():
        raise InputError(name, "", "文档里没有文字，可能只有图片", "请提交有文字的版本")
    return text + "\n"


def _notes(root: Any | None, kind: str) -> dict[str, Any]:
    """Notes by their number; separators are notes too and have a type."""
    if root is None:
        return {}
    return {
        note.get(f"{_W}id") or "": note for note in root.iterchildren(f"{_W}{kind}") if note.get(f"{_W}type") is None
    }


class _Reader:
    """Walks a body once; automatic numbers count on from paragraph to paragraph."""

    def __init__(self, lists: Numbers, notes: dict[str, dict[str, Any]]) -> None:
        self.lists, self.notes = lists, notes

    def lines(self, container: Any, within: int = 0) -> list[str]:
        """The lines of everything in a body, cell, note or text box."""
        found: list[str] = []
        carried = ""
        for block in _blocks(container):
            if local(block) == "tbl":
                above = next((line for line in reversed(found) if line.strip()), "")
                found += tables.lines(self._grid(block, within + 1), above)
                continue
            words, after = self._paragraph(block, within)
            if block.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:  # its end was deleted: the next one goes on here
                carried += words
            else:
                found.append(carried + words)
                carried = ""
            found += after
        return [*found, carried] if carried else found

    def _paragraph(self, paragraph: Any, within: int) -> tuple[str, list[str]]:
        """The words of a paragraph with its number, and the lines of its notes and text boxes."""
        words: list[str] = []
        after: list[str] = []
        stack = list(reversed(paragraph))
        while stack:
            node = stack.pop()
            tag = local(node)
            if tag in ("t", "sym"):
                words.append(node.text or "")
            elif tag in _MARKS:
                words.append(_MARKS[tag])
            elif tag in ("footnoteReference", "endnoteReference"):
                note = self.notes[tag.removesuffix("Reference")].get(node.get(f"{_W}id") or "")
                if note is not None and within < 6:
                    said = " ".join(line.strip() for line in self.lines(note, within + 6) if line.strip())
                    after += [f"注：{said}"] if said else []
            elif tag == "txbxContent":
                after += self.lines(node, within + 1) if within < 6 else []
            elif tag and tag not in _LEFT_OUT and not (tag == "r" and _hidden(node)):
                stack.extend(reversed(node))
        text = "".join(words)
        label = self.lists.of(paragraph) if text.strip() else ""
        return (f"{label} {text}" if label[-1:].isascii() and label[-1:].isdigit() else label + text), after

    def _grid(self, table: Any, within: int) -> list[list[str]]:
        """The cells of a table, merged ones in each of their places; rows that were deleted are left out."""
        rows: list[list[str]] = []
        for row in _inside(table, "tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells: list[str] = []
            for cell in _inside(row, "tc"):
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merged is not None and (merged.get(f"{_W}val") or "continue") == "continue"
                if goes_on and rows and len(cells) < len(rows[-1]):
                    words = rows[-1][len(cells)]
                else:
                    words = " ".join(self.lines(cell, within)) if within < 6 else "".join(cell.itertext())
                across = span.get(f"{_W}val") or "1" if span is not None else "1"
                cells += [words] * (min(max(int(across), 1), 100) if across.isdecimal() and len(across) < 6 else 1)
            rows.append(cells)
        return rows


def _blocks(container: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, also inside content controls and accepted insertions."""
    stack = list(reversed(container))
    while stack:
        node = stack.pop()
        tag = local(node)
        if tag in ("p", "tbl"):
            yield node
        elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"):
            stack.extend(reversed(node))


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls."""
    stack = list(reversed(parent))
    while stack:
        node = stack.pop()
        if local(node) == tag:
            yield node
        elif local(node) in ("sdt", "sdtContent", "ins", "customXml"):
            stack.extend(reversed(node))


def _hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and (vanish.get(f"{_W}val") or "true") not in ("0", "false", "off")
