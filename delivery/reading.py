"""What a page reads of its conversation: replies in order, each until it was seen."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio
import psycopg
import structlog
from sqlalchemy import select, update

from delivery.database import conninfo
from delivery.envelope import Outgoing
from delivery.outbox import READ_SIGNAL, Outbox
from delivery.tables import outbox

_RECONNECT = 1.0  # seconds

log = structlog.get_logger()


@dataclass(frozen=True)
class Unread:
    """A reply that waits for its page. ``id`` grows within a conversation."""

    id: int
    message: Outgoing


class Reading:
    """Unread replies, and a signal when there are new ones."""

    def __init__(self, rows: Outbox, database_url: str) -> None:
        self._outbox = rows
        self._conninfo = conninfo(database_url)
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    async def unread(self, conversation: str) -> list[Unread]:
        """Return the replies that no page has confirmed yet, oldest first."""
        query = (
            select(outbox)
            .where(
                outbox.c.conversation == conversation,
                outbox.c.status == "sent",
                outbox.c.body.is_not(None),
            )
            .order_by(outbox.c.settled_at, outbox.c.id)
        )
        async with self._outbox.engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [Unread(row.id, self._outbox.opened(row)) for row in rows]

    async def saw(self, conversation: str, replies: Collection[int]) -> None:
        """Delete the bodies of replies that a page has shown."""
        async with self._outbox.engine.begin() as connection:
            await connection.execute(
                update(outbox)
                .where(
                    outbox.c.conversation == conversation,
                    outbox.c.status == "sent",
                    outbox.c.id.in_(replies),
                )
                .values(body=None)
            )

    @asynccontextmanager
    async def signal(self, conversation: str) -> AsyncIterator[asyncio.Event]:
        """Give an event that is set whenever a reply for the conversation may have come."""
        event = asyncio.Event()
        self._waiting[conversation].add(event)
        try:
            yield event
        finally:
            self._waiting[conversation].discard(event)
            if not self._waiting[conversation]:
                del self._waiting[conversation]

    async def run(self) -> None:
        """Listen to the database until cancelled."""
        while True:
            try:
                await self._listen()
            except psycopg.Error as error:
                log.warning("listening failed", error=type(error).__name__)
            self._wake_all()
            await anyio.sleep(_RECONNECT)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(
            self._conninfo, autocommit=True
        ) as listening:
            await listening.execute(f"LISTEN {READ_SIGNAL}".encode())
            self._wake_all()  # what came before we listened
            async for notice in listening.notifies():
                for event in self._waiting.get(notice.payload, ()):
                    event.set()

    def _wake_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()
