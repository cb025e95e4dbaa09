"""Tables of the console: who signs in. No password, code, token or address stands in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Everything the console stores."""


class OperatorRow(Base):
    """Somebody who may sign in. Never deleted, since the audit names them: disabled."""

    __tablename__ = "operator"
    __table_args__ = {"comment": "who may sign in to the console"}  # noqa: RUF012 -- SQLAlchemy's own way

    id: Mapped[int] = mapped_column(Integer, Identity(), primary_key=True, comment="number")
    name: Mapped[str] = mapped_column(String(60), comment="as it stands in the audit")
    name_key: Mapped[str] = mapped_column(
        String(120), unique=True, comment="the name in one case, by which it is found"
    )
    role: Mapped[str] = mapped_column(String(30), comment="code of the role")
    organisation: Mapped[str | None] = mapped_column(
        String(80), comment="id of the organisation they work for"
    )
    countries: Mapped[list[str]] = mapped_column(
        ARRAY(String(2)), server_default="{}", comment="where they may act; none means everywhere"
    )
    languages: Mapped[list[str]] = mapped_column(
        ARRAY(String(35)), server_default="{}", comment="wordings they work on; none means all"
    )
    locale: Mapped[str | None] = mapped_column(String(35), comment="language of their pages")
    password: Mapped[str | None] = mapped_column(
        String(200), comment="Argon2id hash; none before the first sign-in"
    )
    totp: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="sealed: secret of the second factor"
    )
    totp_step: Mapped[int] = mapped_column(
        BigInteger, server_default="0", comment="time step of the last code, which counts once"
    )
    demo: Mapped[bool] = mapped_column(
        Boolean, server_default="false", comment="the try-out account"
    )
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="when they were added"
    )
    signed_in_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when they last signed in"
    )
    disabled_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="since when they may not sign in"
    )


class EnrolmentRow(Base):
    """A code for the first sign-in, made by whoever added or reset the operator."""

    __tablename__ = "operator_enrolment"
    __table_args__ = {"comment": "codes for a first sign-in; deleted once used"}  # noqa: RUF012 -- SQLAlchemy's own way

    operator: Mapped[int] = mapped_column(
        ForeignKey("operator.id", ondelete="CASCADE"), primary_key=True, comment="whose"
    )
    code: Mapped[bytes] = mapped_column(LargeBinary, unique=True, comment="keyed hash of the code")
    expires_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="when it stops to count"
    )


class RecoveryCodeRow(Base):
    """One of ten codes that stand in for the second factor, each once."""

    __tablename__ = "operator_recovery_code"
    __table_args__ = {"comment": "codes for a lost second factor; deleted once used"}  # noqa: RUF012 -- SQLAlchemy's own way

    operator: Mapped[int] = mapped_column(
        ForeignKey("operator.id", ondelete="CASCADE"), primary_key=True, comment="whose"
    )
    code: Mapped[bytes] = mapped_column(
        LargeBinary, primary_key=True, comment="keyed hash of the code"
    )


class SessionRow(Base):
    """A browser that somebody signed in with, or in which a first sign-in is under way."""

    __tablename__ = "operator_session"
    __table_args__ = {"comment": "who is signed in now"}  # noqa: RUF012 -- SQLAlchemy's own way

    id: Mapped[bytes] = mapped_column(
        LargeBinary, primary_key=True, comment="keyed hash of what the browser keeps"
    )
    operator: Mapped[int] = mapped_column(
        ForeignKey("operator.id", ondelete="CASCADE"), index=True, comment="whose"
    )
    pending_totp: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="sealed: a second factor that is not confirmed yet"
    )
    enrols: Mapped[bool] = mapped_column(
        Boolean, server_default="false", comment="only sets password and second factor"
    )
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="when it began; it ends after 12 hours"
    )
    seen_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), index=True, comment="last request, to the minute"
    )


class DeviceRow(Base):
    """A browser that somebody signed in with before: it keeps its own tries."""

    __tablename__ = "operator_device"
    __table_args__ = {"comment": "browsers that were signed in with"}  # noqa: RUF012 -- SQLAlchemy's own way

    id: Mapped[bytes] = mapped_column(
        LargeBinary, primary_key=True, comment="keyed hash of what the browser keeps"
    )
    operator: Mapped[int] = mapped_column(
        ForeignKey("operator.id", ondelete="CASCADE"), index=True, comment="whose"
    )
    expires_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="when it is a stranger again"
    )


class TriesRow(Base):
    """Wrong sign-ins of an account, an address or a device."""

    __tablename__ = "sign_in_tries"
    __table_args__ = {"comment": "wrong sign-ins lately; forgotten after a day"}  # noqa: RUF012 -- SQLAlchemy's own way

    key: Mapped[bytes] = mapped_column(
        LargeBinary, primary_key=True, comment="keyed hash of account, address or device"
    )
    failures: Mapped[int] = mapped_column(Integer, comment="how many, one after the other")
    last_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), index=True, comment="when the last one was"
    )
    until: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="when the next try counts"
    )


class CommentRow(Base):
    """What somebody says about an entry, for those who work on it."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_entry", "part", "entry", "id"),
        {"comment": "what operators say about entries"},
    )

    id: Mapped[int] = mapped_column(Integer, Identity(), primary_key=True, comment="number")
    part: Mapped[str] = mapped_column(String(20), comment="see directory.parts")
    entry: Mapped[str] = mapped_column(String(160), comment="id of the entry within its part")
    author: Mapped[str] = mapped_column(String(60), comment="name of an operator")
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="when")
    text: Mapped[str] = mapped_column(Text, comment="what they say")
