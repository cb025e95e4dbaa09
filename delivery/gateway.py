"""The parts of the delivery, put together for one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from delivery.beside import beside
from delivery.channel import Channel
from delivery.conversation import Conversations
from delivery.counts import Counts
from delivery.crew import Crew
from delivery.database import open_engine
from delivery.enclave import Decider
from delivery.forgetting import run_forgetting
from delivery.inbox import Inbox
from delivery.languages import Languages
from delivery.outbox import Outbox
from delivery.pseudonym import Pseudonyms
from delivery.queue import ANSWER, SEND, Queue
from delivery.reading import Reading
from delivery.rescue import Rescue
from delivery.seal import KeyRing
from delivery.sending import Sender
from delivery.timing import Retention, Timing
from delivery.watchdog import Watchdog
from delivery.wording import Renderer

_AT_ONCE = 16  # jobs of a kind in one process
_HEALTH_WAIT = 2.0  # seconds

log = structlog.get_logger()


@dataclass(frozen=True)
class Parts:
    """What the delivery is made from.

    Attributes:
        database_url: Address of the database.
        keys: Seals what people say.
        pseudonyms: Names conversations.
        decider: The enclave.
        renderer: Puts decisions into words.
        languages: Those that are switched on.
    """

    database_url: str = field(repr=False)
    keys: KeyRing
    pseudonyms: Pseudonyms
    decider: Decider
    renderer: Renderer
    languages: Languages
    timing: Timing = field(default_factory=Timing)
    retention: Retention = field(default_factory=Retention)


class Gateway:
    """One process's share of the delivery. Build it with :func:`open_gateway`.

    Channels are added before work starts: the web chat itself reads from the outbox.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._channels: dict[str, Channel] = {}
        self.engine = open_engine(parts.database_url)
        self.queue = Queue(parts.database_url)
        self.inbox = Inbox(self.engine, parts.keys, parts.pseudonyms, self.queue)
        self.outbox = Outbox(self.engine, parts.keys, parts.pseudonyms)
        self.reading = Reading(self.outbox, parts.database_url)
        self.pseudonyms = parts.pseudonyms
        self._counts = Counts(self.engine)
        renderer, timing = parts.renderer, parts.timing
        self._sender = Sender(
            self.outbox, parts.keys, self._channels, renderer=renderer, timing=timing
        )
        self._conversations = Conversations(
            self.engine,
            parts.keys,
            self.queue,
            self.outbox,
            self._channels,
            counts=self._counts,
            decider=parts.decider,
            renderer=renderer,
            languages=parts.languages,
            timing=timing,
        )

    def serve(self, channels: Mapping[str, Channel]) -> None:
        """Say which channels there are."""
        self._channels.update(channels)

    async def health(self) -> dict[str, bool]:
        """Return whether the database and the enclave answer."""
        return {
            "database": await self._database_answers(),
            "enclave": await self._parts.decider.is_ready(),
        }

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(_HEALTH_WAIT), self.engine.connect() as connection:
                await connection.execute(select(1))
        except (SQLAlchemyError, OSError) as error:  # a timeout is an OSError
            log.warning("unhealthy", error=type(error).__name__)
            return False
        return True

    async def answer(self, turn: int, attempts: int) -> None:
        """Do the job of answering a turn."""
        await self._conversations.answer(turn, attempts)

    async def send(self, conversation: str) -> None:
        """Do the job of sending what waits for a conversation."""
        await self._sender.send_all(conversation)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Take jobs, and rescue those of dead workers, until the block ends."""
        parts = self._parts
        crew = Crew(self.queue, self, parts.timing, {ANSWER: _AT_ONCE, SEND: _AT_ONCE})
        rescue = Rescue(self.queue, self.outbox, parts.timing)
        forgetting = run_forgetting(self.engine, parts.retention)
        async with crew.running(), beside(rescue.run(), forgetting, self._counts.run()):
            yield

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch over waiting turns, and wake reading pages, until the block ends."""
        parts = self._parts
        watchdog = Watchdog(
            self.engine,
            parts.keys,
            self.outbox,
            self._sender,
            self._channels,
            queue=self.queue,
            renderer=parts.renderer,
            languages=parts.languages,
            timing=parts.timing,
        )
        async with beside(watchdog.run(), self.reading.run()):
            yield


@asynccontextmanager
async def open_gateway(parts: Parts) -> AsyncIterator[Gateway]:
    """Give a gateway whose connections are open, and close them at the end."""
    gateway = Gateway(parts)
    try:
        async with gateway.queue.app.open_async():
            yield gateway
    finally:
        await gateway.engine.dispose()
