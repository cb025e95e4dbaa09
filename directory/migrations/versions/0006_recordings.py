"""Recordings that operators upload."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer, primary_key=True, comment="number of the upload"),
        sa.Column("language", sa.String(35), nullable=False, comment="BCP 47 tag"),
        sa.Column("message", sa.String(120), nullable=False, comment="id of the message"),
        sa.Column(
            "wording", sa.String(12), nullable=False, comment="fingerprint of the text read aloud"
        ),
        sa.Column(
            "file", sa.String(80), nullable=False, index=True, comment="name that it is fetched by"
        ),
        sa.Column("sound", sa.LargeBinary, comment="the file; none once withdrawn"),
        sa.Column(
            "voice", sa.String(80), nullable=False, comment="whose voice, as they want to be named"
        ),
        sa.Column("uploaded_by", sa.String(80), nullable=False, comment="name of an operator"),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False, comment="when"),
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            comment="since when it is not played any more",
        ),
    )
    op.create_index(
        "ix_recording_played",
        "recording",
        ["language", "message"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("recording")
