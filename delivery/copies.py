"""Copies of messages that a provider keeps, until it has deleted them.

What we keep of one is the provider's id, sealed with the key ring and not with the key of its
conversation: the copy has to go too when the conversation is gone already.
"""

from __future__ import annotations

from collections.abc import Mapping

import anyio
import structlog
from sqlalchemy import ColumnElement, Row, delete, func, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from delivery.channel import Channel
from delivery.pseudonym import Pseudonyms
from delivery.seal import KeyRing, SealError
from delivery.tables import conversation, outbox, provider_copy
from delivery.timing import Timing

_AT_ONCE = 500  # copies in one round
_LEASE = 30.0  # seconds for one round; what a killed process took is taken up again then

log = structlog.get_logger()


class ProviderCopies:
    """Remembers copies, and has them deleted."""

    def __init__(
        self,
        engine: AsyncEngine,
        ring: KeyRing,
        pseudonyms: Pseudonyms,
        channels: Mapping[str, Channel],
        timing: Timing,
    ) -> None:
        self._engine = engine
        self._ring = ring
        self._pseudonyms = pseudonyms
        self._channels = channels
        self._timing = timing

    async def note(
        self,
        connection: AsyncConnection,
        channel: str,
        reference: str,
        *,
        name: str | None,
        due_in: float | None = None,
        under_way: bool = False,
    ) -> None:
        """Remember a copy, once; nothing on a channel without any.

        Args:
            connection: The transaction that this belongs to.
            channel: Name of the channel.
            reference: The provider's id.
            name: The conversation, while there is one.
            due_in: Seconds after which it is to go; None: as the channel does it.
            under_way: It has only just been sent: the provider does not delete it yet.
        """
        kind = self._channels[channel].copies if channel in self._channels else None
        if kind is None or not reference:
            return
        if due_in is None and kind.at_once:
            due_in = self._timing.copy_retry if under_way else 0.0
        key = self._pseudonyms.provider_id(channel, reference)
        due = None if due_in is None else _in(due_in)
        row = upsert(provider_copy).values(
            key=key,
            conversation=await _still_there(connection, name),
            channel=channel,
            reference=self._ring.seal(reference.encode(), row=copy_row(key)),
            due_at=due,
        )
        if due_in is None:
            row = row.on_conflict_do_nothing()
        else:
            earlier = func.least(provider_copy.c.due_at, due)
            row = row.on_conflict_do_update(index_elements=["key"], set_={"due_at": earlier})
        await connection.execute(row)

    async def final(self, channel: str, reference: str, *, outbox: int) -> None:
        """Have the copy of a reply deleted of which the provider says that it has arrived."""
        async with self._engine.begin() as connection:
            name = await _conversation_of(connection, outbox)
            await self.note(connection, channel, reference, name=name, due_in=0.0)

    async def want_gone(self, connection: AsyncConnection, name: str) -> None:
        """Have every copy of a conversation deleted from now on."""
        theirs = provider_copy.c.conversation == name
        await connection.execute(
            update(provider_copy)
            .where(theirs, provider_copy.c.due_at.is_(None))
            .values(due_at=func.clock_timestamp())
        )

    async def left(self, connection: AsyncConnection, name: str) -> int:
        """Return how many copies of a conversation a provider still has to delete."""
        wanted = provider_copy.c.conversation == name, provider_copy.c.due_at.is_not(None)
        query = select(func.count()).select_from(provider_copy).where(*wanted)
        return int((await connection.execute(query)).scalar_one())

    async def run(self) -> None:
        """Delete what is due until cancelled."""
        while True:
            try:
                while await self.look() == _AT_ONCE:
                    pass
                await self._give_up()
            except Exception as error:  # noqa: BLE001 -- the next round makes up for this one
                log.warning("copies not looked at", error=type(error).__name__)
            await anyio.sleep(self._timing.copies)

    async def look(self, name: str | None = None) -> int:
        """Have deleted what is due, of one conversation or of all; return how many were asked for.

        What a provider does not delete now is asked for again later.
        """
        of_one = true() if name is None else provider_copy.c.conversation == name
        rows = await self._claim(of_one)
        for channel in {row.channel for row in rows}:
            await self._ask(channel, [row for row in rows if row.channel == channel])
        return len(rows)

    async def _claim(self, which: ColumnElement[bool]) -> list[Row[tuple[object, ...]]]:
        due = provider_copy.c.due_at <= func.clock_timestamp()
        known = provider_copy.c.channel.in_([*self._channels])
        ids = (
            select(provider_copy.c.id)
            .where(which, due, known)
            .order_by(provider_copy.c.due_at)
            .limit(_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        claimed = (
            update(provider_copy)
            .where(provider_copy.c.id.in_(ids))
            .values(due_at=_in(_LEASE), attempts=provider_copy.c.attempts + 1)
            .returning(provider_copy)
        )
        async with self._engine.begin() as connection:
            return [*(await connection.execute(claimed))]

    async def _ask(self, channel: str, rows: list[Row[tuple[object, ...]]]) -> None:
        references = {row.id: self._opened(row) for row in rows}
        asked = [reference for reference in references.values() if reference is not None]
        gone = {*await self._channels[channel].forget_copies(asked), None}
        done = [row.id for row in rows if references[row.id] in gone]
        async with self._engine.begin() as connection:
            await connection.execute(delete(provider_copy).where(provider_copy.c.id.in_(done)))
            for row in rows:
                if row.id not in done:
                    wait = self._timing.copy_retry * 2 ** min(row.attempts - 1, 12)
                    later = _in(min(wait, self._timing.longest_copy_retry))
                    mine = provider_copy.c.id == row.id
                    await connection.execute(update(provider_copy).where(mine).values(due_at=later))

    def _opened(self, row: Row[tuple[object, ...]]) -> str | None:
        try:
            return self._ring.open(row.reference, row=copy_row(row.key)).decode()
        except SealError:
            log.warning("copy lost", channel=row.channel, error="SealError")
            return None  # nobody can ask for it any more

    async def _give_up(self) -> None:
        """Forget the copies that are too old for their provider to delete them."""
        for name, channel in self._channels.items():
            if channel.copies is not None and channel.copies.hours is not None:
                old = provider_copy.c.at < _in(-3600 * channel.copies.hours)
                theirs = provider_copy.c.channel == name
                async with self._engine.begin() as connection:
                    await connection.execute(delete(provider_copy).where(theirs, old))


async def _conversation_of(connection: AsyncConnection, row: int) -> str | None:
    query = select(outbox.c.conversation).where(outbox.c.id == row)
    return (await connection.execute(query)).scalar_one_or_none()


async def _still_there(connection: AsyncConnection, name: str | None) -> str | None:
    """Return the name of a conversation that cannot go before the transaction ends, or None."""
    if name is None:
        return None
    query = select(conversation.c.id).where(conversation.c.id == name)
    return (
        await connection.execute(query.with_for_update(read=True, key_share=True))
    ).scalar_one_or_none()


def _in(seconds: float) -> ColumnElement[object]:
    return func.clock_timestamp() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)


def copy_row(key: bytes) -> tuple[str, ...]:
    """Return the place for which the id of a copy is sealed."""
    return ("provider_copy", "reference", key.hex())
