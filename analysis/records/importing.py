"""Comments come in: a file, a letter or an entry by hand is one batch, taken in as a whole or not at all.

A comment is known by its fingerprint, over all its words. The n-th comment with the same words in a file is the n-th in
the consultation: importing a file twice adds nothing, while two people who send the same words are two comments. A row
left out because it had come in with an earlier file is kept as a rejected row that says so.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from analysis.consultation.comments import Comment, Rejected, SortedComment
from analysis.consultation.receive import fingerprint
from analysis.records.chain import Entry, append, as_text
from analysis.records.holding import hold
from analysis.records.record_store import Change, Records, next_number, portions, writing
from analysis.records.record_tables import NO_POSITION, batches, comments, consultations, handling, proposals, rejected
from analysis.records.record_values import Actor, Batch, storable

# The columns of a comment that the digest of its batch covers; a column that is added later is not among them.
DIGESTED = (
    "number", "batch", "row", "occurrence", "text", "sender", "title", "reason", "clause", "contact", "submitted",
    "sender_kind", "sheet", "fingerprint",
)  # fmt: skip
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a batch comes from. ``mapping`` is the JSON of the columns as they were read, "" where there are none."""

    name: str
    sha256: str
    channel: str = "file"  # file, mail, paper, telephone
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; ``batch`` is None where all of it had come in before and nothing was written."""

    batch: Batch | None
    added: tuple[int, ...]  # the numbers given
    repeated: int
    rejected: int


def import_comments(
    records: Records,
    actor: Actor,
    uid: str,
    source: Source,
    rows: Iterable[Comment | Rejected],
    *,
    repeats_count: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Take in the rows of a file, in one transaction; ``progress`` is told how many rows have been written.

    ``repeats_count``: a comment whose words are there already is another one (paper and telephone, one by one). An
    exception from ``rows`` or ``progress`` leaves everything as it was. Raises ``InputError``.
    """
    try:
        with writing(records, actor, uid) as change:
            before = _there(change, source)
            taking = _Taking(change, source, _seen(change), repeats_count)
            for portion in portions(rows):
                taking.take(portion)
                if progress:
                    progress(len(taking.added) + taking.rejected)
            if before and not taking.added:
                raise _NothingNew(taking.repeated)
            return taking.finish()
    except _NothingNew as nothing:
        return Imported(None, (), nothing.repeated, 0)


class _NothingNew(Exception):
    """The file had come in before, to the last row: nothing of it is written again."""

    def __init__(self, repeated: int) -> None:
        self.repeated = repeated


def _there(change: Change, source: Source) -> bool:
    question = select(batches.c.number).where(batches.c.consultation == change.scope, batches.c.sha256 == source.sha256)
    return change.connection.execute(question).first() is not None


def _seen(change: Change) -> dict[str, int]:
    """For each fingerprint how many comments have it."""
    question = select(comments.c.fingerprint).where(comments.c.consultation == change.scope)
    return Counter(change.connection.execute(question).scalars())


