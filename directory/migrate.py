"""Brings a database to the directory's tables of this version. Repeatable.

The directory has a version table of its own: a restored backup brings back its tables and
never those of conversations, so the two must be able to stand at different versions.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, make_url, text

VERSION_TABLE = "alembic_version_directory"
_LOCK = 0x66616374  # one migration at a time


def upgrade(database_url: str) -> None:
    """Create or change the directory's tables.

    Raises:
        sqlalchemy.exc.OperationalError: The database cannot be reached.
    """
    to_head(database_url, config, lock=_LOCK)


def config(connection: Connection) -> Config:
    """Return Alembic's configuration on an open connection, so that no address is an option."""
    return configured(connection, Path(__file__).with_name("migrations"))


def to_head(database_url: str, config_on: Callable[[Connection], Config], *, lock: int) -> None:
    """Run all migrations of one folder in one transaction; others with this lock wait.

    Raises:
        sqlalchemy.exc.OperationalError: The database cannot be reached.
    """
    url = make_url(database_url).set(drivername="postgresql+psycopg")
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
            command.upgrade(config_on(connection), "head")
    finally:
        engine.dispose()


def configured(connection: Connection, folder: Path) -> Config:
    """Return Alembic's configuration of a folder of migrations, on an open connection."""
    made = Config()
    made.set_main_option("script_location", str(folder).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made
