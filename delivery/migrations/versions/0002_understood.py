"""Counts of what was understood, a month, language, intent and outcome."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "understood",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("intent", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "language", "intent", "outcome", name=op.f("pk_understood")
        ),
    )


def downgrade() -> None:
    op.drop_table("understood")
