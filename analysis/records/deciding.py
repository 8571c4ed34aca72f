"""What people decide of comments. Each function takes the version that the person saw, and never overwrites another's.

A change is refused with ``Conflict`` where somebody else changed the comment since, with ``NotAllowed`` where the role
does not cover it, and with ``InputError`` where it cannot stand. Its history is written in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import RowMapping

from analysis.consultation.comments import Decision
from analysis.model import InputError
from analysis.records.chain import Entry, append, entries_in
from analysis.records.consultations import clause_starts
from analysis.records.holding import hold
from analysis.records.listing import handling_of, row_of
from analysis.records.record_store import Change, Records, portions, writing
from analysis.records.record_tables import handling
from analysis.records.record_values import LONG, Actor, CommentRow, Conflict, HistoryEntry, Role, typed

Fields = Mapping[str, object]
FieldsFor = Callable[[Change, RowMapping], Fields]
# What a person sets, and what the history of a comment therefore tells.
HUMAN = (
    "decision", "reason", "reply", "decided_by", "decided_at", "clause_set", "position_set", "theme_set", "main",
    "assigned_to", "second_wanted", "second_by", "second_agrees", "second_note", "second_at",
)  # fmt: skip
_THERE = select(handling).where(
    handling.c.consultation == bindparam("uid"), handling.c.number.in_(bindparam("numbers", expanding=True))
)
UNREAD = {"second_by": "", "second_agrees": None, "second_note": "", "second_at": ""}
UNDECIDED = {"decision": "", "reason": "", "reply": "", "decided_by": "", "decided_at": "", "main": None, **UNREAD}


@dataclass(frozen=True, slots=True)
class Together:
    """What became of a change to several comments: those changed, and those that somebody else had changed before."""

    changed: tuple[int, ...]
    conflicts: tuple[Conflict, ...]


def decide(
    records: Records,
    actor: Actor,
    uid: str,
    number: int,
    version: int,
    decision: Decision,
    reason: str,
    *,
    reply: str = "",
    main: int | None = None,
) -> CommentRow:
    """Decide on a comment, with the reason, which is required; MERGED names the main comment."""
    fields = _decision(decision, reason, reply, main)
    return _one(records, actor, uid, number, version, "decide", _stamped(fields))


def decide_group(
    records: Records,
    actor: Actor,
    uid: str,
    versions: Mapping[int, int],
    decision: Decision,
    reason: str,
    *,
    reply: str = "",
    main: int | None = None,
) -> Together:
    """Decide on several comments alike, by number with the version seen; a main comment among them keeps its own.

    Those that somebody else changed since are left as they are and told; each can be changed by itself afterwards.
    """
    fields = _decision(decision, reason, reply, main)
    versions = {number: version for number, version in versions.items() if number != fields["main"]}
    return _several(records, actor, uid, versions, "decide", _stamped(fields))


def _stamped(fields: Fields) -> FieldsFor:
    return lambda change, row: {**fields, "decided_by": change.actor.name, "decided_at": change.when}


def _decision(decision: Decision, reason: str, reply: str, main: int | None) -> Fields:
    if not reason.strip():
        raise InputError("处理决定", "", "没有写理由", "请写明理由再保存")
    if decision is Decision.MERGED and main is None:
        raise InputError("重复合并", "", "没有写明并入哪一条", "请选择主要的那一条意见")
    return {
        **UNDECIDED,
        "decision": decision.value,
        "reason": typed(reason, "理由", LONG),
        "reply": typed(reply, "答复", LONG),
        "main": main if decision is Decision.MERGED else None,
    }


def reopen_comment(records: Records, actor: Actor, uid: str, number: int, version: int) -> CommentRow:
    """Take back the decision on a comment, whoever made it; it is open again."""
    return _one(records, actor, uid, number, version, "reopen", lambda change, row: UNDECIDED)


def set_clause(records: Records, actor: Actor, uid: str, number: int, version: int, clause: str) -> CommentRow:
    """Tie a comment to a clause of the draft by hand; "" lets the proposal hold again."""

    def fields(change: Change, row: RowMapping) -> Fields:
        starts = clause_starts(change.connection, uid)
        if clause and clause not in starts:
            raise InputError(f"条款 {clause}", "", "征求意见稿里没有", "请从条款目录中选择")
        return {"clause_set": clause, "position_set": starts.get(clause)}

    return _one(records, actor, uid, number, version, "clause", fields)


def set_theme(records: Records, actor: Actor, uid: str, number: int, version: int, theme: str) -> CommentRow:
    """Say what a comment is about; "" lets the proposal hold again."""
    fields = {"theme_set": typed(theme, "主题")}
    return _one(records, actor, uid, number, version, "theme", lambda change, row: fields)


def assign(records: Records, actor: Actor, uid: str, versions: Mapping[int, int], to: str) -> Together:
    """Give comments to a person ("" to nobody); a reviewer can take them, a lead gives them to others."""
    least = Role.REVIEWER if to in ("", actor.name) else Role.LEAD
    fields = {"assigned_to": typed(to, "承办人")}
    return _several(records, actor, uid, versions, "assign", lambda change, row: fields, least)


def want_second(records: Records, actor: Actor, uid: str, versions: Mapping[int, int], wanted: bool) -> Together:
    """Say whether a second person is to read the decisions on comments before the consultation is closed."""
    fields = {"second_wanted": wanted}
    return _several(records, actor, uid, versions, "want_second", lambda change, row: fields)


def second_read(
    records: Records, actor: Actor, uid: str, number: int, version: int, agrees: bool, note: str = ""
) -> CommentRow:
    """Agree or not with a decision that somebody else made. A new decision is to be read anew."""

    def fields(change: Change, row: RowMapping) -> Fields:
        if not row["decision"]:
            raise InputError(f"第 {number} 条意见", "", "还没有处理决定，无从复核", "请先作出处理")
        if row["decided_by"] == actor.name:
            raise InputError(f"第 {number} 条意见", "", "处理决定是您自己作的", "请由另一人复核")
        told = {"second_agrees": agrees, "second_note": typed(note, "复核意见", LONG)}
        return {**told, "second_by": actor.name, "second_at": change.when}

    return _one(records, actor, uid, number, version, "second", fields)


def undo(records: Records, actor: Actor, uid: str, number: int, version: int) -> CommentRow:
    """Take back the last change to a comment that has not been taken back, where it is one's own."""
    return _one(records, actor, uid, number, version, "undo", _before)


