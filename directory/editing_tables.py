"""Tables of how entries come to be published: versions, who cares for them, and what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from directory.models import Base


class RevisionRow(Base):
    """One version of an entry, from draft to published and after."""

    __tablename__ = "revision"
    __table_args__ = (
        Index("ix_revision_entry", "part", "entry", "id"),
        Index("ix_revision_state", "state", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, comment="number of the version")
    part: Mapped[str] = mapped_column(String(20), comment="see directory.parts")
    entry: Mapped[str] = mapped_column(String(160), comment="id of the entry within its part")
    country: Mapped[str | None] = mapped_column(String(2), comment="ISO 3166-1 alpha-2, if of one")
    body: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="what this version says")
    state: Mapped[str] = mapped_column(String(12), comment="draft to retired, see State")
    based_on: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("revision.id"), comment="the published revision it was made from"
    )
    author: Mapped[str] = mapped_column(String(80), comment="name of an operator, or what made it")
    reason: Mapped[str] = mapped_column(Text, comment="why, in the author's words")
    origin: Mapped[str] = mapped_column(String(10), comment="pack, console, import or link")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="when begun")
    submitted_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when given to review"
    )
    reviewer: Mapped[str | None] = mapped_column(String(80), comment="who decided")
    decided_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when it was decided"
    )
    decision: Mapped[str | None] = mapped_column(Text, comment="what the reviewer wrote")


class AuditRow(Base):
    """One thing that was done. Rows are only added; a trigger refuses everything else."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_entry", "part", "entry", "id"),)

    id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="1, 2, 3 … without a hole"
    )
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True, comment="when")
    actor: Mapped[str] = mapped_column(
        String(80), index=True, comment="name of an operator, or what"
    )
    action: Mapped[str] = mapped_column(String(40), comment="what was done, such as publish")
    part: Mapped[str | None] = mapped_column(String(20), comment="see directory.parts")
    entry: Mapped[str | None] = mapped_column(String(160), comment="id of the entry")
    before: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="what it said before"
    )
    after: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="what it says since"
    )
    before_hash: Mapped[bytes | None] = mapped_column(LargeBinary, comment="SHA-256 of `before`")
    after_hash: Mapped[bytes | None] = mapped_column(LargeBinary, comment="SHA-256 of `after`")
    reason: Mapped[str] = mapped_column(Text, comment="why")
    reason_hash: Mapped[bytes | None] = mapped_column(LargeBinary, comment="SHA-256 of `reason`")
    previous: Mapped[bytes] = mapped_column(LargeBinary, comment="hash of the row before")
    hash: Mapped[bytes] = mapped_column(LargeBinary, comment="SHA-256 over this row and `previous`")


class AuditEndRow(Base):
    """Where the audit ends: whoever cuts rows off there would leave a chain that holds."""

    __tablename__ = "audit_end"

    one: Mapped[bool] = mapped_column(
        Boolean, primary_key=True, default=True, comment="true: there is one row"
    )
    length: Mapped[int] = mapped_column(BigInteger, comment="number of the last row")
    hash: Mapped[bytes] = mapped_column(LargeBinary, comment="its hash")


class StewardshipRow(Base):
    """Who cares for entries: one, a country's, a language's, or all that nobody else does."""

    __tablename__ = "stewardship"

    part: Mapped[str] = mapped_column(
        String(20), primary_key=True, comment="see directory.parts; * for every part"
    )
    scope: Mapped[str] = mapped_column(
        String(160), primary_key=True, comment="id of an entry, country, language tag, or *"
    )
    organisation: Mapped[str] = mapped_column(String(64), comment="id of the owner organisation")
    steward: Mapped[str] = mapped_column(String(80), comment="name of the person who cares for it")
