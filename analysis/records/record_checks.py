"""Whether rows of consultations hold together: history, counts, drafts. The same for a database and for a file."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, select

from analysis.consultation.comments import CommentPoint, Decision, DraftClause, How, SenderType, Stance
from analysis.records.chain import as_text, entry_of, first_break, replay
from analysis.records.deciding import HUMAN
from analysis.records.importing import DIGESTED
from analysis.records.record_tables import consultations, metadata
from analysis.records.record_values import DraftKind, Role, Status

_ENUMERATIONS: Mapping[tuple[str, str], Iterable[str]] = {
    ("consultations", "status"): Status,
    ("drafts", "kind"): DraftKind,
    ("handling", "decision"): ("", *Decision),
    ("templates", "decision"): ("", *Decision),
    ("proposals", "how"): How,
    ("proposals", "stance"): Stance,
    ("proposals", "sender_type"): SenderType,
    ("people", "role"): Role,
}
_JSON: Mapping[tuple[str, str], Any] = {
    ("drafts", "clauses"): tuple[DraftClause, ...],
    ("proposals", "points"): tuple[CommentPoint, ...],
    ("proposals", "own_words"): tuple[tuple[int, int], ...],
    ("rejected", "cells"): tuple[str, ...],
    ("history", "before"): dict[str, Any],
    ("history", "after"): dict[str, Any],
}
Row = Mapping[str, Any]
Rows = Callable[[str], Iterable[Row]]  # the rows of a table, in the order of its key
TABLES = tuple(table.name for table in metadata.sorted_tables)


def rows_in(connection: Connection, uid: str | None = None) -> Rows:
    """The rows of a database, or of one consultation in it."""

    def rows(name: str) -> Iterator[Row]:
        table = metadata.tables[name]
        question = select(table).order_by(*table.primary_key)
        scope = scope_of(table)
        if uid is not None:
            if scope is None:
                return
            question = question.where(scope == uid)
        yield from map(dict, connection.execution_options(yield_per=1000).execute(question).mappings())

    return rows


def scope_of(table: Table) -> Column[Any] | None:
    """The column that says which consultation a row belongs to; None where rows belong to none."""
    return next((table.c[name] for name in ("consultation", "uid", "scope") if name in table.c), None)


def problems(rows: Rows) -> tuple[str, ...]:
    """What does not hold together, one Chinese sentence each; none where all is well."""
    wrong = tuple(_values(rows))
    return wrong or (*_history(rows), *_comments(rows), *_drafts(rows))


def _values(rows: Rows) -> Iterator[str]:
    """Every row holds what its columns are for; the first that does not, of each table."""
    for name in TABLES:
        table = metadata.tables[name]
        for row in rows(name):
            for column in table.c:
                value = row.get(column.name)
                unset = value is None and (column.nullable or column.name not in row)
                if not unset and not _fits(name, column, value):
                    yield f"{name}：有一行的 {column.name} 一项不合格式。"
                    break
            else:
                continue
            break


def _fits(table: str, column: Column[Any], value: object) -> bool:
    words = _ENUMERATIONS.get((table, column.name))
    if words is not None:
        return value in set(words)
    form = _JSON.get((table, column.name))
    if form is None:
        kind = column.type.python_type
        return type(value) is kind or (kind is float and type(value) is int)
    try:
        msgspec.json.decode(str(value), type=form)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return False
    return True


def _history(rows: Rows) -> Iterator[str]:
    """The chains are whole, and what people decided follows from them."""
    heads = {row["scope"]: (row["length"], row["head"]) for row in rows("chains")}
    by_scope: dict[str, list[Row]] = defaultdict(list)
    for row in rows("history"):
        by_scope[row["scope"]].append(row)
    replayed = {}
    for scope, (length, head) in heads.items():
        entries = by_scope[scope]
        broken = first_break(scope, entries)
        if broken is not None:
            yield f"{scope}：第 {broken} 条历史记录与前文接不上，可能被改动过。"
        elif len(entries) != length or (entries[-1]["hash"] if entries else "") != head:
            yield f"{scope}：历史记录少了最后几条，应有 {length} 条，只有 {len(entries)} 条。"
        replayed[scope] = replay(map(entry_of, entries))
    yield from _replayed(rows, replayed)


def _replayed(rows: Rows, replayed: Mapping[str, Mapping[tuple[str, str], Row]]) -> Iterator[str]:
    undecided = dict.fromkeys((*HUMAN, "version"))
    for row in rows("handling"):
        told = replayed.get(row["consultation"], {}).get(("comment", str(row["number"])), {})
        if any((row[name] or None) != (told.get(name) or None) for name in undecided):
            yield f"{row['consultation']}：第 {row['number']} 条意见的处理情况与历史记录不一致。"
    for row in rows("examined"):
        told = replayed.get(row["consultation"], {}).get(("item", f"{row['draft']}/{row['item']}"), {})
        if any(row[name] != told.get(name) for name in ("note", "version", "examined_by", "examined_at")):
            yield f"{row['consultation']}：修改稿核对的记录与历史记录不一致。"
    for row in rows("consultations"):
        told = replayed.get(row["uid"], {}).get(("consultation", row["uid"]), {})
        if not told or any(row[name] != value for name, value in told.items()):
            yield f"{row['uid']}：征求意见的名称、期限或状态与历史记录不一致。"


def _comments(rows: Rows) -> Iterator[str]:
    """Every comment is the one that came in, each has its handling, and the batches add up."""
    digests: dict[tuple[str, int], Any] = defaultdict(hashlib.sha256)
    counted: Counter[tuple[str, int]] = Counter()
    numbers = set()
    for row in rows("comments"):
        batch = (row["consultation"], row["batch"])
        digests[batch].update(as_text({name: row[name] for name in DIGESTED}).encode())
        counted[batch] += 1
        numbers.add((row["consultation"], row["number"]))
    refused = Counter((row["consultation"], row["batch"]) for row in rows("rejected"))
    for row in rows("batches"):
        batch = (row["consultation"], row["number"])
        if counted.pop(batch, 0) != row["comments"] or refused[batch] != row["rejected"]:
            yield f"{batch[0]}：第 {batch[1]} 批收到的条数对不上。"
        elif digests[batch].hexdigest() != row["digest"]:
            yield f"{batch[0]}：第 {batch[1]} 批意见的文字与收到时不一致。"
    if counted or numbers != {(row["consultation"], row["number"]) for row in rows("handling")}:
        yield "有的意见不属于任何一批，或没有对应的处理记录。"


def _drafts(rows: Rows) -> Iterator[str]:
    for row in rows("drafts"):
        if hashlib.sha256(row["raw"].encode()).hexdigest() != row["sha256"]:
            yield f"{row['consultation']}：第 {row['number']} 份文稿的文字与校验值不一致。"


def scopes(rows: Rows) -> tuple[tuple[str, str], ...]:
    """The consultations: uid and title."""
    return tuple((row[consultations.c.uid.name], row["title"]) for row in rows("consultations"))
