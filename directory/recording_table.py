"""Recordings of key messages that operators uploaded; every machine plays them from here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models import Base


class RecordingRow(Base):
    """One recording of a message in a language. It is played while the text stays as it was read.

    A withdrawn one keeps who uploaded it and when, and loses its sound.
    """

    __tablename__ = "recording"
    __table_args__ = (
        Index(
            "ix_recording_played",
            "language",
            "message",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the upload")
    language: Mapped[str] = mapped_column(String(35), comment="BCP 47 tag")
    message: Mapped[str] = mapped_column(String(120), comment="id of the message")
    wording: Mapped[str] = mapped_column(String(12), comment="fingerprint of the text read aloud")
    file: Mapped[str] = mapped_column(String(80), index=True, comment="name that it is fetched by")
    sound: Mapped[bytes | None] = mapped_column(
        LargeBinary, deferred=True, comment="the file; none once withdrawn"
    )
    voice: Mapped[str] = mapped_column(String(80), comment="whose voice, as they want to be named")
    uploaded_by: Mapped[str] = mapped_column(String(80), comment="name of an operator")
    uploaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="when")
    withdrawn_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="since when it is not played any more"
    )
