"""Short messages to organisations, at their published numbers, until they are sent.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger, primary_key=True, comment="number of the notice"),
        sa.Column(
            "request",
            sa.BigInteger,
            nullable=False,
            comment="number of the verification request that it is about",
        ),
        sa.Column(
            "number",
            sa.String(20),
            comment="published telephone number of an organisation; empty once settled",
        ),
        sa.Column(
            "body",
            sa.Text,
            comment="what is sent to the organisation, with a link; empty once settled",
        ),
        sa.Column(
            "attempts",
            sa.SmallInteger,
            nullable=False,
            server_default="0",
            comment="how often it was tried",
        ),
        sa.Column("code", sa.String(40), comment="the provider's error code"),
        _moment("created_at", "when it was written", set_by_server=True),
        _moment("not_before", "when it may be tried", set_by_server=True),
        _moment("settled_at", "when it was sent or given up", set_by_server=False),
    )
    op.create_index(
        "ix_notice_open",
        "notice",
        ["not_before"],
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index("ix_notice_request", "notice", ["request"])


def downgrade() -> None:
    op.drop_table("notice")


def _moment(name: str, meaning: str, *, set_by_server: bool) -> sa.Column[object]:
    return sa.Column(
        name,
        sa.DateTime(timezone=True),
        nullable=not set_by_server,
        server_default=sa.func.now() if set_by_server else None,
        comment=meaning,
    )
