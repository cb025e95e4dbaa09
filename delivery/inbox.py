"""Accepts a message once, and only then lets the provider know."""

from __future__ import annotations

import time

import anyio
from procrastinate.exceptions import ConnectorException
from sqlalchemy import func, insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.envelope import Inbound
from delivery.pseudonym import Pseudonyms
from delivery.queue import Queue
from delivery.seal import KeyRing
from delivery.tables import conversation, inbox, seen

_PATIENCE, _AGAIN = 8.0, 0.25  # seconds; Twilio waits 15 and does not come again


class Inbox:
    """Where messages arrive."""

    def __init__(
        self, engine: AsyncEngine, keys: KeyRing, pseudonyms: Pseudonyms, queue: Queue
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._pseudonyms = pseudonyms
        self._queue = queue

    async def accept(self, inbound: Inbound) -> bool:
        """Store a message and queue its answer in one transaction.

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
            first = upsert(seen).values(provider_key=key).on_conflict_do_nothing()
            # The row itself tells; a count of rows is not given for this kind of statement.
            if (await connection.execute(first.returning(seen.c.provider_key))).first() is None:
                return False
            await self._meet(connection, name, inbound)
            said = self._keys.seal_json(said_as_json(inbound), row=said_row(name, key))
            row = insert(inbox).values(conversation=name, provider_key=key, said=said)
            turn = (await connection.execute(row.returning(inbox.c.id))).scalar_one()
            await self._queue.put_answer(connection, name, turn)
        return True

    async def _meet(self, connection: AsyncConnection, name: str, inbound: Inbound) -> None:
        address = self._keys.seal(inbound.address.encode(), row=address_row(name))
        known = upsert(conversation).values(id=name, channel=inbound.channel, address=address)
        # Writing again after a STOP is a wish to hear from us again.
        again = {"seen_at": func.now(), "stopped_at": None, "address": address}
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


def address_row(name: str) -> tuple[str, ...]:
    """Return the place for which an address is sealed."""
    return ("conversation", "address", name)
