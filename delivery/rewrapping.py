"""Wraps anew what the key ring itself sealed, when the ring has a new first key.

That is little: the keys of conversations, and the providers' ids of copies that have to go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Column, Row, Table, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.copies import copy_row
from delivery.keys_table import conversation_key, key_row
from delivery.seal import KeyRing, SealError, sealed_with
from delivery.tables import provider_copy

_AT_ONCE = 500  # rows a transaction


@dataclass(frozen=True)
class Wrapped:
    """A column that the key ring seals.

    Attributes:
        table: Where it stands.
        id: The primary key, in whose order the rows are taken.
        sealed: The column.
        place: Returns the associated data of a row.
    """

    table: Table
    id: Column[str] | Column[int]
    sealed: Column[bytes]
    place: Callable[[Row[tuple[object, ...]]], tuple[str, ...]]


KEYS = Wrapped(
    conversation_key,
    conversation_key.c.conversation,
    conversation_key.c.key,
    lambda row: key_row(row.conversation),
)
COPIES = Wrapped(
    provider_copy,
    provider_copy.c.id,
    provider_copy.c.reference,
    lambda row: copy_row(row.key),
)


async def wrap_anew(engine: AsyncEngine, ring: KeyRing, wrapped: Wrapped = KEYS) -> int:
    """Seal a column with the first key of the ring; return how many rows were changed.

    What does not open stays as it is.
    """
    last, changed = None, 0
    while True:
        async with engine.begin() as connection:
            query = select(wrapped.table).order_by(wrapped.id).limit(_AT_ONCE).with_for_update()
            if last is not None:
                query = query.where(wrapped.id > last)
            rows = (await connection.execute(query)).all()
            for row in rows:
                changed += await _wrap(connection, ring, wrapped, row)
        if not rows:
            return changed
        last = rows[-1]._mapping[wrapped.id]


async def hold_still(connection: AsyncConnection, wrapped: Wrapped) -> set[str]:
    """Let nobody add to a column until the transaction ends; return the ids of its keys."""
    table = wrapped.table.name
    await connection.execute(text(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE'))
    return {
        sealed_with(value)
        async for value in await connection.stream_scalars(select(wrapped.sealed))
    }


async def _wrap(
    connection: AsyncConnection, ring: KeyRing, wrapped: Wrapped, row: Row[tuple[object, ...]]
) -> bool:
    sealed, place = row._mapping[wrapped.sealed], wrapped.place(row)
    if sealed_with(sealed) == ring.current:
        return False
    try:
        fresh = ring.seal(ring.open(sealed, row=place), row=place)
    except SealError:
        return False
    same = wrapped.id == row._mapping[wrapped.id]
    await connection.execute(update(wrapped.table).where(same).values({wrapped.sealed.name: fresh}))
    return True
