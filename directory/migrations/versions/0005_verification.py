"""Asking those who run a place, and checks: requests, wishes, results."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "verification_request",
        sa.Column("id", sa.BigInteger, primary_key=True, comment="number of the request"),
        sa.Column("part", sa.String(20), nullable=False, comment="services or helplines"),
        sa.Column(
            "entry", sa.String(160), nullable=False, comment="id of the entry within its part"
        ),
        sa.Column("organisation", sa.String(64), comment="id of the organisation that is asked"),
        sa.Column(
            "way",
            sa.String(10),
            nullable=False,
            comment="email, sms, or copy: an operator passes it on",
        ),
        sa.Column(
            "hashes",
            ARRAY(sa.LargeBinary),
            nullable=False,
            comment="SHA-256 of the random part of each link that was sent",
        ),
        sa.Column(
            "asked_by", sa.String(80), nullable=False, comment="name of an operator, or what asked"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="when made"),
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="until when the links work",
        ),
        sa.Column(
            "sent_at", sa.DateTime(timezone=True), comment="when it was last given to be sent"
        ),
        sa.Column("problem", sa.String(40), comment="code of why it could not be sent"),
        sa.Column(
            "reminders",
            sa.SmallInteger,
            nullable=False,
            server_default="0",
            comment="how many reminders were sent",
        ),
        sa.Column(
            "reminded_at", sa.DateTime(timezone=True), comment="when the last reminder was sent"
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), comment="when somebody last answered"),
        sa.Column("answer", sa.String(10), comment="confirm, change, pause, resume or not_us"),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            comment="when a change was proposed by it, which is done once",
        ),
        sa.Column(
            "revoked_at", sa.DateTime(timezone=True), comment="when its links were taken back"
        ),
        sa.Column(
            "settled_at",
            sa.DateTime(timezone=True),
            comment="when an operator dealt with the answer not_us",
        ),
    )
    op.create_index(
        "ix_verification_request_entry", "verification_request", ["part", "entry", "id"]
    )
    op.create_table(
        "verification_wish",
        sa.Column(
            "organisation", sa.String(64), primary_key=True, comment="id of the organisation"
        ),
        sa.Column("automatic", sa.Boolean, nullable=False, comment="whether it is asked by itself"),
        sa.Column("since", sa.Date, nullable=False, comment="the day on which it said so"),
        sa.Column(
            "set_by", sa.String(80), nullable=False, comment="name of the operator who noted it"
        ),
    )
    op.create_table(
        "check_result",
        sa.Column("part", sa.String(20), primary_key=True, comment="see directory.parts"),
        sa.Column("entry", sa.String(160), primary_key=True, comment="id of the entry"),
        sa.Column(
            "field",
            sa.String(40),
            primary_key=True,
            comment="path of the field, such as phones.0.number",
        ),
        sa.Column("problem", sa.String(40), comment="code of what is wrong; none: it was right"),
        sa.Column(
            "times",
            sa.SmallInteger,
            nullable=False,
            server_default="0",
            comment="how often in a row it was found wrong",
        ),
        sa.Column("since", sa.DateTime(timezone=True), comment="when it was first found wrong"),
        sa.Column(
            "checked_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was last looked at",
        ),
    )
    op.create_index("ix_check_result_checked_at", "check_result", ["checked_at"])


def downgrade() -> None:
    for table in ("check_result", "verification_wish", "verification_request"):
        op.drop_table(table)
