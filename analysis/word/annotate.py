"""A copy of a Word file with comments at exact words and corrections as tracked changes.

python-docx opens the file and makes the part of the comments. Tracked changes are written here: the library for them
(docx-revisions 0.1.5) drops the formatting of every run that it touches. Nothing of the file is lost: runs are only cut
where a comment or a change begins or ends, and each part keeps its formatting. Of the package only the document, its
comments and, where it had no comments, what names them are written anew: other parts stay byte by byte as they were.
"""

from __future__ import annotations

import copy
import io
import zipfile
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from analysis.corpus.formats.docx import Numbers
from analysis.corpus.formats.limits import broken, local, parse
from analysis.corpus.formats.word_parts import TYPES
from analysis.model import InputError
from analysis.word.package import opened, repacked, xml
from analysis.word.paragraphs import Paragraph, Piece, W, of_document

_WHAT = "docx 文档"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MOST = 3000  # comments and changes of one file
_FIELD_RUNS = 100  # runs of one field


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on the words ``start``–``end`` of the text of the file (:mod:`analysis.word.paragraphs`)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """``words`` in place of ``start``–``end``, as a tracked change; an empty span puts words in."""

    start: int
    end: int
    words: str


def annotated(
    data: bytes,
    name: str,
    notes: Sequence[Note],
    corrections: Sequence[Correction] = (),
    *,
    author: str,
    when: datetime,
) -> bytes:
    """The file with the notes and corrections; ``when`` in UTC. Of corrections that overlap the first counts.

    Raises InputError where the file is damaged.
    """
    import docx  # here, so that nobody waits for it who writes no Word file

    whole = opened(data, name).data
    fault = broken(name, _WHAT)
    try:
        document = docx.Document(io.BytesIO(whole))
        commented = any(link.reltype == _COMMENTS for link in document.part.rels.values())
        comments = _root_of_comments(document) if notes else None
    except Exception as problem:  # python-docx raises many kinds on files that are damaged somewhere
        raise fault from problem
    text = of_document(document.element, Numbers({}, {}), fault)
    file = _File(text.paragraphs)
    wanted = _apart(corrections)[:_MOST]
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    number = max(map(_id, comments), default=-1) if comments is not None else -1
    for note in notes[:_MOST]:
        span = file.runs(*_not_empty(note.start, note.end, text.text))
        if span and comments is not None:
            number += 1
            comments.append(_comment(comments, note.text, number, author, stamp))
            _mark(span[0], span[-1], number)
    number = _highest_id(document.element)
    for correction in wanted:
        number = _track(file, correction, author, stamp, number)
    written: list[Any] = [document.part]
    if comments is not None:
        written.append(document.part.part_related_by(_COMMENTS))
    parts = {part.partname.membername: part.blob for part in written}
    if comments is not None and not commented:
        parts |= _with_comments(whole, document, written[-1], fault)
    return repacked(whole, parts, fault)


def _root_of_comments(document: Any) -> Any:
    """The element that holds the comments; python-docx makes the part where there is none."""
    assert document.comments is not None
    root = document.part.part_related_by(_COMMENTS).element
    if local(root) != "comments":
        raise ValueError("no comments")
    return root


def _id(element: Any) -> int:
    """The number of a comment or change; -1 where it has none."""
    number = element.get(f"{W}id") or ""
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else -1


def _comment(comments: Any, text: str, number: int, author: str, stamp: str) -> Any:
    """A comment of plain paragraphs, as Word writes it (python-docx looks through all others for a free number)."""

    def make(parent: Any, tag: str, **names: str) -> Any:
        made = parent.makeelement(f"{W}{tag}", {f"{W}{name}": value for name, value in names.items()})
        parent.append(made)
        return made

    comment = comments.makeelement(f"{W}comment", {f"{W}id": str(number), f"{W}author": author, f"{W}date": stamp})
    comment.set(f"{W}initials", author[:1])
    for at, line in enumerate(text.split("\n")):
        paragraph = make(comment, "p")
        make(make(paragraph, "pPr"), "pStyle", val="CommentText")
        if not at:
            run = make(paragraph, "r")
            make(make(run, "rPr"), "rStyle", val="CommentReference")
            make(run, "annotationRef")
        _set(make(make(paragraph, "r"), "t"), line)
    return comment


