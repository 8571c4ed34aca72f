"""The first tables of consultations.

``comments`` and ``history`` get triggers that refuse to change or delete their rows, in both databases.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

FIXED = ("comments", "history")
REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END $$
"""


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _wholes(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False, server_default="0") for name in names]


def _key(number: str = "number") -> list[sa.Column[object]]:
    return [
        sa.Column("consultation", sa.Text, sa.ForeignKey("consultations.uid"), primary_key=True),
        sa.Column(number, sa.Integer, primary_key=True, autoincrement=False),
    ]


def _refers(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["consultation", column], [f"{table}.consultation", f"{table}.number"])


def upgrade() -> None:
    op.create_table(
        "consultations",
        sa.Column("uid", sa.Text, primary_key=True),
        *_texts("title", "document", "place", "kind", "opens", "closes"),
        sa.Column("made_up", sa.Boolean, nullable=False),
        *_texts("status", "created_by", "created_at", "closed_by", "closed_at"),
    )
    op.create_table("drafts", *_key(), *_texts("kind", "name", "raw", "sha256", "clauses", "added_by", "added_at"))
    op.create_table(
        "batches",
        *_key(),
        *_texts("name", "sha256", "channel", "mapping", "digest", "added_by", "added_at"),
        *_wholes("comments", "rejected", "repeated"),
    )
    op.create_table(
        "comments",
        *_key(),
        *_wholes("batch", "row", "occurrence"),
        *_texts("text", "sender", "title", "reason", "clause", "contact", "submitted", "sender_kind", "sheet"),
        *_texts("fingerprint"),
        sa.UniqueConstraint("consultation", "fingerprint", "occurrence", name="one_fingerprint"),
        _refers("batches", "batch"),
    )
    op.create_table(
        "rejected",
        *_key("batch"),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *_wholes("row"),
        *_texts("sheet", "reason", "cells"),
        _refers("batches", "batch"),
    )
    op.create_table(
        "proposals",
        *_key(),
        *_texts("how", "clause", "evidence", "missing", "points", "stance", "sender_type", "group"),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        *_texts("own_words", "theme", "program", "made_at"),
        _refers("comments", "number"),
    )
    op.create_table(
        "handling",
        *_key(),
        *_wholes("version"),
        *_texts("decision", "reason", "reply", "decided_by", "decided_at", "clause_set", "theme_set"),
        sa.Column("position_set", sa.Integer),
        sa.Column("main", sa.Integer),
        *_texts("assigned_to"),
        sa.Column("second_wanted", sa.Boolean, nullable=False),
        *_texts("second_by"),
        sa.Column("second_agrees", sa.Boolean),
        *_texts("second_note", "second_at", "changed", "changed_by", "changed_at"),
        *_texts("clause", "theme", "sender_type", "group", "stance", "how", "missing", "day"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        _refers("comments", "number"),
        _refers("comments", "main"),
    )
    for name, columns in {
        "decision": ["decision"],
        "clause": ["position", "clause", "decision"],
        "theme": ["theme", "decision"],
        "sender_type": ["sender_type", "decision"],
        "day": ["day", "decision"],
        "group": ["group", "decision"],
        "assigned_to": ["assigned_to", "decision"],
        "main": ["main"],
    }.items():
        op.create_index(f"handling_{name}", "handling", ["consultation", *columns])
    op.create_table("chains", sa.Column("scope", sa.Text, primary_key=True), *_wholes("length"), *_texts("head"))
    op.create_table(
        "history",
        sa.Column("scope", sa.Text, sa.ForeignKey("chains.scope"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        *_texts("kind", "key", "action", "who", "role", "at", "before", "after", "previous", "hash"),
    )
    op.create_index("history_of", "history", ["scope", "kind", "key"])
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(REFUSE)
        for table in FIXED:
            op.execute(
                f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in FIXED:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
            )


def downgrade() -> None:
    raise NotImplementedError("a database of consultations is not brought back to older tables")
