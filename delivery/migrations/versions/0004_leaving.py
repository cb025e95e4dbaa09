"""What leaving and being forgotten need: copies at providers, flags, codes to resume elsewhere.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COLUMNS = (
    sa.Column("own", sa.LargeBinary(), comment="sealed: the safe word that the person chose"),
    sa.Column(
        "erasing_at", sa.DateTime(timezone=True), comment="when the person asked to be forgotten"
    ),
    sa.Column(
        "by_hand_at",
        sa.DateTime(timezone=True),
        comment="since when people answer by hand, if any",
    ),
    sa.Column(
        "code_tries",
        sa.SmallInteger(),
        server_default="0",
        nullable=False,
        comment="codes tried in the last hour that lead to nothing",
    ),
    sa.Column(
        "code_tried_at",
        sa.DateTime(timezone=True),
        comment="when the first of them was tried",
    ),
)


def upgrade() -> None:
    for column in _COLUMNS:
        op.add_column("conversation", column)
    op.add_column(
        "seen",
        sa.Column(
            "conversation", sa.String(length=32), comment="pseudonym, so that it is erased with it"
        ),
    )
    op.create_index(op.f("ix_seen_conversation"), "seen", ["conversation"])
    _provider_copy()
    _flag()
    _resume_code()


def _provider_copy() -> None:
    op.create_table(
        "provider_copy",
        sa.Column("id", sa.BigInteger(), nullable=False, comment="a number"),
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="keyed hash of channel and id"),
        sa.Column(
            "conversation",
            sa.String(length=32),
            comment="pseudonym; nobody's once the conversation is gone",
        ),
        sa.Column("channel", sa.String(length=20), nullable=False, comment="name of the channel"),
        sa.Column(
            "reference",
            sa.LargeBinary(),
            nullable=False,
            comment="sealed: the id under which the provider keeps a message",
        ),
        _now("at", "when the message came or went"),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            comment="when the provider is asked to delete it",
        ),
        sa.Column(
            "attempts",
            sa.SmallInteger(),
            server_default="0",
            nullable=False,
            comment="how often the provider was asked",
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversation.id"],
            name=op.f("fk_provider_copy_conversation_conversation"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_copy")),
        sa.UniqueConstraint("key", name=op.f("uq_provider_copy_key")),
    )
    op.create_index(op.f("ix_provider_copy_conversation"), "provider_copy", ["conversation"])
    op.create_index(op.f("ix_provider_copy_at"), "provider_copy", ["at"])
    op.create_index(
        "ix_provider_copy_due",
        "provider_copy",
        ["due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )


def _flag() -> None:
    op.create_table(
        "flag",
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="keyed hash of a conversation"),
        sa.Column("kind", sa.String(length=10), nullable=False, comment="stop or exit"),
        _now("at", "since when"),
        sa.PrimaryKeyConstraint("key", "kind", name=op.f("pk_flag")),
    )


def _resume_code() -> None:
    op.create_table(
        "resume_code",
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="keyed hash of a code"),
        sa.Column(
            "state",
            sa.LargeBinary(),
            nullable=False,
            comment="sealed with the code: what was known when it was made",
        ),
        sa.Column(
            "conversation",
            sa.String(length=32),
            comment="pseudonym, so that it is erased with it; nobody's after a quick exit",
        ),
        _now("made_at", "when it was made"),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversation.id"],
            name=op.f("fk_resume_code_conversation_conversation"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_resume_code")),
    )
    op.create_index(op.f("ix_resume_code_conversation"), "resume_code", ["conversation"])
    op.create_index(op.f("ix_resume_code_made_at"), "resume_code", ["made_at"])


def _now(name: str, comment: str) -> sa.Column[object]:
    return sa.Column(
        name,
        sa.DateTime(timezone=True),
        server_default=sa.text("now()"),
        nullable=False,
        comment=comment,
    )


def downgrade() -> None:
    for table in ("resume_code", "flag", "provider_copy"):
        op.drop_table(table)
    op.drop_index(op.f("ix_seen_conversation"), table_name="seen")
    op.drop_column("seen", "conversation")
    for column in _COLUMNS:
        op.drop_column("conversation", column.name)
