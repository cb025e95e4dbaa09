"""The parts of the delivery, put together for one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from delivery.acting import Acting
from delivery.beside import beside
from delivery.channel import Channel
from delivery.conversation import Conversations
from delivery.conversation_keys import ConversationKeys
from delivery.copies import ProviderCopies
from delivery.counts import Counts
from delivery.crew import Crew
from delivery.database import open_engine
from delivery.enclave import Decider
from delivery.erasing import Erasing
from delivery.flags import Flags
from delivery.forgetting import run_forgetting
from delivery.inbox import Inbox
from delivery.languages import Languages
from delivery.leaving import Leaving
from delivery.memory import Memory
from delivery.notices import Notices
from delivery.outbox import Outbox
from delivery.pseudonym import Pseudonyms
from delivery.queue import ANSWER, ERASE, SEND, Queue
from delivery.reading import Reading
from delivery.rescue import Rescue
from delivery.resuming import ResumeCodes
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
        keys_database_url: Address of the database with the conversations' keys.
        keys: Wraps those keys.
        pseudonyms: Names conversations.
        decider: The enclave.
        renderer: Puts decisions into words.
        languages: Those that are switched on.
        exit_words: Whole messages, normalised, that mean the quick exit.
    """

    database_url: str = field(repr=False)
    keys_database_url: str = field(repr=False)
    keys: KeyRing
    pseudonyms: Pseudonyms
    decider: Decider
    renderer: Renderer
    languages: Languages
    exit_words: frozenset[str] = frozenset()
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
        self.keys = ConversationKeys(open_engine(parts.keys_database_url), parts.keys)
        self.queue = Queue(parts.database_url)
        renderer, timing = parts.renderer, parts.timing
        self.copies = ProviderCopies(
            self.engine, parts.keys, parts.pseudonyms, self._channels, timing
        )
        self.outbox = Outbox(self.engine, self.keys, parts.pseudonyms, self.copies)
        self._notices = Notices(self.engine, self._channels, self.copies)
        flags = Flags(parts.pseudonyms)
        self._leaving = Leaving(
            self.engine,
            self.keys,
            self.outbox,
            self._channels,
            queue=self.queue,
            copies=self.copies,
            flags=flags,
            renderer=renderer,
        )
        self._erasing = Erasing(
            self.engine,
            self.keys,
            self.queue,
            self.copies,
            kinds=lambda: {name: one.copies for name, one in self._channels.items()},
            timing=timing,
        )
        self.inbox = Inbox(
            self.engine,
            self.keys,
            parts.pseudonyms,
            self.queue,
            copies=self.copies,
            flags=flags,
            leaving=self._leaving,
            languages=parts.languages,
            exit_words=parts.exit_words,
        )
        self.reading = Reading(self.outbox, parts.database_url)
        self.pseudonyms = parts.pseudonyms
        self._counts = Counts(self.engine)
        codes = ResumeCodes(parts.pseudonyms, parts.retention)
        self._sender = Sender(
            self.outbox, self.keys, self._channels, renderer=renderer, timing=timing
        )
        self._conversations = Conversations(
            self.engine,
            self.keys,
            self.queue,
            self.outbox,
            self._channels,
            acting=Acting(Memory(self.keys), self._leaving, self._erasing, flags, codes),
            codes=codes,
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
        """Return whether both databases and the enclave answer."""
        return {
            "database": await self._database_answers(),
            "enclave": await self._parts.decider.is_ready(),
        }

    async def _database_answers(self) -> bool:
        try:
            for engine in (self.engine, self.keys.engine):
                async with asyncio.timeout(_HEALTH_WAIT), engine.connect() as connection:
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

    async def erase(self, conversation: str) -> None:
        """Do the job of erasing a conversation."""
        await self._erasing.erase(conversation)

    async def leave(self, name: str) -> None:
        """Let a person out: nothing of this conversation waits, runs or resumes any more.

        A conversation of the web chat is forgotten whole. Does nothing for an unknown name.
        """
        await self._leaving.leave(name)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Take jobs, and rescue those of dead workers, until the block ends."""
        parts = self._parts
        crew = Crew(self.queue, self, parts.timing, dict.fromkeys((ANSWER, SEND, ERASE), _AT_ONCE))
        rescue = Rescue(self.queue, self.outbox, parts.timing)
        forgetting = run_forgetting(self.engine, self.keys, parts.retention)
        loops = rescue.run(), forgetting, self._counts.run(), self.copies.run(), self._notices.run()
        async with crew.running(), beside(*loops):
            yield

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch over waiting turns, and wake reading pages, until the block ends."""
        parts = self._parts
        watchdog = Watchdog(
            self.engine,
            self.keys,
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
        await gateway.keys.engine.dispose()
