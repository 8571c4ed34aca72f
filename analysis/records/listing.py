"""Lists of comments and counts of them, made in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from analysis.consultation.comments import (
    Anchor,
    Comment,
    CommentPoint,
    Decision,
    How,
    SenderType,
    SortedComment,
    Stance,
)
from analysis.consultation.masking import HIDDEN, covered_comment
from analysis.model import InputError
from analysis.records.record_store import Records, portions, reading
from analysis.records.record_tables import batches, comments, handling, proposals, rejected
from analysis.records.record_values import (
    EVERYTHING,
    Batch,
    CommentFilter,
    CommentRow,
    Count,
    CountLine,
    Field,
    Handling,
    RejectedRow,
    Role,
)

_Question = TypeVar("_Question", bound=Select[Any])
_COLUMN: dict[Field, Column[object]] = {field: handling.c[field.value] for field in Field if field is not Field.CLAUSE}
_COLUMN[Field.CLAUSE] = handling.c.position
_JOINED = comments.join(
    handling, and_(handling.c.consultation == comments.c.consultation, handling.c.number == comments.c.number)
).outerjoin(
    proposals, and_(proposals.c.consultation == handling.c.consultation, proposals.c.number == handling.c.number)
)
_ROWS = (
    select(
        *(comments.c[name].label(f"comment_{name}") for name in ("batch", *Comment.__slots__)),
        *(
            proposals.c[name].label(f"proposal_{name}")
            for name in map(str, proposals.c.keys())
            if name != "consultation"
        ),
        *(column for column in handling.c if column.name != "consultation"),
    )
    .select_from(_JOINED)
    .where(handling.c.consultation == bindparam("uid"), handling.c.number.in_(bindparam("numbers", expanding=True)))
)


def comment_rows(
    records: Records,
    uid: str,
    only: CommentFilter = EVERYTHING,
    order: Field = Field.NUMBER,
    page: int = 1,
    size: int = 50,
    descending: bool = False,
) -> tuple[CommentRow, ...]:
    """A page of comments, counted from 1; comments alike in ``order`` stand by number. Raises ``InputError``."""
    column = _COLUMN[order]
    numbers = _narrowed(select(handling.c.number), uid, only, records.shows_senders)
    numbers = numbers.order_by(column.desc() if descending else column.asc(), handling.c.number)
    with reading(records) as connection:
        chosen = connection.execute(numbers.limit(size).offset((page - 1) * size)).scalars().all()
        return _seen_by(records, _rows(connection, uid, list(chosen)))


def comment_row(records: Records, uid: str, number: int) -> CommentRow:
    """One comment. Raises ``InputError`` where there is none of that number."""
    with reading(records) as connection:
        return _seen_by(records, (row_of(connection, uid, number),))[0]


def row_of(connection: Connection, uid: str, number: int) -> CommentRow:
    """One comment, inside a transaction."""
    found = _rows(connection, uid, [number])
    if not found:
        raise InputError(f"第 {number} 条意见", "", "这次征求意见里没有", "请从列表中选择")
    return found[0]


def _seen_by(records: Records, rows: tuple[CommentRow, ...]) -> tuple[CommentRow, ...]:
    """Comments as whoever asks may see them: senders and their contacts only for people who handle comments."""
    if records.shows_senders:
        return rows
    covered = []
    for row in rows:
        comment = covered_comment(row.comment, row.proposal.sender_type if row.proposal else None)
        proposal = replace(row.proposal, comment=comment) if row.proposal else None
        covered.append(replace(row, comment=comment, proposal=proposal))
    return tuple(covered)


def how_many(records: Records, uid: str, only: CommentFilter = EVERYTHING) -> int:
    """How many comments there are."""
    question = _narrowed(select(func.count(handling.c.number)), uid, only, records.shows_senders)
    with reading(records) as connection:
        return connection.execute(question).scalar_one()


def counts(records: Records, uid: str, by: Field, only: CommentFilter = EVERYTHING) -> tuple[Count, ...]:
    """How many comments have each value of a field; clauses in the order of the draft, else by value."""
    column = handling.c[by.value]
    still_open = func.count().filter(handling.c.decision == "")
    place = func.min(handling.c.position) if by is Field.CLAUSE else func.min(column)  # by what an index holds
    question = _narrowed(select(column, func.count(), still_open, place), uid, only, records.shows_senders)
    with reading(records) as connection:
        found = connection.execute(question.group_by(column)).all()
    found = sorted(found, key=lambda row: (row[3], row[0]))
    return tuple(Count(str(value), total, undecided) for value, total, undecided, _ in found)


def count_line(records: Records, uid: str) -> CountLine:
    """The count line of a consultation."""
    with reading(records) as connection:
        return count_line_of(connection, uid)


def count_line_of(connection: Connection, uid: str) -> CountLine:
    """The count line, inside a transaction."""
    received = connection.execute(
        select(func.count()).select_from(comments).where(comments.c.consultation == uid)
    ).scalar_one()
    imported = connection.execute(
        select(func.coalesce(func.sum(batches.c.comments), 0)).where(batches.c.consultation == uid)
    ).scalar_one()
    found = connection.execute(
        select(handling.c.decision, func.count()).where(handling.c.consultation == uid).group_by(handling.c.decision)
    )
    by_decision: dict[str, int] = {decision: count for decision, count in found}  # noqa: C416
    decided = {decision: by_decision.get(decision.value, 0) for decision in Decision}
    return CountLine(received, imported, decided, by_decision.get("", 0))


def batches_of(records: Records, uid: str) -> tuple[Batch, ...]:
    """What came in, in order."""
    question = select(*(batches.c[name] for name in Batch.__slots__)).where(batches.c.consultation == uid)
    with reading(records) as connection:
        return tuple(Batch(**row) for row in connection.execute(question.order_by(batches.c.number)).mappings())


def rejected_rows(records: Records, uid: str, batch: int | None = None) -> tuple[RejectedRow, ...]:
    """The rows that became no comment, in order; what they hold only for people who handle comments."""
    question = select(rejected).where(rejected.c.consultation == uid)
    if batch is not None:
        question = question.where(rejected.c.batch == batch)
    with reading(records) as connection:
        found = connection.execute(question.order_by(rejected.c.batch, rejected.c.position)).all()
    return tuple(
        RejectedRow(
            row.batch,
            row.row,
            row.sheet,
            row.reason,
            tuple(json.loads(row.cells)) if records.shows_senders else (HIDDEN,),
        )
        for row in found
    )


def all_comments(records: Records, uid: str) -> tuple[tuple[int, Comment], ...]:
    """Every comment with its number, as the program sorts them."""
    names = Comment.__slots__
    question = select(comments.c.number, *(comments.c[name] for name in names)).where(comments.c.consultation == uid)
    with reading(records, least=Role.REVIEWER) as connection:
        found = connection.execute(question.order_by(comments.c.number))
        return tuple((row[0], Comment(**dict(zip(names, row[1:], strict=True)))) for row in found)


def _narrowed(question: _Question, uid: str, only: CommentFilter, by_sender: bool) -> _Question:
    """``question`` for the comments of a filter; ``by_sender``: its words may be those of a sender's name."""
    conditions: list[ColumnElement[bool]] = [handling.c.consultation == uid]
    for name in ("theme", "sender_type", "decision", "stance", "how", "group", "assigned_to", "day", "main"):
        if (value := getattr(only, name)) is not None:
            conditions.append(handling.c[name] == value)
    if only.clause is not None:
        below = handling.c.clause.startswith(f"{only.clause}/", autoescape=True)
        conditions.append(or_(handling.c.clause == only.clause, below) if only.clause else handling.c.clause == "")
    for wanted, condition in (
        (only.is_open, handling.c.decision == ""),
        (only.refers_to_nothing, handling.c.missing != ""),
        (only.second_awaited, and_(handling.c.second_wanted, handling.c.second_agrees.is_(None))),
    ):
        if wanted is not None:
            conditions.append(condition if wanted else ~condition)
    if only.numbers is not None:
        conditions.append(handling.c.number.in_(only.numbers))
    if only.words or only.batch is not None:
        conditions.append(handling.c.number.in_(_among_comments(uid, only, by_sender)))
    return question.where(*conditions)


