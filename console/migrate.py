"""Brings a database to the console's tables of this version. Repeatable."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, make_url, text

VERSION_TABLE = "alembic_version_console"
_LOCK = 0x636F6E73  # one migration at a time


def upgrade(database_url: str) -> None:
    """Create or change the console's tables.

    Raises:
        sqlalchemy.exc.OperationalError: The database cannot be reached.
    """
    url = make_url(database_url).set(drivername="postgresql+psycopg")
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            command.upgrade(config(connection), "head")
    finally:
        engine.dispose()


def config(connection: Connection) -> Config:
    """Return Alembic's configuration on an open connection, so that no address is an option."""
    made = Config()
    folder = Path(__file__).with_name("migrations")
    made.set_main_option("script_location", str(folder).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made