def undo_together(records: Records, actor: Actor, uid: str, versions: Mapping[int, int]) -> Together:
    """The same of several comments; those that somebody else changed since stay as they are and are told."""
    return _several(records, actor, uid, versions, "undo", _before)


def _before(change: Change, row: RowMapping) -> Fields:
    """What a comment had before the last change to it that has not been taken back."""
    number, made = row["number"], list[HistoryEntry]()
    for entry in entries_in(change.connection, change.scope, "comment", str(number)):
        if entry.action == "undo":
            made.pop()
        else:
            made.append(entry)
    if not made:
        raise InputError(f"第 {number} 条意见", "", "没有可以撤回的改动", "请直接作出处理")
    if made[-1].who != change.actor.name:
        raise InputError(f"第 {number} 条意见", "", f"最近一次改动是{made[-1].who}作的", "请由本人撤回，或另作处理")
    return {name: value for name, value in made[-1].before.items() if name != "version"}


def _one(
    records: Records, actor: Actor, uid: str, number: int, version: int, action: str, fields: FieldsFor
) -> CommentRow:
    with writing(records, actor, uid) as change:
        conflicts = _apply(change, {number: version}, action, fields)
        if conflicts:
            raise conflicts[0]
        return row_of(change.connection, uid, number)


def _several(
    records: Records,
    actor: Actor,
    uid: str,
    versions: Mapping[int, int],
    action: str,
    fields: FieldsFor,
    least: Role = Role.REVIEWER,
) -> Together:
    with writing(records, actor, uid, least) as change:
        conflicts: list[Conflict] = []
        for portion in portions(versions.items()):
            conflicts += _apply(change, dict(portion), action, fields)
    untouched = {conflict.number for conflict in conflicts}
    return Together(tuple(number for number in versions if number not in untouched), tuple(conflicts))


def _apply(change: Change, versions: Mapping[int, int], action: str, fields_for: FieldsFor) -> tuple[Conflict, ...]:
    """Change comments that are still at the version seen; the conflicts of the others."""
    connection, uid = change.connection, change.scope
    found = connection.execute(_THERE, {"uid": uid, "numbers": list(versions)})
    rows = {row["number"]: row for row in found.mappings()}
    entries, conflicts, alike = [], [], defaultdict(list)
    for number, version in versions.items():
        if number not in rows:
            raise InputError(f"第 {number} 条意见", "", "这次征求意见里没有", "请从列表中选择")
        row = rows[number]
        if row["version"] != version:
            conflicts.append(Conflict(number, handling_of(row)))
            continue
        fields = fields_for(change, row)
        if (main := fields.get("main")) is not None and main not in rows:
            row_of(connection, uid, int(str(main)))  # raises where it is not there
        before = {name: row[name] for name in fields if row[name] != fields[name]}
        after = {**{name: fields[name] for name in before}, "version": version + 1}
        entries.append(Entry("comment", str(number), action, after, {**before, "version": version}))
        alike[tuple(fields.items())].append(number)
    for fields_alike, numbers in alike.items():
        _write(change, numbers, action, dict(fields_alike))
    append(change, entries)
    return tuple(conflicts)


def _write(change: Change, numbers: list[int], action: str, fields: Fields) -> None:
    """Give the same fields to several comments."""
    connection, uid = change.connection, change.scope
    values = {**fields, "changed": action, "changed_by": change.actor.name, "changed_at": change.when}
    connection.execute(
        update(handling)
        .where(handling.c.consultation == uid, handling.c.number.in_(numbers))
        .values(version=handling.c.version + 1, **values)
    )
    if fields.get("main") is not None:
        _check_merged(change, numbers)
    if "clause_set" in fields or "theme_set" in fields:
        hold(connection, uid, numbers)


def _check_merged(change: Change, numbers: list[int]) -> None:
    """A comment is merged with one that stands by itself: neither with itself, nor with one that is merged in turn."""
    one, main = handling.alias("one"), handling.alias("main")
    wrong = change.connection.execute(
        select(one.c.number, one.c.main)
        .join(main, (main.c.consultation == one.c.consultation) & (main.c.number == one.c.main))
        .where(
            one.c.consultation == change.scope,
            one.c.main.is_not(None),
            one.c.number.in_(numbers) | one.c.main.in_(numbers),
            (one.c.main == one.c.number) | main.c.main.is_not(None),
        )
        .order_by(one.c.number)
    ).first()
    if wrong is not None:
        raise InputError(
            f"第 {wrong.number} 条意见",
            "",
            f"不能并入第 {wrong.main} 条：主要的那一条须单独处理",
            "请改选没有并入别条的意见",
        )
