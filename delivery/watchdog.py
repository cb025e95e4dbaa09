"""Sends the numbers for danger when no decision comes in time.

Runs outside the queue and asks for no conversation's lock: whatever holds up the answer
does not hold up the numbers. Once a turn; the answer follows when the enclave is back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import anyio
import structlog
from sqlalchemy import Row, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.reply import Reply
from delivery.channel import Channel
from delivery.clock import now
from delivery.conversation_keys import ConversationKeys
from delivery.fitting import fit
from delivery.languages import Languages
from delivery.memory import Memory, Remembered
from delivery.outbox import Outbox
from delivery.queue import Queue
from delivery.seal import SealError
from delivery.sending import Sender
from delivery.tables import inbox, outbox
from delivery.timing import Timing
from delivery.turns import Said, opened
from delivery.wording import Renderer

_AT_ONCE = 500  # turns looked at in one round
_MOST_LANGUAGES = 6  # in which the numbers are said to somebody whose language is unknown
_LOCK = 0x6E756D62  # beside the locks of others
_FIRST_ORDINAL = -1000  # the numbers stand before every answer of their turn

log = structlog.get_logger()


class Watchdog:
    """Looks for turns that wait too long."""

    def __init__(
        self,
        engine: AsyncEngine,
        keys: ConversationKeys,
        outbox: Outbox,
        sender: Sender,
        channels: Mapping[str, Channel],
        *,
        queue: Queue,
        renderer: Renderer,
        languages: Languages,
        timing: Timing,
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._outbox = outbox
        self._sender = sender
        self._channels = channels
        self._queue = queue
        self._renderer = renderer
        self._languages = languages
        self._timing = timing
        self._memory = Memory(keys)
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Look until cancelled."""
        try:
            while True:
                try:
                    while await self.look():
                        pass
                except Exception as error:  # noqa: BLE001 -- the watchdog outlives every fault
                    log.warning("watchdog failed", error=type(error).__name__)
                await anyio.sleep(self._timing.watch)
        finally:
            for task in self._sending:
                task.cancel()

    async def look(self) -> int:
        """Send the numbers for every turn past patience; return how many there were.

        The sends go on beside: a slow provider holds up nobody else's numbers.
        """
        late = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, self._timing.patience)
        query = (
            select(inbox)
            .where(inbox.c.numbers_at.is_(None), inbox.c.accepted_at <= late)
            .order_by(inbox.c.id)
            .limit(_AT_ONCE)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        spoken = await asyncio.gather(*(self._speak_for(row) for row in rows))
        return sum(spoken)

    async def _speak_for(self, row: Row[tuple[object, ...]]) -> bool:
        try:
            await self._speak(opened(row, await self._keys.ring(row.conversation)))
        except SealError:
            return False  # its key is gone; whoever answers the turn gives it up
        except Exception as error:  # noqa: BLE001 -- one turn's fault must not silence the others
            log.warning("numbers failed", error=type(error).__name__)
            return False
        return True

    async def _speak(self, said: Said) -> None:
        async with self._engine.connect() as connection:
            known = await self._memory.recall(connection, said.conversation)
            address = await self._memory.address(connection, said.conversation)
        if known is None:
            return
        rows = await self._write(said, known)
        if address is None:
            return
        if rows:
            task = asyncio.create_task(self._send(rows, known, address))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _send(self, rows: list[int], known: Remembered, address: str) -> None:
        try:
            for row in rows:
                query = select(outbox).where(outbox.c.id == row)
                async with self._engine.connect() as connection:
                    found = (await connection.execute(query)).one_or_none()
                if found is not None and found.status == "sending":  # else they have left
                    await self._sender.send_row(found, known, address)
            log.warning("numbers sent", channel=known.channel)
            async with self._engine.begin() as connection:  # what the provider did not take
                await self._queue.put_send(connection, known.name)
        except Exception as error:  # noqa: BLE001 -- the rescue takes up what is left of it
            log.warning("numbers failed", error=type(error).__name__)

    async def _told_lately(self, connection: AsyncConnection, name: str) -> bool:
        """Return whether the person has just got the numbers; others wait until we are done."""
        # No lock on a row: whoever answers takes those in another order.
        key = func.hashtextextended(name, _LOCK)
        await connection.execute(select(func.pg_advisory_xact_lock(key)))
        again = func.make_interval(0, 0, 0, 0, 0, 0, self._timing.numbers_again)
        lately = inbox.c.numbers_at > func.clock_timestamp() - again
        query = select(exists().where(inbox.c.conversation == name, lately))
        return bool((await connection.execute(query)).scalar_one())

    async def _words(self, said: Said, known: Remembered) -> Reply:
        language = (
            known.language
            or self._languages.of_script(said.text or "")
            or self._languages.hinted(said.language, said.country)
        )
        told = [language] if language else self._languages.enabled[:_MOST_LANGUAGES]
        country = known.country or said.country
        replies = [
            await self._renderer.numbers(language=one, country=country, now=now()) for one in told
        ]
        texts = [text for reply in replies for text in reply.texts]
        return Reply(replies[0].language, ("\n".join(texts),), ())

    async def _write(self, said: Said, known: Remembered) -> list[int]:
        reply = await self._words(said, known)
        capabilities = self._channels[known.channel].capabilities
        messages = fit(reply, capabilities, offered_in=known.offers.round, discreet=known.is_shared)
        claim = (
            update(inbox)
            .where(inbox.c.id == said.turn, inbox.c.numbers_at.is_(None))
            .values(numbers_at=func.clock_timestamp())
        )
        async with self._engine.begin() as connection:
            told = await self._told_lately(connection, known.name)
            if (await connection.execute(claim)).rowcount == 0 or told:
                return []  # answered, or spoken for, in the meantime
            return await self._outbox.add(
                connection, known.name, said.turn, messages, first=_FIRST_ORDINAL, status="sending"
            )
