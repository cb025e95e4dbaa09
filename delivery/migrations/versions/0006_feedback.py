"""What people answered about a listing, a fact or a line: numbers a day, nobody's.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("day", sa.Date, primary_key=True, comment="the day"),
        sa.Column("country", sa.String(2), primary_key=True, comment="the country of the entry"),
        sa.Column("part", sa.String(20), primary_key=True, comment="services, rights or helplines"),
        sa.Column(
            "entry",
            sa.String(64),
            primary_key=True,
            comment="id of the entry that had been told",
        ),
        sa.Column(
            "answer",
            sa.String(20),
            primary_key=True,
            comment="good, so_so, bad, wrong, closed, turned_away or asked_for_papers",
        ),
        sa.Column(
            "among",
            sa.SmallInteger,
            primary_key=True,
            autoincrement=False,
            comment="how many entries had been told together; 1: it is about this one",
        ),
        sa.Column("times", sa.BigInteger, nullable=False, comment="how often, nobody's"),
        sa.Column(
            "settled",
            sa.BigInteger,
            nullable=False,
            server_default="0",
            comment="how many of them an operator has dealt with",
        ),
    )


def downgrade() -> None:
    op.drop_table("feedback")
