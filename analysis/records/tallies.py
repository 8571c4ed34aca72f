"""Counts over all comments of a consultation for its summary, made in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import and_, func, select

from analysis.consultation.sender_patterns import NOBODY
from analysis.records.record_store import Records, reading
from analysis.records.record_tables import comments, handling
from analysis.records.record_values import Field


def senders(records: Records, uid: str) -> int:
    """How many people and bodies sent comments: each name once, and each comment without one as one more."""
    question = select(comments.c.sender, func.count()).where(comments.c.consultation == uid)
    with reading(records) as connection:
        return _people(tuple(row) for row in connection.execute(question.group_by(comments.c.sender)))


def senders_by(records: Records, uid: str, by: Field) -> Mapping[str, int]:
    """The same for each value of a field: who sends two comments on one clause counts once there."""
    column = handling.c[by.value]
    joined = handling.join(
        comments, and_(comments.c.consultation == handling.c.consultation, comments.c.number == handling.c.number)
    )
    question = (
        select(column, comments.c.sender, func.count())
        .select_from(joined)
        .where(handling.c.consultation == uid)
        .group_by(column, comments.c.sender)
    )
    found: dict[str, list[tuple[str, int]]] = {}
    with reading(records) as connection:
        for value, sender, count in connection.execute(question):
            found.setdefault(str(value), []).append((sender, count))
    return {value: _people(named) for value, named in found.items()}


def _people(named: Iterable[tuple[str, int]]) -> int:
    counted: Counter[str] = Counter()
    nameless = 0
    for sender, count in named:
        name = " ".join(sender.split()).strip("*＊")
        if name and not NOBODY.find(name):
            counted[name] += count
        else:
            nameless += count
    return len(counted) + nameless


def crossed(records: Records, uid: str, one: Field, other: Field) -> Mapping[tuple[str, str], int]:
    """How many comments have each pair of values of two fields."""
    columns = handling.c[one.value], handling.c[other.value]
    question = select(*columns, func.count()).where(handling.c.consultation == uid).group_by(*columns)
    with reading(records) as connection:
        return {(str(first), str(second)): count for first, second, count in connection.execute(question)}


def groups(records: Records, uid: str) -> tuple[int, int]:
    """How many letters there are of which others are copies, and how many comments they came to."""
    question = select(func.count(func.distinct(handling.c.group)), func.count()).where(
        handling.c.consultation == uid, handling.c.group != ""
    )
    with reading(records) as connection:
        letters, all_of_them = connection.execute(question).one()
        return letters, all_of_them
