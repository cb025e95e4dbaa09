"""What outlives a conversation: that somebody wants to hear nothing first, or has left.

Under a keyed hash, so that the flag names nobody, and works again only for who wrote before.
"""

from __future__ import annotations

from enum import Enum

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.pseudonym import Pseudonyms
from delivery.tables import flag


class Flag(Enum):
    """Kinds of flags; the values stand in the table."""

    STOP = "stop"  # until they ask for messages again
    EXIT = "exit"  # until they write again


class Flags:
    """The flags of conversations, by their names."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms

    async def put(self, connection: AsyncConnection, name: str, kind: Flag) -> None:
        """Set a flag; does nothing when it is set."""
        row = upsert(flag).values(key=self._pseudonyms.flag(name), kind=kind.value)
        await connection.execute(row.on_conflict_do_nothing())

    async def clear(self, connection: AsyncConnection, name: str, kind: Flag) -> None:
        """Take a flag away; does nothing when there is none."""
        key = self._pseudonyms.flag(name)
        gone = delete(flag).where(flag.c.key == key, flag.c.kind == kind.value)
        await connection.execute(gone)

    async def any(self, connection: AsyncConnection, name: str) -> bool:
        """Return whether there is a flag of any kind."""
        query = select(exists().where(flag.c.key == self._pseudonyms.flag(name)))
        return bool((await connection.execute(query)).scalar_one())
