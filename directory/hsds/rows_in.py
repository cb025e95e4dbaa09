"""Rows into the tables of HSDS: many new ones by COPY, others over what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from psycopg import AsyncConnection
from psycopg.sql import SQL, Composable, Identifier
from sqlalchemy.ext.asyncio import AsyncSession

from directory.hsds.base import SCHEMA
from directory.hsds.records import Row

type Driver = AsyncConnection[tuple[object, ...]]


async def driver_of(session: AsyncSession) -> Driver:
    """Return the driver's connection of a session, within its transaction."""
    await session.flush()
    connection = await session.connection()
    raw = await connection.get_raw_connection()
    driver: Driver | None = raw.driver_connection
    if driver is None:
        raise RuntimeError("the session has no connection")
    return driver


def table_name(table: str) -> Composable:
    """Return a table's name for a statement."""
    return Identifier(SCHEMA, table)


async def copy_rows(driver: Driver, table: str, rows: Iterable[Row]) -> None:
    """Add rows that are not there yet."""
    for columns, alike in _alike(rows).items():
        names = SQL(", ").join(map(Identifier, columns))
        statement = SQL("COPY {} ({}) FROM STDIN").format(table_name(table), names)
        async with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in alike:
                await copy.write_row([row[column] for column in columns])


async def put_rows(driver: Driver, table: str, rows: Iterable[Row], *, over: bool = True) -> None:
    """Add rows; of those that are there change the columns that a row has, or nothing.

    Args:
        driver: The driver's connection.
        table: Name of the table.
        rows: The rows.
        over: Whether to change those that are there.
    """
    for columns, alike in _alike(rows).items():
        changed = [Identifier(column) for column in columns if column != "id"]
        sets = SQL(", ").join(SQL("{0} = excluded.{0}").format(name) for name in changed)
        update = SQL("UPDATE SET {}").format(sets) if over and changed else SQL("NOTHING")
        statement = SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT (id) DO {}").format(
            table_name(table),
            SQL(", ").join(map(Identifier, columns)),
            SQL(", ").join(SQL("%s") for _ in columns),
            update,
        )
        async with driver.cursor() as cursor:
            # Always in the same order, so that two writers never wait for each other.
            alike.sort(key=lambda row: str(row["id"]))
            await cursor.executemany(statement, [[row[name] for name in columns] for row in alike])


async def there(driver: Driver, table: str, ids: Sequence[str]) -> set[str]:
    """Return which of some ids a table has."""
    statement = SQL("SELECT id FROM {} WHERE id = ANY(%s)").format(table_name(table))
    cursor = await driver.execute(statement, [list(ids)])
    return {str(row[0]) for row in await cursor.fetchall()}


def _alike(rows: Iterable[Row]) -> dict[tuple[str, ...], list[Row]]:
    """Return rows by the columns they have."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row)].append(row)
    return found
