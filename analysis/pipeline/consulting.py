"""Consultations: a draft and the comments on it come in, are sorted, answered, and held against the revised draft.

What people bring is read in processes of their own, within bounds of time and memory. The database is opened once.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.consultation.closing import ClauseChange, ClosingLists, Promise, changes, closing_lists
from analysis.consultation.comment_columns import Mapping as ColumnMapping
from analysis.consultation.comments import Comment, ConsultedDraft, Rejected, SortedComment
from analysis.consultation.compliance import ComplianceSheet, DocumentKind, compliance_sheet, likely_kind
from analysis.consultation.sorting import sort_comments
from analysis.corpus.formats.limits import MEMORY
from analysis.corpus.process import Answer, Message, Process, Say, limit_memory
from analysis.model import InputError
from analysis.pipeline.reading import in_reading_process, product_root
from analysis.pipeline.receiving import receive_file
from analysis.records.consultations import drafts_of
from analysis.records.importing import Imported, Source, import_comments, propose
from analysis.records.listing import all_comments, comment_rows
from analysis.records.record_store import Records, records_location
from analysis.records.record_values import Actor, CommentRow, DraftKind, DraftRecord, Field

PROGRAM = "1"  # of what sorts comments; a new one where the same comments would be sorted otherwise
SORTER = "analysis.pipeline.consulting:comment_sorter"
SORT_SECONDS = 600.0  # between two reports of how far it is
_PAGE = 5_000  # comments read at once
Told = Callable[[str, int, int], None]  # what is being done (in Chinese), how much of how many is done


def consultations_place() -> str:
    """Where this installation keeps its consultations: a folder, or the URL of a database."""
    return records_location(product_root().parent)


def sheet_of(
    records: Records, uid: str, kind: DocumentKind, first: date | None = None, last: date | None = None
) -> ComplianceSheet:
    """What rules ask of a consultation, and what its notice shows; without one, the text that holds the draft."""
    notices = drafts_of(records, uid, DraftKind.NOTICE) or drafts_of(records, uid, DraftKind.CONSULTED)
    raw = notices[-1].draft.raw if notices else ""
    return compliance_sheet(raw, kind, first=first, last=last)


def draft_sheet(raw: str, title: str) -> ComplianceSheet:
    """The same of a text that is not kept yet, for the kind of document that its title suggests."""
    return compliance_sheet(raw, likely_kind(title))


# Coming in --------------------------------------------------------------------------------------------------------


def take_in(
    records: Records,
    actor: Actor,
    uid: str,
    data: bytes,
    name: str,
    *,
    mapping: ColumnMapping | None = None,
    channel: str = "file",
    told: Told | None = None,
) -> Imported:
    """Read a file of comments and keep all of it, or nothing; what it brings is then to be sorted.

    Raises ``InputError``.
    """
    found = receive_file(data, name, mapping, (lambda done, of: told("读取文件", done, of)) if told else None)
    total = len(found.comments) + len(found.rejected)
    source = Source(name, hashlib.sha256(data).hexdigest(), channel, repr(mapping) if mapping else "")
    rows: list[Comment | Rejected] = [*found.comments, *found.rejected]
    return import_comments(
        records, actor, uid, source, rows, progress=(lambda done: told("保存意见", done, total)) if told else None
    )


def take_in_one(records: Records, actor: Actor, uid: str, comment: Comment, channel: str) -> Imported:
    """Keep one comment that was written down by hand; the same words again are another comment."""
    name = {"paper": "来信", "telephone": "来电"}.get(channel, "手工录入")
    digest = hashlib.sha256(f"{records.now()} {comment}".encode()).hexdigest()
    return import_comments(records, actor, uid, Source(name, digest, channel), [comment], repeats_count=True)


def sort_again(records: Records, actor: Actor, uid: str, told: Told | None = None) -> int:
    """Sort all comments of a consultation and keep what the program proposes; how many. People's work is not touched.

    Raises ``InputError``.
    """
    numbered = all_comments(records, uid)
    if not numbered:
        return 0
    drafts = drafts_of(records, uid, DraftKind.CONSULTED)
    draft = drafts[-1].draft if drafts else ConsultedDraft("", "", ())
    found = _sorted_apart(draft, [comment for _, comment in numbered], told)
    return propose(records, actor, uid, zip((number for number, _ in numbered), found, strict=True), PROGRAM)


def _sorted_apart(draft: ConsultedDraft, comments: Sequence[Comment], told: Told | None) -> tuple[SortedComment, ...]:
    """Comments sorted in a process of its own, which tells how far it is."""
    with Process(SORTER, errors=None) as process:
        try:
            process.ask({"data": pickle.dumps((draft, tuple(comments)))}, SORT_SECONDS)
            while not (said := process.hear(SORT_SECONDS)).get("data"):
                if told:
                    told(said["what"], said["done"], said["of"])
        except (TimeoutError, EOFError):
            raise InputError("分拣", "", "没有分完就中断了，意见都在", "请稍后再点“重新分拣”") from None
    result: tuple[SortedComment, ...] = pickle.loads(said["data"])  # from our own program
    return result


def comment_sorter() -> Answer:
    """In the process of :func:`sort_again`: leaves the processor to those who show pages."""
    limit_memory(2 * MEMORY)
    if hasattr(os, "nice"):
        os.nice(10)

    def answer(request: Message, say: Say) -> Message:
        draft, comments = pickle.loads(request["data"])  # from our own program

        def told(what: str, done: int, of: int) -> None:
            say({"what": what, "done": done, "of": of})

        return {"data": pickle.dumps(sort_comments(draft, comments, told))}

    return answer


# Closing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Revision:
    """The revised draft, what became of each clause, and the lists that are to be looked at before closing."""

    draft: DraftRecord
    changes: tuple[ClauseChange, ...]
    lists: ClosingLists

    @property
    def words(self) -> Mapping[str, str]:
        """The words of each clause in the revised draft, by its path in the draft put to the public."""
        found: dict[str, str] = {}
        for change in self.changes:
            for clause in change.old:
                found[clause.path] = "\n".join(new.number + new.text for new in change.new)
        return found


def revision(records: Records, uid: str) -> Revision | None:
    """Hold what was decided against the revised draft; None where there is no revised draft yet."""
    drafts, revised = drafts_of(records, uid, DraftKind.CONSULTED), drafts_of(records, uid, DraftKind.REVISED)
    if not drafts or not revised:
        return None
    consulted = drafts[-1].draft
    found = in_reading_process(revised[-1].draft.name, changes, consulted, revised[-1].draft)
    promises = [
        Promise(row.number, row.clause, row.handling.decision, row.comment.text) for row in every_row(records, uid)
    ]
    return Revision(revised[-1], found, closing_lists(found, promises, consulted))


def every_row(records: Records, uid: str, order: Field = Field.NUMBER) -> Iterable[CommentRow]:
    """All comments of a consultation in order."""
    page = 1
    while rows := comment_rows(records, uid, order=order, page=page, size=_PAGE):
        yield from rows
        page += 1
