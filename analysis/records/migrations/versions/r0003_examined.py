"""What a person has looked at of a revised draft before a consultation is closed, and what was found there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "examined",
        sa.Column("consultation", sa.Text, sa.ForeignKey("consultations.uid"), primary_key=True),
        sa.Column("draft", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
        *(
            sa.Column(name, sa.Text, nullable=False, server_default="")
            for name in ("note", "examined_by", "examined_at")
        ),
        sa.ForeignKeyConstraint(["consultation", "draft"], ["drafts.consultation", "drafts.number"]),
    )


def downgrade() -> None:
    raise NotImplementedError("a database of consultations is not brought back to older tables")
