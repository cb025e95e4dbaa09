"""Brings a database to the console's tables of this version. Repeatable."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection

from directory.migrate import configured, to_head

VERSION_TABLE = "alembic_version_console"
_LOCK = 0x636F6E73  # one migration at a time


def upgrade(database_url: str) -> None:
    """Create or change the console's tables.

    Raises:
        sqlalchemy.exc.OperationalError: The database cannot be reached.
    """
    to_head(database_url, config, lock=_LOCK)


def config(connection: Connection) -> Config:
    """Return Alembic's configuration on an open connection, so that no address is an option."""
    return configured(connection, Path(__file__).with_name("migrations"))
