"""What people have looked at before a consultation is closed: promises without a change, changes without a promise.

An item is named by what makes the lists over a revised draft. Its note holds for that draft alone: with the next one it
is looked at again. Every note is in the history, as decisions are.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select, update

from analysis.model import InputError
from analysis.records.chain import Entry, append
from analysis.records.record_store import Change, Records, reading, writing
from analysis.records.record_tables import chains, drafts, examined, history
from analysis.records.record_values import Actor, DraftKind, Examined, typed


def examine(
    records: Records, actor: Actor, uid: str, draft: int, notes: Mapping[str, str], versions: Mapping[str, int]
) -> tuple[str, ...]:
    """Keep what was found of items of a revised draft, by item; ``""`` takes a note back. The items that were kept.

    ``versions`` are those that the person saw, 0 for an item that nobody had looked at: one that somebody else noted
    since is left as it is. Raises ``InputError`` where the draft is not the last one, or none could be kept.
    """
    with writing(records, actor, uid) as change:
        if draft != _last_revised(change.connection, uid):
            raise InputError("修改稿核对", "", "修改稿已经换过，没有保存", "请按新的修改稿核对")
        there = _examined(change.connection, uid, draft)
        kept = [item for item in notes if _version(there, item) == versions.get(item, 0)]
        if not kept and notes:
            other = there[next(iter(notes))]
            raise InputError(
                "修改稿核对", "", f"{other.examined_by} 刚刚注明过“{other.note}”，没有覆盖", "请看过之后再改"
            )
        append(change, [_write(change, draft, item, notes[item], there.get(item)) for item in kept])
    return tuple(kept)


def _version(there: Mapping[str, Examined], item: str) -> int:
    return there[item].version if item in there else 0


def _write(change: Change, draft: int, item: str, note: str, before: Examined | None) -> Entry:
    fields = {
        "note": typed(note, "核对说明", 200),
        "version": before.version + 1 if before else 1,
        "examined_by": change.actor.name,
        "examined_at": change.when,
    }
    where = {"consultation": change.scope, "draft": draft, "item": item}
    if before is None:
        change.connection.execute(insert(examined).values(**where, **fields))
    else:
        change.connection.execute(
            update(examined).where(*(examined.c[name] == value for name, value in where.items())).values(**fields)
        )
    told = {name: getattr(before, name) for name in fields} if before else {}
    return Entry("item", f"{draft}/{item}", "examine", fields, told)


def examined_of(records: Records, uid: str, draft: int) -> Mapping[str, Examined]:
    """What was looked at of a revised draft, by item; an item whose note was taken back has an empty one."""
    with reading(records) as connection:
        return _examined(connection, uid, draft)


def history_length(records: Records, uid: str) -> int:
    """How many changes a consultation has seen: whoever closes one says up to where he has looked."""
    with reading(records) as connection:
        return length_of(connection, uid)


def last_change(records: Records, uid: str) -> int:
    """The number of the last change of a consultation but for notes: what the lists over a revised draft rest on."""
    question = select(func.max(history.c.seq)).where(history.c.scope == uid, history.c.kind != "item")
    with reading(records) as connection:
        return connection.execute(question).scalar_one() or 0


def length_of(connection: Connection, uid: str) -> int:
    """The same inside a transaction."""
    found = connection.execute(select(chains.c.length).where(chains.c.scope == uid)).scalar_one_or_none()
    return found or 0


def left_to_examine(connection: Connection, uid: str, draft: int, items: Mapping[str, object]) -> tuple[str, ...]:
    """Those of some items that nobody has looked at, inside a transaction."""
    there = _examined(connection, uid, draft)
    return tuple(item for item in items if item not in there or not there[item].note)


def _examined(connection: Connection, uid: str, draft: int) -> dict[str, Examined]:
    question = select(examined).where(examined.c.consultation == uid, examined.c.draft == draft)
    return {
        row.item: Examined(row.item, row.note, row.version, row.examined_by, row.examined_at)
        for row in connection.execute(question)
    }


def _last_revised(connection: Connection, uid: str) -> int | None:
    question = select(drafts.c.number).where(drafts.c.consultation == uid, drafts.c.kind == DraftKind.REVISED.value)
    return connection.execute(question.order_by(drafts.c.number.desc()).limit(1)).scalar_one_or_none()
