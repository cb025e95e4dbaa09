"""Pairs of listings that somebody looked at and found to be two places."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "different",
        sa.Column(
            "left", sa.String(64), primary_key=True, comment="id of the listing that sorts first"
        ),
        sa.Column("right", sa.String(64), primary_key=True, comment="id of the other"),
        sa.Column("said_by", sa.String(80), nullable=False, comment="name of an operator"),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False, comment="when"),
        sa.Column("reason", sa.Text, nullable=False, comment="why, in the operator's words"),
    )


def downgrade() -> None:
    op.drop_table("different")
