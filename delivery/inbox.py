"""Accepts a message once, and only then lets the provider know."""

from __future__ import annotations

import time
from collections.abc import Collection

import anyio
from procrastinate.exceptions import ConnectorException
from sqlalchemy import func, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.conversation_keys import ConversationKeys
from delivery.copies import ProviderCopies
from delivery.envelope import Inbound
from delivery.exits import is_exit
from delivery.flags import Flag, Flags
from delivery.holding import hold
from delivery.languages import Languages
from delivery.leaving import Leaving
from delivery.memory import Memory, address_row
from delivery.pseudonym import Pseudonyms
from delivery.queue import Queue
from delivery.seal import KeyRing
from delivery.tables import conversation, inbox, seen

_PATIENCE, _AGAIN = 8.0, 0.25  # seconds; Twilio waits 15 and does not come again


class Inbox:
    """Where messages arrive."""

    def __init__(
        self,
        engine: AsyncEngine,
        keys: ConversationKeys,
        pseudonyms: Pseudonyms,
        queue: Queue,
        *,
        copies: ProviderCopies,
        flags: Flags,
        leaving: Leaving,
        languages: Languages,
        exit_words: Collection[str],
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._pseudonyms = pseudonyms
        self._queue = queue
        self._copies = copies
        self._flags = flags
        self._leaving = leaving
        self._languages = languages
        self._exit_words = frozenset(exit_words)
        self._memory = Memory(keys)

    async def accept(self, inbound: Inbound) -> bool:
        """Store a message and queue its answer in one transaction.

        Who wants out is out at the end of that transaction: nothing of the message is kept.
        A database that starts again is waited for: not every provider comes twice.

        Returns:
            False for a repeat, of which nothing is stored.

        Raises:
            OperationalError: The database does not answer, or InterfaceError.
        """
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return await self._accept(inbound)
            except (OperationalError, InterfaceError, ConnectorException):
                if time.monotonic() > until:
                    raise
            await anyio.sleep(_AGAIN)

    async def _accept(self, inbound: Inbound) -> bool:
        key = self._pseudonyms.provider_id(inbound.channel, inbound.provider_id)
        name = self._pseudonyms.conversation(inbound.channel, inbound.address)
        async with self._engine.begin() as connection:
            first = upsert(seen).values(provider_key=key, conversation=name)
            first = first.on_conflict_do_nothing()
            # The row itself tells; a count of rows is not given for this kind of statement.
            if (await connection.execute(first.returning(seen.c.provider_key))).first() is None:
                return False
            await hold(connection, name)
            if inbound.opted is not None:
                await self._opt(connection, name, inbound)
            if inbound.opted is False:
                await self._note_copy(connection, name, inbound)
                return True
            ring = await self._keys.made(name)
            known = await self._memory.recall(connection, name, ring)
            await _meet(connection, ring, name, inbound)
            await self._note_copy(connection, name, inbound)
            if is_exit(inbound, known, self._exit_words):
                hint = self._languages.hinted(inbound.language, inbound.country)
                await self._leaving.leave_within(connection, name, hint=hint)
                return True
            await self._flags.clear(connection, name, Flag.EXIT)
            said = ring.seal_json(said_as_json(inbound), row=said_row(name, key))
            row = insert(inbox).values(conversation=name, provider_key=key, said=said)
            turn = (await connection.execute(row.returning(inbox.c.id))).scalar_one()
            await self._queue.put_answer(connection, name, turn)
        return True

    async def _opt(self, connection: AsyncConnection, name: str, inbound: Inbound) -> None:
        """Remember what the person told the provider: to refuse what we send, or to take it."""
        if inbound.opted:
            await self._flags.clear(connection, name, Flag.STOP)
            return
        await self._flags.put(connection, name, Flag.STOP)
        await connection.execute(
            update(conversation)
            .where(conversation.c.id == name)
            .values(stopped_at=func.clock_timestamp())
        )

    async def _note_copy(self, connection: AsyncConnection, name: str, inbound: Inbound) -> None:
        """Remember the provider's copy of a message, which may go as soon as we have ours."""
        await self._copies.note(connection, inbound.channel, inbound.copy or "", name=name)


async def _meet(connection: AsyncConnection, ring: KeyRing, name: str, inbound: Inbound) -> None:
    address = ring.seal(inbound.address.encode(), row=address_row(name))
    known = upsert(conversation).values(id=name, channel=inbound.channel, address=address)
    # Writing again after a STOP is a wish to hear from us again.
    again = {"seen_at": func.clock_timestamp(), "stopped_at": None, "address": address}
    await connection.execute(known.on_conflict_do_update(index_elements=["id"], set_=again))


def said_as_json(inbound: Inbound) -> dict[str, object]:
    """Return what is sealed of a message until it is answered."""
    return {
        "text": inbound.text,
        "choice": inbound.choice,
        "opened": inbound.opened,
        "language": inbound.language,
        "country": inbound.country,
    }


def said_row(name: str, provider_key: bytes) -> tuple[str, ...]:
    """Return the place for which a message is sealed."""
    return ("inbox", "said", name, provider_key.hex())
