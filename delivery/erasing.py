"""Forgets a person who asks for it: at once what they said, within a minute everything.

The conversation gets a new key in the transaction that answers them, and the old one is destroyed
right after. What is left is what the confirmation needs, and then nothing; whoever writes again
meanwhile has begun a new conversation, and keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

import structlog
from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.channel import Copies
from delivery.conversation_keys import ConversationKeys
from delivery.copies import ProviderCopies
from delivery.errors import TryAgainError
from delivery.holding import hold
from delivery.inbox import said_row
from delivery.memory import address_row
from delivery.outbox import OPEN
from delivery.queue import Queue
from delivery.seal import KeyRing, SealError
from delivery.tables import conversation, inbox, outbox, provider_copy, resume_code, seen
from delivery.timing import Timing

_LEAST = 0.1  # seconds between two looks at what is still under way
_JOBS = "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND lock IN (:answer, :send)"

log = structlog.get_logger()


class Erasing:
    """Erases conversations.

    Args:
        engine: Of the database of conversations.
        keys: Their keys.
        queue: Where the job is put.
        copies: The providers' copies.
        kinds: Returns what can be done about the copies of each channel.
        timing: Its limits.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        keys: ConversationKeys,
        queue: Queue,
        copies: ProviderCopies,
        *,
        kinds: Callable[[], Mapping[str, Copies | None]],
        timing: Timing,
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._queue = queue
        self._copies = copies
        self._kinds = kinds
        self._timing = timing

    async def begin(
        self,
        connection: AsyncConnection,
        name: str,
        *,
        turn: int | None,
        asked_at: datetime | None = None,
    ) -> bool:
        """Forget what was said and known, in a transaction that holds the conversation.

        Args:
            connection: The transaction; a confirmation may be added to it.
            name: The conversation.
            turn: The turn that asks for it: what came after it stays and begins anew. None:
                nothing stays.
            asked_at: When the person asked, if not now: from then on time is counted, but a
                confirmation gets half of its time in any case.

        Returns:
            False when there is no such conversation.

        Raises:
            SealError: Its key is gone, and so is everything that this could keep.
        """
        emptied = dict.fromkeys(("language", "state", "offers", "own", "by_hand_at"))
        half = func.make_interval(0, 0, 0, 0, 0, 0, self._timing.confirmed / 2)
        since = func.greatest(asked_at or func.now(), func.now() - half)  # twice the same
        begun = (
            update(conversation)
            .where(conversation.c.id == name)
            # Whoever writes from now on has been seen later.
            .values(erasing_at=since, seen_at=since, **emptied)
            .returning(conversation.c.address)
        )
        address = (await connection.execute(begun)).scalar_one_or_none()
        if address is None:
            return False
        if turn is None:
            await self._keys.destroy(name)
            await connection.execute(delete(inbox).where(inbox.c.conversation == name))
        else:
            ring = await self._keys.renew(name)
            await _seal_address(connection, ring, name, address)
            await _keep_later_turns(connection, ring, name, turn)
        for table in (outbox, resume_code):
            await connection.execute(delete(table).where(table.c.conversation == name))
        await self._copies.want_gone(connection, name)
        await self._queue.put_erase(connection, name)
        return True

    async def erase(self, name: str) -> None:
        """Do the job: destroy everything about a conversation that is being erased.

        Raises:
            TryAgainError: The confirmation is on its way, or the provider has not deleted yet.
        """
        async with self._engine.begin() as connection:
            await hold(connection, name)
            with suppress(SealError):  # nobody can read what such a key sealed
                await self._keys.drop_old(name)
            age = await _age(connection, name)
            if age is None:
                return
            if age < self._timing.confirmed and await _is_open(connection, name):
                raise TryAgainError(self._wait(age, self._timing.confirmed))
            if age < self._timing.erased and await self._left(connection, name):
                raise TryAgainError(self._wait(age, self._timing.erased))
            await self._destroy(connection, name)
        log.info("erased")

    def _wait(self, age: float, until: float) -> float:
        """Return the seconds until another look: soon at first, at the latest when time is up."""
        return max(min(max(self._timing.retry, age / 3), until - age), _LEAST)

    async def _left(self, connection: AsyncConnection, name: str) -> bool:
        """Return whether a provider still has copies that only the address leads to."""
        wanted = provider_copy.c.conversation == name, provider_copy.c.due_at.is_not(None)
        query = select(func.count()).where(*wanted, provider_copy.c.channel.in_(self._need_address))
        return bool((await connection.execute(query)).scalar_one())

    @property
    def _need_address(self) -> list[str]:
        kinds = self._kinds().items()
        return [name for name, kind in kinds if kind is not None and not kind.at_once]

    async def _destroy(self, connection: AsyncConnection, name: str) -> None:
        """Delete the conversation, or what is left of it from before it began anew."""
        wrote_at, asked_at = await _times(connection, name)
        anew = wrote_at > asked_at
        if not anew:
            await _stop_everything(connection, name)
        before = seen.c.at <= asked_at if anew else seen.c.at.is_not(None)
        await connection.execute(delete(seen).where(seen.c.conversation == name, before))
        mine = provider_copy.c.conversation == name
        due = provider_copy.c.due_at.is_not(None) if anew else provider_copy.c.id.is_not(None)
        with_address = provider_copy.c.channel.in_(self._need_address)
        await connection.execute(delete(provider_copy).where(mine, due, with_address))
        await connection.execute(update(provider_copy).where(mine, due).values(conversation=None))
        if anew:
            await connection.execute(
                update(conversation).where(conversation.c.id == name).values(erasing_at=None)
            )
            return
        await self._keys.destroy(name)
        await connection.execute(delete(conversation).where(conversation.c.id == name))


