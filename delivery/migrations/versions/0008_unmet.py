"""Counts of what was asked where nothing fitted, a month, language, place and kind.

Revision ID: 0008
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEYS = (
    ("month", sa.Date(), "first day of the month"),
    ("language", sa.String(length=35), "language of the answer"),
    ("country", sa.String(length=2), "where something was looked for"),
    (
        "city",
        sa.String(length=12),
        "number of a city of 100,000 people or more; empty for a smaller one",
    ),
    ("part", sa.String(length=20), "services or rights"),
    ("what", sa.String(length=40), "kind of service, or care"),
    (
        "why",
        sa.String(length=20),
        "nothing, other_kind, not_for, far, no_rule or no_pack",
    ),
)


def upgrade() -> None:
    op.create_table(
        "unmet",
        *(sa.Column(name, kind, nullable=False, comment=said) for name, kind, said in _KEYS),
        sa.Column("times", sa.BigInteger(), nullable=False, comment="how often, nobody's"),
        sa.PrimaryKeyConstraint(*(name for name, _, _ in _KEYS), name=op.f("pk_unmet")),
    )


def downgrade() -> None:
    op.drop_table("unmet")
