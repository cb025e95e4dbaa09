"""What a page reads of its conversation: replies in order, each until it was seen."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import anyio
import psycopg
import structlog
from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.database import conninfo
from delivery.envelope import Outgoing
from delivery.outbox import READ_SIGNAL, Outbox
from delivery.seal import SealError
from delivery.tables import outbox

LEFT_SIGNAL = "faro_left"  # NOTIFY channel that makes pages leave
LEFT_FOR = 900.0  # seconds for which a page that still shows a conversation is told
_MOST_LEFT = 10_000  # names in memory
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
        self._left: dict[str, float] = {}  # oldest first

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
        unread = [await self._opened(row) for row in rows]
        return [reply for reply in unread if reply is not None]

    async def next_unread(self, conversation: str, seconds: float) -> list[Unread]:
        """Return what is unread as soon as there is something, else nothing.

        Nothing comes after ``seconds``, or once the conversation was left.
        """
        replies: list[Unread] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self.signal(conversation) as new:
                while not (replies or self.was_left(conversation)):
                    new.clear()  # before looking: what comes meanwhile sets it again
                    if not (replies := await self.unread(conversation)):
                        await new.wait()
        return replies

    async def _opened(self, row: Row[tuple[object, ...]]) -> Unread | None:
        try:
            return Unread(row.id, await self._outbox.opened(row))
        except SealError:
            return None  # its key was destroyed; the row runs out

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

    def was_left(self, conversation: str) -> bool:
        """Return whether the conversation was left a short while ago, in whatever process."""
        left = self._left.get(conversation)
        return left is not None and time.monotonic() - left < LEFT_FOR

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
            for signal in (READ_SIGNAL, LEFT_SIGNAL):
                await listening.execute(f"LISTEN {signal}".encode())
            self._wake_all()  # what came before we listened
            async for notice in listening.notifies():
                if notice.channel == LEFT_SIGNAL:
                    self._leave(notice.payload)
                for event in self._waiting.get(notice.payload, ()):
                    event.set()

    def _leave(self, conversation: str) -> None:
        self._left.pop(conversation, None)
        self._left[conversation] = time.monotonic()
        if len(self._left) > _MOST_LEFT:
            del self._left[next(iter(self._left))]

    def _wake_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()


async def tell_left(connection: AsyncConnection, conversation: str) -> None:
    """Make every page that shows a conversation leave, once the transaction is committed."""
    await connection.execute(select(func.pg_notify(LEFT_SIGNAL, conversation)))