def _among_comments(uid: str, only: CommentFilter, by_sender: bool) -> Select[tuple[int]]:
    question = select(comments.c.number).where(comments.c.consultation == uid)
    if only.batch is not None:
        question = question.where(comments.c.batch == only.batch)
    if only.words:
        columns = (comments.c.text, comments.c.title, *((comments.c.sender,) if by_sender else ()))
        question = question.where(or_(*(column.contains(only.words, autoescape=True) for column in columns)))
    return question


def _rows(connection: Connection, uid: str, numbers: list[int]) -> tuple[CommentRow, ...]:
    found = {}
    for portion in portions(numbers):
        rows = connection.execute(_ROWS, {"uid": uid, "numbers": portion}).mappings()
        found.update({row["number"]: _row(row) for row in rows})
    return tuple(found[number] for number in numbers if number in found)


def _row(fields: Mapping[Any, Any]) -> CommentRow:
    comment = Comment(**{name: fields[f"comment_{name}"] for name in Comment.__slots__})
    return CommentRow(
        number=fields["number"],
        batch=fields["comment_batch"],
        comment=comment,
        proposal=None if fields["proposal_how"] is None else _proposal(comment, fields),
        program=fields["proposal_program"] or "",
        handling=handling_of(fields),
        clause=fields["clause"],
        theme=fields["theme"],
        day=fields["day"],
    )


def _proposal(comment: Comment, fields: Mapping[Any, Any]) -> SortedComment:
    row = {name.removeprefix("proposal_"): value for name, value in fields.items() if name.startswith("proposal_")}
    anchor = Anchor(
        How(str(row["how"])),
        *(row[name] for name in ("confidence", "clause", "start", "end", "evidence", "missing")),
    )
    return SortedComment(
        comment=comment,
        anchor=anchor,
        points=msgspec.json.decode(str(row["points"]), type=tuple[CommentPoint, ...]),
        stance=Stance(str(row["stance"])),
        sender_type=SenderType(str(row["sender_type"])),
        group=str(row["group"]),
        own_words=msgspec.json.decode(str(row["own_words"]), type=tuple[tuple[int, int], ...]),
        theme=str(row["theme"]),
    )


def handling_of(fields: Mapping[Any, Any]) -> Handling:
    """A row of the table as a value."""
    values = {name: fields[name] for name in Handling.__slots__}
    values |= {"clause": fields["clause_set"], "theme": fields["theme_set"]}
    return Handling(**{**values, "decision": Decision(str(values["decision"])) if values["decision"] else None})
