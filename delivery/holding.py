"""Keeps a conversation from being erased while somebody writes to it, and the other way round.

Whoever seals for a conversation after a while, or destroys its key, holds it first. Else a
message could be sealed with a key that is just being destroyed, and nobody would answer it.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

_LOCK = 0x686F6C64  # beside the locks of others


async def hold(connection: AsyncConnection, name: str) -> None:
    """Wait until nobody else holds the conversation; hold it until the transaction ends."""
    await connection.execute(select(func.pg_advisory_xact_lock(_key(name))))


async def try_to_hold(connection: AsyncConnection, name: str) -> bool:
    """Hold the conversation until the transaction ends; return False when somebody else does."""
    held = await connection.execute(select(func.pg_try_advisory_xact_lock(_key(name))))
    return bool(held.scalar_one())


def _key(name: str) -> object:
    return func.hashtextextended(name, _LOCK)
