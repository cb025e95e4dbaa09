"""Operators and how they sign in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operator",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False, comment="number"),
        sa.Column(
            "name", sa.String(length=60), nullable=False, comment="as it stands in the audit"
        ),
        sa.Column(
            "name_key",
            sa.String(length=120),
            nullable=False,
            comment="the name in one case, by which it is found",
        ),
        sa.Column("role", sa.String(length=30), nullable=False, comment="code of the role"),
        sa.Column(
            "organisation",
            sa.String(length=80),
            nullable=True,
            comment="id of the organisation they work for",
        ),
        sa.Column(
            "countries",
            postgresql.ARRAY(sa.String(length=2)),
            server_default="{}",
            nullable=False,
            comment="where they may act; none means everywhere",
        ),
        sa.Column(
            "languages",
            postgresql.ARRAY(sa.String(length=35)),
            server_default="{}",
            nullable=False,
            comment="wordings they work on; none means all",
        ),
        sa.Column("locale", sa.String(length=35), nullable=True, comment="language of their pages"),
        sa.Column(
            "password",
            sa.String(length=200),
            nullable=True,
            comment="Argon2id hash; none before the first sign-in",
        ),
        sa.Column(
            "totp", sa.LargeBinary(), nullable=True, comment="sealed: secret of the second factor"
        ),
        sa.Column(
            "totp_step",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="time step of the last code, which counts once",
        ),
        sa.Column(
            "demo",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="the try-out account",
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, comment="when they were added"
        ),
        sa.Column(
            "signed_in_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when they last signed in",
        ),
        sa.Column(
            "disabled_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="since when they may not sign in",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key"),
        comment="who may sign in to the console",
    )
    op.create_table(
        "sign_in_tries",
        sa.Column(
            "key",
            sa.LargeBinary(),
            nullable=False,
            comment="keyed hash of account, address or device",
        ),
        sa.Column(
            "failures", sa.Integer(), nullable=False, comment="how many, one after the other"
        ),
        sa.Column(
            "last_at", sa.DateTime(timezone=True), nullable=False, comment="when the last one was"
        ),
        sa.Column(
            "until", sa.DateTime(timezone=True), nullable=False, comment="when the next try counts"
        ),
        sa.PrimaryKeyConstraint("key"),
        comment="wrong sign-ins lately; forgotten after a day",
    )
    op.create_index(op.f("ix_sign_in_tries_last_at"), "sign_in_tries", ["last_at"], unique=False)
    op.create_table(
        "operator_device",
        sa.Column(
            "id", sa.LargeBinary(), nullable=False, comment="keyed hash of what the browser keeps"
        ),
        sa.Column("operator", sa.Integer(), nullable=False, comment="whose"),
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it is a stranger again",
        ),
        sa.ForeignKeyConstraint(["operator"], ["operator.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        comment="browsers that were signed in with",
    )
    op.create_index(
        op.f("ix_operator_device_operator"), "operator_device", ["operator"], unique=False
    )
    op.create_table(
        "operator_enrolment",
        sa.Column("operator", sa.Integer(), nullable=False, comment="whose"),
        sa.Column("code", sa.LargeBinary(), nullable=False, comment="keyed hash of the code"),
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it stops to count",
        ),
        sa.ForeignKeyConstraint(["operator"], ["operator.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("operator"),
        sa.UniqueConstraint("code"),
        comment="codes for a first sign-in; deleted once used",
    )
    op.create_table(
        "operator_recovery_code",
        sa.Column("operator", sa.Integer(), nullable=False, comment="whose"),
        sa.Column("code", sa.LargeBinary(), nullable=False, comment="keyed hash of the code"),
        sa.ForeignKeyConstraint(["operator"], ["operator.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("operator", "code"),
        comment="codes for a lost second factor; deleted once used",
    )
    op.create_table(
        "operator_session",
        sa.Column(
            "id", sa.LargeBinary(), nullable=False, comment="keyed hash of what the browser keeps"
        ),
        sa.Column("operator", sa.Integer(), nullable=False, comment="whose"),
        sa.Column(
            "pending_totp",
            sa.LargeBinary(),
            nullable=True,
            comment="sealed: a second factor that is not confirmed yet",
        ),
        sa.Column(
            "enrols",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="only sets password and second factor",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it began; it ends after 12 hours",
        ),
        sa.Column(
            "seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="last request, to the minute",
        ),
        sa.ForeignKeyConstraint(["operator"], ["operator.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        comment="who is signed in now",
    )
    op.create_index(
        op.f("ix_operator_session_operator"), "operator_session", ["operator"], unique=False
    )
    op.create_index(
        op.f("ix_operator_session_seen_at"), "operator_session", ["seen_at"], unique=False
    )


def downgrade() -> None:
    op.drop_table("operator_session")
    op.drop_table("operator_recovery_code")
    op.drop_table("operator_enrolment")
    op.drop_table("operator_device")
    op.drop_table("sign_in_tries")
    op.drop_table("operator")
