"""What came in on a draft: from the bytes of a file to its comments, and to the rows that are none.

``prepared`` makes another file of what only other programs read (LibreOffice, the readers of PDF and web pages, each in
a process of its own); the rest is pure. Nothing of a file is trusted, changed or logged.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.consultation.comment_columns import SAYS, Mapping, SheetMapping, by_content, guess, unknown
from analysis.consultation.comment_grid import is_table, is_text, lines_as_sheet, text_in, word_sheets
from analysis.consultation.comment_rows import Progress, rows_read
from analysis.consultation.comments import Comment, Received, Rejected
from analysis.consultation.letters import form, letters
from analysis.consultation.mails import mail_file, pasted_mails
from analysis.corpus.files import check_size
from analysis.corpus.formats import docx, html, office, text_of
from analysis.corpus.formats.kinds import Kind, kind_of
from analysis.corpus.formats.limits import MAX_CHARACTERS
from analysis.corpus.formats.saved_tables import is_xml, page_sheets, xml_sheets
from analysis.corpus.formats.spreadsheet import Sheet, older_sheets, sheets, too_large
from analysis.model import InputError

_TABLES = (".csv", ".tsv", ".tab")
_SHOWN = 30  # rows of a sheet that a preview shows
_LONGEST_SHOWN = 300  # characters of a cell in a preview
_SHEETS: dict[str, Callable[[bytes, str], Iterable[Sheet]]] = {
    "xlsx": sheets,
    "workbook": older_sheets,
    "xml": xml_sheets,
    "page": page_sheets,
    "docx": word_sheets,
}
_FOR_CERTAIN = ("xlsx", "workbook", "xml", "table")  # what is a table for certain
_OLD_WORD = (Kind.DOC, Kind.RTF, Kind.ODT)
_BY_OTHERS = (Kind.PDF, Kind.OFD, Kind.PICTURE)


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """The first rows of a sheet as it stands in the file, and how many it has in all; long cells are cut."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file is read: its sheets, what their columns hold (empty for a letter), and what it comes to."""

    sheets: tuple[SheetPreview, ...]
    mapping: Mapping
    received: Received


def receive(data: bytes, name: str, mapping: Mapping | None = None, progress: Progress | None = None) -> Received:
    """The comments of a file of any format and the rows that are none, each in the order of the file.

    ``mapping``: how its tables are read, as :func:`preview` gives it and a person has changed it; guessed where None.
    ``progress`` is told rows done, of how many. Raises InputError: the file cannot be read, is beyond a limit, or holds
    nothing that could be a comment.
    """
    return received(*prepared(data, name), name, mapping, progress)


def preview(data: bytes, name: str, mapping: Mapping | None = None) -> Preview:
    """How :func:`receive` reads a file. Raises as it does, but not for a table whose columns are still to be named."""
    return previewed(*prepared(data, name), name, mapping)


def prepared(data: bytes, name: str) -> tuple[bytes, str]:
    """The file, and how it is read: as xlsx, workbook, xml, page, docx, mail, table, text; others become one of these.

    Raises InputError: empty, too large, encrypted, no known format, or in need of a program that is not installed.
    """
    check_size(data, name)
    kind = kind_of(data)
    if kind is Kind.TABLE:
        return data, "xlsx" if data.startswith(b"PK") and b"xl/workbook.xml" in data else "workbook"
    if kind is Kind.DOCX:
        return data, "docx"
    if kind in _OLD_WORD:
        return office.to_docx(data, kind, name), "docx"
    if kind is Kind.MHTML and not _is_page(data):
        return data, "mail"
    if kind is Kind.HTML:
        return data, "page"
    if kind in _BY_OTHERS or kind is Kind.MHTML:
        return text_of(data, name).encode(), "text"
    if kind is Kind.TEXT and is_xml(data):
        return data, "xml"
    if kind is Kind.TEXT or (kind is Kind.UNKNOWN and is_text(data)):
        return data, "table" if name.lower().endswith(_TABLES) else "text"
    refused = {
        Kind.ENCRYPTED: ("文件已加密", "请取消密码后再提交"),
        Kind.SLIDES: ("这是演示文稿，不是意见表", "请把意见另存为 xlsx、csv 或 docx"),
        Kind.ARCHIVE: ("这是压缩包", "请解压后提交里面的文件"),
    }
    raise InputError(name, "", *refused.get(kind, ("认不出这是什么文件", "请提交 xlsx、csv、docx 或 txt")))


def _is_page(data: bytes) -> bool:
    """Whether an archive of mail parts is a web page that a browser saved."""
    head = data[:4096].lower()
    return b"snapshot-content-location:" in head or b"saved by " in head or b"\nfrom: " not in b"\n" + head


def received(
    data: bytes, kind: str, name: str, mapping: Mapping | None = None, progress: Progress | None = None
) -> Received:
    """As :func:`receive`, of a file that is :func:`prepared`."""
    _, _, result = _read(data, kind, name, mapping, progress)
    return result


