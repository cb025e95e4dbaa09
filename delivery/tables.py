"""The tables of the delivery. What a person said stands in them only sealed.

``registry.py`` says of each how long it is kept and how it is erased.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    func,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", String(32), primary_key=True),  # pseudonym
    Column("channel", String(20), nullable=False),
    Column("address", LargeBinary, nullable=False),  # sealed
    Column("language", String(35)),  # BCP 47, of the last answer
    Column("state", LargeBinary),  # sealed State
    Column("offers", LargeBinary),  # sealed Offers, with their labels
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("stopped_at", DateTime(timezone=True)),  # STOP or blocked; they may come back
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigInteger, primary_key=True),  # the turn
    Column("conversation", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("provider_key", LargeBinary, nullable=False),
    Column("said", LargeBinary, nullable=False),  # sealed; the row goes once answered
    Column("accepted_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("numbers_at", DateTime(timezone=True)),  # the watchdog spoke for this turn
    Index("ix_inbox_unanswered", "accepted_at", postgresql_where=text("numbers_at IS NULL")),
    Index(None, "conversation"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("turn", BigInteger, nullable=False),
    Column("ordinal", SmallInteger, nullable=False),  # below zero: the watchdog's numbers
    Column("conversation", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("body", LargeBinary),  # sealed Outgoing; gone once settled
    Column("status", String(10), nullable=False, server_default="waiting"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("repeated", Boolean, nullable=False, server_default=text("false")),
    Column("provider_key", LargeBinary),  # keyed hash of the provider's id
    Column("code", String(40)),  # the provider's error code
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("not_before", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("sending_at", DateTime(timezone=True)),
    Column("settled_at", DateTime(timezone=True)),
    UniqueConstraint("turn", "ordinal"),
    Index(None, "conversation", "id"),
    Index(
        "ix_outbox_open",
        "status",
        postgresql_where=text("status IN ('waiting', 'sending', 'unknown')"),
    ),
)

seen = Table(
    "seen",
    metadata,
    Column("provider_key", LargeBinary, primary_key=True),  # keyed hash of channel and id
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index(None, "at"),
)

understood = Table(
    "understood",
    metadata,
    Column("month", Date, primary_key=True),  # its first day
    Column("language", String(35), primary_key=True),
    Column("intent", String(40), primary_key=True),  # the seven dangers are one
    Column("outcome", String(20), primary_key=True),
    Column("times", BigInteger, nullable=False),
)

gaps = Table(
    "gaps",
    metadata,
    Column("day", Date, primary_key=True),
    Column("country", String(2), primary_key=True),
    Column("kind", String(40), primary_key=True),  # of service, that exists nowhere there
    Column("times", BigInteger, nullable=False),
)
