"""The end of a consultation: promises held against the revised draft, its summary, its tables, and its closing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from analysis.consultation.closing import (
    ClauseChange,
    ClosingLists,
    Promise,
    changes,
    closing_lists,
)
from analysis.consultation.comments import ConsultedDraft, Decision
from analysis.lint.versions import Fate
from analysis.model import InputError
from analysis.pipeline.reading import in_reading_process
from analysis.records.consultations import close_consultation, drafts_of
from analysis.records.examining import history_length
from analysis.records.listing import comment_rows, counts
from analysis.records.record_store import Records
from analysis.records.record_values import (
    Actor,
    CommentFilter,
    CommentRow,
    Consultation,
    DraftKind,
    DraftRecord,
    Field,
    ToExamine,
)

_PAGE = 5_000  # comments read at once
Made = TypeVar("Made")
Compare = Callable[[ConsultedDraft, ConsultedDraft], tuple[ClauseChange, ...]]


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

    @property
    def to_examine(self) -> tuple[str, ...]:
        """The items that need a look, list by list."""
        lists = self.lists
        promises = (*lists.orphans, *lists.without_clause)
        first = (*map(item_of, lists.unchanged), *map(item_of, lists.unexplained))
        return (*first, *map(item_of, promises))


def item_of(one: Promise | ClauseChange) -> str:
    """What names a comment or a change among the items to look at: its number, or its clauses and their words."""
    if isinstance(one, Promise):
        return f"comment/{one.comment}"
    told = [str(one.fate), *((each.path, each.text) for each in (*one.old, *one.new))]
    return f"change/{hashlib.sha256(repr(told).encode()).hexdigest()[:16]}"


def draft_changes(consulted: ConsultedDraft, revised: ConsultedDraft) -> tuple[ClauseChange, ...]:
    """What became of each clause, in a process of its own. Raises ``InputError`` where that takes too long."""
    return in_reading_process(revised.name, changes, consulted, revised)


def revision(records: Records, uid: str, compare: Compare = draft_changes) -> Revision | None:
    """Hold what was decided against the last revised draft; None where there is none yet."""
    drafts, revised = drafts_of(records, uid, DraftKind.CONSULTED), drafts_of(records, uid, DraftKind.REVISED)
    if not drafts or not revised:
        return None
    consulted = drafts[-1].draft
    found = compare(consulted, revised[-1].draft)
    promises = _promises(records, uid, _gone(records, uid, found, consulted))
    return Revision(revised[-1], found, closing_lists(found, promises, consulted))


def _gone(records: Records, uid: str, found: Sequence[ClauseChange], consulted: ConsultedDraft) -> set[str]:
    """The clauses that comments are tied to and the revised draft does not have."""
    gone = {clause.path for change in found if change.fate is Fate.DELETED for clause in change.old}
    tied = {each.value for each in counts(records, uid, Field.CLAUSE) if each.value}
    return (gone & tied) | {path for path in tied if path not in consulted.by_path}


def _promises(records: Records, uid: str, gone: Iterable[str]) -> list[Promise]:
    """The comments that the lists are made of, in order: those adopted, and those whose clause is gone.

    A comment that was merged with one on the same clause goes the way of that one.
    """
    rows: dict[int, CommentRow] = {}
    for only in (
        CommentFilter(decision=Decision.ADOPTED),
        CommentFilter(decision=Decision.PARTLY),
        *(CommentFilter(clause=path) for path in sorted(gone)),
    ):
        rows |= {row.number: row for row in _every(records, uid, only)}
    mains = {row.handling.main for row in rows.values() if row.handling.main is not None} - rows.keys()
    clauses = {row.number: row.clause for row in rows.values()}
    clauses |= {row.number: row.clause for row in _every(records, uid, CommentFilter(numbers=tuple(sorted(mains))))}
    return [
        _promise(row)
        for _, row in sorted(rows.items())
        if row.handling.main is None or clauses.get(row.handling.main) != row.clause
    ]


def _promise(row: CommentRow) -> Promise:
    points = row.proposal.points if row.proposal else ()
    others = dict.fromkeys(point.anchor.clause for point in points if point.anchor.clause not in ("", row.clause))
    words = "\n".join(filter(None, (row.comment.title, row.comment.text, row.comment.reason)))
    return Promise(row.number, row.clause, row.handling.decision, words, tuple(others))


def every_row(records: Records, uid: str, order: Field = Field.NUMBER) -> Iterator[CommentRow]:
    """All comments of a consultation in order."""
    return _every(records, uid, CommentFilter(), order)


def _every(records: Records, uid: str, only: CommentFilter, order: Field = Field.NUMBER) -> Iterator[CommentRow]:
    page = 1
    while rows := comment_rows(records, uid, only, order, page, _PAGE):
        yield from rows
        page += 1


def conclude(records: Records, actor: Actor, uid: str, compare: Compare = draft_changes) -> Consultation:
    """Close a consultation once every item of the lists over its revised draft has been looked at.

    Raises ``InputError``.
    """
    changes_seen = history_length(records, uid)
    found = revision(records, uid, compare)
    if found is None:
        return close_consultation(records, actor, uid)
    return close_consultation(records, actor, uid, ToExamine(found.draft.number, found.to_examine, changes_seen))


# The tables -------------------------------------------------------------------------------------------------------


def made_apart(name: str, make: Callable[..., Made], *given: object) -> Made:
    """What is made of all comments, in a process of its own, which has to tell how far it is. Raises ``InputError``."""
    try:
        return in_reading_process(name, make, *given, progress=lambda done, of: None)
    except InputError as fault:
        raise InputError(name, fault.place, "没有做完", "请稍后再试，或改用 CSV") from None
