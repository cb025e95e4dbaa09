"""What operators say about entries."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False, comment="number"),
        sa.Column("part", sa.String(20), nullable=False, comment="see directory.parts"),
        sa.Column(
            "entry", sa.String(160), nullable=False, comment="id of the entry within its part"
        ),
        sa.Column("author", sa.String(60), nullable=False, comment="name of an operator"),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False, comment="when"),
        sa.Column("text", sa.Text(), nullable=False, comment="what they say"),
        sa.PrimaryKeyConstraint("id"),
        comment="what operators say about entries",
    )
    op.create_index("ix_comment_entry", "comment", ["part", "entry", "id"])


def downgrade() -> None:
    op.drop_table("comment")
