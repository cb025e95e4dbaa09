"""Reads one accepted turn back from the inbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.conversation_keys import ConversationKeys
from delivery.inbox import said_row
from delivery.seal import KeyRing
from delivery.tables import inbox


@dataclass(frozen=True)
class Said:
    """What a person said in one turn, opened.

    Attributes:
        turn: Id of the row.
        conversation: Pseudonym.
        accepted_at: When it was stored (UTC).
        numbers_at: When the watchdog spoke for it, or None.
        text: What they wrote, or None.
        choice: Token of the button, or None.
        opened: They opened the conversation without writing.
        language: The channel's hint, or None.
        country: The number's country, or None.
    """

    turn: int
    conversation: str
    accepted_at: datetime
    numbers_at: datetime | None
    text: str | None = field(repr=False)
    choice: str | None = field(repr=False)
    opened: bool
    language: str | None
    country: str | None = field(repr=False)


async def read_turn(connection: AsyncConnection, keys: ConversationKeys, turn: int) -> Said | None:
    """Return a turn, or None when it was answered already. Raises SealError."""
    row = (await connection.execute(select(inbox).where(inbox.c.id == turn))).one_or_none()
    return None if row is None else opened(row, await keys.ring(row.conversation))


def opened(row: Row[tuple[object, ...]], ring: KeyRing) -> Said:
    """Return the turn in a row of the inbox. Raises SealError."""
    said = ring.open_json(row.said, row=said_row(row.conversation, row.provider_key))
    if not isinstance(said, dict):
        raise TypeError("a turn is not an object")
    return Said(
        turn=row.id,
        conversation=row.conversation,
        accepted_at=row.accepted_at,
        numbers_at=row.numbers_at,
        text=said.get("text"),
        choice=said.get("choice"),
        opened=bool(said.get("opened")),
        language=said.get("language"),
        country=said.get("country"),
    )


async def finish(connection: AsyncConnection, turn: int) -> bool:
    """Delete a turn and return True; False when somebody else finished it first."""
    gone = await connection.execute(delete(inbox).where(inbox.c.id == turn))
    return gone.rowcount == 1
