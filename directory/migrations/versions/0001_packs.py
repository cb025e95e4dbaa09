"""The country packs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack",
        sa.Column("country", sa.String(2), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column(
            "loaded_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("body", JSONB, nullable=False),
    )
    op.create_table(
        "rights_fact",
        sa.Column("id", sa.String(40), primary_key=True),
        _country(),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("body", JSONB, nullable=False),
    )
    op.create_table(
        "helpline",
        sa.Column("id", sa.String(40), primary_key=True),
        _country(),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("purposes", sa.ARRAY(sa.String), nullable=False),
        sa.Column("body", JSONB, nullable=False),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.String(40), primary_key=True),
        _country(),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("scope", sa.String(10), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.String), nullable=False),
        sa.Column("layers", sa.ARRAY(sa.String), nullable=False),
        sa.Column("audience", sa.ARRAY(sa.String), nullable=False),
        sa.Column("status", sa.ARRAY(sa.String), nullable=False),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.Column("protection", sa.Boolean, nullable=False),
        sa.Column("body", JSONB, nullable=False),
    )
    op.create_table(
        "service_place",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "service",
            sa.String(40),
            sa.ForeignKey("service.id", ondelete="CASCADE"),
            index=True,
            nullable=False,
        ),
        sa.Column("place", sa.Integer, index=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
    )


def downgrade() -> None:
    for table in ("service_place", "service", "helpline", "rights_fact", "pack"):
        op.drop_table(table)


def _country() -> sa.Column[str]:
    return sa.Column(
        "country",
        sa.String(2),
        sa.ForeignKey("pack.country", ondelete="CASCADE"),
        index=True,
        nullable=False,
    )