async def _stop_everything(connection: AsyncConnection, name: str) -> None:
    """Let nothing be noted of a conversation any more: not even what is being sent right now.

    Whoever notes a copy holds the conversation's row: either the copy is there when this returns,
    or they find no conversation and have the copy deleted. The turns go first: who writes an
    answer has locked its turn, and then the conversation.
    """
    await connection.execute(text(_JOBS), {"answer": name, "send": f"send:{name}"})
    await connection.execute(delete(inbox).where(inbox.c.conversation == name))
    mine = select(conversation.c.id).where(conversation.c.id == name)
    await connection.execute(mine.with_for_update())


async def _seal_address(
    connection: AsyncConnection, ring: KeyRing, name: str, address: bytes
) -> None:
    anew = ring.seal(ring.open(address, row=address_row(name)), row=address_row(name))
    mine = conversation.c.id == name
    await connection.execute(update(conversation).where(mine).values(address=anew))


async def _keep_later_turns(
    connection: AsyncConnection, ring: KeyRing, name: str, turn: int
) -> None:
    """Drop what was written before a turn; what came after it begins a new conversation."""
    mine = inbox.c.conversation == name
    await connection.execute(delete(inbox).where(mine, inbox.c.id < turn))
    later = (await connection.execute(select(inbox).where(mine, inbox.c.id > turn))).all()
    for row in later:
        place = said_row(name, row.provider_key)
        try:
            said = ring.seal(ring.open(row.said, row=place), row=place)
        except SealError:
            continue  # whoever answers it gives it up
        await connection.execute(update(inbox).where(inbox.c.id == row.id).values(said=said))
    if later:
        began = update(conversation).where(conversation.c.id == name)
        await connection.execute(began.values(seen_at=func.clock_timestamp()))


async def _times(connection: AsyncConnection, name: str) -> tuple[datetime, datetime]:
    """Return when the person wrote last, and when they asked."""
    query = select(conversation.c.seen_at, conversation.c.erasing_at)
    row = (await connection.execute(query.where(conversation.c.id == name))).one()
    return row.seen_at, row.erasing_at


async def _age(connection: AsyncConnection, name: str) -> float | None:
    """Return the seconds since the person asked, or None when nothing is to be erased."""
    age = func.extract("epoch", func.clock_timestamp() - conversation.c.erasing_at)
    query = select(age).where(conversation.c.id == name)
    seconds = (await connection.execute(query)).scalar_one_or_none()
    return None if seconds is None else float(seconds)


async def _is_open(connection: AsyncConnection, name: str) -> bool:
    """Return whether the confirmation is still to be sent, or to be read by its page."""
    unread = or_(outbox.c.status.in_(OPEN), outbox.c.body.is_not(None))
    query = select(func.count()).where(outbox.c.conversation == name, unread)
    return bool((await connection.execute(query)).scalar_one())
