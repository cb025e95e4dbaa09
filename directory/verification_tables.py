"""Tables of asking those who run a place, and of checks that nobody has to be asked for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Index, LargeBinary, SmallInteger, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from directory.models import Base


class RequestRow(Base):
    """One question to those who run a place: is what we say of it still true?"""

    __tablename__ = "verification_request"
    __table_args__ = (Index("ix_verification_request_entry", "part", "entry", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, comment="number of the request")
    part: Mapped[str] = mapped_column(String(20), comment="services or helplines")
    entry: Mapped[str] = mapped_column(String(160), comment="id of the entry within its part")
    organisation: Mapped[str | None] = mapped_column(
        String(64), comment="id of the organisation that is asked"
    )
    way: Mapped[str] = mapped_column(
        String(10), comment="email, sms, or copy: an operator passes it on"
    )
    hashes: Mapped[list[bytes]] = mapped_column(
        ARRAY(LargeBinary), comment="SHA-256 of the random part of each link that was sent"
    )
    asked_by: Mapped[str] = mapped_column(String(80), comment="name of an operator, or what asked")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="when made")
    expires_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="until when the links work"
    )
    sent_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when it was last given to be sent"
    )
    problem: Mapped[str | None] = mapped_column(
        String(40), comment="code of why it could not be sent"
    )
    reminders: Mapped[int] = mapped_column(
        SmallInteger, server_default="0", comment="how many reminders were sent"
    )
    reminded_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when the last reminder was sent"
    )
    answered_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when somebody last answered"
    )
    answer: Mapped[str | None] = mapped_column(
        String(10), comment="confirm, change, pause, resume or not_us"
    )
    changed_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when a change was proposed by it, which is done once"
    )
    revoked_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when its links were taken back"
    )
    settled_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when an operator dealt with the answer not_us"
    )


class WishRow(Base):
    """An organisation that agreed to be asked without an operator pressing a button."""

    __tablename__ = "verification_wish"

    organisation: Mapped[str] = mapped_column(
        String(64), primary_key=True, comment="id of the organisation"
    )
    automatic: Mapped[bool] = mapped_column(Boolean, comment="whether it is asked by itself")
    since: Mapped[date] = mapped_column(Date, comment="the day on which it said so")
    set_by: Mapped[str] = mapped_column(String(80), comment="name of the operator who noted it")


class CheckRow(Base):
    """What a check found in one field of an entry; told to operators, never said in chat."""

    __tablename__ = "check_result"
    __table_args__ = (Index("ix_check_result_checked_at", "checked_at"),)

    part: Mapped[str] = mapped_column(String(20), primary_key=True, comment="see directory.parts")
    entry: Mapped[str] = mapped_column(String(160), primary_key=True, comment="id of the entry")
    field: Mapped[str] = mapped_column(
        String(40), primary_key=True, comment="path of the field, such as phones.0.number"
    )
    problem: Mapped[str | None] = mapped_column(
        String(40), comment="code of what is wrong; none: it was right"
    )
    times: Mapped[int] = mapped_column(
        SmallInteger, server_default="0", comment="how often in a row it was found wrong"
    )
    since: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="when it was first found wrong"
    )
    checked_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="when it was last looked at"
    )
