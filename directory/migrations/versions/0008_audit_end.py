"""The end of the audit, so that rows cut off there are found; reasons that can be taken away."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - CAST(:taken AS text[]) = to_jsonb(OLD) - CAST(:taken AS text[])
        AND (NEW.before IS NOT DISTINCT FROM OLD.before OR NEW.before = '{"withheld": true}')
        AND (NEW.after IS NOT DISTINCT FROM OLD.after OR NEW.after = '{"withheld": true}')
        AND (:reasons)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit is only added to';
END $$
"""
# As before/after: words that tell of a place that must not be found are taken away, and their
# hash stays. Rows from before this version have no such hash; their reasons stay.
_WITH_REASONS = """NEW.reason = OLD.reason
            OR (NEW.reason = '(withheld)' AND OLD.reason_hash IS NOT NULL)"""


def upgrade() -> None:
    op.add_column("audit", sa.Column("reason_hash", sa.LargeBinary, comment="SHA-256 of `reason`"))
    op.create_table(
        "audit_end",
        sa.Column("one", sa.Boolean, primary_key=True, comment="true: there is one row"),
        sa.Column("length", sa.BigInteger, nullable=False, comment="number of the last row"),
        sa.Column("hash", sa.LargeBinary, nullable=False, comment="its hash"),
        sa.CheckConstraint("one", name="audit_ends_once"),
    )
    op.execute(
        "INSERT INTO audit_end (one, length, hash)"
        " SELECT true, id, hash FROM audit ORDER BY id DESC LIMIT 1"
    )
    op.execute(_function("{before,after,reason}", _WITH_REASONS))


def downgrade() -> None:
    op.execute(_function("{before,after}", "TRUE"))
    op.drop_table("audit_end")
    op.drop_column("audit", "reason_hash")


def _function(taken: str, reasons: str) -> str:
    return _FUNCTION.replace(":taken", f"'{taken}'").replace(":reasons", reasons)
