"""Consultations: a draft and the comments on it come in, are sorted, answered, and held against the revised draft.

What people bring is read in processes of their own, within bounds of time and memory. The database is opened once.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from analysis.consultation.comment_columns import Mapping as ColumnMapping
from analysis.consultation.comments import Comment, ConsultedDraft, Rejected, SortedComment
from analysis.consultation.compliance import ComplianceSheet, DocumentKind, compliance_sheet, likely_kind
from analysis.consultation.sorting import sort_comments
from analysis.corpus.formats.limits import MEMORY
from analysis.corpus.process import Answer, Message, Process, Say, limit_memory
from analysis.model import InputError
from analysis.pipeline.reading import product_root
from analysis.pipeline.receiving import draft_of_words, receive_file
from analysis.records.consultations import add_draft, all_consultations, create_consultation, drafts_of
from analysis.records.importing import Imported, Source, import_comments, propose
from analysis.records.listing import all_comments
from analysis.records.record_store import Records, records_location
from analysis.records.record_values import Actor, Consultation, DraftKind, Status

PROGRAM = "1"  # of what sorts comments; a new one where the same comments would be sorted otherwise
_EXAMPLE = ("sichuan-2024", "sichuan-2024-notice.txt")
_EXAMPLE_TITLE = "关于加强技术经理人队伍建设的实施意见（虚构意见示例）"
_EXAMPLE_COMMENTS = "made_up_comments.csv"
SORTER = "analysis.pipeline.consulting:comment_sorter"
SORT_SECONDS = 600.0  # between two reports of how far it is
_TOLD = 1_000  # comments between two reports while they are saved
Told = Callable[[str, int, int], None]  # what is being done: receive, keep, read …; how much of how many is done


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


# An example -------------------------------------------------------------------------------------------------------


def begin_example(records: Records, actor: Actor, told: Told | None = None) -> Consultation:
    """A consultation to try things on: a real draft with comments that are all made up; the one that is there already.

    Raises ``InputError``.
    """
    for held in all_consultations(records):
        if held.made_up and held.title == _EXAMPLE_TITLE and held.status is Status.OPEN:
            return held
    slug, name = _EXAMPLE
    try:
        raw = (product_root() / "documents" / slug / name).read_text(encoding="utf-8")
        data = Path(__file__).with_name(_EXAMPLE_COMMENTS).read_bytes()
    except OSError:
        raise InputError(name, "", "随程序的示例不在", "请放入自己的草案和意见") from None
    sheet = draft_sheet(raw, _EXAMPLE_TITLE)
    days = {"opens": sheet.period.first.isoformat(), "closes": sheet.period.last.isoformat()} if sheet.period else {}
    made = create_consultation(
        records, actor, _EXAMPLE_TITLE, document=slug, kind=sheet.kind.value, made_up=True, **days
    )
    add_draft(records, actor, made.uid, draft_of_words(raw, name))
    take_in(records, actor, made.uid, data, "虚构的意见.csv", told=told)
    sort_again(records, actor, made.uid, told)
    return made


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
    found = receive_file(data, name, mapping, (lambda done, of: told("receive", done, of)) if told else None)
    total = len(found.comments) + len(found.rejected)
    source = Source(name, hashlib.sha256(data).hexdigest(), channel, repr(mapping) if mapping else "")
    rows: list[Comment | Rejected] = [*found.comments, *found.rejected]
    return import_comments(
        records, actor, uid, source, rows, progress=(lambda done: told("keep", done, total)) if told else None
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

    def proposals() -> Iterable[tuple[int, SortedComment]]:
        for at, ((number, _), one) in enumerate(zip(numbered, found, strict=True)):
            if told and not at % _TOLD:
                told("save", at, len(found))
            yield number, one

    return propose(records, actor, uid, proposals(), PROGRAM)


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
