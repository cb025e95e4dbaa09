"""What operators publish: versions, cards, wordings, stewards, and the audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OF_PACKS = ("service", "rights_fact", "helpline")
# One thing may be changed in a row that was written: what an entry said is taken away, when its
# place must not be found any more. The chain holds all the same: it binds the hash of that.
_APPEND_ONLY = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'before' - 'after' = to_jsonb(OLD) - 'before' - 'after'
        AND (NEW.before IS NOT DISTINCT FROM OLD.before OR NEW.before = '{"withheld": true}')
        AND (NEW.after IS NOT DISTINCT FROM OLD.after OR NEW.after = '{"withheld": true}')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit is only added to';
END $$
"""


def upgrade() -> None:
    for table in _OF_PACKS:
        op.alter_column(table, "id", type_=sa.String(64))
        for column in _publishing():
            op.add_column(table, column)
    op.alter_column("service_place", "service", type_=sa.String(64))
    op.create_table(
        "card",
        sa.Column("part", sa.String(20), primary_key=True, comment="see directory.parts"),
        sa.Column("id", sa.String(64), primary_key=True, comment="its id within the part"),
        sa.Column("country", sa.String(2), comment="ISO 3166-1 alpha-2, if of one"),
        sa.Column("body", JSONB, nullable=False, comment="what it says"),
        *_publishing(),
    )
    op.create_table(
        "wording",
        sa.Column("language", sa.String(35), primary_key=True, comment="BCP 47 tag"),
        sa.Column("message", sa.String(120), primary_key=True, comment="id of the message"),
        sa.Column(
            "body",
            JSONB,
            nullable=False,
            comment="text; state; who reviewed it and when; the English text it was made from",
        ),
        *_publishing(),
    )
    _revisions()
    _audit()
    op.create_table(
        "stewardship",
        sa.Column(
            "part",
            sa.String(20),
            primary_key=True,
            comment="see directory.parts; * for every part",
        ),
        sa.Column(
            "scope",
            sa.String(160),
            primary_key=True,
            comment="id of an entry, country, language tag, or *",
        ),
        sa.Column(
            "organisation", sa.String(64), nullable=False, comment="id of the owner organisation"
        ),
        sa.Column(
            "steward", sa.String(80), nullable=False, comment="name of the person who cares for it"
        ),
    )


def downgrade() -> None:
    for table in ("stewardship", "audit", "revision", "wording", "card"):
        op.drop_table(table)
    op.execute("DROP FUNCTION audit_is_append_only()")
    # What came after packs was made has no place in the older tables.
    for table in _OF_PACKS:
        op.execute(sa.text(f"DELETE FROM {table} WHERE origin <> 'pack' OR state <> 'published'"))  # noqa: S608 -- a name of ours
        for name in ("origin", "state", "changed_at", "revision"):
            op.drop_column(table, name)
        op.alter_column(table, "id", type_=sa.String(40))
    op.alter_column("service_place", "service", type_=sa.String(40))
    # So that the next load brings back what an operator had changed.
    op.execute("UPDATE pack SET digest = ''")


def _publishing() -> list[sa.Column[object]]:
    return [
        sa.Column(
            "origin",
            sa.String(10),
            server_default="pack",
            nullable=False,
            comment="pack, console, import or link",
        ),
        sa.Column(
            "state",
            sa.String(10),
            server_default="published",
            nullable=False,
            comment="published or retired",
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
            comment="when it was published",
        ),
        sa.Column(
            "revision",
            sa.BigInteger,
            comment="the revision it was published from; none: from a pack",
        ),
    ]


def _revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.BigInteger, primary_key=True, comment="number of the version"),
        sa.Column("part", sa.String(20), nullable=False, comment="see directory.parts"),
        sa.Column(
            "entry", sa.String(160), nullable=False, comment="id of the entry within its part"
        ),
        sa.Column("country", sa.String(2), comment="ISO 3166-1 alpha-2, if of one"),
        sa.Column("body", JSONB, nullable=False, comment="what this version says"),
        sa.Column("state", sa.String(12), nullable=False, comment="draft to retired, see State"),
        sa.Column(
            "based_on",
            sa.BigInteger,
            sa.ForeignKey("revision.id"),
            comment="the published revision it was made from",
        ),
        sa.Column(
            "author", sa.String(80), nullable=False, comment="name of an operator, or what made it"
        ),
        sa.Column("reason", sa.Text, nullable=False, comment="why, in the author's words"),
        sa.Column("origin", sa.String(10), nullable=False, comment="pack, console, import or link"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="when begun"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), comment="when given to review"),
        sa.Column("reviewer", sa.String(80), comment="who decided"),
        sa.Column("decided_at", sa.DateTime(timezone=True), comment="when it was decided"),
        sa.Column("decision", sa.Text, comment="what the reviewer wrote"),
    )
    op.create_index("ix_revision_entry", "revision", ["part", "entry", "id"])
    op.create_index("ix_revision_state", "revision", ["state", "submitted_at"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "id",
            sa.BigInteger,
            primary_key=True,
            autoincrement=False,
            comment="1, 2, 3 … without a hole",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True, comment="when"),
        sa.Column(
            "actor",
            sa.String(80),
            nullable=False,
            index=True,
            comment="name of an operator, or what",
        ),
        sa.Column(
            "action", sa.String(40), nullable=False, comment="what was done, such as publish"
        ),
        sa.Column("part", sa.String(20), comment="see directory.parts"),
        sa.Column("entry", sa.String(160), comment="id of the entry"),
        sa.Column("before", JSONB, comment="what it said before"),
        sa.Column("after", JSONB, comment="what it says since"),
        sa.Column("before_hash", sa.LargeBinary, comment="SHA-256 of `before`"),
        sa.Column("after_hash", sa.LargeBinary, comment="SHA-256 of `after`"),
        sa.Column("reason", sa.Text, nullable=False, comment="why"),
        sa.Column("previous", sa.LargeBinary, nullable=False, comment="hash of the row before"),
        sa.Column(
            "hash",
            sa.LargeBinary,
            nullable=False,
            comment="SHA-256 over this row and `previous`",
        ),
    )
    op.create_index("ix_audit_entry", "audit", ["part", "entry", "id"])
    op.execute(_APPEND_ONLY)
    op.execute(
        "CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
    )
    op.execute(
        "CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )
