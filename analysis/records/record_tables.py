"""The tables of consultations. Everything of a consultation is named by its ``uid`` and numbers counted within it.

Such names stay the same wherever the rows go, so that an archive opens in another installation with its history intact.
Times are UTC in ISO 8601; lists are JSON. ``history`` is only added to, and ``comments`` holds what came in as it came
in: triggers of the migrations refuse to change or delete rows of either. What the machine proposes (``proposals``) and
what people decide (``handling``) stand apart; the last columns of ``handling`` repeat what holds now, for lists.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

NO_POSITION = 2**31 - 1  # stands after every clause

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _of_consultation(name: str = "number") -> tuple[Column[str], Column[int]]:
    return (
        Column("consultation", Text, ForeignKey("consultations.uid"), primary_key=True),
        Column(name, Integer, primary_key=True, autoincrement=False),
    )


def _of_comment() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["consultation", "number"], ["comments.consultation", "comments.number"])


consultations = Table(
    "consultations",
    metadata,
    Column("uid", Text, primary_key=True),
    *(_text(name) for name in ("title", "document", "place", "kind", "opens", "closes")),
    Column("made_up", Boolean, nullable=False),
    *(_text(name) for name in ("status", "created_by", "created_at", "closed_by", "closed_at")),
)
drafts = Table(
    "drafts",
    metadata,
    *_of_consultation(),
    *(_text(name) for name in ("kind", "name", "raw", "sha256", "clauses", "added_by", "added_at")),
)
batches = Table(
    "batches",
    metadata,
    *_of_consultation(),
    *(_text(name) for name in ("name", "sha256", "channel", "mapping", "digest", "added_by", "added_at")),
    *(_whole(name) for name in ("comments", "rejected", "repeated")),
)
comments = Table(
    "comments",
    metadata,
    *_of_consultation(),
    *(_whole(name) for name in ("batch", "row", "occurrence")),
    *(
        _text(name)
        for name in ("text", "sender", "title", "reason", "clause", "contact", "submitted", "sender_kind", "sheet")
    ),
    _text("fingerprint"),
    UniqueConstraint("consultation", "fingerprint", "occurrence", name="one_fingerprint"),
    ForeignKeyConstraint(["consultation", "batch"], ["batches.consultation", "batches.number"]),
)
rejected = Table(
    "rejected",
    metadata,
    *_of_consultation("batch"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _whole("row"),
    *(_text(name) for name in ("sheet", "reason", "cells")),
    ForeignKeyConstraint(["consultation", "batch"], ["batches.consultation", "batches.number"]),
)
proposals = Table(
    "proposals",
    metadata,
    *_of_consultation(),
    *(_text(name) for name in ("how", "clause", "evidence", "missing", "points", "stance", "sender_type", "group")),
    Column("confidence", Float, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    *(_text(name) for name in ("own_words", "theme", "program", "made_at")),
    _of_comment(),
)
handling = Table(
    "handling",
    metadata,
    *_of_consultation(),
    _whole("version"),
    *(_text(name) for name in ("decision", "reason", "reply", "decided_by", "decided_at", "clause_set", "theme_set")),
    Column("position_set", Integer),
    Column("main", Integer),
    _text("assigned_to"),
    Column("second_wanted", Boolean, nullable=False),
    _text("second_by"),
    Column("second_agrees", Boolean),
    *(_text(name) for name in ("second_note", "second_at", "changed", "changed_by", "changed_at")),
    # what holds now: set by people or else proposed
    *(_text(name) for name in ("clause", "theme", "sender_type", "group", "stance", "how", "missing", "day")),
    Column("position", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    _of_comment(),
    ForeignKeyConstraint(["consultation", "main"], ["comments.consultation", "comments.number"]),
    *(
        Index(f"handling_{name}", "consultation", *columns)
        for name, columns in {
            "decision": ("decision",),
            "clause": ("position", "clause", "decision"),
            "theme": ("theme", "decision"),
            "sender_type": ("sender_type", "decision"),
            "day": ("day", "decision"),
            "group": ("group", "decision"),
            "assigned_to": ("assigned_to", "decision"),
            "main": ("main",),
        }.items()
    ),
)
templates = Table(
    "templates",
    metadata,
    *_of_consultation(),
    *(_text(name) for name in ("title", "decision", "text")),
    Column("retired", Boolean, nullable=False),
)
examined = Table(
    "examined",
    metadata,
    *_of_consultation("draft"),
    Column("item", Text, primary_key=True),
    _whole("version"),
    *(_text(name) for name in ("note", "examined_by", "examined_at")),
    ForeignKeyConstraint(["consultation", "draft"], ["drafts.consultation", "drafts.number"]),
)
people = Table("people", metadata, Column("name", Text, primary_key=True), _text("role"))
chains = Table("chains", metadata, Column("scope", Text, primary_key=True), _whole("length"), _text("head"))
history = Table(
    "history",
    metadata,
    Column("scope", Text, ForeignKey("chains.scope"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    *(_text(name) for name in ("kind", "key", "action", "who", "role", "at", "before", "after", "previous", "hash")),
    Index("history_of", "scope", "kind", "key"),
)
