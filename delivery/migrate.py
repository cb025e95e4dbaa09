"""Brings a database to the tables of this version. Repeatable."""

from __future__ import annotations

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from procrastinate.schema import SchemaManager

from delivery.database import conninfo, database_url

VERSION_TABLE = "alembic_version_delivery"
_LOCK = 0x6D696772  # one migration at a time


def upgrade(url: str) -> None:
    """Create or change the delivery's tables and Procrastinate's.

    Raises:
        OperationalError: The database cannot be reached.
    """
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        command.upgrade(_config(url), "head")
        found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
        if found is None or found[0] is None:
            with connection.transaction():
                connection.execute(SchemaManager.get_schema())


def _config(url: str) -> Config:
    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    # Not as an option: alembic prints options, and the address holds a password.
    config.attributes["url"] = database_url(url)
    return config
