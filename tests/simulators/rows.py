"""What stands in the two databases, as whoever seizes them reads it."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
from psycopg import sql
from simulators.keys_database import keys_database_of

from delivery.database import conninfo


def ask(database_url: str, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with psycopg.connect(conninfo(database_url), autocommit=True) as connection:
        return connection.execute(query.encode(), values).fetchall()


async def change(database_url: str, statement: str, *values: object) -> None:
    """Do something that nothing does yet.

    Beside the event loop: what runs in it may hold the row, and must be able to let it go.
    """
    await asyncio.to_thread(_change, database_url, statement, *values)


def _change(database_url: str, statement: str, *values: object) -> None:
    with psycopg.connect(conninfo(database_url), autocommit=True) as connection:
        connection.execute(statement.encode(), values)


def counted(database_url: str, table: str) -> int:
    """Return how many rows a table has."""
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    with psycopg.connect(conninfo(database_url), autocommit=True) as connection:
        found = connection.execute(query).fetchone()
    assert found is not None
    return int(found[0])


def everything(database_url: str) -> dict[str, list[str]]:
    """Return every row of every table of both databases, each as one line of text."""
    found: dict[str, list[str]] = {}
    for url in (database_url, keys_database_of(database_url)):
        with psycopg.connect(conninfo(url), autocommit=True) as connection:
            tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            for (table,) in connection.execute(tables).fetchall():
                query = sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(table))
                found[table] = [line for (line,) in connection.execute(query).fetchall()]
    return found
