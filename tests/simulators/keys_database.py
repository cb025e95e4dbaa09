"""The second database of a test: beside its first one, on the same server."""

from __future__ import annotations

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from delivery.database import conninfo
from delivery.keys_table import upgrade_keys


def keys_database_of(database_url: str) -> str:
    """Return the address that belongs to the address of a first database."""
    url = make_url(database_url)
    return url.set(database=f"{url.database}_keys").render_as_string(hide_password=False)


def made_keys_database(database_url: str) -> str:
    """Return the same address, with the database and its table made where missing."""
    url = keys_database_of(database_url)
    name = make_url(url).database or ""
    with psycopg.connect(conninfo(database_url), autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [name]).fetchone() is None:
            making = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            connection.execute(making)
    upgrade_keys(url)
    return url
