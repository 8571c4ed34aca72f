"""Counts over all comments of a consultation for its summary, made in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from analysis.consultation.sender_patterns import NOBODY
from analysis.records.listing import comment_rows, count_line, counts
from analysis.records.record_store import Records, reading
from analysis.records.record_tables import comments, handling
from analysis.records.record_values import CommentFilter, CommentRow, Count, CountLine, Field

_AMONG = 60  # comments of a theme from which typical ones are chosen


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


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all comments. ``people``: each sender once; ``letters``: of which ``copies`` are copies."""

    line: CountLine
    people: int
    letters: int
    copies: int
    by_day: tuple[Count, ...]
    by_clause: tuple[Count, ...]
    by_theme: tuple[Count, ...]
    clause_people: Mapping[str, int]
    stances: Mapping[tuple[str, str], int]  # kind of sender and stance
    typical: Mapping[str, tuple[CommentRow, ...]]  # comments typical of a theme, of different letters


def summary(records: Records, uid: str, themes: int = 12) -> Summary:
    """All counts of a consultation, with typical comments of its largest themes."""
    by_theme = tuple(sorted(counts(records, uid, Field.THEME), key=lambda each: (each.value == "", -each.total)))
    letters, copies = groups(records, uid)
    return Summary(
        count_line(records, uid),
        senders(records, uid),
        letters,
        copies,
        counts(records, uid, Field.DAY),
        counts(records, uid, Field.CLAUSE),
        by_theme,
        senders_by(records, uid, Field.CLAUSE),
        crossed(records, uid, Field.SENDER_TYPE, Field.STANCE),
        {each.value: _typical(records, uid, each.value) for each in by_theme[:themes] if each.value},
    )


def _typical(records: Records, uid: str, theme: str, most: int = 2) -> tuple[CommentRow, ...]:
    """Comments that say most of what a theme is called by, short ones first, each of another letter."""
    some = comment_rows(records, uid, CommentFilter(theme=theme), Field.CONFIDENCE, 1, _AMONG, descending=True)
    words = [word for word in theme.replace("、", " ").replace("与", " ").split() if word]
    ranked = sorted(some, key=lambda row: (-sum(word in row.comment.text for word in words), _awkward(row), row.number))
    found: dict[str, CommentRow] = {}
    for row in ranked:
        found.setdefault((row.proposal.group if row.proposal else "") or f"#{row.number}", row)
    return tuple(found.values())[:most]


def _awkward(row: CommentRow) -> int:
    """How far a comment is from a length that is read at a glance."""
    return abs(len(row.comment.text) - 50) // 20
