"""Consultations themselves: opened, given their texts, closed when the counts reconcile."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from analysis.consultation.comments import ConsultedDraft, DraftClause
from analysis.model import InputError
from analysis.records.chain import Entry, append
from analysis.records.examining import left_to_examine, length_of
from analysis.records.listing import count_line_of
from analysis.records.record_store import (
    Change,
    Records,
    allow,
    next_number,
    no_consultation,
    reading,
    transaction,
    writing,
)
from analysis.records.record_tables import consultations, drafts, handling
from analysis.records.record_values import (
    Actor,
    Consultation,
    DraftKind,
    DraftRecord,
    Role,
    Status,
    ToExamine,
    storable,
    typed,
)


def create_consultation(
    records: Records,
    actor: Actor,
    title: str,
    *,
    document: str = "",
    place: str = "",
    kind: str = "",
    opens: str = "",
    closes: str = "",
    made_up: bool = False,
) -> Consultation:
    """Open a consultation; a lead does it. Its uid is new and never used again."""
    allow(records, actor, Role.LEAD)
    if not title.strip():
        raise InputError("新的征求意见", "", "没有写名称", "请写上所征求意见的文件名称")
    uid = secrets.token_hex(6)
    fields = {"title": title, "document": document, "place": place, "kind": kind, "opens": opens, "closes": closes}
    values = {
        **{name: _typed(value) for name, value in fields.items()},
        "made_up": made_up,
        "status": Status.OPEN.value,
        "created_by": actor.name,
        "created_at": records.now(),
    }
    with transaction(records) as connection:
        connection.execute(insert(consultations).values(uid=uid, **values))
        change = Change(connection, uid, actor, str(values["created_at"]))
        append(change, [Entry("consultation", uid, "create", values)])
    return consultation(records, uid)


def all_consultations(records: Records) -> tuple[Consultation, ...]:
    """Every consultation, the newest first."""
    with reading(records) as connection:
        found = connection.execute(
            select(consultations).order_by(consultations.c.created_at.desc(), consultations.c.uid)
        )
        return tuple(_consultation(row) for row in found.mappings())


def consultation(records: Records, uid: str) -> Consultation:
    """One consultation. Raises ``InputError`` where there is none of that uid."""
    with reading(records) as connection:
        row = connection.execute(select(consultations).where(consultations.c.uid == uid)).mappings().one_or_none()
    if row is None:
        raise no_consultation(uid)
    return _consultation(row)


def _consultation(row: Mapping[Any, Any]) -> Consultation:
    return Consultation(**{**row, "status": Status(row["status"])})


def change_consultation(records: Records, actor: Actor, uid: str, **fields: str | bool) -> Consultation:
    """Correct what is known of a consultation: title, document, place, kind, opens, closes, made_up. A lead does it."""
    allowed = {"title", "document", "place", "kind", "opens", "closes", "made_up"}
    if unknown := fields.keys() - allowed:
        raise TypeError(f"not a field of a consultation: {sorted(unknown)}")
    with writing(records, actor, uid, Role.LEAD) as change:
        _update(change, "correct", {name: _typed(value) for name, value in fields.items()})
    return consultation(records, uid)


def close_consultation(records: Records, actor: Actor, uid: str, to_examine: ToExamine | None = None) -> Consultation:
    """Close a consultation; a lead does it.

    Raises ``InputError`` while a comment is undecided, a second reader who is wanted has not agreed, the counts do not
    reconcile, one of the items ``to_examine`` is without a note, or something changed since those were found.
    """
    with writing(records, actor, uid, Role.LEAD) as change:
        line = count_line_of(change.connection, uid)
        awaited = change.connection.execute(
            select(func.count())
            .select_from(handling)
            .where(handling.c.consultation == uid, handling.c.second_wanted, handling.c.second_agrees.is_not(True))
        ).scalar_one()
        if line.still_open:
            raise InputError("办结", "", f"还有 {line.still_open} 条意见没有处理", "请先逐条作出处理")
        if awaited:
            raise InputError("办结", "", f"还有 {awaited} 条意见等待复核，或复核人不同意", "请先完成复核")
        if not line.reconciles:
            raise InputError("办结", "", "收到的条数与各类处理的条数对不上", "请用 comments verify 查验后再办结")
        if to_examine is not None:
            _check_examined(change, to_examine)
        fields = {"status": Status.CLOSED.value, "closed_by": actor.name, "closed_at": change.when}
        _update(change, "close", fields)
    return consultation(records, uid)


def _check_examined(change: Change, to_examine: ToExamine) -> None:
    if length_of(change.connection, change.scope) != to_examine.changes:
        raise InputError("办结", "", "刚刚有人作了改动，没有办结", "请看过之后再办结")
    items = dict.fromkeys(to_examine.items)
    if left := left_to_examine(change.connection, change.scope, to_examine.draft, items):
        raise InputError("办结", "", f"修改稿里还有 {len(left)} 处没有核对", "请先逐处注明去向")


def reopen_consultation(records: Records, actor: Actor, uid: str) -> Consultation:
    """Let comments of a closed consultation be handled again; a lead does it."""
    with writing(records, actor, uid, Role.LEAD, closed=True) as change:
        _update(change, "reopen", {"status": Status.OPEN.value, "closed_by": "", "closed_at": ""})
    return consultation(records, uid)


def _typed(value: str | bool) -> str | bool:
    return typed(value, "征求意见的名称或期限", 300) if isinstance(value, str) else value


def _update(change: Change, action: str, fields: Mapping[str, str | bool]) -> None:
    connection, uid = change.connection, change.scope
    before = connection.execute(select(consultations).where(consultations.c.uid == uid)).mappings().one()
    connection.execute(update(consultations).where(consultations.c.uid == uid).values(**fields))
    append(change, [Entry("consultation", uid, action, fields, {name: before[name] for name in fields})])


def add_draft(
    records: Records, actor: Actor, uid: str, draft: ConsultedDraft, kind: DraftKind = DraftKind.CONSULTED
) -> DraftRecord:
    """Keep a text of a consultation: the draft, its revision, or the notice. A lead does it.

    Texts are never replaced: the last of a kind holds, and the same words again are the one that is there.
    """
    raw = storable(draft.raw)
    fields = {"kind": kind.value, "name": storable(draft.name), "sha256": hashlib.sha256(raw.encode()).hexdigest()}
    with writing(records, actor, uid, Role.LEAD) as change:
        there = _drafts(change.connection, uid, kind)
        if not there or there[-1].sha256 != fields["sha256"]:
            number = next_number(change.connection, drafts, uid)
            change.connection.execute(
                insert(drafts).values(
                    consultation=uid,
                    number=number,
                    raw=raw,
                    clauses=msgspec.json.encode(draft.clauses).decode(),
                    added_by=actor.name,
                    added_at=change.when,
                    **fields,
                )
            )
            append(change, [Entry("draft", str(number), "add", fields)])
        return _drafts(change.connection, uid, kind)[-1]


def drafts_of(records: Records, uid: str, kind: DraftKind | None = None) -> tuple[DraftRecord, ...]:
    """The texts of a consultation in the order in which they were added."""
    with reading(records) as connection:
        return _drafts(connection, uid, kind)


def _drafts(connection: Connection, uid: str, kind: DraftKind | None) -> tuple[DraftRecord, ...]:
    question = select(drafts).where(drafts.c.consultation == uid).order_by(drafts.c.number)
    if kind is not None:
        question = question.where(drafts.c.kind == kind.value)
    found = []
    for row in connection.execute(question):
        clauses = msgspec.json.decode(row.clauses, type=tuple[DraftClause, ...])
        draft = ConsultedDraft(row.name, row.raw, clauses, {clause.path: clause for clause in clauses})
        found.append(DraftRecord(row.number, DraftKind(row.kind), row.sha256, draft, row.added_by, row.added_at))
    return tuple(found)


def clause_starts(connection: Connection, uid: str) -> Mapping[str, int]:
    """Where each clause of the consulted draft begins, by its path."""
    there = _drafts(connection, uid, DraftKind.CONSULTED)
    return {clause.path: clause.start for clause in there[-1].draft.clauses} if there else {}
