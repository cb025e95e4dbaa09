"""The one table of the second database: the key of each conversation, wrapped.

It stands apart because nothing may ever copy it: where a key is gone from here, every copy of
what it sealed (in a backup, in an archived log) is noise.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    DateTime,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    func,
    select,
    text,
)

from delivery.database import database_url

_LOCK = 0x6B657973  # one creation at a time
_NO_STATISTICS = "ALTER TABLE conversation_key ALTER COLUMN key SET STATISTICS 0"

keys_metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})

conversation_key = Table(
    "conversation_key",
    keys_metadata,
    Column("conversation", String(32), primary_key=True, comment="pseudonym of the conversation"),
    Column(
        "key",
        LargeBinary,
        nullable=False,
        comment="sealed with the key ring: the key of the conversation",
    ),
    Column(
        "made_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it was made",
    ),
)


def upgrade_keys(url: str) -> None:
    """Create the table where it is missing.

    Raises:
        OperationalError: The database cannot be reached.
    """
    engine = create_engine(database_url(url), hide_parameters=True)
    try:
        with engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            keys_metadata.create_all(connection)
            # An ANALYZE would keep copies of keys that were destroyed.
            connection.execute(text(_NO_STATISTICS))
    finally:
        engine.dispose()


def key_row(name: str) -> tuple[str, ...]:
    """Return the place for which a conversation's key is wrapped."""
    return ("conversation_key", "key", name)
