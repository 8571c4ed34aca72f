"""People as they are configured, and words for replies that are used again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "templates",
        sa.Column("consultation", sa.Text, sa.ForeignKey("consultations.uid"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("title", "decision", "text")),
        sa.Column("retired", sa.Boolean, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False, server_default=""),
    )


def downgrade() -> None:
    raise NotImplementedError("a database of consultations is not brought back to older tables")