def previewed(data: bytes, kind: str, name: str, mapping: Mapping | None = None) -> Preview:
    """As :func:`preview`, of a file that is :func:`prepared`."""
    grids, mapping, result = _read(data, kind, name, mapping, None, may_be_unknown=True)
    shown = tuple(SheetPreview(each.name, _first_rows(each), len(each.rows)) for each in grids)
    return Preview(shown, mapping, result)


def _first_rows(sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell[:_LONGEST_SHOWN] for cell in row) for row in sheet.rows[:_SHOWN])


def _read(
    data: bytes,
    kind: str,
    name: str,
    mapping: Mapping | None,
    progress: Progress | None,
    may_be_unknown: bool = False,
) -> tuple[Sequence[Sheet], Mapping, Received]:
    if kind == "mail":
        return (), Mapping(), _some(mail_file(data, name), name)
    grids = [each for each in _grids(data, kind, name) if any(map(any, each.rows))]
    if mapping is None:
        mapping = _guessed(grids, sure=kind in _FOR_CERTAIN)
    if mapping.sheets and grids:
        return grids, mapping, _some(_of_tables(grids, mapping, name, progress), name)
    filled = [found for found in map(form, grids) if found]
    if filled:
        forms = [replace(each, row=at) for at, each in enumerate(filled, 1)]
        comments = tuple(each for each in forms if isinstance(each, Comment))
        return grids, mapping, Received(comments, tuple(each for each in forms if isinstance(each, Rejected)))
    if kind in _FOR_CERTAIN and grids and may_be_unknown:  # a person will say what its columns are
        return grids, Mapping(tuple(map(unknown, grids))), Received(())
    if kind in _FOR_CERTAIN:
        raise InputError(name, "", "没有找到写意见的一列", "请在第一行写明“意见”“单位”等列名后再提交")
    text = _words(data, kind, name)
    return (), mapping, _some(pasted_mails(text) or letters(text), name)


def _grids(data: bytes, kind: str, name: str) -> Iterable[Sheet]:
    if kind in _SHEETS:
        return _SHEETS[kind](data, name)
    text = text_in(data, name)
    return (lines_as_sheet(text, name),) if kind == "table" or is_table(text) else ()


def _words(data: bytes, kind: str, name: str) -> str:
    """The text of a letter."""
    read = {"docx": docx.read, "page": html.read}.get(kind, text_in)
    text = read(data, name)
    if len(text) > MAX_CHARACTERS:
        raise too_large(name, "", f"正文超过 {MAX_CHARACTERS // 10_000} 万字的上限")
    return text


def _guessed(grids: Sequence[Sheet], *, sure: bool) -> Mapping:
    """The sheets that have a header of comments; where none has and the file is a table for certain, by their cells."""
    found = tuple(mapping for mapping in map(guess, grids) if mapping)
    if found or not sure or any(map(form, grids)):
        return Mapping(found)
    return Mapping(tuple(mapping for mapping in map(by_content, grids) if mapping))


def _of_tables(grids: Sequence[Sheet], mapping: Mapping, name: str, progress: Progress | None) -> Received:
    """The comments of the sheets that a mapping names. Raises InputError where it names no opinions."""
    comments: list[Comment] = []
    refused: list[Rejected] = []
    chosen = [(grid, found) for grid in grids if (found := mapping.of(grid.name))]
    total = sum(len(grid.rows) for grid, _ in chosen)
    before = 0
    for grid, found in chosen:
        _check(found, grid, name)

        def told(done: int, _: int, before: int = before) -> None:
            if progress:
                progress(before + done, total)

        some, others = rows_read(grid, found, told)
        comments += some
        refused += others
        before += len(grid.rows)
    return Received(tuple(comments), tuple(refused))


def _check(mapping: SheetMapping, sheet: Sheet, name: str) -> None:
    if not any(column in SAYS for column in mapping.columns):
        raise InputError(name, sheet.name, "没有指明哪一列是意见", "请把写意见的一列选为“意见”")
    if not 0 <= mapping.header <= len(sheet.rows):
        raise InputError(name, sheet.name, f"表里没有第 {mapping.header} 行", "请重新指明表头在第几行")


def _some(found: Received, name: str) -> Received:
    if not found.comments and not found.rejected:
        raise InputError(name, "", "文件里没有一条意见", "请检查是不是选错了文件")
    return found


def fingerprint(comment: Comment) -> str:
    """What tells a comment from others, whichever row it stands in: the digest of its words, white space apart.

    Two comments of one file may have the same; :func:`fingerprints` tells these apart.
    """
    fields = (
        comment.sender,
        comment.text,
        comment.title,
        comment.reason,
        comment.clause,
        comment.contact,
        comment.submitted,
        comment.sender_kind,
    )
    return hashlib.sha256("\x1f".join("".join(each.split()) for each in fields).encode(errors="replace")).hexdigest()


def fingerprints(comments: Iterable[Comment]) -> tuple[str, ...]:
    """The fingerprint of each comment of a file; of those that say the same, each further one has its number behind it.

    A file that is imported again, or with rows added, gives the same ones for the same comments.
    """
    seen: Counter[str] = Counter()
    found = []
    for comment in comments:
        print_ = fingerprint(comment)
        seen[print_] += 1
        found.append(print_ if seen[print_] == 1 else f"{print_}-{seen[print_]}")
    return tuple(found)
