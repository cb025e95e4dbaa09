"""What is sealed is in no statistics either: an ANALYZE would keep a copy of what was deleted.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SEALED = (
    ("conversation", "address"),
    ("conversation", "state"),
    ("conversation", "offers"),
    ("conversation", "own"),
    ("inbox", "said"),
    ("outbox", "body"),
    ("provider_copy", "reference"),
    ("resume_code", "state"),
)


def upgrade() -> None:
    for table, column in _SEALED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    for table, column in _SEALED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1")