@dataclass(slots=True)
class _Taking:
    """A batch while it is taken in."""

    change: Change
    source: Source
    seen: dict[str, int]
    repeats_count: bool
    here: Counter[str] = field(default_factory=Counter)
    added: list[int] = field(default_factory=list)
    rejected: int = 0
    repeated: int = 0
    batch: int = 0
    next: int = 1
    year: str = ""
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        connection, uid = self.change.connection, self.change.scope
        self.batch = next_number(connection, batches, uid)
        self.next = next_number(connection, comments, uid)
        opens = select(consultations.c.opens).where(consultations.c.uid == uid)
        self.year = (connection.execute(opens).scalar_one() or self.change.when)[:4]
        values = {"name": storable(self.source.name), "mapping": storable(self.source.mapping)}
        connection.execute(
            insert(batches).values(
                consultation=uid,
                number=self.batch,
                sha256=self.source.sha256,
                channel=self.source.channel,
                added_by=self.change.actor.name,
                added_at=self.change.when,
                **values,
            )
        )

    def take(self, rows: Iterable[Comment | Rejected]) -> None:
        """Write some rows."""
        fresh, refused = [], []
        for row in rows:
            if isinstance(row, Rejected):
                refused.append(row)
                continue
            mark = fingerprint(row)
            occurrence = self.seen.get(mark, 0) if self.repeats_count else self.here[mark]
            self.here[mark] += 1
            if occurrence < self.seen.get(mark, 0):
                self.repeated += 1
                refused.append(Rejected(row.row, "与先前收到的一条意见完全相同，没有重复计入", _cells(row), row.sheet))
                continue
            fresh.append(self._comment(row, mark, occurrence))
        self._write(fresh, refused)

    def _comment(self, comment: Comment, mark: str, occurrence: int) -> dict[str, object]:
        words = {name: storable(value) for name, value in asdict(comment).items() if isinstance(value, str)}
        where = {"number": self.next, "batch": self.batch, "row": comment.row}
        row = {**where, **words, "fingerprint": mark, "occurrence": occurrence}
        self.digest.update(as_text({name: row[name] for name in DIGESTED}).encode())
        self.added.append(self.next)
        self.next += 1
        if self.repeats_count:
            self.seen[mark] = occurrence + 1
        return {"consultation": self.change.scope, **row}

    def _write(self, fresh: list[dict[str, object]], refused: list[Rejected]) -> None:
        connection, uid = self.change.connection, self.change.scope
        if fresh:
            # RETURNING makes one statement of many rows; one statement a row is slow over a network
            connection.execute(insert(comments).returning(comments.c.number), fresh)
            blank = {"position": NO_POSITION, "confidence": 0.0, "second_wanted": False}
            fields = [
                {"consultation": uid, "number": row["number"], "day": day_of(str(row["submitted"]), self.year), **blank}
                for row in fresh
            ]
            connection.execute(insert(handling).returning(handling.c.number), fields)
        kept = []
        for one in refused:
            self.rejected += 1
            kept.append(
                {
                    "consultation": uid,
                    "batch": self.batch,
                    "position": self.rejected,
                    "row": one.row,
                    "sheet": storable(one.sheet),
                    "reason": storable(one.reason),
                    "cells": as_text([storable(cell) for cell in one.cells]),
                }
            )
        if kept:
            connection.execute(insert(rejected).returning(rejected.c.position), kept)

    def finish(self) -> Imported:
        """Write what the batch held, and the history."""
        connection, uid = self.change.connection, self.change.scope
        counted = {"comments": len(self.added), "rejected": self.rejected, "repeated": self.repeated}
        fields = {**counted, "digest": self.digest.hexdigest()}
        connection.execute(
            update(batches).where(batches.c.consultation == uid, batches.c.number == self.batch).values(**fields)
        )
        told = {**fields, "name": storable(self.source.name), "sha256": self.source.sha256}
        append(self.change, [Entry("batch", str(self.batch), "import", told)])
        row = connection.execute(
            select(batches).where(batches.c.consultation == uid, batches.c.number == self.batch)
        ).mappings()
        return Imported(batch_of(row.one()), tuple(self.added), self.repeated, self.rejected - self.repeated)


def batch_of(row: Mapping[Any, Any]) -> Batch:
    """A row of the table as a value."""
    return Batch(**{name: row[name] for name in Batch.__slots__})


def _cells(comment: Comment) -> tuple[str, ...]:
    return tuple(value for value in asdict(comment).values() if isinstance(value, str) and value)


_DAY = re.compile(r"(?:(\d{4})\s?[-/.年]\s?)?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")


def day_of(submitted: str, year: str) -> str:
    """The first day that a cell names, in ISO 8601; ``year`` where it has none. Empty where it names no day."""
    found = _DAY.search(submitted[:60])
    if found is None:
        return ""
    numbers = [int(found[1] or year or 0), int(found[2]), int(found[3])]
    return "{:04}-{:02}-{:02}".format(*numbers) if 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31 else ""


def propose(
    records: Records, actor: Actor, uid: str, sorted_comments: Iterable[tuple[int, SortedComment]], program: str
) -> int:
    """Keep what the program proposes for comments, by number, in place of what it proposed before; how many.

    ``program`` is its version. What people set is not touched. Raises ``InputError``.
    """
    with writing(records, actor, uid) as change:
        connection, total, digest = change.connection, 0, hashlib.sha256()
        for portion in portions(sorted_comments):
            rows = [_proposal(uid, number, one, program, change.when) for number, one in portion]
            numbers = [number for number, _ in portion]
            connection.execute(
                delete(proposals).where(proposals.c.consultation == uid, proposals.c.number.in_(numbers))
            )
            connection.execute(insert(proposals).returning(proposals.c.number), rows)
            total += len(rows)
            digest.update(as_text(rows).encode())
        hold(connection, uid)
        append(
            change,
            [Entry("proposals", uid, "propose", {"program": program, "comments": total, "digest": digest.hexdigest()})],
        )
        return total


def _proposal(uid: str, number: int, one: SortedComment, program: str, when: str) -> dict[str, object]:
    anchor = one.anchor
    return {
        "consultation": uid,
        "number": number,
        "how": anchor.how.value,
        "clause": storable(anchor.clause),
        "start": anchor.start,
        "end": anchor.end,
        "confidence": anchor.confidence,
        "evidence": storable(anchor.evidence),
        "missing": storable(anchor.missing),
        "points": storable(msgspec.json.encode(one.points).decode()),
        "stance": one.stance.value,
        "sender_type": one.sender_type.value,
        "group": one.group,
        "own_words": msgspec.json.encode(one.own_words).decode(),
        "theme": storable(one.theme),
        "program": program,
        "made_at": when,
    }
