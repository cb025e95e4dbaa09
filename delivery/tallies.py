"""Adds numbers to a table of counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection


async def add_up(
    connection: AsyncConnection, table: Table, counted: Mapping[tuple[Any, ...], int]
) -> None:
    """Add counts to their rows, in order so that two writers never wait for each other.

    Args:
        connection: In a transaction.
        table: Its primary key comes first; ``times`` is added to.
        counted: Values of the primary key, in the order of its columns, to a number.

    Raises SQLAlchemyError.
    """
    names = [column.name for column in table.primary_key]
    for key, times in sorted(counted.items()):
        row = insert(table).values(**dict(zip(names, key, strict=True)), times=times)
        await connection.execute(
            row.on_conflict_do_update(
                index_elements=list(table.primary_key),
                set_={"times": table.c.times + row.excluded.times},
            )
        )