def _with_comments(data: bytes, document: Any, comments: Any, fault: InputError) -> dict[str, bytes]:
    """The parts that name the comments of a file which had none: links of the document, and types."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = parse(archive.read(TYPES), fault)
    override = types.makeelement(f"{types.tag.rpartition('}')[0]}}}Override", {})
    override.set("PartName", str(comments.partname))
    override.set("ContentType", comments.content_type)
    types.append(override)
    return {document.part.partname.rels_uri.membername: document.part.rels.xml, TYPES: xml(types)}


def _apart(corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections in the order of the text, without those that overlap an earlier one."""
    kept: list[Correction] = []
    for each in sorted(corrections, key=lambda one: (one.start, one.end)):
        if not kept or (each.start >= kept[-1].end and (each.start, each.end) != (kept[-1].start, kept[-1].end)):
            kept.append(each)
    return kept


def _not_empty(start: int, end: int, text: str) -> tuple[int, int]:
    """A span with at least one character of a line: a comment needs words to stand at."""
    if start < end:
        return start, end
    if start < len(text) and text[start] != "\n":
        return start, start + 1
    return max(start - 1, 0), start


class _File:
    """The paragraphs of a file with their pieces, which are cut as places are asked for."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._starts = [paragraph.start for paragraph in paragraphs]
        self._paragraphs = paragraphs
        self._pieces: dict[int, list[Piece]] = {}

    def runs(self, start: int, end: int) -> list[Any]:
        """The runs that hold exactly the words ``start``–``end``, cut out where need be; empty where there are none."""
        found: list[Any] = []
        for at in range(self._at(start), len(self._paragraphs)):
            paragraph = self._paragraphs[at]
            if paragraph.start >= end:
                break
            self._cut(at, start)
            self._cut(at, end)
            pieces = self._of(at)
            for piece in islice(pieces, bisect_left(pieces, start, key=_start), None):
                run = piece.element.getparent()
                if piece.end > end:
                    break
                if not found or found[-1] is not run:
                    found.append(run)
        return found

    def before(self, offset: int) -> Any | None:
        """The run that ends at ``offset``, or else the one that begins there; None in an empty paragraph."""
        at = self._at(offset)
        self._cut(at, offset)
        pieces = self._of(at)
        behind = bisect_left(pieces, offset, key=_start)
        place = next((piece for piece in reversed(pieces[max(behind - 1, 0) : behind]) if piece.end <= offset), None)
        return place.element.getparent() if place else pieces[0].element.getparent() if pieces else None

    def _at(self, offset: int) -> int:
        at = bisect_left(self._starts, offset + 1) - 1
        return max(at, 0)

    def _of(self, at: int) -> list[Piece]:
        return self._pieces.setdefault(at, list(self._paragraphs[at].pieces))

    def _cut(self, at: int, offset: int) -> None:
        """Have a run of paragraph ``at`` begin at ``offset``, where that is inside one."""
        pieces = self._of(at)
        place = bisect_left(pieces, offset, key=_start)
        if place and pieces[place - 1].end > offset:
            inside = pieces[place - 1]
            if local(inside.element) != "t":
                return
            words = inside.element.text
            right = copy.deepcopy(inside.element)
            _set(inside.element, words[: offset - inside.start])
            _set(right, words[offset - inside.start :])
            inside.element.addnext(right)
            pieces[place - 1 : place] = [
                Piece(inside.element, inside.start, offset),
                Piece(right, offset, inside.end),
            ]
        if 0 < place < len(pieces) and pieces[place].start == offset:
            _break_run(pieces[place].element)
        ending = pieces[place - 1].element if place and pieces[place - 1].end == offset else None
        if ending is not None and ending.getnext() is not None:
            _break_run(ending.getnext())  # a mark of a note, a field


def _start(piece: Piece) -> int:
    return piece.start


def _set(element: Any, words: str) -> None:
    element.text = words
    element.set(_SPACE, "preserve")


def _break_run(element: Any) -> None:
    """Have the run of ``element`` begin with it; what stands before it in the run becomes a run of its own before."""
    run = element.getparent()
    earlier = [child for child in run.iterchildren() if local(child) != "rPr"]
    earlier = earlier[: earlier.index(element)]
    if not earlier:
        return
    first = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(f"{W}rPr")
    if properties is not None:
        first.append(copy.deepcopy(properties))
    first.extend(earlier)
    run.addprevious(first)


def _mark(first: Any, last: Any, comment: int) -> None:
    """Put the range of a comment around runs, and the sign that calls it behind them.

    Words of a field go with the whole field: when it is updated, what stands inside is made anew.
    """
    first, last = _field_edge(first, "begin", "end"), _field_edge(last, "end", "begin")
    start, end = (first.makeelement(f"{W}commentRange{side}", {f"{W}id": str(comment)}) for side in ("Start", "End"))
    first.addprevious(start)
    last.addnext(end)
    call = last.makeelement(f"{W}r", {})
    call.append(last.makeelement(f"{W}commentReference", {f"{W}id": str(comment)}))
    outer = end
    while outer.getparent() is not None and local(outer.getparent()) != "p":
        outer = outer.getparent()  # out of a link or an insertion
    outer.addnext(call)


def _field_edge(run: Any, edge: str, other: str) -> Any:
    """The run with the mark that begins or ends the field whose words ``run`` shows; ``run`` itself outside fields.

    A field that goes on in other paragraphs (a table of contents) has no such run.
    """
    inner = 0
    for sibling in islice(run.itersiblings(preceding=edge == "begin"), _FIELD_RUNS):
        marks = [mark.get(f"{W}fldCharType") for mark in sibling.iterchildren(f"{W}fldChar")]
        for mark in marks:
            if mark == edge and not inner:
                return sibling
            inner += (mark == other) - (mark == edge)
    return run


def _track(file: _File, correction: Correction, author: str, stamp: str, number: int) -> int:
    """Delete and insert as tracked changes; the last number that was used."""
    runs = file.runs(correction.start, correction.end) if correction.start < correction.end else []
    place = runs[-1] if runs else file.before(correction.start)
    if place is None:
        return number

    make = place.makeelement

    def change(tag: str) -> Any:
        nonlocal number
        number += 1
        return make(f"{W}{tag}", {f"{W}id": str(number), f"{W}author": author, f"{W}date": stamp})

    inserted = None
    if correction.words:
        inserted = change("ins")
        run = make(f"{W}r", {})
        properties = (runs[0] if runs else place).find(f"{W}rPr")
        if properties is not None:
            run.append(copy.deepcopy(properties))
        words = make(f"{W}t", {})
        _set(words, correction.words)
        run.append(words)
        inserted.append(run)
    for run in runs:
        deleted = change("del")
        run.addprevious(deleted)
        deleted.append(run)
        for words in run.findall(f"{W}t"):
            words.tag = f"{W}delText"
        place = deleted
    if inserted is not None:
        _behind(place, inserted)
    return number


def _behind(place: Any, inserted: Any) -> None:
    """Put an insertion behind a run. Inside an insertion of another it is cut in two: they do not hold each other."""
    outer = place.getparent()
    while local(outer) in ("ins", "moveTo"):
        later = list(place.itersiblings())
        if later:
            right = outer.makeelement(outer.tag, dict(outer.attrib))
            right.extend(later)
            outer.addnext(right)
        place, outer = outer, outer.getparent()
    place.addnext(inserted)


def _highest_id(root: Any) -> int:
    """The highest number of a tracked change of the file."""
    tags = [f"{W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")]
    return max(map(_id, root.iter(*tags)), default=0)
