"""The history: every change as an entry that is only added, each with a hash over itself and the entry before it.

Whoever changes, leaves out or adds an entry afterwards breaks the chain, which ``first_break`` shows. What people
decided can be built again from the entries alone (``replay``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select, update

from analysis.records.record_store import Change, Records, reading
from analysis.records.record_tables import chains, history
from analysis.records.record_values import HistoryEntry

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed, before it has its place in the history."""

    kind: str
    key: str
    action: str
    after: Mapping[str, object]
    before: Mapping[str, object] = field(default_factory=dict)


def as_text(value: object) -> str:
    """JSON in one way only: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(scope: str, entry: Mapping[str, object]) -> str:
    """The hash of an entry: of all its fields but the hash."""
    fields = {name: entry[name] for name in _FIELDS}
    return hashlib.sha256(as_text([scope, fields]).encode()).hexdigest()


_FIELDS = ("seq", "kind", "key", "action", "who", "role", "at", "before", "after", "previous")


def append(change: Change, entries: Sequence[Entry]) -> None:
    """Add entries to the history, in the transaction of the change itself."""
    connection, scope = change.connection, change.scope
    found = connection.execute(select(chains).where(chains.c.scope == scope)).one_or_none()
    if found is None:
        connection.execute(insert(chains).values(scope=scope, length=0, head=FIRST))
    length, head = (found.length, found.head) if found else (0, FIRST)
    rows = []
    for entry in entries:
        length += 1
        row: dict[str, object] = {
            "seq": length,
            "kind": entry.kind,
            "key": entry.key,
            "action": entry.action,
            "who": change.actor.name,
            "role": str(change.actor.role),
            "at": change.when,
            "before": as_text(entry.before),
            "after": as_text(entry.after),
            "previous": head,
        }
        head = digest(scope, row)
        rows.append({"scope": scope, **row, "hash": head})
    if rows:
        connection.execute(insert(history).returning(history.c.seq), rows)
        connection.execute(update(chains).where(chains.c.scope == scope).values(length=length, head=head))


def entries_of(
    records: Records, scope: str, kind: str | None = None, key: str | None = None, limit: int | None = None
) -> tuple[HistoryEntry, ...]:
    """The history of a consultation, the newest first; of one comment with ``kind="comment"`` and its number as key."""
    question = select(history).where(history.c.scope == scope).order_by(history.c.seq.desc()).limit(limit)
    for column, value in ((history.c.kind, kind), (history.c.key, key)):
        if value is not None:
            question = question.where(column == value)
    with reading(records) as connection:
        return tuple(entry_of(row) for row in connection.execute(question).mappings())


def entries_in(connection: Connection, scope: str, kind: str, key: str) -> tuple[HistoryEntry, ...]:
    """The history of one thing, the oldest first, inside a transaction."""
    question = select(history).where(history.c.scope == scope, history.c.kind == kind, history.c.key == key)
    return tuple(entry_of(row) for row in connection.execute(question.order_by(history.c.seq)).mappings())


def entry_of(row: Mapping[Any, Any]) -> HistoryEntry:
    """A row of the table as a value."""
    fields = {name: row[name] for name in (*_FIELDS, "hash")}
    return HistoryEntry(**{**fields, **{name: json.loads(str(row[name])) for name in ("before", "after")}})


def first_break(scope: str, rows: Iterable[Mapping[str, object]]) -> int | None:
    """The number of the first entry that does not follow from those before it; None where all do. ``rows`` in order."""
    head = FIRST
    for expected, row in enumerate(rows, start=1):
        if row["seq"] != expected or row["previous"] != head or row["hash"] != digest(scope, row):
            return expected
        head = str(row["hash"])
    return None


def replay(entries: Iterable[HistoryEntry]) -> dict[tuple[str, str], dict[str, object]]:
    """What holds after the entries, given in order: for each kind and key the fields that were ever set."""
    state: dict[tuple[str, str], dict[str, object]] = {}
    for entry in entries:
        state.setdefault((entry.kind, entry.key), {}).update(entry.after)
    return state
